//! The server loop: what is open, and the one task that tells the editor what is found.
//!
//! Handlers run concurrently as soon as they await, so each one changes the state in its first statement;
//! checking and publishing is left to a single task, which always looks at the newest state and thereby
//! coalesces what comes in while it works.

use crate::Disk;
use crate::convert::{Converter, Encoding};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, InitializeParams, InitializeResult, MessageType, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use tower_lsp::{Client, LanguageServer};
use tthc_compiler::diagnostic::{Language, Message};
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::source::FileId;

/// One editor's server.
pub struct Server {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    changed: Notify,
    disk: Box<dyn Disk>,
    language: Language,
}

#[derive(Default, Clone)]
struct State {
    encoding: Encoding,
    /// Folders open in the editor.
    folders: Vec<PathBuf>,
    documents: BTreeMap<Uri, Document>,
    /// Closed since the last look: their findings are to be taken back.
    closed: Vec<Uri>,
}

/// An open file.
#[derive(Clone)]
struct Document {
    version: i32,
    /// The project's root; none for a text that is no file.
    root: Option<PathBuf>,
    file: Arc<ParsedFile>,
}

/// What the editor is told about a file.
struct Answer {
    uri: Uri,
    version: Option<i32>,
    diagnostics: Vec<Diagnostic>,
}

impl Server {
    /// A server for a client. Must be called inside a runtime.
    pub fn new(client: Client, disk: Box<dyn Disk>, language: Language) -> Server {
        let shared = Arc::new(Shared { state: Mutex::default(), changed: Notify::new(), disk, language });
        tokio::spawn(publish(shared.clone(), client));
        Server { shared }
    }

    /// Changes the state, then wakes the task that publishes.
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.shared.state());
        self.shared.changed.notify_one();
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let encoding = {
            let mut state = self.shared.state();
            let general = params.capabilities.general.as_ref();
            let offered = general.and_then(|general| general.position_encodings.as_deref());
            state.encoding = Encoding::negotiate(offered);
            state.folders = folders(&params);
            state.encoding
        };
        Ok(InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(encoding.kind()),
                text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::FULL),
                    save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                    ..TextDocumentSyncOptions::default()
                })),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo {
                name: "tthc".to_string(),
                version: Some(env!("CARGO_PKG_VERSION").to_string()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.change(|state| {
            let opened = params.text_document;
            let (root, path) = self.shared.locate(&opened.uri, &state.folders);
            let file = Arc::new(ParsedFile::new(path, opened.text.as_bytes()));
            state.closed.retain(|uri| *uri != opened.uri);
            state.documents.insert(opened.uri, Document { version: opened.version, root, file });
        });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.change(|state| {
            let Some(document) = state.documents.get_mut(&params.text_document.uri) else { return };
            let Some(change) = params.content_changes.into_iter().next_back() else { return };
            let path = document.file.source.path.clone();
            document.file = Arc::new(ParsedFile::new(path, change.text.as_bytes()));
            document.version = params.text_document.version;
        });
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        // Settings and imports are read from the disk, where something has just changed.
        self.change(|_| {});
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.change(|state| {
            let uri = params.text_document.uri;
            if state.documents.remove(&uri).is_some() {
                state.closed.push(uri);
            }
        });
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

/// The folders that the editor has open; older clients know only one.
#[allow(deprecated)]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    folders.chain(&params.root_uri).filter_map(|uri| uri.to_file_path()).map(|path| path.into_owned()).collect()
}

/// Checks and publishes whenever something has changed.
async fn publish(shared: Arc<Shared>, client: Client) {
    let mut told = None;
    loop {
        shared.changed.notified().await;
        let checking = shared.clone();
        // Should a check panic, the next change is checked again.
        let Ok((answers, complaint)) = tokio::task::spawn_blocking(move || checking.answers()).await else { continue };
        if complaint != told {
            if let Some(complaint) = &complaint {
                client.show_message(MessageType::ERROR, complaint.in_language(shared.language)).await;
            }
            told = complaint;
        }
        for Answer { uri, version, diagnostics } in answers {
            client.publish_diagnostics(uri, diagnostics, version).await;
        }
    }
}

impl Shared {
    /// The state. A handler that panicked has left it whole: every change is one assignment.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn locate(&self, uri: &Uri, folders: &[PathBuf]) -> (Option<PathBuf>, String) {
        let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
        match uri.to_file_path().filter(|_| is_file) {
            Some(path) => {
                let (root, path) = self.disk.locate(&path, folders);
                (Some(root), path)
            }
            None => (None, uri.path().as_str().to_string()),
        }
    }

    /// What is to be said about every open file, and about those that have been closed.
    fn answers(&self) -> (Vec<Answer>, Option<Message>) {
        let state = {
            let mut state = self.state();
            let seen = state.clone();
            state.closed.clear();
            seen
        };
        let closed = state.closed.iter();
        let mut answers: Vec<Answer> =
            closed.map(|uri| Answer { uri: uri.clone(), version: None, diagnostics: Vec::new() }).collect();
        let mut complaint = None;
        let mut projects: BTreeMap<Option<&PathBuf>, Vec<(&Uri, &Document)>> = BTreeMap::new();
        for (uri, document) in &state.documents {
            projects.entry(document.root.as_ref()).or_default().push((uri, document));
        }
        for (root, open) in projects {
            match root {
                Some(root) => {
                    let settings = self.disk.settings(root).unwrap_or_else(|message| {
                        complaint = Some(message);
                        Settings::default()
                    });
                    answers.extend(self.check(Some(root), settings, &open, state.encoding));
                }
                // Texts that are no files know nothing of each other.
                None => answers.extend(
                    open.iter().flat_map(|open| self.check(None, Settings::default(), &[*open], state.encoding)),
                ),
            }
        }
        (answers, complaint)
    }

    /// Checks the open files of a project.
    fn check(
        &self,
        root: Option<&PathBuf>,
        settings: Settings,
        open: &[(&Uri, &Document)],
        encoding: Encoding,
    ) -> Vec<Answer> {
        let mut files: Vec<Arc<ParsedFile>> = open.iter().map(|(_, document)| document.file.clone()).collect();
        if let Some(root) = root {
            let others = self.disk.companions(root, files.clone());
            files.extend(others);
        }
        let project = Project::new(files, settings);
        let uri = |FileId(file)| {
            let path = &project.files.get(file as usize)?.source.path;
            let open = open.iter().find(|(_, document)| document.file.source.path == *path);
            open.map(|(uri, _)| (*uri).clone()).or_else(|| Uri::from_file_path(root?.join(path)))
        };
        let converter = Converter { project: &project, encoding, language: self.language, uri: &uri };
        let mut answers: Vec<Answer> = open
            .iter()
            .map(|(uri, document)| Answer {
                uri: (*uri).clone(),
                version: Some(document.version),
                diagnostics: Vec::new(),
            })
            .collect();
        for found in project.check() {
            let place = uri(found.place.file);
            if let Some(answer) = answers.iter_mut().find(|answer| Some(&answer.uri) == place.as_ref()) {
                answer.diagnostics.push(converter.diagnostic(&found));
            }
        }
        answers
    }
}
