//! Positions as LSP has them: the only place that knows both sides.

use line_index::WideEncoding;
use tower_lsp::ls_types::{MarkupContent, MarkupKind, Position, PositionEncodingKind, Range};
use tthc_compiler::source::Source;
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

    /// How many columns a text takes.
    pub fn width(self, text: &str) -> u32 {
        match self {
            Encoding::Utf8 => text.len() as u32,
            Encoding::Utf16 => text.encode_utf16().count() as u32,
        }
    }
}

/// Markdown for an editor that shows it, else the same without its marks.
pub fn markup(words: String, shows_markdown: bool) -> MarkupContent {
    match shows_markdown {
        true => MarkupContent { kind: MarkupKind::Markdown, value: words },
        false => MarkupContent { kind: MarkupKind::PlainText, value: words.replace("**", "").replace('`', "") },
    }
}

/// Where a position of the editor stands in a text, in bytes. What lies behind a line's end is its end, what lies
/// inside a character is its start.
pub fn byte_offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let start = match position.line.checked_sub(1) {
        None => 0,
        Some(before) => match text.match_indices('\n').nth(before as usize) {
            Some((at, _)) => at + 1,
            None => return text.len(),
        },
    };
    let line = text[start..].split('\n').next().unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let mut column = 0;
    for (at, c) in line.char_indices() {
        column += match encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        } as u32;
        if column > position.character {
            return start + at;
        }
    }
    start + line.len()
}

/// Where a position of the editor stands in the parsed text.
pub fn offset(source: &Source, position: Position, encoding: Encoding) -> u32 {
    source.text.parsed_offset(byte_offset(&source.text.original, position, encoding) as u32)
}

/// Where a span of the parsed text stands in the file.
pub fn range(source: &Source, span: Span, encoding: Encoding) -> Range {
    let start = position(source, span.start, encoding);
    Range { start, end: position(source, span.end, encoding).max(start) }
}

/// Where an offset of the parsed text stands in the file.
pub fn position(source: &Source, offset: u32, encoding: Encoding) -> Position {
    original_position(source, source.text.original_offset(offset), encoding)
}

/// Where an offset of the file's own text stands.
pub fn original_position(source: &Source, offset: u32, encoding: Encoding) -> Position {
    let lines = source.lines();
    let Some(at) = lines.try_line_col(offset.into()) else { return Position::default() };
    let character = match encoding {
        Encoding::Utf8 => at.col,
        Encoding::Utf16 => lines.to_wide(WideEncoding::Utf16, at).map_or(at.col, |wide| wide.col),
    };
    Position { line: at.line, character }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `b` stands, in both encodings; and back.
    fn columns(text: &str) -> (u32, u32) {
        let source = Source::new("a.tthc", text.as_bytes());
        let at = source.text.parsed().find('b').unwrap_or_default() as u32;
        let column = |encoding| {
            let found = position(&source, at, encoding);
            assert_eq!(offset(&source, found, encoding), at, "{text}");
            found.character
        };
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
    fn positions_outside_of_the_text_are_its_ends() {
        let at = |line, character| byte_offset("ử👩\r\nb", Position { line, character }, Encoding::Utf16);
        assert_eq!((at(0, 1), at(0, 2), at(0, 3), at(0, 99)), (3, 3, 7, 7));
        assert_eq!((at(1, 0), at(1, 1), at(1, 9), at(7, 0)), (9, 10, 10, 10));
    }

    #[test]
    fn utf8_only_where_it_is_offered() {
        assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(Some(&[PositionEncodingKind::UTF32])), Encoding::Utf16);
        let both = [PositionEncodingKind::UTF16, PositionEncodingKind::UTF8];
        assert_eq!(Encoding::negotiate(Some(&both)), Encoding::Utf8);
    }
}
