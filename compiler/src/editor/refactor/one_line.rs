//! Fold to one line: a step that is written over several lines, on one, where it fits.

use super::{Asked, Kind, Refactoring, layout};
use crate::diagnostic::say;
use tthc_grammar::format;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::{Attribute, Declaration, DeclarationKind, Head, Span, Statement, StepHead};

/// Columns of a line.
const WIDTH: usize = 120;

pub fn offer(asked: &Asked<'_>) -> Option<Refactoring> {
    let around = asked.around();
    let step = around.iter().rev().find(|declaration| declaration.kind == DeclarationKind::Step)?;
    if !asked.words(step.span).contains('\n') {
        return None;
    }
    let line = line(asked, step)?;
    if layout::depth(asked.text(), step.span.start) + format::width(&line) > WIDTH {
        return None;
    }
    let edits = vec![asked.edit(step.span, line)];
    asked.keeps_meaning(&edits).then(|| Refactoring {
        title: say("Viết bước trên một dòng", "Write the step on one line"),
        kind: Kind::Rewrite,
        edits,
    })
}

/// The step on one line; who does it and how long it takes move to its head.
fn line(asked: &Asked<'_>, step: &Declaration) -> Option<String> {
    let file = asked.project.file(asked.file);
    // Comments have no place on the line.
    if file.tree.comments.iter().any(|comment| step.span.holds(comment.span)) {
        return None;
    }
    let flat = |span: Span| format::on_one_line(&file.source.text, &file.tree, span);
    let Head::Step(head) = &step.head else { return None };
    let block = step.block.as_ref()?;
    let (moved, rest) = split(head, &block.statements);
    let called = step.label.as_ref().map(|label| label.span).or(step.name.as_ref().map(|name| name.span))?;
    let mut line = flat(Span { start: step.head_span.start, end: called.end })?;
    let clauses = [
        ("do ", head.performers.as_ref().map(|performers| performers.span()).or(moved.performers)),
        ("trong ", head.time.as_ref().map(|time| time.span()).or(moved.time)),
        ("", head.uncounted.as_ref().map(|uncounted| uncounted.span).or(moved.uncounted)),
    ];
    for (word, span) in clauses {
        if let Some(span) = span {
            line.push_str(&format!(" {word}{}", flat(span)?));
        }
    }
    let rest: Option<Vec<String>> = rest.into_iter().map(|statement| flat(statement.span())).collect();
    let rest = rest?;
    if !rest.is_empty() {
        line.push_str(&format!(" {{ {} }}", rest.join("  ")));
    }
    Some(line)
}

/// What of a block can stand in the head of its step.
#[derive(Default)]
struct Moved {
    performers: Option<Span>,
    time: Option<Span>,
    uncounted: Option<Span>,
}

/// What moves to the head, and what stays in the block.
fn split<'t>(head: &StepHead, statements: &'t [Statement]) -> (Moved, Vec<&'t Statement>) {
    let mut moved = Moved::default();
    let stays = |statement: &&Statement| {
        let (slot, span) = match statement {
            Statement::Attribute(attribute) => match (attribute.key, value(attribute)) {
                (Some(Key::Performer), Some(span)) if head.performers.is_none() => (&mut moved.performers, span),
                (Some(Key::Time), Some(span)) if head.time.is_none() => (&mut moved.time, span),
                _ => return true,
            },
            Statement::Uncounted(uncounted) if head.uncounted.is_none() => (&mut moved.uncounted, uncounted.span),
            _ => return true,
        };
        // What is said twice is not made to be said once.
        let again = slot.is_some();
        slot.get_or_insert(span);
        again
    };
    let rest = statements.iter().filter(stays).collect();
    (moved, rest)
}

/// The only value of an attribute, if it says nothing more.
fn value(attribute: &Attribute) -> Option<Span> {
    match &attribute.values[..] {
        [only] if attribute.since.is_none() && attribute.guard.is_none() => Some(only.span()),
        _ => None,
    }
}
