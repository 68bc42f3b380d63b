//! BPMN process → XML in a dialect.

use super::dialect::Dialect;
use super::model::{Element, Flow, Kind, Process};
use super::shapes;
use super::variables::Variables;
use crate::target::names::ascii;
use crate::target::xml::Xml;

const BPMN: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";

/// The document.
pub(super) fn document(process: &Process, dialect: Dialect, variables: &mut Variables) -> Vec<u8> {
    let root = Xml::new("bpmn:definitions")
        .attribute("xmlns:bpmn", BPMN)
        .attribute("xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI")
        .attribute("xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC")
        .attribute("xmlns:di", "http://www.omg.org/spec/DD/20100524/DI")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    let root = dialect
        .root(root)
        .attribute("id", "definitions")
        .attribute("targetNamespace", "urn:tthc:bpmn:1")
        .attribute("exporter", "tthc")
        .attribute("exporterVersion", env!("CARGO_PKG_VERSION"));
    let id = format!("process_{}", ascii(&process.name));
    let pool = Xml::new("bpmn:participant").attribute("id", "participant").attribute("name", &process.label);
    let pool = pool.attribute("processRef", &id);
    let collaboration = Xml::new("bpmn:collaboration").attribute("id", "collaboration").child(pool);
    root.child(collaboration)
        .children(errors(process))
        .child(process_of(process, &id, dialect, variables))
        .children(shapes::diagrams(process))
        .document()
}

/// What subprocesses are left by, each once.
fn errors(process: &Process) -> Vec<Xml> {
    let mut states: Vec<&str> = Vec::new();
    for element in &process.elements {
        if let Kind::Raise(state) = &element.kind
            && !states.contains(&state.as_str())
        {
            states.push(state);
        }
    }
    let error = |state: &&str| Xml::new("bpmn:error").attribute("id", error_id(state)).attribute("name", state);
    states.iter().map(|state| error(state).attribute("errorCode", ascii(state))).collect()
}

fn error_id(state: &str) -> String {
    format!("error_{}", ascii(state))
}

fn process_of(process: &Process, id: &str, dialect: Dialect, variables: &mut Variables) -> Xml {
    let xml = Xml::new("bpmn:process").attribute("id", id).attribute("name", &process.label);
    let xml = dialect.process(xml).attribute("isExecutable", "true");
    let xml = xml
        .children(documentation(process.documentation.as_deref()))
        .children(extended(dialect.properties(&process.properties).into_iter().collect()))
        .child(lanes(process));
    xml.children(content(process, None, dialect, variables))
}

/// The elements and flows of the process, or of a subprocess.
fn content(process: &Process, inside: Option<usize>, dialect: Dialect, variables: &mut Variables) -> Vec<Xml> {
    let places = (0..process.elements.len()).filter(|place| process.elements[*place].inside == inside);
    let mut all: Vec<Xml> = places.map(|place| element(process, place, dialect, variables)).collect();
    let flows = (0..).zip(&process.flows).filter(|(_, of)| process.elements[of.from].inside == inside);
    all.extend(flows.map(|(index, of)| flow(process, index, of, dialect, variables)));
    all
}

fn documentation(text: Option<&str>) -> Option<Xml> {
    text.filter(|text| !text.is_empty()).map(|text| Xml::new("bpmn:documentation").text(text))
}

fn extended(extensions: Vec<Xml>) -> Option<Xml> {
    (!extensions.is_empty()).then(|| Xml::new("bpmn:extensionElements").children(extensions))
}

fn lanes(process: &Process) -> Xml {
    let lanes = process.lanes.iter().enumerate().map(|(index, lane)| {
        let members = process.elements.iter().filter(|element| element.lane == index && element.inside.is_none());
        let refs = members.map(|element| Xml::new("bpmn:flowNodeRef").text(&element.id));
        let xml = Xml::new("bpmn:lane").attribute("id", format!("lane_{}", index + 1)).attribute("name", &lane.label);
        xml.children(refs.collect::<Vec<_>>())
    });
    Xml::new("bpmn:laneSet").attribute("id", "lanes").children(lanes.collect::<Vec<_>>())
}

/// The id of a sequence flow.
pub(super) fn flow_id(index: usize) -> String {
    format!("flow_{}", index + 1)
}

