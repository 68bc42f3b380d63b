//! Which brace is wrong, from the keywords: what cannot stand in the open block closes it.

use super::Repair;
use crate::scan::Token;
use crate::words;

/// Blocks, as far as they differ in what may stand in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Not known: a line torn out of its text.
    Any,
    Top,
    Agency,
    Procedure,
    /// `trường hợp`
    Case,
    /// `quy trình` with a name: steps or cases.
    SharedProcess,
    /// Whatever holds steps.
    Flow,
    Parallel,
    Step,
    Arrows,
    /// Attributes, fields, papers.
    Lines,
}
use Kind::*;

/// What begins at a token.
struct Header {
    kind: Kind,
    /// What it may stand in.
    within: &'static [Kind],
    /// A keyword that its block follows at once: how many words it has.
    bare: Option<usize>,
}

/// The repairs; always an answer.
pub fn repairs(tokens: &[Token]) -> Vec<Repair> {
    let surplus = tokens.iter().map(|token| match token.code {
        '{' => -1,
        '}' => 1,
        _ => 0i64,
    });
    let mut walk = Walk::new(tokens, Top, surplus.sum());
    walk.run();
    let rest = walk.open[1..].iter().rev().map(|(_, open)| Repair::Close(tokens.len(), *open));
    walk.repairs.extend(rest);
    walk.repairs
}

/// The place on a line where `{` was forgotten, if its last `}` shows that it was.
pub fn forgotten(line: &[Token]) -> Option<usize> {
    let mut walk = Walk::new(line, Any, 1);
    walk.run();
    walk.repairs.iter().find_map(|repair| match repair {
        Repair::Open(place) => Some(*place),
        _ => None,
    })
}

/// Whether a line is a keyword that a block follows at once, and nothing more.
pub fn is_bare(line: &[Token]) -> bool {
    header(line, 0).is_some_and(|header| header.bare == Some(line.len()))
}

/// How many headers stand in a block that cannot hold them.
pub fn misplaced(tokens: &[Token]) -> usize {
    let mut walk = Walk::new(tokens, Top, 0);
    walk.only_count = true;
    walk.run();
    walk.misplaced
}

struct Walk<'a> {
    tokens: &'a [Token],
    /// Open blocks and their braces; the first is what is around.
    open: Vec<(Kind, usize)>,
    repairs: Vec<Repair>,
    /// A header whose brace has not come yet.
    pending: Option<Kind>,
    /// How many more `}` than `{` there are.
    surplus: i64,
    only_count: bool,
    misplaced: usize,
}

impl<'a> Walk<'a> {
    fn new(tokens: &'a [Token], around: Kind, surplus: i64) -> Self {
        Walk {
            tokens,
            open: vec![(around, 0)],
            repairs: Vec::new(),
            pending: None,
            surplus,
            only_count: false,
            misplaced: 0,
        }
    }

    fn run(&mut self) {
        for at in 0..self.tokens.len() {
            match self.tokens[at].code {
                '{' => {
                    let kind = self.pending.take().unwrap_or(Lines);
                    self.open.push((kind, at));
                }
                '}' => self.closing(at),
                words::ARROW => self.pending = Some(Lines),
                words::STRING if self.pending.is_none() && matches!(self.open.last(), Some((Lines | Any, _))) => {
                    self.pending = Some(Lines)
                }
                code if words::key_of(code).is_some() => self.forgotten_before(at),
                _ => self.header(at),
            }
        }
    }

    fn header(&mut self, at: usize) {
        let Some(header) = header(self.tokens, at) else { return };
        self.forgotten_before(at);
        if self.only_count {
            let fits = self.open.last().is_some_and(|(kind, _)| header.within.contains(kind));
            self.misplaced += usize::from(!fits);
        } else {
            self.close_for(&header, at);
        }
        self.pending = Some(header.kind);
        let Some(length) = header.bare else { return };
        let behind = self.tokens[at + length..].iter().find(|token| token.code != words::LINE);
        if self.surplus > 0 && behind.is_some_and(|token| token.code != '{') {
            // `rẽ nhánh khi … -> … }`
            self.forgotten(at + length);
        }
    }

    /// A statement inside a block whose `{` has not come: it was forgotten, if there are too many `}`.
    fn forgotten_before(&mut self, at: usize) {
        if self.surplus > 0 && self.pending.is_some_and(|kind| kind != Arrows) {
            self.forgotten(place_before(self.tokens, at));
        }
        self.pending = None;
    }

    fn forgotten(&mut self, place: usize) {
        self.surplus -= 1;
        self.repairs.push(Repair::Open(place));
        self.open.extend(self.pending.take().map(|kind| (kind, place)));
    }

    fn close_for(&mut self, header: &Header, at: usize) {
        let holds = |kind: &Kind| *kind == Any || header.within.contains(kind);
        // Nothing that is read stands deeper.
        let top = self.open.len().saturating_sub(super::MAX_DEPTH);
        let Some(holder) = self.open[top..].iter().rposition(|(kind, _)| holds(kind)) else { return };
        let holder = top + holder;
        let place = place_before(self.tokens, at);
        for (_, open) in self.open.drain(holder + 1..).rev() {
            self.repairs.push(Repair::Close(place, open));
            self.surplus += 1;
        }
    }

