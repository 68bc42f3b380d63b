//! T105: an import that is missing, circular, or outside the project.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::IssueKind;
use crate::project::Project;
use crate::rules::{Rule, issue_found, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T105", name: "import", severity: Severity::Error, page: include_str!("t105_import.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in &project.model.issues {
        let path = words::excerpt(project.source(issue.place.file).words(issue.place.span).trim_matches('"'));
        let found = match &issue.kind {
            IssueKind::ImportMissing { suggestions } => {
                let message = say(format!("Không tìm thấy tệp “{path}”"), format!("There is no file “{path}”"));
                suggest(issue_found(&RULE, issue, message), suggestions)
            }
            IssueKind::ImportOutside if path.contains('\\') => {
                let (message, written) = (
                    say(
                        "Đường dẫn viết bằng dấu “/”, không phải dấu “\\”",
                        "Paths are written with “/”, not with “\\”",
                    ),
                    path.replace('\\', "/"),
                );
                let title = say(format!("Sửa thành “{written}”"), format!("Change to “{written}”"));
                issue_found(&RULE, issue, message).fix(title, false, issue.place, format!("\"{written}\""))
            }
            IssueKind::ImportOutside => {
                let message =
                    say(format!("Tệp “{path}” nằm ngoài dự án"), format!("The file “{path}” lies outside the project"));
                issue_found(&RULE, issue, message).help(say(
                    "Chỉ dùng được tệp trong thư mục gốc của dự án",
                    "Only files below the project's root can be used",
                ))
            }
            IssueKind::ImportCircle(files) => {
                let way = files.join(" → ");
                let message = say(
                    format!("Các tệp dùng lẫn nhau thành vòng: {way}"),
                    format!("Files import each other in a circle: {way}"),
                );
                issue_found(&RULE, issue, message).help(say(
                    "Đưa phần dùng chung vào một tệp thứ ba mà các tệp kia cùng dùng",
                    "Put what they share into a third file that both use",
                ))
            }
            _ => continue,
        };
        out.push(found);
    }
}

/// The same with the files that may be meant.
pub(crate) fn suggest(found: Diagnostic, suggestions: &[String]) -> Diagnostic {
    let place = found.place;
    let mut found = Diagnostic { fixes: Vec::new(), ..found }.help(match suggestions.is_empty() {
        true => say(
            "Đường dẫn tính từ thư mục của tệp này, ví dụ \"../chung/cơ_quan.tthc\"",
            "Paths start at the folder of this file, such as \"../chung/cơ_quan.tthc\"",
        ),
        false => {
            let either = words::either(suggestions);
            say(format!("Có phải ý là {}?", either.vi), format!("Did you mean {}?", either.en))
        }
    });
    for suggestion in suggestions {
        let title = say(format!("Sửa thành “{suggestion}”"), format!("Change to “{suggestion}”"));
        found = found.fix(title, false, place, format!("\"{suggestion}\""));
    }
    found
}
