//! From a name to where it is declared; from an import to the file.

use crate::view::View;
use tower_lsp::ls_types::{GotoDefinitionResponse, LocationLink, Position, Range};
use tthc_compiler::editor::names;
use tthc_compiler::source::Place;
use tthc_grammar::tree::Span;

/// Where the thing is declared whose name stands at a position.
pub fn definition(view: &View, position: Position) -> Option<GotoDefinitionResponse> {
    let offset = view.offset(position);
    let mut links: Vec<LocationLink> = Vec::new();
    if let Some(symbol) = names::symbol(&view.project, view.file, offset) {
        links.extend(symbol.declared.iter().filter_map(|declared| {
            let whole = names::item(&view.project, *declared).map_or(declared.span, |item| item.span);
            let target = Place { file: declared.file, span: whole };
            link(view, view.range(symbol.place.span), target, *declared)
        }));
    }
    let touches = |span: Span| span.start <= offset && offset <= span.end;
    let imports = view.project.model.imports.iter();
    links.extend(imports.filter(|import| import.place.file == view.file && touches(import.place.span)).filter_map(
        |import| {
            let top = Place { file: import.file, span: Span::default() };
            link(view, view.range(import.place.span), top, top)
        },
    ));
    (!links.is_empty()).then_some(GotoDefinitionResponse::Link(links))
}

fn link(view: &View, origin: Range, target: Place, name: Place) -> Option<LocationLink> {
    Some(LocationLink {
        origin_selection_range: Some(origin),
        target_uri: view.uri(target.file)?,
        target_range: view.range_of(target),
        target_selection_range: view.range_of(name),
    })
}
