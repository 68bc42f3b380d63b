//! Parts of the time with limits of their own: stages, and the shares of agencies.

use super::super::classes::{Class, Last, Truth};
use super::super::time::{Longest, Ways, Weights};
use super::{Judge, Judged, Minutes, PartTime, lumped, only_clock};
use crate::model::flow::{Actor, BlockId, BlockKind, Guard, Step};
use crate::model::organization::OrgId;
use crate::source::Place;

impl Judge<'_> {
    /// Time counted inside a stage, all visits of a stretch together.
    pub(super) fn stages(&mut self, class: &Class, ways: &Ways<'_>) {
        let lumped = lumped(self.flow());
        for (index, block) in self.flow().blocks.iter().enumerate() {
            let id = BlockId(index);
            let BlockKind::Stage(Some(limit)) = &block.kind else { continue };
            let Some(clock) = only_clock(limit) else { continue };
            let mut weights = self.weights(clock, false, class);
            let inside = |parent: Option<BlockId>| self.flow().around(parent).any(|around| around == id);
            for (step, minutes) in self.flow().steps.iter().zip(&mut weights.steps) {
                let other_clock =
                    step.time.duration.as_ref().is_some_and(|duration| only_clock(duration) != Some(clock));
                if !inside(step.parent) || other_clock {
                    *minutes = 0;
                }
            }
            weights.stages.retain(|stage, _| inside(self.flow().block(*stage).parent));
            let Some(part) = self.part(ways, &weights, Minutes::of(limit).part(clock), block.place) else {
                continue;
            };
            // Steps with times of their own in a stage that shares its limit must only fit.
            if lumped.contains(&id) && part.worst <= part.limit {
                continue;
            }
            keep_largest(&mut self.times.stages, id, part);
        }
    }

    fn part(&self, ways: &Ways<'_>, weights: &Weights, limit: i64, place: Place) -> Option<PartTime> {
        let longest = Longest::of(ways, weights, None)?;
        let finish = longest.finishes().into_iter().max_by_key(|finish| finish.minutes)?;
        let steps = longest.path(finish.state);
        let path =
            steps.into_iter().filter(|step| weights.steps.get(step.0).is_some_and(|minutes| *minutes > 0)).collect();
        Some(PartTime { worst: finish.minutes, limit, place, path })
    }

    /// Time charged to agencies by the shares that are theirs of some of these classes.
    pub(super) fn shares(&mut self, alike: &[Judged], ways: &Ways<'_>) {
        let Some(first) = alike.first() else { return };
        for (agency, limit) in &self.case.data.shares {
            let Some(duration) = &limit.duration else { continue };
            let Some(clock) = only_clock(duration) else { continue };
            let holds = |guard: &Guard, judged: &Judged| {
                self.partition.holds(guard, judged.class, &|_| Last::Unknown) != Truth::No
            };
            if limit.guard.as_ref().is_some_and(|guard| !alike.iter().any(|judged| holds(guard, judged))) {
                continue;
            }
            let mut weights = self.weights(clock, false, first.class);
            for (step, minutes) in self.flow().steps.iter().zip(&mut weights.steps) {
                if !self.charged(step, *agency) {
                    *minutes = 0;
                }
            }
            // A stage that costs its limit as a whole is charged where any of its steps is.
            let charged_stage = |stage: &BlockId| {
                let inside = |step: &&Step| self.flow().around(step.parent).any(|around| around == *stage);
                self.flow().steps.iter().filter(inside).any(|step| self.charged(step, *agency))
            };
            weights.stages = weights
                .stages
                .into_iter()
                .map(|(stage, minutes)| (stage, if charged_stage(&stage) { minutes } else { 0 }))
                .collect();
            if let Some(part) = self.part(ways, &weights, Minutes::of(duration).part(clock), limit.place) {
                keep_largest(&mut self.times.shares, *agency, part);
            }
        }
    }

    /// Jointly: each agency in full; one of them: it may be this one.
    fn charged(&self, step: &Step, agency: OrgId) -> bool {
        let agency = self.model.agency_of(agency);
        let performers = step.performers.as_ref().map(|performers| performers.each()).unwrap_or_default();
        performers
            .into_iter()
            .any(|performer| matches!(performer.actor, Actor::Org(id) if self.model.agency_of(id) == agency))
    }
}

fn keep_largest<K: PartialEq>(list: &mut Vec<(K, PartTime)>, key: K, part: PartTime) {
    match list.iter_mut().find(|(known, kept)| *known == key && kept.place == part.place) {
        Some((_, kept)) if kept.worst >= part.worst => {}
        Some((_, kept)) => *kept = part,
        None => list.push((key, part)),
    }
}
