//! T005: nested too deep, too large.

use super::problems;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::IssueKind;
use crate::project::Project;
use crate::rules::{Rule, issue_found};
use tthc_grammar::tree::ProblemKind;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T005", name: "limits", severity: Severity::Error, page: include_str!("t005_limits.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (place, kind) in problems(project) {
        let message = match kind {
            ProblemKind::TooDeep(limit) => say(
                format!("Lồng nhau quá sâu: nhiều nhất {limit} lớp ngoặc; phần trong ngoặc này không được đọc"),
                format!("Nested too deep: at most {limit} braces and parentheses; what is inside here is not read"),
            ),
            ProblemKind::TooLarge(limit) => say(
                format!("Tệp quá lớn: nhiều nhất {} MB; tệp này không được đọc", limit / 1024 / 1024),
                format!("The file is too large: at most {} MB; it is not read", limit / 1024 / 1024),
            ),
            _ => continue,
        };
        out.push(Diagnostic::new(&RULE, place, message));
    }
    for issue in &project.model.issues {
        let IssueKind::TooManyInserted { steps, depth } = issue.kind else { continue };
        let message = say(
            format!(
                "Các phần dùng chung chèn lẫn nhau tạo ra quá nhiều bước (nhiều nhất {steps} bước, {depth} lần chèn lồng nhau)"
            ),
            format!(
                "Shared parts that insert each other make too many steps (at most {steps} steps, {depth} insertions in a row)"
            ),
        );
        out.push(issue_found(&RULE, issue, message));
    }
}
