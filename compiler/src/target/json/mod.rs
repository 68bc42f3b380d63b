//! The JSON definition: all that a program needs to run the process.
//!
//! One file per procedure. The types are in [`definition`]; the JSON Schema is made from them.

mod analysis;
mod data;
pub mod definition;
mod definition_analysis;
mod definition_case;
mod definition_graph;
mod flow;

use super::{Capabilities, Output, Target, ready};
use crate::diagnostic::Diagnostic;
use crate::model::procedure::Procedure;
use crate::project::Project;

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
    let written = |(name, procedure)| {
        let mut text = serde_json::to_string_pretty(&definition(project, procedure)).ok()?;
        text.push('\n');
        Some(Output { path: format!("{name}.json"), bytes: text.into_bytes() })
    };
    ready::procedures(project, findings).into_iter().filter_map(written).collect()
}

/// The definition of a procedure; other targets are made from it.
pub(crate) fn definition(project: &Project, procedure: &Procedure) -> definition::Definition {
    data::definition(project, procedure)
}

fn schema() -> String {
    super::schema_of::<definition::Definition>()
}
