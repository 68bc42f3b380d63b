//! Pairs of the parser → tree.

mod arrows;
mod declarations;
mod guards;
mod heads;
mod lines;
mod numbers;
mod performers;
mod placing;
mod problems;
mod values;

use crate::codes::Codes;
use crate::text::unix_lines;
use crate::tree::*;
use crate::{Rule, keywords, words};
use pest::iterators::{Pair, Pairs};

pub use problems::Before;

type P<'i> = Pair<'i, Rule>;

/// Turns the pairs of a file into its tree; `before` is what was found before parsing.
pub fn file(pairs: Pairs<'_, Rule>, text: &str, codes: &Codes, comments: &[Comment], before: Before) -> Tree {
    let mut builder = Builder { text, codes, comments, problems: Vec::new() };
    let mut items = Vec::new();
    for pair in pairs.flat_map(|file| file.into_inner()).filter(|pair| pair.as_rule() != Rule::EOI) {
        builder.place_in_file(&pair);
        builder.statement(pair, Expected::TopStatement, None, &mut items);
    }
    Tree { items, problems: builder.finish(before), comments: Vec::new() }
}

/// A tree for a text that the grammar refused as a whole.
pub fn unreadable(error: &pest::error::Error<Rule>, codes: &Codes) -> Tree {
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let kind = ProblemKind::Unreadable(Expected::TopStatement);
    Tree { problems: vec![Problem { kind, span: codes.place(at) }], ..Tree::default() }
}

struct Builder<'a> {
    text: &'a str,
    codes: &'a Codes,
    comments: &'a [Comment],
    problems: Vec<Problem>,
}

impl<'a> Builder<'a> {
    fn problem(&mut self, kind: ProblemKind, span: Span) {
        self.problems.push(Problem { kind, span });
    }

    fn missing(&mut self, expected: Expected, at: Span) {
        self.problem(ProblemKind::Missing(expected), at);
    }

    /// Where the words of a pair stand; an empty pair stands behind the word before it.
    fn span(&self, pair: &P<'_>) -> Span {
        let span = pair.as_span();
        self.codes.span(span.start(), span.end())
    }

