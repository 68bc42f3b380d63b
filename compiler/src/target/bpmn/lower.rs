//! Definition → BPMN process.
//!
//! Only what engines agree on: user tasks, exclusive gateways that part or bring together but never both, balanced parallel
//! gateways, interrupting timers at borders, scripts that count, subprocesses that are left early. A wait is a task of the
//! applicant; a called procedure is a task whose outcome is the end of the other.

use super::dialect::Dialect;
use super::early::{self, Early};
use super::model::*;
use super::variables::{Variables, events};
use super::{notes, tasks, write};
use crate::target::json::definition::{Definition, Graph, Node, NodeKind, Transition};
use crate::target::names::Names;
use std::collections::HashMap;

/// The process of a graph, for a dialect.
pub(super) fn lower(definition: &Definition, graph: &Graph, dialect: Dialect, variables: &mut Variables) -> Process {
    let mut lowering = Lowering {
        definition,
        graph,
        variables,
        ids: Names::default(),
        process: Process::default(),
        entry: HashMap::new(),
        exit: HashMap::new(),
        gate: HashMap::new(),
        decided: Vec::new(),
        arrivals: Vec::new(),
        early: early::blocks(graph),
        apart: dialect.keeps_subprocesses_apart(),
        scope: None,
    };
    lowering.nodes();
    for transition in &graph.transitions {
        lowering.transition(transition);
    }
    lowering.choose_anew();
    lowering.merge();
    lowering.process
}

pub(super) struct Lowering<'d> {
    pub definition: &'d Definition,
    pub graph: &'d Graph,
    pub variables: &'d mut Variables,
    pub ids: Names,
    pub process: Process,
    /// Where flows to a node lead.
    entry: HashMap<&'d str, usize>,
    /// Where flows out of a node begin.
    exit: HashMap<&'d str, usize>,
    /// Behind a step with a bounded way: where it is asked whether the way is used up.
    gate: HashMap<&'d str, usize>,
    /// Gateways behind which somebody has decided.
    decided: Vec<usize>,
    /// Flows that came from a transition into a join: (flow, transition).
    arrivals: Vec<(usize, &'d Transition)>,
    /// Blocks that do not wait for all of their branches, outer ones first.
    pub early: Vec<Early<'d>>,
    /// Their subprocesses are a world apart.
    pub apart: bool,
    /// The subprocess in which elements are put now.
    pub scope: Option<usize>,
}

impl<'d> Lowering<'d> {
    pub fn element(&mut self, wish: &str, kind: Kind, name: impl Into<String>, lane: usize) -> usize {
        let id = self.ids.fresh(wish);
        let properties = if matches!(kind, Kind::Script(_)) { vec![notes::helper()] } else { Vec::new() };
        let (name, inside) = (name.into(), self.scope);
        self.process.elements.push(Element { id, kind, name, lane, inside, documentation: None, properties });
        self.process.elements.len() - 1
    }

    pub fn flow(&mut self, from: usize, to: usize) -> &mut Flow {
        let at = self.process.flows.len();
        let (name, condition, documentation, properties) = (None, None, None, Vec::new());
        self.process.flows.push(Flow { from, to, name, condition, default: false, documentation, properties });
        &mut self.process.flows[at]
    }

    fn nodes(&mut self) {
        let graph = self.graph;
        for node in &graph.nodes {
            let lane = self.lane(node);
            self.scope = self.subprocess_of(&node.id);
            let place = match &node.kind {
                NodeKind::Start => self.start(lane),
                NodeKind::Step(_) | NodeKind::Wait { .. } => tasks::task(self, node, lane),
                NodeKind::Choice { decided, .. } => {
                    let name = if *decided { "Hướng xử lý?" } else { "Rẽ nhánh?" };
                    let choice = self.element(&format!("choice_{}", node.id), Kind::Exclusive, name, lane);
                    self.decided.extend(decided.then_some(choice));
                    choice
                }
                NodeKind::Fork { .. } => self.fork(node, lane),
                NodeKind::Join { .. } => match self.early_join(&node.id) {
                    Some(subprocess) => subprocess,
                    None => self.element(&format!("join_{}", node.id), Kind::Parallel, "", lane),
                },
                // Every way to an end has an end of its own.
                NodeKind::End { .. } | NodeKind::Finished => continue,
            };
            self.exit.insert(&node.id, place);
            self.entry.entry(&node.id).or_insert(place);
        }
        self.gates();
    }

    /// The start, with the variables that must have a value from then on.
    fn start(&mut self, lane: usize) -> usize {
        let start = self.element("start_dossier", Kind::Start, "Hồ sơ đến", lane);
        let mut sets: Vec<(String, Set)> = self.counters("dossier");
        sets.extend(events(self.graph).iter().map(|event| (self.variables.event(event), Set::No)));
        if sets.is_empty() {
            return start;
        }
        let script = self.element("set_up", Kind::Script(Script::setting(sets)), "Đặt biến", lane);
        self.flow(start, script);
        script
    }

