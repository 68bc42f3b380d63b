//! Lines, their indentation, and the blanks between tokens.

use super::lexer::{Kind, Token};
use super::marks::Marks;
use std::ops::Range;

/// Blanks for each open block.
const STEP: usize = 2;
/// Blanks more for a line that goes on with a statement.
const CONTINUED: usize = 4;

/// A line to print.
pub struct Line {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Blanks before the first token.
    pub indent: usize,
    /// A blank line stands above it.
    pub blank_above: bool,
}

/// Puts the tokens on lines and sets the gaps between them.
pub fn lines(tokens: &mut [Token<'_>], marks: &Marks) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<Bracket> = Vec::new();
    let behind = behind_comments(tokens);
    for at in 0..tokens.len() {
        if at == 0 || tokens[at].breaks > 0 {
            let indent = indent(tokens, at, behind[at], &open, marks);
            let blank_above = at > 0 && tokens[at].breaks > 1 && !tokens[at - 1].is("{") && !tokens[at].is("}");
            lines.push(Line { tokens: at..at + 1, indent, blank_above });
        } else {
            tokens[at].gap = gap(&tokens[at - 1], &tokens[at], marks);
            if let Some(line) = lines.last_mut() {
                line.tokens.end = at + 1;
            }
        }
        follow(tokens, at, &mut open);
    }
    lines
}

/// For every token the place of the first one, from it on, that is no comment.
fn behind_comments(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut behind: Vec<usize> = (0..tokens.len()).collect();
    for at in (0..tokens.len()).rev().filter(|at| tokens[*at].is_comment()) {
        behind[at] = behind.get(at + 1).copied().unwrap_or(tokens.len());
    }
    behind
}

/// What stands open.
#[derive(Clone, Copy, PartialEq)]
enum Bracket {
    /// Of statements.
    Block,
    /// `thuộc { … }`
    Set,
    Parenthesis,
}

/// Opens and closes brackets as the token at `at` does.
fn follow(tokens: &[Token<'_>], at: usize, open: &mut Vec<Bracket>) {
    let token = &tokens[at];
    if token.is("{") {
        open.push(if opens_block(tokens, at) { Bracket::Block } else { Bracket::Set });
    } else if token.is("(") {
        open.push(Bracket::Parenthesis);
    } else if token.is("}") || token.is(")") {
        open.pop();
    }
}

fn opens_block(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens[..at].iter().rev().find(|token| !token.is_comment());
    tokens[at].is("{") && !before.is_some_and(|before| before.kind == Kind::Keyword && before.text == "thuộc")
}

/// The indentation of the line that begins with the token at `at`; a comment stands where the thing stands
/// that it is about, which is at `meant`.
fn indent(tokens: &[Token<'_>], at: usize, meant: usize, open: &[Bracket], marks: &Marks) -> usize {
    let inside = open.iter().filter(|bracket| **bracket == Bracket::Block).count() * STEP;
    let Some(first) = tokens.get(meant) else { return inside };
    if first.is("}") && open.last() == Some(&Bracket::Block) {
        return if meant > at { inside } else { inside.saturating_sub(STEP * closing(&tokens[at..])) };
    }
    let starts = marks.starts.contains(&first.start) || opens_block(tokens, meant);
    if starts { inside } else { inside + CONTINUED }
}

/// How many blocks close at the start of the line.
fn closing(line: &[Token<'_>]) -> usize {
    let same_line = line.iter().enumerate().take_while(|(index, token)| *index == 0 || token.breaks == 0);
    same_line.take_while(|(_, token)| token.is("}")).count()
}

/// The blanks between two tokens of one line.
pub fn gap(before: &Token<'_>, after: &Token<'_>, marks: &Marks) -> usize {
    if after.kind == Kind::LineComment {
        return 2;
    }
    if before.unknown && after.unknown {
        return usize::from(after.blank);
    }
    if marks.starts.contains(&after.start) {
        return if before.is("{") || before.is_comment() { 1 } else { 2 };
    }
    let close = [",", ":", ")", "/", "."].iter().any(|sign| after.is(sign))
        || ["(", "/", "."].iter().any(|sign| before.is(sign))
        || (before.is("{") && after.is("}"))
        || (after.is("(") && marks.called.contains(&before.start));
    usize::from(!close)
}
