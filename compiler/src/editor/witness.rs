//! Where the steps stand that a finding names as its way.

use crate::diagnostic::Diagnostic;
use crate::model::flow::StepId;
use crate::model::procedure::ProcedureId;
use crate::project::Project;
use crate::source::Place;

/// The names of the steps of the way, in the case of the procedure that has most of them.
pub fn steps(project: &Project, procedure: ProcedureId, found: &Diagnostic) -> Vec<Place> {
    let cases = project.model.procedures[procedure.0].cases.iter().map(|case| &case.flow);
    let of_case = cases.map(|flow| {
        let named = |name: &String| {
            let step = (0..flow.steps.len()).find(|step| flow.full_name(StepId(*step)) == *name)?;
            Some(flow.steps[step].named.place)
        };
        found.witness.iter().filter_map(named).collect::<Vec<Place>>()
    });
    of_case.max_by_key(Vec::len).unwrap_or_default()
}
