//! Pauses: waits and steps that are not counted, between others that are.

use super::explore::Explored;
use super::levels::branch_of;
use crate::graph::{Net, NodeKind};
use crate::model::flow::{Flow, Step};
use petgraph::graph::NodeIndex;
use petgraph::visit::{Bfs, EdgeFiltered, Reversed, Walker};

/// Whether some run pauses after counted time, or in a branch, and then goes on with counted time. A restart of the
/// limit begins a new stretch.
pub(super) fn between(flow: &Flow, net: &Net, explored: &Explored) -> bool {
    let seen = |node: NodeIndex| explored.seen.nodes.contains(node.index());
    let stretch = EdgeFiltered::from_fn(&net.graph, |edge| {
        use petgraph::visit::EdgeRef;
        seen(edge.source()) && seen(edge.target()) && !edge.weight().restarts
    });
    let counted = |node: NodeIndex| matches!(net.graph[node], NodeKind::Step(id) if is_counted(flow.step(id)));
    let pauses = net.graph.node_indices().filter(|node| match net.graph[*node] {
        NodeKind::Wait { .. } => true,
        NodeKind::Step(id) => flow.step(id).time.uncounted,
        _ => false,
    });
    pauses.filter(|node| seen(*node)).any(|pause| {
        let before = || Bfs::new(Reversed(&stretch), pause).iter(Reversed(&stretch)).any(counted);
        let after = || Bfs::new(&stretch, pause).iter(&stretch).any(counted);
        after() && (branch_of(flow, net, pause).is_some() || before())
    })
}

/// It takes time that counts, its own or its stage's.
fn is_counted(step: &Step) -> bool {
    !step.time.uncounted && step.time.duration.as_ref().is_none_or(|duration| !duration.is_zero())
}
