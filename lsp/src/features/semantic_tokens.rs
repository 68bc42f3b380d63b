//! Colours that know what names mean.

use super::symbols;
use crate::view::View;
use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend, SymbolKind,
};
use tthc_compiler::editor::tokens::{self, TokenKind};
use tthc_grammar::tree::Span;

/// The kinds of tokens; their places are their numbers.
const TYPES: [SemanticTokenType; 14] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::NUMBER,
    SemanticTokenType::STRING,
    SemanticTokenType::COMMENT,
    SemanticTokenType::OPERATOR,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::INTERFACE,
    SemanticTokenType::CLASS,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::METHOD,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::VARIABLE,
];

/// As told to the client.
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: TYPES.to_vec(), token_modifiers: vec![SemanticTokenModifier::DECLARATION] }
}

fn kind(kind: TokenKind) -> SemanticTokenType {
    let name = match kind {
        TokenKind::Keyword => return SemanticTokenType::KEYWORD,
        TokenKind::Number => return SemanticTokenType::NUMBER,
        TokenKind::Text => return SemanticTokenType::STRING,
        TokenKind::Comment => return SemanticTokenType::COMMENT,
        TokenKind::Operator => return SemanticTokenType::OPERATOR,
        TokenKind::Name(name) => name,
    };
    match symbols::kind(name) {
        SymbolKind::MODULE | SymbolKind::NAMESPACE => SemanticTokenType::NAMESPACE,
        SymbolKind::INTERFACE => SemanticTokenType::INTERFACE,
        SymbolKind::CLASS => SemanticTokenType::CLASS,
        SymbolKind::FUNCTION => SemanticTokenType::FUNCTION,
        SymbolKind::METHOD => SemanticTokenType::METHOD,
        SymbolKind::FIELD => SemanticTokenType::PROPERTY,
        SymbolKind::ENUM_MEMBER | SymbolKind::EVENT => SemanticTokenType::ENUM_MEMBER,
        SymbolKind::VARIABLE => SemanticTokenType::PARAMETER,
        _ => SemanticTokenType::VARIABLE,
    }
}

/// The tokens of the document, or of a range of it.
pub fn tokens(view: &View, range: Option<Range>) -> SemanticTokens {
    let wanted = range.map(|range| view.span(range));
    let mut data: Vec<SemanticToken> = Vec::new();
    let (mut line, mut column) = (0, 0);
    for token in tokens::tokens(&view.project, view.file) {
        let touches = |wanted: &Span| token.span.start < wanted.end && wanted.start < token.span.end;
        if !wanted.as_ref().is_none_or(touches) {
            continue;
        }
        let token_type = TYPES.iter().position(|known| *known == kind(token.kind)).unwrap_or_default() as u32;
        for (start, length) in on_each_line(view, token.span) {
            let delta_line = start.line - line;
            let delta_start = if delta_line == 0 { start.character - column } else { start.character };
            (line, column) = (start.line, start.character);
            let token_modifiers_bitset = u32::from(token.declares);
            data.push(SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset });
        }
    }
    SemanticTokens { result_id: None, data }
}

/// A token reaches over no line's end: not every client could draw it.
fn on_each_line(view: &View, span: Span) -> Vec<(tower_lsp::ls_types::Position, u32)> {
    let text = view.text().get(span.range()).unwrap_or_default();
    let mut at = span.start;
    let mut pieces = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\r', '\n']);
        let range = view.range(Span { start: at, end: at + words.len() as u32 });
        if !words.is_empty() {
            pieces.push((range.start, range.end.character.saturating_sub(range.start.character)));
        }
        at += line.len() as u32;
    }
    pieces
}
