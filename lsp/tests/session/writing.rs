//! Fixes and formatting.

use crate::harness::{Session, uri};
use crate::{PROVINCE, cursor};
use insta::assert_snapshot;
use serde_json::{Value, json};

fn actions(session: &mut Session, fixture_word: &str, only: Value) -> Vec<Value> {
    let text = session.texts["thử.tthc"].clone();
    let at = session.position(&text, text.find(fixture_word).unwrap());
    let range = json!({ "start": at, "end": at });
    let found = session
        .whole("textDocument/codeAction", json!({ "range": range, "context": { "diagnostics": [], "only": only } }));
    found.as_array().unwrap().clone()
}

#[test]
fn fixes_of_findings_and_all_at_once() {
    let broken = PROVINCE
        .replace("hiệu lực: từ 01/07/2025\n  căn", "hiệu lực: 01/07/2025\n  căn")
        .replace("0,5 ngày", "0.5 ngày");
    let mut session = Session::open(&broken);
    let fixes = actions(&mut session, "0.5 ngày", json!(["quickfix"]));
    assert_snapshot!(fixes[0]["title"].as_str().unwrap(), @"Viết là “0,5”");
    let after = session.after(&fixes[0]["edit"]);
    assert!(after.contains("trong 0,5 ngày làm việc {\n      loại: phê duyệt"), "{after}");
    let all = actions(&mut session, "thủ tục", json!(["source.fixAll"]));
    let after = session.after(&all[0]["edit"]);
    assert!(after.contains("hiệu lực: từ 01/07/2025\n  căn") && after.contains("0,5 ngày"), "{after}");
    // The second spelling of a name is a safe fix too.
    assert!(!after.contains("hoà_giải"), "{after}");
}

#[test]
fn formatting_changes_only_the_lines_that_need_it() {
    let untidy = PROVINCE.replace("    bước xem", "  buoc   xem").replace("loại: phê duyệt", "loại:phê duyệt");
    let mut session = Session::open(&untidy);
    let edits = session.whole("textDocument/formatting", json!({}));
    let text = session.texts["thử.tthc"].clone();
    assert_snapshot!(edits.as_array().unwrap().iter().map(|edit| edit["newText"].as_str().unwrap()).collect::<String>(), @r#"
        đủ "Đủ 👍" -> tiếp
        chưa_đủ    -> kết thúc trả hồ sơ
        còn lại              -> tiếp
    bước xem "Xem lại 👀" do phòng_A.chuyên_viên trong 1 ngày làm việc {
      loại: phê duyệt
        sửa   -> quay lại hòa_giải, trong thời gian đã định
        còn lại        -> kết thúc trả kết quả
    "#);
    let formatted = session.applied(&text, &edits);
    assert!(formatted.contains("    bước xem \"Xem lại 👀\""), "{formatted}");
    let last = session.position(&text, text.find("loại:phê").unwrap());
    let some = session.whole("textDocument/rangeFormatting", json!({ "range": { "start": last, "end": last } }));
    assert_eq!(some.as_array().unwrap().len(), 1, "{some}");
    assert!(session.applied(&text, &some).contains("buoc   xem"));
}

#[test]
fn a_line_is_laid_out_when_it_is_ended() {
    let untidy = PROVINCE.replace("      loại: phê duyệt\n", "loại:phê duyệt\n");
    let fixture = untidy.replacen("loại:phê duyệt\n", "loại:phê duyệt\n‸", 1);
    let mut session = Session::open(&fixture);
    let edits = session
        .ask("textDocument/onTypeFormatting", json!({ "ch": "\n", "options": { "tabSize": 2, "insertSpaces": true } }));
    let text = session.texts["thử.tthc"].clone();
    assert!(session.applied(&text, &edits).contains("\n      loại: phê duyệt\n"), "{edits}");
}

#[test]
fn a_broken_text_is_not_formatted() {
    let mut session = Session::open(&cursor("quy trình {", "{").replace("‸{", "‸"));
    assert!(session.whole("textDocument/formatting", json!({})).is_null());
    assert_eq!(session.at_cursor()["textDocument"]["uri"], uri("thử.tthc"));
}
