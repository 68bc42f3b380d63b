//! What a text needs of a drawing: steps with ways, and forks with their joins.
//!
//! Gateways are part of the step before them. Where a gateway or a wait follows the start, a fork or a join, a step is put
//! before it; several ways out of a task are a fork of their own.

use super::drawn::{Drawn, Kind};
use super::kept::with_name;
use super::prepared::{forks_of_tasks, one_start, part_joins, steps_before_choices};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// More ways out of one step are not followed.
pub(crate) const MAX_WAYS: usize = 60;
/// Ways through gateways that are followed from one node, those that come back to themselves included.
const MAX_LOOKED_AT: usize = 20 * MAX_WAYS;

/// A way from a step or a join to the next one: the flows that it takes, and the waits that it passes.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub flows: Vec<usize>,
    pub waits: Vec<usize>,
    pub to: usize,
}

/// A fork with the join at which its branches meet.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub join: usize,
    /// By branch: where it begins, and what is in it.
    pub branches: Vec<(usize, HashSet<usize>)>,
}

/// The plan.
pub(super) struct Plan {
    pub drawn: Drawn,
    /// Out of every node that stays; also out of events at borders.
    pub ways: BTreeMap<usize, Vec<Way>>,
    pub blocks: HashMap<usize, Block>,
    /// Nodes in the order in which they are written.
    pub order: Vec<usize>,
    pub start: Option<usize>,
    /// What could not be said.
    pub lost: Vec<String>,
}

/// Makes the plan of a drawing.
pub(super) fn plan(mut drawn: Drawn) -> Plan {
    let mut lost = std::mem::take(&mut drawn.lost);
    forks_of_tasks(&mut drawn);
    one_start(&mut drawn, &mut lost);
    part_joins(&mut drawn);
    let inclusive: Vec<usize> = (0..drawn.nodes.len()).filter(|node| drawn.nodes[*node].kind == Kind::Or).collect();
    for node in inclusive {
        lost.push(format!("{} (chọn một số nhánh) viết thành chọn một", with_name(&drawn.nodes[node])));
        drawn.nodes[node].kind = Kind::Xor;
    }
    steps_before_choices(&mut drawn);
    let mut plan = Plan { drawn, ways: BTreeMap::new(), blocks: HashMap::new(), order: Vec::new(), start: None, lost };
    // A fork without its join is written as a choice; that can leave another one without its own.
    loop {
        plan.ways();
        plan.start = (0..plan.drawn.nodes.len()).find(|node| plan.drawn.nodes[*node].kind == Kind::Start);
        if !plan.find_blocks() {
            break;
        }
        steps_before_choices(&mut plan.drawn);
    }
    plan.order();
    plan
}

/// Whether a node is passed on the way to the next step.
pub(super) fn is_passed(drawn: &Drawn, place: usize) -> bool {
    let node = &drawn.nodes[place];
    match node.kind {
        Kind::Xor | Kind::Pass | Kind::Or => true,
        Kind::And => drawn.out(place).len() < 2 && drawn.leading_to(place).len() < 2,
        _ => is_wait(drawn, place),
    }
}

/// A wait that can stand in an arrow: one way leads out of it, beside the end of a supplement that does not come.
pub(super) fn is_wait(drawn: &Drawn, place: usize) -> bool {
    let node = &drawn.nodes[place];
    let waits = node.kind == Kind::Wait || node.kind == Kind::Task && node.properties.get("wait").is_some();
    let stops = |border: usize| {
        let out = drawn.out(border);
        matches!(out[..], [only] if drawn.nodes[drawn.flows[only].to].properties.get("end") == Some("dừng xử lý"))
    };
    waits && drawn.out(place).len() == 1 && drawn.borders(place).into_iter().all(stops)
}

/// Flows that the process has: not those by which an engine asks again.
pub(super) fn real_out(drawn: &Drawn, place: usize) -> Vec<usize> {
    drawn.out(place).into_iter().filter(|flow| drawn.flows[*flow].properties.get("helper").is_none()).collect()
}

