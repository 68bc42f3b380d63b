//! `--format json`: stable; fields may be added, never taken away.

use super::{Counts, Finding, Range, Report, pretty};
use serde::Serialize;
use tthc_compiler::diagnostic::{Edit, Fix};
use tthc_compiler::source::{Place, Position};

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    files: usize,
    summary: Counts,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    file: String,
    range: JsonRange,
    labels: Vec<Label<'a>>,
    witness: &'a [String],
    procedure: Option<&'a str>,
    help: Option<&'a str>,
    basis: Option<&'a str>,
    fixes: Vec<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonRange {
    start: JsonPosition,
    end: JsonPosition,
}

#[derive(Serialize)]
struct JsonPosition {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Label<'a> {
    file: String,
    range: JsonRange,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    /// `check --fix` applies it.
    safe: bool,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    file: String,
    range: JsonRange,
    text: &'a str,
}

/// The report as JSON.
pub fn render(report: &Report) -> String {
    let diagnostics = report.findings.iter().map(|finding| diagnostic(report, finding)).collect();
    pretty(&Output { version: 1, files: report.files, summary: report.counts(), diagnostics })
}

fn diagnostic<'a>(report: &Report, finding: &'a Finding) -> Diagnostic<'a> {
    let found = &finding.diagnostic;
    let labels = found.labels.iter().map(|(place, message)| Label {
        file: report.path(finding, place.file),
        range: range(finding, *place),
        message: report.say(message),
    });
    Diagnostic {
        code: found.code,
        name: found.name,
        severity: found.severity.word(),
        message: report.say(&found.message),
        file: report.path(finding, found.place.file),
        range: range(finding, found.place),
        labels: labels.collect(),
        witness: &found.witness,
        procedure: found.procedure.as_deref(),
        help: found.help.as_ref().map(|help| report.say(help)),
        basis: found.basis,
        fixes: found.fixes.iter().map(|fix| json_fix(report, finding, fix)).collect(),
    }
}

fn json_fix<'a>(report: &Report, finding: &Finding, fix: &'a Fix) -> JsonFix<'a> {
    let edits = fix.edits.iter().map(|Edit { place, text }| JsonEdit {
        file: report.path(finding, place.file),
        range: range(finding, *place),
        text,
    });
    JsonFix { title: report.say(&fix.title), safe: fix.safe, edits: edits.collect() }
}

fn range(finding: &Finding, place: Place) -> JsonRange {
    let position = |Position { line, column }| JsonPosition { line, column };
    let Range { start, end } = finding.range(place);
    JsonRange { start: position(start), end: position(end) }
}
