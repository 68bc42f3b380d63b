//! Changes in order, answers of the right state, messages that make no sense.

use crate::harness::{Session, uri};
use crate::{PROVINCE, cursor};
use serde_json::{Value, json};

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
