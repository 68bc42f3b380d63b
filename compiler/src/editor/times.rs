//! What an editor writes beside the steps of a file: running totals, and what is left of the limit.

use crate::analysis::CaseAnalysis;
use crate::analysis::steps::{self, End};
use crate::analysis::verdict::Clock;
use crate::model::flow::{Flow, StepId};
use crate::project::Project;
use crate::rules;
use crate::source::{FileId, Place};

/// The latest end of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepEnd {
    /// From the keyword of the step to before its block.
    pub head: Place,
    /// When it ends.
    pub end: End,
    /// Of the minutes.
    pub clock: Clock,
    /// The minutes are an upper bound.
    pub approximate: bool,
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
        let Some(ends) = steps::ends(&project.model, analysis) else { continue };
        for (step, end) in flow.steps.iter().zip(&ends.steps).filter(|(step, _)| here(step)) {
            let Some(end) = *end else { continue };
            found.push(StepEnd { head: step.head, end, clock: ends.clock, approximate: ends.approximate });
        }
    }
    // A shared process has the times of the procedure that uses it and has least left.
    found.sort_by_key(|found| (found.head, found.end.left, std::cmp::Reverse(found.end.minutes)));
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
