//! Workflow net → nodes and transitions of the definition.

use super::data::{decimal, duration, operator_of, otherwise, round, source, stages, texts};
use super::definition::*;
use crate::graph::{self, Net, Way};
use crate::model::flow::{Actor, BlockId, BlockKind, Flow, Guard, Overdue, Performers as ModelPerformers, StepId};
use crate::model::procedure::{self, FieldKind, FieldValue as ModelValue};
use crate::model::{Model, flow as model_flow};
use crate::project::Project;
use petgraph::graph::NodeIndex;
use std::collections::{HashMap, HashSet};
use tthc_grammar::keywords::STATUSES;

/// Forms of a step and of its outcomes.
pub(super) fn forms_of(step: &model_flow::Step) -> Vec<usize> {
    step.forms.iter().chain(step.exits.arrows().iter().flat_map(|arrow| &arrow.forms)).copied().collect()
}

/// `II.3` of a stage in a stage.
pub(super) fn stage_path(flow: &Flow, id: BlockId) -> String {
    let names = flow.around(Some(id)).map(|id| flow.block(id)).filter(|block| block.kind.prefixes());
    let mut names: Vec<&str> =
        names.filter_map(|block| block.named.as_ref()).map(|named| named.name.as_str()).collect();
    names.reverse();
    names.join(".")
}

/// The stage around an element.
pub(super) fn stage_around(flow: &Flow, parent: Option<BlockId>) -> Option<String> {
    let stage = flow.around(parent).find(|id| matches!(flow.block(*id).kind, BlockKind::Stage(_)))?;
    Some(stage_path(flow, stage))
}

/// A case with its graph.
pub(super) fn case(project: &Project, procedure: &procedure::Procedure, case: &procedure::Case) -> Case {
    let net = graph::lower(&case.flow, false);
    let context = Context::new(project, procedure, &case.flow, &net);
    let limits = |list: &[procedure::Limit]| list.iter().map(|limit| context.limit(limit, None)).collect();
    let shares =
        case.data.shares.iter().map(|(agency, limit)| context.limit(limit, Some(project.model.org_path(*agency))));
    let own_texts =
        case.data.texts.iter().filter(|entry| case.named.is_some() && !procedure.data.texts.contains(entry)).cloned();
    let after = (!case.flow.after.is_empty()).then(|| {
        let net = graph::lower(&case.flow, true);
        Context::new(project, procedure, &case.flow, &net).graph()
    });
    Case {
        id: case.named.as_ref().map(|named| named.name.clone()),
        label: case.label.clone(),
        guard: case.guard.as_ref().and_then(|guard| context.expression(guard)),
        texts: texts(&own_texts.collect::<Vec<_>>()),
        otherwise: otherwise(&project.model, &procedure.data, &case.data).filter(|_| case.named.is_some()),
        notes: case.flow.notes.clone(),
        limits: limits(&case.data.limits),
        statutory_limits: limits(&case.data.statutory),
        shares: shares.collect(),
        stages: stages(project, case),
        graph: context.graph(),
        follow_up: after,
    }
}

struct Context<'p> {
    project: &'p Project,
    model: &'p Model,
    procedure: &'p procedure::Procedure,
    flow: &'p Flow,
    net: &'p Net,
    ids: HashMap<NodeIndex, String>,
    steps: HashMap<StepId, String>,
}

impl<'p> Context<'p> {
    fn new(project: &'p Project, procedure: &'p procedure::Procedure, flow: &'p Flow, net: &'p Net) -> Self {
        let mut context = Context {
            project,
            model: &project.model,
            procedure,
            flow,
            net,
            ids: HashMap::new(),
            steps: HashMap::new(),
        };
        context.name_steps();
        context.name_nodes();
        context
    }

    /// Every step of the flow has an id of its own, also where its number is doubled.
    fn name_steps(&mut self) {
        let mut taken: HashSet<String> = HashSet::new();
        for index in 0..self.flow.steps.len() {
            let id = StepId(index);
            let name = unique(&mut taken, self.flow.full_name(id));
            self.steps.insert(id, name);
        }
    }

