//! Where a name is used: in all files, and marked in the document at hand.

use crate::view::View;
use std::collections::{BTreeMap, BTreeSet};
use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, Location, Position};
use tthc_compiler::editor::names::{self, Symbol};
use tthc_compiler::library;
use tthc_compiler::source::Place;
use tthc_grammar::tree::{DeclarationKind, Span};

/// A place by the path of its file: the same in whatever project the file is.
pub type Spot = (String, Span);

/// Every use of what is named at a position, in the whole project.
pub fn references(view: &View, position: Position, with_declaration: bool) -> Option<Vec<Location>> {
    let declared = declared(view, position);
    if declared.is_empty() {
        return None;
    }
    let mut found: BTreeMap<Spot, Location> = BTreeMap::new();
    for some in portions(view, paths(&declared)) {
        let places = declared.iter().filter_map(|spot| place(&some, spot));
        let places = places.flat_map(|place| uses(&some, place, with_declaration));
        found.extend(places.filter_map(|place| Some((spot(&some, place), some.location(place)?))));
    }
    Some(found.into_values().collect())
}

/// Where the name at a position is declared; nowhere where there is none.
pub fn declared(view: &View, position: Position) -> BTreeSet<Spot> {
    match symbol(view, position) {
        symbol if !is_shared(view, position) => symbol.iter().flat_map(|symbol| spots(view, symbol)).collect(),
        _ => {
            let symbols = portions(view, Vec::new()).filter_map(|some| Some((symbol(&some, position)?, some)));
            symbols.flat_map(|(symbol, some)| spots(&some, &symbol)).collect()
        }
    }
}

/// The files of spots.
pub fn paths(spots: &BTreeSet<Spot>) -> Vec<String> {
    let mut paths: Vec<String> = spots.iter().map(|(path, _)| path.clone()).collect();
    paths.dedup();
    paths
}

/// The document with all that uses it and these files, some of it at a time.
pub fn portions(view: &View, paths: Vec<String>) -> impl Iterator<Item = View> {
    view.portions(paths).into_iter().map(|(paths, reach)| view.with(paths, reach))
}

/// The name at a position.
pub fn symbol(view: &View, position: Position) -> Option<Symbol> {
    names::symbol(&view.project, view.file, view.offset(position))
}

/// Whether a position is in a shared part or process: what a bare role stands for there is known only from all who use it.
fn is_shared(view: &View, position: Position) -> bool {
    let at = view.offset(position);
    let around = view.parsed().tree.around(Span { start: at, end: at });
    around.iter().any(|declaration| matches!(declaration.kind, DeclarationKind::Part | DeclarationKind::SharedProcess))
}

/// A place in whatever project its file is.
pub fn spot(view: &View, place: Place) -> Spot {
    (view.project.source(place.file).path.clone(), place.span)
}

/// A spot in this project; none where it does not reach so far.
pub fn place(view: &View, (path, span): &Spot) -> Option<Place> {
    let of_library = || library::files().find(|(_, file)| file.source.path == *path).map(|(id, _)| id);
    Some(Place { file: view.project.find(path).or_else(of_library)?, span: *span })
}

fn spots(view: &View, symbol: &Symbol) -> BTreeSet<Spot> {
    symbol.declared.iter().map(|place| spot(view, *place)).collect()
}

fn uses(view: &View, declared: Place, with_declaration: bool) -> impl Iterator<Item = Place> {
    view.project.names().uses(declared).chain(with_declaration.then_some(declared))
}

/// The uses in the document, and the declaration where it stands there.
pub fn highlights(view: &View, position: Position) -> Option<Vec<DocumentHighlight>> {
    let symbol = symbol(view, position)?;
    let places: BTreeSet<Place> = symbol.declared.iter().flat_map(|declared| uses(view, *declared, true)).collect();
    let here = places.into_iter().filter(|place| place.file == view.file);
    let mark = |place: Place| {
        let declared = symbol.declared.contains(&place);
        let kind = if declared { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
        DocumentHighlight { range: view.range_of(place), kind: Some(kind) }
    };
    Some(here.map(mark).collect())
}
