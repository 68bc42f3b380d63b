//! Strings and where they end, also where their quotes are missing or those of Word.

use super::Scanner;
use crate::keywords;
use crate::tree::ProblemKind;
use crate::words;
use memchr::memchr2;

impl Scanner<'_> {
    /// A string that opens at `start`; it is cut where it has no end.
    pub(super) fn string(&mut self, start: usize) -> usize {
        let mut at = start + 1;
        let close = loop {
            match memchr2(b'"', b'\\', self.source.get(at..).unwrap_or_default()) {
                Some(found) if self.source[at + found] == b'\\' => at += found + 2,
                found => break found.map(|found| at + found),
            }
        };
        let at = close.unwrap_or(self.source.len());
        let lines = || memchr2(b'\n', b'\r', &self.source[start..at]).is_some();
        if close.is_some() && (!lines() || self.closes(start, at)) {
            return self.push(words::STRING, start, at + 1);
        }
        let end = self.string_end(start, at.min(self.source.len()));
        let closing = self.is_value_of_a_line(start, end).then_some(end as u32);
        self.problem(ProblemKind::UnclosedString(closing), start, start + 1);
        self.push(words::STRING, start, end)
    }

    /// Whether a string without an end is all that stands behind a key, and another statement follows: then it ends there.
    fn is_value_of_a_line(&self, start: usize, end: usize) -> bool {
        let before = self.text[..start].trim_end_matches([' ', '\t']);
        let mut lines = lines_with_ends(&self.text[end..]);
        let ends_its_line = lines.next().is_some_and(|rest| rest.trim().is_empty());
        let within = &self.text[start + 1..end];
        before.ends_with(':')
            && ends_its_line
            && !within.contains(['\n', '\r', '"', '“', '”'])
            && lines.next().is_some_and(looks_like_statement)
    }

    /// A string that the quotes of Word open, which closes on its line: by such a quote, or by a straight one that opens
    /// no other string.
    pub(super) fn curly_string(&mut self, start: usize, open: char) -> Option<usize> {
        let inside = start + open.len_utf8();
        let length = self.text[inside..].find(['“', '”', '„', '"', '\n', '\r'])?;
        let rest = self.text[inside + length..].lines().next().unwrap_or_default();
        let close = rest.chars().next().filter(|close| match close {
            '"' => rest.matches('"').count() % 2 == 1,
            close => matches!(close, '“' | '”'),
        })?;
        let end = inside + length + close.len_utf8();
        self.problem(ProblemKind::CurlyQuotes, start, end);
        Some(self.push(words::STRING, start, end))
    }

    /// Where a string without an end stops: before the next line that looks like a statement, if it reaches over
    /// several lines, else on its own line. `end` is the end of the text, or a quote that opens another string.
    fn string_end(&self, start: usize, end: usize) -> usize {
        let text = &self.text[start..end];
        let first = text.find(['\n', '\r']).unwrap_or(text.len());
        let on_its_line = start + cut(&text[..first]);
        if on_its_line < start + text[..first].trim_end().len() {
            return on_its_line;
        }
        let mut at = 0;
        for (index, line) in lines_with_ends(text).enumerate() {
            if index > 0 && looks_like_statement(line) {
                return if index == 1 { on_its_line } else { start + text[..at].trim_end().len() };
            }
            at += line.len();
        }
        if end == self.text.len() { end } else { on_its_line }
    }

    /// Whether the quote at `end`, lines below, closes the string, and does not open the next one behind an odd quote.
    fn closes(&self, start: usize, end: usize) -> bool {
        let next = self.text[end + 1..].chars().next();
        if next.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | '{' | '}' | ')' | ':' | '/')) {
            return false;
        }
        let inside = &self.text[start + 1..end];
        let shaped = !inside.ends_with([' ', '\t', '\n', '\r', ':', '(']);
        shaped || self.is_alone(end) || !lines_with_ends(inside).skip(1).any(looks_like_statement)
    }

    /// Whether nothing else stands on the line of a quote: none opens a string so.
    fn is_alone(&self, quote: usize) -> bool {
        let is_blank = |part: Option<&str>| part.is_none_or(|part| part.trim().is_empty());
        is_blank(self.text[..quote].rsplit(['\n', '\r']).next())
            && is_blank(self.text[quote + 1..].split(['\n', '\r']).next())
    }
}

/// The lines of a text with their ends: `\n`, `\r\n`, or `\r` alone.
pub(super) fn lines_with_ends(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let length = |at: usize| at + if text[at..].starts_with("\r\n") { 2 } else { 1 };
        let (line, rest) = text.split_at(text.find(['\n', '\r']).map_or(text.len(), length));
        text = rest;
        (!line.is_empty()).then_some(line)
    })
}

/// How much of a line a string without an end takes: up to what cannot be text.
fn cut(line: &str) -> usize {
    let line = line.trim_end().trim_end_matches(['}', ',', ' ', '\t']);
    let signs = ["{", "}", "->", "→"].iter().filter_map(|sign| line[1..].find(sign)).min();
    let end = signs.map_or(line.len(), |at| at + 1);
    line[..end].trim_end().len().max(1)
}

/// Whether a line inside what seems to be a string or a comment begins like a statement.
pub(super) fn looks_like_statement(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with('}') || line.contains("->") || line.contains('→') {
        return true;
    }
    let words: Vec<&str> = line.split([' ', '\t', '\u{A0}']).filter(|word| !word.is_empty()).take(7).collect();
    let first = words.first().copied().unwrap_or_default();
    if matches!(first, "bước" | "buoc")
        && words.get(2).is_some_and(|word| word.starts_with('"') || matches!(*word, "do" | "trong" | "{"))
    {
        return true;
    }
    if let Some(colon) = line.find(':').filter(|colon| *colon < 60) {
        return keywords::key(line[..colon].trim()).is_some();
    }
    let declares = |phrase: &str| {
        let count = phrase.split(' ').count();
        words.len() > count && words[..count].join(" ") == phrase && line.contains(['"', '{'])
    };
    [
        "thủ tục",
        "giai đoạn",
        "song song",
        "nhánh",
        "cơ quan",
        "vai trò",
        "bộ phận",
        "quy trình",
        "hướng xử lý",
        "rẽ nhánh",
    ]
    .iter()
    .any(|phrase| declares(phrase))
}
