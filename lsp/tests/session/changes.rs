//! Changes in order, answers of the right state, messages that make no sense.

use crate::harness::{Session, uri};
use crate::{PROVINCE, cursor};
use serde_json::{Value, json};
use std::sync::Arc;
use tthc_compiler::project::{ParsedFile, Project, Settings};

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn a_burst_of_edits_is_applied_in_order() {
    for encodings in [&["utf-16"][..], &["utf-16", "utf-8"]] {
        let mut session = Session::with(PROVINCE, encodings);
        let start = session.texts["thử.tthc"].find("Ký ✍️").unwrap() + "Ký ✍️".len();
        let mut version = 1;
        let mut at = start;
        for letter in "đã ký ✅ và đóng dấu 👩‍💻 rồi".chars().cycle().take(300) {
            version += 1;
            session.edit("thử.tthc", version, at..at, &letter.to_string());
            at += letter.len_utf8();
        }
        session.edit("thử.tthc", version + 1, start..at, "");
        let symbols = session.whole("textDocument/documentSymbol", json!({}));
        assert!(symbols.to_string().contains("\"Ký ✍️\""), "{symbols}");
        assert_eq!(session.texts["thử.tthc"], crate::harness::files(PROVINCE)[0].1);
    }
}

#[test]
fn an_answer_is_of_the_text_at_the_time_of_the_question_or_refused() {
    let mut session = Session::open(&cursor("bước xem", "xem"));
    let before = session.at_cursor();
    let mut asked = Vec::new();
    for version in 2..40 {
        asked.push(session.begin("textDocument/hover", before.clone()));
        session.edit("thử.tthc", version, 0..0, "\n");
    }
    let mut after = before.clone();
    after["position"]["line"] = json!(before["position"]["line"].as_i64().unwrap() + 38);
    asked.push(session.begin("textDocument/hover", after));
    for id in &asked {
        let response = session.response(*id);
        match response["error"]["code"].as_i64() {
            Some(code) => assert_eq!(code, -32801, "{response}"),
            None if *id == asked[0] || Some(id) == asked.last() => {
                assert!(response["result"].to_string().contains("Xem lại"), "{response}");
            }
            None => {}
        }
    }
}

#[test]
fn a_request_can_be_taken_back() {
    let mut session = Session::open(&cursor("bước xem", "xem"));
    let mut params = session.at_cursor();
    params["context"] = json!({ "includeDeclaration": true });
    let id = session.begin("textDocument/references", params);
    session.notify("$/cancelRequest", json!({ "id": id }));
    let response = session.response(id);
    assert!(response["error"]["code"] == -32800 || response.get("result").is_some(), "{response}");
    assert!(session.whole("textDocument/documentSymbol", json!({})).is_array());
}

#[test]
fn messages_that_make_no_sense_do_no_harm() {
    let mut session = Session::open(PROVINCE);
    let document = json!({ "uri": uri("thử.tthc"), "version": 7 });
    let range = |line: u32, from: u32, to: u32| json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } });
    // Behind the end, backwards, in the middle of a character, of a file that is not open, of no file at all.
    for change in [range(9_999, 0, 5), range(3, 99_999, 4_000_000_000), range(3, 30, 2), range(3, 31, 31)] {
        let changes = json!([{ "range": change, "text": "" }]);
        session.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }
    let unknown = json!({ "uri": uri("không_có.tthc"), "version": 1 });
    session.notify("textDocument/didChange", json!({ "textDocument": unknown, "contentChanges": [{ "text": "" }] }));
    session.notify("textDocument/didClose", json!({ "textDocument": unknown }));
    session.notify("textDocument/didChange", json!({ "lạc": "đề" }));
    session.notify("không/có", json!([1, 2, 3]));
    session.send_raw("Content-Length: 9\r\n\r\n{\"a\": tru".as_bytes());
    session.send_raw("Content-Length: 2\r\nContent-Type: x\r\n\r\n{}".as_bytes());
    session.send_raw("\r\nkhông phải là đầu đề\r\nContent-Length: 1\r\n\r\n[".as_bytes());
    let oversized = (64 << 20) + 1;
    session.send_raw(format!("Content-Length: {oversized}\r\n\r\n").as_bytes());
    session.send_raw(&vec![b' '; oversized]);
    let asked = session
        .respond("textDocument/hover", json!({ "textDocument": unknown, "position": { "line": 1, "character": 1 } }));
    assert!(asked["result"].is_null(), "{asked}");
    let asked = session.respond("textDocument/hover", json!({ "nothing": 1 }));
    assert_eq!(asked["error"]["code"], -32602, "{asked}");
    let long = "cơ quan A 👩 ".repeat(40_000);
    session.did_open("dài.tthc", &long);
    session.published("dài.tthc", Some(1));
    let whole = json!([{ "text": PROVINCE }]);
    let newer = json!({ "uri": uri("thử.tthc"), "version": 8 });
    session.notify("textDocument/didChange", json!({ "textDocument": newer, "contentChanges": whole }));
    session.published("thử.tthc", Some(8));
    assert!(session.whole("textDocument/documentSymbol", json!({})).is_array());
}

