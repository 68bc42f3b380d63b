//! T201: a step, outcome or branch that leads nowhere.

use super::lines::{Line, into_step, writing};
use crate::analysis::CaseAnalysis;
use crate::diagnostic::{Diagnostic, Fix, Severity, say};
use crate::graph::{Net, NodeKind};
use crate::model::flow::{Flow, Target};
use crate::model::procedure::{Case, Procedure};
use crate::project::Project;
use crate::rules::{self, Rule};
use crate::source::Place;
use tthc_grammar::tree::Span;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T201", name: "dead-end", severity: Severity::Error, page: include_str!("t201_dead_end.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    let broken_off: Vec<Place> = rules::broken_off(project).collect();
    for CaseAnalysis { procedure, case, net, .. } in project.analysis() {
        let procedure = &project.model.procedures[*procedure];
        let mut own = std::iter::once(&procedure.declaration).chain(&procedure.rests_on);
        if !own.any(|own| broken_off.iter().any(|place| own.holds(*place))) {
            dead_ends(project, procedure, &procedure.cases[*case], net, out);
        }
    }
}

fn dead_ends(project: &Project, procedure: &Procedure, case: &Case, net: &Net, out: &mut Vec<Diagnostic>) {
    for (node, place) in &net.dangling {
        if names_nothing(&case.flow, *place) || has_problem(project, *place) {
            continue;
        }
        let (message, witness) = match &net.graph[*node] {
            NodeKind::Step(step) | NodeKind::Choice { step, .. } => {
                let name = case.flow.full_name(*step);
                let message = say(
                    format!(
                        "Từ bước “{name}” không đi tiếp được đến đâu: quy trình hết ở đây mà chưa nói kết thúc thế nào"
                    ),
                    format!("Step “{name}” leads nowhere: the process stops here without saying how it ends"),
                );
                (message, vec![name])
            }
            _ => (
                say(
                    "Quy trình hết ở đây mà chưa nói kết thúc thế nào",
                    "The process stops here without saying how it ends",
                ),
                Vec::new(),
            ),
        };
        let mut found = Diagnostic::new(&RULE, *place, message).help(say(
            "Bước cuối ghi “loại: trả kết quả” hoặc “kết thúc: trả kết quả”; hướng xử lý cuối ghi “-> kết thúc …”",
            "Give the last step “loại: trả kết quả” or “kết thúc: trả kết quả”; the last outcome “-> kết thúc …”",
        ));
        found.fixes = endings(project, case, &net.graph[*node], *place);
        found.witness = witness;
        found.procedure = Some(procedure.named.name.clone());
        out.push(found);
    }
}

/// Ways to say how it ends.
fn endings(project: &Project, case: &Case, node: &NodeKind, place: Place) -> Vec<Fix> {
    let (NodeKind::Step(step) | NodeKind::Choice { step, .. }) = node else { return Vec::new() };
    let step = case.flow.step(*step);
    if place == step.head {
        const END: &str = "kết thúc: trả kết quả";
        return into_step(project, step, END).map(|edit| writing(END, vec![edit])).into_iter().collect();
    }
    let line = Line::read(project, place).filter(|line| line.target() == "tiếp" && step.inserted_at.is_empty());
    let ends = ["kết thúc trả kết quả", "kết thúc từ chối giải quyết"];
    line.map(|line| ends.map(|end| writing(end, vec![line.instead(end)])).into()).unwrap_or_default()
}

/// The arrow could not be resolved: that has been said.
fn names_nothing(flow: &Flow, place: Place) -> bool {
    use crate::model::flow::Arrow;
    let unknown = |arrow: &Arrow| arrow.place == place && leads_to_unknown(&arrow.target);
    flow.steps.iter().any(|step| step.exits.arrows().iter().any(unknown))
}

fn leads_to_unknown(target: &Target) -> bool {
    match target {
        Target::Unknown => true,
        Target::Wait { then, .. } => leads_to_unknown(then),
        _ => false,
    }
}

/// Something around could not be read, perhaps the very end.
fn has_problem(project: &Project, place: Place) -> bool {
    let Some(file) = project.files.get(place.file.0 as usize) else { return false };
    let near = |span: Span| span.end >= place.span.start;
    file.tree.problems.iter().any(|problem| near(problem.span))
}
