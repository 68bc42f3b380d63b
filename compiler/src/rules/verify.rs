//! Fixes of the flow are offered only where they mend: applied in memory and analysed again.
//!
//! A line more or less can bring up another dead end; a fix that does is none.

use crate::diagnostic::{Diagnostic, Fix};
use crate::edited;
use crate::project::Project;
use crate::source::FileId;
use foldhash::{HashMap, HashMapExt};
use std::collections::{BTreeMap, BTreeSet};

/// More fixes of one run are not looked at, and then not offered.
pub(crate) const MOST: usize = 100;

/// Findings by code, of the families whose rules a fix of the flow can break: text, names, flow. Times of a process
/// that had a dead end were not judged before, so that they cannot be compared.
type Counts = BTreeMap<&'static str, usize>;

/// Keeps of the fixes that flow rules offer those after which the defect is gone and nothing new appears.
pub(crate) fn keep_mending(project: &Project, found: &mut [Diagnostic]) {
    let mut before: HashMap<FileId, Counts> = HashMap::new();
    let mut left = MOST;
    for diagnostic in found.iter_mut().filter(|diagnostic| diagnostic.code.starts_with("T2")) {
        let (code, file) = (diagnostic.code, diagnostic.place.file);
        diagnostic.fixes.retain(|fix| {
            if left == 0 || fix.edits.iter().any(|edit| edit.place.file != file) {
                return false;
            }
            left -= 1;
            let before = before.entry(file).or_insert_with(|| counts(&beside(project, file, None)));
            mends(before, &counts(&beside(project, file, Some(fix))), code)
        });
    }
}

fn mends(before: &Counts, after: &Counts, code: &'static str) -> bool {
    let times = |counts: &Counts, code| counts.get(code).copied().unwrap_or(0);
    times(after, code) < times(before, code) && after.keys().all(|code| times(after, code) <= times(before, code))
}

fn counts(project: &Project) -> Counts {
    let mut counts = Counts::new();
    for diagnostic in project.check().iter().filter(|diagnostic| diagnostic.code < "T3") {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    counts
}

/// The file with all that it imports, and with the fix applied where there is one.
fn beside(project: &Project, file: FileId, fix: Option<&Fix>) -> Project {
    let imports = project.model.imports.iter().filter(|import| import.place.file == file);
    let files: BTreeSet<FileId> = imports.flat_map(|import| import.brings.iter().copied()).chain([file]).collect();
    edited::of(project, &files, fix.map_or(&[], |fix| &fix.edits))
}
