//! S2: reduction by worklist, near-linear.
//!
//! The free-choice net is read as a workflow graph: places are XOR gates, transitions AND gates. A gate with one
//! way in and one way out is spliced, neighbours of one kind are merged where the way between them is the only
//! one out of the first or the only one into the second (the smaller into the larger), parallel ways between
//! neighbours of one kind become one, and a way from a XOR gate to itself is dropped. Block-structured models
//! collapse completely. These are the trivial, bond and polygon parts of the refined process structure tree
//! (Vanhatalo, Völzer, Koehler); definite defects are those of Vanhatalo, Völzer and Leymann: two ways from one
//! AND to one XOR are a lack of synchronisation, two ways from a XOR to an AND are a deadlock.

use super::net::{Index, NONE, Net, NetError, PlaceId};
use foldhash::HashMap;
use petgraph::unionfind::UnionFind;

/// What two parallel ways between unlike gates come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clash {
    /// The join waits for ever.
    Deadlock,
    /// The merge gets a second token.
    SecondToken,
}

/// A definite defect between two gates, by numbers of the index's nodes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding {
    pub(super) clash: Clash,
    pub(super) split: u32,
    pub(super) join: u32,
}

/// What the reduction leaves.
pub(super) struct Reduced {
    gates: Vec<Gate>,
    edges: Vec<Edge>,
    start: u32,
    pub(super) findings: Vec<Finding>,
    /// Which gates became one.
    pub(super) merged: UnionFind<u32>,
}

#[derive(Debug, Clone, Default)]
struct Gate {
    and: bool,
    is_start: bool,
    is_end: bool,
    dead: bool,
    queued: bool,
    /// Live ways; the lists may hold ways that are gone.
    indegree: u32,
    outdegree: u32,
    ins: Vec<u32>,
    outs: Vec<u32>,
    /// The end that hangs on this gate alone.
    leaf: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Edge {
    from: u32,
    to: u32,
    /// The nodes of the net between which it goes.
    tail: u32,
    head: u32,
    dead: bool,
}

/// Reduces a free-choice net whose nodes all lie on ways from the start to an end.
pub(super) fn reduce(index: &Index) -> Reduced {
    let mut worklist = Worklist::of(index);
    while let Some(gate) = worklist.queue.pop() {
        worklist.reduced.gates[gate as usize].queued = false;
        worklist.process(gate);
    }
    worklist.reduced
}

struct Worklist {
    reduced: Reduced,
    between: HashMap<u64, u32>,
    queue: Vec<u32>,
}

fn key(from: u32, to: u32) -> u64 {
    u64::from(from) << 32 | u64::from(to)
}

impl Worklist {
    fn of(index: &Index) -> Worklist {
        let (places, transitions) = (index.places(), index.transitions());
        let mut gates = vec![Gate::default(); places + transitions];
        gates[places..].iter_mut().for_each(|gate| gate.and = true);
        let start = index.net.initial().0;
        gates[start as usize].is_start = true;
        (0..places).for_each(|place| gates[place].is_end = index.is_sink(place as u32));
        let merged = UnionFind::new(0);
        let reduced = Reduced { gates, edges: Vec::new(), start, findings: Vec::new(), merged };
        let mut worklist = Worklist { reduced, between: HashMap::default(), queue: Vec::new() };
        for transition in 0..transitions as u32 {
            let gate = places as u32 + transition;
            index.outputs(transition).iter().for_each(|place| worklist.connect(gate, *place, gate, *place));
        }
        for cluster in 0..index.clusters.len() as u32 {
            worklist.add_cluster(index, cluster);
        }
        let gates = worklist.reduced.gates.len() as u32;
        worklist.reduced.merged = UnionFind::new(gates as usize);
        // Taken from the back: from the start on.
        (0..gates).rev().for_each(|gate| worklist.touch(gate));
        worklist
    }