    fn name_nodes(&mut self) {
        let mut taken: HashSet<String> = self.steps.values().cloned().collect();
        for node in self.net.graph.node_indices() {
            let block_name = |id: BlockId| self.flow.block(id).named.as_ref().map_or("song_song", |named| &named.name);
            let id = match &self.net.graph[node] {
                graph::NodeKind::Step(step) => self.steps[step].clone(),
                graph::NodeKind::Start => unique(&mut taken, ":start".into()),
                graph::NodeKind::Choice { step, .. } => unique(&mut taken, format!("{}:choice", self.steps[step])),
                graph::NodeKind::Wait { .. } => unique(&mut taken, format!("{}:wait", self.waits_behind(node))),
                graph::NodeKind::Fork(block) => unique(&mut taken, format!("{}:fork", block_name(*block))),
                graph::NodeKind::Join(block, _) => unique(&mut taken, format!("{}:join", block_name(*block))),
                graph::NodeKind::End(state, false) => unique(&mut taken, format!(":end {}", state.phrase())),
                graph::NodeKind::End(state, true) => unique(&mut taken, format!(":stop {}", state.phrase())),
                graph::NodeKind::Finished => unique(&mut taken, ":finished".into()),
            };
            self.ids.insert(node, id);
        }
    }

    /// The step from whose arrow a wait is reached.
    fn waits_behind(&self, wait: NodeIndex) -> &str {
        let before = self.net.graph.neighbors_directed(wait, petgraph::Direction::Incoming);
        let steps = before.filter_map(|node| match &self.net.graph[node] {
            graph::NodeKind::Choice { step, .. } | graph::NodeKind::Step(step) => self.steps.get(step),
            _ => None,
        });
        steps.min().map_or("", String::as_str)
    }

    fn id(&self, node: NodeIndex) -> String {
        self.ids.get(&node).cloned().unwrap_or_default()
    }

    fn graph(&self) -> Graph {
        let mut nodes: Vec<NodeIndex> = self.net.graph.node_indices().collect();
        nodes.sort_by_key(|node| self.order(*node));
        let mut transitions = Vec::new();
        for node in &nodes {
            for edge in self.net.ways(*node) {
                transitions.extend(self.transition(*node, edge, transitions.len() + 1));
            }
        }
        Graph {
            start: self.id(self.net.start),
            nodes: nodes.into_iter().map(|node| Node { id: self.id(node), kind: self.kind(node) }).collect(),
            transitions,
        }
    }

    /// Nodes stand in the order of the table: start, steps with what belongs to them, ends.
    fn order(&self, node: NodeIndex) -> (usize, usize, usize) {
        let first_step = |block: BlockId| {
            let inside = |step: &&model_flow::Step| self.flow.around(step.parent).any(|around| around == block);
            self.flow.steps.iter().position(|step| inside(&step)).unwrap_or(usize::MAX)
        };
        let last_step = |block: BlockId| {
            let inside = |step: &&model_flow::Step| self.flow.around(step.parent).any(|around| around == block);
            self.flow.steps.iter().rposition(|step| inside(&step)).unwrap_or(usize::MAX)
        };
        match &self.net.graph[node] {
            graph::NodeKind::Start => (0, 0, 0),
            graph::NodeKind::Fork(block) => (1, first_step(*block), 0),
            graph::NodeKind::Step(step) => (1, step.0, 1),
            graph::NodeKind::Choice { step, .. } => (1, step.0, 2),
            graph::NodeKind::Wait { .. } => (2, node.index(), 0),
            graph::NodeKind::Join(block, _) => (1, last_step(*block), 3),
            graph::NodeKind::End(state, stops) => (3, *state as usize, usize::from(*stops)),
            graph::NodeKind::Finished => (4, 0, 0),
        }
    }

    fn kind(&self, node: NodeIndex) -> NodeKind {
        match &self.net.graph[node] {
            graph::NodeKind::Start => NodeKind::Start,
            graph::NodeKind::Step(step) => NodeKind::Step(Box::new(self.step(*step))),
            graph::NodeKind::Choice { step, decided } => {
                NodeKind::Choice { step: self.steps[step].clone(), decided: *decided }
            }
            graph::NodeKind::Wait { reason, limit } => {
                NodeKind::Wait { reason: reason.clone(), limit: limit.as_ref().map(duration) }
            }
            graph::NodeKind::Fork(block) => {
                let join = self
                    .net
                    .graph
                    .node_indices()
                    .find(|node| matches!(&self.net.graph[*node], graph::NodeKind::Join(of, _) if of == block));
                let declared = self.flow.block(*block);
                NodeKind::Fork {
                    block: declared.named.as_ref().map(|named| named.name.clone()).unwrap_or_default(),
                    label: declared.label.clone(),
                    join: join.map(|join| self.id(join)).unwrap_or_default(),
                    texts: texts(&declared.texts),
                }
            }
            graph::NodeKind::Join(block, required) => {
                let declared = self.flow.block(*block);
                NodeKind::Join {
                    block: declared.named.as_ref().map(|named| named.name.clone()).unwrap_or_default(),
                    required: *required,
                    branches: declared.children.len() as u32,
                }
            }
            graph::NodeKind::End(state, stops) => {
                NodeKind::End { state: state.phrase().into(), stops_branches: *stops }
            }
            graph::NodeKind::Finished => NodeKind::Finished,
        }
    }

