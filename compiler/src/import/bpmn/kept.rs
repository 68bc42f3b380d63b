//! What a drawing says beside its tasks – names and notes of gateways, events and flows – as comments at the step before.
//!
//! Of a drawing that was built from a text nothing is kept this way: it all stands in properties.

use super::condition;
use super::drawn::{Kind, Node};
use super::steps::Steps;
use crate::import::draft::{Exits, Remark, Step};
use crate::import::words::one_line;
use std::collections::HashSet;

/// Nodes and flows whose texts have been put down.
#[derive(Debug, Default)]
pub(super) struct Told {
    nodes: HashSet<usize>,
    flows: HashSet<usize>,
}

impl Steps<'_> {
    /// The drawing was not built from a text.
    pub(super) fn is_foreign(&self) -> bool {
        self.plan.drawn.nodes.iter().all(|node| node.properties.get("step").is_none())
    }

    /// Texts of the ways out of a step that its lines do not say.
    pub(super) fn keep_behind(&mut self, place: usize, step: &mut Step) {
        let said = said(step);
        let kept = self.kept(place, &said);
        step.remarks.extend(kept);
    }

    /// Texts of a node and the ways out of it, where no step says anything of them.
    pub(super) fn keep_at(&mut self, place: usize, said: &str) -> Vec<Remark> {
        let mut kept = self.node_texts(place, said);
        kept.extend(self.kept(place, said));
        kept
    }

    fn kept(&mut self, place: usize, said: &str) -> Vec<Remark> {
        let plan = self.plan;
        let borders = plan.drawn.borders(place);
        let mut kept: Vec<Remark> = borders.iter().flat_map(|border| self.node_texts(*border, said)).collect();
        for way in std::iter::once(&place).chain(&borders).filter_map(|from| plan.ways.get(from)).flatten() {
            for flow in &way.flows {
                kept.extend(self.flow_texts(*flow, said));
                let to = plan.drawn.flows[*flow].to;
                if to != way.to || matches!(self.node(to).kind, Kind::End(_)) {
                    kept.extend(self.node_texts(to, said));
                }
            }
        }
        kept
    }

    fn node_texts(&mut self, place: usize, said: &str) -> Vec<Remark> {
        let node = self.node(place);
        if !self.told.nodes.insert(place) || !self.is_foreign() {
            return Vec::new();
        }
        let mut kept = texts(&format!("{} ", word(node)), &node.name, &node.documentation, said);
        let timer = node.timer.as_ref().filter(|timer| super::duration(timer).is_none());
        kept.extend(timer.map(|timer| Remark::Open(format!("{}: chưa đọc được thời gian “{timer}”", with_name(node)))));
        kept
    }

    fn flow_texts(&mut self, place: usize, said: &str) -> Vec<Remark> {
        let flow = &self.plan.drawn.flows[place];
        if !self.told.flows.insert(place) || !self.is_foreign() {
            return Vec::new();
        }
        let mut kept = texts("mũi tên ", &flow.name, &flow.documentation, said);
        let condition = flow.condition.as_ref().filter(|condition| {
            condition::read(condition, &self.variables, "").is_none() && !said.contains(&searched(condition))
        });
        kept.extend(condition.map(|condition| Remark::Kept(format!("điều kiện của mũi tên: {condition}"))));
        kept
    }

    /// What stands at no step.
    pub(super) fn keep_rest(&mut self) -> Vec<Remark> {
        let drawn = &self.plan.drawn;
        let steps: Vec<usize> = self.called.keys().copied().collect();
        self.told.nodes.extend(steps);
        let mut kept: Vec<Remark> = (0..drawn.nodes.len()).flat_map(|place| self.node_texts(place, "")).collect();
        kept.extend((0..drawn.flows.len()).flat_map(|place| self.flow_texts(place, "")));
        kept
    }
}

/// A name and notes, as far as they are not said.
fn texts(what: &str, name: &str, documentation: &str, said: &str) -> Vec<Remark> {
    let new = |text: &str| !text.is_empty() && !said.contains(&searched(text));
    let documentation = one_line(documentation);
    match (new(name), new(&documentation)) {
        (_, true) if !name.is_empty() => vec![Remark::Kept(format!("{what}“{name}”: {documentation}"))],
        (_, true) => vec![Remark::Kept(format!("{what}– {documentation}"))],
        (true, false) => vec![Remark::Kept(format!("{what}“{name}”"))],
        (false, false) => Vec::new(),
    }
}

/// What a node is.
pub(super) fn word(node: &Node) -> &'static str {
    match node.kind {
        Kind::Start => "chỗ bắt đầu",
        Kind::End(_) => "chỗ kết thúc",
        Kind::And => "cổng song song",
        Kind::Xor => "cổng chọn",
        Kind::Or => "cổng chọn nhiều",
        Kind::Wait | Kind::Border(_) => "sự kiện",
        Kind::Task => "việc",
        Kind::Pass if node.tag.ends_with("Event") => "sự kiện",
        Kind::Pass => "quy trình con",
    }
}

/// Everything that a step says, as it can be searched.
fn said(step: &Step) -> String {
    let mut said = vec![step.label.as_str()];
    said.extend(step.lines.iter().map(String::as_str));
    match &step.exits {
        Exits::Next => {}
        Exits::Only(statement) => said.push(statement),
        Exits::Outcomes(ways) | Exits::Guards(ways) => {
            for way in ways {
                said.extend([way.head.as_str(), way.target.as_str()]);
                said.extend(way.lines.iter().map(String::as_str));
            }
        }
    }
    // An outcome is named after its flow.
    searched(&format!("{}\n{}", said.join("\n"), said.join("\n").replace('_', " ")))
}

/// A text as it can be searched for whole words: its words and signs, each with blanks around it. The marks that a string
/// puts around a text and into it are none of its own.
pub(super) fn searched(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).to_lowercase().chars() {
        match c {
            c if c.is_alphanumeric() || c == '_' => out.push(c),
            c if c.is_whitespace() || matches!(c, '"' | '\\') => out.push(' '),
            c => out.extend([' ', c, ' ']),
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

/// What a node is, with its name.
pub(super) fn with_name(node: &Node) -> String {
    match node.name.as_str() {
        "" => word(node).to_string(),
        name => format!("{} “{name}”", word(node)),
    }
}
