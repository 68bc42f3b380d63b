//! What can be written at the cursor.

use crate::convert::markup;
use crate::view::View;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation, InsertTextFormat, Position,
    TextEdit,
};
use tthc_compiler::editor::complete::{self, Candidate, CandidateKind};

/// What can be written at a position.
///
/// Words may be typed without their marks, and an editor would not know that they begin a keyword. So the list is
/// asked for anew with each letter, and every item of it answers to what is typed.
pub fn completion(view: &View, position: Position) -> CompletionList {
    let offset = view.offset(position);
    let found = complete::complete(&view.project, view.file, offset, &|| view.paths());
    let items = found.iter().map(|candidate| item(view, candidate, offset)).collect();
    CompletionList { is_incomplete: true, items }
}

fn item(view: &View, candidate: &Candidate, offset: u32) -> CompletionItem {
    let range = view.range(candidate.replace);
    let typed = view.text().get(candidate.replace.start as usize..offset as usize).unwrap_or_default();
    let snippets = view.abilities().snippets;
    let text = match candidate.snippet && !snippets {
        true => without_places(&candidate.insert),
        false => candidate.insert.clone(),
    };
    let documentation = candidate
        .documentation
        .as_ref()
        .map(|words| Documentation::MarkupContent(markup(view.words(words), view.abilities().markdown_candidates)));
    CompletionItem {
        label: candidate.label.clone(),
        kind: Some(kind(candidate.kind)),
        detail: candidate.detail.clone().filter(|detail| !detail.is_empty()),
        documentation,
        filter_text: Some(if typed.is_empty() { candidate.label.clone() } else { typed.to_string() }),
        sort_text: Some(format!("{:03}{}", candidate.rank, candidate.label)),
        insert_text_format: (candidate.snippet && snippets).then_some(InsertTextFormat::SNIPPET),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: text })),
        ..CompletionItem::default()
    }
}

fn kind(kind: CandidateKind) -> CompletionItemKind {
    match kind {
        CandidateKind::Keyword => CompletionItemKind::KEYWORD,
        CandidateKind::Key => CompletionItemKind::PROPERTY,
        CandidateKind::Value => CompletionItemKind::VALUE,
        CandidateKind::Snippet => CompletionItemKind::SNIPPET,
        CandidateKind::Agency => CompletionItemKind::MODULE,
        CandidateKind::Role => CompletionItemKind::INTERFACE,
        CandidateKind::Step => CompletionItemKind::METHOD,
        CandidateKind::Field => CompletionItemKind::FIELD,
        CandidateKind::Outcome => CompletionItemKind::EVENT,
        CandidateKind::Form => CompletionItemKind::REFERENCE,
        CandidateKind::Declaration => CompletionItemKind::FUNCTION,
        CandidateKind::File => CompletionItemKind::FILE,
    }
}

/// A snippet for an editor that knows none: what would stand in the places to fill in.
fn without_places(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(inside) = rest.strip_prefix('{') else {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            continue;
        };
        let end = inside.find('}').unwrap_or(inside.len());
        let place = inside[..end].trim_start_matches(|c: char| c.is_ascii_digit());
        let choice = place.trim_matches('|').split(',').next().unwrap_or_default();
        text.push_str(place.strip_prefix(':').unwrap_or(choice));
        rest = inside.get(end + 1..).unwrap_or_default();
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::without_places;

    #[test]
    fn snippets_without_places_are_plain_texts() {
        assert_eq!(without_places("bước ${1:1} do ${2} { loại: ${3|a,b|} }$0"), "bước 1 do  { loại: a }");
        assert_eq!(without_places("mã: \"$1\""), "mã: \"\"");
    }
}
