//! T101: a name that nothing has.

use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::model::Named;
use crate::model::issue::{IssueKind, What};
use crate::model::symbols::relative;
use crate::project::Project;
use crate::rules::{Rule, issue_found, words};
use crate::source::Place;
use tthc_grammar::names::same_name;

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
            IssueKind::UnknownInSettings { what, name } => {
                let kind = words::what(*what);
                let message = say(
                    format!("Không có {} nào tên “{name}”, ghi ở mục [mac_dinh] của tthc.toml", kind.vi),
                    format!("There is no {} “{name}”, which [mac_dinh] of tthc.toml names", kind.en),
                );
                out.push(issue_found(&RULE, issue, message).help(say(
                    "Sửa ở tthc.toml; tên khai báo ở tệp khác thì tệp này phải có dòng “dùng”",
                    "Mend tthc.toml; a file needs a line “dùng” for what another one declares",
                )));
            }
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
                // What is missing in something that is known is no matter of imports.
                let elsewhere = within.is_none().then(|| declared_elsewhere(project, *what, name)).flatten();
                if let Some(path) = elsewhere {
                    found = found.help(import_it(&project.source(issue.place.file).path, path));
                } else if suggestions.is_empty() {
                    found = found.help(where_to_look(*what, within.is_some()));
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
            IssueKind::Ambiguous { name, candidates } if !declared_twice(project, candidates) => {
                let numbered = name.starts_with(|c: char| c.is_ascii_digit());
                let (vi, en) = if numbered { ("mang số", "number") } else { ("tên", "name") };
                let message = say(
                    format!("Có {} bước {vi} “{name}”, không biết là bước nào", candidates.len()),
                    format!("{} steps have the {en} “{name}”; which one is meant cannot be told", candidates.len()),
                );
                let mut found = issue_found(&RULE, issue, message).help(say(
                    "Đánh số lại, hoặc đặt tên cho bước cần trỏ tới",
                    "Number them anew, or give the step that is meant a name",
                ));
                for candidate in candidates {
                    let (vi, en) = (format!("một bước {vi} này"), format!("a step with this {en}"));
                    found = found.label(*candidate, say(vi, en));
                }
                out.push(found);
            }
            _ => {}
        }
    }
}

/// One of the steps has been said to be declared again: then it is that name that must change.
fn declared_twice(project: &Project, candidates: &[Place]) -> bool {
    let mut duplicates = project.model.issues.iter().filter(|issue| matches!(issue.kind, IssueKind::Duplicate { .. }));
    duplicates.any(|issue| candidates.contains(&issue.place))
}

/// What to do about a name that another file declares.
pub(crate) fn import_it(here: &str, path: &str) -> Message {
    let written = relative(here, path);
    say(
        format!("Tên này khai báo trong tệp “{path}”: thêm dòng dùng \"{written}\""),
        format!("It is declared in the file “{path}”: add the line dùng \"{written}\""),
    )
}

/// The file in which something of this name is declared, though the file at hand does not import it.
fn declared_elsewhere<'p>(project: &'p Project, what: What, name: &str) -> Option<&'p str> {
    let model = &project.model;
    let named: Vec<&Named> = match what {
        What::Agency | What::Performer => {
            model.orgs.iter().filter(|org| org.parent.is_none()).map(|org| &org.named).collect()
        }
        What::Procedure => model.procedures.iter().map(|procedure| &procedure.named).collect(),
        What::Process => model.processes.iter().map(|process| &process.named).collect(),
        What::Part => model.parts.iter().map(|part| &part.named).collect(),
        What::Form => model.forms.iter().map(|form| &form.named).collect(),
        What::Calendar => model.calendars.iter().map(|calendar| &calendar.named).collect(),
        _ => return None,
    };
    let found = named.into_iter().find(|named| same_name(&named.name, name))?;
    Some(&project.source(found.place.file).path)
}

fn where_to_look(what: What, within: bool) -> Message {
    match what {
        What::Agency | What::Performer if within => say(
            "Cái lớn viết trước, cái nằm trong viết sau: cơ quan, bộ phận, vai trò, ví dụ SXD.phòng_A.giám_đốc",
            "What is larger stands first: agency, unit, role, such as SXD.phòng_A.giám_đốc",
        ),
        What::Step | What::FieldOrStep | What::Outcome | What::Value | What::Field => say(
            "Kiểm tra lại tên hoặc số trong quy trình và thông tin hồ sơ của thủ tục này",
            "Check the names and numbers in the process and the dossier fields of this procedure",
        ),
        _ => say(
            "Khai báo tên này, hoặc kiểm tra lại cách viết và dòng “dùng” ở đầu tệp",
            "Declare it, or check its spelling and the “dùng” lines at the top of the file",
        ),
    }
}
