//! Which statuses of the dossier follow each other on runs.

use super::Look;
use crate::law::status;
use crate::model::flow::StepId;
use foldhash::{HashMap, HashMapExt};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A step's status is compared with that of the last step that had one: (state, that step).
type At = (usize, Option<StepId>);

/// Adds the pairs of steps whose statuses may not follow each other, each with a shortest way.
pub(super) fn wrong(look: &Look<'_>, found: &mut BTreeMap<(StepId, StepId), Vec<StepId>>) {
    // Where the text says nothing of statuses, what kinds imply is no mistake of its.
    let declared = |step: &crate::model::flow::Step| {
        step.electronic.as_ref().is_some_and(|electronic| electronic.status.is_some())
    };
    if !look.flow().steps.iter().any(declared) {
        return;
    }
    let mut walk = Walk { look, found, known: HashMap::new() };
    if !look.ways.explored.levels[0].states.is_empty() {
        walk.level(0, None, &[]);
    }
}

struct Walk<'a> {
    look: &'a Look<'a>,
    found: &'a mut BTreeMap<(StepId, StepId), Vec<StepId>>,
    /// By level and the step before it: the last steps at its states.
    known: HashMap<(usize, Option<StepId>), BTreeSet<Option<StepId>>>,
}

impl Walk<'_> {
    /// The last steps with which a branch can be left; nested as deep as blocks are. `way` leads to the level.
    fn level(&mut self, level: usize, before: Option<StepId>, way: &[StepId]) -> BTreeSet<Option<StepId>> {
        if let Some(known) = self.known.get(&(level, before)) {
            return known.clone();
        }
        let explored = &self.look.ways.explored.levels[level];
        let mut parents: HashMap<At, Option<At>> = HashMap::from_iter([((0, before), None)]);
        let mut left = BTreeSet::new();
        let mut waiting: VecDeque<At> = VecDeque::from([(0, before)]);
        while let Some((at, last)) = waiting.pop_front() {
            let own = self.look.step_at(level, at).filter(|step| self.status(*step).is_some());
            if let (Some(last), Some(own)) = (last, own)
                && !self.may_follow(last, own)
                && !self.found.contains_key(&(last, own))
            {
                self.found.insert((last, own), self.way_to(level, &parents, (at, Some(last)), way));
            }
            let now = own.or(last);
            if explored.joined.contains(&at) {
                left.insert(now);
            }
            for next in &explored.moves[at] {
                let mut lasts = BTreeSet::from([now]);
                if !next.branches.is_empty() {
                    let so_far = self.way_to(level, &parents, (at, last), way);
                    lasts = next.branches.iter().flat_map(|(inner, _)| self.level(*inner, now, &so_far)).collect();
                }
                for to in lasts.into_iter().map(|last| (next.to, last)) {
                    if let Entry::Vacant(fresh) = parents.entry(to) {
                        fresh.insert(Some((at, last)));
                        waiting.push_back(to);
                    }
                }
            }
        }
        self.known.insert((level, before), left.clone());
        left
    }

    fn status(&self, step: StepId) -> Option<u8> {
        status::of(self.look.flow().step(step))
    }

    fn may_follow(&self, last: StepId, own: StepId) -> bool {
        self.status(last).zip(self.status(own)).is_none_or(|(from, to)| status::may_follow(from, to))
    }

    fn way_to(&self, level: usize, parents: &HashMap<At, Option<At>>, at: At, way: &[StepId]) -> Vec<StepId> {
        let back = std::iter::successors(Some(at), |at| parents.get(at).copied().flatten());
        let mut own: Vec<StepId> = back.filter_map(|(state, _)| self.look.step_at(level, state)).collect();
        own.reverse();
        way.iter().copied().chain(own).collect()
    }
}
