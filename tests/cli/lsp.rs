//! `tthc lsp`, spoken to as an editor does.

use crate::{GOOD, Place, but, command};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout};

struct Editor {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Editor {
    /// Starts the server in a folder and shakes hands; what it says it can.
    fn start(place: &Place, encodings: &[&str]) -> (Editor, Value) {
        let mut server = command(&place.path(""), &["lsp", "--stdio"]).spawn().unwrap();
        let (to, from) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let mut editor = Editor { server, to, from };
        let general = json!({ "general": { "positionEncodings": encodings } });
        let folder = json!({ "uri": uri(place, ""), "name": "p" });
        let params =
            json!({ "processId": null, "rootUri": null, "capabilities": general, "workspaceFolders": [folder] });
        editor.send(json!({ "id": 1, "method": "initialize", "params": params }));
        let answer = editor.receive();
        assert_eq!(answer["id"], 1);
        editor.send(json!({ "method": "initialized", "params": {} }));
        (editor, answer["result"]["capabilities"].clone())
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let text = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.to.flush().unwrap();
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.from.read_line(&mut line).unwrap(), 0, "the server has gone");
            match line.trim().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// What is next published for a file, at this version.
    fn published(&mut self, uri: &str, version: Option<i64>) -> Vec<Value> {
        loop {
            let message = self.receive();
            let params = &message["params"];
            if message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"].as_i64() == version
            {
                return params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "tthc", "version": 1, "text": text });
        self.send(json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }));
    }

    fn change(&mut self, uri: &str, version: i64, text: &str) {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.send(json!({ "method": "textDocument/didChange", "params": params }));
    }

    fn close(&mut self, uri: &str) {
        self.send(json!({ "method": "textDocument/didClose", "params": { "textDocument": { "uri": uri } } }));
    }

    /// Says goodbye; the exit status.
    fn quit(mut self) -> Option<i32> {
        self.send(json!({ "id": 2, "method": "shutdown" }));
        while self.receive()["id"] != 2 {}
        self.send(json!({ "method": "exit" }));
        drop(self.to);
        self.server.wait().unwrap().code()
    }
}

/// The address of a file, as editors write it.
fn uri(place: &Place, path: &str) -> String {
    let path = place.path(path).canonicalize().unwrap_or_else(|_| place.path("").canonicalize().unwrap().join(path));
    let mut uri = String::from("file://");
    for byte in path.to_str().unwrap().bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

#[test]
fn findings_come_and_go_with_the_text() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let (mut editor, capabilities) = Editor::start(&place, &["utf-16"]);
    assert_eq!(capabilities["positionEncoding"], "utf-16");
    let uri = uri(&place, "cấp_phép.tthc");
    editor.open(&uri, &but(GOOD, "do SXD trong", "do SDX trong"));
    let found = editor.published(&uri, Some(1));
    assert_eq!(codes(&found), ["T101"]);
    assert_eq!(found[0]["range"]["start"], json!({ "line": 22, "character": 37 }));
    assert_eq!(found[0]["range"]["end"], json!({ "line": 22, "character": 40 }));
    assert_eq!((found[0]["severity"].as_i64(), found[0]["source"].as_str()), (Some(1), Some("tthc")));
    assert!(found[0]["message"].as_str().unwrap().contains("\ngợi ý: "), "{found:?}");
    editor.change(&uri, 2, GOOD);
    assert!(editor.published(&uri, Some(2)).is_empty());
    editor.change(&uri, 3, "vô nghĩa");
    assert_eq!(codes(&editor.published(&uri, Some(3))), ["T001"]);
    editor.close(&uri);
    assert!(editor.published(&uri, None).is_empty());
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn columns_in_utf8_where_it_is_offered() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let (mut editor, capabilities) = Editor::start(&place, &["utf-16", "utf-8"]);
    assert_eq!(capabilities["positionEncoding"], "utf-8");
    let uri = uri(&place, "cấp_phép.tthc");
    editor.open(&uri, &but(GOOD, "do SXD trong", "do SDX trong"));
    let line = r#"    bước 2 "Thẩm định, phê duyệt" do "#;
    assert_eq!(editor.published(&uri, Some(1))[0]["range"]["start"], json!({ "line": 22, "character": line.len() }));
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn the_rest_of_the_project_comes_from_the_disk() {
    let (agency, procedure) = GOOD.split_at(GOOD.find("thủ tục").unwrap());
    let procedure = format!("dùng \"../chung/cơ_quan.tthc\"\n{procedure}");
    let place = Place::with("thủ tục/cấp_phép.tthc", &procedure);
    place.write("chung/cơ_quan.tthc", agency);
    place.write("tthc.toml", "");
    let (mut editor, _) = Editor::start(&place, &[]);
    let (user, shared) = (uri(&place, "thủ tục/cấp_phép.tthc"), uri(&place, "chung/cơ_quan.tthc"));
    editor.open(&user, &procedure);
    assert!(editor.published(&user, Some(1)).is_empty());
    // An open file stands in the place of the one on the disk, and is judged with those that use it.
    editor.open(&shared, agency);
    assert!(editor.published(&shared, Some(1)).is_empty());
    editor.change(&shared, 2, &but(agency, "vai trò chuyên_viên", "vai trò nhân_viên"));
    // What uses it is judged again, though it has not changed itself.
    let found = std::iter::repeat_with(|| editor.published(&user, Some(1))).find(|found| !found.is_empty());
    assert!(codes(&found.unwrap()).contains(&"T101"));
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn a_burst_of_changes_ends_with_the_last_one() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let (mut editor, _) = Editor::start(&place, &[]);
    let uri = uri(&place, "cấp_phép.tthc");
    editor.open(&uri, GOOD);
    for version in 2..300 {
        editor.change(&uri, version, "vô nghĩa");
    }
    editor.change(&uri, 300, GOOD);
    assert!(editor.published(&uri, Some(300)).is_empty());
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn a_text_that_is_no_file_and_settings_that_make_no_sense() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    place.write("tthc.toml", "[lung_tung]\n");
    let (mut editor, _) = Editor::start(&place, &[]);
    editor.open("untitled:Untitled-1", &but(GOOD, "do SXD trong", "do SDX trong"));
    assert_eq!(codes(&editor.published("untitled:Untitled-1", Some(1))), ["T101"]);
    let uri = uri(&place, "cấp_phép.tthc");
    editor.open(&uri, GOOD);
    let complaint = loop {
        let message = editor.receive();
        if message["method"] == "window/showMessage" {
            break message;
        }
    };
    assert!(complaint["params"]["message"].as_str().unwrap().contains("không có mục 'lung_tung'"), "{complaint}");
    assert!(editor.published(&uri, Some(1)).is_empty());
    assert_eq!(editor.quit(), Some(0));
}
