//! Files and projects as they would be after edits: nothing is offered that has not been tried in memory.

use crate::diagnostic::Edit;
use crate::project::{ParsedFile, Project};
use crate::source::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Some files of a project by themselves, after edits.
pub fn of(project: &Project, files: &BTreeSet<FileId>, edits: &[Edit]) -> Project {
    let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.place.file).or_default().push(edit);
    }
    // Those of the standard library are in every project.
    let own = files.iter().filter_map(|id| Some((id, project.files.get(id.0 as usize)?)));
    let after = own.map(|(id, file)| match by_file.remove(id) {
        Some(edits) => Arc::new(self::file(file, edits)),
        None => file.clone(),
    });
    Project::new(after.collect(), project.settings.clone())
}

/// A whole project after edits.
pub fn whole(project: &Project, edits: &[Edit]) -> Project {
    of(project, &(0..project.files.len() as u32).map(FileId).collect(), edits)
}

/// A file after edits of it.
pub fn file(file: &ParsedFile, mut edits: Vec<&Edit>) -> ParsedFile {
    let before = file.source.text.parsed();
    let (mut text, mut at) = (String::with_capacity(before.len()), 0);
    edits.sort_by_key(|edit| edit.place.span);
    for edit in edits {
        let range = edit.place.span.range();
        // Of edits that overlap the second one changes what is left.
        text.push_str(before.get(at..range.start).unwrap_or_default());
        text.push_str(&edit.text);
        at = at.max(range.end);
    }
    text.push_str(before.get(at..).unwrap_or_default());
    ParsedFile::new(file.source.path.clone(), text.as_bytes())
}
