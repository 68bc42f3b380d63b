//! The ways through the explored states: the same whatever things cost, and from whenever time is counted.

use crate::analysis::explore::{Explored, Level};
use crate::analysis::levels::blocks_of;
use crate::graph::{Net, NodeKind};
use crate::model::flow::{BlockId, BlockKind, Flow};

/// The explored states of a class, with what every count of time wants to know of them.
pub struct Ways<'a> {
    pub(super) flow: &'a Flow,
    pub(super) net: &'a Net,
    /// What was explored.
    pub explored: &'a Explored,
    /// By level.
    pub(super) levels: Vec<LevelWays>,
}

/// What is known of a level.
pub(super) struct LevelWays {
    /// States so that most moves lead forward.
    pub(super) order: Vec<usize>,
    /// States in which the procedure is stopped.
    pub(super) stops: Vec<usize>,
    /// By state: the stages with a limit around it; empty where the process has none.
    stages: Vec<Vec<BlockId>>,
    /// Those around the level: they were entered before it.
    around: Vec<BlockId>,
}

impl<'a> Ways<'a> {
    /// The ways through all levels.
    pub fn of(flow: &'a Flow, net: &'a Net, explored: &'a Explored) -> Ways<'a> {
        let limited = flow.blocks.iter().any(|block| matches!(block.kind, BlockKind::Stage(Some(_))));
        let level = |level: &Level| LevelWays {
            order: order_of(level),
            stops: stops(net, level),
            stages: match limited {
                true => level.states.iter().map(|state| stages(flow, blocks_of(flow, net, state.node))).collect(),
                false => Vec::new(),
            },
            around: match level.states.first().filter(|_| limited) {
                Some(entry) => stages(flow, around_level(flow, blocks_of(flow, net, entry.node))),
                None => Vec::new(),
            },
        };
        Ways { flow, net, explored, levels: explored.levels.iter().map(level).collect() }
    }
}

impl LevelWays {
    /// The stages with a limit around a state, innermost first.
    pub(super) fn stages(&self, state: usize) -> &[BlockId] {
        self.stages.get(state).map_or(&[], Vec::as_slice)
    }

    /// Those of them that are entered with it, when the level begins there or by a move from another state.
    pub(super) fn entered(&self, from: Option<usize>, to: usize) -> impl Iterator<Item = BlockId> + '_ {
        let before = from.map_or(self.around.as_slice(), |from| self.stages(from));
        self.stages(to).iter().copied().filter(|stage| !before.contains(stage))
    }
}

fn stages(flow: &Flow, blocks: impl Iterator<Item = BlockId>) -> Vec<BlockId> {
    blocks.filter(|block| matches!(flow.block(*block).kind, BlockKind::Stage(Some(_)))).collect()
}

/// Of the blocks around the entry of a branch: the `song song` around it, and what that stands in.
pub(super) fn around_level(flow: &Flow, inside: impl Iterator<Item = BlockId>) -> impl Iterator<Item = BlockId> {
    inside.skip_while(|block| !matches!(flow.block(*block).kind, BlockKind::Parallel(_)))
}

fn stops(net: &Net, level: &Level) -> Vec<usize> {
    let ends = |state: &usize| matches!(net.graph[level.states[*state].node], NodeKind::End(..));
    (0..level.states.len()).filter(ends).collect()
}

fn order_of(level: &Level) -> Vec<usize> {
    let mut order = Vec::with_capacity(level.states.len());
    let mut seen = vec![false; level.states.len()];
    let mut stack: Vec<(usize, usize)> = Vec::new();
    if let Some(entry) = seen.first_mut() {
        *entry = true;
        stack.push((0, 0));
    }
    while let Some((at, index)) = stack.pop() {
        match level.moves[at].get(index) {
            Some(next) => {
                stack.push((at, index + 1));
                if !std::mem::replace(&mut seen[next.to], true) {
                    stack.push((next.to, 0));
                }
            }
            None => order.push(at),
        }
    }
    order.reverse();
    order
}
