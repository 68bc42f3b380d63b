//! T103: an attribute that is unknown, out of place, given twice or missing.

use crate::analysis::CaseAnalysis;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity, say};
use crate::model::flow::Step;
use crate::model::issue::{Issue, IssueKind};
use crate::project::Project;
use crate::rules::{self, Rule, issue_found, words};
use crate::source::Place;
use tthc_grammar::keywords::{Key, block};
use tthc_grammar::tree::{DeclarationKind, Outcome, Span};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T103", name: "attribute", severity: Severity::Error, page: include_str!("t103_attribute.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for issue in project.model.issues.iter().filter(|issue| !stands_unread(project, issue)) {
        out.extend(found(project, issue));
    }
    for analysis in rules::sound_texts(project) {
        out.extend(nobody(project, analysis));
    }
}

/// What seems to be missing stands in a line that could not be read.
fn stands_unread(project: &Project, issue: &Issue) -> bool {
    let Some(file) = project.files.get(issue.place.file.0 as usize) else { return false };
    let mut problems = file.tree.problems.iter().map(|problem| problem.span.start);
    let line = |at: u32| file.source.position(at).line;
    match &issue.kind {
        IssueKind::MissingKey { key, .. } => problems.any(|at| file.source.line(at).contains(key.phrase())),
        // One of two limits has a condition that could not be read.
        IssueKind::KeyTwice { key: Key::Limit | Key::StatutoryLimit, first, .. } => {
            let keys = [first.span.start, issue.place.span.start];
            problems.any(|at| keys.iter().any(|key| at > *key && line(at) == line(*key)))
        }
        _ => false,
    }
}

/// Steps that count towards the limit and of which nothing says who performs them: once for a table.
fn nobody(project: &Project, analysis: &CaseAnalysis) -> Option<Diagnostic> {
    let procedure = &project.model.procedures[analysis.procedure];
    let flow = &procedure.cases[analysis.case].flow;
    let lacks = |step: &&Step| step.performers.is_none() && step.call.is_none() && !step.time.uncounted;
    let steps: Vec<&Step> = flow.steps.iter().filter(lacks).collect();
    let first = steps.first()?;
    let message = if flow.steps.iter().all(|step| step.performers.is_none()) {
        say("Quy trình này không ghi ai thực hiện các bước", "This process does not say who performs its steps")
    } else {
        let names = steps.iter().map(|step| format!("“{}”", step.named.name)).collect::<Vec<_>>().join(", ");
        say(format!("Chưa ghi ai thực hiện bước {names}"), format!("Nothing says who performs step {names}"))
    };
    let mut found = Diagnostic::new(&RULE, first.head, message)
        .help(say("Thêm “do …” vào dòng bước", "Add “do …” to the line of the step"));
    found.severity = Severity::Warning;
    found.procedure = Some(procedure.named.name.clone());
    found.labels = first.inserted_at.iter().map(|at| (*at, say("được chèn từ đây", "inserted from here"))).collect();
    Some(found)
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
                format!("A “{kind}” block does not belong in “{block}”"),
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
        IssueKind::BlockTwice { kind, first } => {
            let kind = words::keyword(*kind);
            let message = say(format!("Khối “{kind}” này không được đọc"), format!("This “{kind}” block is not read"));
            issue_found(&RULE, issue, message).label(*first, say("đã có khối này", "there is this one already")).help(
                say(
                    "Gộp hai khối làm một; có “trường hợp” thì mỗi trường hợp có quy trình của nó",
                    "Make one block of the two; where there is a “trường hợp”, each case has a process of its own",
                ),
            )
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
        IssueKind::ModifierTwice { first } => {
            let message = say("Điều này đã ghi ở mũi tên này rồi", "This was already said of this arrow");
            issue_found(&RULE, issue, message).label(*first, say("lần thứ nhất", "the first time")).help(say(
                "Số lần, “hết lượt”, thời gian của một vòng và “tính lại thời hạn” chỉ ghi mỗi thứ một lần",
                "Times, “hết lượt”, the time of a round and “tính lại thời hạn” are given once each",
            ))
        }
        IssueKind::WrongLine { start, block } => wrong_line(project, issue, start, *block),
        IssueKind::EmptyBlock(kind) => empty(issue, *kind),
        IssueKind::TextBehindPerformer { number, behind, performer } => {
            text_behind_performer(project, issue, number, (*behind, *performer))
        }
        IssueKind::OverdueWithoutTime => {
            let message = say(
                "“quá hạn” cần “thời gian”: bước này không có thời gian nào để mà quá",
                "“quá hạn” needs “thời gian”: this step has no time that could be over",
            );
            issue_found(&RULE, issue, message).help(say(
                "Thêm “trong …” vào dòng bước, hoặc bỏ “quá hạn”",
                "Add “trong …” to the step, or take “quá hạn” out",
            ))
        }
        _ => return None,
    })
}

