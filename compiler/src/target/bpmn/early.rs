//! `chờ ít nhất n nhánh`: a subprocess around the branches that ends as soon as n of them have come, which withdraws the
//! others.
//!
//! For every n of the branches a parallel gateway of its own waits, and the first that is complete ends the subprocess. This
//! takes no counter, for most engines keep the variables of branches apart. One counts instead: its gateways take a way that
//! is not taken for one that has come. `dừng mọi nhánh` leaves the subprocess by an error, and an event at its border leads to
//! the end.

use super::lower::Lowering;
use super::model::{Condition, Kind, Known, Script, Set};
use super::notes;
use crate::target::FEW_BRANCHES;
use crate::target::json::definition::{Graph, Node, NodeKind, Transition};
use std::collections::HashSet;

/// A branch between a fork and a join.
#[derive(Debug)]
pub(super) struct Branch<'d> {
    start: &'d Transition,
    nodes: HashSet<&'d str>,
}

impl Branch<'_> {
    /// Whether a way begins in it, or is the one that leads into it.
    pub fn has(&self, way: &Transition) -> bool {
        self.nodes.contains(way.from.as_str()) || std::ptr::eq(way, self.start)
    }
}

/// The branches between a fork and its join.
pub(super) fn branches<'d>(graph: &'d Graph, fork: &str, join: &str) -> Vec<Branch<'d>> {
    let starts = graph.transitions.iter().filter(|way| way.from == fork);
    starts.map(|start| Branch { start, nodes: reached(graph, &start.to, join) }).collect()
}

fn reached<'d>(graph: &'d Graph, from: &'d str, stop: &str) -> HashSet<&'d str> {
    let mut seen = HashSet::new();
    let mut waiting = vec![from];
    while let Some(node) = waiting.pop() {
        if node != stop && seen.insert(node) {
            waiting.extend(graph.transitions.iter().filter(|way| way.from == node).map(|way| way.to.as_str()));
        }
    }
    seen
}

/// A block whose join goes on before all branches have come.
#[derive(Debug)]
pub(super) struct Early<'d> {
    fork: &'d str,
    join: &'d str,
    required: u32,
    branches: Vec<Branch<'d>>,
    /// Its subprocess, once it is there.
    subprocess: Option<usize>,
    /// Where each branch leads when it is done.
    arrivals: Vec<usize>,
}

/// Whether a join waits for several of many branches: a gateway for every choice of them could not be written.
pub(super) fn has_too_many_choices(graph: &Graph) -> bool {
    graph.nodes.iter().any(|node| match node.kind {
        NodeKind::Join { required, branches, .. } => {
            branches as usize > FEW_BRANCHES && (2..branches).contains(&required)
        }
        _ => false,
    })
}

/// The blocks of a graph, outer ones first.
pub(super) fn blocks(graph: &Graph) -> Vec<Early<'_>> {
    let early = |node: &str| {
        graph.nodes.iter().find_map(|other| match &other.kind {
            NodeKind::Join { required, branches, .. } if other.id == node && required < branches => Some(*required),
            _ => None,
        })
    };
    let mut all: Vec<Early> = Vec::new();
    for node in &graph.nodes {
        if let NodeKind::Fork { join, .. } = &node.kind
            && let Some(required) = early(join)
        {
            let branches = branches(graph, &node.id, join);
            all.push(Early { fork: &node.id, join, required, branches, subprocess: None, arrivals: Vec::new() });
        }
    }
    all.sort_by_key(|block| std::cmp::Reverse(block.branches.iter().map(|branch| branch.nodes.len()).sum::<usize>()));
    all
}

impl<'d> Lowering<'d> {
    /// The subprocess in which a node stands, the innermost one.
    pub(super) fn subprocess_of(&self, node: &str) -> Option<usize> {
        let holds = |block: &&Early| block.branches.iter().any(|branch| branch.nodes.contains(node));
        self.early.iter().rev().find(holds).and_then(|block| block.subprocess)
    }

    /// The subprocess of a join that does not wait for all.
    pub(super) fn early_join(&self, join: &str) -> Option<usize> {
        self.early.iter().find(|block| block.join == join).and_then(|block| block.subprocess)
    }

    /// The subprocess of a fork whose join does not wait for all, and the gateway in it at which the branches begin.
    pub(super) fn early_fork(&mut self, node: &Node, lane: usize) -> Option<(usize, usize)> {
        let at = self.early.iter().position(|block| block.fork == node.id)?;
        let NodeKind::Fork { label, .. } = &node.kind else { return None };
        let (required, count) = (self.early[at].required, self.early[at].branches.len());
        let name = label.clone().unwrap_or_else(|| format!("Chờ ít nhất {required} trong {count} nhánh"));
        let subprocess = self.element(&format!("block_{}", node.id), Kind::Subprocess, name, lane);
        self.process.elements[subprocess].properties.push(("required", required.to_string()));
        self.scope = Some(subprocess);
        let start = self.element(&format!("start_{}", node.id), Kind::Start, "Bắt đầu các nhánh", lane);
        let fork = self.element(&format!("fork_{}", node.id), Kind::Parallel, "", lane);
        self.process.elements[fork].properties = notes::fork(&node.kind);
        // Turns are counted anew for each entry.
        let mut sets = self.counters(&node.id);
        let known = self.apart.then_some(Known::Taken);
        self.early[at].arrivals = match required {
            1 => (0..count).map(|_| self.put("enough", node, Kind::End(true), notes::arrival())).collect(),
            _ if self.apart => self.counted(node, &mut sets, required, count),
            _ => self.joined(node, required, count),
        };
        let mut from = start;
        if known.is_some() || !sets.is_empty() {
            from = self.put("none", node, Kind::Script(Script { known, sets }), notes::helper());
            self.flow(start, from);
        }
        self.flow(from, fork);
        self.early[at].subprocess = Some(subprocess);
        Some((self.given(node, subprocess), fork))
    }

