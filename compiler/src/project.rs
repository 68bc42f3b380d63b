//! The snapshot that the command line, the server and the tests hold.

use crate::analysis::{self, CaseAnalysis};
use crate::diagnostic::{Diagnostic, Severity};
use crate::editor::names::Names;
use crate::library;
use crate::model::{self, Model};
use crate::rules;
use crate::source::{FileId, Source};
use crate::target::Target;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};
use tthc_grammar::tree::{Date, Tree};

/// A parsed file.
#[derive(Debug, Clone)]
pub struct ParsedFile {
    /// Path and text.
    pub source: Source,
    /// Its tree.
    pub tree: Tree,
}

impl ParsedFile {
    /// Parses a file. `path` is relative to the project's root, with `/`.
    pub fn new(path: impl Into<String>, bytes: &[u8]) -> ParsedFile {
        let source = Source::new(path, bytes);
        let tree = tthc_grammar::parse(&source.text);
        ParsedFile { source, tree }
    }
}

/// What a project sets for all its files (`tthc.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Severity by rule code; `None`: the rule is off.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// Statements of a `mặc định { … }` block that holds for every file.
    pub defaults: String,
    /// The day on which the law, agencies and delegations are judged; none: the days of each process.
    pub date: Option<Date>,
    /// Targets that every procedure must be fit for.
    pub targets: Vec<&'static Target>,
    /// The files whose procedures are built, by path; none: all of them.
    pub built: Option<HashSet<String>>,
}

/// All files of a project, with what they mean together.
pub struct Project {
    /// In the order of their paths.
    pub files: Vec<Arc<ParsedFile>>,
    /// What the files mean.
    pub model: Model,
    /// What the project sets.
    pub settings: Settings,
    analysis: OnceLock<Vec<CaseAnalysis>>,
    names: OnceLock<Names>,
}

impl Project {
    /// Puts files together. Their order does not matter.
    pub fn new(mut files: Vec<Arc<ParsedFile>>, settings: Settings) -> Project {
        files.sort_by(|a, b| a.source.path.cmp(&b.source.path));
        let model = model::build(&files, &settings);
        Project { files, model, settings, analysis: OnceLock::new(), names: OnceLock::new() }
    }

    /// A file by its number.
    pub fn file(&self, id: FileId) -> &ParsedFile {
        &self.files[id.0 as usize]
    }

    /// A file by its number; files of the standard library have numbers too.
    pub fn any_file(&self, id: FileId) -> &ParsedFile {
        self.files.get(id.0 as usize).map_or_else(|| library::file(id), Arc::as_ref)
    }

    /// A file's source by its number; files of the standard library have numbers too.
    pub fn source(&self, id: FileId) -> &Source {
        &self.any_file(id).source
    }

    /// The number of the file with this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.files.binary_search_by(|file| file.source.path.as_str().cmp(path)).ok()?;
        Some(FileId(index as u32))
    }

    /// Which name stands for what; made when first asked for.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.model))
    }

    /// What is proved of every process; made when first asked for.
    pub fn analysis(&self) -> &[CaseAnalysis] {
        self.analysis.get_or_init(|| analysis::analyse(&self.model))
    }

    /// Everything the rules find, ordered by file and place. Its fixes have not been tried: before they are
    /// shown or applied ask [`Project::try_fixes`].
    pub fn check(&self) -> Vec<Diagnostic> {
        rules::check(self)
    }

    /// Everything the rules find, with fixes that were tried.
    pub fn check_with_fixes(&self) -> Vec<Diagnostic> {
        let mut found = self.check();
        self.try_fixes(&mut found);
        found
    }

    /// Keeps fixes of the flow only where they mend: each is applied in memory and analysed again.
    pub fn try_fixes(&self, found: &mut [Diagnostic]) {
        rules::verify::keep_mending(self, found);
    }
}
