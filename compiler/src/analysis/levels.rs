//! Where nodes stand: outside of every parallel block, or in one of its branches. No arrow crosses a level.

use crate::graph::{Net, NodeKind};
use crate::model::flow::{BlockId, BlockKind, Flow};
use petgraph::graph::NodeIndex;

/// The branch in which a block or step with this parent stands; none: outside of every parallel block.
pub(super) fn branch_around(flow: &Flow, parent: Option<BlockId>) -> Option<BlockId> {
    let mut inner: Option<BlockId> = None;
    for block in flow.around(parent) {
        if matches!(flow.block(block).kind, BlockKind::Parallel(_)) {
            return inner;
        }
        inner = Some(block);
    }
    None
}

/// The branch in which a node stands; ends and the start stand outside.
pub(super) fn branch_of(flow: &Flow, net: &Net, node: NodeIndex) -> Option<BlockId> {
    branch_around(flow, parent_of(flow, net, node))
}

/// The blocks in which a node stands, innermost first.
pub(super) fn blocks_of<'f>(flow: &'f Flow, net: &Net, node: NodeIndex) -> impl Iterator<Item = BlockId> + 'f {
    flow.around(parent_of(flow, net, node))
}

/// The innermost block in which a node stands.
fn parent_of(flow: &Flow, net: &Net, node: NodeIndex) -> Option<BlockId> {
    match &net.graph[node] {
        NodeKind::Step(step) | NodeKind::Choice { step, .. } => flow.step(*step).parent,
        NodeKind::Fork(block) | NodeKind::Join(block, _) => flow.block(*block).parent,
        NodeKind::Wait { .. } => {
            let before = net.graph.neighbors_directed(node, petgraph::Direction::Incoming).next()?;
            parent_of(flow, net, before)
        }
        NodeKind::Start | NodeKind::End(..) | NodeKind::Finished => None,
    }
}
