//! The states that runs of one class of dossiers can reach, level by level.
//!
//! A level is the process outside of its parallel blocks, or one branch. Since no arrow crosses a level, a
//! parallel block is one move of the level around it: the cost of `n` branches is the sum of their states,
//! never the product. A state knows the node, the outcomes that a later guard reads, how often each bounded
//! arrow was taken, and the way back whose rework is going on.

mod forks;
mod states;

pub use states::{ANY_JOINED, Explored, Level, Move, Seen, State, Stuck};

use super::classes::{Class, Partition, Truth};
use crate::graph::{Net, NodeKind, Way};
use crate::model::flow::{Flow, Node, Round, StepId};
use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt};
use indexmap::IndexSet;
use petgraph::graph::{EdgeIndex, NodeIndex};
use smallvec::smallvec;
use states::{Counts, FORGOTTEN, Memory, Rework};
use std::collections::BTreeSet;

/// States of a level that are told apart; more where the level has more nodes.
pub const MAX_STATES: usize = 100_000;
/// Combinations of remembered outcomes behind a parallel block that are told apart.
pub const MAX_COMBINATIONS: usize = 256;
/// States that are looked at for all classes of a case together.
pub const MAX_STATES_IN_ALL: usize = 10 * MAX_STATES;

/// How far to look.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// States of a level that are told apart.
    pub states: usize,
    /// States of all classes of a case that have been looked at.
    looked_at: usize,
    /// Levels, by their entries, that have more states for another class: their rounds are counted together.
    pub(super) too_large: BTreeSet<NodeIndex>,
}

impl Bounds {
    /// So many states of a level are told apart.
    pub fn of(states: usize) -> Bounds {
        Bounds { states, looked_at: 0, too_large: BTreeSet::new() }
    }

    /// More has been looked at than may be.
    pub(in crate::analysis) fn are_passed(&self) -> bool {
        self.looked_at > MAX_STATES_IN_ALL
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds::of(MAX_STATES)
    }
}

/// Explores a flow for one class.
pub fn explore(
    flow: &Flow,
    net: &Net,
    partition: &Partition,
    class: &Class,
    read: &BTreeSet<StepId>,
    bounds: &mut Bounds,
) -> Explored {
    let memories: Vec<StepId> = read.iter().copied().collect();
    let outcomes = memories.iter().map(|step| outcomes_of(flow, *step)).collect();
    let explored = Explored { levels: Vec::new(), seen: Seen::of(net), memories, outcomes };
    let mut explorer = Explorer { flow, net, partition, class, explored, known: HashMap::new(), bounds };
    let memory = smallvec![0; explorer.explored.memories.len()];
    explorer.level(net.start, None, memory);
    explorer.explored
}

fn outcomes_of(flow: &Flow, step: StepId) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if let crate::model::flow::Exits::Outcomes(arrows) = &flow.step(step).exits {
        for outcome in arrows.iter().filter_map(|arrow| arrow.outcome.as_ref()) {
            if !names.contains(outcome) {
                names.push(outcome.clone());
            }
        }
    }
    names
}

struct Explorer<'a> {
    flow: &'a Flow,
    net: &'a Net,
    partition: &'a Partition,
    class: &'a Class,
    explored: Explored,
    /// (entry, memory at the entry) → level
    known: HashMap<(NodeIndex, Memory), usize>,
    bounds: &'a mut Bounds,
}

/// A level that is being explored.
struct Open {
    id: usize,
    join: Option<NodeIndex>,
    /// In the order in which they were reached; the level gets them when all are known.
    states: IndexSet<State, RandomState>,
    waiting: Vec<usize>,
    /// Rounds are not counted arrow by arrow, but together: so many in all. More ways are possible than there are.
    pooled: Option<u32>,
}

/// Stands for all bounded arrows where their rounds are counted together.
fn all_arrows() -> EdgeIndex {
    EdgeIndex::end()
}