#[test]
fn what_comes_out_of_order_does_no_harm() {
    let mut session = Session::open(PROVINCE);
    let file = |version: i64| json!({ "uri": uri("thử.tthc"), "version": version });
    let whole =
        |version: i64, text: &str| json!({ "textDocument": file(version), "contentChanges": [{ "text": text }] });
    // An older version after a newer one: what comes last is what stands there.
    session.notify("textDocument/didChange", whole(9, "thủ tục"));
    session.notify("textDocument/didChange", whole(4, PROVINCE));
    session.published("thử.tthc", Some(4));
    // Opened again, closed twice, changed and asked about when closed, an answer to nothing that was asked.
    session.did_open("thử.tthc", PROVINCE);
    session.published("thử.tthc", Some(1));
    for _ in 0..2 {
        session.notify("textDocument/didClose", json!({ "textDocument": file(1) }));
    }
    session.notify("textDocument/didChange", whole(5, "thủ tục"));
    let asked = json!({ "textDocument": file(5), "position": { "line": 0, "character": 0 } });
    assert!(session.request("textDocument/hover", asked).is_null());
    let answer = r#"{"jsonrpc":"2.0","id":77,"result":{}}"#;
    session.send_raw(format!("Content-Length: {}\r\n\r\n{answer}", answer.len()).as_bytes());
    session.did_open("thử.tthc", PROVINCE);
    assert!(session.whole("textDocument/documentSymbol", json!({})).to_string().contains("Ký ✍️"));
}

#[test]
fn the_server_ends_with_its_client() {
    let mut session = Session::open(PROVINCE);
    session.begin("textDocument/hover", json!({ "textDocument": { "uri": uri("thử.tthc") }, "position": {} }));
    session.send_raw("Content-Length: 4096\r\n\r\n{\"jsonrpc\"".as_bytes());
    assert!(session.dies());
}

#[test]
fn an_open_file_wins_over_the_disk_and_users_are_judged_again() {
    let mut session = Session::open(PROVINCE);
    assert!(!codes(&session.published("thử.tthc", Some(1))).contains(&"T101"));
    let agencies = session.texts["chung/cơ_quan.tthc"].clone();
    session.did_open("chung/cơ_quan.tthc", &agencies.replace("giám_đốc", "giám_đốc_sở"));
    assert!(codes(&session.published("thử.tthc", Some(1))).contains(&"T101"));
    session.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri("chung/cơ_quan.tthc") } }));
    assert!(!codes(&session.published("thử.tthc", Some(1))).contains(&"T101"));
}

#[test]
fn what_changes_on_the_disk_is_noticed() {
    let mut session = Session::open(PROVINCE);
    assert!(!codes(&session.published("thử.tthc", Some(1))).contains(&"T101"));
    let agencies = session.texts["chung/cơ_quan.tthc"].replace("giám_đốc", "giám_đốc_sở");
    session.write("chung/cơ_quan.tthc", &agencies);
    let changes = json!({ "changes": [{ "uri": uri("chung/cơ_quan.tthc"), "type": 2 }] });
    session.notify("workspace/didChangeWatchedFiles", changes);
    assert!(codes(&session.published("thử.tthc", Some(1))).contains(&"T101"));
}

/// What a fresh look at all files finds in one of them.
fn found_together(session: &Session, path: &str) -> Vec<String> {
    let files = session.texts.iter().map(|(path, text)| Arc::new(ParsedFile::new(path.clone(), text.as_bytes())));
    let project = Project::new(files.collect(), Settings::default());
    let (file, text) = (project.find(path).unwrap(), &session.texts[path]);
    let here = project.check().into_iter().filter(|found| found.place.file == file);
    here.map(|found| {
        let span = found.place.span;
        let range = json!({ "start": session.position(text, span.start as usize), "end": session.position(text, span.end as usize) });
        format!("{} {}", found.code, session.shown(&json!(uri(path)), &range))
    })
    .collect()
}

fn told(session: &Session, path: &str, found: &[Value]) -> Vec<String> {
    let code = |found: &Value| found["code"].as_str().unwrap().to_string();
    found.iter().map(|found| format!("{} {}", code(found), session.shown(&json!(uri(path)), &found["range"]))).collect()
}

#[test]
fn what_many_files_rest_on_is_judged_by_all_of_them() {
    let agencies = "cơ quan A {\n  cấp: tỉnh\n  vai trò dùng\n  vai trò thừa\n}\n";
    let mut fixture = format!("//// file: chung.tthc\n‸{agencies}");
    for number in 0..100 {
        let role = if number == 99 { "dùng" } else { "lạ" };
        fixture += &format!(
            "//// file: {number}.tthc\ndùng \"chung.tthc\"\nthủ tục t{number} {{ quy trình {{ bước 1 do A.{role} }} }}\n"
        );
    }
    let mut session = Session::open(&fixture);
    let found = session.published("chung.tthc", Some(1));
    let expected = found_together(&session, "chung.tthc");
    assert!(expected.iter().any(|found| found.starts_with("T106") && found.contains("thừa")), "{expected:?}");
    assert_eq!(told(&session, "chung.tthc", &found), expected);
    // What was found by all of them can be mended here.
    let at = found.iter().find(|found| found["code"] == "T106").unwrap()["range"]["start"].clone();
    let here = json!({ "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
    let fixes = session.whole("textDocument/codeAction", here);
    let after = session.after(&fixes[0]["edit"]);
    assert!(after.contains("vai trò dùng") && !after.contains("thừa"), "{after}");
    // Now nobody uses the other.
    let start = agencies.find("dùng").unwrap();
    session.edit("chung.tthc", 2, start..start + "dùng".len(), "lạ");
    let found = session.published("chung.tthc", Some(2));
    assert_eq!(told(&session, "chung.tthc", &found), found_together(&session, "chung.tthc"));
}
