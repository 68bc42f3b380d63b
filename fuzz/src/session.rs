//! Any conversation with the language server: what is asked and told in any order, well or badly. It never stops
//! answering, and no answer says that something went wrong inside.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tthc_compiler::diagnostic::{Language, Message};
use tthc_compiler::project::Settings;
use tthc_lsp::Disk;

/// Nothing takes longer, or something hangs.
const PATIENCE: Duration = Duration::from_secs(20);
/// A longer conversation tells nothing new.
const MOST_MESSAGES: usize = 24;
/// What is there before anything is opened.
const FILES: [(&str, &str); 2] = [
    ("a.tthc", include_str!("../../tests/docs/cấp_phép.tthc")),
    ("b.tthc", include_str!("../../grammar/tests/samples/một_dòng.tthc")),
];
/// What can be asked about a document.
pub const QUESTIONS: [&str; 23] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/onTypeFormatting",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/codeAction",
    "textDocument/documentLink",
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
    "tthc/diagram",
];
/// The answer of a server in which something has panicked.
const INTERNAL_ERROR: i64 = -32603;

/// Panics where the server falls silent or stumbles.
pub fn holds(bytes: &[u8]) {
    let conversation = Conversation::of(&mut Bytes(bytes));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime can be made").block_on(async {
        tokio::time::timeout(PATIENCE, converse(conversation)).await.expect("the server does not answer any more");
    });
}

/// Sends everything, and reads until every question is answered.
async fn converse(conversation: Conversation) {
    let Conversation { sent, mut asked } = conversation;
    let (ours, theirs) = tokio::io::duplex(1 << 16);
    let (input, output) = tokio::io::split(theirs);
    let (from, mut to) = tokio::io::split(ours);
    let server = tthc_lsp::serve_on(Box::new(Memory), Language::Vi, input, output);
    let read = async {
        let mut from = BufReader::new(from);
        loop {
            let message = receive(&mut from).await;
            let went_wrong = message["error"]["code"].as_i64() == Some(INTERNAL_ERROR);
            assert!(!went_wrong, "something went wrong inside: {message}");
            if message.get("method").is_none() {
                asked.retain(|id| *id != message["id"]);
            }
            if asked.is_empty() {
                break;
            }
        }
    };
    let write = async {
        to.write_all(&sent).await.expect("the server reads");
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = server => panic!("the server has gone"),
        () = read => {}
        () = write => {}
    }
}

