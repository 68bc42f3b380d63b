//! `tthc check`

use crate::console::{Console, Failure, Outcome, Status, failure};
use crate::day::Day;
use crate::files::{self, Scope};
use crate::fix;
use crate::judge::{self, Found};
use crate::progress::Progress;
use crate::render::{Format, Report};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use tthc_compiler::diagnostic::Message;

/// The arguments of `tthc check`.
#[derive(Args)]
pub struct Check {
    /// Tệp hoặc thư mục; không ghi: cả dự án; '-': đọc từ stdin
    #[arg(value_name = "ĐƯỜNG DẪN")]
    paths: Vec<PathBuf>,
    /// Dạng kết quả (mặc định: human)
    #[arg(long, value_name = "human|json|sarif|github|gitlab", default_value = "human")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// Coi mọi cảnh báo và ghi chú là không đạt
    #[arg(long, value_name = "warnings", hide_possible_values = true)]
    deny: Option<Deny>,
    /// Tự sửa những chỗ sửa được mà không làm đổi nội dung
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    day: Day,
}

/// `--deny`
#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    Warnings,
}

impl Check {
    /// Checks, and mends first where that is asked for.
    pub fn run(self, console: &Console) -> Outcome {
        if self.fix && self.paths.iter().any(|path| path == Path::new("-")) {
            return Err(failure("--fix không dùng được với '-'", "--fix cannot be used with '-'"));
        }
        let progress = Progress::start(console.language);
        let mended = self.fix.then(|| self.mend(console, &progress)).transpose()?;
        let mut found = judge::judge(&self.paths, &self.day, console, &progress)?;
        let findings: Vec<_> = found.iter_mut().map(Found::take).collect();
        let report = Report::new(found.iter().zip(findings), console.language)?;
        drop(progress);
        if let Some(mended) = mended {
            console.note(&mended);
        }
        console.print(&self.format.render(&report, console.output_look()))?;
        let failed = report.counts().errors > 0 || self.deny.is_some() && !report.findings.is_empty();
        Ok(if failed { Status::Findings } else { Status::Clean })
    }

    fn mend(&self, console: &Console, progress: &Progress) -> Result<Message, Failure> {
        let mut workspaces = files::open(&self.paths, Scope::Project, console, progress)?;
        self.day.apply(&mut workspaces);
        fix::run(&mut workspaces)
    }
}
