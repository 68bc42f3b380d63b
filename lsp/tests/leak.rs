//! A server that runs for weeks: whatever an editor does again and again, the memory in use does not grow.
//! `TTHC_ROUNDS` makes it longer.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code)]
#[path = "session/harness.rs"]
mod harness;
#[allow(dead_code)]
#[path = "session/province.rs"]
mod province;

use harness::{Session, uri};
use peak_alloc::PeakAlloc;
use province::PROVINCE;
use serde_json::json;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const FILE: &str = "thử.tthc";
const SHARED: &str = "chung/cơ_quan.tthc";
const CREATED: i32 = 1;
const DELETED: i32 = 3;
/// Rounds until everything is there that stays: threads, caches, buffers.
const BEFORE: usize = 20;
/// Rounds after that, unless `TTHC_ROUNDS` says otherwise.
const ROUNDS: usize = 150;
/// What a round may leave behind at most, in bytes: less than a string of any use.
const LEFT: usize = 8;
/// Of so many rounds the most before is held against the least after: answers that nobody waits for are still under
/// way in some.
const SETTLES: usize = 10;

/// All that an editor does with a file, and some that it should not.
fn round(session: &mut Session) {
    let text = session.texts[FILE].clone();
    session.did_open(FILE, &text);
    let at = text.find("4 giờ").unwrap();
    session.edit(FILE, 2, at..at + 1, "9 ngày và");
    session.published(FILE, Some(2));
    session.edit(FILE, 3, at..at + "9 ngày và".len(), "4");
    let document = json!({ "uri": uri(FILE) });
    let position = session.position(&text, text.find("phòng_A.").unwrap());
    let at = json!({ "textDocument": document, "position": position, "newName": "phòng_B", "context": { "includeDeclaration": true, "triggerKind": 1 } });
    for method in ["hover", "completion", "definition", "references", "rename", "documentSymbol", "semanticTokens/full"]
    {
        session.request(&format!("textDocument/{method}"), at.clone());
    }
    session.request("tthc/diagram", at.clone());
    // A question that is taken back, one about nothing, one that nobody knows.
    let id = session.begin("textDocument/references", at);
    session.notify("$/cancelRequest", json!({ "id": id }));
    session.response(id);
    let nowhere = json!({ "textDocument": { "uri": uri("không có.tthc") }, "position": { "line": 9, "character": 9 } });
    session.respond("textDocument/hover", nowhere);
    session.respond("không/có", json!({}));
    // The disk changes, and a file comes and goes.
    let shared = session.texts[SHARED].clone();
    for kind in [CREATED, DELETED] {
        match kind {
            CREATED => drop(session.texts.insert("mới.tthc".to_string(), "cơ quan MOI \"Mới\"".to_string())),
            _ => drop(session.texts.remove("mới.tthc")),
        }
        session.write(SHARED, &shared);
        let changes = json!([{ "uri": uri("mới.tthc"), "type": kind }, { "uri": uri(SHARED), "type": 2 }]);
        session.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }
    session.did_open(SHARED, &shared);
    session.edit(SHARED, 2, 0..0, "// Sửa\n");
    session.edit(SHARED, 3, 0.."// Sửa\n".len(), "");
    for path in [SHARED, FILE] {
        session.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(path) } }));
    }
    // What comes before this answer has come.
    session.request("workspace/symbol", json!({ "query": "phòng" }));
    session.unread.clear();
}

/// The bytes in use after each of the last rounds.
fn used(session: &mut Session, rounds: usize) -> Vec<usize> {
    let used = (0..rounds).map(|_| {
        round(session);
        MEMORY.current_usage()
    });
    used.skip(rounds - SETTLES).collect()
}

#[test]
fn rounds_leave_nothing_behind() {
    let rounds = std::env::var("TTHC_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let mut session = Session::with(PROVINCE, &["utf-16"]);
    let before = used(&mut session, BEFORE).into_iter().max().unwrap();
    let after = used(&mut session, rounds).into_iter().min().unwrap();
    println!("{before} bytes in use after {BEFORE} rounds, {after} after {rounds} more");
    assert!(after <= before + rounds * LEFT, "{before} bytes, then {after}");
    assert!(session.dies());
}
