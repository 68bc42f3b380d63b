//! BPMN 2.0 and its dialects: one file for each case, and one for the steps after the result.
//!
//! Made from the JSON definition. Working time is counted by us and carried as properties; what timers are given is calendar
//! time that never ends before it.

mod attributes;
mod dialect;
mod early;
mod heading;
mod language;
mod lower;
mod model;
mod notes;
mod shapes;
mod tasks;
mod variables;
mod write;

use super::json::definition::{Case, Definition, Graph, Limit};
use super::{Capabilities, Output, Target, json, ready};
use crate::diagnostic::Diagnostic;
use crate::document::words::Words;
use crate::project::Project;
use dialect::Dialect;
use tthc_grammar::keywords::Key;
use variables::Variables;

/// A join that waits for some of its branches has a gateway for every choice of them: too many of many branches.
const CAPABILITIES: Capabilities = Capabilities { wide_early_join: false, ..Capabilities::ALL };

/// Plain BPMN 2.0, with conditions in FEEL.
pub(super) const BPMN: Target = Target {
    name: "bpmn",
    about: ("BPMN 2.0 có hình vẽ, điều kiện viết bằng FEEL", "BPMN 2.0 with its diagram, conditions in FEEL"),
    capabilities: CAPABILITIES,
    build: |project, findings| build(project, findings, Dialect::Plain),
    schema: None,
};
/// For Camunda 7.
pub(super) const CAMUNDA7: Target = Target {
    name: "camunda7",
    about: ("BPMN cho Camunda 7", "BPMN for Camunda 7"),
    build: |project, findings| build(project, findings, Dialect::Camunda7),
    ..BPMN
};
/// For Camunda 8.
pub(super) const CAMUNDA8: Target = Target {
    name: "camunda8",
    about: ("BPMN cho Camunda 8 (Zeebe)", "BPMN for Camunda 8 (Zeebe)"),
    build: |project, findings| build(project, findings, Dialect::Camunda8),
    ..BPMN
};
/// For Flowable.
pub(super) const FLOWABLE: Target = Target {
    name: "flowable",
    about: ("BPMN cho Flowable", "BPMN for Flowable"),
    build: |project, findings| build(project, findings, Dialect::Flowable),
    ..BPMN
};
/// For SpiffWorkflow.
pub(super) const SPIFF: Target = Target {
    name: "spiff",
    about: ("BPMN cho SpiffWorkflow", "BPMN for SpiffWorkflow"),
    build: |project, findings| build(project, findings, Dialect::Spiff),
    ..BPMN
};
/// For bpmn-engine.
pub(super) const BPMN_ENGINE: Target = Target {
    name: "bpmn-engine",
    about: ("BPMN cho bpmn-engine (Node.js)", "BPMN for bpmn-engine (Node.js)"),
    build: |project, findings| build(project, findings, Dialect::Engine),
    ..BPMN
};

fn build(project: &Project, findings: &[Diagnostic], dialect: Dialect) -> Vec<Output> {
    let mut outputs = Vec::new();
    for (name, procedure) in ready::procedures(project, findings) {
        let definition = json::definition(project, procedure);
        for (case, said) in definition.cases.iter().zip(&procedure.cases) {
            let words = Words::of(&project.model, procedure, &said.flow);
            let shares = said.data.shares.iter().map(|(_, limit)| limit);
            let all = said.data.limits.iter().chain(&said.data.statutory).chain(shares);
            let conditions = all.map(|limit| limit.guard.as_ref().map(|guard| words.guard(guard)));
            let limits = case.limits.iter().chain(&case.statutory_limits).chain(&case.shares);
            let limits = limits.zip(conditions).collect();
            let case_when = said.guard.as_ref().map(|guard| words.guard(guard));
            let source = Source { definition: &definition, case, case_when, limits };
            let name = case.id.as_ref().map_or(name.clone(), |case| format!("{name}.{case}"));
            outputs.extend(written(&source, &case.graph, name.clone(), dialect));
            if let Some(after) = &case.follow_up {
                outputs.extend(written(&source, after, format!("{name}.sau_khi_trả_kết_quả"), dialect));
            }
        }
    }
    outputs
}

/// What a process is made from.
struct Source<'d> {
    definition: &'d Definition,
    case: &'d Case,
    /// For which dossiers the case is, in words.
    case_when: Option<String>,
    /// The limits, those of the law and the shares of agencies, each with the words of its condition.
    limits: Vec<(&'d Limit, Option<String>)>,
}

/// None where no rule was asked and there are too many choices of branches.
fn written(source: &Source<'_>, graph: &Graph, name: String, dialect: Dialect) -> Option<Output> {
    let Source { definition, case, .. } = *source;
    if early::has_too_many_choices(graph) {
        return None;
    }
    let mut variables = Variables::default();
    let mut process = lower::lower(definition, graph, dialect, &mut variables);
    let label = &definition.procedure.label;
    process.label = case.label.as_ref().map_or(label.clone(), |case| format!("{label} – {case}"));
    process.documentation = definition.procedure.documentation.clone();
    process.properties = properties(source, &mut variables);
    let path = format!("{name}.bpmn");
    process.name = name;
    Some(Output { path, bytes: write::document(&process, dialect, &mut variables) })
}

fn properties(source: &Source<'_>, variables: &mut Variables) -> Vec<(&'static str, String)> {
    let Source { definition, case, .. } = *source;
    let procedure = &definition.procedure;
    let mut all = vec![("procedure", procedure.id.clone())];
    let own = case.otherwise.as_ref();
    let code = own.and_then(|own| own.code.as_ref()).or(procedure.code.as_ref());
    all.extend(code.map(|code| ("code", code.clone())));
    all.extend(case.id.iter().map(|case| ("case", case.clone())));
    all.extend(source.case_when.iter().map(|when| ("caseWhen", when.clone())));
    all.extend(procedure.shared_process.iter().map(|process| ("sharedProcess", process.clone())));
    let guarded = source.limits.iter().filter_map(|(limit, condition)| Some((limit, condition.as_deref()?)));
    let whose = |limit: &Limit| match &limit.agency {
        Some(agency) => format!("{} {agency}: ", Key::ShareOf.phrase()),
        None if case.limits.iter().any(|own| std::ptr::eq(own, limit)) => String::new(),
        None => format!("{}: ", Key::StatutoryLimit.phrase()),
    };
    all.extend(guarded.map(|(limit, condition)| notes::limit(&whose(limit), limit, condition)));
    let unguarded = |limit: &&Limit| limit.guard.is_none();
    if let Some(duration) = case.limits.iter().find(unguarded).and_then(|limit| limit.duration.as_ref()) {
        all.push(("limit", duration.text.clone()));
        all.push(("limitWorkingMinutes", duration.working_minutes.to_string()));
        all.push(("limitCalendarMinutes", duration.calendar_minutes.to_string()));
    }
    let general = definition.calendars.first().map(|calendar| &calendar.id);
    let calendar = own.and_then(|own| own.calendar.as_ref()).or(general);
    all.extend(calendar.map(|calendar| ("calendar", calendar.clone())));
    for field in &definition.fields {
        all.push(("field", format!("{}={}", variables.field(&field.id), field.id)));
    }
    all.extend(notes::process(definition, case, variables));
    all.extend(heading::heading(definition, case));
    all.extend(attributes::attributes(definition, case));
    all
}
