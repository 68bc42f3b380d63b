//! Renaming, across files and in every spelling of the name.

use super::names;
use crate::diagnostic::{Edit, Message, say};
use crate::edited;
use crate::library;
use crate::model::issue::{Issue, IssueKind};
use crate::project::Project;
use crate::source::{FileId, Place};
use std::collections::BTreeSet;
use tthc_grammar::keywords::RESERVED;
use tthc_grammar::names::fold;

/// The name that would be renamed; none where there is none, or it belongs to the standard library.
pub fn renamable(project: &Project, file: FileId, offset: u32) -> Option<Place> {
    let symbol = names::symbol(project, file, offset)?;
    let own = |place: &Place| !library::is_library(place.file);
    symbol.declared.iter().all(own).then_some(symbol.place)
}

/// Everything that bears the name declared at these places, as far as the project reaches; or why it cannot be changed.
///
/// What a bare role of a shared part stands for is renamed in every agency that the part is used with: otherwise
/// the part would name nothing there any more.
pub fn together(project: &Project, declared: impl IntoIterator<Item = Place>) -> Result<BTreeSet<Place>, Message> {
    let places: BTreeSet<Place> = declared.into_iter().flat_map(|place| project.names().together(place)).collect();
    match places.iter().any(|place| library::is_library(place.file)) {
        true => Err(say("Tên của thư viện chuẩn không đổi được", "A name of the standard library cannot be changed")),
        false => Ok(places),
    }
}

/// The edits that give these places another name, or why that cannot be done.
pub fn edits(project: &Project, places: &BTreeSet<Place>, name: &str) -> Result<Vec<Edit>, Message> {
    let edits: Vec<Edit> = places.iter().map(|place| Edit { place: *place, text: name.to_string() }).collect();
    means_the_same(project, &edits)?;
    Ok(edits)
}

/// Why nothing can be renamed where no name stands.
pub fn nothing() -> Message {
    say("Ở đây không có tên nào để đổi", "There is no name here to be changed")
}

/// Whether the text is a name, and of the sort that the old one was.
pub fn allowed(old: &str, name: &str) -> Result<(), Message> {
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if digit(old) && digit(name) {
        return Ok(());
    }
    let mut chars = name.chars();
    let is_name = chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|c| c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36F}').contains(&c));
    if !is_name {
        return Err(say(
            format!("“{name}” không phải là tên: tên gồm chữ, số và dấu gạch dưới, bắt đầu bằng chữ"),
            format!("“{name}” is no name: letters, digits and underscores, beginning with a letter"),
        ));
    }
    if RESERVED.iter().any(|word| fold(word) == fold(name)) {
        return Err(say(format!("“{name}” là từ khóa"), format!("“{name}” is a keyword")));
    }
    Ok(())
}

/// Reads the changed files again: every name must still stand for what it stood for.
fn means_the_same(project: &Project, edits: &[Edit]) -> Result<(), Message> {
    let after = edited::whole(project, edits);
    let shape = |project: &Project| {
        let issues = project.model.issues.len();
        let problems: usize = project.files.iter().map(|file| file.tree.problems.len()).sum();
        (issues, problems, project.names().count())
    };
    if shape(project) == shape(&after) {
        return Ok(());
    }
    let known: BTreeSet<String> = project.model.issues.iter().map(kind_of).collect();
    let fresh = || after.model.issues.iter().filter(|issue| !known.contains(&kind_of(issue)));
    Err(if fresh().any(|issue| matches!(issue.kind, IssueKind::Duplicate { .. })) {
        say("Tên này đã có ở đó", "That name is taken there")
    } else if let Some(found) = after.check().into_iter().find(|found| fresh().any(|issue| issue.place == found.place))
    {
        let (vi, en) = (found.message.vi, found.message.en);
        say(format!("Đổi như vậy thì: {vi}"), format!("Then there would be this: {en}"))
    } else {
        say("Đổi như vậy thì tên khác sẽ mang nghĩa khác", "Other names would then mean something else")
    })
}

fn kind_of(issue: &Issue) -> String {
    format!("{:?}", issue.kind)
}
