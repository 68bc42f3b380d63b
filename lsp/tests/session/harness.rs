//! An editor in memory: speaks JSON-RPC to the server over a pipe, on a disk that is a map.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tthc_compiler::diagnostic::{Language, Message};
use tthc_compiler::project::Settings;
use tthc_lsp::Disk;

/// The cursor in a fixture.
pub const CURSOR: char = '‸';
/// Where all files lie.
const ROOT: &str = "/p";
/// Nothing takes longer, or something hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A disk that is a map, shared with the test.
#[derive(Clone, Default)]
pub struct Memory(pub Arc<Mutex<BTreeMap<String, String>>>);

impl Disk for Memory {
    fn locate(&self, file: &Path, _: &[PathBuf]) -> (PathBuf, String) {
        let path = file.strip_prefix(ROOT).unwrap_or(file);
        (PathBuf::from(ROOT), path.to_string_lossy().into_owned())
    }
    fn settings(&self, _: &Path) -> Result<Settings, Message> {
        Ok(Settings::default())
    }
    fn files(&self, _: &Path) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }
    fn read(&self, _: &Path, path: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(path).map(|text| text.clone().into_bytes())
    }
}

/// A conversation.
pub struct Session {
    runtime: Runtime,
    server: JoinHandle<()>,
    disk: Memory,
    to: WriteHalf<DuplexStream>,
    from: BufReader<ReadHalf<DuplexStream>>,
    last: i64,
    utf8: bool,
    /// What the files say now, as the editor sees them.
    pub texts: BTreeMap<String, String>,
    /// Where the fixture has its cursor: file, line, column.
    cursor: Option<(String, Value)>,
    /// Notifications and requests of the server that nobody has waited for yet.
    pub unread: Vec<Value>,
}

/// Splits a fixture into its files; the first has no name of its own.
pub fn files(fixture: &str) -> Vec<(String, String)> {
    let mut files = vec![("thử.tthc".to_string(), String::new())];
    for line in fixture.split_inclusive('\n') {
        match line.strip_prefix("//// file: ") {
            Some(path) => files.push((path.trim().to_string(), String::new())),
            None => files.last_mut().unwrap().1.push_str(line),
        }
    }
    files.retain(|(_, text)| !text.trim().is_empty());
    files
}

/// The address of a file.
pub fn uri(path: &str) -> String {
    let mut uri = format!("file://{ROOT}/");
    for byte in path.bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => write!(uri, "%{byte:02X}").unwrap(),
        }
    }
    uri
}

impl Session {
    /// Opens the file of the fixture that has the cursor, else the first; the others lie on the disk.
    pub fn open(fixture: &str) -> Session {
        Session::with(fixture, &["utf-16"])
    }

    /// With a client that offers these encodings.
    pub fn with(fixture: &str, encodings: &[&str]) -> Session {
        let files = files(fixture);
        let clean: BTreeMap<String, String> =
            files.iter().map(|(path, text)| (path.clone(), text.replace(CURSOR, ""))).collect();
        // The disk is there before the server, which reads it as soon as it has been introduced.
        let mut session = Session::start(Memory(Arc::new(Mutex::new(clean.clone()))), encodings);
        let (path, text) = files.iter().find(|(_, text)| text.contains(CURSOR)).unwrap_or(&files[0]);
        session.cursor = text.find(CURSOR).map(|at| (path.clone(), session.position(&clean[path], at)));
        session.texts = clean;
        let text = session.texts[path].clone();
        session.did_open(path, &text);
        session
    }

    /// A server that has been introduced.
    pub fn start(disk: Memory, encodings: &[&str]) -> Session {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
        let (ours, theirs) = tokio::io::duplex(1 << 20);
        let (input, output) = tokio::io::split(theirs);
        let lent = disk.clone();
        let server = runtime.spawn(tthc_lsp::serve_on(Box::new(lent), Language::Vi, input, output));
        let (from, to) = tokio::io::split(ours);
        let mut session = Session {
            runtime,
            server,
            disk,
            to,
            from: BufReader::new(from),
            last: 0,
            utf8: encodings.contains(&"utf-8"),
            texts: BTreeMap::new(),
            cursor: None,
            unread: Vec::new(),
        };
        let markdown = json!(["markdown"]);
        let general = json!({ "general": { "positionEncodings": encodings }, "textDocument": {
            "hover": { "contentFormat": markdown },
            "completion": { "completionItem": { "documentationFormat": markdown } } } });
        let folders = json!([{ "uri": format!("file://{ROOT}"), "name": "p" }]);
        session.request(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": general, "workspaceFolders": folders }),
        );
        session.notify("initialized", json!({}));
        session
    }

