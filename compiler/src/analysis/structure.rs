//! Defects that can be seen without running: arrows across branches, circles without a bound.

use super::Defect;
use super::levels::branch_of;
use crate::graph::{Net, NodeKind, Way};
use crate::model::flow::{BlockId, BlockKind, Flow, Node, Overdue, Round, StepId, Target};
use foldhash::HashSet;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};
use tthc_grammar::tree::Join;

/// What is wrong with the shape of a flow.
pub(super) fn defects(flow: &Flow, net: &Net) -> Vec<Defect> {
    let mut defects = Vec::new();
    crossings(flow, net, &mut defects);
    joins(flow, &mut defects);
    circles(net, &mut defects);
    not_back(flow, &mut defects);
    defects
}

/// T207, T208: no arrow enters or leaves a branch, none inside restarts the limit or ends the procedure quietly.
fn crossings(flow: &Flow, net: &Net, defects: &mut Vec<Defect>) {
    for edge in net.graph.edge_references() {
        let way = edge.weight();
        let from = branch_of(flow, net, edge.source());
        if from.is_some() && way.restarts {
            defects.push(Defect::RestartInBranch { place: way.place });
        }
        let allowed = match (&net.graph[edge.source()], &net.graph[edge.target()]) {
            // A fork enters its branches, a branch arrives at its join, stopping leaves by right.
            (NodeKind::Fork(_), _) | (_, NodeKind::End(_, true)) => true,
            (_, NodeKind::Join(block, _)) => arrives(flow, from, *block),
            (_, NodeKind::End(_, false)) if from.is_some() => {
                // A supplement that never comes stops the whole dossier.
                if !matches!((&net.graph[edge.source()], &way.way), (NodeKind::Wait { .. }, Way::Timeout { .. })) {
                    defects.push(Defect::EndsInBranch { place: way.place });
                }
                true
            }
            (_, NodeKind::End(..) | NodeKind::Finished) | (NodeKind::Start, _) => true,
            _ => from == branch_of(flow, net, edge.target()),
        };
        if !allowed {
            defects.push(Defect::Crossing { place: way.place, outward: from.is_some() });
        }
    }
}

/// Only the branches of a block arrive at its join; an empty branch comes straight from the fork.
fn arrives(flow: &Flow, branch: Option<BlockId>, block: BlockId) -> bool {
    branch.is_some_and(|branch| flow.block(branch).parent == Some(block))
}

/// T209: a join waits for no more branches than there are.
fn joins(flow: &Flow, defects: &mut Vec<Defect>) {
    for block in &flow.blocks {
        if let BlockKind::Parallel(Join::AtLeast(required)) = block.kind {
            let branches = block.children.len() as u32;
            if required == 0 || required > branches {
                defects.push(Defect::JoinCount { place: block.place, required, branches });
            }
        }
    }
}

fn is_bounded(net: &Net, edge: EdgeIndex) -> bool {
    let way = &net.graph[edge];
    way.max_times.is_some() || matches!(way.round, Some(Round::SetTime | Round::All(_)))
}

/// All ways of a net, each with whether it is bounded; what is taken when an arrow is used up is a way too.
fn all_ways(net: &Net) -> DiGraph<(), bool> {
    let mut ways = net.graph.map(|_, _| (), |edge, _| is_bounded(net, edge));
    for edge in net.graph.edge_references() {
        let offered = matches!(net.graph[edge.source()], NodeKind::Choice { decided: true, .. });
        if let Some(instead) = edge.weight().exhausted.filter(|_| !offered) {
            ways.add_edge(edge.source(), instead, false);
        }
    }
    ways
}

/// T203, T204: circles without a way out, circles without a bound.
fn circles(net: &Net, defects: &mut Vec<Defect>) {
    let ways = all_ways(net);
    for circle in kosaraju_scc(&ways) {
        // Most nodes are on none.
        if circle.len() == 1 && !ways.contains_edge(circle[0], circle[0]) {
            continue;
        }
        let inside: HashSet<NodeIndex> = circle.iter().copied().collect();
        let leaves = circle.iter().any(|node| ways.neighbors(*node).any(|next| !inside.contains(&next)));
        if !leaves {
            let dangles = net.dangling.iter().any(|(node, _)| inside.contains(node));
            if !dangles {
                defects.push(Defect::NoEnd { steps: steps_of(net, &circle), place: back_edge(net, &inside) });
            }
        }
    }
    let unbounded = EdgeFiltered::from_fn(&ways, |edge| !*edge.weight());
    for circle in kosaraju_scc(&unbounded) {
        if circle.len() == 1 && ways.edges_connecting(circle[0], circle[0]).all(|edge| *edge.weight()) {
            continue;
        }
        let told = defects
            .iter()
            .any(|defect| matches!(defect, Defect::NoEnd { steps, .. } if *steps == steps_of(net, &circle)));
        if !told {
            let inside: HashSet<NodeIndex> = circle.iter().copied().collect();
            defects.push(Defect::Unbounded { steps: steps_of(net, &circle), place: back_edge(net, &inside) });
        }
    }
}

/// The steps of a circle, in the order of the table.
fn steps_of(net: &Net, nodes: &[NodeIndex]) -> Vec<StepId> {
    let mut steps: Vec<StepId> = nodes
        .iter()
        .filter_map(|node| match net.graph[*node] {
            NodeKind::Step(step) => Some(step),
            _ => None,
        })
        .collect();
    steps.sort();
    steps
}

/// The line by which a circle goes back.
fn back_edge(net: &Net, inside: &HashSet<NodeIndex>) -> Option<crate::source::Place> {
    let edges =
        net.graph.edge_references().filter(|edge| inside.contains(&edge.source()) && inside.contains(&edge.target()));
    let arrows = edges.filter(|edge| !matches!(edge.weight().way, Way::Only) || edge.weight().back);
    arrows.max_by_key(|edge| (edge.weight().back, edge.weight().place)).map(|edge| edge.weight().place)
}

/// T204: what lies behind (or at) a step is written `quay lại`, and nothing else is.
fn not_back(flow: &Flow, defects: &mut Vec<Defect>) {
    for (index, step) in flow.steps.iter().enumerate() {
        let overdue = match &step.overdue {
            Some(Overdue::Target(arrow)) => Some(arrow.as_ref()),
            _ => None,
        };
        for arrow in step.exits.arrows().iter().chain(overdue) {
            let Some((node, is_back)) = goal(&arrow.target) else { continue };
            let Some(first) = flow.first_step(node) else { continue };
            let (place, step) = (arrow.place, StepId(index));
            match (first.0 <= index, is_back) {
                (true, false) => defects.push(Defect::NotBack { place, step }),
                (false, true) => defects.push(Defect::NotAhead { place, step }),
                _ => {}
            }
        }
    }
}

/// The element to which an arrow leads, and whether it is written `quay lại`.
fn goal(target: &Target) -> Option<(Node, bool)> {
    match target {
        Target::To(node) => Some((*node, false)),
        Target::Back(node) => Some((*node, true)),
        Target::Wait { then, .. } => goal(then),
        _ => None,
    }
}
