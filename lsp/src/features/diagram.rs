//! `tthc/diagram`: the picture of a process, for an editor that shows it beside the text.

use crate::view::View;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{Location, Position, TextDocumentIdentifier};
use tthc_compiler::diagram;
use tthc_compiler::editor::witness;
use tthc_compiler::model::procedure::ProcedureId;
use tthc_grammar::tree::Span;

/// What is asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DiagramParams {
    /// Of which document.
    pub text_document: TextDocumentIdentifier,
    /// The procedure around this position; without one, all of the document.
    pub position: Option<Position>,
}

/// A picture.
#[derive(Debug, Serialize, Deserialize)]
pub struct Diagram {
    /// As SVG. A group with `data-step` is a step.
    pub svg: String,
    /// Where the names of the steps stand, by the number in `data-step`.
    pub steps: Vec<Option<Location>>,
}

/// Draws the procedures, with the way of the finding at the position; none where there is nothing to draw.
pub fn diagram(view: &View, position: Option<Position>) -> Option<Diagram> {
    let offset = position.map(|position| view.offset(position));
    let procedures = view.project.model.procedures.iter().enumerate();
    let own = procedures.filter(|(_, procedure)| procedure.declaration.file == view.file);
    let touches = |span: Span| offset.is_none_or(|offset| span.start <= offset && offset <= span.end);
    let wanted: Vec<ProcedureId> =
        own.filter(|(_, procedure)| touches(procedure.declaration.span)).map(|(index, _)| ProcedureId(index)).collect();
    let pictures: Vec<diagram::Picture> =
        wanted.iter().flat_map(|procedure| diagram::pictures(&view.project, *procedure)).collect();
    let at_cursor = view.findings().into_iter().filter(|found| offset.is_some() && touches(found.place.span));
    let found = at_cursor
        .filter(|found| !found.witness.is_empty())
        .min_by_key(|found| found.place.span.end - found.place.span.start);
    let way = found.zip(wanted.first()).map(|(found, procedure)| witness::steps(&view.project, *procedure, &found));
    if pictures.is_empty() {
        return None;
    }
    let (svg, steps) = diagram::svg::interactive(&pictures, &way.unwrap_or_default());
    Some(Diagram { svg, steps: steps.into_iter().map(|place| view.location(place)).collect() })
}
