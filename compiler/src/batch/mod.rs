//! Judges the files of a large project a few at a time.
//!
//! A province has thousands of files, and most know nothing of each other. They are parsed, judged and forgotten in
//! batches, side by side; what stays is what was found, with the texts of the files where it was found. Nothing
//! else is found than by judging all files together: `tests/batch.rs` holds the two against each other.

mod merge;
mod outcome;

use crate::diagnostic::Diagnostic;
use crate::library;
use crate::model::symbols::imported_paths;
use crate::project::{ParsedFile, Project, Settings};
use crate::source::{FileId, Source};
use outcome::Outcome;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// So many files are judged together: enough that what they share costs little, and few enough to be forgotten soon;
/// 64 took 7 % longer, for less of them fits the caches.
pub const USUAL: usize = 32;

/// A file by its path, nothing where there is none; an error ends the run.
pub type Load<'l, E> = dyn Fn(&str) -> Result<Option<Arc<ParsedFile>>, E> + Sync + 'l;

/// A project whose files are to be judged.
pub struct Batches<'b, E> {
    /// The paths of its files.
    pub paths: &'b BTreeSet<String>,
    /// The files in which findings are of interest.
    pub wanted: &'b (dyn Fn(&str) -> bool + Sync),
    /// What the project sets.
    pub settings: &'b Settings,
    /// Reads and parses.
    pub load: &'b Load<'b, E>,
    /// So many files are judged together.
    pub size: usize,
}

/// What was found in a project.
#[derive(Default)]
pub struct Judged {
    /// By file and place. The numbers of files are those of `sources`.
    pub findings: Vec<Diagnostic>,
    /// The files that findings speak of, in the order of their paths.
    pub sources: BTreeMap<FileId, Source>,
}

impl Judged {
    /// A file that a finding speaks of.
    pub fn source(&self, file: FileId) -> &Source {
        self.sources.get(&file).unwrap_or_else(|| &library::file(file).source)
    }

    /// The paths of the files of which findings speak.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.sources.values().map(|source| source.path.as_str())
    }

    /// What was found in one file, its files numbered as in a project that has them. What speaks of a file that the
    /// project has not is left out.
    pub fn found_in(&self, path: &str, project: &Project) -> Vec<Diagnostic> {
        let number = |file: FileId| match library::is_library(file) {
            true => Some(file),
            false => project.find(&self.sources.get(&file)?.path),
        };
        let here = self.findings.iter().filter(|found| self.source(found.place.file).path == path);
        here.filter_map(|found| {
            let mut found = found.clone();
            for file in found.files_mut() {
                *file = number(*file)?;
            }
            Some(found)
        })
        .collect()
    }
}

impl<E: Send> Batches<'_, E> {
    /// Judges every file. Of several errors the one is returned that comes first in the order of paths.
    pub fn judge(&self) -> Result<Judged, E> {
        let shared = Shared { load: self.load, files: Mutex::default() };
        let paths: Vec<&str> = self.paths.iter().map(String::as_str).collect();
        let size = self.size.max(1);
        let judge = |own: &[&str]| self.one(&shared, &own.iter().copied().collect());
        let mut outcomes = in_order(paths.par_chunks(size).map(judge).collect())?;
        // Only together can those be judged that bear the same code.
        let bearers = merge::bearers_of_one_code(&outcomes, size);
        let again: BTreeSet<Arc<str>> = bearers.iter().flatten().cloned().collect();
        outcomes.iter_mut().for_each(|outcome| outcome.forget(merge::ABOUT_CODES, &again));
        let judge_again = |own: &Vec<Arc<str>>| {
            let own: BTreeSet<&str> = own.iter().map(|path| &**path).collect();
            Ok(self.one(&shared, &own)?.only_about(&own))
        };
        outcomes.extend(in_order(bearers.par_iter().map(judge_again).collect())?);
        Ok(merge::merge(outcomes, self.paths))
    }

    /// Judges some files together with what they import.
    fn one(&self, shared: &Shared<E>, own: &BTreeSet<&str>) -> Result<Outcome, E> {
        let mut files: BTreeMap<String, Arc<ParsedFile>> = BTreeMap::new();
        for path in own {
            if let Some(file) = shared.own(path)? {
                files.insert(path.to_string(), file);
            }
        }
        shared.close(&mut files)?;
        let mut outcome = Outcome::of(&files, own);
        // A file that nobody asks for is of interest where it uses or repeats what another one declares.
        if files.keys().any(|path| (self.wanted)(path)) {
            let project = Project::new(files.into_values().collect(), self.settings.clone());
            outcome.judge(&project, self.wanted);
        }
        Ok(outcome)
    }
}

/// The first error in the order of the files, whatever thread met it.
fn in_order<T, E>(results: Vec<Result<T, E>>) -> Result<Vec<T>, E> {
    results.into_iter().collect()
}

/// Imported files, parsed once.
struct Shared<'l, E> {
    load: &'l Load<'l, E>,
    files: Mutex<HashMap<String, Option<Arc<ParsedFile>>>>,
}

impl<E> Shared<'_, E> {
    fn known(&self, path: &str) -> Option<Option<Arc<ParsedFile>>> {
        // A thread that panicked has left it whole: every change is one insertion.
        self.files.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    /// A file that is forgotten after its batch, unless others import it.
    fn own(&self, path: &str) -> Result<Option<Arc<ParsedFile>>, E> {
        self.known(path).map_or_else(|| (self.load)(path), Ok)
    }

    /// A file that others import.
    fn imported(&self, path: &str) -> Result<Option<Arc<ParsedFile>>, E> {
        if let Some(known) = self.known(path) {
            return Ok(known);
        }
        let file = (self.load)(path)?;
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(files.entry(path.to_string()).or_insert(file).clone())
    }

    /// Adds all that files import in turn.
    fn close(&self, files: &mut BTreeMap<String, Arc<ParsedFile>>) -> Result<(), E> {
        let mut waiting: Vec<String> = files.values().flat_map(|file| imported_paths(file)).collect();
        while let Some(path) = waiting.pop() {
            if files.contains_key(&path) {
                continue;
            }
            if let Some(file) = self.imported(&path)? {
                waiting.extend(imported_paths(&file));
                files.insert(path, file);
            }
        }
        Ok(())
    }
}
