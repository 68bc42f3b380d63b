//! Columns: arrows, the blocks behind them, comments at the ends of lines.

use super::layout::Line;
use super::lexer::{Kind, Token};
use super::marks::{ArrowMark, Marks};
use unicode_width::UnicodeWidthStr;

/// A token in a line.
#[derive(Clone, Copy)]
struct Place {
    line: usize,
    token: usize,
}

/// Aligns the arrows of every block in which each arrow begins a line, and the blocks behind them.
pub fn arrows(tokens: &mut [Token<'_>], lines: &[Line], marks: &Marks) {
    for arrows in &marks.arrows {
        let rows: Vec<Option<Row>> = arrows.iter().map(|arrow| row(tokens, lines, arrow)).collect();
        let Some(rows) = rows.into_iter().collect::<Option<Vec<Row>>>() else { continue };
        let together =
            |above: &Row, below: &Row| !lines[above.line + 1..=below.line].iter().any(|line| line.blank_above);
        for group in rows.chunk_by(together) {
            for run in group.chunk_by(|above, below| above.sign.is_some() && below.sign.is_some()) {
                column(tokens, lines, run.iter().filter_map(|row| row.sign));
            }
            for run in group.chunk_by(|above, below| above.brace.is_some() && below.brace.is_some()) {
                column(tokens, lines, run.iter().filter_map(|row| row.brace));
            }
        }
    }
}

/// Aligns the comments at the ends of lines that follow each other.
pub fn comments(tokens: &mut [Token<'_>], lines: &[Line]) {
    let trailing = |index: usize| {
        let range = &lines[index].tokens;
        let token = range.end - 1;
        let place = Place { line: index, token };
        let found =
            range.len() > 1 && tokens[token].kind == Kind::LineComment && start_of(tokens, lines, place).is_some();
        found.then_some(place)
    };
    let places: Vec<Option<Place>> = (0..lines.len()).map(trailing).collect();
    let together = |above: &Option<Place>, below: &Option<Place>| {
        above.is_some() && below.is_some_and(|below| !lines[below.line].blank_above)
    };
    for run in places.chunk_by(together) {
        column(tokens, lines, run.iter().flatten().copied());
    }
}

/// An arrow that begins a line.
struct Row {
    line: usize,
    /// Its `->`, if it stands on that line.
    sign: Option<Place>,
    /// The brace of its block, if the whole arrow stands on that line.
    brace: Option<Place>,
}

/// `None` where something else stands before the arrow on its line.
fn row(tokens: &[Token<'_>], lines: &[Line], arrow: &ArrowMark) -> Option<Row> {
    let first = token_at(tokens, arrow.start)?;
    let line = lines.binary_search_by_key(&first, |line| line.tokens.start).ok()?;
    let place = |token: usize| Place { line, token };
    let range = lines[line].tokens.clone();
    let alignable = |place: &Place| start_of(tokens, lines, *place).is_some();
    let sign = range.clone().find(|token| tokens[*token].is("->")).map(place).filter(alignable);
    let brace = arrow.braces.and_then(|(open, close)| {
        let close = token_at(tokens, close).filter(|close| range.contains(close))?;
        let open = token_at(tokens, open)?;
        let whole = tokens[open..=close].iter().all(|token| !token.text.contains('\n'));
        whole.then(|| place(open)).filter(alignable)
    });
    Some(Row { line, sign, brace })
}

fn token_at(tokens: &[Token<'_>], start: u32) -> Option<usize> {
    tokens.binary_search_by_key(&start, |token| token.start).ok()
}

/// Moves tokens to the column of the one that is farthest right.
fn column(tokens: &mut [Token<'_>], lines: &[Line], places: impl Iterator<Item = Place>) {
    let starts: Vec<(Place, usize)> =
        places.filter_map(|place| Some((place, start_of(tokens, lines, place)?))).collect();
    let farthest = starts.iter().map(|(_, start)| *start).max().unwrap_or(0);
    for (place, start) in starts {
        tokens[place.token].gap += farthest - start;
    }
}

/// The column in which a token begins; none where something before it runs over a line end.
fn start_of(tokens: &[Token<'_>], lines: &[Line], place: Place) -> Option<usize> {
    let line = &lines[place.line];
    let mut column = line.indent;
    for token in &tokens[line.tokens.start..place.token] {
        if token.text.contains('\n') {
            return None;
        }
        column += token.gap + token.text.width();
    }
    Some(column + tokens[place.token].gap)
}
