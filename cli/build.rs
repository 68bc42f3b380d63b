//! `tthc build`

use crate::console::{Console, Outcome};
use crate::day::Day;
use crate::names;
use crate::produce::{Order, produce};
use clap::Args;
use std::path::PathBuf;

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
        let target = names::target(&self.target)?;
        let order = Order { paths: &self.paths, out: &self.out, day: &self.day, target: Some(target) };
        produce(&order, console, |judged| {
            Ok(judged.iter().flat_map(|(workspace, findings)| (target.build)(&workspace.project, findings)).collect())
        })
    }
}
