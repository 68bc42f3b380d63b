//! The examples of the repository, and what is built of them.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::target::{self, Output};

/// All examples together.
pub fn project() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut files = Vec::new();
    for folder in ["chung", "thủ_tục"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
            files.push(Arc::new(ParsedFile::new(name, &fs::read(&path).unwrap())));
        }
    }
    Project::new(files, Settings::default())
}

/// What a target makes of a project.
pub fn built(project: &Project, target: &str) -> Vec<Output> {
    (target::find(target).unwrap().build)(project, &project.check())
}
