//! What the compiler has to say: one type, read by every renderer.

use crate::source::{FileId, Place};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Must be mended: nothing is built from the declaration.
    Error,
    /// Should be looked at.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// `error`, `warning`, `note`: as in pages, settings and machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Message {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Message {
    /// The sentence in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }
}

/// A sentence in both languages: Vietnamese, English.
pub fn say(vi: impl Into<String>, en: impl Into<String>) -> Message {
    Message { vi: vi.into(), en: en.into() }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// `T101`
    pub code: &'static str,
    /// `unknown-name`
    pub name: &'static str,
    /// How bad.
    pub severity: Severity,
    /// One sentence: what is wrong, in the user's words.
    pub message: Message,
    /// Where.
    pub place: Place,
    /// Other places that it rests on, each with a word.
    pub labels: Vec<(Place, Message)>,
    /// What to do.
    pub help: Option<Message>,
    /// The path of steps that leads there, by their ids.
    pub witness: Vec<String>,
    /// The procedure, process or part it stands in.
    pub procedure: Option<String>,
    /// The article of law it rests on.
    pub basis: Option<&'static str>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
    /// Says that nothing in the project does something, such as use a name: who has seen a part of the project cannot
    /// know it.
    pub absence: Option<Absence>,
    /// Stands as it is, whatever the project or the file says of its rule: nothing can be built in spite of it.
    pub firm: bool,
}

/// What it takes to say that nothing in the project does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Where the same said of something larger makes it go without saying.
    pub part_of: Option<Place>,
    /// Something else that has been said makes it go without saying; known, but not to be told.
    pub untold: bool,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does.
    pub title: Message,
    /// Does not change what the file means, so `check --fix` may apply it.
    pub safe: bool,
    /// The changes; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Replaces the words at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub place: Place,
    /// What comes.
    pub text: String,
}

impl Diagnostic {
    /// A finding of a rule at a place.
    pub fn new(rule: &crate::rules::Rule, place: Place, message: Message) -> Diagnostic {
        Diagnostic {
            code: rule.code,
            name: rule.name,
            severity: rule.severity,
            message,
            place,
            labels: Vec::new(),
            help: None,
            witness: Vec::new(),
            procedure: None,
            basis: None,
            fixes: Vec::new(),
            absence: None,
            firm: false,
        }
    }

    /// Says that nothing in the project does something.
    pub fn absence(self, part_of: Option<Place>) -> Self {
        Diagnostic { absence: Some(Absence { part_of, untold: false }), ..self }
    }

    /// Makes it stand whatever is said of its rule.
    pub(crate) fn firm(self) -> Self {
        Diagnostic { firm: true, ..self }
    }

    /// Adds a place that it rests on.
    pub fn label(mut self, place: Place, message: Message) -> Self {
        self.labels.push((place, message));
        self
    }

    /// Says what to do.
    pub fn help(mut self, message: Message) -> Self {
        self.help = Some(message);
        self
    }

    /// Whether it is known, but not to be told.
    pub(crate) fn is_untold(&self) -> bool {
        self.absence.as_ref().is_some_and(|absence| absence.untold)
    }

    /// The files that it speaks of, some more than once.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        let labels = self.labels.iter().map(|(place, _)| *place);
        let edits = self.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.place);
        std::iter::once(self.place).chain(labels).chain(edits).map(|place| place.file)
    }

    /// The same, to be numbered anew.
    pub(crate) fn files_mut(&mut self) -> impl Iterator<Item = &mut FileId> {
        let labels = self.labels.iter_mut().map(|(place, _)| place);
        let edits = self.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.place);
        let part_of = self.absence.iter_mut().flat_map(|absence| &mut absence.part_of);
        std::iter::once(&mut self.place).chain(labels).chain(edits).chain(part_of).map(|place| &mut place.file)
    }

    /// Offers a fix of one edit.
    pub fn fix(mut self, title: Message, safe: bool, place: Place, text: impl Into<String>) -> Self {
        self.fixes.push(Fix { title, safe, edits: vec![Edit { place, text: text.into() }] });
        self
    }
}
