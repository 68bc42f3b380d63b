//! What is kept of one batch when its files are forgotten.

use crate::diagnostic::Diagnostic;
use crate::interface::{Declared, Interface};
use crate::library;
use crate::model::issue::{IssueKind, What};
use crate::model::symbols::imported_path;
use crate::project::{ParsedFile, Project};
use crate::rules;
use crate::source::{FileId, Place, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tthc_grammar::names::canonical;

/// What was found in one batch.
pub(super) struct Outcome {
    /// The paths of all its files, by their numbers there.
    pub(super) paths: Vec<Arc<str>>,
    /// The files about which it has something to say.
    pub(super) about: Vec<FileId>,
    pub(super) findings: Vec<Diagnostic>,
    /// The files of which findings speak.
    pub(super) sources: Vec<(FileId, Source)>,
    /// The codes of procedures.
    pub(super) codes: Vec<(String, FileId)>,
    /// What is declared at the top of files.
    pub(super) declared: Vec<(Declared, FileId)>,
    /// What is spoken of and is not in sight.
    pub(super) missing: Vec<(Place, Missing)>,
}

/// Something that is not in sight, as it may stand in a file of another batch.
pub(super) enum Missing {
    /// A name, as it is compared.
    Name(What, String),
    /// The path of a file.
    File(String),
}

impl Outcome {
    /// What files declare, before they are judged.
    pub(super) fn of(files: &BTreeMap<String, Arc<ParsedFile>>, own: &BTreeSet<&str>) -> Outcome {
        let mut outcome = Outcome {
            paths: files.keys().map(|path| Arc::from(path.as_str())).collect(),
            about: (0..).map(FileId).take(files.len()).collect(),
            findings: Vec::new(),
            sources: Vec::new(),
            codes: Vec::new(),
            declared: Vec::new(),
            missing: Vec::new(),
        };
        for (id, (path, file)) in (0..).map(FileId).zip(files) {
            if own.contains(path.as_str()) {
                let interface = Interface::of(file);
                outcome.codes.extend(interface.codes.into_iter().map(|code| (code, id)));
                outcome.declared.extend(interface.declares.into_iter().map(|declared| (declared, id)));
            }
        }
        outcome
    }

    /// Judges the files; findings are kept in those that are wanted.
    pub(super) fn judge(&mut self, project: &Project, wanted: &dyn Fn(&str) -> bool) {
        self.findings = rules::run(project);
        self.findings.retain(|found| wanted(&project.source(found.place.file).path));
        project.try_fixes(&mut self.findings);
        let spoken_of: BTreeSet<FileId> = self.findings.iter().flat_map(Diagnostic::files).collect();
        let of_project = spoken_of.into_iter().filter(|file| !library::is_library(*file));
        self.sources = of_project.map(|file| (file, project.source(file).clone())).collect();
        for issue in &project.model.issues {
            let missing = match &issue.kind {
                IssueKind::Unknown { what, name, within: None, .. } => {
                    Some(Missing::Name(*what, canonical(name).into_owned()))
                }
                IssueKind::ImportMissing { .. } => {
                    let source = project.source(issue.place.file);
                    imported_path(&source.path, source.words(issue.place.span).trim_matches('"')).map(Missing::File)
                }
                _ => None,
            };
            self.missing.extend(missing.map(|missing| (issue.place, missing)));
        }
    }

    /// Drops what a rule says of these files: it is asked once more.
    pub(super) fn forget(&mut self, code: &str, paths: &BTreeSet<Arc<str>>) {
        let Outcome { paths: own, findings, .. } = self;
        let asked_again = |file: FileId| own.get(file.0 as usize).is_some_and(|path| paths.contains(path));
        findings.retain(|found| found.code != code || found.absence.is_some() || !asked_again(found.place.file));
    }

    /// Without what is said about other files.
    pub(super) fn only_about(mut self, own: &BTreeSet<&str>) -> Outcome {
        let Outcome { paths, about, findings, .. } = &mut self;
        about.retain(|file| own.contains(&*paths[file.0 as usize]));
        findings.retain(|found| about.binary_search(&found.place.file).is_ok());
        self
    }
}
