//! T308: waiting for the applicant without a limit.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::graph::NodeKind;
use crate::model::flow::Actor;
use crate::project::Project;
use crate::rules::{self, Rule};
use petgraph::Direction;
use petgraph::visit::EdgeRef;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T308",
    name: "open-wait",
    severity: Severity::Warning,
    page: include_str!("t308_open_wait.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for analysis in rules::sound_texts(project) {
        let procedure = &project.model.procedures[analysis.procedure];
        let flow = &procedure.cases[analysis.case].flow;
        let net = &analysis.net;
        for node in net.graph.node_indices() {
            let (place, message) = match &net.graph[node] {
                NodeKind::Wait { reason: None, limit: None } => {
                    let Some(edge) = net.graph.edges_directed(node, Direction::Incoming).next() else { continue };
                    (
                        net.graph[edge.id()].place,
                        say(
                            "Chờ người nộp bổ sung mà không có thời hạn",
                            "It waits for the applicant's supplement without a limit",
                        ),
                    )
                }
                NodeKind::Step(step) => {
                    let step = flow.step(*step);
                    let performers = step.performers.as_ref().map(|performers| performers.each()).unwrap_or_default();
                    let applicant =
                        !performers.is_empty() && performers.iter().all(|one| one.actor == Actor::Applicant);
                    if !applicant || !step.time.uncounted || step.time.duration.is_some() || step.time.unstated {
                        continue;
                    }
                    let name = &step.named.name;
                    (
                        step.head,
                        say(
                            format!("Bước “{name}” của người nộp không có thời hạn riêng"),
                            format!("The applicant's step “{name}” has no limit of its own"),
                        ),
                    )
                }
                _ => continue,
            };
            let mut found = Diagnostic::new(&RULE, place, message).help(say(
                "Ghi thời hạn chờ: “chờ bổ sung tối đa 30 ngày rồi …”, hoặc “thời gian: …” của bước",
                "Say how long: “chờ bổ sung tối đa 30 ngày rồi …”, or “thời gian: …” in the step",
            ));
            found.procedure = Some(procedure.named.name.clone());
            out.push(found);
        }
    }
}
