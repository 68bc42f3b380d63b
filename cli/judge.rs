//! Judges what was asked for a few files at a time: however large a province is, little of it is held in memory.

use crate::console::{Console, Failure};
use crate::day::Day;
use crate::files::{self, Input, find_below, read_file, rest_of_project, source_path, unreadable};
use crate::progress::Progress;
use crate::render::Texts;
use crate::settings;
use crate::workspace::relative;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::batch::{self, Batches, Judged};
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::library;
use tthc_compiler::project::ParsedFile;
use tthc_compiler::source::{FileId, Source};

/// What was found in the files of one project that were asked for.
pub struct Found {
    root: PathBuf,
    given: BTreeMap<String, Given>,
    judged: Judged,
}

struct Given {
    input: Input,
    /// Standard input can be read but once.
    stdin: Option<Vec<u8>>,
}

/// Judges the files that the paths name, project by project.
pub fn judge(paths: &[PathBuf], day: &Day, console: &Console, progress: &Progress) -> Result<Vec<Found>, Failure> {
    let inputs = files::asked(paths, console)?;
    inputs.into_iter().map(|(root, inputs)| judge_one(root, inputs, day, progress)).collect()
}

fn judge_one(root: PathBuf, inputs: BTreeSet<Input>, day: &Day, progress: &Progress) -> Result<Found, Failure> {
    let settings = day.of(settings::load(&root)?);
    let mut given = BTreeMap::new();
    for input in inputs {
        let stdin = if input.stdin { Some(input.bytes()?) } else { None };
        given.insert(source_path(&root, &input.path), Given { input, stdin });
    }
    let mut paths: BTreeSet<String> = given.keys().cloned().collect();
    // A text on standard input often is a newer version of a file, which must not stand beside it.
    if given.values().all(|given| given.stdin.is_none()) {
        paths.extend(rest_of_project(&root)?);
    }
    progress.expect(paths.len());
    let load = |path: &str| -> Result<Option<Arc<ParsedFile>>, Failure> {
        let bytes = match given.get(path) {
            Some(Given { stdin: Some(bytes), .. }) => bytes.clone(),
            Some(Given { input, .. }) => input.bytes()?,
            None => {
                let Some(place) = find_below(&root, path) else { return Ok(None) };
                read_file(&place).map_err(|error| unreadable(&place, &error))?
            }
        };
        progress.step();
        Ok(Some(Arc::new(ParsedFile::new(path, &bytes))))
    };
    let wanted = |path: &str| given.contains_key(path);
    let judged =
        Batches { paths: &paths, wanted: &wanted, settings: &settings, load: &load, size: batch::USUAL }.judge()?;
    Ok(Found { root, given, judged })
}

impl Found {
    /// What was found.
    pub fn take(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.judged.findings)
    }
}

impl Texts for Found {
    fn given_files(&self) -> usize {
        self.given.len()
    }

    fn source(&self, file: FileId) -> &Source {
        self.judged.source(file)
    }

    fn shown_path(&self, file: FileId, current: &Path) -> String {
        let path = &self.source(file).path;
        match self.given.get(path) {
            Some(Given { stdin: Some(_), .. }) => "-".to_string(),
            Some(given) => relative(&given.input.path, current),
            None if library::is_library(file) => path.clone(),
            None => find_below(&self.root, path).map_or_else(|| path.clone(), |place| relative(&place, current)),
        }
    }
}
