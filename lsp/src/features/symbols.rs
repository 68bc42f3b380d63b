//! What is declared: in the document as a tree, in the workspace by name.

use crate::folder::inner_names;
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

/// Shorter words are looked for only at the top of files: inside of them they would be everywhere.
const INSIDE_FROM: usize = 2;

/// What is declared in any file and answers to the words, in any spelling: first what stands at the top of files,
/// then what stands inside.
pub fn workspace(shared: &Arc<Shared>, state: &Arc<State>, query: &str) -> WorkspaceSymbolResponse {
    let wanted = fold(query).to_lowercase();
    let (mut top, mut inside) = (Vec::new(), Vec::new());
    for folder in shared.roots() {
        let open = open_below(state, &folder.root);
        let index = folder.index(&open);
        let hits = index.declared().filter(|(declared, _)| matches(&declared.name, declared.label.as_deref(), &wanted));
        let paths: BTreeSet<&str> = hits.map(|(_, path)| path).take(MOST).collect();
        for path in paths {
            top.extend(in_file(shared, state, &folder.root, path, &wanted).0);
        }
        if wanted.chars().count() < INSIDE_FROM {
            continue;
        }
        let opened = open.iter().filter(|(_, document)| inner_names(document.file()).contains(&wanted));
        let paths = opened.map(|(path, _)| path.clone()).chain(folder.naming(&wanted, &open));
        for path in paths {
            if top.len() + inside.len() >= MOST {
                break;
            }
            inside.extend(in_file(shared, state, &folder.root, &path, &wanted).1);
        }
    }
    top.extend(inside);
    top.truncate(MOST);
    WorkspaceSymbolResponse::Nested(top)
}

fn matches(name: &str, label: Option<&str>, wanted: &str) -> bool {
    [Some(name), label].into_iter().flatten().any(|text| fold(text).to_lowercase().contains(wanted))
}

/// What answers to the words in a file: at its top, and inside.
fn in_file(
    shared: &Arc<Shared>,
    state: &Arc<State>,
    root: &std::path::Path,
    path: &str,
    wanted: &str,
) -> (Vec<WorkspaceSymbol>, Vec<WorkspaceSymbol>) {
    let Some(view) = View::of_path(shared, state, root, path) else { return Default::default() };
    let items = outline::outline(&view.parsed().tree);
    let found = |item: &Item, within: Option<&str>| {
        matches(&item.name, item.label.as_deref(), wanted).then_some(())?;
        let uri = view.own_uri()?;
        let range = view.range_of(Place { file: view.file, span: item.name_span });
        Some(WorkspaceSymbol {
            name: title(&view, item),
            kind: kind(item.kind),
            tags: None,
            container_name: within.or(item.label.as_deref()).map(String::from),
            location: OneOf::Left(Location { uri, range }),
            data: None,
        })
    };
    let top = items.iter().filter_map(|item| found(item, None)).collect();
    let inner = |outer: &Item| {
        let inside = outline::flat(&outer.children).into_iter();
        inside.filter_map(|item| found(item, Some(&outer.name))).collect::<Vec<_>>()
    };
    (top, items.iter().flat_map(inner).collect())
}
