//! T202: a step that no run reaches.

use super::{each_defect, found};
use crate::analysis::Defect;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T202",
    name: "unreachable",
    severity: Severity::Error,
    page: include_str!("t202_unreachable.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, flow, defect) in each_defect(project) {
        let Defect::Unreachable { step, by_guards } = defect else { continue };
        let name = flow.full_name(*step);
        let message = say(
            format!("Không hồ sơ nào đi đến được bước “{name}”"),
            format!("No dossier ever comes to step “{name}”"),
        );
        let help = match by_guards {
            true => say(
                "Có đường dẫn tới đây nhưng các điều kiện trên đường loại trừ nhau; xem lại các điều kiện “khi …”",
                "Ways lead here, but their conditions exclude each other; look at the “khi …” conditions",
            ),
            false => say(
                "Bước đứng trước luôn rẽ đi nơi khác hoặc kết thúc; thêm một hướng “-> …” dẫn tới đây, hoặc bỏ bước này",
                "What stands before always goes elsewhere or ends; lead an outcome “-> …” here, or take the step out",
            ),
        };
        out.push(found(&RULE, project, analysis, flow.step(*step).head, message, &[]).help(help));
    }
}
