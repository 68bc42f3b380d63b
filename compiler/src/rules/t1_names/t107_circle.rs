//! T107: insertions or calls in a circle; wrong arguments.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::IssueKind;
use crate::project::Project;
use crate::rules::{Rule, issue_found};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T107", name: "circle", severity: Severity::Error, page: include_str!("t107_circle.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in &project.model.issues {
        match &issue.kind {
            IssueKind::Circle(names) => {
                let way = names.join(" → ");
                let message = say(
                    format!("Chèn hoặc gọi lẫn nhau thành vòng: {way}"),
                    format!("Insertions or calls go in a circle: {way}"),
                );
                let mut found = issue_found(&RULE, issue, message).help(say(
                    "Bỏ một chỗ chèn hoặc một chỗ gọi trong vòng này",
                    "Take one insertion or call out of this circle",
                ));
                found.witness = names.clone();
                out.push(found);
            }
            IssueKind::ArgumentCount { expected, found, declared } => {
                let list = expected.join(", ");
                let message = say(
                    format!("Cần {} tham số ({list}), ở đây có {found}", expected.len()),
                    format!("{} arguments are needed ({list}), here are {found}", expected.len()),
                );
                out.push(issue_found(&RULE, issue, message).label(*declared, say("khai báo ở đây", "declared here")));
            }
            _ => {}
        }
    }
}
