//! What the editor has told: folders, open documents, abilities. Changed only by the first statement of a handler.

use crate::convert::{Encoding, byte_offset};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tower_lsp::ls_types::{InitializeParams, MarkupKind, TextDocumentContentChangeEvent, Uri};
use tthc_compiler::interface::Interface;
use tthc_compiler::project::ParsedFile;

/// What is known of one editor. Cheap to clone: texts and trees are shared.
#[derive(Default, Clone)]
pub struct State {
    /// What columns count.
    pub encoding: Encoding,
    /// What the client can.
    pub abilities: Abilities,
    /// Folders open in the editor.
    pub folders: Vec<PathBuf>,
    /// Open files.
    pub documents: BTreeMap<Uri, Document>,
    /// Closed since the last look: their findings are to be taken back.
    pub closed: Vec<Uri>,
    /// The document that was changed last.
    pub latest: Option<Uri>,
    /// Counts the changes.
    pub generation: u64,
}

/// What the client can, as far as it matters here.
#[derive(Debug, Default, Clone, Copy)]
pub struct Abilities {
    /// Progress that the server begins.
    pub progress: bool,
    /// Files can be watched on request.
    pub watching: bool,
    /// Texts with places to fill in.
    pub snippets: bool,
    /// What is told of a candidate may be Markdown.
    pub markdown_candidates: bool,
    /// What is told under the cursor may be Markdown.
    pub markdown_hover: bool,
    /// Links have a text beside their target.
    pub link_tooltips: bool,
    /// Inlay hints can be asked for anew.
    pub refresh_hints: bool,
    /// Code lenses can be asked for anew.
    pub refresh_lenses: bool,
}

impl Abilities {
    /// Of a client that introduces itself.
    pub fn of(params: &InitializeParams) -> Abilities {
        let capabilities = &params.capabilities;
        let workspace = capabilities.workspace.as_ref();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let text = capabilities.text_document.as_ref();
        let completion = text.and_then(|text| text.completion.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref()?.content_format.as_ref());
        let links = text.and_then(|text| text.document_link.as_ref()?.tooltip_support);
        let item = completion.and_then(|completion| completion.completion_item.as_ref());
        Abilities {
            markdown_candidates: item
                .and_then(|item| item.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            markdown_hover: hover.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            link_tooltips: links == Some(true),
            snippets: item.and_then(|item| item.snippet_support) == Some(true),
            progress: capabilities.window.as_ref().and_then(|window| window.work_done_progress) == Some(true),
            watching: watched.and_then(|watched| watched.dynamic_registration) == Some(true),
            refresh_hints: workspace.and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support) == Some(true),
            refresh_lenses: workspace.and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support) == Some(true),
        }
    }
}

/// An open file.
#[derive(Clone)]
pub struct Document {
    /// As the editor counts.
    pub version: i32,
    /// The project's root; none for a text that is no file.
    pub root: Option<PathBuf>,
    /// How the compiler knows it.
    pub path: String,
    text: Arc<str>,
    read: Arc<OnceLock<Read>>,
}

/// A document as it was read.
struct Read {
    file: Arc<ParsedFile>,
    interface: Interface,
}

impl Document {
    /// A document as it is opened.
    pub fn new(version: i32, root: Option<PathBuf>, path: String, text: &str) -> Document {
        Document { version, root, path, text: text.into(), read: Arc::default() }
    }

    /// Applies changes in their order.
    pub fn change(&mut self, version: i32, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) {
        let mut text = self.text.to_string();
        for change in changes {
            match change.range {
                None => text.clone_from(&change.text),
                Some(range) => {
                    let start = byte_offset(&text, range.start, encoding);
                    let end = byte_offset(&text, range.end, encoding).max(start);
                    text.replace_range(start..end, &change.text);
                }
            }
        }
        *self = Document::new(version, self.root.take(), std::mem::take(&mut self.path), &text);
    }

    /// The file, read when it is first asked for: of a burst of changes only the last is read.
    pub fn file(&self) -> &Arc<ParsedFile> {
        &self.read().file
    }

    /// What it is to others.
    pub fn interface(&self) -> &Interface {
        &self.read().interface
    }

    fn read(&self) -> &Read {
        self.read.get_or_init(|| {
            let file = ParsedFile::new(self.path.clone(), self.text.as_bytes());
            Read { interface: Interface::of(&file), file: Arc::new(file) }
        })
    }
}
