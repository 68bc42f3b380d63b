//! T203: a circle of steps with no way out.

use super::{each_defect, found, route};
use crate::analysis::Defect;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T203", name: "no-end", severity: Severity::Error, page: include_str!("t203_no_end.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, flow, defect) in each_defect(project) {
        let Defect::NoEnd { steps, place } = defect else { continue };
        let Some(first) = steps.first() else { continue };
        let circle = route(flow, steps);
        let message = say(
            format!("Hồ sơ vào đây thì chạy vòng mãi, không kết thúc được: {circle}"),
            format!("A dossier that gets here goes round for ever and never ends: {circle}"),
        );
        let at = place.unwrap_or(flow.step(*first).head);
        out.push(found(&RULE, project, analysis, at, message, steps).help(say(
            "Thêm một hướng xử lý dẫn ra khỏi vòng này (đi tiếp hoặc kết thúc)",
            "Add an outcome that leads out of this circle (on, or to an end)",
        )));
    }
}
