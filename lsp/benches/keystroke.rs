//! A workspace of 5,000 procedures: from a keystroke to what is found, completion, hover, first load, memory.
//! `cargo bench -p tthc-lsp`
#![allow(clippy::unwrap_used)]

#[path = "../../benches/generator.rs"]
mod generator;

use generator::Generated;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tthc_compiler::diagnostic::{Language, Message};
use tthc_compiler::project::Settings;
use tthc_lsp::Disk;

const SEED: u64 = 5000;
const FILE_BYTES: usize = 4 << 10;
const ROOT: &str = "/p";
/// What stands once in every procedure, behind which the cursor is put.
const WORDS: &str = "do văn_thư trong";

/// What many procedures name.
const ROLE: &str = "vai trò văn_thư";

/// A disk that is a map.
#[derive(Clone)]
struct Memory(Arc<BTreeMap<String, String>>);

impl Disk for Memory {
    fn locate(&self, file: &Path, _: &[PathBuf]) -> (PathBuf, String) {
        (PathBuf::from(ROOT), file.strip_prefix(ROOT).unwrap_or(file).to_string_lossy().into_owned())
    }
    fn settings(&self, _: &Path) -> Result<Settings, Message> {
        Ok(Settings::default())
    }
    fn files(&self, _: &Path) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
    fn read(&self, _: &Path, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).map(|text| text.clone().into_bytes())
    }
}

struct Editor {
    to: WriteHalf<DuplexStream>,
    from: BufReader<ReadHalf<DuplexStream>>,
    last: i64,
    /// How much was found, by file and version.
    found: BTreeMap<(String, i64), usize>,
}

impl Editor {
    async fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let text = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        self.to.write_all(frame.as_bytes()).await.unwrap();
    }

    async fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.from.read_line(&mut line).await.unwrap(), 0, "the server has gone");
            match line.trim().split_once(": ") {
                Some((_, number)) => length = number.parse().unwrap(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).await.unwrap();
        let message: Value = serde_json::from_slice(&body).unwrap();
        let params = &message["params"];
        if let (Some(uri), Some(version)) = (params["uri"].as_str(), params["version"].as_i64()) {
            let found = params["diagnostics"].as_array().unwrap().len();
            self.found.insert((uri.to_string(), version), found);
        }
        message
    }

    async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(json!({ "id": id, "method": method, "params": params })).await;
        loop {
            let message = self.receive().await;
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// How much is found in a version of a file. What is said of others before may be asked for later.
    async fn published(&mut self, uri: &str, version: i64) -> usize {
        let wanted = (uri.to_string(), version);
        loop {
            if let Some(found) = self.found.remove(&wanted) {
                return found;
            }
            self.receive().await;
        }
    }

    async fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "tthc", "version": 1, "text": text });
        self.send(json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } })).await;
    }

    async fn change(&mut self, uri: &str, version: i64, range: Value, text: &str) {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": text }] });
        self.send(json!({ "method": "textDocument/didChange", "params": params })).await;
    }
}

/// Median, 95th of a hundred, worst.
fn row(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!("{name:<28} {:>9.2} {:>9.2} {:>9.2}", at(50), at(95), at(100));
}

/// Megabytes that the process holds; none where the system does not say.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()? / 1024)
}

async fn run(files: Vec<Generated>, rounds: i64) {
    let (agencies, middle) = (files[0].clone(), files[files.len() / 2].clone());
    let disk = Memory(Arc::new(files.into_iter().map(|file| (file.path, file.text)).collect()));
    println!("{} files; MB before: {:?}", disk.0.len(), memory());
    let (ours, theirs) = tokio::io::duplex(1 << 20);
    let (input, output) = tokio::io::split(theirs);
    tokio::spawn(tthc_lsp::serve_on(Box::new(disk), Language::Vi, input, output));
    let (from, to) = tokio::io::split(ours);
    let mut editor = Editor { to, from: BufReader::new(from), last: 0, found: BTreeMap::new() };
    let folders = json!([{ "uri": format!("file://{ROOT}"), "name": "p" }]);
    editor.ask("initialize", json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders })).await;
    editor.send(json!({ "method": "initialized", "params": {} })).await;
    let uri = uri_of(&middle.path);
    let start = Instant::now();
    editor.open(&uri, &middle.text).await;
    assert_eq!(editor.published(&uri, 1).await, 0, "the file is not known by {uri}");
    println!("first load, ms: {:.0}; MB after: {:?}", start.elapsed().as_secs_f64() * 1000.0, memory());
    let version = measure(&mut editor, &uri, &middle.text, rounds).await;
    measure_shared(&mut editor, &uri, version, &agencies, (rounds / 20).max(2)).await;
    println!("MB at the end: {:?}", memory());
}