    fn step(&self, id: StepId) -> Step {
        let step = self.flow.step(id);
        Step {
            name: step.named.name.clone(),
            numbered: step.numbered,
            label: step.label.clone(),
            stage: stage_around(self.flow, step.parent),
            kinds: step.kinds.iter().map(|kind| kind.to_string()).collect(),
            performers: step.performers.as_ref().and_then(|performers| self.performers(performers)),
            time: Time {
                duration: step.time.duration.as_ref().map(duration),
                unstated: step.time.unstated,
                counted: !step.time.uncounted && step.call.is_none(),
                reason: step.time.reason.clone(),
            },
            deadline: step.deadline.as_ref().map(|deadline| Deadline {
                duration: duration(&deadline.duration),
                since: deadline.since.map(|since| self.steps[&since].clone()),
            }),
            forms: self.forms(&step.forms),
            texts: texts(&step.texts),
            presence: step.presence,
            calendar: step.calendar.map(|id| self.model.calendars[id].named.name.clone()),
            after_three_next_day: step.after_three,
            electronic: step.electronic.as_ref().map(|electronic| Electronic {
                status: electronic.status,
                status_name: electronic
                    .status
                    .and_then(|number| STATUSES.get(usize::from(number).wrapping_sub(1)))
                    .map(|name| name.to_string()),
                digital_signature: electronic.digital_signature,
                notify: electronic.notify.clone(),
                notes: electronic.notes.clone(),
            }),
            call: step.call.as_ref().and_then(|call| self.call(call)),
            reminds_when_overdue: !matches!(
                step.overdue,
                Some(Overdue::AsAgreed | Overdue::AsOutcome(_) | Overdue::Target(_))
            ),
            source: source(self.project, step.place),
            inserted_at: step.inserted_at.iter().map(|place| source(self.project, *place)).collect(),
        }
    }

    fn call(&self, call: &model_flow::Call) -> Option<Call> {
        let called = &self.model.procedures[call.procedure?.0];
        Some(Call {
            procedure: called.named.name.clone(),
            code: called.code.as_ref().map(|(code, _)| code.clone()),
            fields: call.mapping.iter().map(|(own, theirs)| (theirs.clone(), own.clone())).collect(),
        })
    }

    fn performers(&self, performers: &ModelPerformers) -> Option<Performers> {
        let several = |list: &[ModelPerformers]| list.iter().filter_map(|one| self.performers(one)).collect();
        Some(match performers {
            ModelPerformers::All(list) => Performers::All { of: several(list) },
            ModelPerformers::Any(list) => Performers::Any { of: several(list) },
            ModelPerformers::One(one) => {
                let wording = one.wording.clone();
                match one.actor {
                    Actor::Org(id) => Performers::Organization {
                        id: self.model.org_path(id),
                        at: one.at.map(|at| self.model.org_path(at)),
                        wording,
                    },
                    Actor::Applicant => Performers::Applicant { wording },
                    Actor::System => Performers::System { wording },
                    Actor::ReceivingUnit => Performers::ReceivingUnit { wording },
                    Actor::Unknown => return None,
                }
            }
        })
    }

    fn forms(&self, forms: &[usize]) -> Vec<String> {
        forms.iter().map(|id| self.model.forms[*id].named.name.clone()).collect()
    }