    /// Where several transitions take from several places, an AND join and a XOR split come between.
    fn add_cluster(&mut self, index: &Index, cluster: u32) {
        let places = index.places() as u32;
        let transitions = index.clusters.get(cluster);
        let inputs = index.inputs(transitions[0]);
        let first = places + transitions[0];
        if transitions.len() > 1 && inputs.len() > 1 {
            let join = self.reduced.gates.len() as u32;
            self.reduced.gates.extend([Gate { and: true, ..Gate::default() }, Gate::default()]);
            inputs.iter().for_each(|place| self.connect(*place, join, *place, first));
            self.connect(join, join + 1, first, first);
            transitions.iter().for_each(|next| self.connect(join + 1, places + next, inputs[0], places + next));
        } else {
            for transition in transitions.iter().map(|transition| places + transition) {
                inputs.iter().for_each(|place| self.connect(*place, transition, *place, transition));
            }
        }
    }

    fn touch(&mut self, gate: u32) {
        if !std::mem::replace(&mut self.reduced.gates[gate as usize].queued, true) {
            self.queue.push(gate);
        }
    }

    /// Adds a way, or finds that there is one already.
    fn connect(&mut self, from: u32, to: u32, tail: u32, head: u32) {
        self.touch(from);
        self.touch(to);
        let (of, at) = (self.reduced.gates[from as usize].and, self.reduced.gates[to as usize].and);
        let clash = if at { Clash::Deadlock } else { Clash::SecondToken };
        if from == to {
            if of {
                self.reduced.findings.push(Finding { clash, split: tail, join: head });
            }
            return;
        }
        let number = self.reduced.edges.len() as u32;
        if *self.between.entry(key(from, to)).or_insert(number) != number {
            if of != at {
                self.reduced.findings.push(Finding { clash, split: tail, join: head });
            }
            return;
        }
        self.reduced.edges.push(Edge { from, to, tail, head, dead: false });
        self.reduced.gates[from as usize].outs.push(number);
        self.reduced.gates[from as usize].outdegree += 1;
        self.reduced.gates[to as usize].ins.push(number);
        self.reduced.gates[to as usize].indegree += 1;
    }

    fn disconnect(&mut self, number: u32) -> Edge {
        let edge = &mut self.reduced.edges[number as usize];
        edge.dead = true;
        let edge = *edge;
        self.between.remove(&key(edge.from, edge.to));
        self.reduced.gates[edge.from as usize].outdegree -= 1;
        self.reduced.gates[edge.to as usize].indegree -= 1;
        self.touch(edge.from);
        self.touch(edge.to);
        edge
    }

    /// A live way out of a gate, or into it.
    fn any(&mut self, gate: u32, out: bool) -> Option<u32> {
        let gate = &mut self.reduced.gates[gate as usize];
        let list = if out { &mut gate.outs } else { &mut gate.ins };
        while let Some(last) = list.last().copied() {
            if !self.reduced.edges[last as usize].dead {
                return Some(last);
            }
            list.pop();
        }
        None
    }

    fn process(&mut self, number: u32) {
        let gate = &self.reduced.gates[number as usize];
        let (and, is_end, is_start) = (gate.and, gate.is_end, gate.is_start);
        let (single_in, single_out) = (gate.indegree == 1 && !is_start, gate.outdegree == 1);
        if gate.dead || !(single_in || single_out) {
            return;
        }
        let before = if single_in { self.any(number, false) } else { None };
        let after = if single_out { self.any(number, true) } else { None };
        if let (Some(before), Some(after)) = (before, after) {
            let (before, after) = (self.disconnect(before), self.disconnect(after));
            self.reduced.gates[number as usize].dead = true;
            self.connect(before.from, after.to, before.tail, after.head);
            return;
        }
        if let Some(after) = after {
            let to = self.reduced.edges[after as usize].to;
            if self.reduced.gates[to as usize].and == and {
                self.merge(after);
                return;
            }
        }
        let Some(before) = before else { return };
        let from = self.reduced.edges[before as usize].from;
        if is_end {
            self.hang(from, number, before);
        } else if self.reduced.gates[from as usize].and == and {
            self.merge(before);
        }
    }

