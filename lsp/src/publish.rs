//! The one task that tells the editor what is found: always of the newest state, so that what comes in while it
//! works is looked at together. The file at hand comes first; one that thousands use waits until typing pauses, and
//! is given up when it goes on.

use crate::features::diagnostics;
use crate::shared::Shared;
use crate::state::State;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tower_lsp::Client;
use tower_lsp::ls_types::{Diagnostic, MessageType, ProgressToken, Uri};
use tthc_compiler::diagnostic::{Message, say};

/// That typing pauses.
const PAUSE: Duration = Duration::from_millis(300);

/// What was last told about each document.
#[derive(Default)]
#[allow(clippy::mutable_key_type)]
struct Told {
    diagnostics: BTreeMap<Uri, (Option<i32>, Vec<Diagnostic>)>,
    complaint: Option<Message>,
}

/// Publishes whenever something has changed, for ever.
pub async fn publish(shared: Arc<Shared>, client: Client) {
    let mut told = Told::default();
    shared.changed.notified().await;
    loop {
        let state = {
            let mut state = shared.state();
            let seen = state.clone();
            state.closed.clear();
            Arc::new(seen)
        };
        for uri in &state.closed {
            shared.wide.forget(uri);
            if !state.documents.contains_key(uri) && told.diagnostics.remove(uri).is_some() {
                client.publish_diagnostics(uri.clone(), Vec::new(), None).await;
            }
        }
        load(&shared, &state, &client).await;
        complain(&shared, &state, &client, &mut told).await;
        if look(&shared, &state, &client, &mut told).await {
            refresh(&state, &client);
            shared.changed.notified().await;
        }
    }
}

/// Judges every open document; answers whether it came to the end before something changed.
async fn look(shared: &Arc<Shared>, state: &Arc<State>, client: &Client, told: &mut Told) -> bool {
    let is_current = || shared.state().generation == state.generation;
    let mut uris: Vec<&Uri> = state.documents.keys().collect();
    uris.sort_by_key(|uri| Some(*uri) != state.latest.as_ref());
    let mut later = Vec::new();
    for (number, uri) in uris.into_iter().enumerate() {
        // At least the document at hand is judged, however fast its author types.
        if number > 0 && !is_current() {
            return false;
        }
        match judge(shared, state, uri).await {
            Some(found) => tell(client, told, state, uri, found).await,
            None => later.push(uri),
        }
    }
    if later.is_empty() {
        return is_current();
    }
    tokio::select! {
        () = tokio::time::sleep(PAUSE) => {}
        () = shared.changed.notified() => return false,
    }
    for uri in later {
        // What is given up notices so by itself, and meanwhile nobody waits for it.
        let found = tokio::select! {
            found = judge_wide(shared, state, uri) => found,
            () = shared.changed.notified() => return false,
        };
        if let Some(found) = found {
            tell(client, told, state, uri, found).await;
        }
    }
    is_current()
}

/// What is found in a document that few files rest on; none of another.
async fn judge(shared: &Arc<Shared>, state: &Arc<State>, uri: &Uri) -> Option<Vec<Diagnostic>> {
    let (shared, state, uri) = (shared.clone(), state.clone(), uri.clone());
    let work = move || {
        let document = state.documents.get(&uri)?;
        let view = (!shared.is_wide(&state, document)).then(|| shared.view(&state, &uri))?;
        view.map(|view| diagnostics::diagnostics(&view))
    };
    // Should a check panic, the next change is checked again.
    tokio::task::spawn_blocking(work).await.ok().flatten()
}

/// What is found in a document that many files rest on; none where something changes meanwhile.
async fn judge_wide(shared: &Arc<Shared>, state: &Arc<State>, uri: &Uri) -> Option<Vec<Diagnostic>> {
    let (shared, state, uri) = (shared.clone(), state.clone(), uri.clone());
    let work = move || {
        shared.judge_wide(&state, &uri, &|| shared.state().generation == state.generation)?;
        shared.view(&state, &uri).map(|view| diagnostics::diagnostics(&view))
    };
    tokio::task::spawn_blocking(work).await.ok().flatten()
}

async fn tell(client: &Client, told: &mut Told, state: &State, uri: &Uri, found: Vec<Diagnostic>) {
    let version = state.documents.get(uri).map(|document| document.version);
    let known = told.diagnostics.insert(uri.clone(), (version, found.clone()));
    if known.is_none_or(|known| known != (version, found.clone())) {
        client.publish_diagnostics(uri.clone(), found, version).await;
    }
}

/// Reads the projects that have not been read yet, with progress.
async fn load(shared: &Arc<Shared>, state: &Arc<State>, client: &Client) {
    for root in roots(shared, state).into_iter().filter(|root| !shared.is_loaded(root)) {
        let token = ProgressToken::String(format!("tthc/{}", root.display()));
        let shown = state.abilities.progress && client.create_work_done_progress(token.clone()).await.is_ok();
        let title = say("Đọc dự án", "Reading the project").in_language(shared.language).to_string();
        let progress = match shown {
            true => Some(client.progress(token, title).with_percentage(0).begin().await),
            false => None,
        };
        let (sender, mut read) = tokio::sync::mpsc::unbounded_channel();
        let loading = {
            let (shared, root) = (shared.clone(), root.clone());
            tokio::task::spawn_blocking(move || {
                // Where nobody listens any more, nobody has to be told.
                shared.folder(&root, |done, of| sender.send(done * 100 / of.max(1)).unwrap_or_default());
            })
        };
        while let Some(percentage) = read.recv().await {
            if let Some(progress) = &progress {
                progress.report(percentage as u32).await;
            }
        }
        // A panic is the next request's to find.
        loading.await.unwrap_or_default();
        if let Some(progress) = progress {
            progress.finish().await;
        }
    }
}

/// The projects of open documents and folders.
fn roots(shared: &Shared, state: &State) -> Vec<PathBuf> {
    let mut roots: Vec<PathBuf> = state.documents.values().filter_map(|document| document.root.clone()).collect();
    roots.extend(state.folders.iter().map(|folder| shared.disk.locate(&folder.join("tthc.toml"), &state.folders).0));
    roots.sort();
    roots.dedup();
    roots
}

/// Says once what is wrong with the settings.
async fn complain(shared: &Arc<Shared>, state: &State, client: &Client, told: &mut Told) {
    let complaint = shared.roots().iter().find_map(|folder| {
        let in_use = state.documents.values().any(|document| document.root.as_ref() == Some(&folder.root));
        folder.complaint.clone().filter(|_| in_use)
    });
    if complaint != told.complaint {
        if let Some(complaint) = &complaint {
            client.show_message(MessageType::ERROR, complaint.in_language(shared.language)).await;
        }
        told.complaint = complaint;
    }
}

/// Hints and lenses of one file rest on others, which may have changed.
fn refresh(state: &State, client: &Client) {
    if state.documents.len() < 2 {
        return;
    }
    let (abilities, client) = (state.abilities, client.clone());
    // Not waited for: an editor may answer after its next keystroke.
    tokio::spawn(async move {
        if abilities.refresh_hints {
            drop(client.inlay_hint_refresh().await);
        }
        if abilities.refresh_lenses {
            drop(client.code_lens_refresh().await);
        }
    });
}
