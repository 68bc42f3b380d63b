//! A picture in the language of Graphviz.

use super::{Kind, Picture, Shape};
use std::fmt::Write;

/// One `digraph` for each picture.
pub fn render(pictures: &[Picture]) -> String {
    pictures.iter().enumerate().map(|(index, picture)| graph(index + 1, picture)).collect()
}

/// A quoted string: nothing in it ends it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn graph(number: usize, picture: &Picture) -> String {
    let mut out = format!("digraph quy_trinh_{number} {{\n  label={};\n  labelloc=t;\n", quoted(&picture.title));
    out.push_str("  node [shape=box, fontname=\"Arial\", fontsize=11];\n  edge [fontname=\"Arial\", fontsize=10];\n");
    for (lane, name) in picture.lanes.iter().enumerate() {
        let _ = writeln!(out, "  subgraph cluster_{lane} {{\n    label={};", quoted(name));
        let order: Vec<usize> = (0..picture.shapes.len()).collect();
        for (stage, shapes) in picture.by_stage(lane, &order) {
            let nodes = shapes.into_iter().map(|index| format!("n{index} [{}];", attributes(&picture.shapes[index])));
            let nodes = nodes.collect::<Vec<_>>().join("\n    ");
            let _ = match stage {
                None if nodes.is_empty() => Ok(()),
                None => writeln!(out, "    {nodes}"),
                Some(stage) => {
                    let label = quoted(&picture.stages[stage].words());
                    writeln!(
                        out,
                        "    subgraph cluster_{lane}_{stage} {{ label={label}; style=dashed;\n    {nodes}\n    }}"
                    )
                }
            };
        }
        out.push_str("  }\n");
    }
    for line in &picture.lines {
        let mut attributes = Vec::new();
        attributes.extend(line.label.as_ref().map(|label| format!("label={}", quoted(label))));
        attributes.extend(line.back.then(|| "style=dashed, constraint=false".to_string()));
        attributes.extend(line.timeout.then(|| "style=dotted".to_string()));
        attributes.extend(line.critical.then(|| "penwidth=2.5, color=\"#b45f06\"".to_string()));
        let _ = writeln!(out, "  n{} -> n{} [{}];", line.from, line.to, attributes.join(", "));
    }
    out.push_str("}\n");
    out
}

fn attributes(shape: &Shape) -> String {
    let mut attributes = vec![format!("label={}", quoted(&shape.words().join("; ")))];
    attributes.extend(
        match shape.kind {
            Kind::Start => Some("shape=circle"),
            Kind::Choice => Some("shape=diamond"),
            Kind::Wait => Some("style=\"rounded,dashed\""),
            Kind::Bar => Some("shape=box, height=0.1, style=filled"),
            Kind::Returned | Kind::Ended => Some("shape=box, style=rounded"),
            Kind::Step | Kind::DeadEnd => None,
        }
        .map(String::from),
    );
    attributes.extend(shape.critical.then(|| "penwidth=2.5".to_string()));
    attributes.extend(shape.faulty.map(|_| "color=\"#c62828\"".to_string()));
    attributes.join(", ")
}

impl Shape {
    /// All that is said of it.
    pub(super) fn words(&self) -> Vec<String> {
        let who = self.who.iter().chain(&self.time).cloned();
        let title = std::iter::once(self.title.clone()).filter(|title| !title.is_empty());
        title.chain(who).chain(self.faulty.map(String::from)).collect()
    }
}
