//! Lines of a file as miette draws them.
//!
//! miette's own sources count columns in bytes and walk the text from its beginning for every place; this one
//! counts characters and finds lines by the index that the file has anyway.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::borrow::Cow;
use std::ops::Range;
use tthc_compiler::source::{Source, with_line_feeds};

/// A file with the name under which it is shown.
pub struct Snippet<'s> {
    name: String,
    source: &'s Source,
    text: Cow<'s, str>,
}

impl<'s> Snippet<'s> {
    /// A file to draw from.
    pub fn new(name: String, source: &'s Source) -> Snippet<'s> {
        let text = match with_line_feeds(&source.text.original) {
            Cow::Borrowed(text) => harmless(text),
            Cow::Owned(text) => Cow::Owned(harmless(&text).into_owned()),
        };
        Snippet { name, source, text }
    }

    /// What of a range stands on its first line: whole blocks would fill the screen.
    pub fn first_line(&self, range: Range<usize>) -> SourceSpan {
        let start = range.start.min(self.text.len());
        let line = self.line(start);
        let end = range.end.clamp(start, self.line_range(line).end.max(start));
        let shown = self.text.get(start..end).unwrap_or_default().trim_end();
        (start, shown.len()).into()
    }

    fn line(&self, offset: usize) -> u32 {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        self.source.lines().try_line_col(offset.into()).map_or(0, |at| at.line)
    }

    /// The bytes of a line, with its end.
    fn line_range(&self, line: u32) -> Range<usize> {
        let end = self.text.len();
        self.source.lines().line(line).map_or(end..end, |range| range.start().into()..range.end().into())
    }
}

impl SourceCode for Snippet<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (from, to) = (self.line(span.offset()), self.line(span.offset() + span.len()));
        let first = from.saturating_sub(lines_before as u32);
        let last = to.saturating_add(lines_after as u32);
        let line_start = self.line_range(first).start;
        // Without context the contents begin at the span itself, as with miette's own sources.
        let start = if lines_before == 0 { span.offset() } else { line_start };
        let end = self.line_range(last).end;
        let shown = self.text.get(start..end).ok_or(MietteError::OutOfBounds)?;
        let column = self.text.get(line_start..start).map_or(0, |before| before.chars().count());
        let span = (start, shown.len()).into();
        let count = shown.lines().count();
        let contents =
            MietteSpanContents::new_named(self.name.clone(), shown.as_bytes(), span, first as usize, column, count);
        Ok(Box::new(contents))
    }
}

/// A text in which no character commands the terminal or turns the reading direction; each such character
/// becomes one of the same length, so that places stay what they are.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_harmful(c) { stand_in(c) } else { c }).collect())
}

fn is_harmful(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn stand_in(c: char) -> char {
    match c.len_utf8() {
        1 => '?',
        2 => '¿',
        _ => '\u{FFFD}',
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn columns_are_characters() {
        let source = Source::new("a.tthc", "một\nhai bước ≠ ba\nbốn\n".as_bytes());
        let snippet = Snippet::new("a.tthc".to_string(), &source);
        let at = source.text.original.find("≠").unwrap();
        let contents = snippet.read_span(&(at, 3).into(), 0, 0).unwrap();
        assert_eq!((contents.line(), contents.column()), (1, 9));
        assert_eq!(contents.data(), "≠ ba\n".as_bytes());
        let contents = snippet.read_span(&(at, 3).into(), 1, 1).unwrap();
        assert_eq!((contents.line(), contents.column(), contents.line_count()), (0, 0, 3));
        assert_eq!(contents.data(), source.text.original.as_bytes());
    }

    #[test]
    fn only_the_first_line_of_a_block_is_shown() {
        let source = Source::new("a.tthc", "cơ quan A {\r\n}\r\n".as_bytes());
        let snippet = Snippet::new("a.tthc".to_string(), &source);
        let span = snippet.first_line(0..source.text.original.len());
        assert_eq!((span.offset(), span.len()), (0, "cơ quan A {".len()));
    }

    #[test]
    fn nothing_commands_the_terminal() {
        let text = "a\u{1B}[31m\u{202E}b\u{9B}\tc\n";
        let shown = harmless(text);
        assert_eq!(shown, "a?[31m\u{FFFD}b¿\tc\n");
        assert_eq!(shown.len(), text.len());
    }
}
