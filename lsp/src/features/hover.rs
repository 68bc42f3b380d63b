//! What is known of a name, what a word of the language says, and the law behind a finding.

use crate::convert::markup;
use crate::view::View;
use tower_lsp::ls_types::{Hover, HoverContents, Position};
use tthc_compiler::editor::{describe, names, words};

/// What is told at a position.
pub fn hover(view: &View, position: Position) -> Option<Hover> {
    let offset = view.offset(position);
    let symbol = names::symbol(&view.project, view.file, offset);
    let mut parts: Vec<String> = Vec::new();
    let mut range = None;
    if let Some(symbol) = &symbol {
        range = Some(view.range(symbol.place.span));
        let described = symbol.declared.iter().filter_map(|declared| describe::describe(&view.project, *declared));
        parts.extend(described.map(|words| view.words(&words)));
    }
    if symbol.is_none()
        && let Some((span, said)) = words::word(&view.project, view.file, offset)
    {
        range = Some(view.range(span));
        parts.push(view.words(&said));
    }
    for found in view.findings() {
        let span = found.place.span;
        if span.start <= offset && offset <= span.end {
            range.get_or_insert_with(|| view.range(span));
            parts.push(view.words(&describe::finding(&found)));
        }
    }
    parts.dedup();
    let contents = markup(parts.join("\n\n---\n\n"), view.abilities().markdown_hover);
    (!parts.is_empty()).then_some(Hover { contents: HoverContents::Markup(contents), range })
}
