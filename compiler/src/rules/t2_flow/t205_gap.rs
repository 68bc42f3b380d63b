//! T205: dossiers without a way on.

use super::lines::{line_behind, writing};
use super::{each_defect, found};
use crate::analysis::Defect;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::Exits;
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T205", name: "gap", severity: Severity::Error, page: include_str!("t205_gap.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, flow, defect) in each_defect(project) {
        let Defect::Gap { step, dossier, path } = defect else { continue };
        let name = flow.full_name(*step);
        let message = match dossier.is_empty() {
            true => say(
                format!("Sau bước “{name}” có hồ sơ không biết đi hướng nào"),
                format!("Behind step “{name}” some dossiers have no way on"),
            ),
            false => say(
                format!("Sau bước “{name}”, hồ sơ có {dossier} không biết đi hướng nào"),
                format!("Behind step “{name}” a dossier with {dossier} has no way on"),
            ),
        };
        let step = flow.step(*step);
        let mut found = found(&RULE, project, analysis, step.head, message, path).help(say(
            "Thêm dòng “còn lại -> …”, hoặc một hướng cho những hồ sơ này",
            "Add a line “còn lại -> …”, or a way for these dossiers",
        ));
        if let (Exits::Choice(arrows), true) = (&step.exits, step.inserted_at.is_empty()) {
            const REST: &str = "còn lại -> tiếp";
            found.fixes = arrows
                .last()
                .map(|arrow| writing(REST, vec![line_behind(project, arrow.place, REST)]))
                .into_iter()
                .collect();
        }
        out.push(found);
    }
}
