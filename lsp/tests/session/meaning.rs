//! Semantic tokens, call hierarchy, the diagram.

use crate::harness::{Session, uri};
use crate::{PROVINCE, cursor};
use insta::assert_snapshot;
use serde_json::{Value, json};

/// The tokens of the lines that begin with these words.
fn tokens(session: &mut Session, start: &str) -> String {
    let found = session.whole("textDocument/semanticTokens/full", json!({}));
    let names = [
        "từ",
        "số",
        "chuỗi",
        "chú thích",
        "dấu",
        "cơ quan",
        "vai trò",
        "thủ tục",
        "phần",
        "bước",
        "trường",
        "giá trị",
        "tham số",
        "khác",
    ];
    let numbers: Vec<u64> = found["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    let text = session.texts["thử.tthc"].clone();
    let wanted = text.lines().position(|line| line.trim_start().starts_with(start)).unwrap() as u64;
    let (mut line, mut column, mut out) = (0, 0, String::new());
    for token in numbers.chunks(5) {
        (line, column) = if token[0] == 0 { (line, column + token[1]) } else { (line + token[0], token[1]) };
        if line == wanted {
            let range = json!({ "start": { "line": line, "character": column }, "end": { "line": line, "character": column + token[2] } });
            let shown = session.shown(&json!(uri("thử.tthc")), &range);
            let words = shown.split_once(' ').unwrap().1;
            out.push_str(&format!(
                "{words} {}{}\n",
                names[token[3] as usize],
                if token[4] == 1 { " khai báo" } else { "" }
            ));
        }
    }
    out
}

#[test]
fn names_are_coloured_by_what_they_mean() {
    let mut session = Session::open(PROVINCE);
    assert_snapshot!(tokens(&mut session, "bước hòa_giải"), @r#"
    "bước" từ
    "hòa_giải" bước khai báo
    "\"Thẩm định 🔍\"" chuỗi
    "do" từ
    "phòng_A" cơ quan
    "chuyên_viên" vai trò
    "trong" từ
    "2" số
    "ngày làm việc" từ
    "#);
    assert_snapshot!(tokens(&mut session, "khi loại_nhà"), @r#"
    "khi" từ
    "loại_nhà" trường
    "=" dấu
    "nhà_ở" giá trị
    "->" dấu
    "ký" bước
    "#);
    assert_snapshot!(tokens(&mut session, "/// Cấp"), @r#""/// Cấp phép 🏗\u{fe0f} trong ngày." chú thích"#);
    let mut broken = Session::open(&PROVINCE.replace("bước xem", "bước \"\" {{ xem"));
    assert_snapshot!(tokens(&mut broken, "bước nhận"), @r#"
    "bước" từ
    "nhận" bước khai báo
    "\"Tiếp nhận 📥\"" chuỗi
    "do" từ
    "TTHCC" cơ quan
    "một_cửa" vai trò
    "trong" từ
    "4" số
    "giờ làm việc" từ
    "#);
}

#[test]
fn what_leads_to_a_step_and_where_it_leads() {
    let mut session = Session::open(&cursor("bước ký", "ký"));
    let items = session.ask("textDocument/prepareCallHierarchy", json!({}));
    let mut calls = |method: &str, side: &str| {
        let found = session.request(method, json!({ "item": items[0] }));
        let one = |call: &Value| {
            let lines = call["fromRanges"].as_array().unwrap().iter();
            let shown =
                lines.map(|range| session.shown(&call[side]["uri"], range).chars().take(60).collect::<String>());
            format!("{}: {}", call[side]["name"].as_str().unwrap(), shown.collect::<Vec<_>>().join(", "))
        };
        found.as_array().unwrap().iter().map(one).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(calls("callHierarchy/incomingCalls", "from"), @r#"
    hòa_giải: thử.tthc:28:8 "khi loại_nhà = nhà_ở -> ký"
    xem: thử.tthc:34:14 "quay lại hoà_giải tối đa 1 lần, hết lượt ->
    "#);
    assert_snapshot!(calls("callHierarchy/outgoingCalls", "to"), @r#"
    hòa_giải: thử.tthc:40:8 "sửa -> quay lại hòa_giải, trong thời gian đã 
    trả: thử.tthc:39:8 "duyệt -> tiếp"
    "#);
}

#[test]
fn the_process_is_drawn() {
    let mut session = Session::open(&cursor("bước ký", "ký"));
    let params = session.at_cursor();
    let found = session.request("tthc/diagram", params);
    let svg = found["svg"].as_str().unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("Thẩm định 🔍"), "{svg}");
    let steps = found["steps"].as_array().unwrap().iter();
    let shown: Vec<String> = steps.map(|step| session.shown(&step["uri"], &step["range"])).collect();
    assert_snapshot!(shown.join("\n"), @r#"
    thử.tthc:43:9 "trả"
    thử.tthc:36:9 "ký"
    thử.tthc:32:9 "xem"
    thử.tthc:25:9 "hòa_giải"
    thử.tthc:17:9 "nhận"
    "#);
    for number in 0..shown.len() {
        assert!(svg.contains(&format!("<g data-step=\"{number}\">")), "{svg}");
    }
    assert!(!svg.contains("#d81b60"), "no finding stands at the cursor");
}

#[test]
fn the_way_of_the_finding_at_the_cursor_is_drawn() {
    let mut session = Session::open(&cursor("thời hạn: 5", "5"));
    let params = session.at_cursor();
    let found = session.request("tthc/diagram", params);
    let svg = found["svg"].as_str().unwrap();
    let way: Vec<&str> = svg.lines().filter(|line| line.contains("#d81b60")).collect();
    // Six steps and those that are passed twice, with the lines between them.
    assert!(way.len() > 6, "{way:?}");
}
