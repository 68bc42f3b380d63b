//! From a word to its statement, its block, its declaration.

use crate::view::View;
use tower_lsp::ls_types::{Position, Range, SelectionRange};
use tthc_compiler::editor::spans;

/// For each position what is selected first, and what then.
pub fn selection(view: &View, positions: &[Position]) -> Vec<SelectionRange> {
    positions.iter().map(|position| at(view, *position)).collect()
}

fn at(view: &View, position: Position) -> SelectionRange {
    let spans = spans::around(&view.parsed().tree, view.text(), view.offset(position));
    let mut ranges: Vec<Range> = spans.into_iter().map(|span| view.range(span)).collect();
    ranges.dedup();
    let outward = |parent: Option<Box<SelectionRange>>, range: Range| Some(Box::new(SelectionRange { range, parent }));
    let nothing = || SelectionRange { range: Range { start: position, end: position }, parent: None };
    ranges.into_iter().rev().fold(None, outward).map_or_else(nothing, |selection| *selection)
}
