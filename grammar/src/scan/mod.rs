//! Text → tokens: one pass before parsing.
//!
//! Words are looked up (see [`crate::words`]), strings and comments get their ends, also where those are missing:
//! an odd quote must not swallow the rest of a file. The tokens then go through [`crate::braces`].

mod strings;

use crate::keywords::Key;
use crate::tree::{Comment, CommentKind, Problem, ProblemKind, Span};
use crate::words;
use strings::looks_like_statement;

/// A token: what the grammar reads, and where it stands in the text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// See [`crate::words`].
    pub code: char,
    /// First byte.
    pub start: u32,
    /// One behind the last byte; of line ends: where the next line that is not empty begins.
    pub end: u32,
}

/// What the pass found.
#[derive(Default)]
pub struct Scan {
    /// In order; no two line ends in a row.
    pub tokens: Vec<Token>,
    /// Where the first line that is not empty begins.
    pub first_line: u32,
    /// All comments, in order.
    pub comments: Vec<Comment>,
    /// Unclosed strings and comments.
    pub problems: Vec<Problem>,
    /// The text breaks off inside a block.
    pub breaks_off: bool,
}

/// Scans a text.
pub fn scan(text: &str) -> Scan {
    let mut scanner = Scanner { text, source: text.as_bytes(), out: Scan::default() };
    scanner.out.tokens.reserve(text.len() / 4);
    scanner.run();
    scanner.out
}

