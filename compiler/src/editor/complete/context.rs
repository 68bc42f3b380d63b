//! Where the cursor stands, told from the text before it alone: what is being typed is seldom a whole statement,
//! and the rest of the file may be broken.

use std::collections::HashMap;
use tthc_grammar::keywords::{self, Key, WORDS};
use tthc_grammar::names::fold;
use tthc_grammar::tree::{DeclarationKind, Span};

/// No keyword has more syllables.
pub(super) const MAX_SYLLABLES: usize = 6;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A name, a number, or a syllable of a phrase; dotted paths are one.
    Word(String),
    /// A string; what it says.
    Text(String),
    /// A sign.
    Sign(char),
    /// `->`
    Arrow,
}

impl Token {
    /// The word, without diacritics.
    pub fn folded(&self) -> Option<String> {
        match self {
            Token::Word(word) => Some(fold(word)),
            _ => None,
        }
    }
}

/// A block around the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Of a declaration, with its name.
    Block(DeclarationKind, Option<String>),
    /// Of a line of `hướng xử lý`.
    Arrow,
    /// Of a line of `thành phần hồ sơ`.
    Paper,
    /// `thuộc { … }`, with what stands before it.
    Values(String),
    /// Not known.
    Unknown,
}

/// Where the cursor stands.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Blocks around it, outermost first, each with the first value of its keys so far.
    pub frames: Vec<(Frame, HashMap<Key, String>)>,
    /// The statement before what is being typed.
    pub statement: Vec<Token>,
    /// Where each token of the statement begins.
    pub starts: Vec<u32>,
    /// What is being typed; also the inside of a string that is not closed.
    pub typed: String,
    /// What would be replaced.
    pub replace: Span,
    /// What stands behind it in its line, up to a block.
    pub behind: Vec<Token>,
    /// Inside a string.
    pub in_text: bool,
    /// Inside a comment: nothing is offered.
    pub in_comment: bool,
}

impl Context {
    /// Reads the text up to an offset.
    pub fn at(text: &str, offset: u32) -> Context {
        let end = offset as usize;
        let before = text.get(..end).unwrap_or(text);
        let mut scanner = Scanner { text: before, at: 0, context: Context::default() };
        scanner.run();
        let mut context = scanner.context;
        if !context.in_text && !context.in_comment {
            context.take_typed(before);
        }
        if context.replace.end == 0 {
            context.replace = Span::new(end, end);
        }
        // The rest of the word behind the cursor goes too.
        let rest = text.get(end..).unwrap_or_default();
        let more = rest.find(|c: char| !is_word(c) || c == '.').unwrap_or(rest.len());
        if !context.in_text {
            context.replace.end += more as u32;
            let line = rest[more..].split(['\n', '{']).next().unwrap_or_default();
            let mut scanner = Scanner { text: line, at: 0, context: Context::default() };
            scanner.run();
            context.behind = scanner.context.statement;
        }
        context
    }

    /// The same without the last words of the statement: what could have been written in their place.
    pub fn before_last(&self, words: usize) -> Context {
        let mut before = self.clone();
        let kept = before.statement.len().saturating_sub(words);
        before.statement.truncate(kept);
        before.starts.truncate(kept);
        before
    }

    /// A word that the cursor touches is what is being typed.
    fn take_typed(&mut self, before: &str) {
        let touches = before.chars().next_back().is_some_and(is_word);
        if !touches {
            return;
        }
        let (Some(Token::Word(word)), Some(start)) = (self.statement.pop(), self.starts.pop()) else { return };
        let last = word.rsplit('.').next().unwrap_or(&word).to_string();
        let prefix = &word[..word.len() - last.len()];
        if !prefix.is_empty() {
            self.statement.push(Token::Word(prefix.to_string()));
            self.starts.push(start);
        }
        self.replace = Span::new(start as usize + prefix.len(), before.len());
        self.typed = last;
    }

    /// The innermost block.
    pub fn frame(&self) -> Option<&Frame> {
        self.frames.last().map(|(frame, _)| frame)
    }

