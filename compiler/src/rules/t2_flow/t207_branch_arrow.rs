//! T207: an arrow into or out of a branch; a restart inside one.

use super::lines::{Line, writing};
use super::{each_defect, found};
use crate::analysis::Defect;
use crate::diagnostic::{Diagnostic, Fix, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T207",
    name: "branch-arrow",
    severity: Severity::Error,
    page: include_str!("t207_branch_arrow.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, _, defect) in each_defect(project) {
        let (place, message) = match defect {
            Defect::Crossing { place, outward: true } => {
                (place, say("Hướng này đi ra khỏi một nhánh song song", "This arrow leaves a parallel branch"))
            }
            Defect::Crossing { place, outward: false } => (
                place,
                say("Hướng này đi thẳng vào giữa một nhánh song song", "This arrow leads into a parallel branch"),
            ),
            Defect::RestartInBranch { place } => (
                place,
                say(
                    "Trong nhánh song song không được “tính lại thời hạn”",
                    "“tính lại thời hạn” cannot stand inside a parallel branch",
                ),
            ),
            _ => continue,
        };
        let mut found = found(&RULE, project, analysis, *place, message, &[]).help(say(
            "Các nhánh chỉ gặp nhau ở cuối khối “song song”; việc rẽ hay tính lại thời hạn đặt trước hoặc sau khối đó",
            "Branches meet only at the end of “song song”; decide or restart the limit before or behind it",
        ));
        found.fixes = Line::read(project, *place).and_then(|line| within(defect, &line)).into_iter().collect();
        out.push(found);
    }
}

/// Stays in the branch: on to its end, or without the restart.
fn within(defect: &Defect, line: &Line<'_>) -> Option<Fix> {
    const RESTART: &str = "tính lại thời hạn";
    match defect {
        Defect::Crossing { outward: true, .. } => Some(writing("-> tiếp", vec![line.instead("tiếp")])),
        Defect::RestartInBranch { .. } => {
            let (before, behind) = line.target().split_once(RESTART)?;
            let rest = format!("{}{behind}", before.trim_end().trim_end_matches(','));
            let title = say(format!("Bỏ “{RESTART}”"), format!("Drop “{RESTART}”"));
            Some(Fix { title, safe: false, edits: vec![line.instead(rest.trim_end())] })
        }
        _ => None,
    }
}
