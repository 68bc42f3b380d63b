//! Whether the lines of a step say what such lines can say: outcomes, guards, modifiers of arrows, `quá hạn`; and
//! whether a block holds anything. Part of the pass over the tree.

use super::attributes::Checker;
use super::issue::IssueKind;
use super::reader::Reader;
use crate::source::Place;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::same_name;
use tthc_grammar::tree::*;

impl Checker<'_> {
    /// The lines of `hướng xử lý` and `rẽ nhánh` in a step or call.
    pub(super) fn lines(&mut self, around: DeclarationKind, block: &Block) {
        for (kind, arrow) in lines_of(block) {
            let block = if kind == DeclarationKind::Outcomes { around } else { kind };
            if !begins_well(block, &arrow.outcome) && !self.has_unread(arrow) {
                let kind = IssueKind::WrongLine { start: arrow.outcome.clone(), block };
                self.issue(start_of(arrow), kind);
            }
            if let Some(target) = &arrow.target {
                self.modifiers(target);
            }
        }
    }

    /// Each modifier once, and a way that can be taken.
    pub(super) fn modifiers(&mut self, target: &Target) {
        for (first, again) in &target.modifiers.repeated {
            let first = Place { file: self.file, span: *first };
            self.issue(*again, IssueKind::ModifierTwice { first });
        }
        if let Some((0, span)) = target.modifiers.max_times {
            self.issue(span, IssueKind::NoTimes);
        }
    }

    /// `quá hạn` comes after the whole time of the step, and consent is none of several outcomes.
    pub(super) fn overdue(&mut self, declaration: &Declaration, block: &Block) {
        let reader = Reader::of(Some(block));
        let Some(attribute) = reader.all(Key::Overdue).next() else { return };
        let Head::Step(head) = &declaration.head else { return };
        let unreadable = block.broken || head.broken;
        let mut times = head.time.iter().chain(reader.all(Key::Time).flat_map(|time| &time.values));
        if !unreadable && times.all(|time| matches!(time, Value::Unstated(_))) {
            self.issue(attribute.span, IssueKind::OverdueWithoutTime);
        }
        let mut outcomes: Vec<String> = Vec::new();
        for name in outcome_names(block) {
            if !outcomes.iter().any(|known| same_name(known, &name.text)) {
                outcomes.push(name.text.clone());
            }
        }
        if let (Some(Value::AsAgreed(span)), false) = (attribute.values.first(), outcomes.is_empty()) {
            self.issue(*span, IssueKind::ConsentAmongOutcomes { outcomes });
        }
    }

    /// `bước 2 do văn_thư "Phát hành"`: a row of the table without what is done. Of rows with one number the later ones may
    /// share the content of the first.
    pub(super) fn texts_behind_performers(&mut self, block: &Block) {
        let mut last = None;
        for statement in &block.statements {
            let Statement::Declaration(step @ Declaration { kind: DeclarationKind::Step, name: Some(name), .. }) =
                statement
            else {
                continue;
            };
            let repeated = last.replace(&name.text) == Some(&name.text);
            let Head::Step(head) = &step.head else { continue };
            let (Some(Performers::One(performer)), false) = (&head.performers, head.broken) else { continue };
            let Some(text) = performer.wording.as_ref().filter(|text| !text.value.is_empty()) else { continue };
            let numbered = name.text.starts_with(|c: char| c.is_ascii_digit());
            let says_what = step.label.is_some() || Reader::of(step.block.as_ref()).text(Key::Content).is_some();
            if numbered && !says_what && !repeated {
                let behind = Place { file: self.file, span: Span { start: name.span.end, end: name.span.end } };
                let at = performer.at.as_ref().map(|at| at.span.end).filter(|end| *end <= text.span.start);
                let performer = match &performer.who {
                    Who::Path(path) => at.unwrap_or(path.span.end),
                    _ => text.span.start,
                };
                let number = name.text.clone();
                self.issue(text.span, IssueKind::TextBehindPerformer { number, behind, performer });
            }
        }
    }

    /// A stage, a parallel block and a branch hold something.
    pub(super) fn not_empty(&mut self, declaration: &Declaration) {
        use DeclarationKind as D;
        let (D::Stage | D::Parallel | D::Branch, Some(_)) = (declaration.kind, &declaration.name) else { return };
        let holds = |statement: &Statement| matches!(statement, Statement::Declaration(_) | Statement::Error(_));
        let empty = declaration.block.as_ref().is_none_or(|block| !block.broken && !block.statements.iter().any(holds));
        if empty {
            self.issue(declaration.head_span, IssueKind::EmptyBlock(declaration.kind));
        }
    }
}

/// Every line of `hướng xử lý` and `rẽ nhánh`, with which of them it stands in.
fn lines_of(block: &Block) -> impl Iterator<Item = (DeclarationKind, &Arrow)> {
    use DeclarationKind as D;
    let blocks = block.statements.iter().filter_map(|statement| match statement {
        Statement::Declaration(Declaration { kind: kind @ (D::Outcomes | D::Choice), block: Some(block), .. }) => {
            Some((*kind, block))
        }
        _ => None,
    });
    blocks.flat_map(|(kind, block)| {
        block.statements.iter().filter_map(move |statement| match statement {
            Statement::Arrow(arrow) => Some((kind, arrow)),
            _ => None,
        })
    })
}

/// Outcomes of a step have names, those of a call are ends, and a choice goes by conditions.
fn begins_well(block: DeclarationKind, start: &Outcome) -> bool {
    match start {
        Outcome::Named(_) => block == DeclarationKind::Step,
        Outcome::End(..) => block == DeclarationKind::Call,
        Outcome::Otherwise(_) | Outcome::Guarded => block == DeclarationKind::Choice,
    }
}

fn start_of(arrow: &Arrow) -> Span {
    match &arrow.outcome {
        Outcome::Named(name) => name.span,
        Outcome::End(_, span) | Outcome::Otherwise(span) => *span,
        Outcome::Guarded => arrow.guard.as_ref().map_or(arrow.head_span, |guard| guard.span),
    }
}

/// The names before the arrows of `hướng xử lý`, as often as they stand there.
pub(super) fn outcome_names(block: &Block) -> impl Iterator<Item = &Name> {
    lines_of(block).filter_map(|(kind, arrow)| match &arrow.outcome {
        Outcome::Named(name) if kind == DeclarationKind::Outcomes => Some(name),
        _ => None,
    })
}
