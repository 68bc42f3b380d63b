//! The handlers: each changes the state, or takes the state to answer from, in its first statement.
//!
//! Handlers run concurrently as soon as they await, and are begun in the order of the messages. So a change is
//! seen by what comes after it and by nothing that came before.

use crate::Disk;
use crate::features::*;
use crate::publish::publish;
use crate::shared::Shared;
use crate::state::{Abilities, Document, State};
use crate::view::View;
use std::path::PathBuf;
use std::sync::Arc;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};
use tthc_compiler::diagnostic::Language;

/// The file that says what a project is.
const SETTINGS: &str = "tthc.toml";

/// One editor's server.
pub struct Server {
    shared: Arc<Shared>,
    client: Client,
}

impl Server {
    /// A server for a client. Must be called inside a runtime.
    pub fn new(client: Client, disk: Box<dyn Disk>, language: Language) -> Server {
        let shared = Arc::new(Shared::new(disk, language));
        tokio::spawn(publish(shared.clone(), client.clone()));
        Server { shared, client }
    }

    /// Answers a question about a document as it stands now; nothing where it is not open.
    async fn ask<T: Send + 'static>(
        &self,
        uri: &Uri,
        work: impl FnOnce(&View) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        self.try_ask(uri, |view| Ok(work(view))).await
    }

    /// Answers a question that may be refused.
    ///
    /// The work is done elsewhere, so that messages go on being read. An answer about a text that has changed
    /// meanwhile is of no use, and the editor is told so.
    async fn try_ask<T: Send + 'static>(
        &self,
        uri: &Uri,
        work: impl FnOnce(&View) -> Result<Option<T>> + Send + 'static,
    ) -> Result<Option<T>> {
        let state = Arc::new(self.shared.state().clone());
        let (shared, uri) = (self.shared.clone(), uri.clone());
        let answer = tokio::task::spawn_blocking(move || {
            let version = |state: &State| state.documents.get(&uri).map(|document| document.version);
            let is_stale = || version(&shared.state()) != version(&state);
            if is_stale() {
                return Err(Error::content_modified());
            }
            let Some(view) = shared.view(&state, &uri) else { return Ok(None) };
            let answer = work(&view);
            if is_stale() { Err(Error::content_modified()) } else { answer }
        });
        // A panic is the mistake of one answer, not the end of the server.
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }

    /// `tthc/diagram`, which LSP does not know.
    pub async fn diagram(&self, params: diagram::DiagramParams) -> Result<Option<diagram::Diagram>> {
        let position = params.position;
        self.ask(&params.text_document.uri, move |view| diagram::diagram(view, position)).await
    }

    /// The documents belong where the folders say.
    fn relocate(&self, state: &mut State) {
        for (uri, document) in &mut state.documents {
            (document.root, document.path) = self.shared.locate(uri, &state.folders);
        }
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let encoding = {
            let mut state = self.shared.state();
            let general = params.capabilities.general.as_ref();
            let offered = general.and_then(|general| general.position_encodings.as_deref());
            state.encoding = crate::convert::Encoding::negotiate(offered);
            state.abilities = Abilities::of(&params);
            state.folders = folders(&params);
            state.encoding
        };
        Ok(InitializeResult {
            capabilities: crate::capabilities::capabilities(encoding),
            server_info: Some(ServerInfo {
                name: "tthc".to_string(),
                version: Some(env!("CARGO_PKG_VERSION").to_string()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.shared.change(|_| {});
        if self.shared.state().abilities.watching {
            let glob = |pattern: &str| FileSystemWatcher {
                glob_pattern: GlobPattern::String(pattern.to_string()),
                kind: None,
            };
            let watchers = vec![glob("**/*.tthc"), glob("**/tthc.toml")];
            let options = serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers });
            let registration = Registration {
                id: "tthc-files".to_string(),
                method: "workspace/didChangeWatchedFiles".to_string(),
                register_options: options.ok(),
            };
            // A client that refuses after all is asked nothing more: saving a file is noticed anyway.
            self.client.register_capability(vec![registration]).await.unwrap_or_default();
        }
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.shared.change(|state| {
            let opened = params.text_document;
            let (root, path) = self.shared.locate(&opened.uri, &state.folders);
            state.closed.retain(|uri| *uri != opened.uri);
            state.latest = Some(opened.uri.clone());
            state.documents.insert(opened.uri, Document::new(opened.version, root, path, &opened.text));
        });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.shared.change(|state| {
            let (uri, version) = (params.text_document.uri, params.text_document.version);
            let Some(document) = state.documents.get_mut(&uri) else { return };
            document.change(version, &params.content_changes, state.encoding);
            state.latest = Some(uri);
        });
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.shared.change(|state| {
            let uri = &params.text_document.uri;
            // Clients that cannot watch files say at least what they save.
            match state.documents.get(uri) {
                Some(Document { root: Some(root), path, .. }) if !state.abilities.watching => {
                    self.shared.refresh(root, path);
                }
                _ => {}
            }
        });
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.shared.change(|state| {
            let uri = params.text_document.uri;
            if let Some(document) = state.documents.remove(&uri) {
                if let Some(root) = &document.root {
                    self.shared.refresh(root, &document.path);
                }
                state.closed.push(uri);
            }
        });
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.shared.change(|state| {
            for event in &params.changes {
                let (Some(root), path) = self.shared.locate(&event.uri, &state.folders) else { continue };
                if path == SETTINGS || path.ends_with(&format!("/{SETTINGS}")) {
                    // A project has come, changed or gone: its files may now belong elsewhere.
                    self.shared.roots().iter().for_each(|folder| self.shared.forget(&folder.root));
                    self.relocate(state);
                } else {
                    self.shared.refresh(&root, &path);
                }
            }
        });
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.shared.change(|state| {
            let path = |folder: &WorkspaceFolder| folder.uri.to_file_path().map(|path| path.into_owned());
            let gone: Vec<PathBuf> = params.event.removed.iter().filter_map(path).collect();
            state.folders.retain(|folder| !gone.contains(folder));
            state.folders.extend(params.event.added.iter().filter_map(path));
            self.relocate(state);
        });
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.ask(&at.text_document.uri, move |view| definition::definition(view, at.position)).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let (at, with) = (params.text_document_position, params.context.include_declaration);
        self.ask(&at.text_document.uri, move |view| references::references(view, at.position, with)).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.ask(&at.text_document.uri, move |view| references::highlights(view, at.position)).await
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.ask(&at.text_document.uri, move |view| rename::prepare(view, at.position)).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let (at, name) = (params.text_document_position, params.new_name);
        self.try_ask(&at.text_document.uri, move |view| rename::rename(view, at.position, &name).map(Some)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        self.ask(&at.text_document.uri, move |view| hover::hover(view, at.position)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let items = move |view: &View| Some(CompletionResponse::List(completion::completion(view, at.position)));
        self.ask(&at.text_document.uri, items).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let at = params.text_document_position_params;
        self.ask(&at.text_document.uri, move |view| call_hierarchy::prepare(view, at.position)).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let item = params.item;
        self.ask(&item.uri.clone(), move |view| call_hierarchy::incoming(view, &item)).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let item = params.item;
        self.ask(&item.uri.clone(), move |view| call_hierarchy::outgoing(view, &item)).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let tokens = |view: &View| Some(semantic_tokens::tokens(view, None).into());
        self.ask(&params.text_document.uri, tokens).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let tokens = move |view: &View| Some(semantic_tokens::tokens(view, Some(params.range)).into());
        self.ask(&params.text_document.uri, tokens).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(&params.text_document.uri, |view| Some(symbols::document(view))).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let (shared, state) = (self.shared.clone(), Arc::new(self.shared.state().clone()));
        let work = move || symbols::workspace(&shared, &state, &params.query);
        tokio::task::spawn_blocking(work).await.map(Some).map_err(|_| Error::internal_error())
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(&params.text_document.uri, |view| Some(folding::folding(view))).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.ask(&params.text_document.uri, move |view| Some(selection::selection(view, &positions))).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(&params.text_document.uri, |view| Some(links::links(view))).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(&params.text_document.uri, formatting::document).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(&params.text_document.uri, move |view| formatting::lines(view, params.range)).await
    }

    async fn on_type_formatting(&self, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let (at, typed) = (params.text_document_position, params.ch);
        self.ask(&at.text_document.uri, move |view| formatting::on_type(view, at.position, &typed)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(&params.text_document.uri, move |view| Some(inlay_hints::hints(view, params.range))).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(&params.text_document.uri, |view| Some(code_lenses::lenses(view))).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        let [uri, number, which] = &params.arguments[..] else {
            return Err(Error::invalid_params("uri, number, which"));
        };
        let index = |value: &LSPAny| value.as_u64().and_then(|value| usize::try_from(value).ok());
        let uri = uri.as_str().and_then(|uri| uri.parse::<Uri>().ok());
        let (Some(uri), Some(number), Some(which)) = (uri, index(number), index(which)) else {
            return Err(Error::invalid_params("uri, number, which"));
        };
        if params.command != code_lenses::REASONS {
            return Err(Error::method_not_found());
        }
        let told = self.ask(&uri, move |view| code_lenses::reasons(view, number, which)).await?;
        if let Some(told) = told {
            self.client.show_message(MessageType::INFO, told).await;
        }
        Ok(None)
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let (range, context) = (params.range, params.context);
        self.ask(&params.text_document.uri, move |view| Some(code_actions::actions(view, range, &context))).await
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
