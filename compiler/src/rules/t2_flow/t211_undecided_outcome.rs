//! T211: a guard reads the outcome of a step that some way passes by.

use super::{each_defect, found, route};
use crate::analysis::Defect;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T211",
    name: "undecided-outcome",
    severity: Severity::Error,
    page: include_str!("t211_undecided_outcome.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, flow, defect) in each_defect(project) {
        let Defect::Undecided { place, step, path } = defect else { continue };
        let (name, way) = (flow.full_name(*step), route(flow, path));
        let message = say(
            format!("Điều kiện này hỏi kết quả của bước “{name}”, nhưng có đường không qua bước đó: {way}"),
            format!("This condition asks for the outcome of step “{name}”, which this way passes by: {way}"),
        );
        let found = found(&RULE, project, analysis, *place, message, path);
        out.push(found.label(flow.step(*step).head, say("bước được hỏi", "the step that is asked for")).help(say(
            "Hỏi trước xem hồ sơ có qua bước đó không, hoặc chuyển điều kiện tới chỗ bước đó đã xong",
            "Ask first whether the dossier passes that step, or put the condition where the step has been done",
        )));
    }
}
