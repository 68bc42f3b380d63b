//! Hints, lenses, folding, selection, links.

use crate::harness::{Session, uri};
use crate::{PROVINCE, cursor};
use insta::assert_snapshot;
use serde_json::json;

#[test]
fn running_totals_beside_the_steps() {
    let mut session = Session::open(PROVINCE);
    let hints = session.whole("textDocument/inlayHint", json!({}));
    let lines = hints.as_array().unwrap().iter().map(|hint| {
        let at = &hint["position"];
        format!("{}:{} {}", at["line"], at["character"], hint["label"].as_str().unwrap())
    });
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    17:66 Σ 4 giờ làm việc · còn 4,5 ngày làm việc
    25:77 Σ 5,5 ngày làm việc · quá 4 giờ làm việc
    32:70 Σ 6,5 ngày làm việc · quá 1,5 ngày làm việc
    36:55 Σ 7 ngày làm việc · quá 2 ngày làm việc
    43:58 Σ 7 ngày làm việc · quá 2 ngày làm việc
    ");
}

#[test]
fn verdicts_above_the_procedure() {
    let mut session = Session::open(PROVINCE);
    let lenses = session.whole("textDocument/codeLens", json!({}));
    let titles = lenses.as_array().unwrap().iter().map(|lens| lens["command"]["title"].as_str().unwrap());
    assert_snapshot!(titles.collect::<Vec<_>>().join("\n"), @"
    Lâu nhất 7 ngày làm việc / thời hạn 5 ngày làm việc
    4 tại chỗ: chưa — hòa_giải: Chuyên viên 🧑 (Sở Xây dựng 👷) không làm việc này tại Trung tâm 🏢 (+2)
    ");
}

#[test]
fn blocks_and_comments_fold() {
    let mut session = Session::open(PROVINCE);
    let folds = session.whole("textDocument/foldingRange", json!({}));
    let lines = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| format!("{}-{} {}", fold["startLine"], fold["endLine"], fold["kind"].as_str().unwrap()));
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    3-50 region
    12-13 region
    16-49 region
    17-23 region
    20-22 region
    25-30 region
    27-29 region
    32-34 region
    36-41 region
    38-40 region
    43-48 region
    45-47 region
    ");
}

#[test]
fn selection_grows_from_the_word() {
    let mut session = Session::open(&cursor("do phòng_A", "chuyên_viên"));
    let position = session.at_cursor()["position"].clone();
    let found = session.ask("textDocument/selectionRange", json!({ "positions": [position] }));
    let mut lines = Vec::new();
    let mut at = &found[0];
    while at.is_object() {
        let shown = session.shown(&json!(uri("thử.tthc")), &at["range"]);
        lines.push(shown.chars().take(90).collect::<String>());
        at = &at["parent"];
    }
    assert_snapshot!(lines.join("\n"), @r#"
    thử.tthc:25:44 "chuyên_viên"
    thử.tthc:25:36 "phòng_A.chuyên_viên"
    thử.tthc:25:4 "bước hòa_giải \"Thẩm định 🔍\" do phòng_A.chuyên_viên trong 2 ngày làm việc"
    thử.tthc:25:4 "bước hòa_giải \"Thẩm định 🔍\" do phòng_A.chuyên_viên trong 2 ngày làm việc 
    thử.tthc:17:4 "bước nhận \"Tiếp nhận 📥\" do TTHCC.một_cửa trong 4 giờ làm việc {\n      lo
    thử.tthc:16:12 "{\n    bước nhận \"Tiếp nhận 📥\" do TTHCC.một_cửa trong 4 giờ làm việc {\n
    thử.tthc:16:2 "quy trình {\n    bước nhận \"Tiếp nhận 📥\" do TTHCC.một_cửa trong 4 giờ làm
    thử.tthc:4:2 "mã: \"1.000001\"\n  cơ quan thực hiện: SXD\n  thẩm quyền: SXD\n  tiếp nhận t
    thử.tthc:3:37 "{\n  mã: \"1.000001\"\n  cơ quan thực hiện: SXD\n  thẩm quyền: SXD\n  tiếp 
    thử.tthc:3:0 "thủ tục cấp_phép \"Cấp giấy phép 🏗\u{fe0f}\" {\n  mã: \"1.000001\"\n  cơ qua
    "#);
}

#[test]
fn imports_are_links() {
    let mut session = Session::open(PROVINCE);
    let links = session.whole("textDocument/documentLink", json!({}));
    assert_eq!(links[0]["target"], uri("chung/cơ_quan.tthc"));
    assert_eq!(
        session.shown(&json!(uri("thử.tthc")), &links[0]["range"]),
        "thử.tthc:0:5 \"\\\"chung/cơ_quan.tthc\\\"\""
    );
}
