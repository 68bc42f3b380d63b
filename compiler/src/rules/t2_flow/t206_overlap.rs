//! T206: a line that no run takes; lines that hold for the same dossier.

use super::{each_defect, found};
use crate::analysis::Defect;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T206", name: "overlap", severity: Severity::Warning, page: include_str!("t206_overlap.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, _, defect) in each_defect(project) {
        match defect {
            Defect::NeverTaken { place } => {
                let message = say("Không hồ sơ nào đi theo hướng này", "No dossier ever takes this line");
                out.push(found(&RULE, project, analysis, *place, message, &[]).help(say(
                    "Các dòng trên hoặc điều kiện “khi …” đã loại hết; bỏ dòng này hoặc sửa điều kiện",
                    "The lines above or the condition “khi …” leave nothing for it; take it out or mend the condition",
                )));
            }
            Defect::Overlap { first, second, dossier } => {
                let message = say(
                    format!("Hồ sơ có {dossier} thỏa cả dòng này lẫn dòng trên; dòng trên được chọn"),
                    format!("A dossier with {dossier} satisfies this line and one above; the one above is taken"),
                );
                let found = found(&RULE, project, analysis, *second, message, &[]);
                out.push(found.label(*first, say("dòng được chọn", "the line that is taken")));
            }
            _ => {}
        }
    }
}
