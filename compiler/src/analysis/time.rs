//! Longest times over the explored states: exact, in whole minutes.

use super::explore::{ANY_JOINED, Explored, Level, Move};
use super::levels::blocks_of;
use crate::graph::{Net, NodeKind};
use crate::model::flow::{BlockId, BlockKind, Flow, Round, StepId};
use petgraph::graph::{EdgeIndex, NodeIndex};
use std::collections::HashMap;

/// Passes over a level beyond one for each state: rounds that share a price may go round until it is used.
const MAX_PASSES: usize = 10_000;

/// What counts: minutes of each step, and of each stage that costs its limit as a whole.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// Minutes by step.
    pub steps: Vec<i64>,
    /// Minutes by stage whose untimed steps share its limit; its steps then cost nothing of their own.
    pub stages: HashMap<BlockId, i64>,
    /// Minutes that a round may cost, by way back; those that are not here cost nothing.
    pub rounds: HashMap<EdgeIndex, i64>,
    /// Rounds cost all that they may: what they pass is counted on another clock.
    pub flat: bool,
    /// `tính lại thời hạn` starts the count anew.
    pub restarts: bool,
}

/// The longest time to every state of every level, and how it came about.
pub struct Longest<'a> {
    flow: &'a Flow,
    net: &'a Net,
    explored: &'a Explored,
    weights: &'a Weights,
    /// By level: longest time to each state.
    times: Vec<Option<Reached>>,
}

/// Longest times in a level: several for a state where one is longer and another leaves more to come.
#[derive(Debug, Clone, Default)]
struct Reached {
    labels: Vec<Vec<Label>>,
}

/// A longest way to a state.
#[derive(Debug, Clone)]
struct Label {
    minutes: i64,
    /// What rounds with a price have cost so far, in order.
    used: Vec<(EdgeIndex, i64)>,
    /// The state, its label and the move by which it came; none where a stretch begins.
    before: Option<(usize, usize, usize)>,
    /// Another way is at least as long, whatever comes.
    idle: bool,
}

