//! What the tree knows about places in the text.

use crate::keywords::Key;
use crate::tree::*;
use foldhash::{HashMap, HashSet};

/// Offsets are those of the parsed text.
#[derive(Default)]
pub struct Marks {
    /// Where a name begins → where it ends. Names are never changed.
    pub names: HashMap<u32, u32>,
    /// Where a key or a value phrase begins → (where it ends, its standard spelling).
    pub phrases: HashMap<u32, (u32, &'static str)>,
    /// Where statements begin.
    pub starts: HashSet<u32>,
    /// Names that take arguments: the parenthesis follows without a blank.
    pub called: HashSet<u32>,
    /// Ranges of hours.
    pub hours: HashMap<u32, u32>,
    /// Attributes with an unknown key: nobody knows how these are to be written.
    pub unknown: Vec<Span>,
    /// The arrows of each `hướng xử lý` and `rẽ nhánh`.
    pub arrows: Vec<Vec<ArrowMark>>,
}

/// The places of an arrow that matter for alignment.
pub struct ArrowMark {
    /// Where the line begins.
    pub start: u32,
    /// The braces of its block.
    pub braces: Option<(u32, u32)>,
}

impl Marks {
    /// Collects the marks of a tree without problems.
    pub fn of(tree: &Tree) -> Marks {
        let mut marks = Marks::default();
        marks.statements(&tree.items);
        marks
    }

    fn statements(&mut self, statements: &[Statement]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Declaration(declaration) => self.declaration(declaration),
            Statement::Attribute(attribute) => self.attribute(attribute),
            Statement::Arrow(arrow) => self.arrow(arrow),
            Statement::Field(field) => self.field(field),
            Statement::Paper(paper) => self.block(paper.block.as_ref()),
            Statement::Uncounted(_) | Statement::Error(_) => {}
        }
        self.starts.insert(statement.span().start);
    }

    fn block(&mut self, block: Option<&Block>) {
        if let Some(block) = block {
            self.statements(&block.statements);
        }
    }

    fn declaration(&mut self, declaration: &Declaration) {
        use DeclarationKind as K;
        if let Some(name) = &declaration.name {
            self.name(name);
            if matches!(declaration.kind, K::Part | K::Insert) {
                self.called.insert(name.span.start);
            }
        }
        self.head(&declaration.head);
        self.block(declaration.block.as_ref());
        if matches!(declaration.kind, K::Outcomes | K::Choice) {
            let statements = declaration.block.iter().flat_map(|block| &block.statements);
            let arrows = statements.filter_map(|statement| match statement {
                Statement::Arrow(arrow) => Some(ArrowMark {
                    start: arrow.span.start,
                    braces: arrow.block.as_ref().map(|block| (block.span.start, block.span.end.saturating_sub(1))),
                }),
                _ => None,
            });
            self.arrows.push(arrows.collect());
        }
    }

    fn head(&mut self, head: &Head) {
        match head {
            Head::Plain | Head::Import(_) | Head::Join(_) => {}
            Head::Step(step) => {
                self.performers(step.performers.as_ref());
                step.time.iter().for_each(|time| self.value(time));
            }
            Head::Parameters(names) => names.iter().for_each(|name| self.name(name)),
            Head::Insert { arguments, alias } => {
                arguments.iter().for_each(|argument| self.argument(argument));
                alias.iter().for_each(|name| self.name(name));
            }
            Head::Mapping(pairs) => {
                pairs.iter().flat_map(|(own, theirs)| [own, theirs]).for_each(|name| self.name(name))
            }
            Head::Guard(guard) => self.guard(guard),
            Head::Posting { who, to } => who.iter().chain([to]).for_each(|path| self.path(path)),
            Head::Substitution { who, replaces, at } => {
                [who, replaces].into_iter().chain(at).for_each(|path| self.path(path));
            }
        }
    }