    /// The first value of a key in the nearest block that states it.
    pub fn stated(&self, key: Key) -> Option<&str> {
        self.frames.iter().rev().find_map(|(_, stated)| stated.get(&key)).map(String::as_str)
    }

    /// Whether it stands in a block of this kind, however deep.
    pub fn is_within(&self, wanted: DeclarationKind) -> bool {
        self.frames.iter().any(|(frame, _)| matches!(frame, Frame::Block(kind, _) if *kind == wanted))
    }

    /// The name of the nearest block of one of these kinds.
    pub fn around(&self, kinds: &[DeclarationKind]) -> Option<(DeclarationKind, &str)> {
        self.frames.iter().rev().find_map(|(frame, _)| match frame {
            Frame::Block(kind, Some(name)) if kinds.contains(kind) => Some((*kind, name.as_str())),
            _ => None,
        })
    }
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.' || ('\u{300}'..='\u{36F}').contains(&c)
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    context: Context,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(c) = self.text[self.at..].chars().next() {
            let rest = &self.text[self.at..];
            match c {
                '\n' => self.line_end(),
                c if c.is_whitespace() => {}
                '/' if rest.starts_with("//") => {
                    let Some(length) = rest.find('\n') else { return self.context.in_comment = true };
                    self.at += length;
                    continue;
                }
                '/' if rest.starts_with("/*") => {
                    let Some(length) = rest.find("*/") else { return self.context.in_comment = true };
                    self.at += length + 2;
                    continue;
                }
                '"' => {
                    if !self.string() {
                        return;
                    }
                    continue;
                }
                '-' if rest.starts_with("->") => {
                    self.push(Token::Arrow);
                    self.at += 2;
                    continue;
                }
                '{' => self.open(),
                '}' => {
                    self.statement_end();
                    self.context.frames.pop();
                }
                ':' => self.colon(),
                c if is_word(c) => {
                    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                    self.push(Token::Word(rest[..length].to_string()));
                    self.at += length;
                    continue;
                }
                c => self.push(Token::Sign(c)),
            }
            self.at += c.len_utf8();
        }
    }

    fn push(&mut self, token: Token) {
        self.context.statement.push(token);
        self.context.starts.push(self.at as u32);
    }

    /// Answers whether the string is closed.
    fn string(&mut self) -> bool {
        let inside = &self.text[self.at + 1..];
        let mut escaped = false;
        let close = inside.char_indices().find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        match close {
            Some((length, _)) => {
                self.push(Token::Text(inside[..length].to_string()));
                self.at += length + 2;
                true
            }
            None => {
                self.context.in_text = true;
                self.context.typed = inside.to_string();
                self.context.replace = Span::new(self.at + 1, self.text.len());
                false
            }
        }
    }

    /// A statement ends with its line, unless something must follow.
    fn line_end(&mut self) {
        let goes_on = match self.context.statement.last() {
            Some(Token::Sign(sign)) => matches!(sign, ',' | '+' | '(' | ':' | '='),
            Some(Token::Arrow) => true,
            Some(word) => word
                .folded()
                .is_some_and(|word| matches!(word.as_str(), "va" | "hoac" | "do" | "trong" | "khi" | "roi")),
            None => false,
        };
        if !goes_on {
            self.statement_end();
        }
    }

    fn statement_end(&mut self) {
        let statement = std::mem::take(&mut self.context.statement);
        self.context.starts.clear();
        // `key: value` is remembered with its block.
        if let [Token::Word(key), Token::Sign(':'), Token::Word(value), ..] = &statement[..]
            && let (Some(key), Some((_, stated))) = (keywords::key(key), self.context.frames.last_mut())
        {
            stated.entry(key).or_insert_with(|| value.clone());
        }
    }

    /// A key begins a statement, wherever it stands in its line.
    fn colon(&mut self) {
        let statement = &self.context.statement;
        for length in (1..=MAX_SYLLABLES.min(statement.len())).rev() {
            let from = statement.len() - length;
            let Some(phrase) = phrase(&statement[from..]) else { continue };
            if let Some(key) = keywords::key(&phrase) {
                let start = self.context.starts[from];
                self.context.statement.truncate(from);
                self.statement_end();
                self.context.statement = vec![Token::Word(key.phrase().to_string())];
                self.context.starts = vec![start];
                break;
            }
        }
        self.push(Token::Sign(':'));
    }

    fn open(&mut self) {
        let statement = std::mem::take(&mut self.context.statement);
        self.context.starts.clear();
        let outer = self.context.frame().cloned();
        self.context.frames.push((frame(&statement, outer.as_ref()), HashMap::new()));
    }
}

