//! Other ways to write the same: one file for each, which says whether it can be applied and what it changes.
//!
//! Nothing is offered that was not tried: the files are read again with the changes, and what their processes mean
//! must have stayed (see [`meaning`]).

mod extract;
mod inline;
mod layout;
pub mod meaning;
mod number;
mod one_line;

use crate::diagnostic::{Edit, Message};
use crate::edited;
use crate::project::Project;
use crate::source::{FileId, Place};
use std::collections::{BTreeMap, BTreeSet};
use tthc_grammar::names::fold;
use tthc_grammar::tree::{Declaration, Span, Tree};

/// Where more files than these depend on a change, it is not tried, and then not offered.
const MOST: usize = 64;

/// The rule that finds what is declared and never used.
const UNUSED: &str = "T106";

/// What a refactoring does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Takes something out of its place and gives it a name.
    Extract,
    /// Puts what is named in the place of its name.
    Inline,
    /// Writes the same in another way.
    Rewrite,
}

/// Another way to write the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refactoring {
    /// What it does.
    pub title: Message,
    /// Of which kind.
    pub kind: Kind,
    /// The changes; they do not overlap.
    pub edits: Vec<Edit>,
}

/// What can be written in another way where this is selected; an empty selection is a cursor.
pub fn offered(project: &Project, file: FileId, selected: Span) -> Vec<Refactoring> {
    // Of a text that cannot be read nobody knows what it means.
    if !project.file(file).tree.problems.is_empty() {
        return Vec::new();
    }
    let asked = Asked { project, file, selected };
    [extract::offer, inline::offer, number::offer, one_line::offer].iter().filter_map(|offer| offer(&asked)).collect()
}

/// What a refactoring is asked for.
struct Asked<'p> {
    project: &'p Project,
    file: FileId,
    selected: Span,
}

impl<'p> Asked<'p> {
    fn tree(&self) -> &'p Tree {
        &self.project.file(self.file).tree
    }

    fn text(&self) -> &'p str {
        self.project.file(self.file).source.text.parsed()
    }

    fn words(&self, span: Span) -> &'p str {
        self.text().get(span.range()).unwrap_or_default()
    }

    fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    fn edit(&self, span: Span, text: impl Into<String>) -> Edit {
        Edit { place: self.place(span), text: text.into() }
    }

    /// The declarations around the selection, the outermost first.
    fn around(&self) -> Vec<&'p Declaration> {
        self.tree().around(self.selected)
    }

    /// Whether the processes mean after the changes what they meant before, and nothing new is wrong.
    fn keeps_meaning(&self, edits: &[Edit]) -> bool {
        let Some(files) = self.concerned(edits) else { return false };
        let (before, after) = (edited::of(self.project, &files, &[]), edited::of(self.project, &files, edits));
        let readable = after.files.iter().all(|file| file.tree.problems.is_empty())
            || before.files.iter().any(|file| !file.tree.problems.is_empty());
        readable && meaning::of(&before) == meaning::of(&after) && finds_nothing_new(&before, &after)
    }

    /// The files that rest on those that change, with all that they import; none where they are too many.
    fn concerned(&self, edits: &[Edit]) -> Option<BTreeSet<FileId>> {
        let changed: BTreeSet<FileId> = edits.iter().map(|edit| edit.place.file).chain([self.file]).collect();
        let imports = &self.project.model.imports;
        let users = imports.iter().filter(|import| changed.iter().any(|file| import.brings.contains(file)));
        let users: BTreeSet<FileId> = users.map(|import| import.place.file).chain(changed.iter().copied()).collect();
        if users.len() > MOST {
            return None;
        }
        let brought = imports.iter().filter(|import| users.contains(&import.place.file));
        Some(brought.flat_map(|import| import.brings.iter().copied()).chain(users.iter().copied()).collect())
    }
}

/// A remark that silences a check does so where it stands: what is moved away from it is found again.
fn finds_nothing_new(before: &Project, after: &Project) -> bool {
    let counts = |project: &Project| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        // What is written out may be used no more.
        for found in project.check().iter().filter(|found| found.code != UNUSED) {
            *counts.entry(found.code).or_default() += 1;
        }
        counts
    };
    let (before, after) = (counts(before), counts(after));
    after.iter().all(|(code, times)| before.get(code).is_some_and(|before| times <= before))
}

/// How a step is referred to by its new name: numbers stand behind `bước`, also where the old name stood alone.
fn referring(text: &str, old: Span, name: &str) -> String {
    let before = text[..old.start as usize].trim_end_matches([' ', '\t', '\u{A0}']);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let alone = !before.ends_with('.') && fold(word) != "buoc";
    if alone && name.starts_with(|c: char| c.is_ascii_digit()) { format!("bước {name}") } else { name.to_string() }
}
