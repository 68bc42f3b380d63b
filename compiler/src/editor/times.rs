//! What an editor writes beside the steps of a file: running totals, and what is left of the limit.

use crate::analysis::CaseAnalysis;
use crate::analysis::steps::{self, End, Total};
use crate::analysis::verdict::Clock;
use crate::model::flow::{Flow, StepId};
use crate::project::Project;
use crate::rules;
use crate::source::{FileId, Place};
use std::cmp::Reverse;

/// The latest end of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepEnd {
    /// From the keyword of the step to before its block.
    pub head: Place,
    /// When it ends.
    pub time: Time,
    /// The amounts are upper bounds.
    pub approximate: bool,
}

/// When a step ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// In a process on one clock.
    OneClock(End, Clock),
    /// In a process on two.
    Mixed(Total),
}

impl Time {
    /// How urgent: what is left of the limit, then what has passed.
    fn urgency(&self) -> (Option<i64>, Reverse<i64>) {
        match self {
            Time::OneClock(end, _) => (end.left, Reverse(end.minutes)),
            Time::Mixed(total) => (None, Reverse(total.working + total.calendar)),
        }
    }
}

/// The latest end of each step of a case, and whether the amounts are upper bounds; none where nothing was proved.
pub fn of_case(project: &Project, analysis: &CaseAnalysis) -> Option<(Vec<Option<Time>>, bool)> {
    if let Some(ends) = steps::ends(&project.model, analysis) {
        let times = ends.steps.iter().map(|end| end.map(|end| Time::OneClock(end, ends.clock)));
        return Some((times.collect(), ends.approximate));
    }
    let totals = steps::totals(&project.model, analysis)?;
    let approximate = analysis.times.as_ref().is_some_and(|times| times.approximate);
    Some((totals.into_iter().map(|total| total.map(Time::Mixed)).collect(), approximate))
}

/// The latest ends of the steps that are written in a file.
///
/// A shared part has other times wherever it is inserted; only those of steps that stand in their process
/// themselves are answered.
pub fn ends(project: &Project, file: FileId) -> Vec<StepEnd> {
    let mut found = Vec::new();
    for analysis in rules::sound_texts(project) {
        let flow = flow(project, analysis);
        let here = |step: &crate::model::flow::Step| step.inserted_at.is_empty() && step.head.file == file;
        if !flow.steps.iter().any(here) {
            continue;
        }
        let Some((times, approximate)) = of_case(project, analysis) else { continue };
        for (step, time) in flow.steps.iter().zip(times).filter(|(step, _)| here(step)) {
            found.extend(time.map(|time| StepEnd { head: step.head, time, approximate }));
        }
    }
    // A shared process has the times of the procedure that uses it and has least left.
    found.sort_by_key(|found| (found.head, found.time.urgency()));
    found.dedup_by_key(|found| found.head);
    found
}

/// A step by the place of its name, with the analysis of a case that it is part of. The first of several.
pub fn step_at(project: &Project, name: Place) -> Option<(&CaseAnalysis, StepId)> {
    rules::sound_texts(project).find_map(|analysis| {
        let steps = &flow(project, analysis).steps;
        Some((analysis, StepId(steps.iter().position(|step| step.named.place == name)?)))
    })
}

/// The flow of an analysed case.
pub fn flow<'p>(project: &'p Project, analysis: &CaseAnalysis) -> &'p Flow {
    &project.model.procedures[analysis.procedure].cases[analysis.case].flow
}
