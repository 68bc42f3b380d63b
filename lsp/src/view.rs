//! One document seen in its project, as the features see it: positions in and out.

use crate::convert::{self, Encoding};
use crate::folder::Folder;
use crate::shared::{Checked, Reach, Shared, open_below};
use crate::state::{Abilities, State};
use crate::wide::MANY_FILES;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use tower_lsp::ls_types::{Location, Position, Range, TextEdit, Uri, WorkspaceEdit};
use tthc_compiler::batch::Judged;
use tthc_compiler::diagnostic::{Diagnostic, Edit, Language, Message};
use tthc_compiler::interface::Index;
use tthc_compiler::library;
use tthc_compiler::project::ParsedFile;
use tthc_compiler::source::{FileId, Place, Source};
use tthc_grammar::tree::Span;

/// An open document with the project that it takes to judge it.
pub struct View {
    pub(crate) shared: Arc<Shared>,
    pub(crate) state: Arc<State>,
    /// The project.
    pub project: Arc<Checked>,
    /// The document.
    pub file: FileId,
    /// Where the project lies; none for a text that is no file.
    pub folder: Option<Arc<Folder>>,
    /// Many files rest on the document: what was found when they were judged last.
    pub(crate) wide: Option<Option<Arc<Judged>>>,
}

/// Files, and which others they reach.
pub type Portion = (Vec<String>, Reach);

impl View {
    /// Any file of a project, open or not.
    pub fn of_path(shared: &Arc<Shared>, state: &Arc<State>, root: &Path, path: &str) -> Option<View> {
        let folder = shared.folder(root, |_, _| {});
        let project = shared.alone(&folder, state, path)?;
        let file = project.find(path)?;
        Some(View { shared: shared.clone(), state: state.clone(), project, file, folder: Some(folder), wide: None })
    }

    /// The project that it takes to know everything about these files: what uses them, too.
    pub fn around(&self, files: &[FileId]) -> View {
        let own = files.iter().filter(|file| !library::is_library(**file));
        self.with(own.map(|file| self.project.file(*file).source.path.clone()).collect(), Index::needed)
    }

    /// The same with some of what uses them at a time: thousands of users take little memory.
    pub fn portions(&self, paths: Vec<String>) -> Vec<Portion> {
        let Some(folder) = &self.folder else { return vec![(paths, Index::needed)] };
        let index = folder.index(&open_below(&self.state, &folder.root));
        let own: Vec<String> = paths.iter().cloned().chain([self.parsed().source.path.clone()]).collect();
        let needed = index.needed(&own);
        if needed.len() <= MANY_FILES {
            return vec![(paths, Index::needed)];
        }
        let rested_on = index.rested_on(&own);
        let users: Vec<String> = needed.into_iter().filter(|path| !rested_on.contains(path)).collect();
        users.chunks(MANY_FILES).map(|some| ([&paths[..], some].concat(), Index::rested_on as Reach)).collect()
    }

    /// The document in the project of the files that it and these reach.
    pub fn with(&self, mut paths: Vec<String>, reach: Reach) -> View {
        paths.push(self.parsed().source.path.clone());
        let project = match &self.folder {
            Some(folder) => self.shared.project(folder, &self.state, &paths, reach),
            None => self.project.clone(),
        };
        let file = project.find(&self.parsed().source.path).unwrap_or(self.file);
        let (shared, state, folder) = (self.shared.clone(), self.state.clone(), self.folder.clone());
        View { shared, state, project, file, folder, wide: None }
    }

    /// What is found in the document. Until those have been judged that rest on it, nothing is said about what none
    /// of them would use.
    pub fn findings(&self) -> Vec<Diagnostic> {
        if let Some(Some(judged)) = &self.wide {
            return judged.found_in(&self.parsed().source.path, &self.project);
        }
        let here = self.project.findings().iter().filter(|found| found.place.file == self.file);
        here.filter(|found| self.wide.is_none() || found.absence.is_none()).cloned().collect()
    }

    /// The paths of all files of the project.
    pub fn paths(&self) -> Vec<String> {
        let index = self.folder.as_ref().map(|folder| folder.index(&open_below(&self.state, &folder.root)));
        index.iter().flat_map(|index| index.paths()).map(String::from).collect()
    }

    /// What columns count.
    pub fn encoding(&self) -> Encoding {
        self.state.encoding
    }

    /// What the client can.
    pub fn abilities(&self) -> Abilities {
        self.state.abilities
    }

    /// Of messages.
    pub fn language(&self) -> Language {
        self.shared.language
    }

    /// A sentence in the language of messages.
    pub fn words(&self, message: &Message) -> String {
        message.in_language(self.language()).to_string()
    }

    /// The document.
    pub fn parsed(&self) -> &ParsedFile {
        self.project.file(self.file)
    }

    /// Its text, as parsed.
    pub fn text(&self) -> &str {
        self.source().text.parsed()
    }

    fn source(&self) -> &Source {
        &self.parsed().source
    }

    /// An offset in the parsed text.
    pub fn offset(&self, position: Position) -> u32 {
        convert::offset(self.source(), position, self.encoding())
    }

    /// A span of the parsed text.
    pub fn span(&self, range: Range) -> Span {
        Span { start: self.offset(range.start), end: self.offset(range.end) }
    }

    /// Where a span of the document stands.
    pub fn range(&self, span: Span) -> Range {
        convert::range(self.source(), span, self.encoding())
    }

    /// Where an offset of the document stands.
    pub fn position(&self, offset: u32) -> Position {
        convert::position(self.source(), offset, self.encoding())
    }

    /// Where a span of any file stands.
    pub fn range_of(&self, place: Place) -> Range {
        convert::range(self.project.source(place.file), place.span, self.encoding())
    }

    /// The address of the document.
    pub fn own_uri(&self) -> Option<Uri> {
        self.uri(self.file)
    }

    /// The address of a file; none where it has none, as the standard library.
    pub fn uri(&self, file: FileId) -> Option<Uri> {
        if library::is_library(file) {
            return None;
        }
        self.uri_of(&self.project.file(file).source.path)
    }

    /// The address of the file with this path.
    pub fn uri_of(&self, path: &str) -> Option<Uri> {
        let root = self.folder.as_ref().map(|folder| &folder.root);
        let is_it = |document: &crate::state::Document| document.path == path && document.root.as_ref() == root;
        let open = self.state.documents.iter().find(|(_, document)| is_it(document));
        open.map(|(uri, _)| uri.clone()).or_else(|| Uri::from_file_path(root?.join(path)))
    }

    /// A place in any file.
    pub fn location(&self, place: Place) -> Option<Location> {
        Some(Location { uri: self.uri(place.file)?, range: self.range_of(place) })
    }

    /// Changes in any files.
    // Addresses compare by their text, which does not change.
    #[allow(clippy::mutable_key_type)]
    pub fn edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for edit in edits {
            let Some(uri) = self.uri(edit.place.file) else { continue };
            let edit = TextEdit { range: self.range_of(edit.place), new_text: edit.text.clone() };
            changes.entry(uri).or_default().push(edit);
        }
        WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
    }
}