    /// Branches begin; turns that are counted for each entry are counted anew.
    fn fork(&mut self, node: &'d Node, lane: usize) -> usize {
        if let Some((entry, fork)) = self.early_fork(node, lane) {
            self.entry.insert(&node.id, entry);
            return fork;
        }
        let sets = self.counters(&node.id);
        let fork = self.element(&format!("fork_{}", node.id), Kind::Parallel, "", lane);
        self.process.elements[fork].properties = notes::fork(&node.kind);
        if !sets.is_empty() {
            let script =
                self.element(&format!("set_up_{}", node.id), Kind::Script(Script::setting(sets)), "Đặt biến", lane);
            self.flow(script, fork);
            self.entry.insert(&node.id, script);
        }
        fork
    }

    pub fn counters(&mut self, per: &str) -> Vec<(String, Set)> {
        let graph = self.graph;
        let counted = graph.transitions.iter().filter(|way| way.max_times.is_some());
        let counted = counted.filter(|way| way.counted_per.as_deref() == Some(per));
        counted.map(|way| (self.variables.turns(way), Set::Zero)).collect()
    }

    /// A step whose only way is bounded asks behind itself whether it is used up.
    fn gates(&mut self) {
        let graph = self.graph;
        for way in &graph.transitions {
            let from = self.graph.nodes.iter().find(|node| node.id == way.from);
            if way.max_times.is_some() && matches!(from.map(|node| &node.kind), Some(NodeKind::Step(_))) {
                let step = self.exit[way.from.as_str()];
                let lane = self.process.elements[step].lane;
                self.scope = self.process.elements[step].inside;
                let gate = self.element(&format!("turns_{}", way.from), Kind::Exclusive, "Còn lượt?", lane);
                self.process.elements[gate].properties.push(notes::helper());
                self.flow(step, gate);
                self.gate.insert(&way.from, gate);
            }
        }
    }

    fn transition(&mut self, way: &'d Transition) {
        let Some(host) = self.exit.get(way.from.as_str()).copied() else { return };
        let lane = self.process.elements[host].lane;
        self.scope = self.process.elements[host].inside;
        let mut from = host;
        if let Some(timeout) = &way.timeout {
            let kind = Kind::Timer { host, after: timeout.after.clone() };
            from = self.element(&format!("timer_{}", way.from), kind, "Hết thời gian", lane);
            let outcome = timeout.outcome.iter().map(|outcome| ("outcome", outcome.clone()));
            let agreed = timeout.agreed.then(|| ("agreed", "true".to_string()));
            self.process.elements[from].properties.extend(outcome.chain(agreed));
        } else if let Some(gate) = self.gate.get(way.from.as_str()) {
            from = *gate;
        }
        let mut condition = self.condition(way);
        let mut sets = Vec::new();
        if let Some(outcome) = way.timeout.as_ref().and_then(|timeout| timeout.outcome.as_ref()) {
            sets.push((self.variables.outcome(&way.from), Set::Text(outcome.clone())));
        }
        if let Some(most) = way.max_times {
            let variable = self.variables.turns(way);
            sets.push((variable.clone(), Set::OneMore));
            condition.push(Condition::Below { variable, most });
        }
        let mut at = from;
        let mut first = None;
        if !sets.is_empty() {
            let name = if way.max_times.is_some() { "Đếm lượt" } else { "Ghi kết quả quá hạn" };
            let script = self.element(&format!("count_{}", way.id), Kind::Script(Script::setting(sets)), name, lane);
            first = Some(self.process.flows.len());
            self.flow(at, script);
            at = script;
        }
        let to = self.goal(way, &way.to, lane);
        let last = self.process.flows.len();
        let first = first.unwrap_or(last);
        self.flow(at, to);
        self.arrivals.push((last, way));
        let (name, documentation) = (tasks::way_name(way), tasks::way_notes(way));
        let flow = &mut self.process.flows[first];
        (flow.name, flow.documentation, flow.default) = (name, documentation, way.otherwise);
        flow.properties = notes::way(way);
        flow.condition = match condition.len() {
            _ if way.otherwise && way.max_times.is_none() => None,
            0 => None,
            1 => condition.pop(),
            _ => Some(Condition::All(condition)),
        };
        if way.otherwise && way.max_times.is_some() {
            flow.default = false;
        }
        self.exhausted(way, from, first, lane);
    }

