//! What can be written at the cursor.

mod arguments;
mod candidates;
pub mod context;
mod places;
mod snippets;
mod statuses;
mod steps;
mod values;

use crate::diagnostic::Message;
use crate::glossary;
use crate::project::Project;
use crate::source::FileId;
use candidates::Scope;
use context::{Context, Token, phrase};
use tthc_grammar::names::fold;
use tthc_grammar::tree::Span;

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CandidateKind {
    /// A word of the language.
    Keyword,
    /// A key of `key: value`.
    Key,
    /// A value of a closed list.
    Value,
    /// A piece of text with places to fill in.
    Snippet,
    /// An agency or unit.
    Agency,
    /// A role.
    Role,
    /// A step, stage or block.
    Step,
    /// A dossier field.
    Field,
    /// An outcome of a step.
    Outcome,
    /// A form.
    Form,
    /// A procedure, process or part.
    Declaration,
    /// A path of a file.
    File,
}

/// Something that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub kind: CandidateKind,
    /// What is shown.
    pub label: String,
    /// What is written; `${1:…}` are places to fill in where it is a snippet.
    pub insert: String,
    /// It has places to fill in.
    pub snippet: bool,
    /// A word beside it.
    pub detail: Option<String>,
    /// More about it.
    pub documentation: Option<Message>,
    /// Those with less come first.
    pub rank: u8,
    /// What goes for it: the word at the cursor, with the words of the phrase before it that are written already.
    pub replace: Span,
}

impl Candidate {
    pub(super) fn new(kind: CandidateKind, label: impl Into<String>) -> Candidate {
        let label = label.into();
        let insert = label.clone();
        Candidate {
            kind,
            label,
            insert,
            snippet: false,
            detail: None,
            documentation: None,
            rank: 5,
            replace: Span::default(),
        }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    fn insert(mut self, insert: impl Into<String>) -> Self {
        self.insert = insert.into();
        self
    }
}

/// Everything that can be written at an offset of a file and begins as what is written there; `paths` tells those of
/// all files that there are.
pub fn complete(project: &Project, file: FileId, offset: u32, paths: &dyn Fn() -> Vec<String>) -> Vec<Candidate> {
    let text = project.file(file).source.text.parsed();
    let context = Context::at(text, offset);
    if context.in_comment {
        return Vec::new();
    }
    let scope = Scope::new(project, file, &context, offset);
    let offered = |context: &Context| places::candidates(&scope, context, paths);
    let (mut found, is_inside) = begun(&context, &offered);
    if !is_inside {
        let here = offered(&context).into_iter().filter_map(|candidate| matching(candidate, &context));
        let fresh: Vec<Candidate> = here.filter(|one| found.iter().all(|known| known.label != one.label)).collect();
        found.extend(fresh);
        alike(text, &mut found);
    }
    let is_word = |one: &&mut Candidate| matches!(one.kind, CandidateKind::Value | CandidateKind::Snippet);
    for candidate in found.iter_mut().filter(is_word) {
        let known = candidate.documentation.take();
        candidate.documentation = known.or_else(|| glossary::word(&candidate.label));
    }
    found
}

/// Makes all candidates replace the same words, for not every editor can do otherwise: what stands before the cursor
/// and stays is written again.
fn alike(text: &str, found: &mut [Candidate]) {
    let Some(start) = found.iter().map(|one| one.replace.start).min() else { return };
    for candidate in found.iter_mut().filter(|one| one.replace.start > start) {
        let kept = text.get(start as usize..candidate.replace.start as usize).unwrap_or_default();
        candidate.insert = format!("{kept}{}", candidate.insert);
        candidate.replace.start = start;
    }
}

/// Phrases of which the first words stand before the cursor; and whether those words say nothing without the rest.
fn begun(context: &Context, offered: &dyn Fn(&Context) -> Vec<Candidate>) -> (Vec<Candidate>, bool) {
    for words in (1..=phrase_length(context)).rev() {
        let before = context.before_last(words);
        let at = before.statement.len();
        let Some(written) = phrase(&context.statement[at..]) else { continue };
        let whole = offered(&before);
        // `quay` is nothing without `lại`, but `ngày` is a unit.
        let is_inside = whole.iter().all(|candidate| fold(&candidate.label) != fold(&written));
        let goes_on = |candidate: &&Candidate| {
            // Behind `bước` comes a name.
            let is_open = is_inside || !context.typed.is_empty() || candidate.kind != CandidateKind::Snippet;
            is_open && goes_on(candidate, &written, &context.typed)
        };
        let begun = whole.iter().filter(goes_on).cloned();
        let begun = begun.map(|mut candidate| {
            candidate.replace = Span { start: context.starts[at], end: context.replace.end };
            candidate.rank(0)
        });
        let begun: Vec<Candidate> = begun.collect();
        if !begun.is_empty() {
            return (begun, is_inside);
        }
    }
    (Vec::new(), false)
}

/// How many words before the cursor may be the beginning of a phrase; a number only where it begins the statement, as
/// in `4 tại chỗ`.
fn phrase_length(context: &Context) -> usize {
    if context.in_text {
        return 0;
    }
    let is_syllable = |(at, token): &(usize, &Token)| match token {
        Token::Word(word) => *at == 0 || word.chars().all(char::is_alphabetic),
        _ => false,
    };
    let words = context.statement.iter().enumerate().rev().take_while(is_syllable);
    words.take(context::MAX_SYLLABLES - 1).count()
}

/// Whether a phrase begins with the words before the cursor and what is typed there.
fn goes_on(candidate: &Candidate, written: &str, typed: &str) -> bool {
    use CandidateKind as C;
    let is_phrase = matches!(candidate.kind, C::Keyword | C::Key | C::Value | C::Snippet);
    is_phrase && fold(&candidate.label).to_lowercase().starts_with(&fold_all(&format!("{written} {typed}")))
}

/// Without diacritics and capitals; a blank at the end stays.
fn fold_all(text: &str) -> String {
    let blank = if text.ends_with(' ') { " " } else { "" };
    fold(text).to_lowercase() + blank
}

/// A candidate that begins as what is typed, or has a word that does; diacritics may be left out.
fn matching(mut candidate: Candidate, context: &Context) -> Option<Candidate> {
    candidate.replace = context.replace;
    let typed = fold_all(&context.typed);
    let label = fold(&candidate.label).to_lowercase();
    if label.starts_with(&typed) {
        return Some(candidate);
    }
    let mut words = label.match_indices(&typed).map(|(at, _)| label[..at].chars().next_back());
    let begins_word = words.any(|before| before.is_some_and(|before| !before.is_alphanumeric()));
    candidate.rank = candidate.rank.saturating_add(50);
    begins_word.then_some(candidate)
}