    fn transition(&self, from: NodeIndex, edge: petgraph::graph::EdgeIndex, number: usize) -> Option<Transition> {
        let (_, to) = self.net.graph.edge_endpoints(edge)?;
        let way = &self.net.graph[edge];
        let (mut outcome, mut called_end, mut timeout) = (None, None, None);
        match &way.way {
            Way::Outcome(name) => outcome = Some(name.clone()),
            Way::CalledEnd(state) => called_end = Some(state.phrase().to_string()),
            Way::Timeout { outcome } => {
                let agreed = match self.net.graph[from] {
                    graph::NodeKind::Step(id) => matches!(self.flow.step(id).overdue, Some(Overdue::AsAgreed)),
                    _ => false,
                };
                timeout = Some(Timeout { after: self.time_of(from)?, outcome: outcome.clone(), agreed })
            }
            Way::Only | Way::Otherwise | Way::Guarded => {}
        }
        let branch = self.branch(from, edge);
        let counted_per = way.max_times.map(|_| self.counted_per(from));
        Some(Transition {
            id: format!("t{number}"),
            from: self.id(from),
            to: self.id(to),
            branch: branch.and_then(|branch| Some(branch.named.as_ref()?.name.clone())),
            outcome,
            called_end,
            label: way.label.clone().or_else(|| branch?.label.clone()),
            guard: way.guard.as_ref().and_then(|guard| self.expression(guard)),
            otherwise: matches!(way.way, Way::Otherwise),
            back: way.back,
            max_times: way.max_times,
            counted_per,
            when_exhausted: way.exhausted.map(|node| self.id(node)),
            round: way.round.as_ref().map(round),
            restarts_limit: way.restarts,
            timeout,
            forms: self.forms(&way.forms),
            texts: texts(branch.map_or(&way.texts, |branch| &branch.texts)),
            source: source(self.project, way.place),
        })
    }

    /// The branch that begins with an edge out of a fork.
    fn branch(&self, from: NodeIndex, edge: petgraph::graph::EdgeIndex) -> Option<&'p model_flow::Block> {
        let graph::NodeKind::Fork(block) = &self.net.graph[from] else { return None };
        let place = self.net.ways(from).into_iter().position(|way| way == edge)?;
        match self.flow.block(*block).children.get(place)? {
            model_flow::Node::Block(branch) => Some(self.flow.block(*branch)),
            model_flow::Node::Step(_) => None,
        }
    }

    /// The whole time of a step or wait.
    fn time_of(&self, node: NodeIndex) -> Option<Duration> {
        match &self.net.graph[node] {
            graph::NodeKind::Step(step) => self.flow.step(*step).time.duration.as_ref().map(duration),
            graph::NodeKind::Wait { limit, .. } => limit.as_ref().map(duration),
            _ => None,
        }
    }

    /// Inside a branch an arrow counts anew for each entry of its parallel block.
    fn counted_per(&self, from: NodeIndex) -> String {
        let step = match &self.net.graph[from] {
            graph::NodeKind::Step(step) | graph::NodeKind::Choice { step, .. } => *step,
            _ => return "dossier".into(),
        };
        let parallel = self
            .flow
            .around(self.flow.step(step).parent)
            .find(|id| matches!(self.flow.block(*id).kind, BlockKind::Parallel(_)));
        let fork = parallel.and_then(|block| {
            let is_fork =
                |node: &NodeIndex| matches!(&self.net.graph[*node], graph::NodeKind::Fork(of) if *of == block);
            self.net.graph.node_indices().find(is_fork)
        });
        fork.map_or("dossier".into(), |fork| self.id(fork))
    }

    fn limit(&self, limit: &procedure::Limit, agency: Option<String>) -> Limit {
        Limit {
            duration: limit.duration.as_ref().map(duration),
            guard: limit.guard.as_ref().and_then(|guard| self.expression(guard)),
            agency,
            source: source(self.project, limit.place),
        }
    }

    fn expression(&self, guard: &Guard) -> Option<Expression> {
        let all = |parts: &[Guard]| parts.iter().map(|part| self.expression(part)).collect::<Option<Vec<_>>>();
        Some(match guard {
            Guard::And(parts) => Expression::And { args: all(parts)? },
            Guard::Or(parts) => Expression::Or { args: all(parts)? },
            Guard::Not(inner) => Expression::Not { arg: Box::new(self.expression(inner)?) },
            Guard::Outcome(step, outcome) => {
                Expression::Outcome { step: self.steps[step].clone(), outcome: outcome.clone() }
            }
            Guard::Event(event) => Expression::Event { event: event.clone() },
            Guard::Unknown(_) => return None,
            Guard::Field(index, operator, value) => {
                let field = self.procedure.fields.get(*index)?;
                let value = match (value, &field.kind) {
                    (ModelValue::Flag(flag), _) => serde_json::Value::Bool(*flag),
                    (ModelValue::Number(number), _) => serde_json::Value::String(decimal(number)),
                    (ModelValue::Value(value), FieldKind::Values(values)) => {
                        serde_json::Value::String(values.get(*value)?.0.name.clone())
                    }
                    _ => return None,
                };
                Expression::Compare { field: field.named.name.clone(), operator: operator_of(*operator), value }
            }
        })
    }
}

fn unique(taken: &mut HashSet<String>, name: String) -> String {
    let mut candidate = name.clone();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{name}#{number}");
        number += 1;
    }
    candidate
}
