//! What the engine is given of a file, and what is asked of it.

use roxmltree::{Document, Node};
use std::fmt::Write;

/// A task that somebody does.
#[derive(Debug, Clone)]
pub struct Task {
    pub id: String,
    pub step: String,
    pub wait: bool,
    /// Holds what is decided; none where nothing is.
    pub variable: Option<String>,
}

/// A gateway at which one of several ways is taken.
#[derive(Debug, Clone)]
pub struct Choice {
    pub id: String,
    pub flows: Vec<(String, Option<String>)>,
    pub default: Option<String>,
}

/// A file.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    /// Nodes, flows and borders alone; ends are called after their state, nothing else has a name.
    pub skeleton: String,
    pub tasks: Vec<Task>,
    /// By id: what is assigned.
    pub scripts: Vec<(String, String)>,
    pub choices: Vec<Choice>,
    /// Variable and field.
    pub fields: Vec<(String, String)>,
}

impl Drawing {
    /// Reads a file in the plain dialect.
    pub fn of(bytes: &[u8]) -> Drawing {
        let text = std::str::from_utf8(bytes).unwrap();
        let document = Document::parse(text).unwrap();
        let process = document.descendants().find(|node| node.has_tag_name((BPMN, "process"))).unwrap();
        let mut drawing = Drawing::default();
        drawing.skeleton.push_str("<definitions><process id=\"p\">\n");
        for pair in properties(process, "field") {
            let (variable, field) = pair.split_once('=').unwrap();
            drawing.fields.push((variable.into(), field.into()));
        }
        for node in process.children().filter(Node::is_element) {
            drawing.element(node, process);
        }
        drawing.skeleton.push_str("</process></definitions>\n");
        drawing
    }

    fn element(&mut self, node: Node, process: Node) {
        let (tag, id) = (node.tag_name().name(), node.attribute("id").unwrap_or_default());
        match tag {
            "sequenceFlow" => {
                let [from, to] = ["sourceRef", "targetRef"].map(|name| node.attribute(name).unwrap());
                writeln!(self.skeleton, "<sequenceFlow id=\"{id}\" sourceRef=\"{from}\" targetRef=\"{to}\"/>").unwrap();
                return;
            }
            "userTask" => self.tasks.push(Task {
                id: id.into(),
                step: properties(node, "step").next().unwrap().into(),
                wait: properties(node, "wait").next().is_some(),
                variable: properties(node, "variable").next().map(String::from),
            }),
            "scriptTask" => {
                let script = node.children().find(|child| child.has_tag_name((BPMN, "script"))).unwrap();
                self.scripts.push((id.into(), script.text().unwrap().into()));
            }
            "exclusiveGateway" => {
                let flows = process.children().filter(|flow| flow.attribute("sourceRef") == Some(id));
                let condition = |flow: Node| {
                    let condition = flow.children().find(|child| child.has_tag_name((BPMN, "conditionExpression")));
                    condition.and_then(|condition| condition.text()).map(String::from)
                };
                let flows: Vec<_> =
                    flows.map(|flow| (flow.attribute("id").unwrap().to_string(), condition(flow))).collect();
                let default = node.attribute("default").map(String::from);
                if flows.len() > 1 {
                    self.choices.push(Choice { id: id.into(), flows, default });
                }
            }
            "startEvent" | "endEvent" | "boundaryEvent" | "parallelGateway" => {}
            "laneSet" | "extensionElements" | "documentation" => return,
            other => panic!("{other}"),
        }
        write!(self.skeleton, "<{tag} id=\"{id}\"").unwrap();
        for name in ["attachedToRef", "default"] {
            node.attribute(name).into_iter().for_each(|value| write!(self.skeleton, " {name}=\"{value}\"").unwrap());
        }
        properties(node, "end").for_each(|state| write!(self.skeleton, " name=\"{state}\"").unwrap());
        self.skeleton.push('>');
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                way @ ("incoming" | "outgoing") => {
                    write!(self.skeleton, "<{way}>{}</{way}>", child.text().unwrap()).unwrap();
                }
                definition @ ("timerEventDefinition" | "terminateEventDefinition") => {
                    write!(self.skeleton, "<{definition}/>").unwrap();
                }
                _ => {}
            }
        }
        // The engine tells of an end only where it carries something.
        if tag == "endEvent" && !self.skeleton.ends_with("<terminateEventDefinition/>") {
            self.skeleton.push_str("<messageEventDefinition/>");
        }
        writeln!(self.skeleton, "</{tag}>").unwrap();
    }
}

const BPMN: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";

fn properties<'n>(node: Node<'n, '_>, name: &'n str) -> impl Iterator<Item = &'n str> {
    let extensions = node.children().filter(|child| child.has_tag_name((BPMN, "extensionElements")));
    let properties = extensions.flat_map(|extensions| extensions.descendants());
    properties.filter(move |one| one.attribute("name") == Some(name)).filter_map(|one| one.attribute("value"))
}
