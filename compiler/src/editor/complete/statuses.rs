//! Statuses of the dossier that may follow at a step.

use super::candidates::Scope;
use super::context::Token;
use super::{Candidate, values};
use crate::editor::ways::{self, Look};
use crate::law::status;
use crate::model::flow::{Flow, Step};
use std::collections::BTreeSet;
use tthc_grammar::keywords::STATUSES;

impl Scope<'_> {
    /// What the kind of the step says comes first, then what may follow the statuses before it, then the rest.
    pub fn statuses(&self, written: &[Token]) -> Vec<Candidate> {
        let step = self.step_of_model();
        let own = step.and_then(|(_, step)| status::implied(&step.kinds, step.call.is_some()));
        let before = step.map(|(flow, step)| self.statuses_before(flow, step)).unwrap_or_default();
        let mut found = values::phrases(STATUSES, written);
        for candidate in &mut found {
            let position = STATUSES.iter().position(|known| *known == candidate.label).unwrap_or_default();
            let number = position as u8 + 1;
            let may_follow = before.iter().all(|from| status::may_follow(*from, number));
            candidate.rank = match (may_follow, own == Some(number)) {
                (true, true) => 0,
                (true, false) => number,
                (false, _) => 30 + number,
            };
            candidate.detail = Some(number.to_string());
        }
        found
    }

    fn step_of_model(&self) -> Option<(&Flow, &Step)> {
        let name = self.own_step()?.name_span;
        let is_it = |step: &&Step| step.named.place.file == self.file && step.named.place.span == name;
        let flows = self.project.model.procedures.iter().flat_map(|procedure| &procedure.cases).map(|case| &case.flow);
        flows.into_iter().find_map(|flow| Some((flow, flow.steps.iter().find(is_it)?)))
    }

    /// The last statuses before a step, on every way that leads there.
    fn statuses_before(&self, flow: &Flow, step: &Step) -> BTreeSet<u8> {
        let mut seen = BTreeSet::from([step.named.place]);
        let mut waiting = vec![step.named.place];
        let mut found = BTreeSet::new();
        while let Some(at) = waiting.pop() {
            for name in ways::ways(self.project, at, Look::Back).into_keys() {
                let Some(before) = flow.steps.iter().find(|step| step.named.place == name) else { continue };
                match status::of(before) {
                    _ if !seen.insert(name) => {}
                    Some(status) => drop(found.insert(status)),
                    None => waiting.push(name),
                }
            }
        }
        found
    }
}
