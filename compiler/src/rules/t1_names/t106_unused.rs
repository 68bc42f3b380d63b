//! T106: declared and never used.

use crate::diagnostic::{Absence, Diagnostic, Message, Severity, say};
use crate::model::issue::{IssueKind, ValueSort};
use crate::model::organization::OrgKind;
use crate::model::{Import, Named};
use crate::project::Project;
use crate::rules::{Rule, has_unread_words};
use crate::source::{FileId, Place};
use foldhash::{HashMap, HashMapExt, HashSet};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T106", name: "unused", severity: Severity::Warning, page: include_str!("t106_unused.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    let model = &project.model;
    let usage = Usage::of(project);
    let spoken_of = |named: &Named| usage.may_be_lost(named.place.file) || spoken_of(project, &usage, named);
    for (index, org) in model.orgs.iter().enumerate() {
        if !model.uses.orgs.contains(&index) {
            let what = match org.kind {
                OrgKind::Agency => say("Cơ quan", "The agency"),
                OrgKind::Unit => say("Bộ phận", "The unit"),
                OrgKind::Role => say("Vai trò", "The role"),
            };
            // An unused agency speaks for its roles.
            let part_of = org.parent.map(|parent| model.org(parent).named.place);
            let untold = spoken_of(&org.named);
            let absence = Some(Absence { part_of, untold });
            out.push(Diagnostic { absence, ..unused(&org.named, what, Some(org.declaration)) });
        }
    }
    for (index, part) in model.parts.iter().enumerate() {
        if !model.uses.parts.contains(&index) && !spoken_of(&part.named) {
            out.push(unused(&part.named, say("Phần dùng chung", "The shared part"), Some(part.declaration)));
        }
    }
    for procedure in &model.procedures {
        for field in procedure
            .fields
            .iter()
            .filter(|field| !model.uses.fields.contains(&field.named.place) && !spoken_of(&field.named))
        {
            let mut found = unused(&field.named, say("Thông tin hồ sơ", "The dossier field"), None);
            found.procedure = Some(procedure.named.name.clone());
            out.push(found);
        }
    }
    let unused_imports = model.imports.iter().filter(|import| !usage.is_used(import));
    for import in unused_imports.filter(|import| !usage.may_be_lost(import.place.file)) {
        let message = say(
            format!("Tệp “{}” được khai “dùng” nhưng không dùng đến", import.path),
            format!("The file “{}” is imported but nothing of it is used", import.path),
        );
        let text = project.source(import.place.file).words(import.statement);
        let whole = Place { file: import.place.file, span: import.statement };
        let found = Diagnostic::new(&RULE, import.place, message).absence(None);
        // A statement with several paths loses one path by hand.
        out.push(match text.contains(',') {
            true => found,
            false => found.fix(say("Bỏ dòng này", "Take this line out"), true, whole, ""),
        });
    }
}

fn unused(named: &Named, what: Message, declaration: Option<Place>) -> Diagnostic {
    let name = &named.name;
    let message =
        say(format!("{} “{name}” không được dùng ở đâu", what.vi), format!("{} “{name}” is used nowhere", what.en));
    let found = Diagnostic::new(&RULE, named.place, message).absence(None);
    match declaration {
        Some(place) => found.fix(say("Bỏ khai báo này", "Take the declaration out"), false, place, ""),
        None => found,
    }
}

/// The second of two declarations cannot be used, and a name that is written wrong where it should be used is
/// the mistake: both have been said.
fn spoken_of(project: &Project, usage: &Usage, named: &Named) -> bool {
    let sees = |file: FileId| usage.sees(file, named.place.file);
    project.model.issues.iter().filter(|issue| sees(issue.place.file)).any(|issue| match &issue.kind {
        IssueKind::Duplicate { .. } => issue.place == named.place,
        IssueKind::Unknown { suggestions, .. } => {
            suggestions.iter().any(|name| name.split('.').next_back() == Some(named.name.as_str()))
        }
        _ => false,
    })
}

/// What stands behind an unknown key, or in quotes where names belong, is not looked up; and of two declarations that
/// imports bring, either may be meant.
fn holds_names(issue: &IssueKind) -> bool {
    matches!(
        issue,
        IssueKind::UnknownKey { .. }
            | IssueKind::WrongKind { expected: ValueSort::Names, .. }
            | IssueKind::BroughtTwice { .. }
    )
}

/// Who sees a file, and from which files everyone uses something.
struct Usage {
    /// A file → the files that import it, directly or not.
    seen_by: HashMap<FileId, HashSet<FileId>>,
    /// A file → the files of which it uses something.
    used: HashMap<FileId, HashSet<FileId>>,
    /// Files of which something could not be read: it may be a use.
    unread: HashSet<FileId>,
}

impl Usage {
    fn of(project: &Project) -> Usage {
        let mut seen_by: HashMap<FileId, HashSet<FileId>> = HashMap::new();
        for import in &project.model.imports {
            for file in &import.brings {
                seen_by.entry(*file).or_default().insert(import.place.file);
            }
        }
        let mut used: HashMap<FileId, HashSet<FileId>> = HashMap::new();
        for (user, declared) in &project.model.uses.files {
            used.entry(*user).or_default().insert(*declared);
        }
        let files = (0..).map(FileId).zip(&project.files);
        let mut unread: HashSet<FileId> = files.filter(|(_, file)| has_unread_words(file)).map(|(id, _)| id).collect();
        unread
            .extend(project.model.issues.iter().filter(|issue| holds_names(&issue.kind)).map(|issue| issue.place.file));
        Usage { seen_by, used, unread }
    }

    /// Whether what a file declares is in sight of another one, or of itself.
    fn sees(&self, file: FileId, declaring: FileId) -> bool {
        file == declaring || self.seen_by.get(&declaring).is_some_and(|seers| seers.contains(&file))
    }

    /// What a file declares or imports may be used where something could not be read.
    fn may_be_lost(&self, file: FileId) -> bool {
        let mut seers = self.seen_by.get(&file).into_iter().flatten();
        self.unread.contains(&file) || seers.any(|seer| self.unread.contains(seer))
    }

    /// An import is used where its own file, or one that sees it through that file, uses what it brings.
    fn is_used(&self, import: &Import) -> bool {
        let here = import.place.file;
        let uses = |user: &FileId| self.used.get(user).is_some_and(|declared| !declared.is_disjoint(&import.brings));
        !import.in_file_with_content
            || uses(&here)
            || self.seen_by.get(&here).is_some_and(|users| users.iter().any(uses))
    }
}
