//! What all handlers share: the state, the projects on the disk, and the last few projects that were put together.

use crate::Disk;
use crate::folder::Folder;
use crate::state::{Document, State};
use crate::view::View;
use crate::wide::Wide;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::Notify;
use tower_lsp::ls_types::Uri;
use tthc_compiler::diagnostic::{Diagnostic, Language};
use tthc_compiler::interface::Index;
use tthc_compiler::model::issue::IssueKind;
use tthc_compiler::project::{ParsedFile, Project, Settings};

/// Projects that are remembered: one for each file that is worked on.
const REMEMBERED: usize = 8;
/// A project of more files is large: only the last one is remembered.
const LARGE: usize = 256;

/// What all handlers share.
pub struct Shared {
    state: Mutex<State>,
    /// Something has changed.
    pub changed: Notify,
    /// Documents that many files rest on.
    pub wide: Wide,
    /// Where projects lie.
    pub disk: Box<dyn Disk>,
    /// Of messages.
    pub language: Language,
    folders: Mutex<BTreeMap<PathBuf, Arc<OnceLock<Arc<Folder>>>>>,
    projects: Mutex<VecDeque<Remembered>>,
}

/// A project with what is found in it, each made when first asked for.
pub struct Checked {
    project: Project,
    findings: OnceLock<Vec<Diagnostic>>,
}

impl Checked {
    /// Everything that the rules find.
    pub fn findings(&self) -> &[Diagnostic] {
        self.findings.get_or_init(|| self.project.check())
    }
}

impl Deref for Checked {
    type Target = Project;
    fn deref(&self) -> &Project {
        &self.project
    }
}

struct Remembered {
    files: Vec<Arc<ParsedFile>>,
    settings: Arc<Settings>,
    project: Arc<OnceLock<Arc<Checked>>>,
}

/// The files that others reach.
pub type Reach = fn(&Index, &[String]) -> BTreeSet<String>;

/// The open documents of a project, by path.
pub fn open_below<'s>(state: &'s State, root: &Path) -> BTreeMap<String, &'s Document> {
    let documents = state.documents.values().filter(|document| document.root.as_deref() == Some(root));
    documents.map(|document| (document.path.clone(), document)).collect()
}

