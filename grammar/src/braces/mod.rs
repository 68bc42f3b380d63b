//! Braces that do not match are put right before parsing, so that one of them costs no more than its statement.
//!
//! A grammar alone can only guess which brace is wrong from what follows it. Two better witnesses are asked
//! here: the indentation, and where that says nothing (everything on one line), which keyword may stand in which
//! block. What is missing is put in with no width, what is too much is left out, and each is one message. The
//! grammar can then rely on every `{` having its `}`.

mod headers;
mod indent;

use crate::scan::{Scan, Token};
use crate::tree::{Expected, Problem, ProblemKind, Span};
use crate::words;

/// More open braces or parentheses than this are not read: the parser is recursive.
pub const MAX_DEPTH: usize = 64;

/// What is done about one brace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repair {
    /// This token goes.
    Drop(usize),
    /// `{` stands before this token.
    Open(usize),
    /// `}` stands before this token; the block was opened by the second.
    Close(usize, usize),
}

impl Repair {
    /// Where it is made; at one place, drops before closes before opens.
    fn order(&self) -> (usize, u8) {
        match self {
            Repair::Drop(at) => (*at, 0),
            Repair::Close(at, _) => (*at, 1),
            Repair::Open(at) => (*at, 2),
        }
    }
}

/// Makes the braces of a scanned text match, and takes out what is nested too deep.
pub fn balance(scan: &mut Scan) {
    if !is_balanced(&scan.tokens) {
        let repairs = repairs(scan);
        report(scan, &repairs);
        scan.breaks_off = matches!(repairs.last(), Some(Repair::Close(at, _)) if *at == scan.tokens.len());
        scan.tokens = repaired(&scan.tokens, &repairs);
    }
    limit_depth(scan);
}

/// What the better witness says: the one that needs less and leaves less that is out of place.
fn repairs(scan: &Scan) -> Vec<Repair> {
    let sorted = |mut repairs: Vec<Repair>| {
        repairs.sort_by_key(Repair::order);
        repairs
    };
    if let Some(doubled) = doubled(&scan.tokens) {
        return vec![Repair::Drop(doubled)];
    }
    let by_headers = sorted(headers::repairs(&scan.tokens));
    let Some(by_indent) = indent::repairs(&scan.tokens, scan.first_line) else { return by_headers };
    let by_indent = sorted(by_indent);
    let cost = |repairs: &[Repair]| {
        let mut places: Vec<_> = repairs.iter().map(Repair::order).collect();
        places.dedup();
        places.len() + headers::misplaced(&repaired(&scan.tokens, repairs))
    };
    if cost(&by_headers) < cost(&by_indent) { by_headers } else { by_indent }
}

/// The first of two `{` in a row, if without it the braces match.
fn doubled(tokens: &[Token]) -> Option<usize> {
    let at = tokens.windows(2).position(|pair| pair[0].code == '{' && pair[1].code == '{')?;
    is_balanced(&[&tokens[..at], &tokens[at + 1..]].concat()).then_some(at)
}

fn is_balanced(tokens: &[Token]) -> bool {
    let mut depth = 0i64;
    for token in tokens {
        match token.code {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// The tokens after the repairs, which are in order.
fn repaired(tokens: &[Token], repairs: &[Repair]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len() + repairs.len());
    let mut repairs = repairs.iter().peekable();
    for index in 0..=tokens.len() {
        let mut dropped = false;
        let behind = index.checked_sub(1).map_or(0, |before| tokens[before].end);
        while let Some(repair) = repairs.next_if(|repair| repair.order().0 == index) {
            match repair {
                Repair::Drop(_) => dropped = true,
                Repair::Open(_) => out.push(Token { code: '{', start: behind, end: behind }),
                Repair::Close(..) => out.push(Token { code: '}', start: behind, end: behind }),
            }
        }
        let again =
            |token: &&Token| token.code == words::LINE && out.last().is_none_or(|last| last.code == words::LINE);
        if let Some(token) = tokens.get(index).filter(|token| !dropped && !again(token)) {
            out.push(*token);
        }
    }
    out
}

/// One message for a brace; of the blocks that lack theirs at one place the innermost is named.
fn report(scan: &mut Scan, repairs: &[Repair]) {
    let mut closed_at: Option<(usize, usize)> = None;
    let mut problems = Vec::new();
    let span =
        |at: usize| scan.tokens.get(at).map_or(Span::default(), |token| Span { start: token.start, end: token.end });
    for repair in repairs {
        match repair {
            Repair::Drop(at) if scan.tokens[*at].code == '{' => problems.push((ProblemKind::UnclosedBlock, span(*at))),
            Repair::Drop(at) => problems.push((ProblemKind::StrayBrace, span(*at))),
            Repair::Open(at) => {
                let behind = at.checked_sub(1).map_or(0, |before| scan.tokens[before].end);
                problems.push((ProblemKind::Missing(Expected::OpenBrace), Span { start: behind, end: behind }));
            }
            Repair::Close(at, open) => match &mut closed_at {
                Some((place, innermost)) if place == at => *innermost = *open.max(innermost),
                _ => problems
                    .extend(closed_at.replace((*at, *open)).map(|(_, open)| (ProblemKind::UnclosedBlock, span(open)))),
            },
        }
    }
    problems.extend(closed_at.map(|(_, open)| (ProblemKind::UnclosedBlock, span(open))));
    scan.problems.extend(problems.into_iter().map(|(kind, span)| Problem { kind, span }));
}

/// Puts one token that nobody can read in the place of what is nested too deep.
fn limit_depth(scan: &mut Scan) {
    let (mut braces, mut parentheses, mut from) = (0usize, 0usize, None);
    let mut kept = Vec::new();
    for (index, token) in scan.tokens.iter().enumerate() {
        match token.code {
            '{' => (braces, parentheses) = (braces + 1, 0),
            '(' => parentheses += 1,
            _ => {}
        }
        if from.is_none() && (braces > MAX_DEPTH || parentheses > MAX_DEPTH) {
            if kept.is_empty() {
                kept.extend_from_slice(&scan.tokens[..index]);
            }
            from = Some((kept.len(), braces));
            let problem =
                Problem { kind: ProblemKind::TooDeep(MAX_DEPTH), span: Span { start: token.start, end: token.end } };
            scan.problems.push(problem);
            kept.push(Token { code: words::OTHER, ..*token });
        }
        match token.code {
            '}' => {
                // What is left out lasts as long as the block around it.
                from = from.filter(|_| braces > MAX_DEPTH);
                (braces, parentheses) = (braces.saturating_sub(1), 0);
            }
            ')' => parentheses = parentheses.saturating_sub(1),
            _ => {}
        }
        match from {
            Some((place, _)) => kept[place].end = token.end,
            None if !kept.is_empty() => kept.push(*token),
            None => {}
        }
        // Parentheses are left out up to the one that closes them.
        from = from.filter(|(_, depth)| *depth > MAX_DEPTH || braces > *depth || parentheses > MAX_DEPTH);
    }
    if !kept.is_empty() {
        scan.tokens = kept;
    }
}
