//! The law of the day on runs that the rules' pages do not show: parallel branches, days that are asked for.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_grammar::tree::{Date, Span};

fn check(text: &str, date: Option<(i16, i8, i8)>) -> Vec<Diagnostic> {
    let date = date.map(|(year, month, day)| Date { year, month, day, span: Span::default() });
    let settings = Settings { date, ..Settings::default() };
    Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], settings).check()
}

fn of<'f>(found: &'f [Diagnostic], code: &str) -> Vec<&'f Diagnostic> {
    found.iter().filter(|found| found.code == code).collect()
}

/// A process in force in 2020, with these steps between reception and return.
fn process(steps: &str) -> String {
    format!(
        "cơ quan TT \"Trung tâm\" {{ cấp: tỉnh  một cửa: có  thẩm quyền ký: có  vai trò v \"Công chức\" }}
thủ tục t \"Thủ tục\" {{
  cơ quan thực hiện: TT  thẩm quyền: TT  tiếp nhận tại: TT  hiệu lực: từ 01/03/2020 đến 31/12/2020
  quy trình {{
    bước nhận do v trong 1 ngày làm việc {{ loại: tiếp nhận }}
{steps}
    bước trả do v không tính thời hạn {{ loại: trả kết quả }}
  }}
}}
"
    )
}

fn asking(name: &str) -> String {
    format!(
        "bước {name} do v trong 1 ngày làm việc {{ loại: thẩm định  hướng xử lý {{ đủ -> tiếp  thiếu -> chờ bổ sung tối đa 9 ngày rồi tiếp }} }}"
    )
}

fn parallel(join: &str, first: &str, second: &str) -> String {
    process(&format!("song song s {join} {{ nhánh x {{ {first} }} nhánh y {{ {second} }} }}"))
}

#[test]
fn branches_that_each_ask_ask_twice() {
    let quiet = "bước b do v trong 1 ngày làm việc { loại: thẩm định }";
    let found = check(&parallel("chờ tất cả", &asking("a"), &asking("b")), None);
    assert_eq!(of(&found, "T601").len(), 1, "{found:#?}");
    let found = check(&parallel("chờ tất cả", &asking("a"), quiet), None);
    assert!(of(&found, "T601").is_empty(), "{found:#?}");
    let found = check(&parallel("chờ ít nhất 1 nhánh", &asking("a"), &asking("b")), None);
    assert_eq!(of(&found, "T601").len(), 1, "one that is withdrawn has asked too: {found:#?}");
}

#[test]
fn ways_that_exclude_each_other_ask_once() {
    let two = format!(
        "bước chọn do v trong 1 ngày làm việc {{ loại: thẩm định  hướng xử lý {{ trái -> a  phải -> b }} }}
    {}
    bước qua do v trong 1 ngày làm việc {{ loại: xem xét  chuyển: trả }}
    {}",
        asking("a").replace("rồi tiếp", "rồi qua").replace("đủ -> tiếp", "đủ -> qua"),
        asking("b")
    );
    let found = check(&process(&two), None);
    assert!(of(&found, "T601").is_empty(), "{found:#?}");
    let found = check(&process(&format!("{}\n{}", asking("a"), asking("b"))), None);
    let [twice] = of(&found, "T601")[..] else { panic!("{found:#?}") };
    assert_eq!(twice.witness, ["nhận", "a", "b"]);
    assert_eq!(twice.labels.len(), 1, "the first time is shown too");
}

#[test]
fn the_day_decides_how_sure_the_law_is() {
    use tthc_compiler::diagnostic::Severity;
    let text = process(&format!("{}\n{}", asking("a"), asking("b")));
    assert_eq!(of(&check(&text, None), "T601")[0].severity, Severity::Error);
    assert_eq!(of(&check(&text, Some((2025, 7, 1))), "T601")[0].severity, Severity::Warning);
    // Not yet in force on that day: judged by its own days.
    assert_eq!(of(&check(&text, Some((2019, 1, 1))), "T601")[0].severity, Severity::Error);
}

#[test]
fn statuses_of_parallel_branches_are_seen_behind_their_join() {
    let with = |name: &str, status: u8| {
        format!("bước {name} do v trong 1 ngày làm việc {{ loại: thẩm định  điện tử {{ trạng thái: {status} }} }}")
    };
    let found = check(&parallel("chờ tất cả", &with("a", 4), &with("b", 4)), None);
    assert!(of(&found, "T501").is_empty(), "{found:#?}");
    let found = check(&parallel("chờ tất cả", &with("a", 4), &with("b", 3)), None);
    let [wrong, ..] = of(&found, "T501")[..] else { panic!("{found:#?}") };
    assert!(wrong.message.en.contains("không được tiếp nhận"), "{}", wrong.message.en);
}
