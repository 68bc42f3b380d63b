//! What a process needs of a target, each need with the places that have it.

use crate::diagnostic::{Diagnostic, Message, say};
use crate::graph::{NodeKind, Way};
use crate::model::flow::{Actor, Flow, Guard, Step, StepId};
use crate::model::time::Duration;
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::{Seen, each};
use crate::source::Place;
use crate::target::one_step::Walk;
use crate::target::{Capabilities, FEW_BRANCHES, Target};
use tthc_grammar::keywords::Key;

/// Something that a process can need.
pub(super) struct Need {
    /// Whether a target carries it.
    pub(super) carried: fn(&Capabilities) -> bool,
    /// Where the process needs it.
    pub(super) places: fn(&Seen<'_>) -> Vec<Place>,
    /// What it is.
    pub(super) what: fn() -> Message,
}

/// Says of every process and target what the target lacks.
pub(super) fn check(
    project: &Project,
    rule: &Rule,
    needs: &[Need],
    message: fn(&Target, &Need) -> Message,
    help: fn() -> Message,
    out: &mut Vec<Diagnostic>,
) {
    for target in &project.settings.targets {
        let lacking: Vec<&Need> = needs.iter().filter(|need| !(need.carried)(&target.capabilities)).collect();
        if lacking.is_empty() {
            continue;
        }
        for seen in each(project) {
            for need in &lacking {
                let places = (need.places)(&seen);
                out.extend(found(&seen, rule, &places, message(target, need)).map(|found| found.help(help())));
            }
        }
    }
}

/// Steps that are named; of the others is said how many there are.
const NAMED: usize = 3;

/// A finding at the first of the places, with the names of the steps that they are in.
fn found(seen: &Seen<'_>, rule: &Rule, places: &[Place], message: Message) -> Option<Diagnostic> {
    let flow = &seen.case.flow;
    let first = places.iter().min()?;
    let is_in = |step: &Step| places.iter().any(|place| step.place.holds(*place));
    let steps: Vec<String> =
        (0..flow.steps.len()).map(StepId).filter(|id| is_in(flow.step(*id))).map(|id| flow.full_name(id)).collect();
    let (named, rest) =
        (steps.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "), steps.len().saturating_sub(NAMED));
    let message = match (steps.len(), rest) {
        (0, _) => message,
        (1, _) => say(format!("{} (bước {named})", message.vi), format!("{} (step {named})", message.en)),
        (_, 0) => say(format!("{} (bước {named})", message.vi), format!("{} (steps {named})", message.en)),
        _ => say(
            format!("{} (bước {named} và {rest} bước khác)", message.vi),
            format!("{} (steps {named} and {rest} more)", message.en),
        ),
    };
    Some(seen.found(rule, *first, message))
}

/// `song song`
pub(super) fn parallel(seen: &Seen<'_>) -> Vec<Place> {
    nodes(seen, |node, flow| match node {
        NodeKind::Fork(block) => Some(flow.block(*block).place),
        _ => None,
    })
}

/// `chờ ít nhất n nhánh`, fewer than there are.
pub(super) fn early_join(seen: &Seen<'_>) -> Vec<Place> {
    nodes(seen, |node, flow| match node {
        NodeKind::Join(block, needed) if (*needed as usize) < flow.block(*block).children.len() => {
            Some(flow.block(*block).place)
        }
        _ => None,
    })
}

/// `chờ ít nhất n nhánh`, several of many.
pub(super) fn wide_early_join(seen: &Seen<'_>) -> Vec<Place> {
    nodes(seen, |node, flow| match node {
        NodeKind::Join(block, needed) => {
            let branches = flow.block(*block).children.len();
            let wide = branches > FEW_BRANCHES && (2..branches).contains(&(*needed as usize));
            wide.then(|| flow.block(*block).place)
        }
        _ => None,
    })
}

/// `dừng mọi nhánh`
pub(super) fn stop_all(seen: &Seen<'_>) -> Vec<Place> {
    let net = &seen.analysis.net.graph;
    let stops = |edge: &petgraph::graph::EdgeIndex| {
        let to = net.edge_endpoints(*edge).map(|(_, to)| &net[to]);
        matches!(to, Some(NodeKind::End(_, true))) && !matches!(net[*edge].way, Way::Timeout { .. })
    };
    net.edge_indices().filter(stops).map(|edge| net[edge].place).collect()
}

/// A guard that asks for what is known of the dossier; what an event outside brings is decided by a person.
pub(super) fn guards(seen: &Seen<'_>) -> Vec<Place> {
    let net = &seen.analysis.net.graph;
    net.edge_weights().filter(|way| way.guard.as_ref().is_some_and(asks_dossier)).map(|way| way.place).collect()
}

fn asks_dossier(guard: &Guard) -> bool {
    match guard {
        Guard::And(parts) | Guard::Or(parts) => parts.iter().any(asks_dossier),
        Guard::Not(inner) => asks_dossier(inner),
        Guard::Field(..) | Guard::Unknown(_) => true,
        Guard::Outcome(..) | Guard::Event(_) => false,
    }
}

/// What must be remembered takes more copies of steps than are written.
pub(super) fn many_pasts(seen: &Seen<'_>) -> Vec<Place> {
    let net = &seen.analysis.net.graph;
    let remembers = net.edge_weights().filter(|way| way.max_times.is_some() || way.guard.is_some());
    let places: Vec<Place> = remembers.map(|way| way.place).collect();
    let written = seen.definition().cases.get(seen.analysis.case).and_then(|case| Walk::of(&case.graph));
    if written.is_none() { places } else { Vec::new() }
}

/// `thời hạn: … khi …`
pub(super) fn guarded_limits(seen: &Seen<'_>) -> Vec<Place> {
    seen.case.data.limits.iter().filter(|limit| limit.guard.is_some()).map(|limit| limit.place).collect()
}

/// `chờ …`
pub(super) fn waits(seen: &Seen<'_>) -> Vec<Place> {
    let net = &seen.analysis.net.graph;
    let waits = |edge: &petgraph::graph::EdgeIndex| {
        net.edge_endpoints(*edge).is_some_and(|(_, to)| matches!(net[to], NodeKind::Wait { .. }))
    };
    net.edge_indices().filter(waits).map(|edge| net[edge].place).collect()
}

/// `tính lại thời hạn`
pub(super) fn restarts(seen: &Seen<'_>) -> Vec<Place> {
    seen.analysis.net.graph.edge_weights().filter(|way| way.restarts).map(|way| way.place).collect()
}

/// `liên thông thủ tục`
pub(super) fn calls(seen: &Seen<'_>) -> Vec<Place> {
    seen.case.flow.steps.iter().filter(|step| step.call.is_some()).map(|step| step.head).collect()
}

/// `trường hợp`
pub(super) fn cases(seen: &Seen<'_>) -> Vec<Place> {
    let several = seen.procedure.cases.len() > 1;
    seen.procedure.cases.first().filter(|_| several).map(|case| case.place).into_iter().collect()
}

/// `sau khi trả kết quả`
pub(super) fn after(seen: &Seen<'_>) -> Vec<Place> {
    let flow = &seen.case.flow;
    let mut waiting = flow.after.clone();
    let mut places = Vec::new();
    while let Some(node) = waiting.pop() {
        match node {
            crate::model::flow::Node::Step(step) => places.push(flow.step(step).head),
            crate::model::flow::Node::Block(block) => waiting.extend(&flow.block(block).children),
        }
    }
    places
}

/// A time in months, or one that is counted on both clocks.
pub(super) fn mixed_times(seen: &Seen<'_>) -> Vec<Place> {
    times(seen, |_| true, |duration| duration.months > 0 || (duration.working > 0 && duration.calendar > 0))
}

/// A time on the calendar, but for steps that do not count: theirs is only told.
pub(super) fn calendar_times(seen: &Seen<'_>) -> Vec<Place> {
    times(seen, |step| !step.time.uncounted, |duration| duration.calendar > 0)
}

/// A step that is counted by another calendar than the limits, or a case that has another than the procedure.
pub(super) fn own_calendars(seen: &Seen<'_>) -> Vec<Place> {
    let limits = seen.model.calendar_of_limits(&seen.case.data);
    let own = |step: &Step| seen.model.calendar_of_step(step).is_some_and(|own| Some(own) != limits);
    let steps = seen.steps().filter(|(_, step)| own(step)).map(|(_, step)| step.head);
    let case = (limits != seen.model.calendar_of_limits(&seen.procedure.data)).then_some(seen.case.place);
    steps.chain(case).collect()
}

/// Working hours with more than one break.
pub(super) fn split_days(seen: &Seen<'_>) -> Vec<Place> {
    let calendars = &seen.model.calendars;
    let national = seen.model.national_calendar().map(|id| &calendars[id]);
    let own = seen.model.calendar_of_limits(&seen.case.data).map(|id| calendars[id].hours(national));
    whole(seen, own.is_some_and(|hours| hours.len() > 2))
}

/// The times of these steps, and limits, that are such.
fn times(seen: &Seen<'_>, of: impl Fn(&&Step) -> bool, such: impl Fn(&Duration) -> bool) -> Vec<Place> {
    let steps =
        seen.case.flow.steps.iter().filter(of).filter_map(|step| Some((step.time.duration.as_ref()?, step.head)));
    let limits = seen.case.data.limits.iter().filter_map(|limit| Some((limit.duration.as_ref()?, limit.place)));
    steps.chain(limits).filter(|(duration, _)| such(duration)).map(|(_, place)| place).collect()
}

/// `chậm nhất`
pub(super) fn deadlines(seen: &Seen<'_>) -> Vec<Place> {
    seen.steps().filter(|(_, step)| step.deadline.is_some()).map(|(_, step)| step.head).collect()
}

/// `cần có mặt`
pub(super) fn presence(seen: &Seen<'_>) -> Vec<Place> {
    seen.steps().filter(|(_, step)| step.presence).map(|(_, step)| step.head).collect()
}

/// `thông báo`
pub(super) fn notices(seen: &Seen<'_>) -> Vec<Place> {
    let notifies = |step: &Step| step.electronic.as_ref().is_some_and(|electronic| !electronic.notify.is_empty());
    seen.steps().filter(|(_, step)| notifies(step)).map(|(_, step)| step.head).collect()
}

/// `trường hợp … khi …`
pub(super) fn case_guards(seen: &Seen<'_>) -> Vec<Place> {
    seen.case.guard.iter().map(|_| seen.case.place).collect()
}

/// `biểu mẫu` of a step or of one of its outcomes.
pub(super) fn forms(seen: &Seen<'_>) -> Vec<Place> {
    let used = |step: &Step| !crate::document::words::forms_of(step).is_empty();
    seen.steps().filter(|(_, step)| used(step)).map(|(_, step)| step.head).collect()
}

/// `ký số: có`
pub(super) fn signatures(seen: &Seen<'_>) -> Vec<Place> {
    let signed = |step: &Step| step.electronic.as_ref().is_some_and(|it| it.digital_signature == Some(true));
    seen.steps().filter(|(_, step)| signed(step)).map(|(_, step)| step.head).collect()
}

/// `ghi chú` in `điện tử`
pub(super) fn electronic_notes(seen: &Seen<'_>) -> Vec<Place> {
    let noted = |step: &Step| step.electronic.as_ref().is_some_and(|electronic| !electronic.notes.is_empty());
    seen.steps().filter(|(_, step)| noted(step)).map(|(_, step)| step.head).collect()
}

/// Steps at which money is asked for; where none says so, the procedure that costs something.
pub(super) fn payments(seen: &Seen<'_>) -> Vec<Place> {
    let takes = |step: &Step| {
        let said = step.texts.iter().any(|(key, _)| [Key::Fee, Key::Charge].contains(key));
        said || step.kinds.iter().any(|kind| ["thu phí", "nghĩa vụ tài chính"].contains(kind))
    };
    let steps: Vec<Place> = seen.steps().filter(|(_, step)| takes(step)).map(|(_, step)| step.head).collect();
    let data = &seen.case.data;
    let costs = [data.fee, data.charge].into_iter().flatten().any(|amount| amount > 0);
    if steps.is_empty() { whole(seen, costs) } else { steps }
}

/// No `thời hạn` that says how long.
pub(super) fn unlimited(seen: &Seen<'_>) -> Vec<Place> {
    let limited = seen.case.data.limits.iter().any(|limit| limit.duration.is_some());
    whole(seen, !limited)
}

/// No `lĩnh vực`.
pub(super) fn without_domain(seen: &Seen<'_>) -> Vec<Place> {
    whole(seen, seen.case.data.text(Key::Domain).is_empty())
}

/// `do hệ thống`, by nobody else.
pub(super) fn automatic(seen: &Seen<'_>) -> Vec<Place> {
    let by_itself = |id: &StepId| {
        let performers = crate::analysis::authority::performers(seen.case.flow.step(*id));
        !performers.is_empty() && performers.iter().all(|performer| performer.actor == Actor::System)
    };
    seen.steps().filter(|(id, _)| by_itself(id)).map(|(_, step)| step.head).collect()
}

/// A way that the clock takes.
pub(super) fn timeouts(seen: &Seen<'_>) -> Vec<Place> {
    let net = &seen.analysis.net.graph;
    let timeout = |edge: &petgraph::graph::EdgeIndex| matches!(net[*edge].way, Way::Timeout { .. });
    let place = |edge: petgraph::graph::EdgeIndex| match net.edge_endpoints(edge).map(|(from, _)| &net[from]) {
        Some(NodeKind::Step(step)) => seen.case.flow.step(*step).head,
        _ => net[edge].place,
    };
    net.edge_indices().filter(timeout).map(place).collect()
}

fn nodes(seen: &Seen<'_>, place: impl Fn(&NodeKind, &Flow) -> Option<Place>) -> Vec<Place> {
    seen.analysis.net.graph.node_weights().filter_map(|node| place(node, &seen.case.flow)).collect()
}

/// The procedure, where it is such.
fn whole(seen: &Seen<'_>, such: bool) -> Vec<Place> {
    such.then_some(seen.procedure.named.place).into_iter().collect()
}

/// What to do about what is only left out.
pub(super) fn added_there() -> Message {
    say("Ghi thêm trong phần mềm sau khi nhập, hoặc bổ sung vào tệp", "Add it in that software, or to the file")
}

/// What to do about it, where nothing else is known.
pub(super) fn other_target() -> Message {
    say("Chọn đích khác, hoặc viết lại quy trình mà không dùng đến điều này", "Choose another target, or do without it")
}
