//! Tokens as the text that the grammar reads, with the way back.

use crate::scan::Token;
use crate::tree::Span;

/// What the parser reads.
pub struct Codes {
    /// One character for each token.
    pub text: String,
    /// For every byte of `text` the place of its token in the file.
    places: Vec<(u32, u32)>,
    /// Length of the file.
    length: u32,
}

impl Codes {
    /// Writes the tokens down.
    pub fn new(tokens: &[Token], length: usize) -> Codes {
        let mut codes = Codes {
            text: String::with_capacity(tokens.len() * 2),
            places: Vec::with_capacity(tokens.len() * 2),
            length: length as u32,
        };
        for token in tokens {
            codes.text.push(token.code);
            for _ in 0..token.code.len_utf8() {
                codes.places.push((token.start, token.end));
            }
        }
        codes
    }

    /// Where the tokens of a range of `text` stand in the file; line ends at its end do not count. An empty
    /// range stands behind the token before it.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let mut last = to;
        while last > from && self.text.as_bytes()[last - 1] == b'\n' {
            last -= 1;
        }
        if last == from {
            return self.behind(from);
        }
        Span { start: self.places[from].0, end: self.places[last - 1].1 }
    }

    /// The place behind the last token before `at` that is no line end.
    pub fn behind(&self, at: usize) -> Span {
        let before = self.text.as_bytes()[..at].iter().rposition(|byte| *byte != b'\n');
        let end = before.map_or(0, |before| self.places[before].1);
        Span { start: end, end }
    }

    /// Whether the token whose last byte is before `to` was put in (see [`crate::braces`]).
    pub fn is_made_up(&self, to: usize) -> bool {
        to.checked_sub(1).and_then(|at| self.places.get(at)).is_some_and(|(start, end)| start == end)
    }

    /// The place of the token at `at`; at the end of the file its end.
    pub fn place(&self, at: usize) -> Span {
        let (start, end) = self.places.get(at).copied().unwrap_or((self.length, self.length));
        Span { start, end }
    }
}