/// Takes a lock.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A handler that panicked has left it whole: every change is one assignment.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Nothing is known yet.
    pub fn new(disk: Box<dyn Disk>, language: Language) -> Shared {
        Shared {
            state: Mutex::default(),
            changed: Notify::new(),
            wide: Wide::default(),
            disk,
            language,
            folders: Mutex::default(),
            projects: Mutex::default(),
        }
    }

    /// The state.
    pub fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }

    /// Changes the state, then wakes the task that publishes.
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        state.generation += 1;
        drop(state);
        self.changed.notify_one();
    }

    /// The root of a text's project and its path there.
    pub fn locate(&self, uri: &Uri, folders: &[PathBuf]) -> (Option<PathBuf>, String) {
        let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
        match uri.to_file_path().filter(|_| is_file) {
            Some(path) => {
                let (root, path) = self.disk.locate(&path, folders);
                (Some(root), path)
            }
            None => (None, uri.path().as_str().to_string()),
        }
    }

    /// The project at a root, read when it is first asked for.
    pub fn folder(&self, root: &Path, progress: impl Fn(usize, usize) + Sync) -> Arc<Folder> {
        let slot = locked(&self.folders).entry(root.to_path_buf()).or_default().clone();
        slot.get_or_init(|| Arc::new(Folder::load(&*self.disk, root, progress))).clone()
    }

    /// The roots that have been read.
    pub fn roots(&self) -> Vec<Arc<Folder>> {
        locked(&self.folders).values().filter_map(|slot| slot.get().cloned()).collect()
    }

    /// Whether a project has been read.
    pub fn is_loaded(&self, root: &Path) -> bool {
        locked(&self.folders).get(root).is_some_and(|slot| slot.get().is_some())
    }

    /// Everything at a root is to be read anew.
    pub fn forget(&self, root: &Path) {
        locked(&self.folders).remove(root);
    }

    /// A file on the disk has come, changed or gone.
    pub fn refresh(&self, root: &Path, path: &str) {
        let slot = locked(&self.folders).get(root).cloned();
        if let Some(folder) = slot.as_ref().and_then(|slot| slot.get()) {
            folder.refresh(&*self.disk, path);
        }
    }

    /// An open document, with the project that it takes to judge it. Where that is large, the project has only what
    /// the document rests on.
    pub fn view(self: &Arc<Self>, state: &Arc<State>, uri: &Uri) -> Option<View> {
        let document = state.documents.get(uri)?;
        let wide = self.is_wide(state, document).then(|| self.wide.judged(uri, document));
        let (project, folder) = match &document.root {
            Some(root) => {
                let folder = self.folder(root, |_, _| {});
                let mut paths = vec![document.path.clone()];
                paths.extend(wide.iter().flatten().flat_map(|judged| judged.paths()).map(String::from));
                let reach = if wide.is_some() { Index::rested_on } else { Index::needed };
                (self.project(&folder, state, &paths, reach), Some(folder))
            }
            // Texts that are no files know nothing of each other.
            None => (self.remembered(vec![document.file().clone()], &Arc::default()), None),
        };
        let file = project.find(&document.path)?;
        Some(View { shared: self.clone(), state: state.clone(), project, file, folder, wide })
    }

    /// The project of the files that these reach.
    pub fn project(&self, folder: &Folder, state: &State, paths: &[String], reach: Reach) -> Arc<Checked> {
        let open = open_below(state, &folder.root);
        let mut wanted = paths.to_vec();
        loop {
            let project = self.reached(folder, &open, &wanted, reach);
            let more = self.named_elsewhere(folder, &open, &project);
            let before = wanted.len();
            wanted.extend(more.into_iter().filter(|path| project.find(path).is_none()));
            wanted.sort();
            wanted.dedup();
            if wanted.len() <= before {
                return project;
            }
        }
    }

    /// A file by itself: enough to know where things stand in it.
    pub fn alone(&self, folder: &Folder, state: &State, path: &str) -> Option<Arc<Checked>> {
        let file = match open_below(state, &folder.root).get(path) {
            Some(document) => document.file().clone(),
            None => folder.files(&*self.disk, &[path.to_string()]).0.pop()?,
        };
        let project = Project::new(vec![file], Settings::clone(&folder.settings));
        Some(Arc::new(Checked { project, findings: OnceLock::new() }))
    }

    fn reached(
        &self,
        folder: &Folder,
        open: &BTreeMap<String, &Document>,
        wanted: &[String],
        reach: Reach,
    ) -> Arc<Checked> {
        loop {
            let reached = reach(&folder.index(open), wanted);
            let (opened, closed): (Vec<String>, Vec<String>) =
                reached.into_iter().partition(|path| open.contains_key(path));
            let (mut files, fresh) = folder.files(&*self.disk, &closed);
            // What was not known before may import more.
            if fresh {
                continue;
            }
            files.extend(opened.iter().filter_map(|path| open.get(path)).map(|document| document.file().clone()));
            return self.remembered(files, &folder.settings);
        }
    }

    /// Files that declare what is missing in a project: a finding names them.
    fn named_elsewhere(&self, folder: &Folder, open: &BTreeMap<String, &Document>, project: &Checked) -> Vec<String> {
        let missing = project.model.issues.iter().filter_map(|issue| match &issue.kind {
            IssueKind::Unknown { name, within: None, .. } => Some(name),
            _ => None,
        });
        let missing: Vec<&String> = missing.collect();
        if missing.is_empty() {
            return Vec::new();
        }
        let index = folder.index(open);
        missing.into_iter().filter_map(|name| index.declares(name)).map(String::from).collect()
    }

    /// The project of just these files; several questions after one change share it.
    fn remembered(&self, mut files: Vec<Arc<ParsedFile>>, settings: &Arc<Settings>) -> Arc<Checked> {
        files.sort_by(|a, b| a.source.path.cmp(&b.source.path));
        let same = |known: &Remembered| {
            known.settings == *settings
                && known.files.len() == files.len()
                && known.files.iter().zip(&files).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        let slot = {
            let mut projects = locked(&self.projects);
            let known = projects.iter().position(same).and_then(|at| projects.remove(at));
            let remembered = known.unwrap_or_else(|| Remembered {
                files: files.clone(),
                settings: settings.clone(),
                project: Arc::default(),
            });
            let slot = remembered.project.clone();
            projects.push_front(remembered);
            let mut large = 0;
            let (kept, gone): (VecDeque<_>, VecDeque<_>) = projects.drain(..).enumerate().partition(|(at, known)| {
                let is_large = known.files.len() > LARGE;
                large += usize::from(is_large);
                *at < REMEMBERED && (!is_large || large == 1)
            });
            projects.extend(kept.into_iter().map(|(_, known)| known));
            // Thousands of files take their time to be given back, and everybody waits for this lock.
            rayon::spawn(move || drop(gone));
            slot
        };
        let checked = || {
            let project = Project::new(files, Settings::clone(settings));
            Arc::new(Checked { project, findings: OnceLock::new() })
        };
        slot.get_or_init(checked).clone()
    }
}
