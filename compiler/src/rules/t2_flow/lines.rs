//! Where in a line or step something can be written: the places of fixes.

use crate::diagnostic::{Edit, Fix, say};
use crate::model::flow::Step;
use crate::project::Project;
use crate::source::Place;
use tthc_grammar::tree::Span;

/// A line with an arrow, as written.
pub(super) struct Line<'p> {
    place: Place,
    words: &'p str,
    /// Where its target begins and ends, within the words.
    target: (usize, usize),
}

impl<'p> Line<'p> {
    /// Reads a line; none where it has no arrow.
    pub(super) fn read(project: &'p Project, place: Place) -> Option<Line<'p>> {
        let words = project.source(place.file).words(place.span);
        let begin = words.find("-> ")? + 3;
        let rest = words[begin..].split('{').next().unwrap_or_default().trim_end();
        Some(Line { place, words, target: (begin, begin + rest.len()) })
    }

    /// The target with what stands behind it, without the block.
    pub(super) fn target(&self) -> &'p str {
        &self.words[self.target.0..self.target.1]
    }

    /// Writes before the target.
    pub(super) fn before(&self, text: &str) -> Edit {
        self.edit(self.target.0, self.target.0, text)
    }

    /// Writes behind the target and what belongs to it.
    pub(super) fn behind(&self, text: &str) -> Edit {
        self.edit(self.target.1, self.target.1, text)
    }

    /// Writes another target, or other words in it.
    pub(super) fn instead(&self, text: &str) -> Edit {
        self.edit(self.target.0, self.target.1, text)
    }

    fn edit(&self, from: usize, to: usize, text: &str) -> Edit {
        let at = |offset: usize| self.place.span.start + offset as u32;
        Edit { place: Place { span: Span { start: at(from), end: at(to) }, ..self.place }, text: text.to_string() }
    }
}

/// A fix that says what it writes; it changes what the file means, so that a person picks it.
pub(super) fn writing(text: &str, edits: Vec<Edit>) -> Fix {
    Fix { title: say(format!("Ghi “{text}”"), format!("Write “{text}”")), safe: false, edits }
}

/// Adds a statement to a step, at the end of its block or in a new one. Steps of shared parts belong to others too.
pub(super) fn into_step(project: &Project, step: &Step, statement: &str) -> Option<Edit> {
    if !step.inserted_at.is_empty() {
        return None;
    }
    let words = project.source(step.place.file).words(step.place.span);
    let at = |offset: usize| {
        let at = step.place.span.start + offset as u32;
        Place { span: Span { start: at, end: at }, ..step.place }
    };
    let Some(body) = words.strip_suffix('}') else {
        return Some(Edit { place: at(words.len()), text: format!(" {{ {statement} }}") });
    };
    let inside = body.trim_end();
    let text = match body[inside.len()..].rsplit_once('\n') {
        Some((_, indent)) => format!("\n{indent}  {statement}"),
        None => format!("  {statement}"),
    };
    Some(Edit { place: at(inside.len()), text })
}

/// Adds a line behind another one, as far to the right.
pub(super) fn line_behind(project: &Project, place: Place, line: &str) -> Edit {
    let source = project.source(place.file).text.parsed();
    let before = &source[..place.span.start as usize];
    let indent = before.rsplit('\n').next().unwrap_or_default();
    let text = match indent.trim().is_empty() {
        true => format!("\n{indent}{line}"),
        false => format!("  {line}"),
    };
    Edit { place: Place { span: Span { start: place.span.end, end: place.span.end }, ..place }, text }
}
