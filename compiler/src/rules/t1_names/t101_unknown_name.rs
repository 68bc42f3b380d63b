//! T101: a name that nothing has.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::IssueKind;
use crate::project::Project;
use crate::rules::{Rule, issue_found, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T101",
    name: "unknown-name",
    severity: Severity::Error,
    page: include_str!("t101_unknown_name.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in &project.model.issues {
        match &issue.kind {
            IssueKind::Unknown { what, name, suggestions, within } => {
                let kind = words::what(*what);
                let (in_vi, in_en) = match within {
                    Some(within) => (format!(" trong “{within}”"), format!(" in “{within}”")),
                    None => Default::default(),
                };
                let message = say(
                    format!("Không có {} nào tên “{name}”{in_vi}", kind.vi),
                    format!("There is no {} “{name}”{in_en}", kind.en),
                );
                let mut found = issue_found(&RULE, issue, message);
                if suggestions.is_empty() {
                    found = found.help(say(
                        "Khai báo tên này, hoặc kiểm tra lại cách viết và dòng “dùng” ở đầu tệp",
                        "Declare it, or check its spelling and the “dùng” lines at the top of the file",
                    ));
                } else {
                    let either = words::either(suggestions);
                    found =
                        found.help(say(format!("Có phải ý là {}?", either.vi), format!("Did you mean {}?", either.en)));
                }
                for suggestion in suggestions {
                    let title = say(format!("Sửa thành “{suggestion}”"), format!("Change to “{suggestion}”"));
                    found = found.fix(title, false, issue.place, suggestion.as_str());
                }
                out.push(found);
            }
            IssueKind::Ambiguous { name, candidates } => {
                let message = say(
                    format!("Có {} bước mang số “{name}”, không biết là bước nào", candidates.len()),
                    format!("{} steps have the number “{name}”; which one is meant cannot be told", candidates.len()),
                );
                let mut found = issue_found(&RULE, issue, message).help(say(
                    "Đánh số lại, hoặc đặt tên cho bước cần trỏ tới",
                    "Number them anew, or give the step that is meant a name",
                ));
                for candidate in candidates {
                    found = found.label(*candidate, say("một bước mang số này", "a step with this number"));
                }
                out.push(found);
            }
            _ => {}
        }
    }
}