    /// Where nobody decides, a way that is used up gives place to another.
    fn exhausted(&mut self, way: &'d Transition, from: usize, used_up: usize, lane: usize) {
        let Some(target) = &way.when_exhausted else { return };
        let to = self.goal(way, target, lane);
        let guard = way.guard.clone().map(Condition::Guard);
        let flow = self.flow(from, to);
        (flow.name, flow.default) = (Some("hết lượt".into()), guard.is_none());
        flow.condition = guard;
        flow.properties = vec![("usedUp", write::flow_id(used_up))];
    }

    fn condition(&mut self, way: &'d Transition) -> Vec<Condition> {
        let mut all = Vec::new();
        if let Some(outcome) = way.outcome.as_ref().or(way.called_end.as_ref()) {
            let step = self.graph.nodes.iter().find_map(|node| match &node.kind {
                NodeKind::Choice { step, .. } if node.id == way.from => Some(step.clone()),
                _ => None,
            });
            let variable = self.variables.outcome(&step.unwrap_or_default());
            all.push(Condition::Decided { variable, outcome: outcome.clone() });
        }
        all.extend(way.guard.clone().map(Condition::Guard));
        all
    }

    /// Where a way out of a node leads.
    fn goal(&mut self, way: &'d Transition, to: &'d str, lane: usize) -> usize {
        self.arrival(way, to).unwrap_or_else(|| self.target(to, lane))
    }

    pub fn target(&mut self, node: &'d str, lane: usize) -> usize {
        if let Some(place) = self.entry.get(node) {
            return *place;
        }
        let kind = self.graph.nodes.iter().find(|other| other.id == node).map(|other| &other.kind);
        let (state, stops) = match kind {
            Some(NodeKind::End { state, stops_branches }) => (state.clone(), *stops_branches),
            _ => ("hoàn thành".to_string(), false),
        };
        let mut name: Vec<char> = state.chars().collect();
        if let Some(first) = name.first_mut() {
            *first = first.to_uppercase().next().unwrap_or(*first);
        }
        let name: String = name.iter().collect();
        if let Some(subprocess) = self.scope {
            return self.leave(subprocess, node, &state, &name);
        }
        let end = self.element(&format!("end_{state}"), Kind::End(stops), name, lane);
        self.process.elements[end].properties.push(("end", state));
        end
    }

    /// Where a decision may not be offered any more, or not for this dossier, it is made anew.
    fn choose_anew(&mut self) {
        for gateway in self.decided.clone() {
            let out: Vec<&Flow> = self.process.flows.iter().filter(|flow| flow.from == gateway).collect();
            let narrowed = out.iter().any(|flow| matches!(flow.condition, Some(Condition::All(_))));
            if !narrowed || out.iter().any(|flow| flow.default) {
                continue;
            }
            let before = self.process.flows.iter().find(|flow| flow.to == gateway).map(|flow| flow.from);
            if let Some(step) = before {
                let flow = self.flow(gateway, step);
                (flow.name, flow.default) = (Some("chọn lại".into()), true);
                flow.properties.push(notes::helper());
            }
        }
    }

    /// Where several flows come together, a gateway of its own brings them together.
    fn merge(&mut self) {
        for place in 0..self.process.elements.len() {
            let into: Vec<usize> =
                (0..self.process.flows.len()).filter(|flow| self.process.flows[*flow].to == place).collect();
            let outward = self.process.flows.iter().filter(|flow| flow.from == place).count();
            let groups = match self.process.elements[place].kind {
                Kind::Parallel if outward == 1 => self.by_branch(&into),
                _ => vec![into],
            };
            for group in groups.into_iter().filter(|group| group.len() > 1) {
                let element = &self.process.elements[place];
                let (wish, lane) = (format!("merge_{}", element.id), element.lane);
                let wiring = element.properties.contains(&notes::wiring());
                self.scope = element.inside;
                let merge = self.element(&wish, Kind::Merge, "", lane);
                self.process.elements[merge].properties.extend(wiring.then(notes::wiring));
                group.iter().for_each(|flow| self.process.flows[*flow].to = merge);
                self.flow(merge, place);
            }
        }
    }

    /// The flows into a join, by the branch from which they come.
    fn by_branch(&self, into: &[usize]) -> Vec<Vec<usize>> {
        let of = |flow: &usize| self.arrivals.iter().find(|(arrived, _)| arrived == flow).map(|(_, way)| *way);
        let Some(join) = into.first().and_then(of).map(|way| way.to.as_str()) else { return Vec::new() };
        let fork =
            self.graph.nodes.iter().find(|node| matches!(&node.kind, NodeKind::Fork { join: of, .. } if of == join));
        let Some(fork) = fork else { return Vec::new() };
        let branches = early::branches(self.graph, &fork.id, join).into_iter().map(|branch| {
            let here = |flow: &&usize| of(flow).is_some_and(|way| branch.has(way));
            into.iter().filter(here).copied().collect()
        });
        branches.collect()
    }
}
