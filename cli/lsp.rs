//! `tthc lsp`: lends the language server the disk.

use crate::console::{Console, Failure, Outcome, Status};
use crate::files::{detailed, find_below, project_above, read_file, rest_of_project, source_path};
use crate::settings;
use std::path::{Path, PathBuf};
use tthc_compiler::diagnostic::Message;
use tthc_compiler::project::Settings;
use tthc_lsp::Disk;

/// Serves until the editor says goodbye.
pub fn run(console: &Console) -> Outcome {
    match tthc_lsp::serve(Box::new(RealDisk), console.language) {
        Ok(()) => Ok(Status::Clean),
        Err(error) => {
            let said = ("không chạy được máy chủ ngôn ngữ", "the language server cannot run");
            Err(Failure(detailed(said.0, said.1, &error)))
        }
    }
}

/// Nothing is remembered here: the server knows what it needs again.
struct RealDisk;

impl Disk for RealDisk {
    fn locate(&self, file: &Path, folders: &[PathBuf]) -> (PathBuf, String) {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let folder = real(file.parent().unwrap_or(file));
        let file = file.file_name().map_or(folder.clone(), |name| folder.join(name));
        let holds = |above: &PathBuf| folder.starts_with(above);
        let root = project_above(&folder)
            .or_else(|| folders.iter().map(|folder| real(folder)).find(holds))
            .unwrap_or_else(|| folder.clone());
        let path = source_path(&root, &file);
        (root, path)
    }

    fn settings(&self, root: &Path) -> Result<Settings, Message> {
        settings::load(root).map_err(|failure| failure.0)
    }

    fn files(&self, root: &Path) -> Vec<String> {
        // A folder that cannot be read is found empty; the compiler says so at the imports.
        rest_of_project(root).map(|paths| paths.into_iter().collect()).unwrap_or_default()
    }

    fn read(&self, root: &Path, path: &str) -> Option<Vec<u8>> {
        read_file(&find_below(root, path)?).ok()
    }
}