impl Plan {
    fn ways(&mut self) {
        self.ways.clear();
        for place in 0..self.drawn.nodes.len() {
            if !is_passed(&self.drawn, place) {
                let ways = self.follow(place);
                self.ways.insert(place, ways);
            }
        }
    }

    /// The ways out of a node, through everything that is passed.
    fn follow(&mut self, place: usize) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        let mut work: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        let first = real_out(&self.drawn, place).into_iter().rev();
        work.extend(first.map(|flow| (vec![flow], Vec::new())));
        let (mut looked_at, mut too_many) = (0, false);
        while let Some((flows, waits)) = work.pop() {
            looked_at += 1;
            let Some(to) = flows.last().map(|flow| self.drawn.flows[*flow].to) else { continue };
            if !is_passed(&self.drawn, to) {
                ways.push(Way { flows, waits, to });
                continue;
            }
            let again = flows.iter().filter(|flow| self.drawn.flows[**flow].to == to).count() > 1;
            too_many |= again || looked_at > MAX_LOOKED_AT || ways.len() + work.len() > MAX_WAYS;
            if looked_at > MAX_LOOKED_AT {
                break;
            }
            if again || ways.len() + work.len() > MAX_WAYS {
                continue;
            }
            let mut waits = waits;
            if is_wait(&self.drawn, to) {
                waits.push(to);
            }
            for flow in real_out(&self.drawn, to).into_iter().rev() {
                let mut flows = flows.clone();
                flows.push(flow);
                work.push((flows, waits.clone()));
            }
        }
        if too_many {
            let called = super::called(&self.drawn.nodes[place]);
            self.lost.push(format!("các cổng sau {called} quá rối, không viết hết được"));
        }
        ways
    }

    /// Where a node leads, by its ways and those of the events at its border.
    pub fn next(&self, place: usize) -> Vec<usize> {
        let own = self.ways.get(&place).into_iter().flatten();
        let late = self.drawn.borders(place);
        let late = late.iter().filter_map(|border| self.ways.get(border)).flatten();
        own.chain(late).map(|way| way.to).collect()
    }

    /// Finds the join of every fork. A fork without one becomes a choice, a join without a fork waits for nothing; then
    /// `true`.
    fn find_blocks(&mut self) -> bool {
        self.blocks.clear();
        let forks: Vec<usize> = self.ways.keys().copied().filter(|node| self.is_fork(*node)).collect();
        let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
        for node in self.ways.keys().filter(|node| !matches!(self.drawn.nodes[**node].kind, Kind::Border(_))) {
            for next in self.next(*node) {
                before.entry(next).or_default().push(*node);
            }
        }
        let mut changed = false;
        for fork in forks {
            match self.block(fork, &before) {
                Some(block) => _ = self.blocks.insert(fork, block),
                None => {
                    self.drawn.nodes[fork].kind = Kind::Xor;
                    self.lost.push(format!(
                        "các nhánh song song sau {} không gặp nhau ở một chỗ, nên không viết thành song song được; ở đây viết thành rẽ nhánh",
                        super::called(&self.drawn.nodes[fork])
                    ));
                    changed = true;
                }
            }
        }
        if changed {
            return true;
        }
        // What is left of them: joins that no fork leads to.
        let met: HashSet<usize> = self.blocks.values().map(|block| block.join).collect();
        let joins = self.ways.keys().copied().filter(|node| self.drawn.nodes[*node].kind == Kind::And);
        let lone: Vec<usize> = joins.filter(|node| !self.is_fork(*node) && !met.contains(node)).collect();
        for join in &lone {
            let called = super::called(&self.drawn.nodes[*join]);
            self.drawn.nodes[*join].kind = Kind::Xor;
            self.lost.push(format!("{called} chờ các nhánh mà không có chỗ tách tương ứng; ở đây không chờ"));
        }
        !lone.is_empty()
    }

    fn is_fork(&self, node: usize) -> bool {
        self.drawn.nodes[node].kind == Kind::And && self.drawn.out(node).len() > 1
    }

    fn block(&self, fork: usize, before: &HashMap<usize, Vec<usize>>) -> Option<Block> {
        let starts: Vec<usize> = self.ways.get(&fork)?.iter().map(|way| way.to).collect();
        let is_join = |node: &usize| self.drawn.nodes[*node].kind == Kind::And && !self.is_fork(*node);
        // In the order in which they are met.
        let (mut queue, mut seen) = (VecDeque::from(starts.clone()), HashSet::new());
        while let Some(node) = queue.pop_front() {
            if !seen.insert(node) {
                continue;
            }
            if is_join(&node)
                && let Some(branches) = self.branches(fork, &starts, node, before)
            {
                return Some(Block { join: node, branches });
            }
            queue.extend(self.next(node));
        }
        None
    }

    /// The branches between a fork and a join, where they are nothing but that.
    fn branches(
        &self,
        fork: usize,
        starts: &[usize],
        join: usize,
        before: &HashMap<usize, Vec<usize>>,
    ) -> Option<Vec<(usize, HashSet<usize>)>> {
        let mut all: HashSet<usize> = HashSet::new();
        let mut branches = Vec::new();
        for start in starts {
            let mut inside = HashSet::new();
            let mut work = vec![*start];
            let mut arrives = false;
            while let Some(node) = work.pop() {
                match self.drawn.nodes[node].kind {
                    _ if node == join => arrives = true,
                    _ if node == fork => return None,
                    Kind::End(stops) if !stops => return None,
                    Kind::End(_) => {}
                    _ if inside.insert(node) => work.extend(self.next(node)),
                    _ => {}
                }
            }
            let entered = |node: &usize| {
                let from = before.get(node).into_iter().flatten();
                from.into_iter().all(|from| inside.contains(from) || *from == fork && node == start)
            };
            if !arrives || !inside.iter().all(entered) || !inside.is_disjoint(&all) {
                return None;
            }
            all.extend(&inside);
            branches.push((*start, inside));
        }
        let closed = before.get(&join).into_iter().flatten().all(|from| all.contains(from) || *from == fork);
        closed.then_some(branches)
    }

    /// As in the file, or as the flows lead, whichever goes back less often.
    fn order(&mut self) {
        let flow = self.by_flow();
        let file: Vec<usize> = {
            let mut nodes = flow.clone();
            nodes.sort_unstable();
            nodes
        };
        let back = |order: &[usize]| {
            let at: HashMap<usize, usize> = order.iter().enumerate().map(|(at, node)| (*node, at)).collect();
            let goes = |node: &usize| {
                self.next(*node).iter().filter(|to| at.get(to) <= at.get(node) && at.contains_key(to)).count()
            };
            let first = self.start.and_then(|start| self.next(start).first().copied());
            (
                order.iter().find(|node| **node != self.start.unwrap_or(usize::MAX)) != first.as_ref(),
                order.iter().map(goes).sum::<usize>(),
            )
        };
        self.order = if back(&file) <= back(&flow) { file } else { flow };
    }

    /// Reverse postorder: what leads somewhere stands before it. Nodes that nothing leads to come last.
    fn by_flow(&self) -> Vec<usize> {
        let stays = |node: &usize| {
            self.ways.contains_key(node) && !matches!(self.drawn.nodes[*node].kind, Kind::End(_) | Kind::Border(_))
        };
        let (mut seen, mut done) = (HashSet::new(), Vec::new());
        let mut roots: Vec<usize> = (0..self.drawn.nodes.len()).filter(stays).collect();
        roots.sort_by_key(|node| Some(*node) != self.start);
        let mut order = Vec::new();
        for root in roots {
            let mut stack = vec![(root, 0)];
            if !seen.insert(root) {
                continue;
            }
            while let Some((node, at)) = stack.pop() {
                let mut next: Vec<usize> = self.next(node).into_iter().filter(stays).collect();
                next.reverse();
                match next.get(at) {
                    Some(to) => {
                        stack.push((node, at + 1));
                        if seen.insert(*to) {
                            stack.push((*to, 0));
                        }
                    }
                    None => done.push(node),
                }
            }
            done.reverse();
            order.append(&mut done);
        }
        order
    }
}
