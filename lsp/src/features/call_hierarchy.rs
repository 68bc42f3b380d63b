//! What leads to a step and where it leads; who calls a procedure.

use super::symbols;
use crate::view::View;
use tower_lsp::ls_types::{CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Position, Range};
use tthc_compiler::editor::names;
use tthc_compiler::editor::outline::ItemKind;
use tthc_compiler::editor::ways::{self, Look};
use tthc_compiler::source::Place;
use tthc_grammar::tree::DeclarationKind as D;

/// The steps or procedures that are named at a position.
pub fn prepare(view: &View, position: Position) -> Option<Vec<CallHierarchyItem>> {
    let symbol = names::symbol(&view.project, view.file, view.offset(position))?;
    let items: Vec<CallHierarchyItem> = symbol.declared.iter().filter_map(|place| item(view, *place)).collect();
    (!items.is_empty()).then_some(items)
}

fn item(view: &View, declared: Place) -> Option<CallHierarchyItem> {
    let found = names::item(&view.project, declared)?;
    matches!(found.kind, ItemKind::Declared(D::Step | D::Call | D::Procedure)).then_some(())?;
    Some(CallHierarchyItem {
        name: symbols::title(view, &found),
        kind: symbols::kind(found.kind),
        tags: None,
        detail: found.label.clone(),
        uri: view.uri(declared.file)?,
        range: view.range_of(Place { file: declared.file, span: found.span }),
        selection_range: view.range_of(declared),
        data: None,
    })
}

/// Steps and procedures on the other side, with the ranges of the lines that say so.
fn found(view: &View, of: &CallHierarchyItem, look: Look) -> Option<Vec<(CallHierarchyItem, Vec<Range>)>> {
    let symbol = names::symbol(&view.project, view.file, view.offset(of.selection_range.start))?;
    let wide = view.around(&[view.file]);
    let declared = *symbol.declared.first()?;
    let path = &view.project.source(declared.file).path;
    let declared = Place { file: wide.project.find(path)?, span: declared.span };
    let ways = ways::ways(&wide.project, declared, look);
    let found = ways.into_iter().filter_map(|(place, lines)| {
        let from = if look == Look::Back { place.file } else { declared.file };
        let here = lines.iter().filter(|line| line.file == from);
        Some((item(&wide, place)?, here.map(|line| wide.range_of(*line)).collect()))
    });
    Some(found.collect())
}

/// What leads to an item.
pub fn incoming(view: &View, of: &CallHierarchyItem) -> Option<Vec<CallHierarchyIncomingCall>> {
    let found = found(view, of, Look::Back)?.into_iter();
    Some(found.map(|(from, from_ranges)| CallHierarchyIncomingCall { from, from_ranges }).collect())
}

/// Where an item leads.
pub fn outgoing(view: &View, of: &CallHierarchyItem) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let found = found(view, of, Look::Ahead)?.into_iter();
    Some(found.map(|(to, from_ranges)| CallHierarchyOutgoingCall { to, from_ranges }).collect())
}