impl Label {
    fn start(minutes: i64) -> Label {
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
    fn spend(&mut self, minutes: i64, rework: &[EdgeIndex], weights: &Weights) {
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
    /// The longest way to a state; none where none leads there.
    fn longest(&self, state: usize) -> Option<usize> {
        let labels = self.labels.get(state)?;
        (0..labels.len()).filter(|index| !labels[*index].idle).max_by_key(|index| labels[*index].minutes)
    }

    fn minutes(&self, state: usize) -> Option<i64> {
        self.longest(state).map(|index| self.labels[state][index].minutes)
    }

    /// Keeps a way unless another covers it; answers whether it was kept.
    fn keep(&mut self, state: usize, label: Label) -> bool {
        let labels = &mut self.labels[state];
        if labels.iter().any(|known| !known.idle && known.covers(&label)) {
            return false;
        }
        labels.iter_mut().filter(|known| label.covers(known)).for_each(|known| known.idle = true);
        labels.push(label);
        true
    }
}

/// The end of a run or of a stretch.
#[derive(Debug, Clone)]
pub struct Finish {
    /// Minutes of the longest way here.
    pub minutes: i64,
    /// The state of the process's level.
    pub state: usize,
    /// The stretch ends because the limit starts anew.
    pub restarted: bool,
}

impl<'a> Longest<'a> {
    /// Longest times over all levels; none where a circle costs time again and again.
    pub fn of(flow: &'a Flow, net: &'a Net, explored: &'a Explored, weights: &'a Weights) -> Option<Self> {
        let mut longest = Longest { flow, net, explored, weights, times: vec![None; explored.levels.len()] };
        longest.settle(0, None)?;
        Some(longest)
    }

    /// Longest times from the end of one step on; states that it does not lead to have none.
    pub fn from_step(
        flow: &'a Flow,
        net: &'a Net,
        explored: &'a Explored,
        weights: &'a Weights,
        step: NodeIndex,
    ) -> Option<Self> {
        let mut longest = Longest { flow, net, explored, weights, times: vec![None; explored.levels.len()] };
        longest.settle(0, Some(step))?;
        Some(longest)
    }

    /// Times of a level, after those of the branches that it runs; nested as deep as blocks are.
    fn settle(&mut self, level: usize, from: Option<NodeIndex>) -> Option<()> {
        let branches =
            self.explored.levels[level].moves.iter().flatten().flat_map(|next| &next.branches).map(|(level, _)| *level);
        for branch in branches.collect::<std::collections::BTreeSet<usize>>() {
            if self.times[branch].is_none() {
                self.settle(branch, None)?;
            }
        }
        self.times[level] = Some(self.level(&self.explored.levels[level], from)?);
        Some(())
    }

    /// The ends of all runs, and of all stretches that a restart ends.
    pub fn finishes(&self) -> Vec<Finish> {
        let (Some(level), Some(Some(reached))) = (self.explored.levels.first(), self.times.first()) else {
            return Vec::new();
        };
        let mut finishes = Vec::new();
        for (state, moves) in level.moves.iter().enumerate() {
            let Some(minutes) = reached.minutes(state) else { continue };
            if matches!(self.net.graph[level.states[state].node], NodeKind::End(..) | NodeKind::Finished) {
                finishes.push(Finish { minutes, state, restarted: false });
            }
            if moves.iter().any(|next| self.restarts(next)) {
                finishes.push(Finish { minutes, state, restarted: true });
            }
        }
        finishes
    }

    /// The longest time to the end of a step, over all levels; the level's own start counts as 0 in a branch.
    pub fn to_step(&self, node: NodeIndex) -> Option<(i64, usize)> {
        let level = self.explored.levels.first()?;
        let reached = self.times.first()?.as_ref()?;
        let here = level.states.iter().enumerate().filter(|(_, state)| state.node == node);
        here.filter_map(|(number, _)| Some((reached.minutes(number)?, number))).max()
    }

    /// The steps of the longest way to a state of the process's level, in order.
    pub fn path(&self, state: usize) -> Vec<StepId> {
        let mut steps = Vec::new();
        self.walk(0, state, &mut steps);
        steps
    }

    fn walk(&self, level: usize, state: usize, out: &mut Vec<StepId>) {
        let Some(reached) = &self.times[level] else { return };
        let Some(mut label) = reached.longest(state) else { return };
        let mut way = Vec::new();
        let mut at = state;
        while let Some((before, earlier, index)) = reached.labels[at][label].before {
            way.push((at, &self.explored.levels[level].moves[before][index]));
            (at, label) = (before, earlier);
        }
        self.step_at(level, at, out);
        for (to, taken) in way.into_iter().rev() {
            if !taken.branches.is_empty() {
                let dearest =
                    taken.branches.iter().filter_map(|branch| self.branch(*branch)).max_by_key(|(minutes, _)| *minutes);
                if let Some((_, (inner, number))) = dearest {
                    self.walk(inner, number, out);
                }
            }
            self.step_at(level, to, out);
        }
    }

    fn step_at(&self, level: usize, state: usize, out: &mut Vec<StepId>) {
        if let NodeKind::Step(step) = self.net.graph[self.explored.levels[level].states[state].node] {
            out.push(step);
        }
    }

    /// Longest times within a level. A circle that costs nothing settles; one that costs does not.
    fn level(&self, level: &Level, from: Option<NodeIndex>) -> Option<Reached> {
        let count = level.states.len();
        let mut reached = Reached { labels: vec![Vec::new(); count] };
        if count == 0 {
            return Some(reached);
        }
        match from {
            None => {
                let mut label = Label::start(0);
                self.enter(level, None, 0, &mut label);
                reached.labels[0].push(label);
            }
            Some(node) => {
                let here = level.states.iter().enumerate().filter(|(_, state)| state.node == node);
                here.for_each(|(number, _)| reached.labels[number].push(Label::start(0)));
            }
        }
        let order = order_of(level);
        // Labels before this one have been followed.
        let mut followed = vec![0; count];
        for _ in 0..=count + MAX_PASSES {
            let mut changed = false;
            for &at in &order {
                while followed[at] < reached.labels[at].len() {
                    let number = followed[at];
                    followed[at] += 1;
                    if !reached.labels[at][number].idle {
                        changed |= self.follow(level, &mut reached, at, number);
                    }
                }
            }
            if !changed {
                return Some(reached);
            }
        }
        None
    }

    /// Takes every move from a state, coming by one of its labels.
    fn follow(&self, level: &Level, reached: &mut Reached, at: usize, number: usize) -> bool {
        let mut changed = false;
        for (index, next) in level.moves[at].iter().enumerate() {
            let mut label = reached.labels[at][number].clone();
            label.before = Some((at, number, index));
            self.take(level, at, next, &mut label);
            changed |= reached.keep(next.to, label);
        }
        changed
    }

    /// What a move adds to the way.
    fn take(&self, level: &Level, at: usize, next: &Move, label: &mut Label) {
        if self.restarts(next) {
            (label.minutes, label.before) = (0, None);
        }
        label.spend(self.parallel(level, next), &level.states[at].rework, self.weights);
        if let Some(edge) = next.edge.filter(|edge| self.net.graph[*edge].round.is_some()) {
            let all = matches!(self.net.graph[edge].round, Some(Round::All(_)));
            if self.weights.flat && !(all && level.states[at].has_taken(edge)) {
                label.minutes += self.weights.rounds.get(&edge).copied().unwrap_or(0);
            }
            // A new round of its own.
            label.used.retain(|(of, _)| all || *of != edge);
        }
        // What a single round has cost is of no account when it is over.
        let going_on = &level.states[next.to].rework;
        label
            .used
            .retain(|(edge, _)| going_on.contains(edge) || matches!(self.net.graph[*edge].round, Some(Round::All(_))));
        self.enter(level, Some(at), next.to, label);
    }

    fn restarts(&self, next: &Move) -> bool {
        self.weights.restarts && next.edge.is_some_and(|edge| self.net.graph[edge].restarts)
    }

    /// What it costs to come to a state: its step, and the stages that are entered with it.
    fn enter(&self, level: &Level, from: Option<usize>, to: usize, label: &mut Label) {
        let state = &level.states[to];
        let inside = blocks_of(self.flow, self.net, state.node);
        if !self.weights.stages.is_empty() {
            let before = match from {
                Some(from) => blocks_of(self.flow, self.net, level.states[from].node),
                None => self.around_level(&inside),
            };
            let entered = inside
                .iter()
                .filter(|block| !before.contains(block))
                .filter_map(|block| self.weights.stages.get(block));
            entered.for_each(|minutes| label.spend(*minutes, &state.rework, self.weights));
        }
        if let NodeKind::Step(step) = self.net.graph[state.node]
            && !inside.iter().any(|block| self.weights.stages.contains_key(block))
        {
            let minutes = self.weights.steps.get(step.0).copied().unwrap_or(0);
            label.spend(minutes, &state.rework, self.weights);
        }
    }

    /// Of the blocks around the entry of a branch: those around its `song song`, which were entered before it.
    fn around_level(&self, inside: &[BlockId]) -> Vec<BlockId> {
        let parallel = |block: &&BlockId| matches!(self.flow.block(**block).kind, BlockKind::Parallel(_));
        inside.iter().skip_while(|block| !parallel(block)).copied().collect()
    }

    /// The time of a parallel block: as its join counts its branches, or to the earlier of a stop and the join.
    fn parallel(&self, level: &Level, next: &Move) -> i64 {
        let Some((first, _)) = next.branches.first() else { return 0 };
        let beside = next.beside.iter().map(|level| self.ends((*level, ANY_JOINED)));
        if next.stopped {
            let stop = self.branch(next.branches[0]).map_or(0, |(minutes, _)| minutes);
            let required = self.required_around(*first).unwrap_or(1);
            let beside: Vec<Ends> = beside.collect();
            return if can_last(&beside, required, stop) {
                stop
            } else {
                latest(&beside, required, |_| true).min(stop)
            };
        }
        let required = match self.net.graph[level.states[next.to].node] {
            NodeKind::Join(_, required) => required as usize,
            _ => 1,
        };
        let ends: Vec<Ends> = next.branches.iter().map(|branch| self.ends(*branch)).chain(beside).collect();
        latest(&ends, required, |time| ends.iter().any(|ends| ends.arrival >= Some(time)))
    }

    /// When a branch arrives and when it stops the procedure, at the latest.
    fn ends(&self, (level, state): (usize, usize)) -> Ends {
        let arrival = self.branch((level, state)).map(|(minutes, _)| minutes);
        let states = self.explored.levels[level].states.iter().enumerate();
        let stops = states.filter(|(_, state)| matches!(self.net.graph[state.node], NodeKind::End(..)));
        let reached = self.times[level].as_ref();
        let stop = stops.filter_map(|(number, _)| reached?.minutes(number)).max();
        Ends { arrival, stop }
    }

    /// How many branches the join waits for to which a level leads.
    fn required_around(&self, level: usize) -> Option<usize> {
        let entry = self.explored.levels[level].states.first()?;
        let inside = blocks_of(self.flow, self.net, entry.node);
        let block = *self.around_level(&inside).first()?;
        self.net.graph.node_weights().find_map(|node| match node {
            NodeKind::Join(of, required) if *of == block => Some(*required as usize),
            _ => None,
        })
    }

    /// Longest time of a branch to a state in it: minutes, (level, state).
    fn branch(&self, (level, state): (usize, usize)) -> Option<(i64, (usize, usize))> {
        let reached = self.times.get(level)?.as_ref()?;
        let to = |state: usize| Some((reached.minutes(state)?, (level, state)));
        match state {
            ANY_JOINED => self.explored.levels[level].joined.iter().filter_map(|state| to(*state)).max(),
            _ => to(state),
        }
    }
}

/// The ends of a branch, each at the latest; a branch takes one of them.
struct Ends {
    arrival: Option<i64>,
    stop: Option<i64>,
}

/// Whether branches can go on until then: none has to stop before, and too few have to arrive for their join.
fn can_last(branches: &[Ends], required: usize, until: i64) -> bool {
    let over = |ends: &&Ends| ends.arrival.max(ends.stop).is_some_and(|end| end < until);
    let early: Vec<&Ends> = branches.iter().filter(over).collect();
    early.len() < required && early.iter().all(|ends| ends.arrival.is_some())
}

/// The latest of the branches' ends until which they can go on and that is wanted.
fn latest(branches: &[Ends], required: usize, wanted: impl Fn(i64) -> bool) -> i64 {
    let times = branches.iter().flat_map(|ends| [ends.arrival, ends.stop]).flatten();
    times.filter(|time| wanted(*time) && can_last(branches, required, *time)).max().unwrap_or(0)
}

/// States so that most moves lead forward.
fn order_of(level: &Level) -> Vec<usize> {
    let mut order = Vec::with_capacity(level.states.len());
    let mut seen = vec![false; level.states.len()];
    let mut stack: Vec<(usize, usize)> = vec![(0, 0)];
    seen[0] = true;
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
