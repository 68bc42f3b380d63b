//! Findings as text, one file per format. A renderer only reads; what is found is decided elsewhere.

mod github;
mod gitlab;
pub mod human;
mod json;
mod sarif;
mod snippet;

use crate::console::{Failure, Look};
use crate::files::current_folder;
use clap::ValueEnum;
use serde::Serialize;
use std::path::{Path, PathBuf};
use tthc_compiler::diagnostic::{Diagnostic, Language, Message, Severity};
use tthc_compiler::source::{FileId, Place, Position, Source};

/// `--format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person.
    Human,
    /// Our own, stable.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code quality report of GitLab.
    Gitlab,
}

impl Format {
    /// The report in this format.
    pub fn render(self, report: &Report, look: Look) -> String {
        match self {
            Format::Human => human::render(report, look),
            Format::Json => json::render(report),
            Format::Sarif => sarif::render(report),
            Format::Github => github::render(report),
            Format::Gitlab => gitlab::render(report),
        }
    }
}

/// What a run has found, ready to be printed.
pub struct Report<'w> {
    /// Of messages.
    pub language: Language,
    /// How many files were asked for.
    pub files: usize,
    /// In the order in which they are printed.
    pub findings: Vec<Finding<'w>>,
    current: PathBuf,
}

/// A finding in its project.
pub struct Finding<'w> {
    /// What is found.
    pub diagnostic: Diagnostic,
    texts: &'w dyn Texts,
}

/// The files of a project, as far as findings speak of them.
pub trait Texts {
    /// How many files were asked for.
    fn given_files(&self) -> usize;

    /// The text of a file.
    fn source(&self, file: FileId) -> &Source;

    /// The path of a file as seen from the current folder, with `/`.
    fn shown_path(&self, file: FileId, current: &Path) -> String;
}

/// How many findings of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

/// Where a place stands in its file: both ends, the second one behind the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first character.
    pub start: Position,
    /// Behind the last one.
    pub end: Position,
}

impl<'w> Report<'w> {
    /// A report on what was found in some projects.
    pub fn new<T: Texts + 'w>(
        found: impl IntoIterator<Item = (&'w T, Vec<Diagnostic>)>,
        language: Language,
    ) -> Result<Report<'w>, Failure> {
        let mut report = Report { language, files: 0, findings: Vec::new(), current: current_folder()? };
        for (texts, diagnostics) in found {
            report.files += texts.given_files();
            report.findings.extend(diagnostics.into_iter().map(|diagnostic| Finding { diagnostic, texts }));
        }
        Ok(report)
    }

    /// How many findings of each severity.
    pub fn counts(&self) -> Counts {
        let count = |severity| self.findings.iter().filter(|finding| finding.diagnostic.severity == severity).count();
        Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), notes: count(Severity::Note) }
    }

    /// A sentence in the report's language.
    pub fn say<'m>(&self, message: &'m Message) -> &'m str {
        message.in_language(self.language)
    }

    /// The path of a file as seen from the current folder.
    pub fn path(&self, finding: &Finding, file: FileId) -> String {
        finding.texts.shown_path(file, &self.current)
    }
}

impl Finding<'_> {
    /// The text of a file.
    pub fn source(&self, file: FileId) -> &Source {
        self.texts.source(file)
    }

    /// Lines and columns of a place.
    pub fn range(&self, place: Place) -> Range {
        let source = self.source(place.file);
        let start = source.position(place.span.start);
        Range { start, end: source.position(place.span.end).max(start) }
    }
}

/// A number for a finding that stays the same when lines move. Two findings that differ in nothing but their
/// place are told apart by `occurrence`.
fn fingerprint(report: &Report, finding: &Finding, occurrence: usize) -> String {
    let diagnostic = &finding.diagnostic;
    let path = report.path(finding, diagnostic.place.file);
    let procedure = diagnostic.procedure.as_deref().unwrap_or_default();
    let number = occurrence.to_string();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    // FNV-1a: the standard library's hash may change from one release to the next.
    for part in [diagnostic.code, &path, procedure, &diagnostic.message.en, &number] {
        for byte in part.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// The fingerprints of all findings, no two alike.
fn fingerprints(report: &Report) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let first = report.findings.iter().map(|finding| (finding, fingerprint(report, finding, 0)));
    first
        .map(|(finding, print)| {
            let occurrence = seen.entry(print.clone()).and_modify(|count| *count += 1).or_insert(0);
            if *occurrence == 0 { print } else { fingerprint(report, finding, *occurrence) }
        })
        .collect()
}

/// Machine formats end in a line end, as texts do.
fn pretty(value: &impl Serialize) -> String {
    // Strings, numbers and lists of them always have a JSON form.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
