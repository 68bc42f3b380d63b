//! `tthc diff`

mod html;
mod human;

use crate::console::{Console, Outcome, Status};
use crate::errors;
use crate::files::{self, Scope};
use crate::progress::Progress;
use crate::workspace::Workspace;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use tthc_compiler::compare::{self, Version};
use tthc_compiler::diagnostic::{Diagnostic, say};

/// The arguments of `tthc diff`.
#[derive(Args)]
pub struct Diff {
    /// Bản cũ: tệp hoặc thư mục
    #[arg(value_name = "CŨ", display_order = 1)]
    old: PathBuf,
    /// Bản mới: tệp hoặc thư mục
    #[arg(value_name = "MỚI", display_order = 2)]
    new: PathBuf,
    /// Dạng kết quả (mặc định: human)
    #[arg(long, value_name = "human|json|html", default_value = "human")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    format: Format,
}

/// `--format`
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
    Html,
}

impl Diff {
    /// Says what differs; as `diff` does, the status is 1 where anything does.
    pub fn run(self, console: &Console) -> Outcome {
        let progress = Progress::start(console.language);
        let open = |path: &Path| files::open(&[path.to_path_buf()], Scope::Imports, console, &progress);
        let (old, new): (Vec<Workspace>, Vec<Workspace>) = (open(&self.old)?, open(&self.new)?);
        let findings = |workspaces: &[Workspace]| -> Vec<_> {
            workspaces.iter().map(|workspace| workspace.project.check()).collect()
        };
        let (old_findings, new_findings) = (findings(&old), findings(&new));
        let (before, after) = (versions(&old, &old_findings), versions(&new, &new_findings));
        let pairs = compare::pairs(&before, &after);
        let comparison = compare::compare(&pairs);
        drop(progress);
        console.print(&match self.format {
            Format::Human => human::render(&comparison, console.language),
            // Strings, numbers and lists of them always have a JSON form.
            Format::Json => serde_json::to_string_pretty(&comparison).unwrap_or_default() + "\n",
            Format::Html => html::render(&comparison, &pairs),
        })?;
        let mut errors = 0;
        for (version, findings, vi, en) in [(&old, old_findings, "cũ", "old"), (&new, new_findings, "mới", "new")] {
            let found = errors::show(given(version, findings), console)?;
            if found > 0 {
                console.note(&say(
                    format!("bản {vi} có {found} lỗi, có chỗ có thể chưa so được"),
                    format!("the {en} version has errors ({found}); not all of it may be compared"),
                ));
            }
            errors += found;
        }
        // What has errors may differ where nothing could be read.
        let same = comparison.procedures.is_empty() && errors == 0;
        Ok(if same { Status::Clean } else { Status::Findings })
    }
}

/// What is found in each project.
type Findings = Vec<Vec<Diagnostic>>;

fn versions<'w>(workspaces: &'w [Workspace], findings: &Findings) -> Vec<Version<'w>> {
    let of = |(workspace, findings): (&'w Workspace, &Vec<Diagnostic>)| {
        Version::all(&workspace.project, findings, |file| workspace.is_given(file))
    };
    workspaces.iter().zip(findings).flat_map(of).collect()
}

/// What is found in the files that were asked for.
fn given(workspaces: &[Workspace], findings: Findings) -> Vec<(&Workspace, Vec<Diagnostic>)> {
    let of = |(workspace, mut findings): (_, Vec<Diagnostic>)| {
        let workspace: &Workspace = workspace;
        findings.retain(|finding| workspace.is_given(finding.place.file));
        (workspace, findings)
    };
    workspaces.iter().zip(findings).map(of).collect()
}
