//! Renaming across files, in every spelling of the name.

use super::references::{Spot, declared, paths, place, portions, spot, symbol};
use crate::view::View;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{Position, PrepareRenameResponse, TextEdit, Uri, WorkspaceEdit};
use tthc_compiler::diagnostic::Message;
use tthc_compiler::editor::rename;

/// What would be renamed.
pub fn prepare(view: &View, position: Position) -> Option<PrepareRenameResponse> {
    let place = rename::renamable(&view.project, view.file, view.offset(position))?;
    let placeholder = view.project.source(place.file).words(place.span).to_string();
    Some(PrepareRenameResponse::RangeWithPlaceholder { range: view.range_of(place), placeholder })
}

/// The changes that a new name takes, or why it cannot be.
///
/// Thousands of files may use the name: some of them are held at a time, and in each portion every name must still
/// stand for what it stood for.
// Addresses compare by their text, which does not change.
#[allow(clippy::mutable_key_type)]
pub fn rename(view: &View, position: Position, name: &str) -> Result<WorkspaceEdit> {
    let refused =
        |message: Message| Error { code: ErrorCode::InvalidParams, message: view.words(&message).into(), data: None };
    let symbol = symbol(view, position).ok_or_else(|| refused(rename::nothing()))?;
    let old = view.project.source(symbol.place.file).words(symbol.place.span);
    rename::allowed(old, name).map_err(refused)?;
    let mut declared = declared(view, position);
    loop {
        let (found, more) = in_portions(view, &declared, name);
        // Another declaration that must bear the same name may be used by other files.
        if more.is_subset(&declared) {
            let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
            for (uri, edit) in found.map_err(refused)?.into_values() {
                changes.entry(uri).or_default().push(edit);
            }
            return Ok(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
        }
        declared.extend(more);
    }
}

/// Changes by where they stand.
type Changes = BTreeMap<Spot, (Uri, TextEdit)>;

/// The changes, and the declarations whose uses they are.
fn in_portions(
    view: &View,
    declared: &BTreeSet<Spot>,
    name: &str,
) -> (std::result::Result<Changes, Message>, BTreeSet<Spot>) {
    let mut found = Ok(Changes::new());
    let mut more = BTreeSet::new();
    for some in portions(view, paths(declared)) {
        let places = match rename::together(&some.project, declared.iter().filter_map(|spot| place(&some, spot))) {
            Ok(places) => places,
            Err(refused) => return (Err(refused), BTreeSet::new()),
        };
        let is_declared = |place: &&tthc_compiler::source::Place| some.project.names().uses(**place).next().is_some();
        more.extend(places.iter().filter(is_declared).map(|place| spot(&some, *place)));
        // Where a declaration is missing yet, nothing is refused for good.
        let edits = found.as_ref().ok().map(|_| rename::edits(&some.project, &places, name));
        match (edits, &mut found) {
            (Some(Ok(edits)), Ok(found)) => found.extend(edits.into_iter().filter_map(|edit| {
                let change = TextEdit { range: some.range_of(edit.place), new_text: edit.text };
                Some((spot(&some, edit.place), (some.uri(edit.place.file)?, change)))
            })),
            (Some(Err(refused)), found) => *found = Err(refused),
            _ => {}
        }
    }
    (found, more)
}
