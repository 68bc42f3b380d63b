//! Steps and waits as tasks: who, how long, with what; lanes; the words of ways.

use super::attributes::AFTER_THREE;
use super::lower::Lowering;
use super::model::{Kind, Lane};
use super::notes;
use crate::target::json::definition::{Duration, Node, NodeKind, Performers, Round, Step, Transition};

/// The task of a step or wait.
pub(super) fn task(lowering: &mut Lowering<'_>, node: &Node, lane: usize) -> usize {
    match &node.kind {
        NodeKind::Step(step) => {
            let name = if step.numbered { format!("{}. {}", node.id, step.label) } else { step.label.clone() };
            let groups = groups(step.performers.as_ref());
            let place = lowering.element(&format!("step_{}", node.id), Kind::User(groups), name, lane);
            let mut properties = properties(step);
            properties.insert(0, ("step", node.id.clone()));
            properties.extend(decisions(lowering, &node.id));
            let element = &mut lowering.process.elements[place];
            element.documentation = step.texts.get("nội dung").map(|texts| texts.join("\n"));
            element.properties = properties;
            place
        }
        NodeKind::Wait { reason, limit } => {
            let name = reason.as_ref().map_or("Chờ bổ sung hồ sơ".to_string(), |reason| format!("Chờ {reason}"));
            let groups = vec![reason.as_ref().map_or("applicant", |_| "external").to_string()];
            let place = lowering.element(&format!("wait_{}", node.id), Kind::User(groups), name, lane);
            let properties = &mut lowering.process.elements[place].properties;
            properties.extend([("step", node.id.clone()), ("wait", "true".into()), ("clock", "paused".into())]);
            properties.extend(reason.iter().map(|reason| ("reason", reason.clone())));
            properties.extend(limit.iter().flat_map(|limit| times("limit", "limitWorkingMinutes", limit)));
            place
        }
        _ => 0,
    }
}

/// What can be decided at a step, and the variable that holds it.
fn decisions(lowering: &mut Lowering<'_>, step: &str) -> Vec<(&'static str, String)> {
    let graph = lowering.graph;
    let choice = graph
        .nodes
        .iter()
        .find(|node| matches!(&node.kind, NodeKind::Choice { step: of, decided: true } if of == step));
    let Some(choice) = choice else { return Vec::new() };
    let ways = graph.transitions.iter().filter(|way| way.from == choice.id);
    let outcomes: Vec<&str> = ways.filter_map(|way| way.outcome.as_deref().or(way.called_end.as_deref())).collect();
    vec![("outcomes", outcomes.join("|")), ("variable", lowering.variables.outcome(step))]
}

fn properties(step: &Step) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&'static str, String)> = Vec::new();
    all.extend(step.time.duration.iter().flat_map(|time| times("time", "workingMinutes", time)));
    if !step.time.counted {
        all.push(("clock", "paused".into()));
        all.extend(step.time.reason.iter().map(|reason| ("reason", reason.clone())));
    }
    if step.time.unstated {
        all.push(("timeUnstated", "true".into()));
    }
    all.extend(step.performers.iter().map(|who| ("performers", notes::performers(who))));
    if let Some(deadline) = &step.deadline {
        all.push(("deadline", notes::amount(&deadline.duration)));
        all.extend(deadline.since.iter().map(|since| ("deadlineSince", since.clone())));
    }
    if let Some(electronic) = &step.electronic {
        all.extend(electronic.status.map(|status| ("status", status.to_string())));
        all.extend(electronic.digital_signature.map(|signed| ("digitalSignature", signed.to_string())));
        all.extend(list("notify", &electronic.notify));
        all.extend(electronic.notes.iter().map(|note| ("electronicNote", note.clone())));
    }
    all.extend(list("kinds", &step.kinds));
    all.extend(list("forms", &step.forms));
    all.extend(step.texts.get("kết quả").map(|texts| ("result", texts.join("\n"))));
    all.extend(step.stage.iter().map(|stage| ("stage", stage.clone())));
    all.extend(step.calendar.iter().map(|calendar| ("calendar", calendar.clone())));
    if let Some(call) = &step.call {
        all.push(("calledProcedure", call.code.clone().unwrap_or_else(|| call.procedure.clone())));
        let fields: Vec<String> = call.fields.iter().map(|(theirs, own)| format!("{theirs}={own}")).collect();
        all.extend(list("calledFields", &fields));
    }
    all.extend(notes::texts(&step.texts, &["nội dung", "kết quả"]));
    if step.presence {
        all.push(("presence", "true".into()));
    }
    if step.after_three_next_day {
        all.push(("afterThree", AFTER_THREE.into()));
    }
    all.push(("source", format!("{}:{}", step.source.file, step.source.line)));
    all
}

fn list(name: &'static str, values: &[String]) -> Option<(&'static str, String)> {
    (!values.is_empty()).then(|| (name, values.join("|")))
}

/// An amount as written and in minutes of working time: no engine counts those by itself.
fn times(name: &'static str, working: &'static str, duration: &Duration) -> Vec<(&'static str, String)> {
    let mut all = vec![(name, duration.text.clone())];
    if duration.working_minutes > 0 {
        all.push((working, duration.working_minutes.to_string()));
    }
    if duration.calendar_minutes > 0 {
        all.push(("calendarMinutes", duration.calendar_minutes.to_string()));
    }
    if duration.months > 0 {
        all.push(("months", duration.months.to_string()));
    }
    all
}

