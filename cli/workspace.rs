//! What was asked for below one root: the files, what they mean, what is found.

use crate::console::Failure;
use crate::render::Texts;
use crate::settings;
use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::project::{ParsedFile, Project};
use tthc_compiler::source::{FileId, Source};

/// The files of one project that a run is about, with what is needed to judge them.
pub struct Workspace {
    /// Where the project lies; nothing outside of it is ever written.
    pub root: PathBuf,
    /// Its files together.
    pub project: Project,
    /// Source paths of the files that were asked for; the others only help to judge them.
    pub given: HashSet<String>,
    /// Where each file lies; nothing for standard input.
    disk: HashMap<String, PathBuf>,
}

/// A file as it was read.
pub struct Read {
    /// The file.
    pub file: Arc<ParsedFile>,
    /// Where it lies; none for standard input.
    pub path: Option<PathBuf>,
}

impl Workspace {
    /// Puts the files of a project together, under its settings.
    pub fn new(root: PathBuf, given: Vec<Read>, others: Vec<Read>) -> Result<Workspace, Failure> {
        let settings = settings::load(&root)?;
        let names = given.iter().map(|read| read.file.source.path.clone()).collect();
        let mut disk = HashMap::new();
        let mut files = Vec::new();
        for Read { file, path } in given.into_iter().chain(others) {
            disk.extend(path.map(|path| (file.source.path.clone(), path)));
            files.push(file);
        }
        Ok(Workspace { root, project: Project::new(files, settings), given: names, disk })
    }

    /// Whether a file was asked for.
    pub fn is_given(&self, file: FileId) -> bool {
        self.project.files.get(file.0 as usize).is_some_and(|file| self.given.contains(&file.source.path))
    }

    /// Every file that those that were asked for import, directly or not.
    pub fn seen(&self) -> HashSet<FileId> {
        let imports = self.project.model.imports.iter().filter(|import| self.is_given(import.place.file));
        imports.flat_map(|import| import.brings.iter().copied()).collect()
    }

    /// What is found in the files that were asked for.
    pub fn findings(&self) -> Vec<Diagnostic> {
        self.of_given(self.project.check())
    }

    /// The same with fixes that were tried, to be shown or applied.
    pub fn findings_with_fixes(&self) -> Vec<Diagnostic> {
        self.of_given(self.project.check_with_fixes())
    }

    fn of_given(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.retain(|diagnostic| self.is_given(diagnostic.place.file));
        found
    }

    /// Where a file lies; none for standard input and the standard library.
    pub fn on_disk(&self, file: FileId) -> Option<&Path> {
        let file = self.project.files.get(file.0 as usize)?;
        self.disk.get(&file.source.path).map(PathBuf::as_path)
    }

    /// Puts files with other texts in the place of those with the same paths.
    pub fn replace_files(&mut self, changed: Vec<Arc<ParsedFile>>) {
        let mut files = std::mem::take(&mut self.project.files);
        for new in changed {
            if let Ok(place) = files.binary_search_by(|old| old.source.path.cmp(&new.source.path)) {
                files[place] = new;
            }
        }
        self.project = Project::new(files, self.project.settings.clone());
    }
}

impl Texts for Workspace {
    fn given_files(&self) -> usize {
        self.given.len()
    }

    fn source(&self, file: FileId) -> &Source {
        self.project.source(file)
    }

    fn shown_path(&self, file: FileId, current: &Path) -> String {
        match self.on_disk(file) {
            Some(path) => relative(path, current),
            None if self.is_given(file) => "-".to_string(),
            None => self.project.source(file).path.clone(),
        }
    }
}

/// `path` as seen from `folder`, where one holds the other; else as it is.
pub fn relative(path: &Path, folder: &Path) -> String {
    let common = folder.ancestors().find(|above| path.starts_with(above) && above.parent().is_some());
    let Some((common, below)) = common.and_then(|common| Some((common, path.strip_prefix(common).ok()?))) else {
        return with_slashes(path);
    };
    let up = folder.components().count() - common.components().count();
    format!("{}{}", "../".repeat(up), with_slashes(below))
}

/// A path with `/` between its parts, whatever the system writes.
pub fn with_slashes(path: &Path) -> String {
    let mut text = String::new();
    for part in path.components() {
        if part == Component::RootDir || !(text.is_empty() || text.ends_with('/')) {
            text.push('/');
        }
        if part != Component::RootDir {
            text.push_str(&part.as_os_str().to_string_lossy());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_current_folder() {
        let seen = |path: &str, from: &str| relative(Path::new(path), Path::new(from));
        assert_eq!(seen("/a/b/c.tthc", "/a"), "b/c.tthc");
        assert_eq!(seen("/a/b/c.tthc", "/a/b"), "c.tthc");
        assert_eq!(seen("/a/chung/c.tthc", "/a/thủ tục"), "../chung/c.tthc");
        assert_eq!(seen("/x/c.tthc", "/a"), "/x/c.tthc");
    }
}
