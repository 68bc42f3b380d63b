//! A process as it is drawn in BPMN: nodes and flows, whatever tool has drawn them.

use super::kept::with_name;
use super::{nested, pools, references};
use crate::diagnostic::say;
use crate::import::Unreadable;
use crate::import::words::{one_line, plain};
use crate::import::xml::{attribute, children, start_tag};
use roxmltree::Node as Xml;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Processes of more nodes are none that anybody has drawn.
pub(crate) const MAX_NODES: usize = 1_000;
/// Flows of a process.
pub(crate) const MAX_FLOWS: usize = 3 * MAX_NODES;
/// Elements that hold others, which are gone into.
pub(super) const SUBPROCESSES: [&str; 3] = ["subProcess", "transaction", "adHocSubProcess"];

/// Attributes that say who does something.
const PEOPLE: [&str; 3] = ["candidateGroups", "candidateUsers", "assignee"];
/// Elements of Camunda 8 that say when something is due.
const SCHEDULES: [&str; 2] = ["taskSchedule", "priorityDefinition"];

/// Names and values that a tool has added.
#[derive(Debug, Default, Clone)]
pub(super) struct Properties(Vec<(String, String)>);

impl Properties {
    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of a name.
    pub fn all<'p>(&'p self, name: &str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// With what a tool says of an element in attributes of its own: `camunda:dueDate`. Who does it is read apart.
    fn with_attributes(mut self, element: Xml) -> Properties {
        if self.get("step").is_some() {
            return self;
        }
        let scheduled = nested::own(element).filter(|child| SCHEDULES.contains(&child.tag_name().name()));
        let own = element.attributes().filter(|one| one.namespace().is_some());
        let said = own.chain(scheduled.flat_map(|child| child.attributes()));
        let said = said.filter(|one| !PEOPLE.contains(&one.name()) && !one.value().trim().is_empty());
        self.0.extend(said.map(|one| (one.name().to_string(), one_line(one.value()))));
        self
    }

    /// Everything.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    /// With `true` everything that still runs is stopped.
    End(bool),
    Task,
    /// Waits for time or a message.
    Wait,
    /// One way is taken.
    Xor,
    /// All ways are taken.
    And,
    /// Some ways are taken: what no text can say.
    Or,
    /// Interrupts the node with this place.
    Border(usize),
    /// Nothing happens: the border of a subprocess, an assignment of variables.
    Pass,
}

/// A node.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub name: String,
    pub kind: Kind,
    /// The element: `userTask`.
    pub tag: String,
    pub documentation: String,
    pub properties: Properties,
    /// Who may do it, as tools say it.
    pub groups: Vec<String>,
    pub lane: Option<String>,
    /// The duration of a timer.
    pub timer: Option<String>,
    /// The flow that is taken when no other is.
    pub default: Option<usize>,
    /// Where it stands in the file.
    pub span: Range<usize>,
}

impl Node {
    pub fn pass(name: &str, span: Range<usize>) -> Node {
        Node {
            name: name.into(),
            kind: Kind::Pass,
            tag: String::new(),
            documentation: String::new(),
            properties: Properties::default(),
            groups: Vec::new(),
            lane: None,
            timer: None,
            default: None,
            span,
        }
    }

    /// How many branches a join waits for, where it does not wait for all.
    pub fn required(&self) -> Option<u32> {
        self.properties.get("required")?.parse().ok().filter(|required| *required > 0)
    }

    /// A property says that the process has nothing like it.
    pub fn is_helper(&self) -> bool {
        self.properties.get("helper").is_some()
    }
}

/// A sequence flow.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    pub id: String,
    pub from: usize,
    pub to: usize,
    pub name: String,
    pub condition: Option<String>,
    pub documentation: String,
    pub properties: Properties,
}

/// A process.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub name: String,
    pub documentation: String,
    pub properties: Properties,
    pub nodes: Vec<Node>,
    pub flows: Vec<Flow>,
    /// Texts that belong to no node.
    pub other: Vec<String>,
    /// What cannot be said.
    pub lost: Vec<String>,
    /// Where its soundness is not examined: the node that is why, and what of it.
    pub unexamined: Option<(usize, &'static str)>,
}

impl Drawn {
    /// The flows out of a node, in their order; the default last.
    pub fn out(&self, node: usize) -> Vec<usize> {
        let mut out: Vec<usize> = (0..self.flows.len()).filter(|flow| self.flows[*flow].from == node).collect();
        out.sort_by_key(|flow| Some(*flow) == self.nodes[node].default);
        out
    }

    /// The flows into a node.
    pub fn leading_to(&self, node: usize) -> Vec<usize> {
        (0..self.flows.len()).filter(|flow| self.flows[*flow].to == node).collect()
    }

    /// The events at the border of a node.
    pub fn borders(&self, node: usize) -> Vec<usize> {
        (0..self.nodes.len()).filter(|other| self.nodes[*other].kind == Kind::Border(node)).collect()
    }
}

