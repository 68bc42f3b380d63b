//! What each piece of a text is: for colours that know what names mean.

use super::outline::{self, ItemKind};
use crate::project::Project;
use crate::source::{FileId, Place};
use std::collections::{BTreeSet, HashMap};
use tthc_grammar::format::{self, Kind};
use tthc_grammar::tree::Span;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the language.
    Keyword,
    /// A number or a date.
    Number,
    /// A string.
    Text,
    /// A comment.
    Comment,
    /// A sign between operands.
    Operator,
    /// A name, by what it stands for.
    Name(ItemKind),
}

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// The name is declared here.
    pub declares: bool,
}

/// The pieces of a file, in their order; names that stand for nothing known are left out.
pub fn tokens(project: &Project, file: FileId) -> Vec<Token> {
    let parsed = project.file(file);
    let names = Known::of(project, file);
    let pieces = format::pieces(&parsed.source.text, &parsed.tree);
    let token = |(span, kind): (Span, Kind)| {
        let plain = |kind| Some(vec![Token { span, kind, declares: false }]);
        match kind {
            Kind::Name => Some(names.in_span(span)),
            Kind::Keyword => plain(TokenKind::Keyword),
            Kind::Number => plain(TokenKind::Number),
            Kind::Text => plain(TokenKind::Text),
            Kind::LineComment | Kind::BlockComment => plain(TokenKind::Comment),
            Kind::Sign => {
                let words = parsed.source.words(span);
                let is_operator = !matches!(words, "{" | "}" | "(" | ")" | "," | ":" | ".");
                is_operator.then(|| vec![Token { span, kind: TokenKind::Operator, declares: false }])
            }
            Kind::Raw => None,
        }
    };
    pieces.into_iter().filter_map(token).flatten().collect()
}

/// The names of a file and what they stand for, in the order of the text.
struct Known(Vec<Token>);

impl Known {
    fn of(project: &Project, file: FileId) -> Known {
        let uses = project.names().in_file(file);
        let files: BTreeSet<FileId> = uses.iter().map(|one| one.declared.file).chain([file]).collect();
        let mut kinds: HashMap<Place, ItemKind> = HashMap::new();
        for file in files {
            let items = outline::outline(&project.any_file(file).tree);
            let declared = outline::flat(&items).into_iter();
            kinds.extend(declared.map(|item| (Place { file, span: item.name_span }, item.kind)));
        }
        let used = uses.iter().filter_map(|one| Some((one.place.span, *kinds.get(&one.declared)?, false)));
        let declared =
            kinds.iter().filter(|(place, _)| place.file == file).map(|(place, kind)| (place.span, *kind, true));
        let all = declared.chain(used);
        let mut tokens: Vec<Token> =
            all.map(|(span, kind, declares)| Token { span, kind: TokenKind::Name(kind), declares }).collect();
        // A call both names a procedure and declares a step: what it names says more.
        tokens.sort_by_key(|token| (token.span, token.declares));
        tokens.dedup_by_key(|token| token.span);
        Known(tokens)
    }

    fn in_span(&self, span: Span) -> Vec<Token> {
        let from = self.0.partition_point(|token| token.span.start < span.start);
        self.0[from..].iter().take_while(|token| token.span.end <= span.end).copied().collect()
    }
}