fn groups(performers: Option<&Performers>) -> Vec<String> {
    match performers {
        None => Vec::new(),
        Some(Performers::Organization { id, .. }) => vec![id.clone()],
        Some(Performers::Applicant { .. }) => vec!["applicant".into()],
        Some(Performers::System { .. }) => vec!["system".into()],
        Some(Performers::ReceivingUnit { .. }) => vec!["receivingUnit".into()],
        Some(Performers::All { of } | Performers::Any { of }) => of.iter().flat_map(|one| groups(Some(one))).collect(),
    }
}

/// What a flow is called.
pub(super) fn way_name(way: &Transition) -> Option<String> {
    let name = way.label.clone().or_else(|| way.outcome.as_ref().map(|outcome| outcome.replace('_', " ")));
    let name = name.or_else(|| way.called_end.clone()).or_else(|| way.otherwise.then(|| "còn lại".into()));
    name.or_else(|| way.guard.as_ref().map(|_| "khi".into()))
}

/// What no attribute of a flow can say.
pub(super) fn way_notes(way: &Transition) -> Option<String> {
    let mut notes: Vec<String> = Vec::new();
    notes.extend(way.max_times.map(|times| format!("Tối đa {times} lần.")));
    notes.extend(way.restarts_limit.then(|| "Tính lại thời hạn.".to_string()));
    notes.extend(way.round.as_ref().map(|round| match round {
        Round::SetTime => "Trong thời gian đã định.".to_string(),
        Round::Each { duration } => format!("Mỗi lần trong {}.", duration.text),
        Round::All { duration } => format!("Tất cả các lần trong {}.", duration.text),
    }));
    notes.extend((!way.forms.is_empty()).then(|| format!("Biểu mẫu: {}.", way.forms.join(", "))));
    notes.extend(way.texts.get("kết quả").map(|texts| format!("Kết quả: {}.", texts.join("; "))));
    (!notes.is_empty()).then(|| notes.join(" "))
}

impl Lowering<'_> {
    /// The lane of a node: the agency of a step; what stands between steps is drawn where it comes from.
    pub(super) fn lane(&mut self, node: &Node) -> usize {
        let (key, label) = match &node.kind {
            NodeKind::Step(step) => self.agency(step.performers.as_ref()),
            NodeKind::Wait { reason: None, .. } => ("applicant".into(), "Người nộp hồ sơ".into()),
            NodeKind::Choice { step, .. } => match self.step(step) {
                Some(performers) => self.agency(performers),
                None => return 0,
            },
            NodeKind::Start | NodeKind::Fork { .. } => return self.lane_near(&node.id, true),
            NodeKind::Wait { .. } | NodeKind::Join { .. } => return self.lane_near(&node.id, false),
            NodeKind::End { .. } | NodeKind::Finished => return 0,
        };
        self.lane_named(key, label)
    }

    fn lane_named(&mut self, key: String, label: String) -> usize {
        let lanes = &mut self.process.lanes;
        lanes.iter().position(|lane| lane.key == key).unwrap_or_else(|| {
            lanes.push(Lane { key, label });
            lanes.len() - 1
        })
    }

    /// The lane of the first step before or behind a node.
    fn lane_near(&mut self, node: &str, behind: bool) -> usize {
        let graph = self.graph;
        let mut seen = vec![node.to_string()];
        let mut at = 0;
        while at < seen.len() {
            let here = seen[at].clone();
            at += 1;
            let ways = graph.transitions.iter();
            let next = ways.filter_map(|way| match behind {
                true => (way.from == here).then_some(&way.to),
                false => (way.to == here).then_some(&way.from),
            });
            for other in next {
                if let Some(performers) = self.step(other) {
                    let (key, label) = self.agency(performers);
                    return self.lane_named(key, label);
                }
                if !seen.contains(other) {
                    seen.push(other.clone());
                }
            }
        }
        if self.process.lanes.is_empty() { self.lane_named("unknown".into(), "Chưa rõ".into()) } else { 0 }
    }

    fn step(&self, id: &str) -> Option<Option<&'_ Performers>> {
        self.graph.nodes.iter().find_map(|node| match &node.kind {
            NodeKind::Step(step) if node.id == id => Some(step.performers.as_ref()),
            _ => None,
        })
    }

    fn agency(&self, performers: Option<&Performers>) -> (String, String) {
        match performers {
            None => ("unknown".into(), "Chưa ghi người thực hiện".into()),
            Some(Performers::Applicant { .. }) => ("applicant".into(), "Người nộp hồ sơ".into()),
            Some(Performers::System { .. }) => ("system".into(), "Hệ thống".into()),
            Some(Performers::ReceivingUnit { .. }) => ("receivingUnit".into(), "Nơi tiếp nhận hồ sơ".into()),
            Some(Performers::All { of } | Performers::Any { of }) => self.agency(of.first()),
            Some(Performers::Organization { id, .. }) => {
                let root = id.split('.').next().unwrap_or(id);
                let label = self.definition.organizations.iter().find(|org| org.id == root);
                (root.to_string(), label.map_or(root.to_string(), |org| org.label.clone()))
            }
        }
    }
}
