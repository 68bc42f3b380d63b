//! What has happened to a dossier and can still decide something: how often a bounded way was taken, and outcomes that a
//! later condition asks for.

use crate::target::json::definition::{Expression, Graph, Node, NodeKind, Transition};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The past of a dossier at one place.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Past<'d> {
    /// How often ways have been taken, by their ids.
    pub taken: BTreeMap<&'d str, u32>,
    /// The last outcomes of steps.
    pub decided: BTreeMap<&'d str, &'d str>,
}

/// What of a past can still decide something behind a node.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Matters<'d> {
    bounded: BTreeSet<&'d str>,
    outcomes: BTreeSet<(&'d str, &'d str)>,
}

impl<'d> Past<'d> {
    /// The same without what does not matter any more.
    pub fn kept(mut self, matters: &Matters<'d>) -> Past<'d> {
        self.taken.retain(|way, _| matters.bounded.contains(way));
        self.decided.retain(|step, outcome| matters.outcomes.contains(&(*step, *outcome)));
        self
    }

    /// What of it tells it from the others; nothing where there are none.
    pub fn apart_from(&self, others: &[&Past<'d>]) -> Past<'d> {
        let mut apart = self.clone();
        apart.taken.retain(|way, times| others.iter().any(|other| other.taken.get(way) != Some(times)));
        apart.decided.retain(|step, last| others.iter().any(|other| other.decided.get(step) != Some(last)));
        apart
    }

    /// Whether a condition holds; none where it asks for something that only people know.
    pub fn truth(&self, condition: &Expression) -> Option<bool> {
        match condition {
            Expression::And { args } => self.all(args, true),
            Expression::Or { args } => self.all(args, false),
            Expression::Not { arg } => self.truth(arg).map(|holds| !holds),
            Expression::Outcome { step, outcome } => {
                Some(self.decided.get(step.as_str()).is_some_and(|last| last == outcome))
            }
            Expression::Compare { .. } | Expression::Event { .. } => None,
        }
    }

    /// Whether all are such; none where that is not known of one and no other differs.
    fn all(&self, parts: &[Expression], such: bool) -> Option<bool> {
        let truths: Vec<Option<bool>> = parts.iter().map(|part| self.truth(part)).collect();
        match truths.contains(&Some(!such)) {
            true => Some(!such),
            false => truths.iter().all(Option::is_some).then_some(such),
        }
    }
}

/// Of every node what matters behind it, by its id.
pub(super) fn what_matters(graph: &Graph) -> HashMap<&str, Matters<'_>> {
    let mut all: HashMap<&str, Matters<'_>> =
        graph.nodes.iter().map(|node| (node.id.as_str(), Matters::default())).collect();
    let deciding: HashMap<&str, &str> = graph.nodes.iter().filter_map(decider).collect();
    if graph.transitions.iter().all(|way| way.max_times.is_none() && way.guard.is_none()) {
        return all;
    }
    // Against the direction of the ways, until nothing is added.
    let mut grown = true;
    while grown {
        grown = false;
        for way in graph.transitions.iter().rev() {
            let mut here = all.get(way.from.as_str()).cloned().unwrap_or_default();
            let before = here.clone();
            let forgotten = way.outcome.as_ref().and_then(|_| deciding.get(way.from.as_str()));
            for behind in std::iter::once(&way.to).chain(&way.when_exhausted).filter_map(|to| all.get(to.as_str())) {
                here.bounded.extend(&behind.bounded);
                here.outcomes.extend(behind.outcomes.iter().filter(|(step, _)| Some(step) != forgotten));
            }
            here.bounded.extend(way.max_times.map(|_| way.id.as_str()));
            way.guard.iter().for_each(|guard| asked(guard, &mut here.outcomes));
            if here != before {
                grown = true;
                all.insert(&way.from, here);
            }
        }
    }
    all
}

/// A choice of somebody, and the step whose outcome is decided in it.
pub(super) fn decider(node: &Node) -> Option<(&str, &str)> {
    match &node.kind {
        NodeKind::Choice { step, decided: true } => Some((&node.id, step)),
        _ => None,
    }
}

fn asked<'d>(condition: &'d Expression, outcomes: &mut BTreeSet<(&'d str, &'d str)>) {
    match condition {
        Expression::And { args } | Expression::Or { args } => args.iter().for_each(|arg| asked(arg, outcomes)),
        Expression::Not { arg } => asked(arg, outcomes),
        Expression::Outcome { step, outcome } => {
            outcomes.insert((step, outcome));
        }
        Expression::Compare { .. } | Expression::Event { .. } => {}
    }
}

/// A past in words, for the copy of a node that has it: `sau bổ sung lần 1`.
pub(super) fn words(graph: &Graph, node: &Node, past: &Past<'_>) -> String {
    let several = graph.transitions.iter().filter(|way| way.max_times.is_some()).count() > 1;
    let way = |id: &str| graph.transitions.iter().find(|way| way.id == id);
    let taken = past.taken.iter().filter_map(|(id, times)| {
        let way = way(id)?;
        // The wait itself is that of the round, not behind it.
        if way.to == node.id && matches!(node.kind, NodeKind::Wait { .. }) {
            return Some(format!("lần {times}"));
        }
        let at = if several { format!(" ở {}", step(graph, &way.from)) } else { String::new() };
        Some(format!("sau {} lần {times}{at}", round(graph, way)))
    });
    let decided =
        past.decided.iter().map(|(id, outcome)| format!("{}: {}", step(graph, id), label(graph, id, outcome)));
    taken.chain(decided).collect::<Vec<_>>().join("; ")
}

fn find<'d>(graph: &'d Graph, id: &str) -> Option<&'d NodeKind> {
    graph.nodes.iter().find(|node| node.id == id).map(|node| &node.kind)
}

/// What is done once more.
fn round(graph: &Graph, way: &Transition) -> String {
    match find(graph, &way.to) {
        Some(NodeKind::Wait { reason: None, .. }) => "bổ sung".into(),
        Some(NodeKind::Wait { reason: Some(reason), .. }) => format!("chờ {reason}"),
        _ => "làm lại".into(),
    }
}

/// The step of a node as it is spoken of.
fn step(graph: &Graph, id: &str) -> String {
    match find(graph, id) {
        Some(NodeKind::Choice { step: of, .. }) if of != id => step(graph, of),
        Some(NodeKind::Step(step)) if !step.numbered => format!("“{}”", step.label),
        _ => format!("bước {id}"),
    }
}

/// What an outcome of a step is called.
fn label(graph: &Graph, step: &str, outcome: &str) -> String {
    let of = |way: &&Transition| {
        way.outcome.as_deref() == Some(outcome)
            && matches!(find(graph, &way.from), Some(NodeKind::Choice { step: of, .. }) if of == step)
    };
    let label = graph.transitions.iter().find(of).and_then(|way| way.label.clone());
    label.unwrap_or_else(|| outcome.replace('_', " "))
}
