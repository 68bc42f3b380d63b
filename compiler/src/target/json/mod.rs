//! The JSON definition: all that a program needs to run the process.
//!
//! One file per procedure. The types are in [`definition`]; the JSON Schema is made from them.

mod data;
pub mod definition;
mod definition_graph;
mod flow;

use super::{Output, Target};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::procedure::Procedure;
use crate::project::Project;
use crate::source::Place;
use std::collections::HashSet;

/// The target.
pub(super) const TARGET: Target = Target {
    name: "json",
    about: (
        "Định nghĩa quy trình dạng JSON, kèm lược đồ công bố",
        "The process definition as JSON, with a published schema",
    ),
    build,
    schema: Some(schema),
};

fn build(project: &Project, findings: &[Diagnostic]) -> Vec<Output> {
    let mut outputs = Vec::new();
    let mut paths: HashSet<String> = HashSet::new();
    for procedure in &project.model.procedures {
        let unfinished = procedure.cases.iter().all(|case| case.flow.body.is_empty());
        if unfinished || has_error(project, procedure, findings) {
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

/// An error in what the procedure rests on: its own text, and whatever is in no other procedure, process or part.
fn has_error(project: &Project, procedure: &Procedure, findings: &[Diagnostic]) -> bool {
    let model = &project.model;
    let holds = |outer: &Place, inner: &Place| {
        outer.file == inner.file && outer.span.start <= inner.span.start && inner.span.start <= outer.span.end
    };
    let own: Vec<&Place> = std::iter::once(&procedure.declaration).chain(&procedure.rests_on).collect();
    let everything = model.procedures.iter().map(|other| &other.declaration);
    let everything = everything.chain(model.processes.iter().map(|other| &other.declaration));
    let everything: Vec<&Place> = everything.chain(model.parts.iter().map(|other| &other.declaration)).collect();
    let sight: HashSet<_> = model
        .imports
        .iter()
        .filter(|import| import.place.file == procedure.declaration.file)
        .flat_map(|import| &import.brings)
        .chain([&procedure.declaration.file])
        .collect();
    findings.iter().filter(|finding| finding.severity == Severity::Error).any(|finding| {
        let at = &finding.place;
        own.iter().any(|place| holds(place, at))
            || (sight.contains(&at.file) && !everything.iter().any(|place| holds(place, at)))
    })
}

fn schema() -> String {
    let schema = schemars::schema_for!(definition::Definition);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
