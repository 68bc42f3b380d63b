//! Definition, references, highlights, rename, hover, symbols.

use crate::harness::Session;
use crate::{PROVINCE, cursor};
use insta::assert_snapshot;
use serde_json::json;

fn definition(fixture: &str) -> String {
    let mut session = Session::open(fixture);
    let found = session.ask("textDocument/definition", json!({}));
    session.places(&found)
}

#[test]
fn definitions_across_files_and_behind_emoji() {
    assert_snapshot!(definition(&cursor("do phòng_A", "chuyên_viên")), @r#"chung/cơ_quan.tthc:10:12 "chuyên_viên""#);
    assert_snapshot!(definition(&cursor("do TTHCC", "TTHCC")), @r#"chung/cơ_quan.tthc:1:8 "TTHCC""#);
    assert_snapshot!(definition(&cursor("khi loại_nhà", "nhà_ở")), @r#"thử.tthc:13:32 "nhà_ở""#);
    assert_snapshot!(definition(&cursor("khi loại_nhà", "loại_nhà")), @r#"thử.tthc:13:4 "loại_nhà""#);
    assert_snapshot!(definition(&cursor("khi ký = duyệt", "duyệt")), @r#"thử.tthc:39:8 "duyệt""#);
    assert_snapshot!(definition(&cursor("quay lại hoà_giải", "hoà_giải")), @r#"thử.tthc:25:9 "hòa_giải""#);
    assert_snapshot!(definition(&cursor("dùng", "cơ_quan")), @r#"chung/cơ_quan.tthc:0:0 """#);
    assert_snapshot!(definition(&cursor("biểu mẫu", "mẫu_01")), @"");
    assert_snapshot!(definition(&cursor("thời hạn", "5")), @"");
}

#[test]
fn references_of_a_role_in_all_files() {
    let mut session = Session::open(&cursor("do phòng_A", "chuyên_viên"));
    let with = |declaration: bool| json!({ "context": { "includeDeclaration": declaration } });
    let found = session.ask("textDocument/references", with(true));
    assert_snapshot!(session.places(&found), @r#"
    chung/cơ_quan.tthc:10:12 "chuyên_viên"
    khác.tthc:8:28 "chuyên_viên"
    thử.tthc:25:44 "chuyên_viên"
    thử.tthc:32:37 "chuyên_viên"
    "#);
    let found = session.ask("textDocument/references", with(false));
    assert_eq!(session.places(&found).lines().count(), 3);
}

/// A hundred procedures that name a role themselves and through a shared part, by turns of two agencies.
fn many_users(part: &str) -> String {
    let agencies = ["A", "B"].map(|name| format!("cơ quan {name} {{\n  cấp: tỉnh\n  vai trò làm\n}}\n")).concat();
    let mut fixture = format!("//// file: chung.tthc\n{agencies}//// file: phần.tthc\n{part}");
    for number in 0..100 {
        let agency = if number % 2 == 0 { "A" } else { "B" };
        fixture += &format!(
            "//// file: {number}.tthc\ndùng \"chung.tthc\"\ndùng \"phần.tthc\"\n\
             thủ tục t{number} {{ quy trình {{ bước 1 do {agency}.làm  chèn p({agency}) }} }}\n"
        );
    }
    fixture
}

#[test]
fn references_where_many_files_use_it() {
    let with = json!({ "context": { "includeDeclaration": true } });
    let part = "phần dùng chung p(nơi) { bước ký do nơi.làm }\n";
    let fixture = many_users(part).replacen("vai trò làm", "vai trò ‸làm", 1);
    let found = Session::open(&fixture).ask("textDocument/references", with.clone());
    // The role of A: fifty procedures, the part, the declaration.
    assert_eq!(found.as_array().unwrap().len(), 52);
    // In the part the role of both is meant, wherever it stands.
    let fixture = many_users("phần dùng chung p(nơi) { bước ký do nơi.‸làm }\n");
    let mut session = Session::open(&fixture);
    let found = session.ask("textDocument/references", with);
    let places = session.places(&found);
    let within = |file: &str| places.lines().filter(|line| line.starts_with(file)).count();
    assert_eq!((within("chung.tthc"), within("phần.tthc"), places.lines().count()), (2, 1, 103));
}

#[test]
fn renaming_where_many_files_use_it() {
    let part = "phần dùng chung p(nơi) { bước ký do nơi.làm }\n";
    let fixture = many_users(part).replacen("vai trò làm", "vai trò ‸làm", 1);
    let mut session = Session::open(&fixture);
    let mut params = session.at_cursor();
    params["newName"] = json!("soạn");
    let edit = session.request("textDocument/rename", params.clone());
    let after = session.after(&edit);
    // Every procedure names one of the two roles, both of which the part means: a hundred, the part, the declarations.
    assert_eq!((after.matches(".soạn").count(), after.matches("vai trò soạn").count()), (101, 2));
    assert!(!after.contains("làm"), "{after}");
    // What is wrong in one of many files is found there.
    let fixture = fixture.replacen("vai trò làm\n}", "vai trò làm\n  vai trò soạn\n}", 3);
    let mut session = Session::open(&fixture);
    let refused = session.respond("textDocument/rename", params);
    assert_snapshot!(refused["error"]["message"].as_str().unwrap(), @"Tên này đã có ở đó");
}

#[test]
fn references_in_a_process_that_many_files_share() {
    let agencies = ["A", "B"].map(|name| format!("cơ quan {name} {{\n  cấp: tỉnh\n  vai trò làm\n}}\n")).concat();
    let mut fixture =
        format!("//// file: chung.tthc\n{agencies}//// file: quy_trình.tthc\nquy trình q {{ bước ký do ‸làm }}\n");
    for number in 0..100 {
        let agency = if number % 2 == 0 { "A" } else { "B" };
        fixture += &format!(
            "//// file: {number}.tthc\ndùng \"chung.tthc\"\ndùng \"quy_trình.tthc\"\n\
             thủ tục t{number} {{ cơ quan thực hiện: {agency}  quy trình: q }}\n"
        );
    }
    let mut session = Session::open(&fixture);
    let found = session.ask("textDocument/references", json!({ "context": { "includeDeclaration": true } }));
    let places = session.places(&found);
    let within = |file: &str| places.lines().filter(|line| line.starts_with(file)).count();
    assert_eq!((within("chung.tthc"), within("quy_trình.tthc"), places.lines().count()), (2, 1, 3), "{places}");
}

#[test]
fn highlights_in_the_document() {
    let mut session = Session::open(&cursor("bước ký", "ký"));
    let found = session.ask("textDocument/documentHighlight", json!({}));
    let lines: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|mark| {
            format!("{} {}", mark["kind"], session.shown(&json!(crate::harness::uri("thử.tthc")), &mark["range"]))
        })
        .collect();
    assert_snapshot!(lines.join("\n"), @r#"
    2 thử.tthc:28:32 "ký"
    2 thử.tthc:34:58 "ký"
    3 thử.tthc:36:9 "ký"
    2 thử.tthc:46:12 "ký"
    "#);
}

fn changed_lines(before: &str, after: &str) -> String {
    let old: Vec<&str> = before.lines().collect();
    after.lines().filter(|line| !old.contains(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn renaming_changes_every_file_and_every_spelling() {
    let mut session = Session::open(&cursor("do phòng_A", "chuyên_viên"));
    let edit = session.ask("textDocument/rename", json!({ "newName": "cán_bộ" }));
    assert_snapshot!(changed_lines(PROVINCE, &session.after(&edit)), @r#"
        vai trò cán_bộ "Chuyên viên 🧑"
        bước 1 "Làm" do phòng_A.cán_bộ trong 1 ngày làm việc { loại: tiếp nhận, thẩm định, phê duyệt, trả kết quả }
    //// file: thử.tthc
        bước hòa_giải "Thẩm định 🔍" do phòng_A.cán_bộ trong 2 ngày làm việc {
        bước xem "Xem lại 👀" do phòng_A.cán_bộ trong 1 ngày làm việc {
    "#);
    let mut session = Session::open(&cursor("bước hòa_giải", "hòa_giải"));
    let edit = session.ask("textDocument/rename", json!({ "newName": "thẩm_định" }));
    assert_snapshot!(changed_lines(PROVINCE, &session.after(&edit)), @r#"
    //// file: thử.tthc
        bước thẩm_định "Thẩm định 🔍" do phòng_A.chuyên_viên trong 2 ngày làm việc {
          chuyển: quay lại thẩm_định tối đa 1 lần, hết lượt -> ký
            sửa -> quay lại thẩm_định, trong thời gian đã định
    "#);
}

#[test]
fn renaming_of_what_stands_in_a_shared_part_takes_all_who_use_it() {
    let fixture = r#"cơ quan A "A" { vai trò ‸ký "K" { thẩm quyền ký: có } }
cơ quan B "B" { vai trò ký "K" { thẩm quyền ký: có } }
phần dùng chung cuối(nơi) {
  bước duyệt "Ký" do nơi.ký trong 1 ngày làm việc { loại: tiếp nhận, phê duyệt, trả kết quả }
}
thủ tục a "A" { mã: "1.000001"  cơ quan thực hiện: A  quy trình { chèn cuối(A) } }
thủ tục b "B" { mã: "1.000002"  cơ quan thực hiện: B  quy trình { chèn cuối(B) } }
"#;
    let mut session = Session::open(fixture);
    let edit = session.ask("textDocument/rename", json!({ "newName": "trưởng" }));
    assert_snapshot!(changed_lines(fixture, &session.after(&edit)), @r#"
    //// file: thử.tthc
    cơ quan A "A" { vai trò trưởng "K" { thẩm quyền ký: có } }
    cơ quan B "B" { vai trò trưởng "K" { thẩm quyền ký: có } }
      bước duyệt "Ký" do nơi.trưởng trong 1 ngày làm việc { loại: tiếp nhận, phê duyệt, trả kết quả }
    "#);
}

#[test]
fn names_that_would_not_do_are_refused() {
    let mut session = Session::open(&cursor("bước xem", "xem"));
    let mut refused = |name: &str| {
        let mut params = session.at_cursor();
        params["newName"] = json!(name);
        session.respond("textDocument/rename", params)["error"]["message"].as_str().unwrap().to_string()
    };
    assert_snapshot!(refused("trong"), @"“trong” là từ khóa");
    assert_snapshot!(refused("hai từ"), @"“hai từ” không phải là tên: tên gồm chữ, số và dấu gạch dưới, bắt đầu bằng chữ");
    assert_snapshot!(refused("ký"), @"Tên này đã có ở đó");
    let mut session = Session::open(&cursor("biểu mẫu", "mẫu_01"));
    assert!(session.ask("textDocument/prepareRename", json!({})).is_null());
    // Nobody has this name; it is the order that would be wrong.
    let rows = "thủ tục a { quy trình {\n  bước 1 \"A\"\n  bước ‸2 \"B\"\n  bước 3 \"C\"\n} }\n";
    let mut session = Session::open(rows);
    let mut params = session.at_cursor();
    params["newName"] = json!("9");
    let refused = session.respond("textDocument/rename", params);
    assert_snapshot!(refused["error"]["message"].as_str().unwrap(), @"Đổi như vậy thì: Số bước “3” đứng sau bước 9");
}

fn hover(fixture: &str) -> String {
    let mut session = Session::open(fixture);
    let found = session.ask("textDocument/hover", json!({}));
    found["contents"]["value"].as_str().unwrap_or("-").to_string()
}

#[test]
fn hovers_tell_what_is_known() {
    assert_snapshot!(hover(&cursor("bước xem", "xem")), @"
    **bước xem** — Xem lại 👀

    Thực hiện: Chuyên viên 🧑

    Thời gian: 1 ngày làm việc

    Xong chậm nhất sau: 6,5 ngày làm việc

    Quá thời hạn: 1,5 ngày làm việc
    ");
    assert_snapshot!(hover(&cursor("do phòng_A", "chuyên_viên")), @"
    **vai trò chuyên_viên** — Chuyên viên 🧑

    Thuộc: Phòng A
    ");
    assert_snapshot!(hover(&cursor("thủ tục cấp_phép", "cấp_phép")), @"
    **thủ tục cấp_phép** — Cấp giấy phép 🏗️

    Mã: 1.000001

    thời hạn: 5 ngày làm việc

    Căn cứ: Luật Xây dựng, Điều 102

    Hiệu lực: từ 01/07/2025

    Cấp phép 🏗️ trong ngày.

    ---

    **T705** Tên tệp khác tên thủ tục

    Tệp “thử.tthc” chứa thủ tục “cấp_phép”

    Gợi ý: Đổi tên tệp thành “cấp_phép.tthc”
    ");
    assert_snapshot!(hover(&cursor("biểu mẫu", "mẫu_01")), @"
    **biểu mẫu mẫu_01** — Giấy tiếp nhận hồ sơ và hẹn trả kết quả

    Hiệu lực: từ 01/07/2025
    ");
    assert_snapshot!(hover(&cursor("thời hạn: 5", "5")), @"
    **T301** Các bước cộng lại quá thời hạn

    Lâu nhất mất 7 ngày làm việc, quá thời hạn 5 ngày làm việc là 2 ngày làm việc (hồ sơ có loại_nhà = cấp_I)

    Gợi ý: Tính: nhận (4 giờ làm việc) + hòa_giải (2 ngày làm việc) + xem (1 ngày làm việc) + hòa_giải (2 ngày làm việc) + xem (1 ngày làm việc) + ký (0,5 ngày làm việc)
    ");
    assert_snapshot!(hover(&cursor("mã", ":")), @"-");
}

#[test]
fn hovers_say_what_a_word_of_the_language_means() {
    for (line, word) in [
        ("mã: \"1.000001", "mã"),
        ("vai trò chuyên_viên", "vai trò"),
        ("thời hạn: 5", "thời hạn"),
        ("loại: thẩm định", "loại"),
        ("loại: thẩm định", "thẩm định"),
        ("kết thúc trả hồ sơ", "kết thúc"),
        ("kết thúc trả hồ sơ", "trả hồ sơ"),
        ("tối đa 1 lần", "tối đa"),
        ("trong thời gian đã định", "trong thời gian đã định"),
        ("không tính thời hạn", "không tính thời hạn"),
        ("rẽ nhánh", "rẽ nhánh"),
        ("2 ngày làm việc {", "ngày làm việc"),
        ("một cửa: có", "một cửa"),
    ] {
        insta::assert_snapshot!(format!("hover-{word}"), hover(&cursor(line, word)));
    }
}

#[test]
fn the_outline_and_the_names_of_the_workspace() {
    let mut session = Session::open(PROVINCE);
    let found = session.whole("textDocument/documentSymbol", json!({}));
    let mut lines = String::new();
    outline(&found, 0, &mut lines);
    assert_snapshot!(lines, @"
    cấp_phép | Cấp giấy phép 🏗️
      loại_nhà | Loại 🏠
        cấp_I | 
        nhà_ở | 
      nhận | Tiếp nhận 📥
        đủ | Đủ 👍
        chưa_đủ | 
      hòa_giải | Thẩm định 🔍
      xem | Xem lại 👀
      ký | Ký ✍️
        duyệt | 
        sửa | 
      trả | Trả 📤
    ");
    let mut named = |query: &str| {
        let found = session.request("workspace/symbol", json!({ "query": query }));
        let lines = found.as_array().unwrap().iter().map(|one| {
            let place = session.shown(&one["location"]["uri"], &one["location"]["range"]);
            format!("{place} | {}", one["containerName"].as_str().unwrap_or_default())
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(named("so xay"), @r#"chung/cơ_quan.tthc:6:8 "SXD" | Sở Xây dựng 👷"#);
    // What stands inside is found from two letters on, and behind what stands at the top.
    assert_snapshot!(named("k"), @r#"khác.tthc:1:8 "khác" | Việc khác"#);
    assert_snapshot!(named("ky"), @r#"thử.tthc:36:9 "ký" | cấp_phép"#);
    assert_snapshot!(named("chuyen vien"), @r#"chung/cơ_quan.tthc:10:12 "chuyên_viên" | SXD"#);
    assert_snapshot!(named("loai"), @r#"thử.tthc:13:4 "loại_nhà" | cấp_phép"#);
}

fn outline(symbols: &serde_json::Value, depth: usize, out: &mut String) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let label = symbol["detail"].as_str().unwrap_or_default();
        out.push_str(&format!("{}{} | {label}\n", "  ".repeat(depth), symbol["name"].as_str().unwrap()));
        outline(&symbol["children"], depth + 1, out);
    }
}
