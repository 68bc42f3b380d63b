//! `tthc completions`

use crate::console::{Console, Outcome, Status};
use clap::Args;
use clap_complete::Shell;

/// The arguments of `tthc completions`.
#[derive(Args)]
pub struct Completions {
    /// Tên shell
    #[arg(value_name = "bash|zsh|fish|elvish|powershell", hide_possible_values = true)]
    shell: Shell,
}

impl Completions {
    /// Prints the script that a shell loads.
    pub fn run(self, console: &Console) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut crate::grammar(console.language), "tthc", &mut script);
        console.print_bytes(&script)?;
        Ok(Status::Clean)
    }
}
