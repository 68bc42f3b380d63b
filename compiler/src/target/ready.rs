//! Which procedures are built: those with steps, on whose text no error rests.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::procedure::Procedure;
use crate::project::Project;
use crate::source::{FileId, Place};
use std::collections::{HashMap, HashSet};

/// The procedures to build, each with the name of its file, which no other has.
pub(crate) fn procedures<'p>(project: &'p Project, findings: &[Diagnostic]) -> Vec<(String, &'p Procedure)> {
    let errors = Errors::of(project, findings);
    let mut ready = Vec::new();
    let mut names: HashSet<String> = HashSet::new();
    for procedure in &project.model.procedures {
        let unfinished = procedure.cases.iter().all(|case| case.flow.body.is_empty());
        if unfinished || errors.concern(procedure) {
            continue;
        }
        let name = &procedure.named.name;
        let mut unique = name.clone();
        // Two files may each have a procedure of this name.
        for number in 2.. {
            if names.insert(unique.clone()) {
                break;
            }
            unique = format!("{name}-{number}");
        }
        // Named among all, so that a procedure is called the same whatever is built beside it.
        let path = &project.source(procedure.declaration.file).path;
        if project.settings.built.as_ref().is_none_or(|built| built.contains(path)) {
            ready.push((unique, procedure));
        }
    }
    ready
}

/// Where errors stand: in a procedure, process or part, or outside of all of them.
struct Errors {
    /// By file.
    all: HashMap<FileId, Vec<Place>>,
    /// Those in no procedure, process or part, by file.
    outside: HashMap<FileId, Vec<Place>>,
    /// Files that a file sees.
    sight: HashMap<FileId, HashSet<FileId>>,
}

impl Errors {
    fn of(project: &Project, findings: &[Diagnostic]) -> Errors {
        let model = &project.model;
        let mut owners: HashMap<FileId, Vec<Place>> = HashMap::new();
        let declared = model.procedures.iter().map(|other| other.declaration);
        let declared = declared.chain(model.processes.iter().map(|other| other.declaration));
        for place in declared.chain(model.parts.iter().map(|other| other.declaration)) {
            owners.entry(place.file).or_default().push(place);
        }
        let mut errors = Errors { all: HashMap::new(), outside: HashMap::new(), sight: HashMap::new() };
        for place in findings.iter().filter(|finding| finding.severity == Severity::Error).map(|finding| finding.place)
        {
            errors.all.entry(place.file).or_default().push(place);
            if !owners.get(&place.file).is_some_and(|owners| owners.iter().any(|owner| owner.holds(place))) {
                errors.outside.entry(place.file).or_default().push(place);
            }
        }
        for import in &model.imports {
            errors.sight.entry(import.place.file).or_default().extend(&import.brings);
        }
        errors
    }

    /// An error in what the procedure rests on: its own text, parts and processes it uses, and in the files that
    /// it sees whatever belongs to no other procedure, process or part.
    fn concern(&self, procedure: &Procedure) -> bool {
        let own = std::iter::once(&procedure.declaration).chain(&procedure.rests_on);
        let file = procedure.declaration.file;
        own.into_iter()
            .any(|place| self.all.get(&place.file).is_some_and(|errors| errors.iter().any(|error| place.holds(*error))))
            || self.outside.contains_key(&file)
            || self.sight.get(&file).is_some_and(|sight| sight.iter().any(|file| self.outside.contains_key(file)))
    }
}
