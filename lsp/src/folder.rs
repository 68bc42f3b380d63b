//! A project as it lies on the disk: interfaces of all files, trees only as long as somebody works with them.

use crate::Disk;
use crate::state::Document;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tthc_compiler::diagnostic::Message;
use tthc_compiler::editor::outline;
use tthc_compiler::interface::{Index, Interface};
use tthc_compiler::project::{ParsedFile, Settings};
use tthc_grammar::names::fold;

/// A project on the disk.
pub struct Folder {
    /// Where it lies.
    pub root: PathBuf,
    /// What it sets.
    pub settings: Arc<Settings>,
    /// Why its settings could not be read.
    pub complaint: Option<Message>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    entries: BTreeMap<String, Entry>,
    /// Counts what happened to the entries.
    changes: u64,
    /// Of the closed files.
    closed: Option<Closed>,
    index: Option<Cached>,
}

/// The index over the disk without the files of open documents.
struct Closed {
    changes: u64,
    open: Vec<String>,
    index: Index,
}

struct Entry {
    interface: Interface,
    inner: Box<str>,
    /// The tree, as long as a remembered project holds it: what others import is in all of them.
    file: Weak<ParsedFile>,
}

/// The index over the disk and the open documents.
struct Cached {
    changes: u64,
    open: Vec<(String, Interface)>,
    index: Arc<Index>,
}

impl Folder {
    /// Reads a project; `read` is called after every so many files with how many there are.
    pub fn load(disk: &dyn Disk, root: &Path, read: impl Fn(usize, usize) + Sync) -> Folder {
        let (settings, complaint) = match disk.settings(root) {
            Ok(settings) => (settings, None),
            Err(complaint) => (Settings::default(), Some(complaint)),
        };
        let paths = disk.files(root);
        let mut entries = BTreeMap::new();
        for (number, some) in paths.chunks(CHUNK).enumerate() {
            read(number * CHUNK, paths.len());
            let read = some.par_iter().filter_map(|path| Some((path.clone(), Entry::read(disk, root, path)?.0)));
            entries.par_extend(read);
        }
        let known = Mutex::new(Known { entries, ..Known::default() });
        Folder { root: root.to_path_buf(), settings: Arc::new(settings), complaint, known }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file on the disk has come, changed or gone.
    pub fn refresh(&self, disk: &dyn Disk, path: &str) {
        let entry = Entry::read(disk, &self.root, path);
        let mut known = self.known();
        known.changes += 1;
        match entry {
            Some((entry, _)) => drop(known.entries.insert(path.to_string(), entry)),
            None => drop(known.entries.remove(path)),
        }
    }

    /// Who needs whom, the open documents in the place of their files.
    pub fn index(&self, open: &BTreeMap<String, &Document>) -> Arc<Index> {
        let mut known = self.known();
        let changes = known.changes;
        let is_current =
            |cached: &&Cached| {
                cached.changes == changes
                    && cached.open.len() == open.len()
                    && cached.open.iter().zip(open).all(|((path, interface), (other, document))| {
                        path == other && interface == document.interface()
                    })
            };
        if let Some(cached) = known.index.as_ref().filter(is_current) {
            return cached.index.clone();
        }
        let opened = open.iter().map(|(path, document)| (path.as_str(), document.interface()));
        let index = Arc::new(known.closed(open).with(opened));
        let open = open.iter().map(|(path, document)| (path.clone(), document.interface().clone())).collect();
        known.index = Some(Cached { changes, open, index: index.clone() });
        index
    }

    /// The files inside which something answers to folded words, the open documents left out.
    pub fn naming(&self, words: &str, open: &BTreeMap<String, &Document>) -> Vec<String> {
        let known = self.known();
        let closed = known.entries.iter().filter(|(path, _)| !open.contains_key(*path));
        closed.filter(|(_, entry)| entry.inner.contains(words)).map(|(path, _)| path.clone()).collect()
    }

    /// The files of these paths, read where they are not at hand; and whether some were not known before.
    pub fn files(&self, disk: &dyn Disk, paths: &[String]) -> (Vec<Arc<ParsedFile>>, bool) {
        let at_hand: Vec<Option<Arc<ParsedFile>>> = {
            let known = self.known();
            paths.iter().map(|path| known.entries.get(path)?.file.upgrade()).collect()
        };
        let read: Vec<(&String, Arc<ParsedFile>, Option<Entry>)> = paths
            .par_iter()
            .zip(at_hand)
            .filter_map(|(path, file)| match file {
                Some(file) => Some((path, file, None)),
                None => {
                    let (entry, file) = Entry::read(disk, &self.root, path)?;
                    Some((path, file, Some(entry)))
                }
            })
            .collect();
        let mut known = self.known();
        let mut fresh = false;
        let mut files = Vec::with_capacity(read.len());
        for (path, file, entry) in read {
            files.push(file);
            let Some(entry) = entry else { continue };
            match known.entries.get_mut(path) {
                Some(before) => before.file = entry.file,
                None => {
                    known.entries.insert(path.clone(), entry);
                    fresh = true;
                }
            }
        }
        known.changes += u64::from(fresh);
        (files, fresh)
    }
}

/// What is declared inside what stands at the top of a file, as it is looked for: a name or label a line.
pub fn inner_names(file: &ParsedFile) -> String {
    let items = outline::outline(&file.tree);
    let mut names = String::new();
    for item in items.iter().flat_map(|item| outline::flat(&item.children)) {
        for text in item.label.iter().chain([&item.name]) {
            names.push_str(&fold(text).to_lowercase());
            names.push('\n');
        }
    }
    names
}

impl Known {
    /// The many files that are not open: made anew only when others are opened or the disk changes.
    fn closed(&mut self, open: &BTreeMap<String, &Document>) -> &Index {
        let changes = self.changes;
        let is_current = |closed: &Closed| closed.changes == changes && closed.open.iter().eq(open.keys());
        let closed = self.closed.take().filter(is_current).unwrap_or_else(|| {
            let closed = self.entries.iter().filter(|(path, _)| !open.contains_key(*path));
            let index = Index::of(closed.map(|(path, entry)| (path.as_str(), &entry.interface)));
            Closed { changes, open: open.keys().cloned().collect(), index }
        });
        &self.closed.insert(closed).index
    }
}

/// Files between two reports of progress.
const CHUNK: usize = 256;

impl Entry {
    fn read(disk: &dyn Disk, root: &Path, path: &str) -> Option<(Entry, Arc<ParsedFile>)> {
        let file = Arc::new(ParsedFile::new(path, &disk.read(root, path)?));
        let (interface, inner) = (Interface::of(&file), inner_names(&file).into());
        Some((Entry { interface, inner, file: Arc::downgrade(&file) }, file))
    }
}
