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

/// A process whose steps take working days, calendar days and a month.
const MIXED: &str = r#"cơ quan SXD "Sở 🏛️" { cấp: tỉnh  một cửa: có  vai trò một_cửa  vai trò giám_đốc { thẩm quyền ký: có } }
thủ tục thử "Thử 🧪" {
  cơ quan thực hiện: SXD
  thẩm quyền: SXD
  tiếp nhận tại: SXD
  hiệu lực: từ 01/01/2026
  thời hạn: 60 ngày
  quy trình {
    bước 1 "Nhận 📥" do một_cửa trong 4 giờ làm việc { loại: tiếp nhận }
    bước 2 "Đăng báo 📰" do một_cửa trong 10 ngày { loại: thông báo }
    bước 3 "Xét" do một_cửa trong 2 ngày làm việc { loại: thẩm định }
    bước 4 "Niêm yết" do một_cửa trong 1 tháng { loại: thông báo }
    bước 5 "Ký ✍️" do giám_đốc trong 1 ngày làm việc { loại: phê duyệt }
    bước 6 "Trả" do một_cửa không tính thời hạn { loại: trả kết quả }
  }
}
"#;

#[test]
fn running_totals_where_time_runs_on_two_clocks() {
    let mut session = Session::open(MIXED);
    let hints = session.whole("textDocument/inlayHint", json!({}));
    let labels = hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap());
    assert_snapshot!(labels.collect::<Vec<_>>().join("\n"), @"
    ≤ 4 giờ làm việc
    ≤ 4 giờ làm việc + 10 ngày
    ≤ 2,5 ngày làm việc + 10 ngày
    ≤ 2,5 ngày làm việc + 10 ngày + 1 tháng
    ≤ 3,5 ngày làm việc + 10 ngày + 1 tháng
    ≤ 3,5 ngày làm việc + 10 ngày + 1 tháng
    ");
    let mut session = Session::open(&MIXED.replace("bước 5", "bước ‸5"));
    let found = session.ask("textDocument/hover", json!({}));
    assert_snapshot!(found["contents"]["value"].as_str().unwrap(), @"
    **bước 5** — Ký ✍️

    Thực hiện: giám đốc

    Thời gian: 1 ngày làm việc

    Xong sau: không quá 3,5 ngày làm việc + 10 ngày + 1 tháng
    ");
    for (limit, verdict) in [("60 ngày", "kịp"), ("45 ngày", "quá"), ("1 ngày làm việc + 30 ngày", "quá")] {
        let mut session = Session::open(&MIXED.replace("60 ngày", limit));
        let lenses = session.whole("textDocument/codeLens", json!({}));
        let title = lenses[0]["command"]["title"].as_str().unwrap();
        assert!(title.contains(verdict), "{limit}: {title}");
    }
    let mut session = Session::open(&MIXED.replace("  thời hạn: 60 ngày\n", ""));
    let lenses = session.whole("textDocument/codeLens", json!({}));
    assert_snapshot!(lenses[0]["command"]["title"].as_str().unwrap(), @"Thời gian tính theo lịch, chưa có thời hạn");
}

#[test]
fn a_verdict_is_clicked_for_its_reasons() {
    let mut session = Session::open(PROVINCE);
    let lenses = session.whole("textDocument/codeLens", json!({}));
    let mut told = Vec::new();
    for lens in lenses.as_array().unwrap() {
        let command = &lens["command"];
        let params = json!({ "command": command["command"], "arguments": command["arguments"] });
        session.request("workspace/executeCommand", params);
        told.push(session.told());
    }
    assert_snapshot!(told.join("\n---\n"), @"
    Lâu nhất 7 ngày làm việc / thời hạn 5 ngày làm việc
    loại_nhà = cấp_I: 7 ngày làm việc = nhận → hòa_giải → xem → hòa_giải → xem → ký → trả
    loại_nhà = nhà_ở: 3 ngày làm việc = nhận → hòa_giải → ký → trả
    ---
    4 tại chỗ: chưa — hòa_giải: Chuyên viên 🧑 (Sở Xây dựng 👷) không làm việc này tại Trung tâm 🏢 (+2)
    hòa_giải: Chuyên viên 🧑 (Sở Xây dựng 👷) không làm việc này tại Trung tâm 🏢. Cử “SXD.phòng_A.chuyên_viên” đến “TTHCC” và ghi “tại TTHCC”, hoặc để người tại Trung tâm 🏢 làm
    xem: Chuyên viên 🧑 (Sở Xây dựng 👷) không làm việc này tại Trung tâm 🏢. Cử “SXD.phòng_A.chuyên_viên” đến “TTHCC” và ghi “tại TTHCC”, hoặc để người tại Trung tâm 🏢 làm
    ký: Giám đốc Sở (Sở Xây dựng 👷) không làm việc này tại Trung tâm 🏢. Cử “SXD.giám_đốc” đến “TTHCC” và ghi “tại TTHCC”, hoặc để người tại Trung tâm 🏢 làm
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
