//! What is declared: in the document as a tree, in the workspace by name.

use crate::shared::{Shared, open_below};
use crate::state::State;
use crate::view::View;
use std::collections::BTreeSet;
use std::sync::Arc;
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, OneOf, SymbolKind, WorkspaceSymbol, WorkspaceSymbolResponse,
};
use tthc_compiler::editor::describe;
use tthc_compiler::editor::outline::{self, Item, ItemKind};
use tthc_compiler::source::Place;
use tthc_grammar::names::fold;
use tthc_grammar::tree::DeclarationKind as D;

/// More answers than anybody reads are not given.
const MOST: usize = 200;

/// The outline of the document.
pub fn document(view: &View) -> DocumentSymbolResponse {
    let items = outline::outline(&view.parsed().tree);
    DocumentSymbolResponse::Nested(items.iter().map(|item| symbol(view, item)).collect())
}

// The only way to make one: its deprecated field has no default.
#[allow(deprecated)]
fn symbol(view: &View, item: &Item) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = item.children.iter().map(|child| symbol(view, child)).collect();
    DocumentSymbol {
        name: title(view, item),
        detail: item.label.clone(),
        kind: kind(item.kind),
        tags: None,
        deprecated: None,
        range: view.range(item.span),
        selection_range: view.range(item.name_span),
        children: (!children.is_empty()).then_some(children),
    }
}

/// Steps are known by their numbers, which say nothing without the keyword.
pub fn title(view: &View, item: &Item) -> String {
    match item.name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{} {}", view.words(&describe::kind(item.kind)), item.name),
        false => item.name.clone(),
    }
}

/// How LSP calls it.
pub fn kind(kind: ItemKind) -> SymbolKind {
    match kind {
        ItemKind::Parameter => SymbolKind::VARIABLE,
        ItemKind::Field => SymbolKind::FIELD,
        ItemKind::Value => SymbolKind::ENUM_MEMBER,
        ItemKind::Outcome => SymbolKind::EVENT,
        ItemKind::Declared(kind) => match kind {
            D::Agency | D::Unit => SymbolKind::MODULE,
            D::Role => SymbolKind::INTERFACE,
            D::Procedure | D::SharedProcess => SymbolKind::CLASS,
            D::Part | D::Insert | D::Call => SymbolKind::FUNCTION,
            D::Case | D::Stage | D::Parallel | D::Branch => SymbolKind::NAMESPACE,
            D::Step => SymbolKind::METHOD,
            D::Form | D::Papers => SymbolKind::FILE,
            _ => SymbolKind::OBJECT,
        },
    }
}

/// What is declared at the top of any file and answers to the words, in any spelling.
pub fn workspace(shared: &Arc<Shared>, state: &Arc<State>, query: &str) -> WorkspaceSymbolResponse {
    let wanted = fold(query).to_lowercase();
    let mut found = Vec::new();
    for folder in shared.roots() {
        let index = folder.index(&open_below(state, &folder.root));
        let hits = index.declared().filter(|(declared, _)| {
            let label = declared.label.as_deref().unwrap_or_default();
            let matches = |text: &str| fold(text).to_lowercase().contains(&wanted);
            matches(&declared.name) || matches(label)
        });
        let paths: BTreeSet<&str> = hits.map(|(_, path)| path).take(MOST).collect();
        for path in paths {
            found.extend(in_file(shared, state, &folder.root, path, &wanted));
        }
    }
    found.truncate(MOST);
    WorkspaceSymbolResponse::Nested(found)
}

fn in_file(
    shared: &Arc<Shared>,
    state: &Arc<State>,
    root: &std::path::Path,
    path: &str,
    wanted: &str,
) -> Vec<WorkspaceSymbol> {
    let Some(view) = View::of_path(shared, state, root, path) else { return Vec::new() };
    let items = outline::outline(&view.parsed().tree);
    let matches = |item: &&Item| {
        let label = item.label.as_deref().unwrap_or_default();
        fold(&item.name).to_lowercase().contains(wanted) || fold(label).to_lowercase().contains(wanted)
    };
    let symbols = items.iter().filter(matches).filter_map(|item| {
        let uri = view.own_uri()?;
        let range = view.range_of(Place { file: view.file, span: item.name_span });
        Some(WorkspaceSymbol {
            name: item.name.clone(),
            kind: kind(item.kind),
            tags: None,
            container_name: item.label.clone(),
            location: OneOf::Left(Location { uri, range }),
            data: None,
        })
    });
    symbols.collect()
}
