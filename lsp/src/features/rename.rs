//! Renaming across files, in every spelling of the name.

use super::references::files;
use crate::view::View;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{Position, PrepareRenameResponse, WorkspaceEdit};
use tthc_compiler::editor::{names, rename};

/// What would be renamed.
pub fn prepare(view: &View, position: Position) -> Option<PrepareRenameResponse> {
    let place = rename::renamable(&view.project, view.file, view.offset(position))?;
    let placeholder = view.project.source(place.file).words(place.span).to_string();
    Some(PrepareRenameResponse::RangeWithPlaceholder { range: view.range_of(place), placeholder })
}

/// The changes that a new name takes, or why it cannot be.
pub fn rename(view: &View, position: Position, name: &str) -> Result<WorkspaceEdit> {
    let symbol = names::symbol(&view.project, view.file, view.offset(position));
    let mut wide = view.around(&symbol.as_ref().map(files).unwrap_or_default());
    // A shared part that uses a role may be used with other agencies' roles, which lie in other files.
    if let Some(symbol) = names::symbol(&wide.project, wide.file, wide.offset(position)) {
        let together = symbol.declared.iter().flat_map(|declared| wide.project.names().together(*declared));
        wide = wide.around(&together.map(|place| place.file).collect::<Vec<_>>());
    }
    let edits = rename::rename(&wide.project, wide.file, wide.offset(position), name).map_err(|message| Error {
        code: ErrorCode::InvalidParams,
        message: wide.words(&message).into(),
        data: None,
    })?;
    Ok(wide.edit(&edits))
}
