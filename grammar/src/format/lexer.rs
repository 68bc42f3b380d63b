//! The tokens of a text that was read without problems, each in its standard spelling.

use super::marks::Marks;
use crate::keywords::{END_STATES, WORDS};
use crate::names::fold;
use crate::text::unix_lines;
use crate::tree::{Comment, CommentKind};
use foldhash::HashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// No keyword has more syllables.
const MAX_SYLLABLES: usize = 6;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name; never changed.
    Name,
    /// A keyword, a key or a phrase, as a whole.
    Keyword,
    /// A number, a date, a range of hours.
    Number,
    /// A string.
    Text,
    /// A comment that reaches to the end of its line.
    LineComment,
    /// `/* … */`
    BlockComment,
    /// A punctuation mark, an operator.
    Sign,
    /// A piece of an attribute with an unknown key.
    Raw,
}

/// A token and what stands before it.
#[derive(Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// As it is to be printed.
    pub text: Cow<'a, str>,
    /// Where it begins in the parsed text.
    pub start: u32,
    /// Where it ends there.
    pub end: u32,
    /// Line ends before it.
    pub breaks: usize,
    /// The author put a blank before it.
    pub blank: bool,
    /// It belongs to an attribute with an unknown key.
    pub unknown: bool,
    /// Blanks to print before it; those at the start of a line are the line's indentation.
    pub gap: usize,
}

impl Token<'_> {
    /// Whether it is this sign.
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }
    /// Whether it is a comment.
    pub fn is_comment(&self) -> bool {
        matches!(self.kind, Kind::LineComment | Kind::BlockComment)
    }
}

/// Every word of the grammar: without diacritics → as it is printed.
static KEYWORDS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let words = WORDS.iter().map(|(rule, phrase)| (*phrase, if *rule == "back_alias" { "quay lại" } else { phrase }));
    let ends = END_STATES.iter().map(|phrase| (*phrase, *phrase));
    words.chain(ends).map(|(phrase, standard)| (fold(phrase), standard)).collect()
});

/// Splits a text into its tokens.
pub fn tokens<'a>(text: &'a str, comments: &[Comment], marks: &Marks) -> Vec<Token<'a>> {
    let mut lexer = Lexer { text, at: 0, comments, marks };
    let mut tokens = Vec::new();
    loop {
        let (breaks, blank) = lexer.skip_blanks();
        if lexer.at >= text.len() {
            return tokens;
        }
        let start = lexer.at as u32;
        let unknown = lexer.unknown_end().is_some();
        let (kind, text) = lexer.token();
        let end = lexer.at as u32;
        tokens.push(Token { kind, text, start, end, breaks, blank, unknown, gap: 0 });
    }
}

struct Lexer<'a, 'm> {
    text: &'a str,
    at: usize,
    /// Those that are still to come.
    comments: &'m [Comment],
    marks: &'m Marks,
}

