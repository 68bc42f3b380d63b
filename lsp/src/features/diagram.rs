//! `tthc/diagram`: the picture of a process, for an editor that shows it beside the text.

use crate::view::View;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{Position, TextDocumentIdentifier};
use tthc_compiler::diagram;
use tthc_compiler::model::procedure::ProcedureId;

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
    /// As SVG.
    pub svg: String,
}

/// Draws the procedures; none where there is nothing to draw.
pub fn diagram(view: &View, position: Option<Position>) -> Option<Diagram> {
    let offset = position.map(|position| view.offset(position));
    let procedures = view.project.model.procedures.iter().enumerate();
    let own = procedures.filter(|(_, procedure)| procedure.declaration.file == view.file);
    let wanted = own.filter(|(_, procedure)| {
        let span = procedure.declaration.span;
        offset.is_none_or(|offset| span.start <= offset && offset <= span.end)
    });
    let pictures: Vec<diagram::Picture> =
        wanted.flat_map(|(index, _)| diagram::pictures(&view.project, ProcedureId(index))).collect();
    (!pictures.is_empty()).then(|| Diagram { svg: diagram::svg::render(&pictures) })
}
