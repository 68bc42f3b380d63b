//! `tthc check --fix`: applies the fixes that do not change what a file means.

use crate::console::{Failure, failure};
use crate::files::{read_file, unreadable, unwritable};
use crate::workspace::Workspace;
use crate::write;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tthc_compiler::diagnostic::{Fix, Message, say};
use tthc_compiler::project::ParsedFile;
use tthc_compiler::source::FileId;
use tthc_grammar::tree::ProblemKind;

/// A fix can bring up what another one mends; fixes that undo one another must come to an end.
const MAX_ROUNDS: usize = 10;

/// The mark some editors put at the beginning of a file.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// An edit in bytes of the file as it stands.
type Change = (std::ops::Range<usize>, String);

/// Mends the files that were asked for and writes them; a word on how many.
pub fn run(workspaces: &mut [Workspace]) -> Result<Message, Failure> {
    let (mut fixes, mut files) = (0, 0);
    for workspace in workspaces {
        let before = workspace.project.files.clone();
        fixes += mend(workspace);
        for (id, (old, new)) in (0..).map(FileId).zip(before.iter().zip(&workspace.project.files)) {
            if let Some(path) = workspace.on_disk(id).filter(|_| !Arc::ptr_eq(old, new)) {
                put_back(&workspace.root, path, &old.source.text.original, &new.source.text.original)?;
                files += 1;
            }
        }
    }
    let english = format!("fixes applied: {fixes}, files changed: {files}");
    Ok(say(format!("đã sửa {fixes} chỗ trong {files} tệp"), english))
}

/// Applies fixes until none is left; how many.
fn mend(workspace: &mut Workspace) -> usize {
    let mut applied = 0;
    for _ in 0..MAX_ROUNDS {
        let (fixes, changes) = choose(workspace);
        if fixes == 0 {
            break;
        }
        applied += fixes;
        let changed = changes.into_iter().map(|(id, changes)| Arc::new(change(workspace.project.file(id), changes)));
        workspace.replace_files(changed.collect());
    }
    applied
}

/// The fixes of one round, as changes by file. Of those that overlap the first one is taken.
fn choose(workspace: &Workspace) -> (usize, BTreeMap<FileId, Vec<Change>>) {
    let mut fixes = 0;
    let mut chosen: BTreeMap<FileId, Vec<Change>> = BTreeMap::new();
    for diagnostic in workspace.findings_with_fixes() {
        let Some(fix) = diagnostic.fixes.iter().find(|fix| fix.safe) else { continue };
        let changes = changes(workspace, fix);
        let free = |(id, (range, _)): &(FileId, Change)| {
            may_change(workspace, *id)
                && chosen.get(id).is_none_or(|taken| taken.iter().all(|(other, _)| !touch(range, other)))
        };
        if !changes.is_empty() && changes.iter().all(free) {
            fixes += 1;
            for (id, change) in changes {
                chosen.entry(id).or_default().push(change);
            }
        }
    }
    (fixes, chosen)
}

/// What a fix changes; nothing where it would leave the text as it is.
fn changes(workspace: &Workspace, fix: &Fix) -> Vec<(FileId, Change)> {
    let changes = fix.edits.iter().filter_map(|edit| {
        let source = workspace.project.source(edit.place.file);
        let original = &source.text.original;
        let range = source.original_range(edit.place.span);
        let text = if original.contains("\r\n") { edit.text.replace('\n', "\r\n") } else { edit.text.clone() };
        (original.get(range.clone()) != Some(text.as_str())).then_some((edit.place.file, (range, text)))
    });
    changes.collect()
}

/// Only what was asked for, lies on the disk, and would come back from the text as it was.
fn may_change(workspace: &Workspace, file: FileId) -> bool {
    workspace.is_given(file)
        && workspace.on_disk(file).is_some()
        && !workspace
            .project
            .file(file)
            .tree
            .problems
            .iter()
            .any(|problem| matches!(problem.kind, ProblemKind::NotUtf8))
}

fn touch(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}

fn change(file: &ParsedFile, mut changes: Vec<Change>) -> ParsedFile {
    changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = file.source.text.original.clone();
    for (range, new) in changes {
        text.replace_range(range, &new);
    }
    ParsedFile::new(file.source.path.clone(), text.as_bytes())
}

/// Writes a changed file, if it lies inside the root and still is what was read.
fn put_back(root: &Path, path: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let real = path.canonicalize().map_err(|error| unreadable(path, &error))?;
    if !real.starts_with(root) {
        let path = path.display();
        return Err(failure(
            format!("'{path}' nằm ngoài dự án nên không được sửa"),
            format!("'{path}' lies outside the project and is not changed"),
        ));
    }
    let bytes = read_file(&real).map_err(|error| unreadable(path, &error))?;
    let (mark, text) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(text) => (BYTE_ORDER_MARK, text),
        None => (&[][..], bytes.as_slice()),
    };
    if text != old.as_bytes() {
        let path = path.display();
        return Err(failure(
            format!("'{path}' vừa bị thay đổi; hãy chạy lại"),
            format!("'{path}' has just been changed; run again"),
        ));
    }
    write::replace(&real, &[mark, new.as_bytes()].concat()).map_err(|error| unwritable(path, &error))
}