async fn receive(from: &mut (impl AsyncBufRead + Unpin)) -> Value {
    let mut length = 0;
    loop {
        let mut line = String::new();
        from.read_line(&mut line).await.expect("the server writes headers");
        match line.trim().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().expect("a length is a number"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).await.expect("the server writes bodies");
    serde_json::from_slice(&body).expect("the server writes JSON")
}

/// What is left of the bytes that make a conversation.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Words, with their length before them.
    fn words(&mut self) -> String {
        let length = usize::from(self.next()).min(self.0.len());
        let (words, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(words).into_owned()
    }

    fn position(&mut self) -> Value {
        json!({ "line": self.next() % 32, "character": self.next() })
    }

    fn range(&mut self) -> Value {
        json!({ "start": self.position(), "end": self.position() })
    }

    fn file(&mut self) -> (String, &'static str) {
        let number = usize::from(self.next()) % (FILES.len() + 1);
        match FILES.get(number) {
            Some((path, text)) => (format!("file:///p/{path}"), text),
            None => ("untitled:Untitled-1".to_string(), ""),
        }
    }
}

/// What is said.
#[derive(Default)]
struct Conversation {
    /// Messages as they go over the wire.
    sent: Vec<u8>,
    /// What must be answered.
    asked: Vec<Value>,
}

impl Conversation {
    fn of(bytes: &mut Bytes) -> Conversation {
        let mut made = Conversation::default();
        let first = bytes.next();
        // One in eight does not introduce itself.
        if first % 8 != 7 {
            let encodings = if first & 8 == 0 { json!(["utf-16"]) } else { json!(["utf-8"]) };
            let capabilities = json!({ "general": { "positionEncodings": encodings } });
            let folders = json!([{ "uri": "file:///p", "name": "p" }]);
            let params = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders });
            made.ask(json!("first"), "initialize", params);
            made.tell("initialized", json!({}));
        }
        for number in 1..=MOST_MESSAGES {
            if bytes.0.is_empty() {
                break;
            }
            made.message(bytes, number);
        }
        made.ask(json!("last"), "workspace/symbol", json!({ "query": "" }));
        made
    }

    fn ask(&mut self, id: Value, method: &str, params: Value) {
        self.framed(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
        self.asked.push(id);
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.framed(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    fn framed(&mut self, body: &str) {
        self.sent.extend_from_slice(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn message(&mut self, bytes: &mut Bytes, number: usize) {
        let kind = bytes.next() % 12;
        let (uri, text) = bytes.file();
        let document = json!({ "uri": uri, "version": number });
        match kind {
            0 => {
                let text = if text.is_empty() { bytes.words() } else { text.to_string() };
                let opened = json!({ "uri": uri, "languageId": "tthc", "version": number, "text": text });
                self.tell("textDocument/didOpen", json!({ "textDocument": opened }));
            }
            1..=3 => {
                let range = if kind == 3 { Value::Null } else { bytes.range() };
                let change = json!({ "range": range, "text": bytes.words() });
                self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
            }
            4 => self.tell("textDocument/didClose", json!({ "textDocument": document })),
            5 => self.tell("textDocument/didSave", json!({ "textDocument": document })),
            6 => {
                let uri = if bytes.next().is_multiple_of(2) { uri } else { "file:///p/tthc.toml".to_string() };
                let change = json!({ "uri": uri, "type": 1 + bytes.next() % 3 });
                self.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
            }
            7 => {
                let (folder, none) = (json!([{ "uri": "file:///p", "name": "p" }]), json!([]));
                let (added, removed) = if bytes.next().is_multiple_of(2) { (folder, none) } else { (none, folder) };
                let event = json!({ "added": added, "removed": removed });
                self.tell("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
            }
            8 => self.tell("$/cancelRequest", json!({ "id": bytes.next() })),
            9 => self.badly(bytes),
            _ => self.question(bytes, number, &uri),
        }
    }

    /// A question with everything that any question may ask for.
    fn question(&mut self, bytes: &mut Bytes, number: usize, uri: &str) {
        let method = QUESTIONS[usize::from(bytes.next()) % QUESTIONS.len()];
        let (range, position) = (bytes.range(), bytes.position());
        let item = json!({ "name": "a", "kind": 12, "uri": uri, "range": range, "selectionRange": range });
        let name = if method == "textDocument/rename" { bytes.words() } else { String::new() };
        let context = json!({ "diagnostics": [], "includeDeclaration": true });
        let params = json!({ "textDocument": { "uri": uri }, "position": position, "positions": [position],
            "range": range, "context": context, "options": { "tabSize": 2, "insertSpaces": true }, "ch": "\n",
            "newName": name, "item": item });
        self.ask(json!(number), method, params);
    }

    /// A message that is none, or one that nobody expects. `exit` is left out: after it there is nobody to answer.
    fn badly(&mut self, bytes: &mut Bytes) {
        let (way, words) = (bytes.next() % 3, bytes.words());
        match way {
            0 if !words.contains("exit") => self.framed(&words),
            1 => self.ask(json!(words), "shutdown", Value::Null),
            // Lines that are no headers.
            _ => self.sent.extend_from_slice(format!("{}\r\n", words.replace(':', " ")).as_bytes()),
        }
    }
}

/// A disk that cannot be changed.
struct Memory;

impl Disk for Memory {
    fn locate(&self, file: &Path, _: &[PathBuf]) -> (PathBuf, String) {
        let path = file.strip_prefix("/p").unwrap_or(file);
        (PathBuf::from("/p"), path.to_string_lossy().into_owned())
    }
    fn settings(&self, _: &Path) -> Result<Settings, Message> {
        Ok(Settings::default())
    }
    fn files(&self, _: &Path) -> Vec<String> {
        FILES.iter().map(|(path, _)| path.to_string()).collect()
    }
    fn read(&self, _: &Path, path: &str) -> Option<Vec<u8>> {
        FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| text.as_bytes().to_vec())
    }
}