    /// The words of a pair as written.
    fn words(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    /// The words of a pair with one blank where there are some, and without the comments among them: they are printed.
    fn words_alone(&self, pair: &P<'_>) -> String {
        let start = pair.as_span().start();
        let mut text = String::new();
        let mut end = None;
        for (at, _) in pair.as_str().char_indices().filter(|(_, code)| !matches!(*code, words::LINE | words::BREAK)) {
            let place = self.codes.place(start + at);
            if end.is_some_and(|end| end < place.start) {
                text.push(' ');
            }
            text.push_str(self.words(place));
            end = Some(place.end);
        }
        text
    }

    /// What a `bad_…` rule took; where it took nothing the place behind the last word is shown.
    fn unreadable(&mut self, expected: Expected, bad: &P<'_>) -> Span {
        let span = self.span(bad);
        let kind =
            if span.start == span.end { ProblemKind::Missing(expected) } else { ProblemKind::Unreadable(expected) };
        self.problem(kind, span);
        span
    }

    fn name(&self, pair: &P<'_>) -> Name {
        let span = self.span(pair);
        Name { text: self.words(span).to_string(), span }
    }

    fn string(&self, pair: &P<'_>) -> Text {
        self.string_at(self.span(pair))
    }

    fn string_at(&self, span: Span) -> Text {
        let raw = self.words(span);
        let inner = match raw.strip_prefix('"') {
            Some(inner) => inner.strip_suffix('"').unwrap_or(inner),
            None => raw.trim_matches(['“', '”', '„', '"']),
        };
        let inner = unix_lines(inner);
        Text { value: if inner.contains('\\') { unescaped(&inner) } else { inner.into_owned() }, span }
    }

    /// A dotted path. Its segments are words and numbers; `2.1` is one number of the text and two segments.
    fn path(&self, pair: &P<'_>) -> Path {
        let range = pair.as_span();
        let span = self.span(pair);
        let step = pair.as_str().chars().next().is_some_and(|code| words::folded(code) == "buoc");
        let mut at = range.start();
        let mut segments = Vec::new();
        for (index, code) in pair.as_str().chars().enumerate() {
            let place = self.codes.place(at);
            at += code.len_utf8();
            if code == '.' || (index == 0 && step) {
                continue;
            }
            let mut start = place.start as usize;
            for part in self.words(place).split('.') {
                segments.push(Name { text: part.to_string(), span: Span::new(start, start + part.len()) });
                start += part.len() + 1;
            }
        }
        Path { segments, step, span }
    }

    /// One statement of a block of `parent` in which `expected` may stand.
    fn statement(
        &mut self,
        pair: P<'_>,
        expected: Expected,
        parent: Option<DeclarationKind>,
        out: &mut Vec<Statement>,
    ) {
        out.push(match pair.as_rule() {
            Rule::junk | Rule::top_junk => Statement::Error(self.junk(&pair, expected, out)),
            Rule::stray => {
                let span = self.span(&pair);
                return self.problem(ProblemKind::StrayBrace, span);
            }
            Rule::attribute | Rule::share | Rule::colonless | Rule::unknown | Rule::half_known => {
                Statement::Attribute(self.attribute(pair))
            }
            Rule::uncounted => Statement::Uncounted(self.uncounted(pair)),
            Rule::arrow => Statement::Arrow(self.arrow(pair)),
            Rule::field => Statement::Field(self.field(pair)),
            Rule::paper => Statement::Paper(self.paper(pair)),
            Rule::broken | Rule::top_broken | Rule::broken_unit => {
                let kind = self.kind_of_broken(&pair, parent, out);
                Statement::Declaration(self.declaration(pair, kind))
            }
            rule => {
                let kind = match (placing::kind_of(rule), parent) {
                    // Written where the other one stands, it is that one.
                    (DeclarationKind::SharedProcess, Some(DeclarationKind::Procedure | DeclarationKind::Case)) => {
                        DeclarationKind::Process
                    }
                    (DeclarationKind::Process, None) => DeclarationKind::SharedProcess,
                    (kind, _) => kind,
                };
                Statement::Declaration(self.declaration(pair, kind))
            }
        });
    }

    /// After two lines in a row that cannot be read, more of them are the same mistake: a text put into the file.
    fn junk(&mut self, pair: &P<'_>, expected: Expected, before: &[Statement]) -> Span {
        let span = self.span(pair);
        let row = matches!(before, [.., Statement::Error(_), Statement::Error(_)]);
        if self.follows_block_as_key(before) {
            return span;
        }
        match self.problems.last_mut() {
            Some(last) if row && last.kind == ProblemKind::Unreadable(expected) => last.span.end = span.end,
            _ => self.problem(ProblemKind::Unreadable(expected), span),
        }
        span
    }

    /// Behind `hướng xử lý:` stand the lines of a block that was not opened: the key says what is wrong.
    fn follows_block_as_key(&self, before: &[Statement]) -> bool {
        let above = before.iter().rev().find(|statement| !matches!(statement, Statement::Error(_)));
        matches!(above, Some(Statement::Attribute(Attribute { key: None, key_span, .. }))
            if keywords::block(self.words(*key_span)).is_some())
    }

    /// A block in which `expected` may stand; `parent` is what it belongs to.
    fn block(&mut self, pair: P<'_>, expected: Expected, parent: Option<DeclarationKind>) -> Block {
        let range = pair.as_span();
        let (start, end) = (range.start(), range.end());
        let mut block = Block { span: self.span(&pair), ..Block::default() };
        let before = self.problems.len();
        let parts = pair.into_inner();
        block.statements.reserve_exact(parts.len());
        for inner in parts {
            if inner.as_rule() == Rule::missing_open {
                self.missing(Expected::OpenBrace, self.codes.behind(start));
                continue;
            }
            self.place_in_block(&inner, parent, expected);
            self.statement(inner, expected, parent, &mut block.statements);
        }
        let made_up = self.codes.is_made_up(end) || self.codes.is_made_up(start + 1);
        block.broken = made_up
            || self.problems.len() > before
                && block.statements.iter().any(|statement| matches!(statement, Statement::Error(_)));
        block
    }
}

fn unescaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        if escaped && !matches!(c, '"' | '\\') {
            value.push('\\');
        }
        escaped = false;
        value.push(c);
    }
    if escaped {
        value.push('\\');
    }
    value
}
