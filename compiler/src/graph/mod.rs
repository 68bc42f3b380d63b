//! The workflow net of a flow: one start, steps, choices, waits, forks, joins, ends.
//!
//! Lowered once; exporters and analyses read this graph, so that a text means the same everywhere.

mod lower;

use crate::model::flow::{BlockId, Guard, Round, StepId};
use crate::model::time::Duration;
use crate::source::Place;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use smallvec::SmallVec;
use tthc_grammar::tree::EndState;

pub use lower::lower;

/// A node of the net.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// The dossier arrives.
    Start,
    /// A step or a call; it takes its time.
    Step(StepId),
    /// What follows a step: an outcome that was decided, or the first guard that holds.
    Choice {
        /// Of which step.
        step: StepId,
        /// Somebody decides (`hướng xử lý`); otherwise the guards do (`rẽ nhánh`).
        decided: bool,
    },
    /// A wait that is no row of the table; not charged to the agencies.
    Wait {
        /// None: for a supplement of the applicant.
        reason: Option<String>,
        /// How long at most.
        limit: Option<Duration>,
    },
    /// All branches of a parallel block start.
    Fork(BlockId),
    /// Branches meet; goes on when this many have come, the others are withdrawn.
    Join(BlockId, u32),
    /// The procedure ends; with `true` every branch still running is stopped.
    End(EndState, bool),
    /// The end of the steps after the result.
    Finished,
}

/// Why a way is taken.
#[derive(Debug, Clone, Default)]
pub enum Way {
    /// It is the only one.
    #[default]
    Only,
    /// This outcome was decided.
    Outcome(String),
    /// The called procedure ended so.
    CalledEnd(EndState),
    /// No guard before it holds.
    Otherwise,
    /// The guard holds.
    Guarded,
    /// The time has run out.
    Timeout {
        /// The outcome that counts as decided.
        outcome: Option<String>,
    },
}

/// An edge of the net.
#[derive(Debug, Clone)]
pub struct Transition {
    /// Why it is taken.
    pub way: Way,
    /// What it is called.
    pub label: Option<String>,
    /// For which dossiers.
    pub guard: Option<Guard>,
    /// It goes back.
    pub back: bool,
    /// Taken at most so often.
    pub max_times: Option<u32>,
    /// Where to when it is used up.
    pub exhausted: Option<NodeIndex>,
    /// What a round costs.
    pub round: Option<Round>,
    /// The time limit starts anew.
    pub restarts: bool,
    /// Forms that the outcome yields.
    pub forms: Vec<usize>,
    /// Texts of the outcome, by key.
    pub texts: Vec<(tthc_grammar::keywords::Key, Vec<String>)>,
    /// The line that says so.
    pub place: Place,
}

/// The workflow net of a flow.
#[derive(Debug)]
pub struct Net {
    /// Nodes and edges; edges out of a choice are in the order of the lines.
    pub graph: DiGraph<NodeKind, Transition>,
    /// The start.
    pub start: NodeIndex,
    /// Its steps, in order.
    pub steps: Vec<StepId>,
    /// Ways that lead nowhere: from where, and the line that says so.
    pub dangling: Vec<(NodeIndex, Place)>,
}

impl Net {
    /// The edges out of a node, in the order of the text.
    pub fn ways(&self, node: NodeIndex) -> SmallVec<[EdgeIndex; 4]> {
        let mut edges: SmallVec<[EdgeIndex; 4]> =
            self.graph.edges(node).map(|edge| petgraph::visit::EdgeRef::id(&edge)).collect();
        edges.sort();
        edges
    }
}
