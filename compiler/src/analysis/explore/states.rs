//! What is explored: states, moves and levels.

use super::super::classes::Last;
use crate::graph::Net;
use crate::model::flow::StepId;
use fixedbitset::FixedBitSet;
use petgraph::graph::{EdgeIndex, NodeIndex};
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};

/// Remembered outcomes: 0 none, n+1 the n-th of the step's outcomes, [`FORGOTTEN`].
/// In place where they are few, as they nearly always are: states are copied again and again.
pub(super) type Memory = SmallVec<[u8; 8]>;
/// How often bounded arrows were taken.
pub(super) type Counts = SmallVec<[(EdgeIndex, u32); 2]>;
/// Ways back, in order.
pub type Rework = SmallVec<[EdgeIndex; 4]>;
/// What is no longer known.
pub(super) const FORGOTTEN: u8 = u8::MAX;

/// A state of a level.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Where the dossier is.
    pub node: NodeIndex,
    pub(super) memory: Memory,
    /// How often each bounded arrow of the level was taken.
    pub(super) counts: Counts,
    /// The ways back whose rework is going on, in order.
    pub rework: Rework,
}

/// The clone that would be derived goes through the lists element by element, and states are cloned more than
/// anything else.
impl Clone for State {
    fn clone(&self) -> Self {
        State {
            node: self.node,
            memory: SmallVec::from_slice(&self.memory),
            counts: SmallVec::from_slice(&self.counts),
            rework: SmallVec::from_slice(&self.rework),
        }
    }
}

impl State {
    /// Whether a counted arrow was taken before.
    pub fn has_taken(&self, edge: EdgeIndex) -> bool {
        self.counts.iter().any(|(of, taken)| *of == edge && *taken > 0)
    }
}

/// A move between states of a level.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Move {
    /// The state that it leads to.
    pub to: usize,
    /// The edge of the net; none for a whole parallel block.
    pub edge: Option<EdgeIndex>,
    /// The branches that were run: (level, state in it) each; empty for an edge.
    pub branches: Vec<(usize, usize)>,
    /// A branch stopped the procedure.
    pub stopped: bool,
    /// The levels of the branches beside them: those that never arrive, or all but the one that stopped.
    pub beside: Vec<usize>,
}

impl Move {
    /// Along an edge, or past one that is used up.
    pub(super) fn along(edge: Option<EdgeIndex>, to: usize) -> Move {
        Move { to, edge, branches: Vec::new(), stopped: false, beside: Vec::new() }
    }
}

/// In [`Move::branches`]: any state at the level's join, the dearest where time is asked.
pub const ANY_JOINED: usize = usize::MAX;

/// A level for one state of memory at its entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Level {
    /// The first is the entry.
    pub states: Vec<State>,
    /// Moves out of each state.
    pub moves: Vec<Vec<Move>>,
    /// States at the join of the level.
    pub joined: Vec<usize>,
}

impl Level {
    /// The states from which one of `ends` can be reached, by their numbers; these among them.
    pub fn leading_to(&self, ends: impl IntoIterator<Item = usize>) -> FixedBitSet {
        // Who comes before each state, one after another: those before state `n` stand from `first[n]` on.
        let mut first = vec![0; self.states.len() + 1];
        let moves =
            || self.moves.iter().enumerate().flat_map(|(from, moves)| moves.iter().map(move |next| (from, next.to)));
        moves().for_each(|(_, to)| first[to + 1] += 1);
        (0..self.states.len()).for_each(|state| first[state + 1] += first[state]);
        let mut free = first.clone();
        let mut before = vec![0; first[self.states.len()]];
        for (from, to) in moves() {
            before[free[to]] = from;
            free[to] += 1;
        }
        let mut leading = FixedBitSet::with_capacity(self.states.len());
        let mut waiting: Vec<usize> = ends.into_iter().collect();
        waiting.iter().for_each(|end| leading.insert(*end));
        while let Some(state) = waiting.pop() {
            for from in &before[first[state]..first[state + 1]] {
                if !leading.put(*from) {
                    waiting.push(*from);
                }
            }
        }
        leading
    }
}

/// Why nothing can happen in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stuck {
    /// No guard holds.
    Gap,
    /// The arrow that should be taken is used up.
    UsedUp(EdgeIndex),
    /// A join waits for a branch that never comes.
    Join,
}

/// What was seen while exploring.
#[derive(Debug, Default)]
pub struct Seen {
    /// Nodes that some run reaches, by their numbers.
    pub nodes: FixedBitSet,
    /// Edges that some run takes, by their numbers.
    pub edges: FixedBitSet,
    /// (level, state, why)
    pub stuck: Vec<(usize, usize, Stuck)>,
    /// Two guards of one choice that hold for the same dossiers.
    pub overlaps: BTreeSet<(EdgeIndex, EdgeIndex)>,
    /// (edge whose guard reads it, the step that was not decided, level, state)
    pub undecided: BTreeMap<(EdgeIndex, StepId), (usize, usize)>,
    /// Not everything was told apart: figures are bounds.
    pub approximate: bool,
    /// The rounds of a level with too many states were counted together.
    pub pooled: bool,
    /// States were left out: what was not seen may be there, and no figure is a bound.
    pub cut_off: bool,
}

impl Seen {
    /// Nothing is seen yet of a net.
    pub(super) fn of(net: &Net) -> Seen {
        Seen {
            nodes: FixedBitSet::with_capacity(net.graph.node_count()),
            edges: FixedBitSet::with_capacity(net.graph.edge_count()),
            ..Seen::default()
        }
    }

    /// Forgets what went wrong in some levels; answers whether anything did.
    pub(super) fn forget(&mut self, which: impl Fn(usize) -> bool) -> bool {
        let before = self.stuck.len() + self.undecided.len();
        self.stuck.retain(|(level, _, _)| !which(*level));
        self.undecided.retain(|_, (level, _)| !which(*level));
        self.stuck.len() + self.undecided.len() < before
    }
}

/// All levels of a flow for one class of dossiers.
pub struct Explored {
    /// The first is the process.
    pub levels: Vec<Level>,
    /// What was seen.
    pub seen: Seen,
    pub(super) memories: Vec<StepId>,
    pub(super) outcomes: Vec<Vec<String>>,
}

impl Explored {
    /// The last outcome of a step in a state.
    pub fn last<'s>(&'s self, state: &State, step: StepId) -> Last<'s> {
        let Some(index) = self.memories.iter().position(|known| *known == step) else { return Last::None };
        match state.memory.get(index) {
            None | Some(0) => Last::None,
            Some(&FORGOTTEN) => Last::Unknown,
            Some(number) => {
                self.outcomes[index].get(usize::from(*number) - 1).map_or(Last::Unknown, |name| Last::Outcome(name))
            }
        }
    }
}
