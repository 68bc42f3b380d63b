//! `--format human`: drawn on a terminal, a line per fact in a pipe.

use super::snippet::{Snippet, harmless};
use super::{Finding, Report};
use crate::console::Look;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use std::fmt::{self, Display};
use tthc_compiler::diagnostic::{self, Language, Message, say};
use tthc_compiler::source::FileId;

/// The report as text.
pub fn render(report: &Report, look: Look) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        match look {
            Look::Plain => plain(report, finding, &mut out),
            Look::Drawn { color, width } => drawn(report, finding, &handler(color, width), &mut out),
        }
        for (name, text) in facts(report, finding) {
            let name = look.paint("36", report.say(&name));
            out.push_str(&format!("  {name}: {}\n", harmless(&text)));
        }
        if look != Look::Plain {
            out.push('\n');
        }
    }
    out.push_str(&summary(report));
    out.push('\n');
    out
}

/// What stands below the message and the places: name, text.
fn facts(report: &Report, finding: &Finding) -> Vec<(Message, String)> {
    let found = &finding.diagnostic;
    let mut facts = Vec::new();
    if let Some(procedure) = &found.procedure {
        facts.push((say("trong", "in"), procedure.clone()));
    }
    if !found.witness.is_empty() {
        facts.push((say("đường đi", "path"), found.witness.join(" → ")));
    }
    if let Some(basis) = found.basis {
        facts.push((say("căn cứ", "basis"), basis.to_string()));
    }
    if let Some(help) = &found.help {
        facts.push((say("gợi ý", "help"), report.say(help).to_string()));
    }
    for fix in &found.fixes {
        let name = if fix.safe {
            say("sửa được bằng --fix", "mended by --fix")
        } else {
            say("cách sửa", "a way to mend it")
        };
        facts.push((name, report.say(&fix.title).to_string()));
    }
    facts
}

/// The last line.
pub fn summary(report: &Report) -> String {
    let (counts, files) = (report.counts(), report.files);
    let (errors, warnings, notes) = (counts.errors, counts.warnings, counts.notes);
    match report.language {
        Language::Vi => format!("{files} tệp: {errors} lỗi, {warnings} cảnh báo, {notes} ghi chú"),
        Language::En => {
            let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
            let [files, errors] = [plural(files, "file"), plural(errors, "error")];
            format!("{files}: {errors}, {}, {}", plural(warnings, "warning"), plural(notes, "note"))
        }
    }
}

/// The word for how bad a finding is.
pub fn severity_word(severity: diagnostic::Severity) -> Message {
    match severity {
        diagnostic::Severity::Error => say("lỗi", "error"),
        diagnostic::Severity::Warning => say("cảnh báo", "warning"),
        diagnostic::Severity::Note => say("ghi chú", "note"),
    }
}

/// `file:line:column: severity T101 name: message`, then a line for each label.
fn plain(report: &Report, finding: &Finding, out: &mut String) {
    let found = &finding.diagnostic;
    let place = |place: tthc_compiler::source::Place| {
        let start = finding.range(place).start;
        format!("{}:{}:{}", harmless(&report.path(finding, place.file)), start.line, start.column)
    };
    let word = severity_word(found.severity);
    let (word, message) = (report.say(&word), harmless(report.say(&found.message)));
    out.push_str(&format!("{}: {word} {} {}: {message}\n", place(found.place), found.code, found.name));
    for (at, label) in &found.labels {
        out.push_str(&format!("  {}: {}\n", place(*at), harmless(report.say(label))));
    }
}

fn handler(color: bool, width: usize) -> GraphicalReportHandler {
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false)
}

/// The finding as miette draws it; one drawing for each file that it rests on, since a drawing has one source.
fn drawn(report: &Report, finding: &Finding, handler: &GraphicalReportHandler, out: &mut String) {
    let found = &finding.diagnostic;
    let mut files: Vec<FileId> = vec![found.place.file];
    for (place, _) in &found.labels {
        if !files.contains(&place.file) {
            files.push(place.file);
        }
    }
    for file in files {
        let mut drawing = String::new();
        // Writing to a string cannot fail; what miette cannot draw is still said in one line.
        if handler.render_report(&mut drawing, &Drawing::new(report, finding, file)).is_err() {
            plain(report, finding, out);
        }
        out.push_str(&drawing);
    }
}

/// What miette is told: the finding's places in one file.
struct Drawing<'r> {
    head: Option<String>,
    message: String,
    severity: Severity,
    snippet: Snippet<'r>,
    labels: Vec<LabeledSpan>,
}

impl<'r> Drawing<'r> {
    fn new(report: &Report, finding: &'r Finding, file: FileId) -> Drawing<'r> {
        let found = &finding.diagnostic;
        let own = file == found.place.file;
        let source = finding.source(file);
        let snippet = Snippet::new(harmless(&report.path(finding, file)).into_owned(), source);
        let mut labels = Vec::new();
        if own {
            let span = snippet.first_line(source.original_range(found.place.span));
            labels.push(LabeledSpan::new_primary_with_span(None, span));
        }
        for (place, message) in found.labels.iter().filter(|(place, _)| place.file == file) {
            let span = snippet.first_line(source.original_range(place.span));
            labels.push(LabeledSpan::new_with_span(Some(harmless(report.say(message)).into_owned()), span));
        }
        let word = severity_word(found.severity);
        let elsewhere = say("xem thêm", "see also");
        Drawing {
            head: own.then(|| format!("{} {} ({})", report.say(&word), found.code, found.name)),
            message: if own {
                harmless(report.say(&found.message)).into_owned()
            } else {
                report.say(&elsewhere).to_string()
            },
            severity: match found.severity {
                _ if !own => Severity::Advice,
                diagnostic::Severity::Error => Severity::Error,
                diagnostic::Severity::Warning => Severity::Warning,
                diagnostic::Severity::Note => Severity::Advice,
            },
            snippet,
            labels,
        }
    }
}

impl Diagnostic for Drawing<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.head.as_ref().map(|head| Box::new(head) as Box<dyn Display>)
    }
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl std::error::Error for Drawing<'_> {}

impl fmt::Debug for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Display for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
