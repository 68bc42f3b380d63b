//! T102: declared twice.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::{Issue, IssueKind, What};
use crate::project::Project;
use crate::rules::{Rule, issue_found, words};
use crate::source::Place;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T102", name: "duplicate", severity: Severity::Error, page: include_str!("t102_duplicate.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in &project.model.issues {
        let (what, name, first) = match &issue.kind {
            IssueKind::Duplicate { what, name, first } => (what, name, first),
            IssueKind::BroughtTwice { what, first, second } => {
                out.push(brought_twice(project, issue, *what, *first, *second));
                continue;
            }
            _ => continue,
        };
        let kind = words::what(*what);
        let message =
            say(format!("Đã có {} tên “{name}”", kind.vi), format!("The {} “{name}” already exists", kind.en));
        let written = project.source(first.file).words(first.span);
        let help = match written == name {
            true => say("Đổi một trong hai tên", "Rename one of the two"),
            false => say(
                format!("Đổi một trong hai tên: “{written}” và “{name}” chỉ khác chỗ đặt dấu, là một tên"),
                format!("Rename one of the two: “{written}” and “{name}” place a tone mark otherwise and are one name"),
            ),
        };
        let found = issue_found(&RULE, issue, message)
            .label(*first, say("khai báo lần đầu ở đây", "first declared here"))
            .help(help);
        out.push(found);
    }
}

fn brought_twice(project: &Project, issue: &Issue, what: What, first: Place, second: Place) -> Diagnostic {
    let (kind, name) = (words::what(what), project.source(second.file).words(second.span));
    let message = say(
        format!(
            "Tệp này và một tệp được dùng trước đó cùng khai báo {} “{name}”, nên ở đây không rõ là cái nào",
            kind.vi
        ),
        format!("This file and one that is imported before both declare the {} “{name}”: which one is meant?", kind.en),
    );
    issue_found(&RULE, issue, message)
        .label(first, say("khai báo ở đây", "declared here"))
        .label(second, say("và ở đây", "and here"))
        .help(say(
            "Đổi một trong hai tên, hoặc chỉ dùng một trong hai tệp",
            "Rename one of the two, or import one file only",
        ))
}