    /// Goes away without a word; whether the server ends, too.
    pub fn dies(self) -> bool {
        drop((self.to, self.from));
        let server = self.server;
        let ended = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, server).await });
        ended.is_ok_and(|ended| ended.is_ok())
    }

    /// The disk, for another session.
    pub fn disk(&self) -> Memory {
        self.disk.clone()
    }

    /// Writes a file of the disk.
    pub fn write(&mut self, path: &str, text: &str) {
        self.texts.insert(path.to_string(), text.to_string());
        self.disk_is_texts();
    }

    fn disk_is_texts(&self) {
        *self.disk.0.lock().unwrap() = self.texts.clone();
    }

    /// Where a byte of a text stands, as the editor counts.
    pub fn position(&self, text: &str, at: usize) -> Value {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = &text[start..at];
        let column = if self.utf8 { before.len() } else { before.encode_utf16().count() };
        json!({ "line": text[..start].matches('\n').count(), "character": column })
    }

    /// The byte of a text at a position.
    fn offset(&self, text: &str, position: &Value) -> usize {
        let (line, column) = (position["line"].as_u64().unwrap(), position["character"].as_u64().unwrap());
        let start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
        let mut passed = 0;
        for (at, c) in text[start..].char_indices() {
            if passed >= column as usize {
                return start + at;
            }
            passed += if self.utf8 { c.len_utf8() } else { c.len_utf16() };
        }
        text.len()
    }

    /// Sends anything at all.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        self.runtime.block_on(async { self.to.write_all(bytes).await.unwrap() });
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let text = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Tells the server something.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "method": method, "params": params }));
    }

    /// Sends a request without waiting; its number.
    pub fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.last += 1;
        self.send(json!({ "id": self.last, "method": method, "params": params }));
        self.last
    }

    /// Asks and waits: the whole response.
    pub fn respond(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        self.response(id)
    }

    /// Waits for the response to a request.
    pub fn response(&mut self, id: i64) -> Value {
        self.wait_for(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The next message of which this is true; the others are kept.
    fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&wanted) {
            return self.unread.remove(at);
        }
        loop {
            let message = self.receive();
            if wanted(&message) {
                return message;
            }
            self.unread.push(message);
        }
    }

    /// Asks and waits: the result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let response = self.respond(method, params);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    /// Asks about the cursor.
    pub fn ask(&mut self, method: &str, more: Value) -> Value {
        let mut params = self.at_cursor();
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.request(method, params)
    }

    /// The document and the position of the cursor.
    pub fn at_cursor(&self) -> Value {
        let (path, position) = self.cursor.clone().expect("the fixture has a cursor");
        json!({ "textDocument": { "uri": uri(&path) }, "position": position })
    }

    /// Asks about the open document as a whole.
    pub fn whole(&mut self, method: &str, more: Value) -> Value {
        let path = self.cursor.clone().map_or_else(|| "thử.tthc".to_string(), |(path, _)| path);
        let end = self.position(&self.texts[&path], self.texts[&path].len());
        let mut params = json!({ "textDocument": { "uri": uri(&path) },
            "range": { "start": { "line": 0, "character": 0 }, "end": end },
            "options": { "tabSize": 2, "insertSpaces": true }, "context": { "diagnostics": [] } });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.request(method, params)
    }

    fn receive(&mut self) -> Value {
        self.runtime.block_on(async {
            tokio::time::timeout(PATIENCE, receive(&mut self.from)).await.expect("the server says nothing")
        })
    }

    pub fn did_open(&mut self, path: &str, text: &str) {
        self.texts.insert(path.to_string(), text.to_string());
        let document = json!({ "uri": uri(path), "languageId": "tthc", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a text by its bytes.
    pub fn edit(&mut self, path: &str, version: i64, range: std::ops::Range<usize>, new: &str) {
        let text = self.texts[path].clone();
        let lsp = json!({ "start": self.position(&text, range.start), "end": self.position(&text, range.end) });
        let change = json!({ "range": lsp, "text": new });
        self.texts.get_mut(path).unwrap().replace_range(range, new);
        let document = json!({ "uri": uri(path), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// What is next published for a file at this version.
    pub fn published(&mut self, path: &str, version: Option<i64>) -> Vec<Value> {
        let message = self.wait_for(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri(path)
                && message["params"]["version"].as_i64() == version
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// What the server shows next.
    pub fn told(&mut self) -> String {
        let message = self.wait_for(|message| message["method"] == "window/showMessage");
        message["params"]["message"].as_str().unwrap().to_string()
    }

    /// The words at a range, with the file where it is another than that of the cursor.
    pub fn shown(&self, uri_of: &Value, range: &Value) -> String {
        let path = self.texts.keys().find(|path| uri(path) == *uri_of).unwrap_or_else(|| panic!("{uri_of}"));
        let text = &self.texts[path];
        let words = &text[self.offset(text, &range["start"])..self.offset(text, &range["end"])];
        let start = &range["start"];
        format!("{path}:{}:{} {words:?}", start["line"], start["character"])
    }

    /// Locations, one a line.
    pub fn places(&self, locations: &Value) -> String {
        let lines = locations.as_array().into_iter().flatten().map(|location| {
            let link = location.get("targetUri").is_some();
            match link {
                true => self.shown(&location["targetUri"], &location["targetSelectionRange"]),
                false => self.shown(&location["uri"], &location["range"]),
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The texts after a workspace edit: every file that it changes.
    pub fn after(&self, edit: &Value) -> String {
        let mut out = String::new();
        for (path, text) in &self.texts {
            let Some(edits) = edit["changes"].get(uri(path)) else { continue };
            writeln!(out, "//// file: {path}\n{}", self.applied(text, edits)).unwrap();
        }
        out
    }

    /// A text after edits.
    pub fn applied(&self, text: &str, edits: &Value) -> String {
        let mut edits: Vec<(usize, usize, String)> = edits
            .as_array()
            .into_iter()
            .flatten()
            .map(|edit| {
                let range = &edit["range"];
                let (start, end) = (self.offset(text, &range["start"]), self.offset(text, &range["end"]));
                (start, end, edit["newText"].as_str().unwrap().to_string())
            })
            .collect();
        edits.sort_by_key(|(start, end, _)| (*start, *end));
        let mut text = text.to_string();
        for (start, end, new) in edits.into_iter().rev() {
            text.replace_range(start..end, &new);
        }
        text
    }
}

async fn receive(from: &mut BufReader<ReadHalf<DuplexStream>>) -> Value {
    let mut length = 0;
    loop {
        let mut line = String::new();
        assert_ne!(from.read_line(&mut line).await.unwrap(), 0, "the server has gone");
        match line.trim().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}
