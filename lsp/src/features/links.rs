//! Imports as links.

use crate::view::View;
use tower_lsp::ls_types::DocumentLink;

/// The imports of the document.
pub fn links(view: &View) -> Vec<DocumentLink> {
    let imports = view.project.model.imports.iter().filter(|import| import.place.file == view.file);
    let links = imports.map(|import| DocumentLink {
        range: view.range(import.place.span),
        target: view.uri(import.file),
        tooltip: view.abilities().link_tooltips.then(|| view.project.source(import.file).path.clone()),
        data: None,
    });
    links.filter(|link| link.target.is_some()).collect()
}