    /// Of several ends that hang on one gate alone, one is enough: they are reached together, or in its stead.
    fn hang(&mut self, from: u32, end: u32, edge: u32) {
        let leaf = self.reduced.gates[from as usize].leaf.filter(|leaf| {
            let gate = &self.reduced.gates[*leaf as usize];
            *leaf != end && !gate.dead && gate.indegree == 1 && self.between.contains_key(&key(from, *leaf))
        });
        if leaf.is_some() {
            self.disconnect(edge);
            self.reduced.gates[end as usize].dead = true;
        } else {
            self.reduced.gates[from as usize].leaf = Some(end);
        }
    }

    /// Makes one gate of the two ends of a way.
    fn merge(&mut self, between: u32) {
        let Edge { from, to, .. } = self.disconnect(between);
        let degree = |gate: &Gate| gate.indegree + gate.outdegree;
        let (small, large) = match degree(&self.reduced.gates[from as usize]) < degree(&self.reduced.gates[to as usize])
        {
            true => (from, to),
            false => (to, from),
        };
        self.reduced.merged.union(small, large);
        let gone = std::mem::take(&mut self.reduced.gates[small as usize]);
        self.reduced.gates[small as usize].dead = true;
        self.reduced.gates[small as usize].indegree = gone.indegree;
        self.reduced.gates[small as usize].outdegree = gone.outdegree;
        let kept = &mut self.reduced.gates[large as usize];
        kept.is_start |= gone.is_start;
        kept.is_end |= gone.is_end;
        if gone.is_start {
            self.reduced.start = large;
        }
        kept.leaf = kept.leaf.or(gone.leaf);
        for way in gone.ins.into_iter().chain(gone.outs) {
            if self.reduced.edges[way as usize].dead {
                continue;
            }
            let edge = self.disconnect(way);
            let end = |gate: u32| if gate == small { large } else { gate };
            self.connect(end(edge.from), end(edge.to), edge.tail, edge.head);
        }
        self.touch(large);
    }
}

impl Reduced {
    /// One gate is left, which is start and end: sound, if nothing was found on the way.
    pub(super) fn is_done(&self) -> bool {
        self.gates[self.start as usize].is_end && self.edges.iter().all(|edge| edge.dead)
    }

    /// What is left, as a net.
    pub(super) fn residue(&self) -> Result<Net, NetError> {
        let mut places = 0;
        let mut place = || {
            places += 1;
            PlaceId(places - 1)
        };
        let live = |gate: &&(usize, &Gate)| !gate.1.dead;
        let gates: Vec<(usize, &Gate)> = self.gates.iter().enumerate().collect();
        let mut place_of_gate = vec![PlaceId(NONE); gates.len()];
        for (number, _) in gates.iter().filter(live).filter(|(_, gate)| !gate.and) {
            place_of_gate[*number] = place();
        }
        let mut place_of_edge = vec![PlaceId(NONE); self.edges.len()];
        for (number, edge) in self.edges.iter().enumerate().filter(|(_, edge)| !edge.dead) {
            let (from, to) = (&self.gates[edge.from as usize], &self.gates[edge.to as usize]);
            place_of_edge[number] = match (from.and, to.and) {
                (_, false) => place_of_gate[edge.to as usize],
                // The XOR gate's own place, where it has no other way.
                (false, true) if from.outdegree == 1 => place_of_gate[edge.from as usize],
                (_, true) => place(),
            };
        }
        let mut net = Net::new(places as usize, place_of_gate[self.start as usize])?;
        for (number, gate) in gates.iter().filter(live) {
            let ways = |list: &[u32]| -> Vec<PlaceId> {
                list.iter()
                    .filter(|way| !self.edges[**way as usize].dead)
                    .map(|way| place_of_edge[*way as usize])
                    .collect()
            };
            let outs = ways(&gate.outs);
            if gate.and {
                net.add_transition(&ways(&gate.ins), &outs)?;
                continue;
            }
            let own = place_of_gate[*number];
            for out in outs.into_iter().filter(|out| *out != own) {
                net.add_transition(&[own], &[out])?;
            }
        }
        Ok(net)
    }
}