    /// Where flows to a subprocess lead: before it, what is known is given to it, where it does not see that.
    fn given(&mut self, node: &Node, subprocess: usize) -> usize {
        if !self.apart {
            return subprocess;
        }
        self.scope = self.process.elements[subprocess].inside;
        let script = Script { known: Some(Known::Given), sets: Vec::new() };
        let give = self.put("give", node, Kind::Script(script), notes::helper());
        self.process.elements[give].lane = self.process.elements[subprocess].lane;
        self.flow(give, subprocess);
        give
    }

    /// A gateway for every choice of branches; where each branch leads.
    fn joined(&mut self, node: &Node, required: u32, count: usize) -> Vec<usize> {
        let arrivals: Vec<usize> =
            (0..count).map(|_| self.put("came", node, Kind::Parallel, notes::arrival())).collect();
        for chosen in choices(count, required) {
            let join = self.put("join", node, Kind::Parallel, notes::wiring());
            chosen.into_iter().for_each(|branch| _ = self.flow(arrivals[branch], join));
            let end = self.put("enough", node, Kind::End(true), notes::wiring());
            self.flow(join, end);
        }
        arrivals
    }

    /// Branches are counted, from none on; where each branch leads.
    fn counted(&mut self, node: &Node, sets: &mut Vec<(String, Set)>, required: u32, count: usize) -> Vec<usize> {
        let variable = self.variables.arrived(&node.id);
        sets.push((variable.clone(), Set::Zero));
        let gate = self.put("gate", node, Kind::Exclusive, notes::wiring());
        let waits = self.put("waits", node, Kind::End(false), notes::wiring());
        let end = self.put("enough", node, Kind::End(true), notes::wiring());
        let flow = self.flow(gate, waits);
        flow.condition = Some(Condition::Below { variable: variable.clone(), most: required });
        flow.name = Some("chưa đủ".into());
        let flow = self.flow(gate, end);
        (flow.default, flow.name) = (true, Some("đủ".into()));
        let arrival = |_| {
            let more = Kind::Script(Script::setting(vec![(variable.clone(), Set::OneMore)]));
            let more = self.put("came", node, more, notes::arrival());
            self.flow(more, gate);
            more
        };
        (0..count).map(arrival).collect()
    }

    /// An element that the process has nothing like.
    fn put(&mut self, wish: &str, node: &Node, kind: Kind, property: (&'static str, String)) -> usize {
        let name = match (&kind, wish) {
            (Kind::Script(_), "came") => "Đếm nhánh",
            (Kind::Script(_), _) => "Đặt biến",
            (Kind::Exclusive, _) => "Đủ nhánh?",
            (Kind::End(false), _) => "Chờ nhánh khác",
            (Kind::End(true), _) => "Đủ nhánh",
            _ => "",
        };
        let place = self.element(&format!("{wish}_{}", node.id), kind, name, 0);
        self.process.elements[place].properties = vec![property];
        place
    }

    /// Where a way out of a branch leads that comes to a join that does not wait for all.
    pub(super) fn arrival(&self, way: &Transition, to: &str) -> Option<usize> {
        let block = self.early.iter().find(|block| block.join == to)?;
        let branch = block.branches.iter().position(|branch| branch.has(way))?;
        block.arrivals.get(branch).copied()
    }

    /// An end of the whole process inside a subprocess.
    pub(super) fn leave(&mut self, subprocess: usize, end: &'d str, state: &str, name: &str) -> usize {
        let lane = self.process.elements[subprocess].lane;
        let raise = self.element(&format!("stop_{state}"), Kind::Raise(state.into()), name, lane);
        self.process.elements[raise].properties.push(("leaves", state.into()));
        let known =
            |kind: &Kind| matches!(kind, Kind::Caught { host, state: of } if *host == subprocess && of == state);
        if !self.process.elements.iter().any(|element| known(&element.kind)) {
            let inside = self.scope;
            self.scope = self.process.elements[subprocess].inside;
            let caught = Kind::Caught { host: subprocess, state: state.into() };
            let border = self.element(&format!("stopped_{state}"), caught, name, lane);
            let to = self.target(end, lane);
            for place in [border, to] {
                self.process.elements[place].properties.push(notes::wiring());
            }
            self.flow(border, to);
            self.scope = inside;
        }
        raise
    }
}

/// Every choice of so many out of `count`.
fn choices(count: usize, chosen: u32) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..chosen {
        let longer = |known: &Vec<usize>| {
            let from = known.last().map_or(0, |last| last + 1);
            let known = known.clone();
            (from..count).map(move |next| [known.as_slice(), &[next]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::choices;

    #[test]
    fn every_choice_is_there_once() {
        assert_eq!(choices(3, 2), [[0, 1], [0, 2], [1, 2]]);
        assert_eq!((choices(6, 3).len(), choices(4, 1).len(), choices(4, 4).len()), (20, 4, 1));
    }
}