/// What is drawn of a process.
///
/// `named`: errors, messages and the like that stand beside the processes.
pub(super) fn read(process: Xml, named: &HashMap<&str, String>) -> Result<Drawn, Unreadable> {
    let mut drawn = Drawn {
        name: attribute(process, "name").map(one_line).unwrap_or_default(),
        documentation: documentation(process),
        properties: properties(process),
        ..Drawn::default()
    };
    let lanes = lanes(process);
    let mut places: HashMap<&str, usize> = HashMap::new();
    // Where flows out of a subprocess begin, and where those into its ends lead.
    let mut exits: HashMap<usize, usize> = HashMap::new();
    let hidden = nested::hidden(process, &mut drawn);
    let elements: Vec<Xml> =
        process.descendants().filter(|node| node.is_element() && !hidden.contains(&node.id())).collect();
    for element in &elements {
        let Some(kind) = kind(*element) else {
            drawn.other.extend(other(*element));
            continue;
        };
        if drawn.nodes.len() >= MAX_NODES {
            return Err(say(
                format!("quy trình có quá nhiều phần tử (hơn {MAX_NODES})"),
                format!("the process has too many elements (over {MAX_NODES})"),
            ));
        }
        let place = drawn.nodes.len();
        places.extend(attribute(*element, "id").map(|id| (id, place)));
        let mut node = node(*element, kind, &lanes);
        references::add(&mut node.documentation, *element, named);
        drawn.nodes.push(node);
        if kind == Kind::Pass && SUBPROCESSES.contains(&element.tag_name().name()) {
            exits.insert(place, place + 1);
            let exit = nested::exit(&drawn.nodes[place]);
            drawn.nodes.push(exit);
        }
    }
    let arrows = elements.iter().filter(|element| element.tag_name().name() == "sequenceFlow").count();
    if arrows > MAX_FLOWS {
        return Err(say(
            format!("quy trình có quá nhiều mũi tên (hơn {MAX_FLOWS})"),
            format!("the process has too many flows (over {MAX_FLOWS})"),
        ));
    }
    lane_texts(&elements, &mut drawn);
    borders(&elements, &places, &mut drawn);
    flows(&elements, &places, &exits, &mut drawn);
    nested::borders(&mut drawn);
    nested::links(&elements, &places, &mut drawn);
    nested::inside(&elements, &places, &exits, &mut drawn);
    Ok(drawn)
}

fn kind(element: Xml) -> Option<Kind> {
    let has = |name: &'static str| children(element, name).next().is_some();
    let parent = element.parent().map(|parent| parent.tag_name().name());
    if !parent.is_some_and(|parent| parent == "process" || SUBPROCESSES.contains(&parent)) {
        return None;
    }
    Some(match element.tag_name().name() {
        "startEvent" => Kind::Start,
        "endEvent" => Kind::End(has("terminateEventDefinition") || properties(element).get(nested::LEAVES).is_some()),
        "scriptTask" if properties(element).get("helper").is_some() => Kind::Pass,
        "task" | "userTask" | "manualTask" | "serviceTask" | "scriptTask" | "sendTask" | "receiveTask"
        | "businessRuleTask" | "callActivity" => Kind::Task,
        "exclusiveGateway" | "eventBasedGateway" => Kind::Xor,
        "parallelGateway" => Kind::And,
        "inclusiveGateway" | "complexGateway" => Kind::Or,
        "intermediateCatchEvent" | "intermediateThrowEvent" if has(nested::LINK) => Kind::Pass,
        "intermediateCatchEvent" => Kind::Wait,
        "intermediateThrowEvent" => Kind::Task,
        "boundaryEvent" => Kind::Border(usize::MAX),
        name if SUBPROCESSES.contains(&name) => match nested::is_empty(element) {
            true => Kind::Task,
            false => Kind::Pass,
        },
        _ => return None,
    })
}

fn node<'d>(element: Xml<'d, '_>, kind: Kind, lanes: &HashMap<&'d str, String>) -> Node {
    let mut groups: Vec<String> = Vec::new();
    for name in PEOPLE {
        groups.extend(attribute(element, name).map(one_line));
    }
    let owners = nested::own(element)
        .filter(|child| matches!(child.tag_name().name(), "potentialOwner" | "humanPerformer" | "performer"));
    groups.extend(owners.map(|owner| one_line(&text(owner))).filter(|text| !text.is_empty()));
    let assigned = nested::own(element).filter(|child| child.tag_name().name() == "assignmentDefinition");
    groups.extend(assigned.flat_map(|child| child.attributes().map(|one| one_line(one.value())).collect::<Vec<_>>()));
    let timer =
        nested::own(element).find(|child| matches!(child.tag_name().name(), "timeDuration" | "timeDate" | "timeCycle"));
    Node {
        name: attribute(element, "name").map(one_line).unwrap_or_default(),
        kind,
        tag: element.tag_name().name().into(),
        documentation: documentation(element),
        properties: properties(element).with_attributes(element),
        groups,
        lane: attribute(element, "id").and_then(|id| lanes.get(id)).cloned(),
        timer: timer.map(|timer| one_line(&text(timer)).trim_matches('"').to_string()),
        default: None,
        span: start_tag(element),
    }
}

