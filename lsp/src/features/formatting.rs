//! The one layout: of the document, of some lines, and of the line that was just ended.

use crate::view::View;
use similar::{Algorithm, DiffOp};
use tower_lsp::ls_types::{Position, Range, TextEdit};
use tthc_grammar::format::format;

/// The changes that lay the document out, each as small as whole lines can be. None where it cannot be read.
pub fn document(view: &View) -> Option<Vec<TextEdit>> {
    let file = view.parsed();
    let original = &file.source.text.original;
    let after = format(&file.source.text, &file.tree)?;
    let windows = original.find('\n').is_some_and(|at| original[..at].ends_with('\r'));
    let after = after.replace("\r\n", "\n");
    let after = if windows { after.replace('\n', "\r\n") } else { after };
    let (before, after): (Vec<&str>, Vec<&str>) =
        (original.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let operations = similar::capture_diff_slices(Algorithm::Myers, &before, &after);
    let changes = operations.iter().filter(|operation| !matches!(operation, DiffOp::Equal { .. }));
    Some(changes.map(|change| edit(view, change, &before, &after)).collect())
}

fn edit(view: &View, change: &DiffOp, before: &[&str], after: &[&str]) -> TextEdit {
    let (old, new) = (change.old_range(), change.new_range());
    let line = |number: usize| {
        let last = before.last().is_none_or(|line| line.ends_with('\n'));
        match number == before.len() && !last {
            // Behind the last line, which has no end.
            true => Position {
                line: number as u32 - 1,
                character: before.last().map_or(0, |line| view.encoding().width(line)),
            },
            false => Position { line: number as u32, character: 0 },
        }
    };
    TextEdit { range: Range { start: line(old.start), end: line(old.end) }, new_text: after[new].concat() }
}

/// The changes that touch these lines.
pub fn lines(view: &View, range: Range) -> Option<Vec<TextEdit>> {
    let touches = |edit: &TextEdit| {
        let end = edit.range.end.line.max(edit.range.start.line + 1);
        edit.range.start.line <= range.end.line && range.start.line < end
    };
    Some(document(view)?.into_iter().filter(touches).collect())
}

/// After a line end: the line above. After a brace: its line.
pub fn on_type(view: &View, position: Position, typed: &str) -> Option<Vec<TextEdit>> {
    let line = if typed == "\n" { position.line.checked_sub(1)? } else { position.line };
    let here = Position { line, character: 0 };
    let edits = lines(view, Range { start: here, end: here })?;
    // A change that takes more than this line with it would move what is being typed.
    Some(edits.into_iter().filter(|edit| edit.range.end.line <= line + 1 && edit.range.start.line == line).collect())
}
