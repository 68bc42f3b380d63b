//! Other ways to write the same, offered where they can be applied, in both encodings.

use crate::PROVINCE;
use crate::harness::Session;
use insta::assert_snapshot;
use serde_json::{Value, json};

/// What is offered where these words are selected; with none a cursor before the first.
fn offered(session: &mut Session, from: &str, to: &str) -> Vec<Value> {
    let text = session.texts["thử.tthc"].clone();
    let start = text.find(from).unwrap();
    let end = if to.is_empty() { start } else { start + text[start..].find(to).unwrap() + to.len() };
    let range = json!({ "start": session.position(&text, start), "end": session.position(&text, end) });
    let context = json!({ "diagnostics": [], "only": ["refactor"] });
    let found = session.whole("textDocument/codeAction", json!({ "range": range, "context": context }));
    found.as_array().unwrap().clone()
}

fn titles(found: &[Value]) -> String {
    let titles =
        found.iter().map(|one| format!("{} {}", one["kind"].as_str().unwrap(), one["title"].as_str().unwrap()));
    titles.collect::<Vec<_>>().join("\n")
}

/// The lines that an action brings.
fn fresh(session: &Session, action: &Value) -> String {
    let after = session.after(&action["edit"]);
    after.lines().filter(|line| !PROVINCE.contains(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn steps_are_extracted_and_numbered() {
    for encodings in [&["utf-16"][..], &["utf-16", "utf-8"]] {
        let mut session = Session::with(PROVINCE, encodings);
        let found = offered(&mut session, "bước nhận", "hồ sơ\n      }\n    }");
        insta::allow_duplicates! {
        assert_snapshot!(titles(&found), @"
        refactor.extract Tách các bước thành phần dùng chung
        refactor.rewrite Đánh số các bước từ 1 đến 5
        ");
        assert_snapshot!(fresh(&session, &found[0]), @r#"
        //// file: thử.tthc
            chèn phần_nhận(TTHCC, 4 giờ làm việc)
        phần dùng chung phần_nhận(cơ_quan, hạn) {
          bước nhận "Tiếp nhận 📥" do cơ_quan.một_cửa trong hạn {
        "#);
        assert_snapshot!(fresh(&session, &found[1]), @r#"
        //// file: thử.tthc
            bước 1 "Tiếp nhận 📥" do TTHCC.một_cửa trong 4 giờ làm việc {
            bước 2 "Thẩm định 🔍" do phòng_A.chuyên_viên trong 2 ngày làm việc {
                khi loại_nhà = nhà_ở -> bước 4
            bước 3 "Xem lại 👀" do phòng_A.chuyên_viên trong 1 ngày làm việc {
              chuyển: quay lại bước 2 tối đa 1 lần, hết lượt -> bước 4
            bước 4 "Ký ✍️" do giám_đốc trong 0,5 ngày làm việc {
                sửa -> quay lại bước 2, trong thời gian đã định
            bước 5 "Trả 📤" do TTHCC.một_cửa không tính thời hạn {
                khi bước 4 = duyệt -> kết thúc trả kết quả
        "#);
        }
    }
}

#[test]
fn a_step_that_fits_is_folded() {
    let mut session =
        Session::open(&PROVINCE.replace("      chuyển: quay lại hoà_giải tối đa 1 lần, hết lượt -> ký\n", ""));
    let found = offered(&mut session, "bước xem", "");
    assert_snapshot!(titles(&found), @"
    refactor.rewrite Đánh số các bước từ 1 đến 5
    refactor.rewrite Viết bước trên một dòng
    ");
    assert_snapshot!(fresh(&session, &found[1]), @r#"
    //// file: thử.tthc
        bước xem "Xem lại 👀" do phòng_A.chuyên_viên trong 1 ngày làm việc { loại: thẩm định }
    "#);
}

#[test]
fn a_part_of_another_file_is_written_out() {
    let text = PROVINCE.replace(
        "    bước xem \"Xem lại 👀\" do phòng_A.chuyên_viên trong 1 ngày làm việc {",
        "    chèn rà_soát(phòng_A, 1 ngày làm việc) đặt tên lần_1\n    bước xem \"Xem lại 👀\" do phòng_A.chuyên_viên trong 1 ngày làm việc {",
    );
    let part = "phần dùng chung rà_soát(nơi, hạn) {
  bước rà \"Rà soát 👓\" do nơi.chuyên_viên trong hạn { loại: xem xét }
}
";
    let agencies = "//// file: chung/cơ_quan.tthc\n";
    let mut session = Session::open(&text.replace(agencies, &format!("{agencies}{part}")));
    let found = offered(&mut session, "chèn", "");
    assert_snapshot!(titles(&found), @"
    refactor.inline Chép nội dung của “rà_soát” vào đây
    refactor.rewrite Đánh số các bước từ 1 đến 6
    ");
    assert_snapshot!(fresh(&session, &found[0]), @r#"
    //// file: thử.tthc
        bước rà "Rà soát 👓" do phòng_A.chuyên_viên trong 1 ngày làm việc { loại: xem xét }
    "#);
}

#[test]
fn nothing_is_offered_in_a_broken_text() {
    let mut session = Session::open(&PROVINCE.replace("thời hạn: 5 ngày làm việc", "thời hạn: 5 ngay lam"));
    assert_eq!(offered(&mut session, "bước xem", "1 lần"), Vec::<Value>::new());
}