struct Scanner<'a> {
    text: &'a str,
    source: &'a [u8],
    out: Scan,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(&byte) = self.source.get(at) {
            at = match byte {
                b' ' | b'\t' => at + 1,
                b'\n' | b'\r' => self.line_end(at),
                b'"' => self.string(at),
                b'/' if self.follows(at, b"//") => self.line_comment(at),
                b'/' if self.follows(at, b"/*") => self.block_comment(at),
                b'0'..=b'9' => self.number(at),
                b':' => self.colon(at),
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(at),
                _ => self.sign(at),
            };
        }
    }

    fn follows(&self, at: usize, words: &[u8]) -> bool {
        self.source[at..].starts_with(words)
    }

    fn push(&mut self, code: char, start: usize, end: usize) -> usize {
        self.out.tokens.pop_if(|last| last.code == words::BREAK && !words::is_word(code));
        self.out.tokens.push(Token { code, start: start as u32, end: end as u32 });
        end
    }

    /// Between words; a token that is none takes it away again.
    fn push_break(&mut self, at: u32) {
        self.out.tokens.push(Token { code: words::BREAK, start: at, end: at });
    }

    /// A line end; many in a row are one token.
    fn line_end(&mut self, at: usize) -> usize {
        match self.out.tokens.last_mut() {
            Some(last) if last.code == words::LINE => last.end = at as u32 + 1,
            Some(_) => return self.push(words::LINE, at, at + 1),
            None => self.out.first_line = at as u32 + 1,
        }
        at + 1
    }

    fn word(&mut self, start: usize) -> usize {
        let mut end = start;
        while let Some(&byte) = self.source.get(end) {
            end += match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => 1,
                0..0x80 => break,
                // The letters of Vietnamese stand in these rows (U+00D7 and U+00F7 are signs).
                0xC3..=0xC6 if !matches!(self.source.get(end + 1), Some(0x97 | 0xB7)) => 2,
                0xE1 if matches!(self.source.get(end + 1), Some(0xBA | 0xBB)) => 3,
                _ => match self.text[end..].chars().next().filter(|c| is_word_char(*c)) {
                    Some(c) => c.len_utf8(),
                    None => break,
                },
            };
        }
        if end == start {
            return self.foreign_sign(start);
        }
        let word = &self.text[start..end];
        let is_name = match self.source[start] {
            b'_' => false,
            // Letters, those of the rows above among them.
            0..0x80 | 0xC3..=0xC6 => true,
            _ => word.starts_with(|c: char| c.is_alphabetic()),
        };
        self.push(if is_name { words::code(word) } else { words::OTHER }, start, end)
    }

    fn foreign_sign(&mut self, at: usize) -> usize {
        let c = self.text[at..].chars().next().unwrap_or(' ');
        let end = at + c.len_utf8();
        match c {
            '\u{A0}' => end,
            '→' | '≠' | '≤' | '≥' => self.push(c, at, end),
            '“' | '”' | '„' => self.curly_string(at, c).unwrap_or_else(|| self.push(words::OTHER, at, end)),
            _ => self.push(words::OTHER, at, end),
        }
    }

    fn sign(&mut self, at: usize) -> usize {
        let two = |next: &[u8]| self.source.get(at + 1..at + 1 + next.len()) == Some(next);
        let (code, length) = match self.source[at] {
            b'-' if two(b">") => (words::ARROW, 2),
            b'!' if two(b"=") => ('≠', 2),
            b'<' if two(b"=") => ('≤', 2),
            b'>' if two(b"=") => ('≥', 2),
            b'.' if self.is_between_words(at) => ('.', 1),
            byte @ (b'{' | b'}' | b'(' | b')' | b',' | b'=' | b'<' | b'>' | b'|' | b'+' | b'/') => (byte as char, 1),
            _ => (words::OTHER, 1),
        };
        self.push(code, at, at + length)
    }

    /// Paths have no blanks.
    fn is_between_words(&self, at: usize) -> bool {
        let glued = self
            .out
            .tokens
            .last()
            .is_some_and(|last| last.end as usize == at && last.code != words::LINE && last.code != words::STRING);
        glued && self.text[at + 1..].starts_with(is_word_char)
    }

    fn digits(&self, from: usize) -> usize {
        self.source[from..]
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .map_or(self.source.len(), |length| from + length)
    }

    fn number(&mut self, start: usize) -> usize {
        let mut end = self.digits(start);
        if let Some(hours) = self.hours(start) {
            return self.push(words::HOURS, start, hours);
        }
        let (mut code, mut slashes) = (words::INTEGER, 0);
        while let Some(separator @ (b'.' | b',' | b'/')) = self.source.get(end) {
            let next = self.digits(end + 1);
            if next == end + 1 {
                break;
            }
            code = if *separator == b'.' && code != words::NUMBER { words::DOTTED } else { words::NUMBER };
            slashes += u32::from(*separator == b'/');
            end = next;
        }
        let letter = self.source.get(end).is_some_and(u8::is_ascii_lowercase);
        if code == words::INTEGER && letter && !self.text[end + 1..].starts_with(is_word_char) {
            return self.push(words::ORDINAL, start, end + 1);
        }
        if slashes == 2 && is_date(&self.text[start..end]) {
            code = words::DATE;
        }
        self.push(code, start, end)
    }

    /// The end of `7:30 - 11:30`.
    fn hours(&self, start: usize) -> Option<usize> {
        let mut rest = self.time(start)?;
        rest = rest.trim_start_matches([' ', '\t', '\u{A0}']);
        rest = rest.strip_prefix(['-', '–'])?.trim_start_matches([' ', '\t', '\u{A0}']);
        let rest = self.time(self.text.len() - rest.len())?;
        Some(self.text.len() - rest.len())
    }

    /// What follows `7:30`.
    fn time(&self, start: usize) -> Option<&str> {
        let colon = self.digits(start);
        if !(1..=2).contains(&(colon - start)) || self.source.get(colon) != Some(&b':') {
            return None;
        }
        let end = self.digits(colon + 1);
        (end == colon + 3).then(|| &self.text[end..])
    }

    /// A colon makes the key before it one token.
    fn colon(&mut self, at: usize) -> usize {
        self.out.tokens.pop_if(|last| last.code == words::BREAK);
        let tokens = &self.out.tokens;
        let words_before =
            tokens.iter().rev().map(|token| (token.code, &self.text[token.start as usize..token.end as usize]));
        match words::key_before(words_before) {
            Some((key, count)) if !self.opens_block(key, at) => {
                let first = tokens.len() - count;
                let start = tokens[first].start as usize;
                self.out.tokens.truncate(first);
                self.push(key, start, at + 1)
            }
            _ => self.push(':', at, at + 1),
        }
    }

    /// `quy trình: {`: what is a key and a block alike is the block here, with a sign too many.
    fn opens_block(&self, key: char, colon: usize) -> bool {
        let block = matches!(words::key_of(key), Some(Key::Process | Key::ElectronicCopy | Key::Calendar));
        block && self.text[colon + 1..].trim_start_matches([' ', '\t']).starts_with('{')
    }

    fn problem(&mut self, kind: ProblemKind, start: usize, end: usize) {
        self.out.problems.push(Problem { kind, span: Span::new(start, end) });
    }

    fn line_comment(&mut self, start: usize) -> usize {
        let end = self.text[start..].find(['\n', '\r']).map_or(self.text.len(), |length| start + length);
        let rest = &self.text[start..end];
        let doc = rest.starts_with("///") && !rest.starts_with("////");
        let kind = if doc { CommentKind::Doc } else { CommentKind::Line };
        self.out.comments.push(Comment { span: Span::new(start, end), kind });
        end
    }

    fn block_comment(&mut self, start: usize) -> usize {
        let (mut at, mut depth) = (start, 0usize);
        while at < self.source.len() {
            match &self.source[at..self.source.len().min(at + 2)] {
                b"/*" => (depth, at) = (depth + 1, at + 2),
                b"*/" => (depth, at) = (depth - 1, at + 2),
                _ => at += 1,
            }
            if depth == 0 {
                break;
            }
        }
        let mut end = at.min(self.source.len());
        if depth > 0 {
            self.problem(ProblemKind::UnclosedComment, start, start + 2);
            end = self.comment_end(start);
        }
        let lines = self.text[start..end].rfind(['\n', '\r']).map(|at| start + at);
        self.out.comments.push(Comment { span: Span::new(start, end), kind: CommentKind::Block });
        match (lines, self.out.tokens.last()) {
            (Some(line), _) => {
                self.line_end(line);
            }
            (None, Some(last)) if words::is_word(last.code) => self.push_break(last.end),
            _ => {}
        }
        end
    }

    /// Where a comment without an end stops: before the next line that looks like a statement.
    fn comment_end(&self, start: usize) -> usize {
        let mut at = start;
        for (index, line) in strings::lines_with_ends(&self.text[start..]).enumerate() {
            if index > 0 && looks_like_statement(line) {
                return start + self.text[start..at].trim_end().len();
            }
            at += line.len();
        }
        self.text.len()
    }
}

fn is_word_char(c: char) -> bool {
    c == '_'
        || c.is_alphabetic()
        || c.is_ascii_digit()
        || unicode_normalization::char::canonical_combining_class(c) != 0
}

/// `dd/mm/yyyy`; with a year of two digits it is meant as a date, and is none.
fn is_date(text: &str) -> bool {
    let mut lengths = text.split('/').map(str::len);
    let shape = [lengths.next(), lengths.next(), lengths.next()];
    matches!(shape, [Some(1 | 2), Some(1 | 2), Some(2 | 4)]) && !text.contains(['.', ','])
}
