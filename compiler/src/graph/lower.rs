//! Flow → workflow net.

use super::{Net, NodeKind, Transition, Way};
use crate::model::flow::*;
use crate::source::Place;
use foldhash::{HashMap, HashMapExt};
use petgraph::graph::{DiGraph, NodeIndex};
use tthc_grammar::tree::{EndState, Join};

/// Lowers the steps of a process, or with `after` those after the result.
pub fn lower(flow: &Flow, after: bool) -> Net {
    // Beside its steps a process has few nodes.
    let mut graph = DiGraph::with_capacity(2 * flow.steps.len() + 4, 3 * flow.steps.len() + 4);
    let start = graph.add_node(NodeKind::Start);
    let net = Net { graph, start, steps: Vec::new(), dangling: Vec::new() };
    let mut lowering = Lowering {
        flow,
        net,
        steps: HashMap::new(),
        next: HashMap::new(),
        entries: HashMap::new(),
        ends: HashMap::new(),
    };
    let body = if after { &flow.after } else { &flow.body };
    let last = after.then(|| lowering.net.graph.add_node(NodeKind::Finished));
    let first = lowering.link(body, last);
    let place = flow.place.unwrap_or(Place { file: crate::source::FileId(0), span: Default::default() });
    match first {
        Some(first) => lowering.edge(start, first, plain(place)),
        None => lowering.net.dangling.push((start, place)),
    }
    for (index, step) in flow.steps.iter().enumerate() {
        let id = StepId(index);
        if let Some(node) = lowering.steps.get(&id).copied() {
            lowering.net.steps.push(id);
            lowering.exits(id, step, node);
        }
    }
    lowering.net
}

struct Lowering<'f> {
    flow: &'f Flow,
    net: Net,
    steps: HashMap<StepId, NodeIndex>,
    /// Where a step goes on to; none: the end of the process, which must be said.
    next: HashMap<StepId, Option<NodeIndex>>,
    /// Where a block begins.
    entries: HashMap<BlockId, Option<NodeIndex>>,
    ends: HashMap<(EndState, bool), NodeIndex>,
}

fn plain(place: Place) -> Transition {
    Transition {
        way: Way::Only,
        label: None,
        guard: None,
        back: false,
        max_times: None,
        exhausted: None,
        round: None,
        restarts: false,
        forms: Vec::new(),
        texts: Vec::new(),
        place,
    }
}

