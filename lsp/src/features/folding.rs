//! What can be folded away.

use crate::view::View;
use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind};
use tthc_compiler::editor::spans::{self, FoldKind};

/// Blocks, comments and imports of several lines.
pub fn folding(view: &View) -> Vec<FoldingRange> {
    let folds = spans::folds(&view.parsed().tree, view.text());
    let ranges = folds.into_iter().map(|(span, kind)| (view.range(span), kind));
    let several = ranges.filter(|(range, _)| range.start.line < range.end.line);
    let fold = several.map(|(range, kind)| FoldingRange {
        start_line: range.start.line,
        // The closing brace stays in sight.
        end_line: if kind == FoldKind::Block { range.end.line - 1 } else { range.end.line },
        kind: Some(match kind {
            FoldKind::Block => FoldingRangeKind::Region,
            FoldKind::Comment => FoldingRangeKind::Comment,
            FoldKind::Imports => FoldingRangeKind::Imports,
        }),
        ..FoldingRange::default()
    });
    fold.filter(|fold| fold.start_line < fold.end_line).collect()
}
