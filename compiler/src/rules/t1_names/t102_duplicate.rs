//! T102: declared twice.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::IssueKind;
use crate::project::Project;
use crate::rules::{Rule, issue_found, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T102", name: "duplicate", severity: Severity::Error, page: include_str!("t102_duplicate.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in &project.model.issues {
        let IssueKind::Duplicate { what, name, first } = &issue.kind else { continue };
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
