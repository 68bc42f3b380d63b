//! What something is called decides nothing.

use crate::generate::Random;
use crate::programs::{hold, project};
use proptest::prelude::*;
use tthc_compiler::diagnostic::Edit;
use tthc_compiler::editor::names;
use tthc_compiler::editor::refactor::meaning;
use tthc_compiler::editor::rename::{edits, renamable, together};
use tthc_compiler::project::Project;
use tthc_compiler::source::FileId;

/// A name that nothing else in a generated process begins with.
const NEW: &str = "đổi_tên";
const FILE: FileId = FileId(0);

fn applied(project: &Project, mut edits: Vec<Edit>) -> String {
    let mut text = project.source(FILE).text.parsed().to_string();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.span.start));
    edits.into_iter().for_each(|edit| text.replace_range(edit.place.span.range(), &edit.text));
    text
}

/// Codes with the lines where they are found, soundness, and the worst times of the classes.
type Said = (Vec<(&'static str, u32)>, bool, Vec<(String, i64)>);

fn said(project: &Project, called: impl Fn(&str) -> String) -> Said {
    // What a file is called after its procedure is not what is renamed.
    let found: Vec<_> = project.check().into_iter().filter(|found| found.code != "T705").collect();
    let mut lines: Vec<_> = found
        .iter()
        .map(|one| (one.code, project.source(one.place.file).position(one.place.span.start).line))
        .collect();
    lines.sort();
    let analysis = &project.analysis()[0];
    let classes = analysis.times.iter().flat_map(|times| &times.classes);
    let mut worst: Vec<_> = classes.map(|class| (called(&class.dossier), class.worst.working)).collect();
    worst.sort();
    (lines, analysis.is_sound(), worst)
}

#[test]
fn renaming_changes_no_graph_and_no_verdict() {
    hold(|sample| {
        let mut random = Random(sample.random);
        let before = project(&sample.program.text());
        let text = before.source(FILE).text.parsed();
        let names: Vec<u32> = (0..text.len() as u32)
            .filter(|at| renamable(&before, FILE, *at).is_some_and(|place| place.span.start == *at))
            .collect();
        prop_assert!(!names.is_empty(), "{}", text);
        let at = names[random.below(names.len())];
        let Some(place) = renamable(&before, FILE, at) else { return Ok(false) };
        let old = before.source(FILE).words(place.span).to_string();
        let declared = names::symbol(&before, FILE, at).map(|symbol| symbol.declared).unwrap_or_default();
        let edits = match together(&before, declared).and_then(|places| edits(&before, &places, NEW)) {
            Ok(edits) => edits,
            Err(why) => return Err(TestCaseError::fail(format!("{old} is not renamed: {}\n{text}", why.en))),
        };
        let after = applied(&before, edits);
        let renamed = project(&after);
        let called_as_before = |text: &str| text.replace(NEW, &old);
        prop_assert_eq!(meaning::of(&before), called_as_before(&meaning::of(&renamed)), "{} in\n{}", old, after);
        let (first, second) = (said(&before, str::to_string), said(&renamed, called_as_before));
        prop_assert_eq!(first, second, "{} in\n{}", old, after);
        Ok(true)
    });
}
