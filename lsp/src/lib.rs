//! The language server: speaks LSP, decides nothing.
//!
//! What it needs from the outside it gets through [`Disk`], so that the server and the command line find
//! projects, settings and imports in the same way.

mod convert;
mod server;

use server::Server;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower_lsp::LspService;
use tthc_compiler::diagnostic::{Language, Message};
use tthc_compiler::project::{ParsedFile, Settings};

/// Where projects lie.
pub trait Disk: Send + Sync {
    /// The root of the project to which a file belongs, and the path under which the compiler knows the file.
    /// `folders` are open in the editor.
    fn locate(&self, file: &Path, folders: &[PathBuf]) -> (PathBuf, String);
    /// What the project at this root sets.
    fn settings(&self, root: &Path) -> Result<Settings, Message>;
    /// What else is needed to judge these files: what they import and what uses them.
    fn companions(&self, root: &Path, files: Vec<Arc<ParsedFile>>) -> Vec<Arc<ParsedFile>>;
}

/// Serves one editor over standard input and output, until it says goodbye or goes away.
pub fn serve(disk: Box<dyn Disk>, language: Language) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build()?;
    runtime.block_on(async {
        let (service, socket) = LspService::new(|client| Server::new(client, disk, language));
        tower_lsp::Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
    });
    // A thread may still wait for input that never comes.
    runtime.shutdown_background();
    Ok(())
}