fn borders(elements: &[Xml], places: &HashMap<&str, usize>, drawn: &mut Drawn) {
    for element in elements.iter().filter(|element| element.tag_name().name() == "boundaryEvent") {
        let place = |name| attribute(*element, name).and_then(|id| places.get(id)).copied();
        let Some(own) = place("id") else { continue };
        match place("attachedToRef") {
            Some(host) if matches!(drawn.nodes[host].kind, Kind::Task | Kind::Wait | Kind::Pass) => {
                drawn.nodes[own].kind = Kind::Border(host);
            }
            _ => drawn.nodes[own].kind = Kind::Pass,
        }
        if attribute(*element, "cancelActivity") == Some("false") {
            drawn.unexamined.get_or_insert((own, "không ngắt việc đang làm"));
            let event = with_name(&drawn.nodes[own]);
            drawn.lost.push(format!("{event} không ngắt việc đang làm; ở đây viết như có ngắt"));
        }
        if children(*element, "compensateEventDefinition").next().is_some() {
            drawn.unexamined.get_or_insert((own, "gọi việc bù lại"));
        }
    }
}

fn flows(elements: &[Xml], places: &HashMap<&str, usize>, exits: &HashMap<usize, usize>, drawn: &mut Drawn) {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for element in elements.iter().filter(|element| element.tag_name().name() == "sequenceFlow") {
        let id = attribute(*element, "id").unwrap_or_default();
        let end = |name| attribute(*element, name).and_then(|id| places.get(id)).copied();
        let (Some(from), Some(to)) = (end("sourceRef"), end("targetRef")) else {
            drawn.lost.push(format!("mũi tên “{id}” dẫn từ hoặc đến chỗ không có"));
            continue;
        };
        ids.insert(id, drawn.flows.len());
        let condition = children(*element, "conditionExpression").next().map(|node| one_line(&text(node)));
        drawn.flows.push(Flow {
            id: id.to_string(),
            from: exits.get(&from).copied().unwrap_or(from),
            to,
            name: attribute(*element, "name").map(one_line).unwrap_or_default(),
            condition: condition.filter(|text| !text.is_empty()),
            documentation: documentation(*element),
            properties: properties(*element),
        });
    }
    for element in elements {
        let place = attribute(*element, "id").and_then(|id| places.get(id));
        if let (Some(place), Some(default)) = (place, attribute(*element, "default")) {
            drawn.nodes[*place].default = ids.get(default).copied();
        }
    }
}

/// Lane by the id of a node; of lanes in lanes the inner one.
fn lanes<'d>(process: Xml<'d, '_>) -> HashMap<&'d str, String> {
    let mut lanes = HashMap::new();
    for lane in process.descendants().filter(|node| node.tag_name().name() == "lane") {
        let name = attribute(lane, "name").map(one_line).unwrap_or_default();
        for member in children(lane, "flowNodeRef") {
            if let Some(id) = member.text() {
                lanes.insert(id.trim(), name.clone());
            }
        }
    }
    lanes
}

/// The texts of lanes. The name is told by who performs, where something is done in the lane itself.
fn lane_texts(elements: &[Xml], drawn: &mut Drawn) {
    let tasks = drawn.nodes.iter().filter(|node| node.kind == Kind::Task);
    let told: HashSet<&str> = tasks.filter_map(|node| node.lane.as_deref()).collect();
    for lane in elements.iter().filter(|element| element.tag_name().name() == "lane") {
        let name = attribute(*lane, "name").map(one_line).unwrap_or_default();
        let notes = documentation(*lane);
        if !notes.is_empty() || !told.contains(name.as_str()) {
            drawn.other.extend(pools::said("làn", &name, &notes));
        }
    }
}

/// The texts of an element that is neither node nor flow.
fn other(element: Xml) -> Option<String> {
    let tag = element.tag_name().name();
    let name = attribute(element, "name").map(one_line);
    match tag {
        "textAnnotation" => {
            children(element, "text").next().map(|node| plain(&text(node))).filter(|text| !text.is_empty())
        }
        "dataObject" | "dataObjectReference" | "dataStoreReference" | "group" => {
            name.map(|name| format!("{tag}: {name}"))
        }
        _ => None,
    }
}

pub(super) fn documentation(element: Xml) -> String {
    let texts: Vec<String> = children(element, "documentation").map(|node| plain(&text(node))).collect();
    texts.join("\n")
}

/// `<x:property name="…" value="…"/>` of any tool.
pub(super) fn properties(element: Xml) -> Properties {
    let extensions = children(element, "extensionElements").flat_map(|extensions| extensions.descendants());
    let found = extensions.filter(|node| node.tag_name().name() == "property");
    let pair = |node: Xml| Some((attribute(node, "name")?.to_string(), attribute(node, "value")?.to_string()));
    Properties(found.filter_map(pair).collect())
}

pub(super) fn text(node: Xml) -> String {
    node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
}