fn wrong_line(project: &Project, issue: &Issue, start: &Outcome, block: DeclarationKind) -> Diagnostic {
    let written = words::excerpt(project.source(issue.place.file).words(issue.place.span));
    let (message, help) = match (block, start) {
        (DeclarationKind::Choice, _) => (
            say(format!("“{written}” không phải là điều kiện"), format!("“{written}” is no condition")),
            say(
                "Trong “rẽ nhánh”, dòng bắt đầu bằng “khi điều_kiện” hoặc “còn lại”; người xử lý chọn thì dùng “hướng xử lý”",
                "A line of “rẽ nhánh” begins with “khi condition” or “còn lại”; what somebody decides is “hướng xử lý”",
            ),
        ),
        (DeclarationKind::Call, _) => (
            say(
                format!("“{written}” không phải là trạng thái kết thúc của thủ tục được gọi"),
                format!("“{written}” is no end of the called procedure"),
            ),
            say(
                "Sau “liên thông thủ tục”, dòng bắt đầu bằng cách thủ tục kia kết thúc, ví dụ “từ chối giải quyết -> …”",
                "After “liên thông thủ tục” a line begins with how that procedure ends, such as “từ chối giải quyết -> …”",
            ),
        ),
        (_, Outcome::End(state, _)) => {
            let name = state.phrase().replace(' ', "_");
            let line = format!("{name} -> kết thúc {}", state.phrase());
            (
                say(
                    format!("“{written}” là trạng thái kết thúc, không phải tên hướng xử lý"),
                    format!("“{written}” is an end state, not the name of an outcome"),
                ),
                say(
                    format!("Đặt tên cho hướng, ghi kết thúc sau mũi tên, ví dụ “{line}”"),
                    format!("Name the outcome and put the end behind the arrow, such as “{line}”"),
                ),
            )
        }
        _ => (
            say(format!("“{written}” không phải là tên hướng xử lý"), format!("“{written}” is no name of an outcome")),
            say(
                "Trong “hướng xử lý”, dòng bắt đầu bằng tên của hướng, ví dụ “đạt -> tiếp”; tự rẽ theo hồ sơ thì dùng “rẽ nhánh”",
                "A line of “hướng xử lý” begins with the outcome's name, such as “đạt -> tiếp”; what the dossier decides is “rẽ nhánh”",
            ),
        ),
    };
    issue_found(&RULE, issue, message).help(help)
}

fn empty(issue: &Issue, kind: DeclarationKind) -> Diagnostic {
    let keyword = words::keyword(kind);
    let (vi, en) = if kind == DeclarationKind::Parallel { ("nhánh", "branch") } else { ("bước", "step") };
    issue_found(
        &RULE,
        issue,
        say(format!("Khối “{keyword}” này chưa có {vi} nào"), format!("This “{keyword}” block has no {en}")),
    )
    .help(say(format!("Thêm {vi}, hoặc bỏ khối này"), format!("Add a {en}, or take the block out")))
}

fn text_behind_performer(
    project: &Project,
    issue: &Issue,
    number: &str,
    (behind, performer): (Place, u32),
) -> Diagnostic {
    let text = project.source(issue.place.file).words(issue.place.span);
    let message = say(
        format!("Bước {number} chưa có nội dung: chuỗi đứng sau người thực hiện là cách gọi người ấy khi in"),
        format!(
            "Step {number} does not say what is done: a text behind the performer is what that one is called in print"
        ),
    );
    let mut found = issue_found(&RULE, issue, message).help(say(
        format!("Nội dung đặt ngay sau số của bước: bước {number} {text} do …"),
        format!("What is done stands behind the number: bước {number} {text} do …"),
    ));
    found.severity = Severity::Warning;
    let there = Edit { place: behind, text: format!(" {text}") };
    let gone = Place { span: Span { start: performer, ..issue.place.span }, ..issue.place };
    let title = say("Đưa lên sau số của bước", "Put it behind the number");
    found.fixes.push(Fix { title, safe: false, edits: vec![there, Edit { place: gone, text: String::new() }] });
    found
}

/// Keywords before a name that are easily taken for a key.
const DECLARING: [&str; 8] = ["bước", "nhánh", "giai đoạn", "song song", "trường hợp", "vai trò", "bộ phận", "thủ tục"];

fn unknown(issue: &Issue, key: &str, suggestion: Option<Key>) -> Diagnostic {
    let message = say(format!("Không có mục nào tên “{key}”"), format!("There is no key “{key}”"));
    let found = issue_found(&RULE, issue, message);
    if let Some(block) = block(key) {
        return found.help(say(
            format!("“{block}” là một khối, không có dấu “:”; viết: {block} {{ … }}"),
            format!("“{block}” is a block and has no “:”; write: {block} {{ … }}"),
        ));
    }
    if let Some(keyword) =
        DECLARING.iter().find(|keyword| key.rsplit_once(' ').is_some_and(|(before, _)| before == **keyword))
    {
        return found.help(say(
            format!("Sau “{keyword}” và tên không có dấu “:”; viết: {key} {{ … }}"),
            format!("No “:” stands behind “{keyword}” and a name; write: {key} {{ … }}"),
        ));
    }
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
    let found = issue_found(&RULE, issue, message).label(first, say("đã ghi ở đây", "given here"));
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