    fn closing(&mut self, at: usize) {
        self.pending = None;
        let [.., (around, _), (inner, _)] = self.open[..] else {
            self.surplus -= 1;
            return self.repairs.push(Repair::Drop(at));
        };
        let next = at + 1 + usize::from(self.tokens.get(at + 1).is_some_and(|token| token.code == words::LINE));
        let only_inside =
            |header: Header| header.within.contains(&inner) && !header.within.contains(&around) && around != Any;
        if self.surplus > 0 && header(self.tokens, next).is_some_and(only_inside) {
            self.surplus -= 1;
            self.repairs.push(Repair::Drop(at));
        } else {
            self.open.pop();
        }
    }
}

/// Before the line end that stands before a token, if one does.
fn place_before(tokens: &[Token], at: usize) -> usize {
    if at > 0 && tokens[at - 1].code == words::LINE { at - 1 } else { at }
}

/// A keyword that a name follows: its words, what it declares, what it may stand in, and the words that may
/// follow the name (besides a label, a key and a brace).
type Named = (&'static str, Kind, &'static [Kind], &'static [&'static str]);
const NAMED: &[Named] = &[
    ("buoc", Step, &[Flow, SharedProcess], &["do", "trong", "khong"]),
    ("giai doan", Flow, &[Flow, SharedProcess], &["buoc"]),
    ("song song", Parallel, &[Flow, SharedProcess], &["cho", "nhanh"]),
    ("nhanh", Flow, &[Parallel], &["buoc"]),
    ("lien thong thu tuc", Step, &[Flow, SharedProcess], &["huong"]),
    ("truong hop", Case, &[Procedure, SharedProcess], &["khi"]),
    ("quy trinh", SharedProcess, &[Top], &["buoc"]),
    ("thu tuc", Procedure, &[Top], &[]),
    ("co quan", Agency, &[Top], &["vai", "bo"]),
    ("phan dung chung", Flow, &[Top], &["buoc"]),
    ("bieu mau", Lines, &[Top], &[]),
    ("vai tro", Lines, &[Agency], &[]),
    ("bo phan", Agency, &[Agency], &["vai"]),
];
/// The keywords that a block follows.
const BARE: &[(&str, Kind, &[Kind])] = &[
    ("huong xu ly", Arrows, &[Step]),
    ("re nhanh", Arrows, &[Step]),
    ("quy trinh", Flow, &[Procedure, Case]),
    ("sau khi tra ket qua", Flow, &[Procedure, Case]),
    ("thanh phan ho so", Lines, &[Procedure, Case, SharedProcess]),
    ("thong tin ho so", Lines, &[Procedure, Case, SharedProcess]),
    ("dien tu", Lines, &[Step, Procedure, Case, SharedProcess]),
    ("mac dinh", Lines, &[Top]),
];

/// The header that begins at a token; shaped so that it is never part of a value, a guard or an arrow.
fn header(tokens: &[Token], at: usize) -> Option<Header> {
    let first = words::folded(code(tokens, at));
    let before = at.checked_sub(1).map_or(words::LINE, |before| code(tokens, before));
    if first.is_empty()
        || before == words::ARROW
        || matches!(words::folded(before), "thong" | "lai" | "khi" | "va" | "hoac" | "tu" | "roi")
    {
        return None;
    }
    let spelled = |phrase: &str| {
        let mut length = 0;
        let same = phrase.split(' ').all(|syllable| {
            length += 1;
            words::folded(code(tokens, at + length - 1)) == syllable
        });
        same.then_some(length)
    };
    let named = NAMED.iter().filter(|(phrase, ..)| phrase.starts_with(first));
    let named = named.filter_map(|entry| Some((entry, spelled(entry.0)?)));
    if let Some(((_, kind, within, _), _)) =
        named.clone().find(|((.., next), length)| has_name(tokens, at + length, next))
    {
        return Some(Header { kind: *kind, within, bare: None });
    }
    let bare =
        BARE.iter().filter(|(phrase, ..)| phrase.starts_with(first)).find_map(|entry| Some((entry, spelled(entry.0)?)));
    // A name behind `quy trình` is a value without its colon, or a process without its label.
    let ((_, kind, within), length) = bare.filter(|(_, length)| !words::is_name(code(tokens, at + length)))?;
    Some(Header { kind: *kind, within, bare: Some(length) })
}

fn code(tokens: &[Token], at: usize) -> char {
    tokens.get(at).map_or(words::LINE, |token| token.code)
}

/// A name or a number, then what only a header has: a label, a clause, a block or what stands in it.
fn has_name(tokens: &[Token], at: usize, next: &[&str]) -> bool {
    let at = at + usize::from(code(tokens, at) == words::BREAK);
    let name = code(tokens, at);
    let named = words::is_name(name) || matches!(name, words::INTEGER | words::DOTTED | words::ORDINAL);
    let behind = code(tokens, at + 1 + usize::from(code(tokens, at + 1) == words::LINE));
    named
        && (matches!(behind, words::STRING | '{' | '(')
            || words::key_of(behind).is_some()
            || next.contains(&words::folded(behind)))
}
