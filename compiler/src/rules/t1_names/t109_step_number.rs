//! T109: a printed step number doubled or out of order.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::{Issue, IssueKind};
use crate::project::Project;
use crate::rules::{Rule, issue_found};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T109",
    name: "step-number",
    severity: Severity::Warning,
    page: include_str!("t109_step_number.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in &project.model.issues {
        match &issue.kind {
            IssueKind::NumberDoubled { number, first } if !is_referred_to(project, issue) => {
                let message = say(
                    format!("Số bước “{number}” đã dùng ở trên"),
                    format!("The step number “{number}” was used above"),
                );
                out.push(issue_found(&RULE, issue, message).label(*first, say("lần đầu ở đây", "first here")).help(
                    say(
                        format!("Đánh số lại, ví dụ {number}.1, {number}.2"),
                        format!("Number anew, such as {number}.1, {number}.2"),
                    ),
                ));
            }
            IssueKind::NumberOutOfOrder { number, before, previous } => {
                let message = say(
                    format!("Số bước “{number}” đứng sau bước {before}"),
                    format!("The step number “{number}” stands behind step {before}"),
                );
                out.push(
                    issue_found(&RULE, issue, message).label(*previous, say("bước liền trước", "the step before")),
                );
            }
            _ => {}
        }
    }
}

/// A reference to this number has been said to be ambiguous, with the steps that have it.
fn is_referred_to(project: &Project, issue: &Issue) -> bool {
    project.model.issues.iter().any(|other| match &other.kind {
        IssueKind::Ambiguous { candidates, .. } => candidates.contains(&issue.place),
        _ => false,
    })
}
