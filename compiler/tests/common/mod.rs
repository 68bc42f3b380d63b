//! The projects that several tests look at.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::project::{ParsedFile, Project, Settings};

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "tthc") {
            found.push(path);
        }
    }
}

/// The example province.
pub fn examples(settings: Settings) -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut paths = Vec::new();
    files_below(&root, &mut paths);
    let parsed = paths.iter().map(|path| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_string();
        Arc::new(ParsedFile::new(name, &fs::read(path).unwrap()))
    });
    Project::new(parsed.collect(), settings)
}

/// A project of one file.
pub fn project(text: &str, settings: Settings) -> Project {
    Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], settings)
}
