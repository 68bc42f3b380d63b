//! `tthc lsp`: lends the language server the disk.

use crate::console::{Console, Outcome, Status, failure};
use crate::files::{Scope, companions, project_above, read_file, source_path};
use crate::settings;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use tthc_compiler::diagnostic::Message;
use tthc_compiler::project::{ParsedFile, Settings};
use tthc_lsp::Disk;

/// Serves until the editor says goodbye.
pub fn run(console: &Console) -> Outcome {
    match tthc_lsp::serve(Box::new(RealDisk::default()), console.language) {
        Ok(()) => Ok(Status::Clean),
        Err(error) => Err(failure(
            format!("không chạy được máy chủ ngôn ngữ: {error}"),
            format!("the language server cannot run: {error}"),
        )),
    }
}

/// When a file was written, its length, what it says.
type Parsed = HashMap<PathBuf, ((SystemTime, u64), Arc<ParsedFile>)>;

/// Keeps what is not open in the editor, so that a keystroke costs no reading.
#[derive(Default)]
struct RealDisk {
    parsed: Mutex<Parsed>,
}

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

    fn companions(&self, root: &Path, files: Vec<Arc<ParsedFile>>) -> Vec<Arc<ParsedFile>> {
        // What cannot be read is missing; the compiler says so at the import.
        let load = |source: &str, path: &Path| Ok(self.load(source, path));
        let read = companions(root, files, Scope::Project, &load).unwrap_or_default();
        read.into_iter().map(|read| read.file).collect()
    }
}

impl RealDisk {
    /// The file as it was last parsed, unless it has changed since.
    fn load(&self, source: &str, path: &Path) -> Option<Arc<ParsedFile>> {
        let data = path.metadata().ok()?;
        let stamp = (data.modified().ok()?, data.len());
        let known =
            self.parsed().get(path).filter(|(then, file)| *then == stamp && file.source.path == source).cloned();
        if let Some((_, file)) = known {
            return Some(file);
        }
        let file = Arc::new(ParsedFile::new(source, &read_file(path).ok()?));
        self.parsed().insert(path.to_path_buf(), (stamp, file.clone()));
        Some(file)
    }

    fn parsed(&self) -> MutexGuard<'_, Parsed> {
        self.parsed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
