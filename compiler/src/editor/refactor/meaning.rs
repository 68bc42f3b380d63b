//! What processes mean, apart from what their steps are called and where they stand: two texts with the same meaning
//! have the same graph, the same analysis and the same definition.

use crate::model::Model;
use crate::model::flow::{Arrow, Block, BlockId, BlockKind, Exits, Flow, Guard, Node, Overdue, Step, StepId, Target};
use crate::model::procedure::{Case, FieldValue, Limit, Procedure};
use crate::project::Project;
use std::fmt::Write;

/// The meaning of every procedure of a project, as a text that is made to be compared.
pub fn of(project: &Project) -> String {
    let mut out = String::new();
    for procedure in &project.model.procedures {
        self::procedure(&mut out, &project.model, procedure);
    }
    out
}

fn procedure(out: &mut String, model: &Model, procedure: &Procedure) {
    line(out, 0, format_args!("procedure {} {}", procedure.named.name, procedure.label));
    for called in &procedure.calls {
        line(out, 1, format_args!("calls {}", model.procedures[called.0].named.name));
    }
    for case in &procedure.cases {
        self::case(out, case);
    }
}

fn case(out: &mut String, case: &Case) {
    let name = case.named.as_ref().map(|named| &named.name);
    line(out, 1, format_args!("case {name:?} {:?} {}", case.label, guard(case.guard.as_ref())));
    let said = |limit: &Limit| format!("{:?} {}", limit.duration, guard(limit.guard.as_ref()));
    for limit in case.data.limits.iter().chain(&case.data.statutory) {
        line(out, 2, format_args!("limit {}", said(limit)));
    }
    for (agency, limit) in &case.data.shares {
        line(out, 2, format_args!("share {agency:?} {}", said(limit)));
    }
    nodes(out, &case.flow, &case.flow.body, 2);
    line(out, 2, format_args!("after"));
    nodes(out, &case.flow, &case.flow.after, 2);
}

fn line(out: &mut String, depth: usize, said: std::fmt::Arguments<'_>) {
    // Writing into memory does not fail.
    let _ = writeln!(out, "{:1$}{said}", "", depth * 2);
}

/// What is inserted stands as if it were written there.
fn nodes(out: &mut String, flow: &Flow, list: &[Node], depth: usize) {
    for node in list {
        match node {
            Node::Step(id) => step(out, flow, *id, depth),
            Node::Block(id) => {
                let block = flow.block(*id);
                if !is_inserted(block) {
                    line(out, depth, format_args!("{}", block_head(flow, *id)));
                }
                nodes(out, flow, &block.children, depth + usize::from(!is_inserted(block)));
            }
        }
    }
}

fn is_inserted(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Inserted(_))
}

fn block_head(flow: &Flow, id: BlockId) -> String {
    let block = flow.block(id);
    format!("{:?} {:?} {:?}", block.kind, block.named.as_ref().map(|named| &named.name), block.label)
}

fn step(out: &mut String, flow: &Flow, id: StepId, depth: usize) {
    let Step { performers, time, kinds, forms, texts, presence, calendar, after_three, electronic, .. } = flow.step(id);
    let step = flow.step(id);
    line(out, depth, format_args!("step {} {:?} {performers:?}", id.0, label(step)));
    let said = (&time.duration, time.unstated, time.uncounted, &time.reason);
    line(out, depth + 1, format_args!("{said:?} {kinds:?} {forms:?} {texts:?}"));
    line(out, depth + 1, format_args!("{presence} {calendar:?} {after_three} {electronic:?}"));
    if let Some(call) = &step.call {
        line(out, depth + 1, format_args!("call {:?} {:?}", call.procedure, call.mapping));
    }
    if let Some(deadline) = &step.deadline {
        line(out, depth + 1, format_args!("by {:?} since {:?}", deadline.duration, deadline.since));
    }
    match &step.overdue {
        Some(Overdue::Target(target)) => line(out, depth + 1, format_args!("overdue {}", arrow(flow, target))),
        overdue => line(out, depth + 1, format_args!("overdue {overdue:?}")),
    }
    match &step.exits {
        Exits::Next => {}
        Exits::End(state, _) => line(out, depth + 1, format_args!("end {state:?}")),
        Exits::To(_) | Exits::Outcomes(_) | Exits::Choice(_) => {
            line(out, depth + 1, format_args!("decides {}", matches!(step.exits, Exits::Outcomes(_))));
            step.exits.arrows().iter().for_each(|way| line(out, depth + 1, format_args!("{}", arrow(flow, way))));
        }
    }
}

/// A number without a label is called by its number, which is but a name.
fn label(step: &Step) -> Option<&str> {
    (!step.numbered || step.label != step.named.name).then_some(&step.label)
}

fn arrow(flow: &Flow, arrow: &Arrow) -> String {
    let Arrow { outcome, called_end, label, otherwise, max_times, round, restarts, forms, texts, .. } = arrow;
    let exhausted = arrow.exhausted.as_ref().map(|to| target(flow, to));
    format!(
        "{outcome:?} {called_end:?} {label:?} {} {otherwise} -> {} {max_times:?} {exhausted:?} {round:?} {restarts} \
         {forms:?} {texts:?}",
        guard(arrow.guard.as_ref()),
        target(flow, &arrow.target),
    )
}

fn target(flow: &Flow, to: &Target) -> String {
    match to {
        Target::To(to) => format!("to {}", node(flow, *to)),
        Target::Back(to) => format!("back to {}", node(flow, *to)),
        Target::Wait { reason, limit, then } => format!("wait {reason:?} {limit:?} then {}", target(flow, then)),
        Target::Next | Target::End { .. } | Target::Unknown => format!("{to:?}"),
    }
}

fn node(flow: &Flow, node: Node) -> String {
    match node {
        Node::Block(id) if !is_inserted(flow.block(id)) => block_head(flow, id),
        node => format!("{:?}", flow.first_step(node)),
    }
}

fn guard(condition: Option<&Guard>) -> String {
    let all = |list: &[Guard]| list.iter().map(|part| guard(Some(part))).collect::<Vec<_>>().join(", ");
    match condition {
        None => String::new(),
        Some(Guard::Or(list)) => format!("or({})", all(list)),
        Some(Guard::And(list)) => format!("and({})", all(list)),
        Some(Guard::Not(inner)) => format!("not({})", guard(Some(inner))),
        Some(Guard::Field(field, operator, FieldValue::Number(number))) => {
            format!("{field} {operator:?} {} {}", number.mantissa, number.scale)
        }
        Some(other) => format!("{other:?}"),
    }
}
