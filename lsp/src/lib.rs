//! The language server: speaks LSP, decides nothing.
//!
//! What it needs from the outside it gets through [`Disk`], so that the server and the command line find
//! projects, settings and imports in the same way.

mod capabilities;
mod convert;
mod features;
mod folder;
mod frames;
mod publish;
mod server;
mod shared;
mod state;
mod view;
mod wide;

pub use frames::LONGEST as LONGEST_MESSAGE;
use server::Server;
use std::io;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::LspService;
use tthc_compiler::diagnostic::{Language, Message};
use tthc_compiler::project::Settings;

/// Messages of a client that are worked on at the same time. Changes are applied as they come, whatever the
/// requests before them still do.
const CONCURRENCY: usize = 64;

/// Where projects lie.
pub trait Disk: Send + Sync {
    /// The root of the project to which a file belongs, and the path under which the compiler knows the file.
    /// `folders` are open in the editor.
    fn locate(&self, file: &Path, folders: &[PathBuf]) -> (PathBuf, String);
    /// What the project at this root sets.
    fn settings(&self, root: &Path) -> Result<Settings, Message>;
    /// The paths of all files of the project at this root; none where nothing says what the project is.
    fn files(&self, root: &Path) -> Vec<String>;
    /// The bytes of a file below a root; none where it is not there.
    fn read(&self, root: &Path, path: &str) -> Option<Vec<u8>>;
}

/// Serves one editor over standard input and output, until it says goodbye or goes away.
pub fn serve(disk: Box<dyn Disk>, language: Language) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    runtime.block_on(serve_on(disk, language, tokio::io::stdin(), tokio::io::stdout()));
    // A thread may still wait for input that never comes.
    runtime.shutdown_background();
    Ok(())
}

/// Serves one editor over any two streams. Must be called inside a runtime with a clock.
pub async fn serve_on(disk: Box<dyn Disk>, language: Language, input: impl AsyncRead + Unpin, output: impl AsyncWrite) {
    let (service, socket) = LspService::build(|client| Server::new(client, disk, language))
        .custom_method("tthc/diagram", Server::diagram)
        .finish();
    let (readable, filtered) = tokio::io::duplex(1 << 16);
    let server = tower_lsp::Server::new(readable, output, socket).concurrency_level(CONCURRENCY).serve(service);
    // Input ends where the client goes away, and output where the server does: then the other is done, too.
    tokio::select! {
        () = server => {}
        Err(_) = frames::copy(input, filtered) => {}
    }
}