fn element(process: &Process, place: usize, dialect: Dialect, variables: &mut Variables) -> Xml {
    let of = &process.elements[place];
    let tag = match &of.kind {
        Kind::Start => "bpmn:startEvent",
        Kind::User(_) => "bpmn:userTask",
        Kind::Script(_) => "bpmn:scriptTask",
        Kind::Exclusive | Kind::Merge => "bpmn:exclusiveGateway",
        Kind::Parallel => "bpmn:parallelGateway",
        Kind::End(_) | Kind::Raise(_) => "bpmn:endEvent",
        Kind::Timer { .. } | Kind::Caught { .. } => "bpmn:boundaryEvent",
        Kind::Subprocess => "bpmn:subProcess",
    };
    let mut xml = Xml::new(tag).attribute("id", &of.id);
    if !of.name.is_empty() {
        xml = xml.attribute("name", &of.name);
    }
    if let Some(host) = of.kind.host() {
        xml = xml.attribute("attachedToRef", &process.elements[host].id);
    }
    let mut extensions: Vec<Xml> = Vec::new();
    let mut last = None;
    match &of.kind {
        Kind::User(groups) => (xml, last) = dialect.groups(xml, &mut extensions, groups),
        Kind::Script(script) => (xml, last) = dialect.script(xml, &mut extensions, script),
        Kind::End(true) => {
            last = Some(Xml::new("bpmn:terminateEventDefinition").attribute("id", format!("{}_all", of.id)))
        }
        Kind::Raise(state) | Kind::Caught { state, .. } => {
            let error = Xml::new("bpmn:errorEventDefinition").attribute("id", format!("{}_error", of.id));
            last = Some(error.attribute("errorRef", error_id(state)));
        }
        Kind::Timer { after, .. } => {
            let duration = Xml::new("bpmn:timeDuration").attribute("xsi:type", "bpmn:tFormalExpression");
            let duration = duration.text(dialect.duration(after));
            let timer = Xml::new("bpmn:timerEventDefinition").attribute("id", format!("{}_after", of.id));
            last = Some(timer.child(duration));
        }
        Kind::Exclusive | Kind::Merge | Kind::Parallel => {
            let default = process.flows.iter().position(|flow| flow.from == place && flow.default);
            xml = default.into_iter().fold(xml, |xml, index| xml.attribute("default", flow_id(index)));
        }
        Kind::Start | Kind::End(false) | Kind::Subprocess => {}
    }
    extensions.extend(dialect.properties(&timer_notes(of)));
    let ways = |tag: &'static str, here: fn(&Flow) -> usize| {
        let ways = process.flows.iter().enumerate().filter(move |(_, flow)| here(flow) == place);
        ways.map(move |(index, _)| Xml::new(tag).text(flow_id(index))).collect::<Vec<_>>()
    };
    xml.children(documentation(of.documentation.as_deref()))
        .children(extended(extensions))
        .children(ways("bpmn:incoming", |flow| flow.to))
        .children(ways("bpmn:outgoing", |flow| flow.from))
        .children(last)
        .children(if matches!(of.kind, Kind::Subprocess) {
            content(process, Some(place), dialect, variables)
        } else {
            Vec::new()
        })
}

/// The properties of an element; a timer says for what its duration stands.
fn timer_notes(of: &Element) -> Vec<(&'static str, String)> {
    let mut all = of.properties.clone();
    if let Kind::Timer { after, .. } = &of.kind {
        all.push(("after", after.text.clone()));
        if after.working_minutes > 0 {
            all.push(("workingMinutes", after.working_minutes.to_string()));
            all.push(("approximation", "calendar days, as many as working days take at the most".into()));
        }
    }
    all
}

fn flow(process: &Process, index: usize, of: &Flow, dialect: Dialect, variables: &mut Variables) -> Xml {
    let mut xml = Xml::new("bpmn:sequenceFlow").attribute("id", flow_id(index));
    if let Some(name) = &of.name {
        xml = xml.attribute("name", name);
    }
    let xml = xml
        .attribute("sourceRef", &process.elements[of.from].id)
        .attribute("targetRef", &process.elements[of.to].id)
        .children(documentation(of.documentation.as_deref()))
        .children(extended(dialect.properties(&of.properties).into_iter().collect()));
    match &of.condition {
        Some(condition) if !of.default => xml.child(dialect.condition(condition, variables)),
        _ => xml,
    }
}
