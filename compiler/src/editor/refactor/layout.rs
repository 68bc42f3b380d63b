//! Moves text to another depth of indentation.

use tthc_grammar::format::{self, Kind};
use tthc_grammar::tree::Span;

use crate::project::ParsedFile;

/// The words of a span with their lines below the first moved from their depth to another, both in blanks. Lines that
/// begin inside a string or a comment are part of it and stay.
pub fn moved(file: &ParsedFile, span: Span, to: usize) -> String {
    let text = file.source.text.parsed();
    let from = depth(text, span.start);
    let pieces = format::pieces(&file.source.text, &file.tree);
    let inside = |at: u32| {
        let before = pieces.partition_point(|(piece, _)| piece.start < at);
        before.checked_sub(1).is_some_and(|before| {
            let (piece, kind) = pieces[before];
            at < piece.end && matches!(kind, Kind::Text | Kind::BlockComment)
        })
    };
    let mut out = String::new();
    let mut at = span.start;
    for line in text.get(span.range()).unwrap_or_default().split_inclusive('\n') {
        if at == span.start || inside(at) || line.trim().is_empty() {
            out.push_str(line);
        } else {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            out.extend(std::iter::repeat_n(' ', (blanks + to).saturating_sub(from)));
            out.push_str(&line[blanks..]);
        }
        at += line.len() as u32;
    }
    out
}

/// The blanks at the start of the line that holds an offset.
pub fn depth(text: &str, at: u32) -> usize {
    let start = text[..at as usize].rfind('\n').map_or(0, |end| end + 1);
    text[start..].len() - text[start..].trim_start_matches(' ').len()
}
