//! T2: flow, no dead ends. What the analysis found, in words.

mod lines;
pub(super) mod t201_dead_end;
pub(super) mod t202_unreachable;
pub(super) mod t203_no_end;
pub(super) mod t204_unbounded_circle;
pub(super) mod t205_gap;
pub(super) mod t206_overlap;
pub(super) mod t207_branch_arrow;
pub(super) mod t208_stop;
pub(super) mod t209_join;
pub(super) mod t210_unstructured;
pub(super) mod t211_undecided_outcome;

use crate::analysis::{CaseAnalysis, Defect};
use crate::diagnostic::{Diagnostic, Message};
use crate::model::flow::{Flow, StepId};
use crate::project::Project;
use crate::rules::{self, Rule};
use crate::source::Place;

/// Every defect of every case whose text and names are in order: what could not be read or resolved has been
/// said, and what follows from it is not to be said again.
fn each_defect(project: &Project) -> impl Iterator<Item = (&CaseAnalysis, &Flow, &Defect)> {
    rules::sound_texts(project).flat_map(move |analysis| {
        let flow = &project.model.procedures[analysis.procedure].cases[analysis.case].flow;
        analysis.defects.iter().map(move |defect| (analysis, flow, defect))
    })
}

/// A finding in a case, with the way of steps that leads there.
fn found(
    rule: &Rule,
    project: &Project,
    analysis: &CaseAnalysis,
    place: Place,
    message: Message,
    path: &[StepId],
) -> Diagnostic {
    let procedure = &project.model.procedures[analysis.procedure];
    let flow = &procedure.cases[analysis.case].flow;
    let mut found = Diagnostic::new(rule, place, message);
    found.procedure = Some(procedure.named.name.clone());
    found.witness = path.iter().map(|step| flow.full_name(*step)).collect();
    found
}

/// `a → b → c`
fn route(flow: &Flow, steps: &[StepId]) -> String {
    steps.iter().map(|step| flow.full_name(*step)).collect::<Vec<_>>().join(" → ")
}
