//! What a word of the language says where it stands: Markdown in both languages.

use crate::diagnostic::{Message, say};
use crate::glossary;
use crate::model::keys::list_of;
use crate::project::Project;
use crate::rules::words;
use crate::source::FileId;
use tthc_grammar::format::{self, Kind};
use tthc_grammar::keywords::{END_STATES, Key, ValueKind, phrase};
use tthc_grammar::names::fold;
use tthc_grammar::tree::{Attribute, DeclarationKind, Span, Statement};

/// The word at an offset, and what it says; none where no word of the language stands there.
pub fn word(project: &Project, file: FileId, offset: u32) -> Option<(Span, Message)> {
    let parsed = project.file(file);
    let pieces = format::pieces(&parsed.source.text, &parsed.tree);
    let touches = |(span, kind): &(Span, Kind)| *kind == Kind::Keyword && span.start <= offset && offset < span.end;
    let at = pieces.iter().position(touches)?;
    let (span, written) = (pieces[at].0, parsed.source.words(pieces[at].0));
    let before = at.checked_sub(1).map(|at| fold(parsed.source.words(pieces[at].0)));
    let ends = before.as_deref() == Some("ket thuc");
    let said = match attribute(&parsed.tree.items, DeclarationKind::Outcomes, span) {
        Some((Attribute { key: Some(found), key_span, .. }, home)) if key_span.holds(span) => Some(key(*found, home)),
        Some((Attribute { key: Some(found), .. }, home)) => glossary::value(*found, home, written),
        _ => None,
    };
    let end = || phrase(written, END_STATES).filter(|_| ends);
    let end = || end().and_then(|end| glossary::value(Key::EndWith, DeclarationKind::Step, end));
    let said = said.or_else(end).or_else(|| glossary::word(written))?;
    Some((span, say(format!("**{written}**\n\n{}", said.vi), format!("**{written}**\n\n{}", said.en))))
}

/// What a key says in a block, and what it takes.
pub fn key(key: Key, home: DeclarationKind) -> Message {
    let meaning = glossary::key(key, home);
    match takes(key, home) {
        Some(taken) => {
            say(format!("{}\n\nGiá trị: {}", meaning.vi, taken.vi), format!("{}\n\nValue: {}", meaning.en, taken.en))
        }
        None => meaning,
    }
}

/// None where the meaning says it already.
fn takes(key: Key, home: DeclarationKind) -> Option<Message> {
    match key.kind() {
        ValueKind::Closed(_) => {
            let list = list_of(key, home)?.join(", ");
            Some(say(list.clone(), list))
        }
        ValueKind::Duration | ValueKind::Period | ValueKind::Days | ValueKind::Hours | ValueKind::Count => {
            Some(words::value_of(key, Some(home)))
        }
        _ => None,
    }
}

/// The attribute around a span, and the block that it stands in.
fn attribute(statements: &[Statement], home: DeclarationKind, span: Span) -> Option<(&Attribute, DeclarationKind)> {
    statements.iter().find_map(|statement| {
        let (block, home) = match statement {
            Statement::Attribute(attribute) => return attribute.span.holds(span).then_some((attribute, home)),
            Statement::Declaration(declaration) => (&declaration.block, declaration.kind),
            Statement::Arrow(arrow) => (&arrow.block, DeclarationKind::Outcomes),
            Statement::Paper(paper) => (&paper.block, DeclarationKind::Papers),
            _ => return None,
        };
        attribute(&block.as_ref().filter(|block| block.span.holds(span))?.statements, home, span)
    })
}
