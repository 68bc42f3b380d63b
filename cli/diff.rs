//! `tthc diff`

mod html;
mod human;

use crate::console::{Console, Outcome, Status};
use crate::files::{self, Scope};
use crate::progress::Progress;
use crate::workspace::Workspace;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use tthc_compiler::compare::{self, Version};
use tthc_compiler::diagnostic::{Severity, say};

/// The arguments of `tthc diff`.
#[derive(Args)]
pub struct Diff {
    /// Bản cũ: tệp hoặc thư mục
    #[arg(value_name = "CŨ")]
    old: PathBuf,
    /// Bản mới: tệp hoặc thư mục
    #[arg(value_name = "MỚI")]
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
        let (before, after) = (versions(&old), versions(&new));
        let pairs = compare::pairs(&before, &after);
        let comparison = compare::compare(&pairs);
        let errors = old.iter().chain(&new).map(errors).sum::<usize>();
        drop(progress);
        console.print(&match self.format {
            Format::Human => human::render(&comparison, console.language),
            // Strings, numbers and lists of them always have a JSON form.
            Format::Json => serde_json::to_string_pretty(&comparison).unwrap_or_default() + "\n",
            Format::Html => html::render(&comparison, &pairs),
        })?;
        if errors > 0 {
            console
                .note(&say(format!("có {errors} lỗi; xem: tthc check"), format!("errors: {errors}; see: tthc check")));
        }
        Ok(if comparison.procedures.is_empty() { Status::Clean } else { Status::Findings })
    }
}

fn versions(workspaces: &[Workspace]) -> Vec<Version<'_>> {
    workspaces.iter().flat_map(|workspace| Version::all(&workspace.project, |file| workspace.is_given(file))).collect()
}

fn errors(workspace: &Workspace) -> usize {
    workspace.findings().iter().filter(|finding| finding.severity == Severity::Error).count()
}
