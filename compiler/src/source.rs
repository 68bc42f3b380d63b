//! Files as the compiler knows them: a number, a path inside the project, a text, positions.

use line_index::{LineIndex, TextSize, WideEncoding};
use std::borrow::Cow;
use std::sync::OnceLock;
use tthc_grammar::text::Text;
use tthc_grammar::tree::Span;

/// A file of the project, by its place in the list of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A span in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Offsets in the file's parsed text.
    pub span: Span,
}

impl Place {
    /// Whether another place begins within this one, or right behind it.
    pub fn holds(&self, inner: Place) -> bool {
        self.file == inner.file && self.span.start <= inner.span.start && inner.span.start <= self.span.end
    }
}

/// A line and a column, both from 1; columns are Unicode scalar values of the file as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

/// A file: path, text, lines.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the project's root, with `/`; what diagnostics print.
    pub path: String,
    /// The text.
    pub text: Text,
    /// Made when first asked for: where nothing is found nobody asks.
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// Decodes a file.
    pub fn new(path: impl Into<String>, bytes: &[u8]) -> Source {
        let text = Text::new(bytes);
        Source { path: path.into(), text, lines: OnceLock::new() }
    }

    /// The range of bytes in the file as it stands (without its byte order mark).
    pub fn original_range(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.text.original_offset(span.start) as usize;
        start..(self.text.original_offset(span.end) as usize).max(start)
    }

    /// Where an offset of the parsed text stands in the file.
    pub fn position(&self, offset: u32) -> Position {
        let offset = TextSize::new(self.text.original_offset(offset));
        let lines = self.lines();
        let end = || lines.line_col(lines.len());
        let at = lines.try_line_col(offset).unwrap_or_else(end);
        let column = lines.to_wide(WideEncoding::Utf32, at).map_or(at.col, |wide| wide.col);
        Position { line: at.line + 1, column: column + 1 }
    }

    /// The line of the parsed text that holds an offset, without its end.
    pub fn line(&self, offset: u32) -> &str {
        let text = self.text.parsed();
        let start = text[..offset as usize].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        text[start..].split(['\n', '\r']).next().unwrap_or("")
    }

    /// The words of a span, as parsed.
    pub fn words(&self, span: Span) -> &str {
        self.text.parsed().get(span.range()).unwrap_or_default()
    }

    /// Lines and columns in other encodings.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&with_line_feeds(&self.text.original)))
    }
}

/// With each line end that is a carriage return alone as a line feed, as editors count lines; every offset stays.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let alone = |at: &usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(|(at, _)| alone(&at)) {
        return Cow::Borrowed(text);
    }
    let kept = |(at, c)| if c == '\r' && alone(&at) { '\n' } else { c };
    Cow::Owned(text.char_indices().map(kept).collect())
}
