//! Pairs of the parser → tree.

mod arrows;
mod declarations;
mod problems;
mod values;

use crate::tree::*;
use crate::{Rule, keywords};
use pest::iterators::{Pair, Pairs};

type P<'i> = Pair<'i, Rule>;

/// Turns the pairs of a file into its tree.
pub fn file(pairs: Pairs<'_, Rule>, text: &str, comments: &[Comment]) -> Tree {
    let mut builder = Builder { text, comments, problems: Vec::new(), blocks: Vec::new(), unclosed_at: Vec::new() };
    let mut items = Vec::new();
    for pair in pairs.flat_map(|file| file.into_inner()).filter(|pair| pair.as_rule() != Rule::EOI) {
        if is_flow(pair.as_rule()) || attribute_rule(pair.as_rule()) {
            builder.misplaced(&pair, Expected::TopStatement);
        }
        items.extend(builder.statement(pair, Expected::TopStatement));
    }
    let problems = builder.finish();
    Tree { items, problems, comments: Vec::new() }
}

/// A tree for a text that the grammar refused as a whole.
pub fn unreadable(error: &pest::error::Error<Rule>) -> Tree {
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let kind = ProblemKind::Unreadable(Expected::TopStatement);
    Tree { problems: vec![Problem { kind, span: Span::new(at, at) }], ..Tree::default() }
}

struct Builder<'a> {
    text: &'a str,
    comments: &'a [Comment],
    problems: Vec<Problem>,
    /// Opening and closing brace of every closed block.
    blocks: Vec<(usize, usize)>,
    /// (where the brace was missed, opening brace)
    unclosed_at: Vec<(usize, usize)>,
}

fn span(pair: &P<'_>) -> Span {
    let span = pair.as_span();
    Span::new(span.start(), span.end())
}

/// The span without the white space and comments that a silent rule may have eaten at its end.
fn trimmed(pair: &P<'_>) -> Span {
    let start = pair.as_span().start();
    Span::new(start, start + pair.as_str().trim_end().len())
}

fn is_flow(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::step
            | Rule::stage
            | Rule::parallel
            | Rule::insert
            | Rule::call
            | Rule::branch
            | Rule::outcomes
            | Rule::choice
    )
}

fn attribute_rule(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::text_attribute
            | Rule::names_attribute
            | Rule::closed_attribute
            | Rule::duration_attribute
            | Rule::period_attribute
            | Rule::target_attribute
            | Rule::end_attribute
            | Rule::overdue_attribute
            | Rule::count_attribute
            | Rule::money_attribute
            | Rule::days_attribute
            | Rule::hours_attribute
            | Rule::unknown_attribute
    )
}

impl Builder<'_> {
    fn problem(&mut self, kind: ProblemKind, span: Span) {
        self.problems.push(Problem { kind, span });
    }

    fn name(&self, pair: &P<'_>) -> Name {
        Name { text: pair.as_str().to_string(), span: span(pair) }
    }

    fn string(&self, pair: &P<'_>) -> Text {
        let raw = pair.as_str();
        let inner = raw.strip_prefix('"').unwrap_or(raw);
        let inner = inner.strip_suffix(['"', '\u{1}']).unwrap_or(inner);
        let mut value = String::with_capacity(inner.len());
        let mut escaped = false;
        for c in inner.chars() {
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
        Text { value, span: span(pair) }
    }

    fn path(&self, pair: P<'_>) -> Path {
        let whole = span(&pair);
        let step =
            keywords::phrase(pair.as_str().split([' ', '\t', '\u{A0}']).next().unwrap_or(""), &["bước"]).is_some();
        let segments = pair.into_inner().map(|segment| self.name(&segment)).collect();
        Path { segments, step, span: whole }
    }

    /// One statement of a block in which `expected` may stand; `None` for marks.
    fn statement(&mut self, pair: P<'_>, expected: Expected) -> Option<Statement> {
        let rule = pair.as_rule();
        Some(match rule {
            Rule::junk => {
                let span = trimmed(&pair);
                self.problem(ProblemKind::Unreadable(expected), span);
                Statement::Error(span)
            }
            Rule::stray_brace => {
                self.problem(ProblemKind::StrayBrace, span(&pair));
                return None;
            }
            Rule::uncounted => Statement::Uncounted(self.uncounted(pair)),
            Rule::arrow => Statement::Arrow(self.arrow(pair)),
            Rule::field => Statement::Field(self.field(pair)),
            Rule::paper => Statement::Paper(self.paper(pair)),
            rule if attribute_rule(rule) => Statement::Attribute(self.attribute(pair)),
            _ => Statement::Declaration(self.declaration(pair)),
        })
    }

    /// A block in which `expected` may stand; `kind` is what it belongs to, where statements can be misplaced.
    fn block(&mut self, pair: P<'_>, expected: Expected, kind: Option<DeclarationKind>) -> Block {
        let block_span = trimmed(&pair);
        let mut block = Block { span: block_span, ..Block::default() };
        let mut closed = true;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::unclosed => {
                    closed = false;
                    self.unclosed_at.push((inner.as_span().start(), block_span.start as usize));
                }
                Rule::missing_open => {
                    self.problem(
                        ProblemKind::Missing(Expected::OpenBrace),
                        Span::new(inner.as_span().start(), inner.as_span().start()),
                    );
                }
                rule => {
                    if kind.is_some_and(|kind| misplaced_in(kind, rule)) {
                        self.misplaced(&inner, expected);
                    }
                    block.statements.extend(self.statement(inner, expected));
                }
            }
        }
        if closed {
            self.blocks.push((block_span.start as usize, block_span.end.saturating_sub(1) as usize));
        }
        block.broken = !closed || block.statements.iter().any(|statement| matches!(statement, Statement::Error(_)));
        block
    }

    /// A statement that was read where it cannot stand, so that it is not lost.
    fn misplaced(&mut self, pair: &P<'_>, expected: Expected) {
        let at = pair.as_span().start();
        let line = self.text[at..].find(['\n', '{']).unwrap_or(self.text.len() - at);
        let span = Span::new(at, at + self.text[at..at + line].trim_end().len());
        self.problem(ProblemKind::Unreadable(expected), span);
    }
}

/// Statements that the grammar reads in a block of this kind only to go on after an error.
fn misplaced_in(kind: DeclarationKind, rule: Rule) -> bool {
    use DeclarationKind as K;
    match kind {
        K::Procedure | K::Case => is_flow(rule),
        K::SharedProcess => matches!(rule, Rule::branch | Rule::outcomes | Rule::choice),
        K::Process | K::Stage | K::Branch | K::Part | K::After => {
            matches!(rule, Rule::branch | Rule::outcomes | Rule::choice)
        }
        K::Parallel => is_flow(rule) && rule != Rule::branch,
        _ => false,
    }
}
