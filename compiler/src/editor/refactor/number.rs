//! Number the steps: every step of a process gets its place in the table for a name, and what refers to it follows.

use super::{Asked, Kind, Refactoring, referring};
use crate::diagnostic::{Edit, say};
use crate::editor::names;
use crate::model::flow::{Flow, Step};
use crate::project::Project;

pub fn offer(asked: &Asked<'_>) -> Option<Refactoring> {
    let cases = asked.project.model.procedures.iter().flat_map(|procedure| &procedure.cases);
    let here =
        |flow: &&Flow| flow.place.is_some_and(|place| place.file == asked.file && place.span.holds(asked.selected));
    let flow = cases.map(|case| &case.flow).find(here)?;
    let mut edits = Vec::new();
    for (step, number) in flow.steps.iter().zip(1..) {
        // Inserted rows belong to their part, and a call is called like what it calls.
        if step.inserted_at.is_empty() && step.call.is_none() {
            edits.extend(renamed(asked.project, step, number));
        }
    }
    let title = say(
        format!("Đánh số các bước từ 1 đến {}", flow.steps.len()),
        format!("Number the steps from 1 to {}", flow.steps.len()),
    );
    (!edits.is_empty() && asked.keeps_meaning(&edits)).then_some(Refactoring { title, kind: Kind::Rewrite, edits })
}

/// The changes that give a step its number; none where it has it, zeros before it aside.
fn renamed(project: &Project, step: &Step, number: usize) -> Vec<Edit> {
    let number = number.to_string();
    let old = step.named.name.as_str();
    if old.trim_start_matches('0') == number {
        return Vec::new();
    }
    let mut declared = number.clone();
    // What has no label is called like its name, which is lost.
    if !step.numbered && names::item(project, step.named.place).is_some_and(|item| item.label.is_none()) {
        declared.push_str(&format!(" \"{}\"", step.label));
    }
    let uses = project.names().uses(step.named.place).map(|place| {
        let source = project.source(place.file);
        // Of `II.2.1` the stage stays.
        let before = source.words(place.span).strip_suffix(old).unwrap_or_default();
        Edit { place, text: format!("{before}{}", referring(source.text.parsed(), place.span, &number)) }
    });
    uses.chain([Edit { place: step.named.place, text: declared }]).collect()
}
