//! What `build` and `doc` share: judge, make files of what has no errors, write them below `--out`.

use crate::console::{Console, Failure, Outcome, Status, failure, note};
use crate::day::Day;
use crate::files::{self, Scope, unwritable};
use crate::progress::Progress;
use crate::render::{Report, human};
use crate::workspace::Workspace;
use crate::write;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use tthc_compiler::diagnostic::{Diagnostic, Severity, say};
use tthc_compiler::target::{Output, Target};

/// What is asked for.
pub struct Order<'o> {
    /// Files and folders.
    pub paths: &'o [PathBuf],
    /// Nothing is written outside of it.
    pub out: &'o Path,
    /// The day on which everything is judged.
    pub day: &'o Day,
    /// The target that the procedures must be fit for, where there is one.
    pub target: Option<&'static Target>,
}

/// What was asked for below one root, with everything found in it.
pub type Judged<'w> = (&'w Workspace, Vec<Diagnostic>);

/// Judges the files, makes others of what is without errors, says what is found, and writes.
pub fn produce(
    order: &Order,
    console: &Console,
    make: impl FnOnce(&[Judged]) -> Result<Vec<Output>, Failure>,
) -> Outcome {
    let progress = Progress::start(console.language);
    let mut workspaces = files::open(order.paths, Scope::Project, console, &progress)?;
    order.day.apply(&mut workspaces);
    for workspace in &mut workspaces {
        // What another target cannot carry is no obstacle to this one.
        workspace.project.settings.targets = order.target.into_iter().collect();
        workspace.project.settings.built = Some(workspace.given.clone());
    }
    let mut judged: Vec<Judged> = workspaces.iter().map(|workspace| (workspace, workspace.project.check())).collect();
    let outputs = by_path(make(&judged)?)?;
    for (workspace, findings) in &mut judged {
        let seen = workspace.seen();
        findings.retain(|finding| {
            let (file, is_error) = (finding.place.file, finding.severity == Severity::Error);
            // An error in an imported file can be why nothing is made of the files that were asked for.
            workspace.is_given(file) || is_error && seen.contains(&file)
        });
    }
    let report = Report::new(judged, console.language)?;
    drop(progress);
    note(human::render(&report, console.error_look()).trim_end());
    write_all(order.out, &outputs)?;
    let (count, out) = (outputs.len(), order.out.display());
    console.note(&say(format!("đã ghi {count} tệp vào {out}"), format!("files written to {out}: {count}")));
    Ok(if report.counts().errors > 0 { Status::Findings } else { Status::Clean })
}

fn by_path(outputs: Vec<Output>) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut by_path = BTreeMap::new();
    // Many disks take names that differ in case only for one.
    let mut on_disk: HashMap<String, String> = HashMap::new();
    for Output { path, bytes } in outputs {
        if let Some(other) = on_disk.insert(path.to_lowercase(), path.clone()) {
            return Err(match other == path {
                true => failure(
                    format!("hai thủ tục cùng ghi ra '{path}'"),
                    format!("two procedures would be written to '{path}'"),
                ),
                false => failure(
                    format!(
                        "'{other}' và '{path}' chỉ khác chữ hoa, chữ thường: nhiều ổ đĩa coi là một tệp; đổi tên một thủ tục"
                    ),
                    format!(
                        "'{other}' and '{path}' differ in case only, and many disks take them for one: rename one of the procedures"
                    ),
                ),
            });
        }
        by_path.insert(path, bytes);
    }
    Ok(by_path)
}

fn write_all(out: &Path, outputs: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    if outputs.is_empty() {
        return Ok(());
    }
    let folder = fs::create_dir_all(out).and_then(|()| out.canonicalize()).map_err(|error| unwritable(out, &error))?;
    for (path, bytes) in outputs {
        write::place_below(&folder, path)
            .and_then(|place| write::replace(&place, bytes))
            .map_err(|error| unwritable(&out.join(path), &error))?;
    }
    Ok(())
}
