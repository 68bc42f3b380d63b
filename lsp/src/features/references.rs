//! Where a name is used: in all files, and marked in the document at hand.

use crate::view::View;
use std::collections::BTreeSet;
use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, Location, Position};
use tthc_compiler::editor::names::{self, Symbol};
use tthc_compiler::source::{FileId, Place};

/// Every use of what is named at a position, in the whole project.
pub fn references(view: &View, position: Position, with_declaration: bool) -> Option<Vec<Location>> {
    let symbol = names::symbol(&view.project, view.file, view.offset(position))?;
    let wide = view.around(&files(&symbol));
    let symbol = names::symbol(&wide.project, wide.file, wide.offset(position))?;
    let places = places(&wide, &symbol, with_declaration);
    Some(places.into_iter().filter_map(|place| wide.location(place)).collect())
}

/// The files that declare what is named.
pub fn files(symbol: &Symbol) -> Vec<FileId> {
    symbol.declared.iter().map(|place| place.file).collect()
}

fn places(view: &View, symbol: &Symbol, with_declaration: bool) -> BTreeSet<Place> {
    let names = view.project.names();
    let mut places: BTreeSet<Place> = symbol.declared.iter().flat_map(|declared| names.uses(*declared)).collect();
    if with_declaration {
        places.extend(&symbol.declared);
    }
    places
}

/// The uses in the document, and the declaration where it stands there.
pub fn highlights(view: &View, position: Position) -> Option<Vec<DocumentHighlight>> {
    let symbol = names::symbol(&view.project, view.file, view.offset(position))?;
    let here = places(view, &symbol, true).into_iter().filter(|place| place.file == view.file);
    let mark = |place: Place| {
        let declared = symbol.declared.contains(&place);
        let kind = if declared { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
        DocumentHighlight { range: view.range_of(place), kind: Some(kind) }
    };
    Some(here.map(mark).collect())
}
