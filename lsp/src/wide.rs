//! Documents that many files rest on, as the agencies of a province: their users are judged a few at a time and
//! forgotten, so that thousands of them take neither memory nor the editor's time.

use crate::shared::{Shared, locked, open_below};
use crate::state::{Document, State};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};
use tower_lsp::ls_types::Uri;
use tthc_compiler::batch::{Batches, Judged, USUAL};
use tthc_compiler::interface::Index;
use tthc_compiler::project::ParsedFile;

/// A document that it takes more files than these to judge is judged when typing pauses.
pub const MANY_FILES: usize = 64;

/// What is known of such documents.
#[derive(Default)]
#[allow(clippy::mutable_key_type)]
pub struct Wide {
    /// Held while one is judged: one at a time, so that the rest is not slowed down.
    alone: Mutex<()>,
    judged: Mutex<BTreeMap<Uri, Known>>,
    threads: OnceLock<Option<ThreadPool>>,
}

/// What was found, and in which text.
struct Known {
    file: Arc<ParsedFile>,
    judged: Arc<Judged>,
}

/// Nobody wants to know any more.
struct GivenUp;

impl Wide {
    /// What was found when the document was judged as it stands.
    pub fn judged(&self, uri: &Uri, document: &Document) -> Option<Arc<Judged>> {
        let judged = locked(&self.judged);
        let known = judged.get(uri).filter(|known| Arc::ptr_eq(&known.file, document.file()));
        known.map(|known| known.judged.clone())
    }

    /// The document has been closed.
    pub fn forget(&self, uri: &Uri) {
        locked(&self.judged).remove(uri);
    }

    /// Does something on half of the threads: the others are for what the editor asks meanwhile.
    fn beside<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let half = rayon::current_num_threads().div_ceil(2);
        let pool = self.threads.get_or_init(|| ThreadPoolBuilder::new().num_threads(half).build().ok());
        match pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

impl Shared {
    /// Whether it takes many files to judge a document.
    pub fn is_wide(&self, state: &State, document: &Document) -> bool {
        let Some(root) = &document.root else { return false };
        let folder = self.folder(root, |_, _| {});
        let index = folder.index(&open_below(state, root));
        index.needed(std::slice::from_ref(&document.path)).len() > MANY_FILES
    }

    /// Judges a document with all that use it; none where `goes_on` says before the end that nobody wants to know
    /// any more.
    pub fn judge_wide(&self, state: &State, uri: &Uri, goes_on: &(dyn Fn() -> bool + Sync)) -> Option<()> {
        let _alone = locked(&self.wide.alone);
        let document = state.documents.get(uri).filter(|_| goes_on())?;
        let folder = self.folder(document.root.as_ref()?, |_, _| {});
        let own = std::slice::from_ref(&document.path);
        let around = self.project(&folder, state, own, Index::rested_on);
        let open = open_below(state, &folder.root);
        let mut paths: BTreeSet<String> = folder.index(&open).needed(own);
        paths.extend(around.files.iter().map(|file| file.source.path.clone()));
        let load = |path: &str| match open.get(path) {
            _ if !goes_on() => Err(GivenUp),
            Some(document) => Ok(Some(document.file().clone())),
            None => Ok(folder.files(&*self.disk, &[path.to_string()]).0.pop()),
        };
        let wanted = |path: &str| path == document.path;
        let batches = Batches { paths: &paths, wanted: &wanted, settings: &folder.settings, load: &load, size: USUAL };
        let judged = self.wide.beside(|| batches.judge()).ok()?;
        let known = Known { file: document.file().clone(), judged: Arc::new(judged) };
        locked(&self.wide.judged).insert(uri.clone(), known);
        Some(())
    }
}
