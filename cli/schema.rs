//! `tthc schema`

use crate::console::{Console, Outcome, Status, failure};
use crate::names;
use clap::Args;

/// The arguments of `tthc schema`.
#[derive(Args)]
pub struct Schema {
    /// Đích biên dịch (mặc định: json)
    #[arg(long, value_name = "ĐÍCH", default_value = "json", hide_default_value = true)]
    target: String,
}

impl Schema {
    /// Prints the schema of what a target builds.
    pub fn run(self, console: &Console) -> Outcome {
        let target = names::target(&self.target)?;
        let Some(schema) = target.schema else {
            let name = target.name;
            return Err(failure(format!("đích '{name}' không có schema"), format!("target '{name}' has no schema")));
        };
        console.print(&format!("{}\n", schema().trim_end()))?;
        Ok(Status::Clean)
    }
}
