//! The one way a `.tthc` file is laid out.
//!
//! The formatter never prints a tree: it takes the tokens of the text, in their order, and decides what
//! stands between them. So nothing can be lost. The tree only says what a token is: where statements begin,
//! which words are names, and which are keywords that get their standard spelling.

mod align;
mod layout;
mod lexer;
mod marks;

use crate::text::Text;
use crate::tree::Span;
use crate::tree::Tree;
use layout::Line;
pub use lexer::Kind;
use lexer::Token;
use marks::Marks;

/// The text in its standard layout; `None` where anything in it could not be read.
///
/// `tree` must be what [`crate::parse`] made of `text`. Line breaks stay where the author put them; blanks,
/// indentation and the spelling of keywords follow the standard. Formatting twice changes nothing more.
pub fn format(text: &Text, tree: &Tree) -> Option<String> {
    if !tree.problems.is_empty() {
        return None;
    }
    let marks = Marks::of(tree);
    let mut tokens = lexer::tokens(text.parsed(), &tree.comments, &marks);
    let lines = layout::lines(&mut tokens, &marks);
    align::arrows(&mut tokens, &lines, &marks);
    align::comments(&mut tokens, &lines);
    Some(print(&tokens, &lines))
}

/// The pieces of a text, each with what it is. Of what could not be read the pieces are those of any text.
pub fn pieces(text: &Text, tree: &Tree) -> Vec<(Span, Kind)> {
    let marks = Marks::of(tree);
    let tokens = lexer::tokens(text.parsed(), &tree.comments, &marks);
    tokens.iter().map(|token| (Span { start: token.start, end: token.end }, token.kind)).collect()
}

/// A piece of a text as it stands on one line; `None` where a comment or a string of several lines stands in it.
pub fn on_one_line(text: &Text, tree: &Tree, span: Span) -> Option<String> {
    let marks = Marks::of(tree);
    let tokens = lexer::tokens(text.parsed(), &tree.comments, &marks);
    let inside: Vec<&Token<'_>> =
        tokens.iter().filter(|token| span.start <= token.start && token.end <= span.end).collect();
    if inside.iter().any(|token| token.is_comment() || token.text.contains('\n')) {
        return None;
    }
    let mut out = String::new();
    for (at, token) in inside.iter().enumerate() {
        let gap = at.checked_sub(1).map_or(0, |before| layout::gap(inside[before], token, &marks));
        out.extend(std::iter::repeat_n(' ', gap));
        out.push_str(&token.text);
    }
    Some(out)
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

fn print(tokens: &[Token<'_>], lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        if line.blank_above {
            out.push('\n');
        }
        let mut blanks = line.indent;
        for token in &tokens[line.tokens.clone()] {
            out.extend(std::iter::repeat_n(' ', blanks + token.gap));
            out.push_str(&token.text);
            blanks = 0;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::names::fold;

    fn formatted(text: &str) -> Option<String> {
        let text = Text::new(text.as_bytes());
        format(&text, &crate::parse(&text))
    }

    /// The text with every keyword typed without diacritics.
    fn without_diacritics(text: &str) -> String {
        let text = Text::new(text.as_bytes());
        let tree = crate::parse(&text);
        let marks = Marks::of(&tree);
        let mut tokens = lexer::tokens(text.parsed(), &tree.comments, &marks);
        let lines = layout::lines(&mut tokens, &marks);
        for token in tokens.iter_mut().filter(|token| token.kind == Kind::Keyword) {
            token.text = fold(&token.text).into();
        }
        print(&tokens, &lines)
    }

    #[test]
    fn keywords_without_diacritics_get_them_back() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/format")).unwrap();
        let files =
            files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "tthc"));
        let mut seen = 0;
        for path in files {
            let once = formatted(&std::fs::read_to_string(&path).unwrap()).unwrap();
            assert_eq!(formatted(&without_diacritics(&once)), Some(once), "{}", path.display());
            seen += 1;
        }
        assert!(seen > 5);
    }

    #[test]
    fn what_cannot_be_read_is_not_touched() {
        assert_eq!(formatted("thủ tục a {"), None);
        assert_eq!(formatted("thủ tục   a { }"), Some("thủ tục a {}\n".into()));
        assert_eq!(formatted(" \r\n\n"), Some(String::new()));
    }
}
