//! Positions and findings as LSP has them: the only place that knows both sides.

use line_index::WideEncoding;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Position,
    PositionEncodingKind, Range, Uri,
};
use tthc_compiler::diagnostic::{self, Language, Severity, say};
use tthc_compiler::project::Project;
use tthc_compiler::source::{FileId, Source};
use tthc_grammar::tree::Span;

/// What the columns of positions count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what every client understands.
    #[default]
    Utf16,
}

impl Encoding {
    /// The best encoding that the client offers.
    pub fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let utf8 = offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        if utf8 { Encoding::Utf8 } else { Encoding::Utf16 }
    }

    /// As told to the client.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }
}

/// How findings are told to one client.
pub struct Converter<'p> {
    /// Where the files are.
    pub project: &'p Project,
    /// What columns count.
    pub encoding: Encoding,
    /// Of messages.
    pub language: Language,
    /// The address of a file; none where it has none, as the standard library.
    pub uri: &'p dyn Fn(FileId) -> Option<Uri>,
}

impl Converter<'_> {
    /// A finding.
    pub fn diagnostic(&self, found: &diagnostic::Diagnostic) -> Diagnostic {
        let related: Vec<DiagnosticRelatedInformation> = found
            .labels
            .iter()
            .filter_map(|(place, message)| {
                let location = Location { uri: (self.uri)(place.file)?, range: self.range(place.file, place.span) };
                let message = message.in_language(self.language).to_string();
                Some(DiagnosticRelatedInformation { location, message })
            })
            .collect();
        Diagnostic {
            range: self.range(found.place.file, found.place.span),
            severity: Some(match found.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Note => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(found.code.to_string())),
            source: Some("tthc".to_string()),
            message: self.message(found),
            related_information: Some(related),
            ..Diagnostic::default()
        }
    }

    /// The sentence, the path that leads there, what to do, what it rests on.
    fn message(&self, found: &diagnostic::Diagnostic) -> String {
        let mut lines = vec![found.message.in_language(self.language).to_string()];
        let mut fact = |vi: &str, en: &str, text: &str| {
            lines.push(format!("{}: {text}", say(vi, en).in_language(self.language)));
        };
        if !found.witness.is_empty() {
            fact("đường đi", "path", &found.witness.join(" → "));
        }
        if let Some(help) = &found.help {
            fact("gợi ý", "help", help.in_language(self.language));
        }
        if let Some(basis) = found.basis {
            fact("căn cứ", "basis", basis);
        }
        lines.join("\n")
    }

    fn range(&self, file: FileId, span: Span) -> Range {
        range(self.project.source(file), span, self.encoding)
    }
}

/// Where a span of the parsed text stands in the file.
fn range(source: &Source, span: Span, encoding: Encoding) -> Range {
    let start = position(source, span.start, encoding);
    Range { start, end: position(source, span.end, encoding).max(start) }
}

fn position(source: &Source, offset: u32, encoding: Encoding) -> Position {
    let lines = source.lines();
    let Some(at) = lines.try_line_col(source.text.original_offset(offset).into()) else { return Position::default() };
    let character = match encoding {
        Encoding::Utf8 => at.col,
        Encoding::Utf16 => lines.to_wide(WideEncoding::Utf16, at).map_or(at.col, |wide| wide.col),
    };
    Position { line: at.line, character }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `b` stands, in both encodings.
    fn columns(text: &str) -> (u32, u32) {
        let source = Source::new("a.tthc", text.as_bytes());
        let offset = source.text.parsed().find('b').unwrap_or_default() as u32;
        let column = |encoding| position(&source, offset, encoding).character;
        (column(Encoding::Utf8), column(Encoding::Utf16))
    }

    #[test]
    fn columns_in_both_encodings() {
        assert_eq!(columns("a b"), (2, 2));
        assert_eq!(columns("ử b"), (4, 2));
        assert_eq!(columns("👩 b"), (5, 3));
        // A file that is not in NFC: positions are those of the file as it stands.
        assert_eq!(columns("u\u{31B}\u{309} b"), (6, 4));
    }

    #[test]
    fn utf8_only_where_it_is_offered() {
        assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(Some(&[PositionEncodingKind::UTF32])), Encoding::Utf16);
        let both = [PositionEncodingKind::UTF16, PositionEncodingKind::UTF8];
        assert_eq!(Encoding::negotiate(Some(&both)), Encoding::Utf8);
    }
}
