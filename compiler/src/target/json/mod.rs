//! The JSON definition: all that a program needs to run the process.
//!
//! One file per procedure. The types are in [`definition`]; the JSON Schema is made from them.

mod data;
pub mod definition;
mod definition_graph;
mod flow;

use super::{Capabilities, Output, Target};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::procedure::Procedure;
use crate::project::Project;
use crate::source::{FileId, Place};
use std::collections::{HashMap, HashSet};

/// The target.
pub(super) const TARGET: Target = Target {
    name: "json",
    about: (
        "Định nghĩa quy trình dạng JSON, kèm lược đồ công bố",
        "The process definition as JSON, with a published schema",
    ),
    capabilities: Capabilities::ALL,
    build,
    schema: Some(schema),
};

fn build(project: &Project, findings: &[Diagnostic]) -> Vec<Output> {
    let errors = Errors::of(project, findings);
    let mut outputs = Vec::new();
    let mut paths: HashSet<String> = HashSet::new();
    for procedure in &project.model.procedures {
        let unfinished = procedure.cases.iter().all(|case| case.flow.body.is_empty());
        if unfinished || errors.concern(procedure) {
            continue;
        }
        let definition = data::definition(project, procedure);
        let Ok(mut text) = serde_json::to_string_pretty(&definition) else { continue };
        text.push('\n');
        let name = &procedure.named.name;
        let mut path = format!("{name}.json");
        // Two files may each have a procedure of this name.
        for number in 2.. {
            if paths.insert(path.clone()) {
                break;
            }
            path = format!("{name}-{number}.json");
        }
        outputs.push(Output { path, bytes: text.into_bytes() });
    }
    outputs
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
            if !owners.get(&place.file).is_some_and(|owners| owners.iter().any(|owner| holds(owner, &place))) {
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
            .any(|place| self.all.get(&place.file).is_some_and(|errors| errors.iter().any(|error| holds(place, error))))
            || self.outside.contains_key(&file)
            || self.sight.get(&file).is_some_and(|sight| sight.iter().any(|file| self.outside.contains_key(file)))
    }
}

fn holds(outer: &Place, inner: &Place) -> bool {
    outer.file == inner.file && outer.span.start <= inner.span.start && inner.span.start <= outer.span.end
}

fn schema() -> String {
    // Of what is written: a field that may be left out is not required, one that is always there is.
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<definition::Definition>();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
