//! `tthc doc`

use crate::console::{Console, Failure, Outcome, failure};
use crate::day::Day;
use crate::produce::{Order, produce};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use tthc_compiler::document::{self, Document, docx, html};
use tthc_compiler::target::Output;

/// The arguments of `tthc doc`.
#[derive(Args)]
pub struct Doc {
    /// Tệp hoặc thư mục; không ghi: cả dự án; '-': đọc từ stdin
    #[arg(value_name = "ĐƯỜNG DẪN")]
    paths: Vec<PathBuf>,
    /// Thư mục nhận kết quả; không ghi gì ra ngoài thư mục này
    #[arg(long, value_name = "THƯ MỤC")]
    out: PathBuf,
    /// Dạng văn bản (mặc định: html)
    #[arg(long, value_name = "html|docx", default_value = "html")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    day: Day,
}

/// `--format`
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Html,
    Docx,
}

/// What all documents together are called; the name of no procedure, for it has a blank.
const COLLECTION: &str = "danh mục";

impl Doc {
    /// Writes the document of every procedure without errors; of several, one with all of them and a table of contents.
    pub fn run(self, console: &Console) -> Outcome {
        let order = Order { paths: &self.paths, out: &self.out, day: &self.day, target: None };
        produce(&order, console, |judged| {
            let found =
                judged.iter().flat_map(|(workspace, findings)| document::documents(&workspace.project, findings));
            self.format.outputs(&found.collect::<Vec<_>>())
        })
    }
}

impl Format {
    fn outputs(self, documents: &[Document]) -> Result<Vec<Output>, Failure> {
        let all = (documents.len() > 1).then_some((COLLECTION, documents));
        let each = documents.iter().map(|document| (document.id.as_str(), std::slice::from_ref(document)));
        each.chain(all).map(|(name, documents)| self.output(name, documents)).collect()
    }

    fn output(self, name: &str, documents: &[Document]) -> Result<Output, Failure> {
        let broken = || failure(format!("không lập được '{name}.docx'"), format!("cannot make '{name}.docx'"));
        Ok(match self {
            Format::Html => Output { path: format!("{name}.html"), bytes: html::render(documents).into_bytes() },
            Format::Docx => Output { path: format!("{name}.docx"), bytes: docx::render(documents).ok_or_else(broken)? },
        })
    }
}
