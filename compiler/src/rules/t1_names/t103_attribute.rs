//! T103: an attribute that is unknown, out of place, given twice or missing.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::{Issue, IssueKind};
use crate::project::Project;
use crate::rules::{Rule, issue_found, words};
use crate::source::Place;
use tthc_grammar::keywords::Key;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T103", name: "attribute", severity: Severity::Error, page: include_str!("t103_attribute.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in &project.model.issues {
        out.extend(found(project, issue));
    }
}

fn found(project: &Project, issue: &Issue) -> Option<Diagnostic> {
    Some(match &issue.kind {
        IssueKind::UnknownKey { key, suggestion } => unknown(issue, key, *suggestion),
        IssueKind::MisplacedKey { key, block, belongs } => {
            let (key, block) = (key.phrase(), words::keyword(*block));
            let message = say(
                format!("“{key}” không thuộc về khối “{block}”"),
                format!("“{key}” does not belong into a “{block}” block"),
            );
            let homes: Vec<String> = belongs.iter().map(|kind| words::keyword(*kind).to_string()).collect();
            let mut unique = homes;
            unique.dedup();
            let either = words::either(&unique);
            issue_found(&RULE, issue, message)
                .help(say(format!("Mục này viết trong {}", either.vi), format!("It is written in {}", either.en)))
        }
        IssueKind::MisplacedBlock { kind, block } => {
            let (kind, block) = (words::keyword(*kind), words::keyword(*block));
            let message = say(
                format!("Khối “{kind}” không đặt trong “{block}”"),
                format!("A “{kind}” block does not belong into “{block}”"),
            );
            let help = match kind {
                "điện tử" => say("Đặt trong từng bước", "Put it into each step"),
                "lịch" => say(
                    "Khai báo “lịch tên { … }” ở đầu tệp rồi ghi “lịch: tên” ở đây",
                    "Declare “lịch name { … }” at the top of the file and write “lịch: name” here",
                ),
                _ => say("Đặt trong thủ tục", "Put it into the procedure"),
            };
            issue_found(&RULE, issue, message).help(help)
        }
        IssueKind::KeyTwice { key, first, statement } => twice(project, issue, *key, *first, *statement),
        IssueKind::MissingKey { key, block } => {
            let (key, block) = (key.phrase(), words::keyword(*block));
            let message =
                say(format!("Khối “{block}” thiếu mục “{key}”"), format!("The “{block}” block lacks “{key}”"));
            issue_found(&RULE, issue, message)
                .help(say(format!("Thêm dòng “{key}: …”"), format!("Add a line “{key}: …”")))
        }
        IssueKind::ClauseMisplaced { key, clause } => {
            let key = key.phrase();
            let message =
                say(format!("Sau “{key}” không dùng “{clause}”"), format!("“{clause}” means nothing behind “{key}”"));
            issue_found(&RULE, issue, message)
        }
        IssueKind::MissingClause { key, clause } => {
            let key = key.phrase();
            let message = say(format!("“{key}” thiếu “{clause} …”"), format!("“{key}” lacks “{clause} …”"));
            issue_found(&RULE, issue, message).help(say(
                "Ghi rõ tính từ đâu, ví dụ “kể từ tiếp nhận” hoặc “kể từ bước 2”",
                "Say from where it counts, such as “kể từ tiếp nhận” or “kể từ bước 2”",
            ))
        }
        IssueKind::TwoWaysOn { first } => {
            let message = say("Bước này đã có cách đi tiếp khác", "This step already has another way on");
            issue_found(&RULE, issue, message).label(*first, say("cách đi tiếp thứ nhất", "the first way on")).help(
                say(
                    "Một bước chỉ có một trong: hướng xử lý, rẽ nhánh, chuyển, kết thúc",
                    "A step has one of: hướng xử lý, rẽ nhánh, chuyển, kết thúc",
                ),
            )
        }
        _ => return None,
    })
}

fn unknown(issue: &Issue, key: &str, suggestion: Option<Key>) -> Diagnostic {
    let message = say(format!("Không có mục nào tên “{key}”"), format!("There is no key “{key}”"));
    let found = issue_found(&RULE, issue, message);
    match suggestion {
        Some(suggestion) => {
            let phrase = suggestion.phrase();
            found.help(say(format!("Có phải ý là “{phrase}”?"), format!("Did you mean “{phrase}”?"))).fix(
                say(format!("Sửa thành “{phrase}”"), format!("Change to “{phrase}”")),
                false,
                issue.place,
                phrase,
            )
        }
        None => found.help(say(
            "Xem các mục dùng được ở đây trong tài liệu ngôn ngữ; điều chỉ để đọc thì ghi vào “ghi chú”",
            "See the language reference for the keys of this block; what is only to be read goes into “ghi chú”",
        )),
    }
}

fn twice(project: &Project, issue: &Issue, key: Key, first: Place, statement: Place) -> Diagnostic {
    let phrase = key.phrase();
    let message = say(format!("“{phrase}” đã có ở trên"), format!("“{phrase}” was already given"));
    let found = issue_found(&RULE, issue, message).label(first, say("lần thứ nhất", "the first time"));
    let words = |place: Place| project.source(place.file).words(place.span);
    // The same words again say nothing new: taking them out changes nothing.
    let same =
        words(statement).split_whitespace().eq(first_statement(project, first, words(statement)).split_whitespace());
    found.fix(say("Bỏ dòng này", "Take this line out"), same, with_blanks(project, statement), "")
}

/// The words of the first line, as long as the second one.
fn first_statement<'p>(project: &'p Project, first: Place, like: &str) -> &'p str {
    let text = project.source(first.file).text.parsed();
    text.get(first.span.start as usize..first.span.start as usize + like.len()).unwrap_or("")
}

/// A statement with the blanks before it, and its line end where it stands alone.
fn with_blanks(project: &Project, statement: Place) -> Place {
    let text = project.source(statement.file).text.parsed();
    let start = statement.span.start as usize;
    let before = text[..start].trim_end_matches([' ', '\t']);
    let mut span = statement.span;
    span.start = before.len() as u32;
    if before.ends_with('\n') && text[span.end as usize..].starts_with('\n') {
        span.end += 1;
    }
    Place { span, ..statement }
}
