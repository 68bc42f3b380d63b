//! What leads to a step and where it leads; who calls a procedure and whom it calls.

use super::times::flow;
use crate::graph::{Net, NodeKind};
use crate::model::flow::StepId;
use crate::project::Project;
use crate::source::Place;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// Which way is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// To what comes before.
    Back,
    /// To what comes after.
    Ahead,
}

/// Names of steps or procedures on the other side, each with the lines that say so.
pub type Ways = BTreeMap<Place, BTreeSet<Place>>;

/// What leads to the step or procedure whose name stands at a place, or where it leads.
pub fn ways(project: &Project, name: Place, look: Look) -> Ways {
    let mut found = Ways::new();
    for analysis in project.analysis() {
        let steps = &flow(project, analysis).steps;
        let graph = &analysis.net.graph;
        let is_it =
            |node: &NodeIndex| matches!(graph[*node], NodeKind::Step(step) if steps[step.0].named.place == name);
        for node in graph.node_indices().filter(is_it) {
            let NodeKind::Step(StepId(here)) = graph[node] else { continue };
            for (StepId(there), line) in beside(&analysis.net, node, look) {
                let source = &steps[if look == Look::Ahead { here } else { there }];
                let inside = |line: &Place| {
                    *line != source.place
                        && line.file == source.place.file
                        && source.place.span.start <= line.span.start
                        && line.span.end <= source.place.span.end
                };
                // Going on to the next row of the table is said by no line of its own.
                let line = line.filter(inside).unwrap_or(source.named.place);
                found.entry(steps[there].named.place).or_default().insert(line);
            }
        }
    }
    calls(project, name, look, &mut found);
    found
}

/// The steps on the other side of choices, waits, forks and joins, with the line of the arrow.
fn beside(net: &Net, node: NodeIndex, look: Look) -> Vec<(StepId, Option<Place>)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::from([node]);
    let mut waiting: Vec<(NodeIndex, Option<Place>)> = vec![(node, None)];
    while let Some((at, line)) = waiting.pop() {
        for (next, way) in neighbours(net, at, look) {
            // What the arrow says counts, not the way from the step to its choice.
            let line = if look == Look::Ahead { way.or(line) } else { line.or(way) };
            match net.graph[next] {
                NodeKind::Step(step) => found.push((step, line)),
                _ if seen.insert(next) => waiting.push((next, line)),
                _ => {}
            }
        }
    }
    found
}

/// What is one edge away, or what an arrow that is used up leads to; with the line that says so.
fn neighbours(net: &Net, at: NodeIndex, look: Look) -> Vec<(NodeIndex, Option<Place>)> {
    let ways = net.graph.edge_references().flat_map(|edge| {
        let place = edge.weight().place;
        let used_up = edge.weight().exhausted.map(|target| (edge.source(), target, place));
        [Some((edge.source(), edge.target(), place)), used_up].into_iter().flatten()
    });
    let ahead = look == Look::Ahead;
    let here = ways.filter(|(source, target, _)| if ahead { *source == at } else { *target == at });
    // Forks, joins and waits have no line: what they stand between has.
    let line = |source: NodeIndex, place| {
        matches!(net.graph[source], NodeKind::Choice { .. } | NodeKind::Step(_)).then_some(place)
    };
    here.map(|(source, target, place)| (if ahead { target } else { source }, line(source, place))).collect()
}

fn calls(project: &Project, name: Place, look: Look, found: &mut Ways) {
    let procedures = &project.model.procedures;
    for procedure in procedures {
        for step in procedure.cases.iter().flat_map(|case| &case.flow.steps) {
            let Some(called) = step.call.as_ref().and_then(|call| call.procedure) else { continue };
            let called = procedures[called.0].named.place;
            let (here, other) = match look {
                Look::Back => (called, procedure.named.place),
                Look::Ahead => (procedure.named.place, called),
            };
            if here == name {
                found.entry(other).or_default().insert(step.named.place);
            }
        }
    }
}