    fn argument(&mut self, argument: &Argument) {
        if let Argument::Path(path) = argument {
            self.path(path);
        }
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let key = attribute.key_span;
        match attribute.key {
            None => self.unknown.push(attribute.span),
            // Its agency stands inside the key.
            Some(Key::ShareOf) => {}
            Some(known) => self.phrase(key, known.phrase()),
        }
        attribute.argument.iter().for_each(|path| self.path(path));
        attribute.values.iter().for_each(|value| self.value(value));
        if let Some(Since::Step(path)) = &attribute.since {
            self.path(path);
        }
        attribute.guard.iter().for_each(|guard| self.guard(guard));
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Parameter(name) | Value::AsOutcome(name) => self.name(name),
            Value::Phrase(phrase, span) => self.phrase(*span, phrase),
            Value::End(state, span) => self.phrase(*span, state.phrase()),
            Value::Performers(performers) => self.performers(Some(performers)),
            Value::Target(target) => self.target(target),
            Value::Hours(_, _, span) => {
                self.hours.insert(span.start, span.end);
            }
            Value::Text(_) | Value::Amount(_) | Value::Unstated(_) | Value::Integer(..) | Value::Number(_) => {}
            Value::Date(_)
            | Value::Period(..)
            | Value::Money(..)
            | Value::AsAgreed(_)
            | Value::Remind(_)
            | Value::Error(_) => {}
        }
    }

    fn performers(&mut self, performers: Option<&Performers>) {
        for performer in performers.iter().flat_map(|performers| performers.each()) {
            if let Who::Path(path) = &performer.who {
                self.path(path);
            }
            performer.at.iter().for_each(|path| self.path(path));
        }
    }

    fn arrow(&mut self, arrow: &Arrow) {
        match &arrow.outcome {
            Outcome::Named(name) => self.name(name),
            Outcome::End(state, span) => self.phrase(*span, state.phrase()),
            Outcome::Otherwise(_) | Outcome::Guarded => {}
        }
        arrow.guard.iter().for_each(|guard| self.guard(guard));
        arrow.target.iter().for_each(|target| self.target(target));
        self.block(arrow.block.as_ref());
    }

    fn target(&mut self, target: &Target) {
        self.core(&target.core);
        target.modifiers.exhausted.iter().for_each(|core| self.core(core));
    }

    fn core(&mut self, core: &TargetCore) {
        match core {
            TargetCore::To(path) | TargetCore::Back(path, _) => self.path(path),
            TargetCore::Wait { then, .. } => self.core(then),
            TargetCore::Next(_) | TargetCore::End { .. } | TargetCore::Error(_) => {}
        }
    }

    fn guard(&mut self, guard: &Guard) {
        match &guard.kind {
            GuardKind::Or(parts) | GuardKind::And(parts) => parts.iter().for_each(|part| self.guard(part)),
            GuardKind::Not(inner) => self.guard(inner),
            GuardKind::Compare(path, _, literal) => {
                self.path(path);
                self.literal(literal);
            }
            GuardKind::In(path, literals) => {
                self.path(path);
                literals.iter().for_each(|literal| self.literal(literal));
            }
            GuardKind::Holds(path) => self.path(path),
            GuardKind::Event(_) | GuardKind::Error => {}
        }
    }

    fn literal(&mut self, literal: &Literal) {
        if let Literal::Name(name) = literal {
            self.name(name);
        }
    }

    fn field(&mut self, field: &Field) {
        self.name(&field.name);
        if let Some(FieldKind::Values(values)) = &field.kind {
            values.iter().for_each(|(name, _)| self.name(name));
        }
    }

    fn path(&mut self, path: &Path) {
        path.segments.iter().for_each(|segment| self.name(segment));
    }

    fn name(&mut self, name: &Name) {
        self.names.insert(name.span.start, name.span.end);
    }

    fn phrase(&mut self, span: Span, standard: &'static str) {
        self.phrases.insert(span.start, (span.end, standard));
    }
}
