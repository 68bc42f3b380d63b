//! `tthc graph`

use crate::console::{Console, Outcome, Status, failure};
use crate::errors;
use crate::files::{self, Scope, unwritable};
use crate::names::suggestion;
use crate::progress::Progress;
use crate::write;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use tthc_compiler::diagram::{self, Picture};
use tthc_compiler::model::procedure::ProcedureId;

/// The arguments of `tthc graph`.
#[derive(Args)]
pub struct Graph {
    /// Tệp hoặc thư mục; '-': đọc từ stdin
    #[arg(value_name = "ĐƯỜNG DẪN")]
    path: PathBuf,
    /// Dạng kết quả (mặc định: svg)
    #[arg(long, value_name = "svg|dot|mermaid", default_value = "svg", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    format: Format,
    /// Chỉ vẽ thủ tục có tên này
    #[arg(long, value_name = "TÊN")]
    procedure: Option<String>,
    /// Tệp nhận kết quả; không ghi: in ra màn hình
    #[arg(long, value_name = "TỆP")]
    out: Option<PathBuf>,
}

/// `--format`
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Svg,
    Dot,
    Mermaid,
}

impl Graph {
    /// Draws the procedures of the file. One with mistakes is drawn too, with its dead ends marked.
    pub fn run(self, console: &Console) -> Outcome {
        let progress = Progress::start(console.language);
        let workspaces = files::open(std::slice::from_ref(&self.path), Scope::Imports, console, &progress)?;
        let mut pictures: Vec<Picture> = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for workspace in &workspaces {
            for (index, procedure) in workspace.project.model.procedures.iter().enumerate() {
                if !workspace.is_given(procedure.declaration.file) {
                    continue;
                }
                names.push(&procedure.named.name);
                if self.procedure.as_ref().is_none_or(|name| *name == procedure.named.name) {
                    pictures.extend(diagram::pictures(&workspace.project, ProcedureId(index)));
                }
            }
        }
        let found = workspaces.iter().map(|workspace| (workspace, workspace.findings())).collect();
        drop(progress);
        if let Some(name) = self.procedure.as_ref().filter(|name| !names.contains(&name.as_str())) {
            let near = suggestion(name, names.iter().map(|name| (*name, *name)));
            return Err(failure(
                format!("không có thủ tục nào tên '{name}'{}", near.vi),
                format!("there is no procedure '{name}'{}", near.en),
            ));
        }
        let errors = errors::show(found, console)?;
        if pictures.is_empty() {
            return Err(failure("không có quy trình nào để vẽ", "there is no process to draw"));
        }
        let text = match self.format {
            Format::Svg => diagram::svg::render(&pictures),
            Format::Dot => diagram::dot::render(&pictures),
            Format::Mermaid => diagram::mermaid::render(&pictures),
        };
        match &self.out {
            Some(out) => write::replace(out, text.as_bytes()).map_err(|error| unwritable(out, &error))?,
            None => console.print(&text)?,
        }
        Ok(if errors > 0 { Status::Findings } else { Status::Clean })
    }
}
