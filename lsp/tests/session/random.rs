//! An editor that types at random ends with exactly what a fresh start finds.
//! `TTHC_SEED` repeats a run, `TTHC_EDITS` makes it longer.

use crate::PROVINCE;
use crate::harness::{Session, uri};
use fastrand::Rng;
use serde_json::{Value, json};

const FILE: &str = "thử.tthc";
/// Edits of a run, unless `TTHC_EDITS` says otherwise.
const EDITS: usize = 120;
/// Pieces that are typed: marks apart from their letters, emoji, braces, quotes, line ends, half statements.
const PIECES: &[&str] = &[
    "a",
    "ệ",
    "e\u{302}\u{323}",
    "\u{301}",
    "👩‍💻",
    "🏗️",
    "{",
    "}",
    "\"",
    "\n",
    "\r\n",
    " ",
    "/*",
    "*/",
    "// ",
    "->",
    "≠",
    "=\u{338}",
    "bước 9 \"Thêm 🙂\" do SXD trong 1 ngày làm việc { loại: thẩm định }\n",
    "thủ tục ",
    "do ",
    "khi ",
    "quay lại ",
    "0.5",
    "\u{200B}",
    "dùng \"chung/cơ_quan.tthc\"\n",
    "hướng xử lý {",
    "hòa_giải",
    "hoà_giải",
    "mã: \"1.000002\"",
    "\u{FEFF}",
];

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A place where an editor can put its cursor: never inside a character or a line end.
fn place(text: &str, random: &mut Rng) -> usize {
    let mut at = random.usize(..=text.len());
    while !text.is_char_boundary(at) || (text[..at].ends_with('\r') && text[at..].starts_with('\n')) {
        at -= 1;
    }
    at
}

fn edit(session: &mut Session, version: i64, random: &mut Rng) {
    let text = session.texts[FILE].clone();
    let from = place(&text, random);
    let to = match random.u8(..4) {
        0 => text.len().min(from + random.usize(..40)),
        _ => from,
    };
    let mut to = to;
    while !text.is_char_boundary(to) || (text[..to].ends_with('\r') && text[to..].starts_with('\n')) {
        to += 1;
    }
    let piece = if from < to && random.bool() { "" } else { PIECES[random.usize(..PIECES.len())] };
    // A line end is made of both its parts: no editor sends half of one.
    let piece = if text[to..].starts_with('\n') && piece.ends_with('\r') { "" } else { piece };
    session.edit(FILE, version, from..to, piece);
}

/// Edits after which the client reads what has come: one that never reads stops the server at last.
const READS_AFTER: i64 = 64;

/// Questions in between, whose answers nobody waits for.
fn bother(session: &mut Session, random: &mut Rng) -> i64 {
    let methods =
        ["textDocument/hover", "textDocument/completion", "textDocument/semanticTokens/full", "textDocument/inlayHint"];
    let text = session.texts[FILE].clone();
    let position = session.position(&text, place(&text, random));
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": position });
    let document = json!({ "uri": uri(FILE) });
    let method = methods[random.usize(..methods.len())];
    session.begin(method, json!({ "textDocument": document, "position": position, "range": range }))
}

fn sorted(mut found: Vec<Value>) -> Vec<String> {
    found.iter_mut().for_each(|one| one["version"] = json!(null));
    found.into_iter().map(|one| one.to_string()).collect()
}

fn run(seed: u64, encodings: &[&str], windows: bool) {
    let mut random = Rng::with_seed(seed);
    let fixture = if windows { PROVINCE.replace('\n', "\r\n") } else { PROVINCE.to_string() };
    let fixture = fixture.replace("//// file: chung/cơ_quan.tthc\r\n", "//// file: chung/cơ_quan.tthc\n");
    let mut session = Session::with(&fixture, encodings);
    let edits = number("TTHC_EDITS").map_or(EDITS, |edits| edits as usize);
    for version in 2..edits as i64 + 2 {
        edit(&mut session, version, &mut random);
        if random.u8(..5) == 0 {
            bother(&mut session, &mut random);
        }
        if version % READS_AFTER == 0 {
            let question = bother(&mut session, &mut random);
            session.response(question);
        }
    }
    let last = edits as i64 + 1;
    let found = session.published(FILE, Some(last));
    let mut fresh = Session::start(session.disk(), encodings);
    fresh.did_open(FILE, &session.texts[FILE]);
    let expected = fresh.published(FILE, Some(1));
    assert_eq!(sorted(found), sorted(expected), "seed {seed}, {encodings:?}, {windows}:\n{}", session.texts[FILE]);
}

#[test]
fn random_edits_end_with_what_a_fresh_start_finds() {
    let seed = number("TTHC_SEED").unwrap_or_else(|| fastrand::u64(..1 << 32));
    println!("TTHC_SEED={seed}");
    for encodings in [&["utf-16"][..], &["utf-16", "utf-8"]] {
        for windows in [false, true] {
            run(seed, encodings, windows);
        }
    }
}
