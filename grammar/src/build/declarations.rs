//! Declarations, their heads and the lines of `thông tin hồ sơ` and `thành phần hồ sơ`.

use super::{Builder, P, span, trimmed};
use crate::Rule;
use crate::tree::*;

fn kind_of(rule: Rule) -> DeclarationKind {
    use DeclarationKind as K;
    match rule {
        Rule::import => K::Import,
        Rule::defaults => K::Defaults,
        Rule::agency => K::Agency,
        Rule::role => K::Role,
        Rule::unit => K::Unit,
        Rule::posting => K::Posting,
        Rule::delegation => K::Delegation,
        Rule::assignment => K::Assignment,
        Rule::form => K::Form,
        Rule::calendar => K::Calendar,
        Rule::procedure => K::Procedure,
        Rule::process => K::SharedProcess,
        Rule::case => K::Case,
        Rule::after => K::After,
        Rule::papers => K::Papers,
        Rule::fields => K::Fields,
        Rule::electronic => K::Electronic,
        Rule::stage => K::Stage,
        Rule::step => K::Step,
        Rule::parallel => K::Parallel,
        Rule::branch => K::Branch,
        Rule::part => K::Part,
        Rule::insert => K::Insert,
        Rule::call => K::Call,
        Rule::outcomes => K::Outcomes,
        Rule::choice => K::Choice,
        _ => K::Process,
    }
}

