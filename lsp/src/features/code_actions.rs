//! Fixes of findings, each by itself and all that do not change the meaning at once; and other ways to write the same.

use super::diagnostics;
use crate::view::View;
use tower_lsp::ls_types::{CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, Range};
use tthc_compiler::diagnostic::{Diagnostic, Edit, say};
use tthc_compiler::editor::refactor::{self, Refactoring};
use tthc_grammar::tree::Span;

/// What can be done with the text in a range.
pub fn actions(view: &View, range: Range, context: &CodeActionContext) -> Vec<CodeActionOrCommand> {
    let wanted = |kind: &CodeActionKind| {
        let inside = |only: &CodeActionKind| {
            kind.as_str().strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        context.only.as_ref().is_none_or(|only| only.iter().any(inside))
    };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        actions.extend(fixes(view, view.span(range)));
    }
    if wanted(&CodeActionKind::SOURCE_FIX_ALL) {
        actions.extend(fix_all(view));
    }
    if KINDS.iter().any(&wanted) {
        let offered = refactor::offered(&view.project, view.file, view.span(range));
        let offered = offered.into_iter().map(|found| refactoring(view, found));
        actions.extend(offered.filter(|action| action.kind.as_ref().is_some_and(&wanted)));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Other ways to write the same.
const KINDS: [CodeActionKind; 3] =
    [CodeActionKind::REFACTOR_EXTRACT, CodeActionKind::REFACTOR_INLINE, CodeActionKind::REFACTOR_REWRITE];

fn refactoring(view: &View, found: Refactoring) -> CodeAction {
    let kind = match found.kind {
        refactor::Kind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        refactor::Kind::Inline => CodeActionKind::REFACTOR_INLINE,
        refactor::Kind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
    };
    CodeAction {
        title: view.words(&found.title),
        kind: Some(kind),
        edit: Some(view.edit(&found.edits)),
        ..CodeAction::default()
    }
}

fn fixes(view: &View, range: Span) -> Vec<CodeAction> {
    let touches = |span: Span| span.start <= range.end && range.start <= span.end;
    let mut found: Vec<Diagnostic> = view.findings();
    found.retain(|found| touches(found.place.span));
    view.project.try_fixes(&mut found);
    let actions = found.iter().flat_map(|found| {
        let only = found.fixes.len() == 1;
        found.fixes.iter().map(move |fix| CodeAction {
            title: view.words(&fix.title),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::convert(view, found)]),
            edit: Some(view.edit(&fix.edits)),
            is_preferred: Some(fix.safe && only),
            ..CodeAction::default()
        })
    });
    actions.collect()
}

/// Safe fixes of the document that do not get into each other's way; of two the first.
fn fix_all(view: &View) -> Option<CodeAction> {
    let mut edits: Vec<Edit> = Vec::new();
    for found in &view.findings() {
        let Some(fix) = found.fixes.iter().find(|fix| fix.safe) else { continue };
        let meets = |a: &Edit, b: &Edit| {
            a.place.file == b.place.file
                && a.place.span.start <= b.place.span.end
                && b.place.span.start <= a.place.span.end
        };
        if fix.edits.iter().all(|edit| edits.iter().all(|other| !meets(edit, other))) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    (!edits.is_empty()).then(|| CodeAction {
        title: view.words(&say("Sửa mọi lỗi sửa được mà không đổi nghĩa", "Mend all that can be mended safely")),
        kind: Some(CodeActionKind::SOURCE_FIX_ALL),
        edit: Some(view.edit(&edits)),
        ..CodeAction::default()
    })
}
