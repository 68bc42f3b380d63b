//! T104: a value of the wrong kind.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::issue::{Issue, IssueKind, ValueSort};
use crate::model::time::Uncountable;
use crate::project::Project;
use crate::rules::labels::Labels;
use crate::rules::{Rule, issue_found, words};
use tthc_grammar::keywords::Key;
use tthc_grammar::names::fold;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T104",
    name: "wrong-kind",
    severity: Severity::Error,
    page: include_str!("t104_wrong_kind.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    let labels = Labels::of(project);
    for issue in &project.model.issues {
        let found = match &issue.kind {
            IssueKind::WrongKind { key, expected, found } => {
                // Whether a name is declared has not been looked up.
                let is_name = *found == ValueSort::Names;
                let (needed, found) =
                    (words::sort(*expected), words::sort(if is_name { ValueSort::Name } else { *found }));
                let message = match key {
                    Some(key) => {
                        let key = key.phrase();
                        say(
                            format!("“{key}” cần {}, ở đây là {}", needed.vi, found.vi),
                            format!("“{key}” needs {}, this is {}", needed.en, found.en),
                        )
                    }
                    None if *expected == ValueSort::Duration => {
                        out.push(no_duration(project, issue));
                        continue;
                    }
                    None => say(
                        format!("So sánh này cần {}, ở đây là {}", needed.vi, found.vi),
                        format!("This comparison needs {}, this is {}", needed.en, found.en),
                    ),
                };
                let found = issue_found(&RULE, issue, message);
                let words = project.source(issue.place.file).words(issue.place.span);
                match expected {
                    ValueSort::Text if !words.contains(['"', '\n']) => found.fix(
                        say("Đặt trong dấu nháy", "Put it in quotes"),
                        true,
                        issue.place,
                        format!("\"{words}\""),
                    ),
                    ValueSort::Names => match labels.path(issue.place.file, words) {
                        Some(name) => found
                            .help(say(
                                format!("Ở đây ghi tên đã khai báo: {name}"),
                                format!("Write the declared name here: {name}"),
                            ))
                            .fix(
                                say(format!("Sửa thành “{name}”"), format!("Change to “{name}”")),
                                false,
                                issue.place,
                                name,
                            ),
                        None => found,
                    },
                    _ => found,
                }
            }
            IssueKind::PeriodBackwards => {
                let message = say("Ngày cuối đứng trước ngày đầu", "The last day is before the first");
                issue_found(&RULE, issue, message)
                    .help(say("Viết từ ngày sớm hơn đến ngày muộn hơn", "Write from the earlier day to the later one"))
            }
            IssueKind::Unordered { field } => {
                let message = say(
                    format!("“{field}” không có lớn bé, không so sánh như số được"),
                    format!("“{field}” has no size to compare by"),
                );
                issue_found(&RULE, issue, message).help(say(
                    "Chỉ hỏi bằng “=” hoặc “≠” với một giá trị của nó",
                    "Ask by “=” or “≠” whether it is one of its values",
                ))
            }
            IssueKind::NoTimes => {
                let message = say("“tối đa 0 lần” là không bao giờ", "“tối đa 0 lần” is never");
                issue_found(&RULE, issue, message)
                    .help(say("Ghi ít nhất 1 lần, hoặc bỏ hướng này", "Write at least 1, or leave this way out"))
            }
            IssueKind::ConsentAmongOutcomes { outcomes } => consent(issue, outcomes),
            IssueKind::OldOnlineLevel => old_online_level(issue),
            IssueKind::NotInList { key, allowed } => not_in_list(project, issue, *key, allowed),
            IssueKind::Uncountable(Uncountable::TooLong) => {
                let message = say("Khoảng thời gian này dài quá mức tính được", "This duration is too long to count");
                issue_found(&RULE, issue, message)
                    .help(say("Xem lại con số và đơn vị", "Look at the number and the unit again"))
            }
            IssueKind::Uncountable(Uncountable::Fraction) => {
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

/// `coi như đồng ý` where one of the step's outcomes must be meant.
fn consent(issue: &Issue, outcomes: &[String]) -> Diagnostic {
    let either = words::either(outcomes);
    let message = say(
        format!("“coi như đồng ý” không nói là hướng nào của bước này: {}", either.vi),
        format!("“coi như đồng ý” does not say which outcome of this step is meant: {}", either.en),
    );
    let mut found = issue_found(&RULE, issue, message).help(say(
        "Ghi “coi như” và tên của hướng được coi là đã chọn khi hết thời gian",
        "Write “coi như” and the name of the outcome that holds when the time is over",
    ));
    let agreed = outcomes.iter().find(|name| fold(name) == "dong_y");
    for name in agreed.map_or(outcomes, std::slice::from_ref) {
        let title = say(format!("Sửa thành “coi như {name}”"), format!("Change to “coi như {name}”"));
        found = found.fix(title, agreed.is_some(), issue.place, format!("coi như {name}"));
    }
    found
}

fn old_online_level(issue: &Issue) -> Diagnostic {
    let message = say(
        "Từ năm 2022 dịch vụ công trực tuyến không còn chia theo mức 2, 3, 4",
        "Since 2022 online services are no longer of level 2, 3 or 4",
    );
    let mut found = issue_found(&RULE, issue, message).help(say(
        "Chọn một trong: không, một phần, toàn trình",
        "One of: không (none), một phần (in part), toàn trình (in full)",
    ));
    found.severity = Severity::Warning;
    found.basis = Some("Nghị định 42/2022/NĐ-CP");
    found
}

/// `trong giờ_hành_chính`: outside of a shared part a name is no time.
fn no_duration(project: &Project, issue: &Issue) -> Diagnostic {
    let text = project.source(issue.place.file).text.parsed();
    let before = text.get(..issue.place.span.start as usize).unwrap_or_default().trim_end();
    if before.ends_with(':') {
        let message = say(
            "Ở đây cần một khoảng thời gian (ví dụ: 5 ngày làm việc)",
            "A duration is needed here (such as: 5 ngày làm việc)",
        );
        return issue_found(&RULE, issue, message);
    }
    let message = say(
        "Sau “trong” cần một khoảng thời gian (ví dụ: 5 ngày làm việc)",
        "Behind “trong” stands a duration (such as: 5 ngày làm việc)",
    );
    issue_found(&RULE, issue, message).help(say(
        "Bước không giao thời gian thì viết: không tính thời hạn \"lý do\"",
        "For a step without time write: không tính thời hạn \"reason\"",
    ))
}

/// `cấp: tinhh`
fn not_in_list(project: &Project, issue: &Issue, key: Key, allowed: &[&str]) -> Diagnostic {
    let (key, value) = (key.phrase(), project.source(issue.place.file).words(issue.place.span));
    let message =
        say(format!("“{value}” không phải là giá trị của “{key}”"), format!("“{value}” is no value of “{key}”"));
    let list = allowed.join(", ");
    let found = issue_found(&RULE, issue, message);
    match words::nearest(value, allowed) {
        Some(near) => found
            .help(say(
                format!("Có phải ý là “{near}”? Chọn một trong: {list}"),
                format!("Did you mean “{near}”? One of: {list}"),
            ))
            .fix(say(format!("Sửa thành “{near}”"), format!("Change to “{near}”")), false, issue.place, near),
        None => {
            let holds = |phrase: &&str| format!(" {phrase} ").contains(&format!(" {value} "));
            let alike: Vec<String> = allowed.iter().copied().filter(holds).map(String::from).collect();
            let either = words::either(&alike);
            found.help(match alike.len() {
                1..=3 => say(format!("Có phải ý là {}?", either.vi), format!("Did you mean {}?", either.en)),
                _ => say(format!("Chọn một trong: {list}"), format!("One of: {list}")),
            })
        }
    }
}
