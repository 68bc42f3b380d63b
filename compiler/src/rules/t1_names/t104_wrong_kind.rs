//! T104: a value of the wrong kind.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::IssueKind;
use crate::project::Project;
use crate::rules::{Rule, issue_found, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T104",
    name: "wrong-kind",
    severity: Severity::Error,
    page: include_str!("t104_wrong_kind.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in &project.model.issues {
        let found = match &issue.kind {
            IssueKind::WrongKind { key, expected, found } => {
                let (needed, found) = (words::sort(*expected), words::sort(*found));
                let message = match key {
                    Some(key) => {
                        let key = key.phrase();
                        say(
                            format!("“{key}” cần {}, ở đây là {}", needed.vi, found.vi),
                            format!("“{key}” needs {}, this is {}", needed.en, found.en),
                        )
                    }
                    None => say(
                        format!("So sánh này cần {}, ở đây là {}", needed.vi, found.vi),
                        format!("This comparison needs {}, this is {}", needed.en, found.en),
                    ),
                };
                issue_found(&RULE, issue, message)
            }
            IssueKind::NotInList { key, value, allowed } => {
                let key = key.phrase();
                let message = say(
                    format!("“{value}” không phải là giá trị của “{key}”"),
                    format!("“{value}” is no value of “{key}”"),
                );
                let list = allowed.join(", ");
                issue_found(&RULE, issue, message)
                    .help(say(format!("Chọn một trong: {list}"), format!("One of: {list}")))
            }
            IssueKind::NotWholeMinutes => {
                let message =
                    say("Khoảng thời gian này không tròn phút", "This duration is no whole number of minutes");
                issue_found(&RULE, issue, message).help(say(
                    "Viết thành phút, giờ hoặc ngày tròn hơn, ví dụ 20 phút thay cho 1/3 giờ + …",
                    "Write it in minutes, hours or days that come out even",
                ))
            }
            IssueKind::ArgumentKind { parameter, expected } => {
                let needed = words::sort(*expected);
                let message = say(
                    format!("Tham số “{parameter}” ở đây phải là {}", needed.vi),
                    format!("The parameter “{parameter}” must be {} here", needed.en),
                );
                issue_found(&RULE, issue, message)
            }
            _ => continue,
        };
        out.push(found);
    }
}