impl Builder<'_> {
    pub(super) fn declaration(&mut self, pair: P<'_>) -> Declaration {
        let kind = kind_of(pair.as_rule());
        let whole = trimmed(&pair);
        let mut declaration = Declaration {
            kind,
            span: whole,
            head_span: whole,
            name: None,
            label: None,
            head: Head::Plain,
            block: None,
            doc: self.doc_before(whole.start as usize),
        };
        let mut parts = HeadParts::default();
        for inner in pair.into_inner() {
            self.declaration_part(inner, &mut declaration, &mut parts);
        }
        declaration.head = parts.head(kind);
        declaration
    }

    fn declaration_part(&mut self, inner: P<'_>, declaration: &mut Declaration, parts: &mut HeadParts) {
        let kind = declaration.kind;
        let at = span(&inner);
        match inner.as_rule() {
            Rule::name => declaration.name = Some(self.name(&inner)),
            Rule::step_id => declaration.name = Some(self.name(&inner)),
            Rule::label => declaration.label = inner.into_inner().next().map(|string| self.string(&string)),
            Rule::head_junk => {
                let text = inner.as_str();
                let start = at.start as usize + (text.len() - text.trim_start().len());
                let expected = if kind == DeclarationKind::Step { Expected::StepHead } else { Expected::OpenBrace };
                self.problem(ProblemKind::Unreadable(expected), Span::new(start, trimmed_end(at, text)));
                parts.step.broken = true;
            }
            Rule::missing_name => self.missing(Expected::Name, at),
            Rule::missing_text => self.missing(Expected::Text, at),
            Rule::missing_open => self.missing(Expected::OpenBrace, at),
            Rule::string => parts.texts.push(self.string(&inner)),
            Rule::performed_by | Rule::takes | Rule::uncounted => self.step_clause(inner, &mut parts.step),
            Rule::wait_all => parts.join = Some(Join::All),
            Rule::wait_some => parts.join = Some(self.wait_some(inner)),
            Rule::parameters => parts.parameters = Some(inner.into_inner().map(|name| self.name(&name)).collect()),
            Rule::arguments => {
                parts.arguments = inner.into_inner().filter_map(|argument| self.argument(argument)).collect()
            }
            Rule::alias => parts.alias = inner.into_inner().next().map(|name| self.name(&name)),
            Rule::mapping => {
                parts.mapping = Some(inner.into_inner().filter_map(|pairing| self.pairing(pairing)).collect())
            }
            Rule::guard_clause => parts.guard = Some(self.guard_clause(inner)),
            Rule::reference => parts.paths.push(self.path(inner)),
            Rule::place => parts.place = inner.into_inner().next().map(|path| self.path(path)),
            Rule::arrow_body
            | Rule::attribute_body
            | Rule::agency_body
            | Rule::procedure_body
            | Rule::case_body
            | Rule::process_body
            | Rule::flow_body
            | Rule::step_body
            | Rule::parallel_body => {
                declaration.head_span =
                    Span::new(declaration.span.start as usize, self.text[..at.start as usize].trim_end().len());
                declaration.block = Some(self.block(inner, expected_in(kind), Some(kind)));
            }
            // `thông tin hồ sơ` and `thành phần hồ sơ` have their lines directly inside.
            _ => self.line_of(inner, declaration),
        }
    }

    fn line_of(&mut self, inner: P<'_>, declaration: &mut Declaration) {
        let open = self.text[declaration.span.range()]
            .find('{')
            .map_or(declaration.span.start, |at| declaration.span.start + at as u32);
        declaration.head_span = Span { start: declaration.span.start, end: open };
        let block = declaration
            .block
            .get_or_insert_with(|| Block { span: Span { start: open, end: declaration.span.end }, ..Block::default() });
        if inner.as_rule() == Rule::unclosed {
            block.broken = true;
            self.unclosed_at.push((inner.as_span().start(), open as usize));
            return;
        }
        block.broken |= inner.as_rule() == Rule::junk;
        let expected = if declaration.kind == DeclarationKind::Fields { Expected::Field } else { Expected::Paper };
        let statement = self.statement(inner, expected);
        if let (Some(block), Some(statement)) = (declaration.block.as_mut(), statement) {
            block.statements.push(statement);
        }
    }

    pub(super) fn missing(&mut self, expected: Expected, at: Span) {
        self.problem(ProblemKind::Missing(expected), at);
    }

    fn step_clause(&mut self, pair: P<'_>, head: &mut StepHead) {
        let at = span(&pair);
        let rule = pair.as_rule();
        if rule == Rule::uncounted {
            head.uncounted = Some(self.uncounted(pair));
            return;
        }
        let keyword_end = pair
            .as_str()
            .find([' ', '\t', '\u{A0}', '\n', '\r'])
            .map_or(at.end as usize, |length| at.start as usize + length);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::performers => head.performers = Some(self.performers(inner)),
                Rule::amount => head.time = Some(Value::Amount(self.amount(inner))),
                Rule::parameter => head.time = Some(Value::Parameter(self.name(&inner))),
                Rule::unstated => head.time = Some(Value::Unstated(span(&inner))),
                _ => {
                    let expected = if rule == Rule::takes { Expected::Duration } else { Expected::Names };
                    self.unreadable(expected, &inner, keyword_end);
                    head.broken = true;
                }
            }
        }
    }

    /// What a `bad_…` rule took; where it took nothing the place behind the last word is shown.
    pub(super) fn unreadable(&mut self, expected: Expected, bad: &P<'_>, fallback: usize) -> Span {
        let text = bad.as_str();
        if text.trim().is_empty() {
            let span = Span::new(fallback, fallback);
            self.problem(ProblemKind::Missing(expected), span);
            return span;
        }
        let start = bad.as_span().start() + (text.len() - text.trim_start().len());
        let span = Span::new(start, start + text.trim().len());
        self.problem(ProblemKind::Unreadable(expected), span);
        span
    }

    pub(super) fn uncounted(&mut self, pair: P<'_>) -> Uncounted {
        let at = trimmed(&pair);
        Uncounted { reason: pair.into_inner().next().map(|string| self.string(&string)), span: at }
    }

    fn wait_some(&mut self, pair: P<'_>) -> Join {
        let end = trimmed(&pair).end as usize;
        for inner in pair.into_inner() {
            if inner.as_rule() == Rule::integer {
                return Join::AtLeast(self.integer(&inner).min(u64::from(u32::MAX)) as u32);
            }
            self.unreadable(Expected::BranchCount, &inner, end);
        }
        Join::Unsaid
    }

    fn argument(&mut self, pair: P<'_>) -> Option<Argument> {
        let inner = pair.into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::amount => Argument::Amount(self.amount(inner)),
            Rule::string => Argument::Text(self.string(&inner)),
            _ => Argument::Path(self.path(inner)),
        })
    }

    fn pairing(&mut self, pair: P<'_>) -> Option<(Name, Name)> {
        let mut names = pair.into_inner().map(|name| self.name(&name));
        Some((names.next()?, names.next()?))
    }

    pub(super) fn field(&mut self, pair: P<'_>) -> Field {
        let at = trimmed(&pair);
        let mut field = Field { name: Name { text: String::new(), span: at }, label: None, kind: None, span: at };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::name => field.name = self.name(&inner),
                Rule::label => field.label = inner.into_inner().next().map(|string| self.string(&string)),
                Rule::yes_no_type => field.kind = Some(FieldKind::Flag),
                Rule::number_type => {
                    field.kind = Some(FieldKind::Number(inner.into_inner().next().map(|string| self.string(&string))));
                }
                Rule::value_type => {
                    field.kind = Some(FieldKind::Values(
                        inner.into_inner().filter_map(|value| self.field_value(value)).collect(),
                    ));
                }
                Rule::missing_colon => self.missing(Expected::Colon, span(&inner)),
                _ => {
                    self.unreadable(Expected::FieldType, &inner, at.end as usize);
                }
            }
        }
        field
    }

    fn field_value(&mut self, pair: P<'_>) -> Option<(Name, Option<Text>)> {
        let mut inner = pair.into_inner();
        let name = inner.next().map(|name| self.name(&name))?;
        let label = inner.next().and_then(|label| label.into_inner().next()).map(|string| self.string(&string));
        Some((name, label))
    }

    pub(super) fn paper(&mut self, pair: P<'_>) -> Paper {
        let at = trimmed(&pair);
        let mut paper = Paper { title: Text { value: String::new(), span: at }, block: None, span: at };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::string => paper.title = self.string(&inner),
                _ => paper.block = Some(self.block(inner, Expected::Attribute, None)),
            }
        }
        paper
    }

    /// The `///` lines directly above a declaration.
    fn doc_before(&self, start: usize) -> Option<String> {
        let mut from = start;
        let mut lines: Vec<&str> = Vec::new();
        let before = self.comments.partition_point(|comment| comment.span.end as usize <= start);
        for comment in self.comments[..before].iter().rev() {
            let gap = &self.text[comment.span.end as usize..from];
            if comment.kind != CommentKind::Doc || !gap.trim().is_empty() || gap.matches('\n').count() > 1 {
                break;
            }
            lines.push(self.text[comment.span.range()].trim_start_matches('/').trim());
            from = comment.span.start as usize;
        }
        lines.reverse();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

fn expected_in(kind: DeclarationKind) -> Expected {
    match kind {
        DeclarationKind::Outcomes | DeclarationKind::Choice => Expected::Arrow,
        kind => Expected::StatementIn(kind),
    }
}

fn trimmed_end(at: Span, text: &str) -> usize {
    at.start as usize + text.trim_end().len()
}

/// What was found in a head, before the kind of the declaration says what it means.
#[derive(Default)]
struct HeadParts {
    texts: Vec<Text>,
    step: StepHead,
    join: Option<Join>,
    parameters: Option<Vec<Name>>,
    arguments: Vec<Argument>,
    alias: Option<Name>,
    mapping: Option<Vec<(Name, Name)>>,
    guard: Option<Guard>,
    paths: Vec<Path>,
    place: Option<Path>,
}

impl HeadParts {
    fn head(mut self, kind: DeclarationKind) -> Head {
        use DeclarationKind as K;
        match kind {
            K::Import => Head::Import(self.texts),
            K::Step => Head::Step(self.step),
            K::Parallel => Head::Join(self.join.unwrap_or_default()),
            K::Part => Head::Parameters(self.parameters.unwrap_or_default()),
            K::Insert => Head::Insert { arguments: self.arguments, alias: self.alias },
            K::Call => Head::Mapping(self.mapping.unwrap_or_default()),
            K::Case => self.guard.map_or(Head::Plain, Head::Guard),
            K::Posting => match self.paths.pop() {
                Some(to) => Head::Posting { who: self.paths, to },
                None => Head::Plain,
            },
            K::Delegation | K::Assignment => {
                let mut paths = self.paths.into_iter();
                match (paths.next(), paths.next()) {
                    (Some(who), Some(replaces)) => Head::Substitution { who, replaces, at: self.place },
                    _ => Head::Plain,
                }
            }
            _ => Head::Plain,
        }
    }
}