impl Explorer<'_> {
    fn level(&mut self, entry: NodeIndex, join: Option<NodeIndex>, memory: Memory) -> usize {
        if let Some(known) = self.known.get(&(entry, memory.clone())) {
            return *known;
        }
        let id = self.explored.levels.len();
        self.explored.levels.push(Level::default());
        self.known.insert((entry, memory.clone()), id);
        let start = State { node: entry, memory, counts: Counts::new(), rework: Rework::new() };
        if self.bounds.too_large.contains(&entry) || !self.fill(id, join, &start, None) {
            self.bounds.too_large.insert(entry);
            self.pool(id, join, &start);
        }
        id
    }

    /// Explores a level; answers whether it came to the end.
    fn fill(&mut self, id: usize, join: Option<NodeIndex>, start: &State, pooled: Option<u32>) -> bool {
        let states = IndexSet::with_capacity_and_hasher(self.net.graph.node_count(), RandomState::default());
        let mut open = Open { id, join, states, waiting: Vec::new(), pooled };
        self.reach(&mut open, start.clone());
        // One state of each node is no explosion; and rounds counted together make few.
        let most = self.bounds.states.max(2 * self.net.graph.node_count());
        let most = if pooled.is_some() { most.saturating_mul(2) } else { most };
        while let Some(at) = open.waiting.pop().filter(|_| open.states.len() <= most) {
            self.expand(&mut open, at);
        }
        let whole = open.states.len() <= most;
        if whole {
            self.bounds.looked_at += open.states.len();
        }
        self.explored.levels[id].states = open.states.into_iter().collect();
        whole
    }

    /// Explores a level of too many states anew, its rounds counted together. Whatever happens on a way happens on
    /// one of these too, so that times are bounds; and where none of these is stuck, none is, for no circle is
    /// without an arrow that is used up at last.
    fn pool(&mut self, id: usize, join: Option<NodeIndex>, start: &State) {
        self.explored.levels[id] = Level::default();
        let inner = self.explored.levels.len();
        self.explored.seen.forget(|level| level == id);
        let rounds = self.net.graph.edge_weights().filter_map(|way| way.max_times);
        let rounds = rounds.fold(0, u32::saturating_add);
        // Where nothing is counted, nothing is gained.
        let done = rounds > 0 && self.fill(id, join, start, Some(rounds));
        let seen = &mut self.explored.seen;
        (seen.approximate, seen.pooled) = (true, true);
        // What goes wrong here may be on a way that there is not.
        let wrong = seen.forget(|level| level == id || level >= inner);
        seen.cut_off |= wrong || !done;
    }

    /// The number of a state in its level; new ones wait to be expanded.
    fn reach(&mut self, open: &mut Open, state: State) -> usize {
        let node = state.node;
        let (number, fresh) = open.states.insert_full(state);
        if !fresh {
            return number;
        }
        let level = &mut self.explored.levels[open.id];
        level.moves.push(Vec::new());
        if Some(node) == open.join {
            level.joined.push(number);
        } else {
            self.explored.seen.nodes.insert(node.index());
            open.waiting.push(number);
        }
        number
    }

    /// One more move out of a state.
    fn add(&mut self, open: &Open, at: usize, next: Move) {
        let moves = &mut self.explored.levels[open.id].moves[at];
        if moves.is_empty() {
            // Most states have one way on, and there are many states.
            moves.reserve_exact(1);
        }
        moves.push(next);
    }

    fn expand(&mut self, open: &mut Open, at: usize) {
        let state = open.states[at].clone();
        match &self.net.graph[state.node] {
            NodeKind::End(..) | NodeKind::Finished => {}
            NodeKind::Fork(_) => self.fork(open, at, &state),
            NodeKind::Choice { decided: true, .. } => self.decide(open, at, &state, None),
            NodeKind::Choice { decided: false, .. } => self.choose(open, at, &state),
            NodeKind::Step(_) | NodeKind::Start | NodeKind::Wait { .. } | NodeKind::Join(..) => {
                self.pass(open, at, &state)
            }
        }
    }

    /// A node with one way on, and perhaps one that the clock takes.
    fn pass(&mut self, open: &mut Open, at: usize, state: &State) {
        for edge in self.net.ways(state.node) {
            if let Way::Timeout { outcome: Some(outcome) } = &self.net.graph[edge].way {
                self.explored.seen.edges.insert(edge.index());
                if let Some((_, choice)) = self.net.graph.edge_endpoints(edge) {
                    let forced = State { node: choice, ..state.clone() };
                    self.decide(open, at, &forced, Some(outcome));
                }
                continue;
            }
            self.take_or_exhaust(open, at, state, edge, None);
        }
    }

    /// Somebody decides: every outcome whose guard holds and whose arrow is not used up.
    fn decide(&mut self, open: &mut Open, at: usize, state: &State, forced: Option<&str>) {
        let before = self.explored.levels[open.id].moves[at].len();
        let mut unbounded = false;
        let net = self.net;
        for edge in net.ways(state.node) {
            let way = &net.graph[edge].way;
            if forced.is_some_and(|forced| !matches!(way, Way::Outcome(name) if name == forced)) {
                continue;
            }
            let truth = self.truth(state, edge, open.id, at);
            if truth != Truth::No && !used_up(self.net, open, state, edge) {
                unbounded |= self.net.graph[edge].max_times.is_none();
                let outcome = match way {
                    Way::Outcome(name) => Some(name.as_str()),
                    _ => None,
                };
                self.take(open, at, state, edge, outcome);
            }
        }
        let none = self.explored.levels[open.id].moves[at].len() == before || open.pooled.is_some() && !unbounded;
        if none && forced.is_none() {
            self.explored.seen.stuck.push((open.id, at, Stuck::Gap));
        }
    }

    /// The first line whose guard holds.
    fn choose(&mut self, open: &mut Open, at: usize, state: &State) {
        let ways = self.net.ways(state.node);
        let mut first: Option<EdgeIndex> = None;
        let mut settled = false;
        for edge in ways {
            let transition = &self.net.graph[edge];
            if matches!(transition.way, Way::Otherwise) {
                if !settled {
                    self.take_or_exhaust(open, at, state, edge, None);
                    settled = true;
                }
                continue;
            }
            if let Some(first) = first {
                // Only to see whether it overlaps: the first line that holds is the one taken.
                let target = |edge: EdgeIndex| self.net.graph.edge_endpoints(edge).map(|(_, to)| to);
                let both = open.pooled.is_none() && self.quiet_truth(state, edge) == Truth::Yes;
                if settled && both && target(first) != target(edge) {
                    self.explored.seen.overlaps.insert((first, edge));
                }
            }
            if settled {
                continue;
            }
            let truth = self.truth(state, edge, open.id, at);
            if truth != Truth::No {
                self.take_or_exhaust(open, at, state, edge, None);
            }
            if truth == Truth::Yes {
                first = Some(edge);
                settled = true;
            }
        }
        if !settled {
            self.explored.seen.stuck.push((open.id, at, Stuck::Gap));
        }
    }

    fn quiet_truth(&self, state: &State, edge: EdgeIndex) -> Truth {
        let Some(guard) = &self.net.graph[edge].guard else { return Truth::Yes };
        self.partition.holds(guard, self.class, &|step| self.explored.last(state, step))
    }

    fn truth(&mut self, state: &State, edge: EdgeIndex, level: usize, at: usize) -> Truth {
        let truth = self.quiet_truth(state, edge);
        if let Truth::Undecided(step) = truth {
            self.explored.seen.undecided.entry((edge, step)).or_insert((level, at));
        }
        truth
    }

    fn take_or_exhaust(&mut self, open: &mut Open, at: usize, state: &State, edge: EdgeIndex, outcome: Option<&str>) {
        let bounded = self.net.graph[edge].max_times.is_some();
        if !used_up(self.net, open, state, edge) {
            self.take(open, at, state, edge, outcome);
            // Counted with others, it may be used up at any time.
            if !(bounded && open.pooled.is_some()) {
                return;
            }
        }
        match self.net.graph[edge].exhausted {
            Some(node) => {
                let next = State { node, rework: self.rework_at(state, node), ..state.clone() };
                let to = self.reach(open, next);
                self.add(open, at, Move::along(None, to));
            }
            None => self.explored.seen.stuck.push((open.id, at, Stuck::UsedUp(edge))),
        }
    }

    fn take(&mut self, open: &mut Open, at: usize, state: &State, edge: EdgeIndex, outcome: Option<&str>) {
        let Some((_, node)) = self.net.graph.edge_endpoints(edge) else { return };
        self.explored.seen.edges.insert(edge.index());
        let mut next = State { node, ..state.clone() };
        if let (Some(outcome), NodeKind::Choice { step, .. }) = (outcome, &self.net.graph[state.node])
            && let Some(index) = self.explored.memories.iter().position(|known| known == step)
        {
            let number = self.explored.outcomes[index].iter().position(|name| *name == outcome);
            next.memory[index] = number.map_or(FORGOTTEN, |number| number as u8 + 1);
        }
        let transition = &self.net.graph[edge];
        match (transition.max_times, open.pooled) {
            (Some(_), Some(most)) => count(&mut next.counts, all_arrows(), most),
            (Some(most), None) => count(&mut next.counts, edge, most),
            (None, _) if matches!(transition.round, Some(Round::All(_))) => count(&mut next.counts, edge, 1),
            (None, _) => {}
        }
        // Counted anew, the steps count in full again.
        next.rework = if transition.restarts { Rework::new() } else { self.rework_at(state, node) };
        if transition.round.is_some() && !next.rework.contains(&edge) {
            next.rework.push(edge);
            next.rework.sort();
        }
        let to = self.reach(open, next);
        self.add(open, at, Move::along(Some(edge), to));
    }

    /// Rework ends when the step that sent back is left, or when a row behind it is reached.
    fn rework_at(&self, state: &State, next: NodeIndex) -> Rework {
        if state.rework.is_empty() {
            return Rework::new();
        }
        let left = match (&self.net.graph[state.node], &self.net.graph[next]) {
            (NodeKind::Step(step), NodeKind::Choice { step: own, .. }) if step == own => None,
            (NodeKind::Step(step) | NodeKind::Choice { step, .. }, _) => Some(*step),
            _ => None,
        };
        let row = match self.net.graph[next] {
            NodeKind::Step(step) => Some(step),
            NodeKind::Fork(block) => self.flow.first_step(Node::Block(block)),
            _ => None,
        };
        let goes_on = |edge: &&EdgeIndex| {
            let sender = self.net.graph.edge_endpoints(**edge).and_then(|(from, _)| match self.net.graph[from] {
                NodeKind::Step(step) | NodeKind::Choice { step, .. } => Some(step),
                _ => None,
            });
            sender != left && row <= sender
        };
        state.rework.iter().filter(goes_on).copied().collect()
    }
}

/// Whether a bounded arrow has been taken as often as it may be.
fn used_up(net: &Net, open: &Open, state: &State, edge: EdgeIndex) -> bool {
    let Some(most) = net.graph[edge].max_times else { return false };
    let (counted, most) = open.pooled.map_or((edge, most), |most| (all_arrows(), most));
    let taken = state.counts.iter().find(|(of, _)| *of == counted).map_or(0, |(_, count)| *count);
    taken >= most
}

fn count(counts: &mut Counts, edge: EdgeIndex, most: u32) {
    match counts.iter_mut().find(|(of, _)| *of == edge) {
        Some((_, taken)) => *taken = (*taken + 1).min(most),
        None => {
            counts.push((edge, 1));
            counts.sort();
        }
    }
}
