//! Which brace is wrong, from the indentation: a block ends where a line stands no deeper than its first.

use super::Repair;
use crate::scan::Token;
use crate::words;

struct Line {
    /// First token.
    from: usize,
    /// One behind the last, without the line end.
    to: usize,
    indent: u32,
}

struct Open {
    token: usize,
    line: usize,
    indent: u32,
}

/// The repairs, if the indentation explains what is wrong; a text without orderly indentation does not.
pub fn repairs(tokens: &[Token], first_line: u32) -> Option<Vec<Repair>> {
    let lines = lines(tokens, first_line);
    let mut witness =
        Witness { tokens, lines: &lines, open: Vec::new(), repairs: Vec::new(), orderly: 0, closed_line: usize::MAX };
    for index in 0..lines.len() {
        witness.line(index);
        if witness.repairs.len() > 1 + lines.len() / 8 {
            return None;
        }
    }
    let unfinished = usize::from(!witness.open.is_empty());
    if witness.repairs.len() + unfinished > 1 + witness.orderly / 4 {
        return None;
    }
    let Witness { open, mut repairs, .. } = witness;
    repairs.extend(open.iter().rev().map(|open| Repair::Close(tokens.len(), open.token)));
    Some(repairs)
}

fn lines(tokens: &[Token], first_line: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut from, mut start) = (0, first_line);
    for (index, token) in tokens.iter().enumerate() {
        if token.code == words::LINE {
            lines.push((from, index, start));
            (from, start) = (index + 1, token.end);
        }
    }
    lines.push((from, tokens.len(), start));
    let filled = lines.into_iter().filter(|(from, to, _)| from < to);
    filled.map(|(from, to, start)| Line { from, to, indent: tokens[from].start.saturating_sub(start) }).collect()
}

struct Witness<'a> {
    tokens: &'a [Token],
    lines: &'a [Line],
    open: Vec<Open>,
    repairs: Vec<Repair>,
    /// Blocks of several lines that close under the line that opened them.
    orderly: usize,
    /// The line that opened the block closed last on this line.
    closed_line: usize,
}

impl Witness<'_> {
    fn line(&mut self, index: usize) {
        let line = &self.lines[index];
        let closes = self.tokens[line.from].code == '}';
        self.closed_line = usize::MAX;
        while let Some(open) =
            self.open.pop_if(|open| if closes { line.indent < open.indent } else { line.indent <= open.indent })
        {
            self.not_closed(&open, index);
        }
        let mut only_braces = true;
        for at in line.from..line.to {
            match self.tokens[at].code {
                '{' => self.open.push(Open { token: at, line: index, indent: line.indent }),
                '}' => self.closing(at, index, only_braces),
                _ => {}
            }
            only_braces &= self.tokens[at].code == '}';
        }
    }

    /// `open` should have been closed before this line.
    fn not_closed(&mut self, open: &Open, line: usize) {
        let last_on_line = open.token + 1 == self.lines[open.line].to;
        let own_line = open.line + 1 == line;
        if last_on_line || own_line || begins_statement(self.tokens, open.token + 1) {
            self.repairs.push(Repair::Close(self.lines[line - 1].to, open.token));
        } else {
            self.repairs.push(Repair::Drop(open.token));
        }
    }

    fn closing(&mut self, at: usize, index: usize, only_braces: bool) {
        let line = &self.lines[index];
        let first = at == line.from;
        let matches = self.open.last().is_some_and(|open| {
            // The last line of the content may end in the brace, if no line of its own has it.
            let ends_content = || {
                let next = self.lines.get(index + 1);
                let below = next.is_some_and(|next| next.indent == open.indent && self.tokens[next.from].code == '}');
                at + 1 == line.to && !below && next.is_none_or(|next| next.indent <= open.indent)
            };
            open.line == index
                || (only_braces && (open.indent == line.indent || open.line == self.closed_line))
                || (!only_braces && ends_content())
        });
        if matches {
            if let Some(open) = self.open.pop() {
                self.closed_line = open.line;
                self.orderly += usize::from(first && open.line < index);
            }
            return;
        }
        let place = if first { self.line_without_brace(index) } else { self.place_on_line(at, index) };
        match place {
            Some(place) => self.repairs.push(Repair::Open(place)),
            None => self.repairs.push(Repair::Drop(at)),
        }
    }

    /// The end of the line above, as deep as this one, under which deeper lines stand without `{`; a header may
    /// go on for some lines.
    fn line_without_brace(&self, index: usize) -> Option<usize> {
        let indent = self.lines[index].indent;
        let around = self.open.last().map_or(0, |open| open.line + 1);
        let head = (around..index).rev().find(|line| self.lines[*line].indent <= indent)?;
        let line = &self.lines[head];
        let fits = line.indent == indent && head + 1 < index && !matches!(self.tokens[line.to - 1].code, '{' | '}');
        let bare = super::headers::is_bare(&self.tokens[line.from..line.to]);
        let inside = (head + 1..index).find(|line| bare || !self.continues_head(*line)).unwrap_or(head + 1);
        fits.then(|| self.lines[inside - 1].to)
    }

    /// A label or a clause of a head may stand on a line of its own.
    fn continues_head(&self, line: usize) -> bool {
        let first = self.tokens[self.lines[line].from].code;
        matches!(first, words::STRING | '(') || matches!(words::folded(first), "do" | "trong" | "khong" | "cho")
    }

    /// In `bước 2 "…" do X loại: phân công }`: before the first statement inside.
    fn place_on_line(&self, at: usize, index: usize) -> Option<usize> {
        let line = &self.lines[index];
        if at + 1 != line.to {
            return None;
        }
        let words = &self.tokens[line.from..line.to];
        super::headers::forgotten(words).map(|place| line.from + place)
    }
}

/// A key or `bước`: what begins a statement and nothing else.
fn begins_statement(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let after_arrow = at
        .checked_sub(1)
        .is_some_and(|before| matches!(tokens[before].code, '→' | '=') || words::folded(tokens[before].code) == "lai");
    token.code == '}'
        || words::key_of(token.code).is_some()
        || matches!(words::folded(token.code), "huong" | "re" | "giai" | "song" | "chen" | "lien")
        || (words::folded(token.code) == "buoc" && !after_arrow)
}
