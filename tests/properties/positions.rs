//! Lines and columns in UTF-8, UTF-16 and UTF-32 lead to the place from which they come, in any text.

use line_index::{LineCol, WideEncoding, WideLineCol};
use proptest::prelude::*;
use tthc_compiler::source::{Position, Source};

/// Letters, marks apart from their letters, what takes two units in UTF-16, and everything that ends a line.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "a", "ệ", "ử", "e\u{302}\u{323}", "u\u{31B}\u{309}", "\u{301}", "👩‍💻", "🏗️", "𠮷", " ", "\t", "\u{A0}",
            "\n", "\r\n", "\r", "\u{2028}", "\u{200B}", "\u{FEFF}", "\u{202E}", "\0", "\"", "{", "}", "bước ", "ngày",
        ]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Where an offset of a text stands, counted by hand; lines end with `\n`, `\r\n` or `\r`.
fn counted(text: &str, at: usize, units: impl Fn(char) -> usize) -> (u32, u32) {
    let is_end = |&(end, c): &(usize, char)| c == '\n' || c == '\r' && !text[end + 1..].starts_with('\n');
    let starts: Vec<usize> =
        text.char_indices().filter(is_end).map(|(end, _)| end + 1).filter(|start| *start <= at).collect();
    let start = starts.last().copied().unwrap_or_default();
    let column: usize = text[start..at].chars().map(units).sum();
    (starts.len() as u32, column as u32)
}

#[test]
fn positions_lead_back() {
    let mut runner = crate::runner("tests/properties/regressions/positions.txt");
    let holds = |text: String| {
        let source = Source::new("t.tthc", text.as_bytes());
        let (original, parsed) = (&source.text.original, source.text.parsed());
        let mut before = 0;
        for offset in (0..=parsed.len()).filter(|at| parsed.is_char_boundary(*at)) {
            let at = source.text.original_offset(offset as u32) as usize;
            prop_assert!(before <= at && original.is_char_boundary(at), "{offset} leads to {at}");
            before = at;
            let (line, column) = counted(original, at, |_| 1);
            prop_assert_eq!(source.position(offset as u32), Position { line: line + 1, column: column + 1 });
            encodings(&source, at)?;
        }
        Ok(())
    };
    if let Err(failure) = runner.run(&texts(), holds) {
        panic!("{failure}");
    }
}

/// There and back in every encoding, for an offset of the file as it stands.
fn encodings(source: &Source, at: usize) -> Result<(), TestCaseError> {
    let (text, lines) = (&source.text.original, source.lines());
    let bytes = lines.line_col((at as u32).into());
    prop_assert_eq!((bytes.line, bytes.col), counted(text, at, char::len_utf8));
    for (encoding, units) in [(WideEncoding::Utf16, char::len_utf16 as fn(char) -> usize), (WideEncoding::Utf32, |_| 1)]
    {
        let wide = lines.to_wide(encoding, bytes);
        let (line, col) = counted(text, at, units);
        prop_assert_eq!(wide, Some(WideLineCol { line, col }));
        let back: Option<LineCol> = lines.to_utf8(encoding, WideLineCol { line, col });
        prop_assert_eq!(back, Some(bytes));
    }
    Ok(())
}

/// Where the parsed text is that of the file, the way back of an offset is itself.
#[test]
fn places_in_plain_texts_are_themselves() {
    let piece =
        prop::sample::select(vec!["a", "ệ", "ử", "👩‍💻", "🏗️", "𠮷", " ", "\t", "\n", "\"", "{", "}", "bước ", "ngày"]);
    let plain = prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat());
    let mut runner = crate::runner("tests/properties/regressions/positions.txt");
    let holds = |text: String| {
        let source = Source::new("t.tthc", text.as_bytes());
        prop_assert_eq!(source.text.parsed(), &text, "it is not read as it stands");
        for (at, _) in text.char_indices() {
            let there = source.text.original_offset(at as u32);
            prop_assert_eq!((there, source.text.parsed_offset(there)), (at as u32, at as u32));
        }
        Ok(())
    };
    if let Err(failure) = runner.run(&plain, holds) {
        panic!("{failure}");
    }
}
