//! The graph as it stands in the definition, and whether it is a net at all.

use super::dossier::Expression;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// A node by its place in [`Net::nodes`].
pub type NodeId = usize;
/// A transition by its place in [`Net::ways`].
pub type WayId = usize;

/// What a node is, as far as a run is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Start,
    Step,
    Choice { step: String, decided: bool },
    Wait,
    Fork { join: NodeId },
    Join { required: usize, branches: usize },
    End { state: String, stops: bool },
    Finished,
}

/// A node.
#[derive(Debug)]
pub struct Node {
    pub id: String,
    pub kind: Kind,
    /// Out of it, in the order in which they are tried.
    pub ways: Vec<WayId>,
}

/// A transition.
#[derive(Debug)]
pub struct Way {
    pub to: NodeId,
    /// The outcome or the end of the called procedure for which it is taken.
    pub outcome: Option<String>,
    pub guard: Option<Expression>,
    pub otherwise: bool,
    pub max_times: Option<u32>,
    /// The fork whose entries count anew; none: once for the dossier.
    pub counted_per: Option<NodeId>,
    pub when_exhausted: Option<NodeId>,
    /// Taken by the clock; within, the outcome that then counts as decided.
    pub timeout: Option<Option<String>>,
}

/// A graph.
#[derive(Debug)]
pub struct Net {
    pub nodes: Vec<Node>,
    pub ways: Vec<Way>,
    pub start: NodeId,
}

/// A text that must be there.
pub fn text(value: &Value, key: &str) -> Result<String, String> {
    value.get(key).and_then(Value::as_str).map(String::from).ok_or_else(|| format!("no text {key} in {value}"))
}

/// A list that must be there.
pub fn list<'v>(value: &'v Value, key: &str) -> Result<&'v Vec<Value>, String> {
    value.get(key).and_then(Value::as_array).ok_or_else(|| format!("no list {key} in {value}"))
}

fn optional(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(String::from)
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

struct Ids(HashMap<String, NodeId>);

impl Ids {
    fn find(&self, id: &str) -> Result<NodeId, String> {
        self.0.get(id).copied().ok_or_else(|| format!("no node {id}"))
    }
}

impl Net {
    /// Reads a graph.
    pub fn new(graph: &Value) -> Result<Net, String> {
        let nodes = list(graph, "nodes")?;
        let mut ids = Ids(HashMap::new());
        for (index, node) in nodes.iter().enumerate() {
            if ids.0.insert(text(node, "id")?, index).is_some() {
                return Err(format!("two nodes have the id {}", node["id"]));
            }
        }
        let mut net = Net { nodes: Vec::new(), ways: Vec::new(), start: ids.find(&text(graph, "start")?)? };
        for node in nodes {
            net.nodes.push(Node { id: text(node, "id")?, kind: kind(node, &ids)?, ways: Vec::new() });
        }
        let mut names = BTreeSet::new();
        for transition in list(graph, "transitions")? {
            if !names.insert(text(transition, "id")?) {
                return Err(format!("two transitions have the id {}", transition["id"]));
            }
            let from = ids.find(&text(transition, "from")?)?;
            net.nodes[from].ways.push(net.ways.len());
            net.ways.push(way(transition, &ids)?);
        }
        net.check()?;
        Ok(net)
    }

    /// Every condition in it.
    pub fn guards(&self) -> impl Iterator<Item = &Expression> {
        self.ways.iter().filter_map(|way| way.guard.as_ref())
    }

    /// Every step in it, by its id.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().filter(|node| node.kind == Kind::Step).map(|node| node.id.as_str())
    }

    /// The shape that the kinds of nodes promise.
    fn check(&self) -> Result<(), String> {
        if self.nodes[self.start].kind != Kind::Start {
            return Err("the start is no start node".into());
        }
        let starts = self.nodes.iter().filter(|node| node.kind == Kind::Start).count();
        for (index, node) in self.nodes.iter().enumerate() {
            let (mut plain, mut timed) = (0, 0);
            for way in node.ways.iter().map(|way| &self.ways[*way]) {
                if way.timeout.is_some() {
                    timed += 1
                } else {
                    plain += 1
                }
                self.check_way(node, way)?;
            }
            let right = match &node.kind {
                Kind::Start | Kind::Join { .. } => plain == 1 && timed == 0,
                Kind::Step | Kind::Wait => plain == 1 && timed <= 1,
                Kind::Choice { .. } => plain >= 1 && timed == 0,
                Kind::Fork { join } => {
                    matches!(self.nodes[*join].kind, Kind::Join { branches, .. } if branches == plain) && timed == 0
                }
                Kind::End { .. } | Kind::Finished => plain == 0 && timed == 0,
            };
            let leads = |way: &Way| way.to == index || way.when_exhausted == Some(index);
            let entered = self.ways.iter().any(leads);
            if !right || starts != 1 || entered == (index == self.start) {
                return Err(format!("{}: {plain} transitions, {timed} timeouts, entered: {entered}", node.id));
            }
        }
        Ok(())
    }

    fn check_way(&self, node: &Node, way: &Way) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("out of {}: {what}", node.id));
        if way.counted_per.is_some_and(|fork| !matches!(self.nodes[fork].kind, Kind::Fork { .. })) {
            return wrong("countedPer is no fork");
        }
        let choice = matches!(node.kind, Kind::Choice { .. });
        if !choice && (way.guard.is_some() || way.outcome.is_some() || way.otherwise) {
            return wrong("only choices have guards and outcomes");
        }
        if let Some(outcome) = &way.timeout {
            let decides = matches!(&self.nodes[way.to].kind, Kind::Choice { step, decided: true } if *step == node.id);
            if decides != outcome.is_some() {
                return wrong("a timeout has an outcome where one is to be decided, and there alone");
            }
        }
        Ok(())
    }
}

