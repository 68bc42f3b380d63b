//! T306: a step without a time; a step that counts as nothing without a reason.

use crate::analysis::verdict::is_untimed;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::{BlockKind, Flow, Node, Step, StepId};
use crate::model::procedure::Procedure;
use crate::project::Project;
use crate::rules::{self, Rule};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T306", name: "no-time", severity: Severity::Error, page: include_str!("t306_no_time.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for analysis in rules::sound_texts(project) {
        let procedure = &project.model.procedures[analysis.procedure];
        let flow = &procedure.cases[analysis.case].flow;
        let mut steps = Vec::new();
        steps_of(flow, &flow.body, &mut steps);
        for step in steps {
            out.extend(judge(procedure, flow, flow.step(step)));
        }
    }
}

fn judge(procedure: &Procedure, flow: &Flow, step: &Step) -> Option<Diagnostic> {
    let name = &step.named.name;
    let in_stage = flow.around(step.parent).any(|id| matches!(flow.block(id).kind, BlockKind::Stage(Some(_))));
    let free = step.kinds.iter().any(|kind| matches!(*kind, "tiếp nhận" | "trả kết quả"));
    let nothing = step.time.uncounted || step.time.duration.as_ref().is_some_and(|duration| duration.is_zero());
    let (message, help) = if is_untimed(step) && !in_stage {
        (
            say(format!("Bước “{name}” chưa có thời gian"), format!("Step “{name}” has no time")),
            say(
                "Thêm “trong …” vào dòng bước, hoặc “không tính thời hạn \"lý do\"”",
                "Add “trong …”, or “không tính thời hạn \"reason\"”",
            ),
        )
    } else if nothing && step.time.reason.is_none() && !free {
        (
            say(
                format!("Bước “{name}” không tính thời hạn mà không ghi lý do"),
                format!("Step “{name}” does not count towards the limit and gives no reason"),
            ),
            say("Ghi lý do: không tính thời hạn \"…\"", "Give the reason: không tính thời hạn \"…\""),
        )
    } else {
        return None;
    };
    let mut found = Diagnostic::new(&RULE, step.head, message).help(help);
    found.procedure = Some(procedure.named.name.clone());
    for place in &step.inserted_at {
        found = found.label(*place, say("được chèn từ đây", "inserted from here"));
    }
    Some(found)
}

fn steps_of(flow: &Flow, nodes: &[Node], out: &mut Vec<StepId>) {
    for node in nodes {
        match node {
            Node::Step(step) => out.push(*step),
            Node::Block(block) => steps_of(flow, &flow.block(*block).children, out),
        }
    }
}