impl<'a> Lexer<'a, '_> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Moves on and returns what was passed.
    fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.rest()[..length];
        self.at += length;
        taken
    }

    /// The length of the rest up to the first character that is not `inside`.
    fn length(&self, inside: impl Fn(char) -> bool) -> usize {
        self.rest().find(|c| !inside(c)).unwrap_or(self.rest().len())
    }

    /// Where the attribute with an unknown key ends that reaches over this place.
    fn unknown_end(&self) -> Option<usize> {
        let after = self.marks.unknown.partition_point(|span| span.start as usize <= self.at);
        let span = self.marks.unknown[..after].last()?;
        Some(span.end as usize).filter(|end| *end > self.at)
    }

    /// Counts line ends and says whether a blank was among what was passed.
    fn skip_blanks(&mut self) -> (usize, bool) {
        let blanks = self.take(self.length(|c| is_blank(c) || is_line_end(c)));
        let breaks = blanks.matches('\n').count() + blanks.matches('\r').count() - blanks.matches("\r\n").count();
        (breaks, blanks.contains(is_blank))
    }

    fn token(&mut self) -> (Kind, Cow<'a, str>) {
        let at = self.at as u32;
        // In a broken text a string can reach over what was read as a comment.
        while self.comments.first().is_some_and(|comment| comment.span.start < at) {
            self.comments = &self.comments[1..];
        }
        if let Some(comment) = self.comments.first().filter(|comment| comment.span.start == at) {
            return self.comment(comment.clone());
        }
        if self.rest().starts_with('"') {
            return self.string();
        }
        if let Some(end) = self.unknown_end() {
            return self.raw(end);
        }
        if let Some(end) = self.marks.names.get(&at) {
            return (Kind::Name, self.take((end - at) as usize).into());
        }
        if let Some((end, standard)) = self.marks.phrases.get(&at) {
            self.take((end - at) as usize);
            return (Kind::Keyword, (*standard).into());
        }
        if let Some(end) = self.marks.hours.get(&at) {
            return (Kind::Number, hours(self.take((end - at) as usize)).into());
        }
        match self.rest().chars().next() {
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(c) if is_sign(c) => self.sign(c),
            _ => self.keyword(),
        }
    }

    fn comment(&mut self, comment: Comment) -> (Kind, Cow<'a, str>) {
        self.comments = &self.comments[1..];
        let text = self.take((comment.span.end - comment.span.start) as usize);
        if comment.kind != CommentKind::Block {
            return (Kind::LineComment, text.trim_end().into());
        }
        let unix = unix_lines(text);
        let lines: Vec<&str> = unix.split('\n').map(str::trim_end).collect();
        (Kind::BlockComment, lines.join("\n").into())
    }

    fn string(&mut self) -> (Kind, Cow<'a, str>) {
        let mut escaped = true; // the opening quote ends nothing
        let end = self.rest().find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let text = self.take(end.map_or(self.rest().len(), |end| end + 1));
        (Kind::Text, unix_lines(text))
    }

    /// A piece of what is not understood, up to a blank, a string or a comment.
    fn raw(&mut self, end: usize) -> (Kind, Cow<'a, str>) {
        let comment = self.comments.first().map_or(end, |comment| comment.span.start as usize);
        let length = self.length(|c| !is_blank(c) && !is_line_end(c) && c != '"');
        (Kind::Raw, self.take(length.min(end.min(comment) - self.at)).into())
    }

    /// `05`, `0,5`, `1/2`, `3.000.000`, `01/03/2020`
    fn number(&mut self) -> (Kind, Cow<'a, str>) {
        let bytes = self.rest().as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let inside = |at: usize| digit(at) || (matches!(bytes.get(at), Some(b'.' | b',' | b'/')) && digit(at + 1));
        let length = (0..).take_while(|at| inside(*at)).count();
        (Kind::Number, self.take(length).into())
    }

    fn sign(&mut self, first: char) -> (Kind, Cow<'a, str>) {
        let signs = [("->", "->"), ("→", "->"), ("!=", "≠"), ("<=", "≤"), (">=", "≥")];
        match signs.into_iter().find(|(written, _)| self.rest().starts_with(written)) {
            Some((written, standard)) => {
                self.take(written.len());
                (Kind::Sign, standard.into())
            }
            None => (Kind::Sign, self.take(first.len_utf8()).into()),
        }
    }

    /// The longest keyword that stands here. Names never reach this, so nothing else can.
    fn keyword(&mut self) -> (Kind, Cow<'a, str>) {
        let ends = self.word_ends();
        for end in ends.iter().rev() {
            if let Some(standard) = KEYWORDS.get(&fold(&self.text[self.at..*end])) {
                self.at = *end;
                return (Kind::Keyword, (*standard).into());
            }
        }
        let first = ends.first().map_or(self.rest().len(), |end| end - self.at);
        (Kind::Keyword, self.take(first).into())
    }

    /// Where the words end that may be syllables of one phrase.
    fn word_ends(&self) -> Vec<usize> {
        let mut ends: Vec<usize> = Vec::new();
        let mut at = self.at;
        while ends.len() < MAX_SYLLABLES {
            let rest = &self.text[at..];
            let word = rest.find(|c| is_blank(c) || is_line_end(c) || is_sign(c) || c == '"').unwrap_or(rest.len());
            if word == 0 || (at > self.at && self.is_marked(at as u32)) {
                break;
            }
            ends.push(at + word);
            let blanks = &rest[word..];
            at += word + blanks.find(|c| !is_blank(c)).unwrap_or(blanks.len());
        }
        ends
    }

    /// Whether something of its own begins here.
    fn is_marked(&self, at: u32) -> bool {
        self.marks.starts.contains(&at) || self.marks.names.contains_key(&at) || self.marks.phrases.contains_key(&at)
    }
}

/// `7:30 - 11:30`
fn hours(text: &str) -> String {
    let tight: String = text.chars().filter(|c| !is_blank(*c)).collect();
    tight.replace('-', " - ").replace('–', " – ")
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

fn is_sign(c: char) -> bool {
    (c.is_ascii_punctuation() && c != '_' && c != '"') || matches!(c, '≠' | '≤' | '≥' | '→' | '–')
}
