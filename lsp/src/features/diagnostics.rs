//! What is found in a document.

use crate::view::View;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString,
};
use tthc_compiler::diagnostic::{self, Severity, say};

/// Everything that is found in the document.
pub fn diagnostics(view: &View) -> Vec<Diagnostic> {
    view.findings().iter().map(|found| convert(view, found)).collect()
}

/// A finding.
pub fn convert(view: &View, found: &diagnostic::Diagnostic) -> Diagnostic {
    let related = found.labels.iter().filter_map(|(place, message)| {
        Some(DiagnosticRelatedInformation { location: view.location(*place)?, message: view.words(message) })
    });
    Diagnostic {
        range: view.range_of(found.place),
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(found.code.to_string())),
        source: Some("tthc".to_string()),
        message: message(view, found),
        related_information: Some(related.collect()),
        tags: (found.code == "T106").then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    }
}

/// The sentence, the path that leads there, what to do, what it rests on.
fn message(view: &View, found: &diagnostic::Diagnostic) -> String {
    let mut lines = vec![view.words(&found.message)];
    let mut fact = |vi: &str, en: &str, text: &str| {
        lines.push(format!("{}: {text}", view.words(&say(vi, en))));
    };
    if !found.witness.is_empty() {
        fact("đường đi", "path", &found.witness.join(" → "));
    }
    if let Some(help) = &found.help {
        fact("gợi ý", "help", &view.words(help));
    }
    if let Some(basis) = found.basis {
        fact("căn cứ", "basis", basis);
    }
    lines.join("\n")
}
