//! A picture in the language of Mermaid.

use super::{Kind, Line, Picture, Shape};
use std::fmt::Write;

/// One flowchart with a subgraph for each lane of each picture, and in it for each stage.
pub fn render(pictures: &[Picture]) -> String {
    let mut out = String::from("flowchart TB\n");
    for (number, picture) in pictures.iter().enumerate() {
        graph(&mut out, number + 1, picture);
    }
    out.push_str(
        "  classDef critical stroke:#b45f06,stroke-width:3px\n  classDef faulty stroke:#c62828,stroke-width:3px\n",
    );
    out
}

/// A quoted text: what has a meaning of its own is written as an entity.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            c if c.is_control() => out.push(' '),
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | ';' | '%' | '{' | '}' | '|' | '[' | ']' => {
                let _ = write!(out, "#{};", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn graph(out: &mut String, number: usize, picture: &Picture) {
    let order = picture.reading_order();
    // By shape: its number as one reads.
    let mut place = vec![0; order.len()];
    (0..).zip(&order).for_each(|(at, shape)| place[*shape] = at);
    let _ = writeln!(out, "  subgraph p{number}[{}]", quoted(&picture.title));
    for (lane, name) in picture.lanes.iter().enumerate() {
        let _ = writeln!(out, "    subgraph p{number}l{lane}[{}]", quoted(name));
        for (stage, shapes) in picture.by_stage(lane, &order) {
            if let Some(stage) = stage {
                let label = quoted(&picture.stages[stage].words());
                let _ = writeln!(out, "      subgraph p{number}l{lane}s{stage}[{label}]");
            }
            for index in shapes {
                let _ = writeln!(out, "      p{number}n{}{}", place[index], node(&picture.shapes[index]));
            }
            out.push_str(if stage.is_some() { "      end\n" } else { "" });
        }
        out.push_str("    end\n");
    }
    out.push_str("  end\n");
    let mut lines: Vec<&Line> = picture.lines.iter().collect();
    lines.sort_by_key(|line| (place[line.from], place[line.to]));
    for line in lines {
        let arrow = match (line.critical, line.back || line.timeout) {
            (true, _) => "==>",
            (_, true) => "-.->",
            _ => "-->",
        };
        let label = line.label.as_ref().map(|label| format!("|{}|", quoted(label))).unwrap_or_default();
        let (from, to) = (place[line.from], place[line.to]);
        let _ = writeln!(out, "  p{number}n{from} {arrow}{label} p{number}n{to}");
    }
}

fn node(shape: &Shape) -> String {
    let words = shape.words();
    let text = quoted(&if words.is_empty() { " ".to_string() } else { words.join(" – ") });
    let class = match (shape.faulty.is_some(), shape.critical) {
        (true, _) => ":::faulty",
        (_, true) => ":::critical",
        _ => "",
    };
    let (open, close) = match shape.kind {
        Kind::Start => ("((", "))"),
        Kind::Choice => ("{", "}"),
        Kind::Wait => ("(", ")"),
        Kind::Returned | Kind::Ended | Kind::DeadEnd => ("([", "])"),
        Kind::Step | Kind::Bar => ("[", "]"),
    };
    format!("{open}{text}{close}{class}")
}