/// The address of a file.
fn uri_of(path: &str) -> String {
    let mut uri = format!("file://{ROOT}/");
    for byte in path.bytes() {
        match byte {
            b'/' | b'.' | b'_' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// Each time the file that all others use is changed and then, at once, another: how long until it is judged; and how
/// long until the shared one is, with all that rests on it.
async fn measure_shared(editor: &mut Editor, uri: &str, last: i64, agencies: &Generated, rounds: i64) {
    let shared = uri_of(&agencies.path);
    editor.open(&shared, &agencies.text).await;
    let unused = editor.published(&shared, 1).await;
    let line = agencies.text.matches('\n').count();
    let end = json!({ "line": line, "character": 0 });
    let start = json!({ "line": 0, "character": 0 });
    let (mut keystroke, mut again) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        // What is declared at its top changes, and so who needs what is looked at anew.
        let added = format!("cơ quan CQ_{round} \"Cơ quan {round}\" {{ cấp: tỉnh }}\n");
        let begun = Instant::now();
        editor.change(&shared, round + 1, json!({ "start": end, "end": end }), &added).await;
        let typed = Instant::now();
        editor.change(uri, last + round, json!({ "start": start, "end": start }), "\n").await;
        editor.published(uri, last + round).await;
        keystroke.push(typed.elapsed());
        // Typing goes on while all is checked again.
        tokio::time::sleep(Duration::from_millis(if round % 2 == 0 { 400 } else { 700 })).await;
        if round < rounds {
            continue;
        }
        let found = editor.published(&shared, round + 1).await;
        assert_eq!(found as i64, unused as i64 + rounds, "what nobody uses is found");
        again.push(begun.elapsed());
    }
    row("keystroke after a shared edit", keystroke);
    row("all who use it checked again", again);
    let at = agencies.text.find(ROLE).unwrap() + ROLE.len();
    let start = agencies.text[..at].rfind('\n').unwrap() + 1;
    let (line, column) = (agencies.text[..at].matches('\n').count(), agencies.text[start..at].encode_utf16().count());
    let here = json!({ "textDocument": { "uri": shared }, "position": { "line": line, "character": column },
        "context": { "includeDeclaration": false } });
    let begun = Instant::now();
    let answer = editor.ask("textDocument/references", here.clone()).await;
    row("references of a role", vec![begun.elapsed()]);
    assert!(answer["result"].as_array().is_some_and(|found| !found.is_empty()), "{answer}");
    let mut renamed = here;
    renamed["newName"] = json!("tên_mới");
    let begun = Instant::now();
    let answer = editor.ask("textDocument/rename", renamed).await;
    row("rename of a role", vec![begun.elapsed()]);
    assert!(answer["result"]["changes"].as_object().is_some_and(|found| found.len() > 1), "{answer}");
    let mut named = Vec::new();
    for query in ["tiep nhan", "văn_thư", "ky", "không có ở đâu"] {
        let begun = Instant::now();
        let answer = editor.ask("workspace/symbol", json!({ "query": query })).await;
        named.push(begun.elapsed());
        assert!(answer["result"].is_array(), "{answer}");
    }
    row("names in the workspace", named);
}

/// Answers the last version.
async fn measure(editor: &mut Editor, uri: &str, text: &str, rounds: i64) -> i64 {
    let at = text.find(WORDS).unwrap() + "do ".len();
    let start = text[..at].rfind('\n').unwrap() + 1;
    let (line, column) = (text[..at].matches('\n').count(), text[start..at].encode_utf16().count());
    let place = |column: usize| json!({ "line": line, "character": column });
    let (mut keystroke, mut completion, mut hover) = (Vec::new(), Vec::new(), Vec::new());
    for version in 2..rounds + 2 {
        let typed = version % 2 == 0;
        let range = json!({ "start": place(column), "end": place(column + usize::from(!typed)) });
        let begun = Instant::now();
        editor.change(uri, version, range, if typed { "x" } else { "" }).await;
        let found = editor.published(uri, version).await;
        keystroke.push(begun.elapsed());
        assert_eq!(found > 0, typed, "a name that nobody declares is found, and only that");
        let here = json!({ "textDocument": { "uri": uri }, "position": place(column) });
        for (method, times) in [("textDocument/completion", &mut completion), ("textDocument/hover", &mut hover)] {
            let begun = Instant::now();
            let answer = editor.ask(method, here.clone()).await;
            times.push(begun.elapsed());
            assert!(answer.get("error").is_none(), "{answer}");
        }
    }
    println!("{:<28} {:>9} {:>9} {:>9}", "ms", "median", "95 %", "worst");
    row("keystroke to diagnostics", keystroke);
    row("completion", completion);
    row("hover", hover);
    rounds + 1
}

fn main() {
    // `cargo test --benches` passes no `--bench`: then a small project shows that it still runs.
    let full = std::env::args().any(|argument| argument == "--bench");
    let (procedures, rounds) = if full { (5000, 400) } else { (8, 4) };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    runtime.block_on(run(generator::project(SEED, procedures, FILE_BYTES), rounds));
    runtime.shutdown_background();
}
