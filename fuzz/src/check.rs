//! Any project is judged: what is found has its place, and what is promised to mend does not make it worse.

use super::project::project;
use std::collections::BTreeMap;
use tthc_compiler::diagnostic::{Diagnostic, Fix};
use tthc_compiler::project::{ParsedFile, Project};
use tthc_compiler::source::{FileId, Place};

/// Of a text with hundreds of mistakes only the first fixes are applied.
const MOST_FIXES: usize = 8;

/// Panics where a finding has no place, or a fix cannot be applied.
pub fn holds(bytes: &[u8]) {
    let project = project(bytes);
    let findings = project.check_with_fixes();
    findings.iter().for_each(|finding| places(&project, finding));
    for (finding, fix) in
        findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))).take(MOST_FIXES)
    {
        apply(&project, finding, fix);
    }
}

fn places(project: &Project, finding: &Diagnostic) {
    assert!(!finding.message.vi.is_empty() && !finding.message.en.is_empty(), "{} says nothing", finding.code);
    place(project, finding.place, finding.code);
    finding.labels.iter().for_each(|(label, _)| place(project, *label, finding.code));
    for fix in &finding.fixes {
        let mut edited: Vec<Place> = fix.edits.iter().map(|edit| edit.place).collect();
        edited.iter().for_each(|edit| place(project, *edit, finding.code));
        edited.sort();
        let apart = |pair: &[Place]| pair[0].file != pair[1].file || pair[0].span.end <= pair[1].span.start;
        assert!(edited.windows(2).all(apart), "{}: edits of “{}” overlap", finding.code, fix.title.en);
    }
}

fn place(project: &Project, place: Place, code: &str) {
    let source = project.source(place.file);
    assert!(
        source.text.parsed().get(place.span.range()).is_some(),
        "{code}: {place:?} does not lie in {}",
        source.path
    );
    let original = source.original_range(place.span);
    assert!(source.text.original.get(original).is_some(), "{code}: {place:?} does not lie in the file as it stands");
    assert!(source.position(place.span.start) <= source.position(place.span.end), "{code}: {place:?} is turned round");
}

/// Applies a fix; one that is promised to be safe breaks nothing that can be read. Where something cannot, mending it
/// may bring up what stood behind it.
fn apply(project: &Project, finding: &Diagnostic, fix: &Fix) {
    let mut by_file: BTreeMap<FileId, Vec<_>> = BTreeMap::new();
    fix.edits.iter().for_each(|edit| by_file.entry(edit.place.file).or_default().push(edit));
    for (id, mut edits) in by_file {
        let file = project.any_file(id);
        let mut text = file.source.text.parsed().to_string();
        edits.sort_by_key(|edit| edit.place.span);
        edits.iter().rev().for_each(|edit| text.replace_range(edit.place.span.range(), &edit.text));
        let after = ParsedFile::new(file.source.path.as_str(), text.as_bytes());
        let (old, new) = (file.tree.problems.len(), after.tree.problems.len());
        assert!(
            !fix.safe || old > 0 || new == 0,
            "{}: “{}” breaks what can be read:\n{text}",
            finding.code,
            fix.title.en
        );
    }
}
