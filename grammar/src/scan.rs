//! One pass before parsing: comments, unclosed strings, nesting.
//!
//! A recursive grammar must not be handed a text that is nested without bound, and an odd quote must not
//! swallow the rest of a file. The result is a working copy of the same length, so positions stay.

use crate::keywords;
use crate::tree::{Comment, CommentKind, Problem, ProblemKind, Span};

/// More open braces and parentheses than this are not read.
pub const MAX_DEPTH: usize = 64;
/// Where an unclosed string was cut; see `string` in the grammar.
pub const CUT: u8 = 1;

/// What the pass found.
pub struct Scan {
    /// The text to parse.
    pub working: String,
    /// All comments, in order.
    pub comments: Vec<Comment>,
    /// Unclosed strings and comments, too deep nesting.
    pub problems: Vec<Problem>,
}

/// Scans a text.
pub fn scan(text: &str) -> Scan {
    let mut scanner = Scanner { text, bytes: text.as_bytes().to_vec(), comments: Vec::new(), problems: Vec::new() };
    scanner.run();
    let Scanner { bytes, comments, problems, .. } = scanner;
    // Only ASCII bytes were put in the place of whole characters.
    Scan { working: String::from_utf8(bytes).unwrap_or_default(), comments, problems }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: Vec<u8>,
    comments: Vec<Comment>,
    problems: Vec<Problem>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let source = self.text.as_bytes();
        let mut at = 0;
        let mut depth = 0usize;
        let mut too_deep: Option<(usize, usize)> = None;
        while at < source.len() {
            match source[at] {
                b'"' => at = self.string(at),
                b'/' if source.get(at + 1) == Some(&b'/') => at = self.line_comment(at),
                b'/' if source.get(at + 1) == Some(&b'*') => at = self.block_comment(at),
                b'{' | b'(' => {
                    depth += 1;
                    if depth > MAX_DEPTH && too_deep.is_none() {
                        too_deep = Some((at, depth));
                        self.problem(ProblemKind::TooDeep(MAX_DEPTH), at, at + 1);
                    }
                    at += 1;
                }
                b'}' | b')' => {
                    at += 1;
                    if let Some((from, _)) = too_deep.take_if(|(_, open)| *open == depth) {
                        self.blank_out(from, at);
                    }
                    depth = depth.saturating_sub(1);
                }
                _ => at += 1,
            }
        }
        if let Some((from, _)) = too_deep {
            self.blank_out(from, source.len());
        }
    }

    fn problem(&mut self, kind: ProblemKind, start: usize, end: usize) {
        self.problems.push(Problem { kind, span: Span::new(start, end) });
    }

    /// Skips a string that opens at `start`; cuts it where it has no end.
    fn string(&mut self, start: usize) -> usize {
        let source = self.text.as_bytes();
        let mut at = start + 1;
        while at < source.len() && source[at] != b'"' {
            at += if source[at] == b'\\' { 2 } else { 1 };
        }
        let end = (at + 1).min(source.len());
        let closed = at < source.len();
        let line_end = self.text[start..].find(['\n', '\r']).map_or(source.len(), |length| start + length);
        if closed && (line_end >= at || !self.text[line_end..at].lines().any(looks_like_statement)) {
            return end;
        }
        self.problem(ProblemKind::UnclosedString, start, start + 1);
        let line = self.text[start..line_end].trim_end();
        let cut = match line.strip_suffix('{') {
            Some(before) => start + before.trim_end().len().max(1),
            None => line_end,
        };
        if cut < source.len() {
            // A blank, a line end or the brace after a blank-less label: each one byte.
            self.bytes[cut] = CUT;
        }
        if source.get(cut) == Some(&b'{') { cut } else { cut + 1 }
    }

    fn line_comment(&mut self, start: usize) -> usize {
        let end = self.text[start..].find(['\n', '\r']).map_or(self.text.len(), |length| start + length);
        let rest = &self.text[start..end];
        let doc = rest.starts_with("///") && !rest.starts_with("////");
        let kind = if doc { CommentKind::Doc } else { CommentKind::Line };
        self.comments.push(Comment { span: Span::new(start, end), kind });
        end
    }

    fn block_comment(&mut self, start: usize) -> usize {
        let source = self.text.as_bytes();
        let (mut at, mut depth, mut deepest) = (start, 0usize, 0usize);
        while at < source.len() {
            match &source[at..source.len().min(at + 2)] {
                b"/*" => (depth, at) = (depth + 1, at + 2),
                b"*/" => (depth, at) = (depth - 1, at + 2),
                _ => at += 1,
            }
            deepest = deepest.max(depth);
            if depth == 0 {
                break;
            }
        }
        let end = at.min(source.len());
        if depth > 0 {
            self.problem(ProblemKind::UnclosedComment, start, start + 2);
        }
        if depth > 0 || deepest > MAX_DEPTH {
            self.blank_out(start, end);
        }
        self.comments.push(Comment { span: Span::new(start, end), kind: CommentKind::Block });
        end
    }

    /// Takes a range out of the working copy; lines stay lines.
    fn blank_out(&mut self, from: usize, to: usize) {
        for byte in &mut self.bytes[from..to] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
}

/// Whether a line inside what seems to be a string begins like a statement.
fn looks_like_statement(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with('}') {
        return true;
    }
    let words: Vec<&str> = line.split([' ', '\t', '\u{A0}']).filter(|word| !word.is_empty()).take(7).collect();
    let first = words.first().copied().unwrap_or_default();
    if matches!(first, "bước" | "buoc") && words.get(2).is_some_and(|word| word.starts_with('"')) {
        return true;
    }
    if let Some(colon) = line.find(':').filter(|colon| *colon < 60) {
        return keywords::key(line[..colon].trim()).is_some();
    }
    let declares = |phrase: &str| {
        let count = phrase.split(' ').count();
        words.len() > count && words[..count].join(" ") == phrase && line.contains(['"', '{'])
    };
    ["thủ tục", "giai đoạn", "song song", "nhánh", "cơ quan", "vai trò", "bộ phận"]
        .iter()
        .any(|phrase| declares(phrase))
}
