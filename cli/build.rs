//! `tthc build`

use crate::console::{Console, Failure, Outcome, Status, failure, note};
use crate::day::Day;
use crate::files::{self, Scope, unwritable};
use crate::progress::Progress;
use crate::render::{Report, human};
use crate::write;
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tthc_compiler::diagnostic::{Severity, say};
use tthc_compiler::target::{self, Target};

/// The arguments of `tthc build`.
#[derive(Args)]
pub struct Build {
    /// Tệp hoặc thư mục; không ghi: cả dự án; '-': đọc từ stdin
    #[arg(value_name = "ĐƯỜNG DẪN")]
    paths: Vec<PathBuf>,
    /// Thư mục nhận kết quả; không ghi gì ra ngoài thư mục này
    #[arg(long, value_name = "THƯ MỤC")]
    out: PathBuf,
    /// Đích biên dịch (mặc định: json)
    #[arg(long, value_name = "ĐÍCH", default_value = "json", hide_default_value = true)]
    target: String,
    #[command(flatten)]
    day: Day,
}

impl Build {
    /// Builds every procedure without errors, and says what is wrong with the others.
    pub fn run(self, console: &Console) -> Outcome {
        let target = find_target(&self.target)?;
        let progress = Progress::start(console.language);
        let mut workspaces = files::open(&self.paths, Scope::Project, console, &progress)?;
        let mut outputs: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut found = Vec::new();
        self.day.apply(&mut workspaces);
        for workspace in &mut workspaces {
            // What another target cannot carry is no obstacle to this one.
            workspace.project.settings.targets = vec![target];
            workspace.project.settings.built = Some(workspace.given.clone());
        }
        for workspace in &workspaces {
            let mut findings = workspace.project.check();
            for output in (target.build)(&workspace.project, &findings) {
                if outputs.insert(output.path.clone(), output.bytes).is_some() {
                    return Err(failure(
                        format!("hai thủ tục cùng ghi ra '{}'", output.path),
                        format!("two procedures would be written to '{}'", output.path),
                    ));
                }
            }
            let seen = workspace.seen();
            findings.retain(|finding| {
                let (file, is_error) = (finding.place.file, finding.severity == Severity::Error);
                // An error in an imported file can be why nothing is built from the files that were asked for.
                workspace.is_given(file) || is_error && seen.contains(&file)
            });
            found.push((workspace, findings));
        }
        let report = Report::new(found, console.language)?;
        drop(progress);
        note(human::render(&report, console.error_look()).trim_end());
        write_all(&self.out, &outputs)?;
        let (count, out) = (outputs.len(), self.out.display());
        console.note(&say(format!("đã ghi {count} tệp vào {out}"), format!("files written to {out}: {count}")));
        Ok(if report.counts().errors > 0 { Status::Findings } else { Status::Clean })
    }
}

/// The target with this name; otherwise the failure lists those that there are.
pub fn find_target(name: &str) -> Result<&'static Target, Failure> {
    target::find(name).ok_or_else(|| {
        let vi: Vec<String> =
            target::ALL.iter().map(|target| format!("{} ({})", target.name, target.about.0)).collect();
        let en: Vec<String> =
            target::ALL.iter().map(|target| format!("{} ({})", target.name, target.about.1)).collect();
        failure(
            format!("không có đích '{name}'; các đích hiện có: {}", vi.join(", ")),
            format!("there is no target '{name}'; there are: {}", en.join(", ")),
        )
    })
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
