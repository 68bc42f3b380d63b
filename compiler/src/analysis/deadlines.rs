//! `chậm nhất`: deadlines of single steps, against the worst elapsed time to their end.

use super::classes::Class;
use super::dated::{Latest, OnDates};
use super::time::{Dates, Longest, Ways};
use super::verdict::{Clock, Judge, Minutes, Missed, only_clock};
use crate::graph::NodeKind;
use crate::model::flow::{Step, StepId};
use petgraph::graph::NodeIndex;

impl Judge<'_> {
    /// `chậm nhất`: worst elapsed time to the end of the step.
    pub(super) fn deadlines(&mut self, class: &Class, ways: &Ways<'_>) {
        for (index, step) in self.flow().steps.iter().enumerate() {
            let Some(deadline) = &step.deadline else { continue };
            let Some(end) = self.node(StepId(index)) else { continue };
            let since = deadline.since.and_then(|since| self.node(since));
            let known = self.times.missed.iter().any(|missed| missed.place == deadline.place);
            if known || since.is_none() && deadline.since.is_some() {
                continue;
            }
            let other = |step: &Step| {
                let duration = step.time.duration.as_ref().filter(|duration| !duration.is_zero());
                duration.is_some_and(|duration| only_clock(duration) != only_clock(&deadline.duration))
            };
            match only_clock(&deadline.duration).filter(|_| !self.flow().steps.iter().any(other)) {
                Some(clock) => self.deadline(class, ways, StepId(index), (since, end), clock),
                None => self.dated_deadline(class, ways, StepId(index), (since, end)),
            }
        }
    }

    fn deadline(
        &mut self,
        class: &Class,
        ways: &Ways<'_>,
        step: StepId,
        (since, end): (Option<NodeIndex>, NodeIndex),
        clock: Clock,
    ) {
        let Some(deadline) = &self.flow().step(step).deadline else { return };
        let mut weights = self.weights(clock, true, class);
        weights.restarts = false;
        let longest = Longest::of(ways, &weights, since);
        let Some((worst, _)) = longest.and_then(|longest| longest.to_step(end)) else { return };
        let limit = Minutes::of(&deadline.duration).part(clock);
        if worst > limit {
            self.times.missed.push(Missed { worst, limit, place: deadline.place, step, late: None });
        }
    }

    /// `chậm nhất` against steps on another clock.
    fn dated_deadline(
        &mut self,
        class: &Class,
        ways: &Ways<'_>,
        step: StepId,
        (since, end): (Option<NodeIndex>, NodeIndex),
    ) {
        let Some(deadline) = &self.flow().step(step).deadline else { return };
        if self.takes_alike() && !self.tried.deadlines.borrow_mut().insert((ways.explored.levels.clone(), step)) {
            return;
        }
        let mut verdict = OnDates::Unknown;
        if let (Some(calendar), Some(dates)) = (self.calendars.of_limits(&self.case.data), self.dates(true, class)) {
            let trial = self.trial(calendar, deadline.place, &deadline.duration, &dates);
            self.times.approximate |= trial.is_approximate();
            let mut weights = self.dated(dates, false);
            let mut latest = Latest::new();
            for start in trial.starts.iter() {
                weights.dates.iter_mut().for_each(|dates| dates.start = *start);
                let Some(longest) = Longest::of(ways, &weights, since) else {
                    latest.push(None);
                    continue;
                };
                // Where no run leads there is nothing to be late.
                let Some((moment, state)) = longest.to_step(end) else { return };
                latest.push(Dates::known(moment).map(|moment| (moment, state)));
            }
            verdict = trial.verdict(&latest, |start, state| {
                weights.dates.iter_mut().for_each(|dates| dates.start = start);
                let longest = Longest::of(ways, &weights, since);
                longest.map(|longest| longest.path(state)).unwrap_or_default()
            });
        }
        match verdict {
            OnDates::Exceeded(late) => {
                let (worst, limit) = (late.end.0 - late.from.0, late.due.0 - late.from.0);
                let late = Some(late);
                self.times.missed.push(Missed { worst, limit, place: deadline.place, step, late });
            }
            OnDates::Unknown if !self.times.undecided.contains(&deadline.place) => {
                self.times.undecided.push(deadline.place);
            }
            _ => {}
        }
    }

    fn node(&self, step: StepId) -> Option<NodeIndex> {
        self.net.graph.node_indices().find(|node| matches!(self.net.graph[*node], NodeKind::Step(of) if of == step))
    }
}
