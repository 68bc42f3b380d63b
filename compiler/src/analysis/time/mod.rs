//! Longest times over the explored states: exact, in whole minutes.

mod join;
mod label;
mod pace;
mod ways;

use super::explore::{ANY_JOINED, Level, Move};
use super::levels::blocks_of;
use crate::graph::NodeKind;
use crate::model::flow::{BlockId, Round, StepId};
use foldhash::{HashMap, HashMapExt};
use join::{Ends, can_last, latest};
use label::{Label, Reached};
pub use pace::{Dates, Pace};
use petgraph::graph::{EdgeIndex, NodeIndex};
pub use ways::Ways;
use ways::around_level;

/// Passes over a level beyond one for each state, at most: rounds that share a price go round until it is used.
const MAX_PASSES: usize = 10_000;

/// What counts: minutes of each step, and of each stage that costs its limit as a whole.
#[derive(Debug, Clone, Default)]
pub struct Weights<'a> {
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
    /// Counted on calendars from a moment on: then minutes are moments, and rounds cost all that they may.
    pub dates: Option<Dates<'a>>,
    /// A supplement that was asked for starts the count anew: the dossier is received again.
    pub supplements_restart: bool,
}

/// The longest time to every state of every level, and how it came about.
pub struct Longest<'a> {
    ways: &'a Ways<'a>,
    weights: &'a Weights<'a>,
    /// By level and the moment at which it is entered: longest time to each state.
    times: HashMap<(usize, i64), Reached>,
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
    pub fn of(ways: &'a Ways<'a>, weights: &'a Weights<'a>, from: Option<NodeIndex>) -> Option<Self> {
        let mut longest = Longest { ways, weights, times: HashMap::new() };
        longest.settle(0, longest.start(), from)?;
        Some(longest)
    }

    /// Where counting begins: at nothing, or at a moment.
    fn start(&self) -> i64 {
        self.weights.dates.as_ref().map_or(0, |dates| dates.start.0)
    }

    /// The moment at which a level is entered; times without dates are the same whenever that is.
    fn entry(&self, at: i64) -> i64 {
        if self.weights.dates.is_some() { at } else { 0 }
    }

    fn process(&self) -> Option<(&'a Level, &Reached)> {
        Some((self.ways.explored.levels.first()?, self.times.get(&(0, self.start()))?))
    }

    /// Times of a level, where they are not known; nested as deep as blocks are.
    fn settle(&mut self, level: usize, entry: i64, from: Option<NodeIndex>) -> Option<()> {
        if !self.times.contains_key(&(level, entry)) {
            let reached = self.level(level, entry, from)?;
            self.times.insert((level, entry), reached);
        }
        Some(())
    }

    /// The ends of all runs, and of all stretches that a restart ends.
    pub fn finishes(&self) -> Vec<Finish> {
        let Some((level, reached)) = self.process() else { return Vec::new() };
        let mut finishes = Vec::new();
        for (state, moves) in level.moves.iter().enumerate() {
            let Some(minutes) = reached.minutes(state) else { continue };
            if matches!(self.ways.net.graph[level.states[state].node], NodeKind::End(..) | NodeKind::Finished) {
                finishes.push(Finish { minutes, state, restarted: false });
            }
            if moves.iter().any(|next| self.restarts(next)) {
                finishes.push(Finish { minutes, state, restarted: true });
            }
        }
        finishes
    }

    /// The longest time to the end of a step outside of every branch, with its state.
    pub fn to_step(&self, node: NodeIndex) -> Option<(i64, usize)> {
        let (level, reached) = self.process()?;
        let here = level.states.iter().enumerate().filter(|(_, state)| state.node == node);
        here.filter_map(|(number, _)| Some((reached.minutes(number)?, number))).max()
    }

    /// The longest time to a state, counted from the beginning of its level. Not for what is counted on calendars.
    pub fn to_state(&self, level: usize, state: usize) -> Option<i64> {
        self.times.get(&(level, 0))?.minutes(state)
    }

    /// The steps of the longest way to a state of the process's level, in order.
    pub fn path(&self, state: usize) -> Vec<StepId> {
        let mut steps = Vec::new();
        self.walk(0, self.start(), state, &mut steps);
        steps
    }

    fn walk(&self, level: usize, entry: i64, state: usize, out: &mut Vec<StepId>) {
        let Some(reached) = self.times.get(&(level, entry)) else { return };
        let Some(mut label) = reached.longest(state) else { return };
        let mut way = Vec::new();
        let mut at = state;
        while let Some((before, earlier, index)) = reached.labels[at][label].before {
            let left = self.entry(reached.labels[before][earlier].minutes);
            way.push((at, left, &self.ways.explored.levels[level].moves[before][index]));
            (at, label) = (before, earlier);
        }
        self.step_at(level, at, out);
        for (to, left, taken) in way.into_iter().rev() {
            let branches = taken.branches.iter().filter_map(|branch| self.branch(*branch, left));
            if let Some((_, (inner, number))) = branches.max_by_key(|(minutes, _)| *minutes) {
                self.walk(inner, left, number, out);
            }
            self.step_at(level, to, out);
        }
    }

    fn step_at(&self, level: usize, state: usize, out: &mut Vec<StepId>) {
        if let NodeKind::Step(step) = self.ways.net.graph[self.ways.explored.levels[level].states[state].node] {
            out.push(step);
        }
    }

    /// Longest times within a level. A circle that costs nothing settles; one that costs does not.
    fn level(&mut self, number: usize, entry: i64, from: Option<NodeIndex>) -> Option<Reached> {
        let level: &'a Level = &self.ways.explored.levels[number];
        let count = level.states.len();
        let mut reached = Reached::new(count);
        if count == 0 {
            return Some(reached);
        }
        match from {
            None => {
                let mut label = Label::start(entry);
                self.enter(number, None, 0, &mut label);
                reached.labels[0].push(label);
            }
            Some(node) => {
                let here = level.states.iter().enumerate().filter(|(_, state)| state.node == node);
                here.for_each(|(number, _)| reached.labels[number].push(Label::start(entry)));
            }
        }
        let order = &self.ways.levels[number].order;
        // Labels before this one have been followed.
        let mut followed = vec![0; count];
        for _ in 0..=count + self.rounds_within_prices().saturating_mul(count).min(MAX_PASSES) {
            let mut changed = false;
            for &at in order {
                while followed[at] < reached.labels[at].len() {
                    let label = followed[at];
                    followed[at] += 1;
                    if !reached.labels[at][label].idle {
                        changed |= self.follow(number, &mut reached, at, label)?;
                    }
                }
            }
            if !changed {
                return Some(reached);
            }
        }
        None
    }

    /// How many rounds can each use some of a price: the shortest steps use the least of it.
    fn rounds_within_prices(&self) -> usize {
        let costs = self.weights.steps.iter().chain(self.weights.stages.values());
        let Some(least) = costs.copied().filter(|minutes| *minutes > 0).min() else { return 0 };
        let rounds = self.weights.rounds.values().map(|price| (price / least + 1) as usize);
        rounds.fold(0, usize::saturating_add)
    }

    /// Takes every move from a state, coming by one of its labels.
    fn follow(&mut self, level: usize, reached: &mut Reached, at: usize, number: usize) -> Option<bool> {
        let mut changed = false;
        let moves: &'a [Move] = &self.ways.explored.levels[level].moves[at];
        for (index, next) in moves.iter().enumerate() {
            let mut label = reached.labels[at][number].clone();
            label.before = Some((at, number, index));
            let left = self.entry(label.minutes);
            for branch in next.branches.iter().map(|(level, _)| level).chain(&next.beside) {
                self.settle(*branch, left, None)?;
            }
            self.take(level, at, next, &mut label);
            changed |= reached.keep(next.to, label);
        }
        Some(changed)
    }

    /// What a move adds to the way.
    fn take(&self, number: usize, at: usize, next: &Move, label: &mut Label) {
        let level = &self.ways.explored.levels[number];
        let received_again = self.weights.supplements_restart
            && matches!(self.ways.net.graph[level.states[at].node], NodeKind::Wait { reason: None, .. });
        if received_again || self.restarts(next) {
            (label.minutes, label.before) = (self.start(), None);
        }
        if !next.branches.is_empty() {
            let end = self.parallel(level, next, self.entry(label.minutes));
            self.spend(label, end, &level.states[at].rework, |_, _| end);
        }
        if let Some(edge) = next.edge.filter(|edge| self.ways.net.graph[*edge].round.is_some()) {
            let all = matches!(self.ways.net.graph[edge].round, Some(Round::All(_)));
            let paid = all && level.states[at].has_taken(edge);
            let price = self.weights.rounds.get(&edge).copied().unwrap_or(0);
            match &self.weights.dates {
                Some(dates) if !paid => label.minutes = dates.after_round(label.minutes, edge),
                None if self.weights.flat && !paid => label.minutes += price,
                _ => {}
            }
            // A new round of its own.
            label.used.retain(|(of, _)| all || *of != edge);
        }
        // What a single round has cost is of no account when it is over.
        let going_on = &level.states[next.to].rework;
        label.used.retain(|(edge, _)| {
            going_on.contains(edge) || matches!(self.ways.net.graph[*edge].round, Some(Round::All(_)))
        });
        self.enter(number, Some(at), next.to, label);
    }

    fn restarts(&self, next: &Move) -> bool {
        self.weights.restarts && next.edge.is_some_and(|edge| self.ways.net.graph[edge].restarts)
    }

    /// What it costs to come to a state: its step, and the stages that are entered with it.
    fn enter(&self, number: usize, from: Option<usize>, to: usize, label: &mut Label) {
        let state = &self.ways.explored.levels[number].states[to];
        let (ways, stages) = (&self.ways.levels[number], &self.weights.stages);
        if !stages.is_empty() {
            let limited = ways.entered(from, to).filter_map(|block| Some((block, *stages.get(&block)?)));
            for (block, minutes) in limited {
                self.spend(label, minutes, &state.rework, |dates, at| dates.after_stage(at, block));
            }
            if ways.stages(to).iter().any(|block| stages.contains_key(block)) {
                return;
            }
        }
        if let NodeKind::Step(step) = self.ways.net.graph[state.node] {
            let minutes = self.weights.steps.get(step.0).copied().unwrap_or(0);
            self.spend(label, minutes, &state.rework, |dates, at| dates.after_step(at, step));
        }
    }

    /// Time passes: so many minutes, or as long as it takes on the calendar. On a calendar rounds are paid at once.
    fn spend(&self, label: &mut Label, minutes: i64, rework: &[EdgeIndex], after: impl Fn(&Dates, i64) -> i64) {
        match &self.weights.dates {
            None => label.spend(minutes, rework, self.weights),
            Some(dates) if rework.is_empty() => label.minutes = after(dates, label.minutes),
            Some(_) => {}
        }
    }

    /// The time of a parallel block: as its join counts its branches, or to the earlier of a stop and the join.
    fn parallel(&self, level: &Level, next: &Move, entry: i64) -> i64 {
        let Some((first, _)) = next.branches.first() else { return entry };
        let beside = next.beside.iter().map(|level| self.ends((*level, ANY_JOINED), entry));
        if next.stopped {
            let stop = self.branch(next.branches[0], entry).map_or(entry, |(minutes, _)| minutes);
            let required = self.required_around(*first).unwrap_or(1);
            let beside: Vec<Ends> = beside.collect();
            return if can_last(&beside, required, stop) {
                stop
            } else {
                latest(&beside, required, |_| true).unwrap_or(entry).min(stop)
            };
        }
        let required = match self.ways.net.graph[level.states[next.to].node] {
            NodeKind::Join(_, required) => required as usize,
            _ => 1,
        };
        let ends: Vec<Ends> = next.branches.iter().map(|branch| self.ends(*branch, entry)).chain(beside).collect();
        latest(&ends, required, |time| ends.iter().any(|ends| ends.arrival >= Some(time))).unwrap_or(entry)
    }

    /// When a branch arrives and when it stops the procedure, at the latest.
    fn ends(&self, (level, state): (usize, usize), entry: i64) -> Ends {
        let arrival = self.branch((level, state), entry).map(|(minutes, _)| minutes);
        let reached = self.times.get(&(level, entry));
        let stops = self.ways.levels[level].stops.iter();
        let stop = stops.filter_map(|state| reached?.minutes(*state)).max();
        Ends { arrival, stop }
    }

    /// How many branches the join waits for to which a level leads.
    fn required_around(&self, level: usize) -> Option<usize> {
        let entry = self.ways.explored.levels[level].states.first()?;
        let inside = blocks_of(self.ways.flow, self.ways.net, entry.node);
        let block = around_level(self.ways.flow, inside).next()?;
        self.ways.net.graph.node_weights().find_map(|node| match node {
            NodeKind::Join(of, required) if *of == block => Some(*required as usize),
            _ => None,
        })
    }

    /// Longest time of a branch to a state in it: minutes, (level, state).
    fn branch(&self, (level, state): (usize, usize), entry: i64) -> Option<(i64, (usize, usize))> {
        let reached = self.times.get(&(level, entry))?;
        let to = |state: usize| Some((reached.minutes(state)?, (level, state)));
        match state {
            ANY_JOINED => self.ways.explored.levels[level].joined.iter().filter_map(|state| to(*state)).max(),
            _ => to(state),
        }
    }
}
