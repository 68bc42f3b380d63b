//! Starts `tthc lsp` for Zed. Everything else is the server's.

use zed_extension_api::{Command, Extension, LanguageServerId, Result, Worktree, register_extension};

struct Tthc;

impl Extension for Tthc {
    fn new() -> Tthc {
        Tthc
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let command = worktree.which("tthc").ok_or("Không tìm thấy chương trình tthc trong PATH")?;
        Ok(Command { command, args: vec!["lsp".to_string()], env: worktree.shell_env() })
    }
}

register_extension!(Tthc);