impl Lowering<'_> {
    /// Links elements in a row; what comes after the last is `after`. Answers where the row begins.
    fn link(&mut self, elements: &[Node], after: Option<NodeIndex>) -> Option<NodeIndex> {
        let mut after = after;
        for element in elements.iter().rev() {
            after = match element {
                Node::Step(id) => {
                    let node = self.net.graph.add_node(NodeKind::Step(*id));
                    self.steps.insert(*id, node);
                    self.next.insert(*id, after);
                    Some(node)
                }
                Node::Block(id) => {
                    let entry = self.block(*id, after);
                    self.entries.insert(*id, entry);
                    entry
                }
            };
        }
        after
    }

    fn block(&mut self, id: BlockId, after: Option<NodeIndex>) -> Option<NodeIndex> {
        let block = self.flow.block(id);
        let BlockKind::Parallel(join) = block.kind else { return self.link(&block.children, after) };
        let branches = block.children.len() as u32;
        let needed = match join {
            Join::AtLeast(count) => count,
            Join::All | Join::Unsaid => branches,
        };
        let fork = self.net.graph.add_node(NodeKind::Fork(id));
        let meet = self.net.graph.add_node(NodeKind::Join(id, needed));
        for branch in &block.children {
            let first = self.link(std::slice::from_ref(branch), Some(meet)).unwrap_or(meet);
            let place = match branch {
                Node::Block(inner) => self.flow.block(*inner).place,
                Node::Step(inner) => self.flow.step(*inner).place,
            };
            self.edge(fork, first, plain(place));
        }
        match after {
            Some(after) => self.edge(meet, after, plain(block.place)),
            None => self.net.dangling.push((meet, block.place)),
        }
        Some(fork)
    }

    fn edge(&mut self, from: NodeIndex, to: NodeIndex, transition: Transition) {
        self.net.graph.add_edge(from, to, transition);
    }

    fn end(&mut self, state: EndState, stop_all: bool) -> NodeIndex {
        let graph = &mut self.net.graph;
        *self.ends.entry((state, stop_all)).or_insert_with(|| graph.add_node(NodeKind::End(state, stop_all)))
    }

    fn exits(&mut self, id: StepId, step: &Step, node: NodeIndex) {
        match &step.exits {
            Exits::Next => {
                let returned = step.kinds.contains(&"trả kết quả");
                match self.next.get(&id).copied().flatten() {
                    Some(next) => self.edge(node, next, plain(step.place)),
                    None if returned => {
                        let end = self.end(EndState::Returned, false);
                        self.edge(node, end, plain(step.place));
                    }
                    None => self.net.dangling.push((node, step.head)),
                }
            }
            // Done by somebody or by the clock, it is one arrow whose turns are counted together.
            Exits::To(arrow) if arrow.max_times.is_some() && matches!(step.overdue, Some(Overdue::AsAgreed)) => {
                self.choice(id, step, node, std::slice::from_ref(arrow.as_ref()), false);
            }
            Exits::To(arrow) => self.arrow(id, node, arrow, Way::Only),
            Exits::End(state, place) => {
                let end = self.end(*state, false);
                self.edge(node, end, plain(*place));
            }
            Exits::Outcomes(arrows) => self.choice(id, step, node, arrows, true),
            Exits::Choice(arrows) => self.choice(id, step, node, arrows, false),
        }
        self.overdue(id, step, node);
    }

    fn choice(&mut self, id: StepId, step: &Step, node: NodeIndex, arrows: &[Arrow], decided: bool) {
        let choice = self.net.graph.add_node(NodeKind::Choice { step: id, decided });
        self.edge(node, choice, plain(step.place));
        // A called procedure that returned its result goes on, unless the call says otherwise.
        if step.call.is_some() && !arrows.iter().any(|arrow| arrow.called_end == Some(EndState::Returned)) {
            let way = Way::CalledEnd(EndState::Returned);
            match self.next.get(&id).copied().flatten() {
                Some(next) => self.edge(choice, next, Transition { way, ..plain(step.place) }),
                None => self.net.dangling.push((choice, step.head)),
            }
        }
        for arrow in arrows {
            let way = match arrow {
                Arrow { outcome: Some(outcome), .. } => Way::Outcome(outcome.clone()),
                Arrow { called_end: Some(state), .. } => Way::CalledEnd(*state),
                Arrow { otherwise: true, .. } => Way::Otherwise,
                _ => Way::Guarded,
            };
            self.arrow(id, choice, arrow, way);
        }
    }

    fn arrow(&mut self, id: StepId, from: NodeIndex, arrow: &Arrow, way: Way) {
        let Some(to) = self.target(id, &arrow.target, arrow.place) else {
            self.net.dangling.push((from, arrow.place));
            return;
        };
        let exhausted = arrow.exhausted.as_ref().and_then(|target| self.target(id, target, arrow.place));
        let transition = Transition {
            way,
            label: arrow.label.clone(),
            guard: arrow.guard.clone(),
            back: goes_back(&arrow.target),
            max_times: arrow.max_times,
            exhausted,
            round: arrow.round.clone(),
            restarts: arrow.restarts,
            forms: arrow.forms.clone(),
            texts: arrow.texts.clone(),
            place: arrow.place,
        };
        self.edge(from, to, transition);
    }

    fn target(&mut self, id: StepId, target: &Target, place: Place) -> Option<NodeIndex> {
        match target {
            Target::Next => self.next.get(&id).copied().flatten(),
            Target::To(node) | Target::Back(node) => self.entry(*node),
            Target::End { state, stop_all } => Some(self.end(*state, *stop_all)),
            Target::Wait { reason, limit, then } => {
                let then = self.target(id, then, place)?;
                let wait = self.net.graph.add_node(NodeKind::Wait { reason: reason.clone(), limit: limit.clone() });
                self.edge(wait, then, plain(place));
                if reason.is_none() && limit.is_some() {
                    // In a branch too it is the procedure that ends.
                    let stopped = self.end(EndState::Stopped, self.in_branch(id));
                    self.edge(wait, stopped, Transition { way: Way::Timeout { outcome: None }, ..plain(place) });
                }
                Some(wait)
            }
            Target::Unknown => None,
        }
    }

    fn in_branch(&self, id: StepId) -> bool {
        let parallel = |id| matches!(self.flow.block(id).kind, BlockKind::Parallel(_));
        self.flow.around(self.flow.step(id).parent).any(parallel)
    }

    fn entry(&self, node: Node) -> Option<NodeIndex> {
        match node {
            Node::Step(id) => self.steps.get(&id).copied(),
            Node::Block(id) => self.entries.get(&id).copied().flatten(),
        }
    }

    /// A reminder changes nothing; everything else is a way that the clock takes.
    fn overdue(&mut self, id: StepId, step: &Step, node: NodeIndex) {
        let timeout = |outcome| Way::Timeout { outcome };
        match &step.overdue {
            None | Some(Overdue::Remind) => {}
            Some(Overdue::AsAgreed) => {
                // Done: goes on as it does when somebody has done it. Consent is none of several outcomes.
                let onward = self.net.graph.neighbors(node).next();
                let decided = |to| matches!(self.net.graph[to], NodeKind::Choice { decided: true, .. });
                if let Some(to) = onward.filter(|to| !decided(*to)) {
                    self.edge(node, to, Transition { way: timeout(None), ..plain(step.place) });
                }
            }
            Some(Overdue::AsOutcome(outcome)) => {
                let choice =
                    self.net.graph.neighbors(node).find(|to| matches!(self.net.graph[*to], NodeKind::Choice { .. }));
                if let Some(choice) = choice {
                    self.edge(node, choice, Transition { way: timeout(Some(outcome.clone())), ..plain(step.place) });
                }
            }
            Some(Overdue::Target(arrow)) => self.arrow(id, node, arrow, timeout(None)),
        }
    }
}

