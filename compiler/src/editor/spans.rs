//! The spans of a tree: what folds, and what is selected next.

use tthc_grammar::tree::{
    Argument, Block, CommentKind, Declaration, Guard, GuardKind, Head, Outcome, Path, Performers, Span, Statement,
    TargetCore, Tree, Value,
};

/// What can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldKind {
    /// `{ … }`
    Block,
    /// Several lines of comment.
    Comment,
    /// Several lines with `dùng`.
    Imports,
}

/// A range that can be folded, with what it is.
pub type Fold = (Span, FoldKind);

/// Everything that folds, whether or not it reaches over several lines.
pub fn folds(tree: &Tree, text: &str) -> Vec<Fold> {
    let mut found: Vec<Fold> = Vec::new();
    let mut walk = Walk { out: Vec::new() };
    walk.statements(&tree.items);
    found.extend(walk.out.iter().filter(|(_, is_block)| *is_block).map(|(span, _)| (*span, FoldKind::Block)));
    let comments = tree.comments.iter().map(|comment| (comment.span, comment.kind == CommentKind::Block));
    found.extend(runs(comments, text).into_iter().map(|span| (span, FoldKind::Comment)));
    let imports = tree.items.iter().filter_map(|statement| match statement {
        Statement::Declaration(Declaration { head: Head::Import(_), span, .. }) => Some((*span, false)),
        _ => None,
    });
    found.extend(runs(imports, text).into_iter().map(|span| (span, FoldKind::Imports)));
    found.sort_by_key(|(span, _)| *span);
    found
}

/// Joins what stands on following lines; what is `apart` stays by itself.
fn runs(spans: impl Iterator<Item = (Span, bool)>, text: &str) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for (span, apart) in spans {
        let follows = |last: &&mut Span| {
            let between = text.get(last.end as usize..span.start as usize).unwrap_or_default();
            !apart && between.trim().is_empty() && between.matches('\n').count() <= 1
        };
        match joined.last_mut().filter(follows) {
            Some(last) => last.end = span.end,
            None => joined.push(span),
        }
    }
    joined
}

/// The spans around an offset, the smallest first.
pub fn around(tree: &Tree, text: &str, offset: u32) -> Vec<Span> {
    let mut walk = Walk { out: Vec::new() };
    walk.statements(&tree.items);
    walk.out.extend(tree.comments.iter().map(|comment| (comment.span, false)));
    // Nobody selects the blanks around something.
    let trimmed = |span: Span| {
        let words = text.get(span.range()).unwrap_or_default();
        let start = span.start + (words.len() - words.trim_start().len()) as u32;
        Span { start, end: start + words.trim().len() as u32 }
    };
    let holds = |span: &Span| span.start <= offset && offset <= span.end && span.start < span.end;
    let mut spans: Vec<Span> = walk.out.into_iter().map(|(span, _)| trimmed(span)).filter(holds).collect();
    spans.sort_by_key(|span| (span.end - span.start, std::cmp::Reverse(span.start)));
    spans.dedup();
    // Only what lies one inside the other.
    let mut nested: Vec<Span> = Vec::new();
    for span in spans {
        if nested.last().is_none_or(|last| span.start <= last.start && last.end <= span.end) {
            nested.push(span);
        }
    }
    nested
}

/// Collects the spans of a tree; with `true` those of blocks.
struct Walk {
    out: Vec<(Span, bool)>,
}

impl Walk {
    fn add(&mut self, span: Span) {
        self.out.push((span, false));
    }

    fn statements(&mut self, statements: &[Statement]) {
        for statement in statements {
            match statement {
                Statement::Declaration(declaration) => self.declaration(declaration),
                Statement::Attribute(attribute) => {
                    self.add(attribute.span);
                    self.add(attribute.key_span);
                    attribute.values.iter().for_each(|value| self.value(value));
                    attribute.guard.iter().for_each(|guard| self.guard(guard));
                }
                Statement::Arrow(arrow) => {
                    self.add(arrow.span);
                    self.add(arrow.head_span);
                    if let Outcome::Named(name) = &arrow.outcome {
                        self.add(name.span);
                    }
                    arrow.label.iter().for_each(|label| self.add(label.span));
                    arrow.guard.iter().for_each(|guard| self.guard(guard));
                    arrow.target.iter().for_each(|target| {
                        self.add(target.span);
                        self.core(&target.core);
                    });
                    self.block(arrow.block.as_ref());
                }
                Statement::Field(field) => {
                    self.add(field.span);
                    self.add(field.name.span);
                }
                Statement::Paper(paper) => {
                    self.add(paper.span);
                    self.add(paper.title.span);
                    self.block(paper.block.as_ref());
                }
                Statement::Uncounted(uncounted) => self.add(uncounted.span),
                Statement::Error(span) => self.add(*span),
            }
        }
    }

    fn block(&mut self, block: Option<&Block>) {
        if let Some(block) = block {
            self.out.push((block.span, true));
            self.add(Span { start: block.span.start + 1, end: block.span.end.saturating_sub(1) });
            self.statements(&block.statements);
        }
    }

    fn declaration(&mut self, declaration: &Declaration) {
        self.add(declaration.span);
        self.add(declaration.head_span);
        declaration.name.iter().for_each(|name| self.add(name.span));
        declaration.label.iter().for_each(|label| self.add(label.span));
        match &declaration.head {
            Head::Step(head) => {
                head.performers.iter().for_each(|performers| self.performers(performers));
                head.time.iter().for_each(|time| self.value(time));
            }
            Head::Insert { arguments, .. } => arguments.iter().for_each(|argument| match argument {
                Argument::Path(path) => self.path(path),
                other => self.add(other.span()),
            }),
            Head::Guard(guard) => self.guard(guard),
            _ => {}
        }
        self.block(declaration.block.as_ref());
    }

    fn value(&mut self, value: &Value) {
        self.add(value.span());
        match value {
            Value::Performers(performers) => self.performers(performers),
            Value::Target(target) => self.core(&target.core),
            _ => {}
        }
    }

    fn performers(&mut self, performers: &Performers) {
        self.add(performers.span());
        for performer in performers.each() {
            self.add(performer.span);
            if let tthc_grammar::tree::Who::Path(path) = &performer.who {
                self.path(path);
            }
            performer.at.iter().for_each(|at| self.path(at));
        }
    }

    fn path(&mut self, path: &Path) {
        self.add(path.span);
        path.segments.iter().for_each(|segment| self.add(segment.span));
    }

    fn core(&mut self, core: &TargetCore) {
        self.add(core.span());
        match core {
            TargetCore::To(path) | TargetCore::Back(path, _) => self.path(path),
            TargetCore::Wait { then, .. } => self.core(then),
            _ => {}
        }
    }

    fn guard(&mut self, guard: &Guard) {
        self.add(guard.span);
        match &guard.kind {
            GuardKind::Or(parts) | GuardKind::And(parts) => parts.iter().for_each(|part| self.guard(part)),
            GuardKind::Not(inner) => self.guard(inner),
            GuardKind::Compare(path, _, literal) => {
                self.path(path);
                self.add(literal.span());
            }
            GuardKind::In(path, _) | GuardKind::Holds(path) => self.path(path),
            GuardKind::Event(_) | GuardKind::Error => {}
        }
    }
}
