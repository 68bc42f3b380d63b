//! `tthc import`

use crate::console::{Console, Failure, Outcome, Status, failure};
use crate::files::{Input, current_folder, unreadable, unwritable};
use crate::names;
use crate::render::{Counts, Report, human};
use crate::workspace::{Read, Workspace};
use crate::write;
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::diagnostic::{Message, Severity, say};
use tthc_compiler::import::{self, Imported};
use tthc_compiler::project::ParsedFile;

/// The arguments of `tthc import`.
#[derive(Args)]
pub struct Import {
    /// Tệp đang có; '-': đọc từ stdin
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Dạng của tệp (mặc định: nhìn vào tệp mà biết)
    #[arg(long, value_name = "DẠNG")]
    from: Option<String>,
    /// Tệp .tthc nhận kết quả, chưa có; không ghi: in ra màn hình
    #[arg(long, value_name = "TỆP")]
    out: Option<PathBuf>,
}

impl Import {
    /// Writes a first `.tthc` of what exists, and says what somebody has to look at.
    pub fn run(self, console: &Console) -> Outcome {
        let stdin = self.file == Path::new("-");
        let path = current_folder()?.join(&self.file);
        let bytes = Input { path, stdin }.bytes()?;
        let name = self.file.file_stem().map_or("-".into(), |stem| stem.to_string_lossy());
        let name = if stdin { "thủ tục" } else { &name };
        let shown = self.file.display().to_string();
        let unread = |why: Message| {
            failure(format!("không nhập được '{shown}': {}", why.vi), format!("cannot import '{shown}': {}", why.en))
        };
        let format = match &self.from {
            Some(name) => names::format(name)?,
            None => import::recognise(&bytes).map_err(unread)?,
        };
        let imported = import::import(format, name, &bytes).map_err(unread)?;
        match &self.out {
            Some(out) => write_new(out, &imported.text)?,
            None => console.print(&imported.text)?,
        }
        self.report(imported, &bytes, console)
    }

    /// What is wrong with the source, and what is left to do in the result.
    fn report(&self, imported: Imported, bytes: &[u8], console: &Console) -> Outcome {
        let wrong = imported.findings.iter().any(|finding| finding.severity == Severity::Error);
        let status = if wrong { Status::Findings } else { Status::Clean };
        if !imported.findings.is_empty() {
            let workspace = workspace("nguồn", &self.file, bytes, false)?;
            let report = Report::new([(&workspace, imported.findings)], console.language)?;
            crate::console::note(human::render(&report, console.error_look()).trim_end());
        }
        let out = self.out.clone().unwrap_or_else(|| self.file.with_extension("tthc"));
        let name = out.file_name().map_or("-".into(), |name| name.to_string_lossy());
        let workspace = workspace(&name, &out, imported.text.as_bytes(), true)?;
        let report = Report::new([(&workspace, workspace.findings())], console.language)?;
        let (Counts { errors, warnings, .. }, open) = (report.counts(), imported.open);
        console.note(&say(
            format!("cần xem lại {open} chỗ (tìm chữ CẦN XEM LẠI); tthc check: {errors} lỗi, {warnings} cảnh báo"),
            format!(
                "places to look at (search for CẦN XEM LẠI): {open}; tthc check: errors {errors}, warnings {warnings}"
            ),
        ));
        Ok(status)
    }
}

/// A file by itself, as the renderers want it. Of what is no `.tthc` nothing but the places is needed.
fn workspace(name: &str, path: &Path, bytes: &[u8], parsed: bool) -> Result<Workspace, Failure> {
    let mut file = ParsedFile::new(name, if parsed { bytes } else { b"" });
    if !parsed {
        file.source = tthc_compiler::source::Source::new(name, bytes);
    }
    let root = current_folder()?;
    let path = (path != Path::new("-")).then(|| root.join(path));
    Workspace::new(root, vec![Read { file: Arc::new(file), path }], Vec::new())
}

/// What somebody has worked on is not overwritten.
fn write_new(out: &Path, text: &str) -> Result<(), Failure> {
    if out.symlink_metadata().is_ok() {
        let out = out.display();
        return Err(failure(format!("'{out}' đã có"), format!("'{out}' exists")));
    }
    if out.file_name().is_none() {
        return Err(unreadable(out, &io::ErrorKind::IsADirectory.into()));
    }
    write::replace(out, text.as_bytes()).map_err(|error| unwritable(out, &error))
}