fn goes_back(target: &Target) -> bool {
    match target {
        Target::Back(_) => true,
        Target::Wait { then, .. } => goes_back(then),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{ParsedFile, Project, Settings};
    use std::sync::Arc;

    fn net(steps: &str) -> Net {
        let text = format!(
            "cơ quan A {{ vai trò v }} thủ tục t {{ cơ quan thực hiện: A  thông tin hồ sơ {{ lớn: có/không }} quy trình {{ {steps} }} }}"
        );
        let project = Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], Settings::default());
        assert!(project.files[0].tree.problems.is_empty(), "{:?}", project.files[0].tree.problems);
        lower(&project.model.procedures[0].cases[0].flow, false)
    }

    fn count(net: &Net, wanted: fn(&NodeKind) -> bool) -> usize {
        net.graph.node_weights().filter(|kind| wanted(kind)).count()
    }

    #[test]
    fn rows_follow_each_other_and_the_last_returns() {
        let net = net("bước 1 \"a\" do v trong 1 ngày\nbước 2 \"b\" do v { loại: trả kết quả }");
        assert_eq!((net.graph.node_count(), net.graph.edge_count()), (4, 3));
        assert!(net.dangling.is_empty());
    }

    #[test]
    fn a_process_that_does_not_end_dangles() {
        assert_eq!(net("bước 1 \"a\" do v trong 1 ngày").dangling.len(), 1);
    }

    #[test]
    fn branches_fork_and_join() {
        let net = net(
            "song song s chờ ít nhất 1 nhánh { nhánh x { bước a do v } nhánh y { bước b do v } } bước c do v { kết thúc: trả kết quả }",
        );
        assert_eq!(count(&net, |kind| matches!(kind, NodeKind::Join(_, 1))), 1);
        assert_eq!(count(&net, |kind| matches!(kind, NodeKind::Fork(_))), 1);
        assert!(net.dangling.is_empty());
    }

    #[test]
    fn a_supplement_waits_and_may_run_out() {
        let net = net(
            "bước a do v { hướng xử lý { đủ -> tiếp  thiếu -> chờ bổ sung tối đa 30 ngày rồi quay lại a tối đa 1 lần } } bước b do v { loại: trả kết quả }",
        );
        assert_eq!(count(&net, |kind| matches!(kind, NodeKind::Wait { .. })), 1);
        assert_eq!(count(&net, |kind| matches!(kind, NodeKind::End(EndState::Stopped, _))), 1);
        let back = net.graph.edge_weights().find(|edge| edge.back).map(|edge| edge.max_times);
        assert_eq!(back, Some(Some(1)));
    }
}