fn kind(node: &Value, ids: &Ids) -> Result<Kind, String> {
    Ok(match text(node, "type")?.as_str() {
        "start" => Kind::Start,
        "step" => Kind::Step,
        "choice" => Kind::Choice { step: text(node, "step")?, decided: flag(node, "decided") },
        "wait" => Kind::Wait,
        "fork" => Kind::Fork { join: ids.find(&text(node, "join")?)? },
        "join" => {
            let count = |key: &str| node[key].as_u64().ok_or_else(|| format!("no number {key}"));
            let (required, branches) = (count("required")?, count("branches")?);
            if required == 0 || required > branches {
                return Err(format!("{} waits for {required} of {branches} branches", node["id"]));
            }
            Kind::Join { required: required as usize, branches: branches as usize }
        }
        "end" => Kind::End { state: text(node, "state")?, stops: flag(node, "stopsBranches") },
        "finished" => Kind::Finished,
        other => return Err(format!("unknown type of node {other}")),
    })
}

fn way(value: &Value, ids: &Ids) -> Result<Way, String> {
    let max_times = value.get("maxTimes").and_then(Value::as_u64).map(|times| times as u32);
    let counted_per = match (optional(value, "countedPer").as_deref(), max_times) {
        (Some("dossier"), Some(_)) | (None, None) => None,
        (Some(fork), Some(_)) => Some(ids.find(fork)?),
        _ => return Err(format!("maxTimes and countedPer belong together: {value}")),
    };
    let guard = value.get("guard").filter(|guard| !guard.is_null());
    let when_exhausted = optional(value, "whenExhausted");
    Ok(Way {
        to: ids.find(&text(value, "to")?)?,
        outcome: optional(value, "outcome").or_else(|| optional(value, "calledEnd")),
        guard: guard.map(Expression::new).transpose()?,
        otherwise: flag(value, "otherwise"),
        max_times,
        counted_per,
        when_exhausted: when_exhausted.map(|id| ids.find(&id)).transpose()?,
        timeout: value.get("timeout").filter(|timeout| !timeout.is_null()).map(|timeout| optional(timeout, "outcome")),
    })
}