/// The words of tokens as one phrase; none where something else stands among them.
pub(super) fn phrase(tokens: &[Token]) -> Option<String> {
    let words: Option<Vec<&str>> = tokens
        .iter()
        .map(|token| match token {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    words.map(|words| words.join(" "))
}

/// The keyword that a statement begins with, and how many syllables it has.
pub fn keyword(statement: &[Token]) -> Option<(&'static str, usize)> {
    (1..=MAX_SYLLABLES.min(statement.len())).rev().find_map(|length| {
        let phrase = fold(&phrase(&statement[..length])?);
        let found = WORDS.iter().find(|(_, word)| fold(word) == phrase)?;
        Some((found.0, length))
    })
}

/// What a block is, by the statement before its brace.
fn frame(statement: &[Token], outer: Option<&Frame>) -> Frame {
    use DeclarationKind as D;
    if statement.contains(&Token::Arrow) {
        return Frame::Arrow;
    }
    if let [.., Token::Word(left), Token::Word(word)] = statement
        && fold(word) == "thuoc"
    {
        return Frame::Values(left.clone());
    }
    if let ([Token::Text(_)], Some(Frame::Block(D::Papers, _))) = (statement, outer) {
        return Frame::Paper;
    }
    let Some((word, length)) = keyword(statement) else { return Frame::Unknown };
    let name = match statement.get(length) {
        Some(Token::Word(name)) => Some(name.clone()),
        _ => None,
    };
    let kind = match word {
        "defaults" => D::Defaults,
        "agency" => D::Agency,
        "role" => D::Role,
        "unit" => D::Unit,
        "delegate" => D::Delegation,
        "assign" => D::Assignment,
        "form" => D::Form,
        "calendar" => D::Calendar,
        "procedure" => D::Procedure,
        "process" if name.is_some() => D::SharedProcess,
        "process" => D::Process,
        "case" => D::Case,
        "stage" => D::Stage,
        "step" => D::Step,
        "parallel" => D::Parallel,
        "branch" => D::Branch,
        "part" => D::Part,
        "insert" => D::Insert,
        "call" => D::Call,
        "after" => D::After,
        "papers" => D::Papers,
        "fields" => D::Fields,
        "electronic" => D::Electronic,
        "outcomes" => D::Outcomes,
        "choice" => D::Choice,
        _ => return Frame::Unknown,
    };
    Frame::Block(kind, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Context {
        Context::at(text, text.len() as u32)
    }

    #[test]
    fn blocks_and_statements_are_told_from_the_text_before() {
        let context = at("thủ tục a \"A\" {\n  co quan thuc hien: SXD\n  quy trình {\n    bước 1 \"x {\" do phòng.chu");
        let frames: Vec<&Frame> = context.frames.iter().map(|(frame, _)| frame).collect();
        let named = |kind, name: &str| Frame::Block(kind, Some(name.to_string()));
        assert_eq!(frames, [&named(DeclarationKind::Procedure, "a"), &Frame::Block(DeclarationKind::Process, None)]);
        assert_eq!(context.stated(Key::ExecutingAgency), Some("SXD"));
        assert_eq!(context.typed, "chu");
        assert_eq!(context.statement.last(), Some(&Token::Word("phòng.".to_string())));
    }

    #[test]
    fn a_key_in_the_middle_of_a_line_begins_a_statement() {
        let context = at("bước a { loại: thẩm định  thời gian: 5 ");
        assert_eq!(context.statement[0], Token::Word("thời gian".to_string()));
        assert_eq!(context.statement.len(), 3);
        assert!(at("dùng \"chung/").in_text);
        assert!(at("a // b").in_comment);
    }
}
