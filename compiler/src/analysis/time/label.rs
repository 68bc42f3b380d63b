//! Ways to a state: how long they took, and which of them still matter.

use super::Weights;
use petgraph::graph::EdgeIndex;
use smallvec::SmallVec;

/// Longest times in a level: several for a state where one is longer and another leaves more to come.
#[derive(Debug, Clone, Default)]
pub(super) struct Reached {
    pub(super) labels: Vec<SmallVec<[Label; 1]>>,
    /// Of each state: those before this one are idle. Where times grow round by round, most are.
    first: Vec<usize>,
}

/// A longest way to a state.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) minutes: i64,
    /// What rounds with a price have cost so far, in order.
    pub(super) used: Vec<(EdgeIndex, i64)>,
    /// The state, its label and the move by which it came; none where a stretch begins.
    pub(super) before: Option<(usize, usize, usize)>,
    /// Another way is at least as long, whatever comes.
    pub(super) idle: bool,
}

impl Label {
    pub(super) fn start(minutes: i64) -> Label {
        Label { minutes, used: Vec::new(), before: None, idle: false }
    }

    fn used(&self, edge: EdgeIndex) -> i64 {
        self.used.iter().find(|(of, _)| *of == edge).map_or(0, |(_, minutes)| *minutes)
    }

    /// At least as long, even when the other uses up what its rounds have left.
    fn covers(&self, other: &Label) -> bool {
        let ahead: i64 = self.used.iter().map(|(edge, minutes)| (minutes - other.used(*edge)).max(0)).sum();
        self.minutes - other.minutes >= ahead
    }

    /// Time passes: while rework goes on, no more of it than every round allows.
    pub(super) fn spend(&mut self, minutes: i64, rework: &[EdgeIndex], weights: &Weights) {
        if rework.is_empty() {
            self.minutes += minutes;
            return;
        }
        let left = |edge: &EdgeIndex| match weights.flat {
            true => 0,
            false => (weights.rounds.get(edge).copied().unwrap_or(0) - self.used(*edge)).max(0),
        };
        let spent = rework.iter().map(left).min().map_or(minutes, |left| minutes.min(left));
        self.minutes += spent;
        for edge in rework.iter().filter(|edge| spent > 0 && weights.rounds.contains_key(edge)) {
            match self.used.iter_mut().find(|(of, _)| of == edge) {
                Some((_, used)) => *used += spent,
                None => self.used.push((*edge, spent)),
            }
        }
        self.used.sort();
    }
}

impl Reached {
    /// Nothing is reached yet of so many states.
    pub(super) fn new(states: usize) -> Reached {
        Reached { labels: vec![SmallVec::new(); states], first: vec![0; states] }
    }

    /// The longest way to a state; none where none leads there.
    pub(super) fn longest(&self, state: usize) -> Option<usize> {
        let (labels, first) = (self.labels.get(state)?, *self.first.get(state)?);
        (first..labels.len()).filter(|index| !labels[*index].idle).max_by_key(|index| labels[*index].minutes)
    }

    pub(super) fn minutes(&self, state: usize) -> Option<i64> {
        self.longest(state).map(|index| self.labels[state][index].minutes)
    }

    /// Keeps a way unless another covers it; answers whether it was kept.
    pub(super) fn keep(&mut self, state: usize, label: Label) -> bool {
        let (labels, first) = (&mut self.labels[state], &mut self.first[state]);
        if labels[*first..].iter().any(|known| !known.idle && known.covers(&label)) {
            return false;
        }
        labels[*first..].iter_mut().filter(|known| label.covers(known)).for_each(|known| known.idle = true);
        *first += labels[*first..].iter().take_while(|known| known.idle).count();
        labels.push(label);
        true
    }
}
