//! The head of a procedure from properties of its process: lines of a text, taken over where they are such lines.

use super::drawn::Properties;
use crate::import::draft::Remark;
use crate::import::words::{one_line, plain};
use crate::model::keys::allowed;
use std::collections::HashMap;
use tthc_grammar::text::Text;
use tthc_grammar::tree::{DeclarationKind, Statement};

/// What the properties say.
#[derive(Default)]
pub(super) struct Heading {
    /// Attributes.
    pub attributes: Vec<String>,
    /// Lines of `thành phần hồ sơ`.
    pub papers: Vec<String>,
    /// What is no such line.
    pub remarks: Vec<Remark>,
}

impl Heading {
    /// Reads the properties: a line must be one statement and nothing else, so that nothing is smuggled in.
    pub fn of(own: &Properties) -> Heading {
        let mut heading = Heading::default();
        for (name, line) in own.iter() {
            let line = one_line(line);
            let list = match name {
                "attribute" if is_attribute(&line, DeclarationKind::Procedure) => &mut heading.attributes,
                "paper" if is_paper(&line) => &mut heading.papers,
                "delegation" if line.split_once('|').is_some_and(|(_, line)| is_delegation(line)) => continue,
                "attribute" | "paper" | "delegation" => {
                    heading.remarks.push(Remark::Kept(plain(&line)));
                    continue;
                }
                _ => continue,
            };
            list.push(line);
        }
        heading
    }
}

/// The attributes of parts – stages, forms – as properties of their process have them: `II|ghi chú: "…"`.
pub(super) struct Attributes<'o>(HashMap<&'o str, Vec<&'o str>>);

impl<'o> Attributes<'o> {
    /// Of the properties with this name.
    pub fn of(own: &'o Properties, name: &str) -> Attributes<'o> {
        Attributes::of_first([own], name)
    }

    /// Likewise of several processes: the first that says something of a part says all of it.
    pub fn of_first(processes: impl IntoIterator<Item = &'o Properties>, name: &str) -> Attributes<'o> {
        let mut all: HashMap<&str, Vec<&str>> = HashMap::new();
        for own in processes {
            let mut here: HashMap<&str, Vec<&str>> = HashMap::new();
            for (part, line) in own.all(name).filter_map(|line| line.split_once('|')) {
                here.entry(part).or_default().push(line);
            }
            here.into_iter().for_each(|(part, lines)| _ = all.entry(part).or_insert(lines));
        }
        Attributes(all)
    }

    /// Those of one part, which is such a block.
    pub fn lines(&self, part: &str, home: DeclarationKind) -> Vec<String> {
        let lines = self.0.get(part).into_iter().flatten().map(|line| one_line(line));
        lines.filter(|line| is_attribute(line, home)).collect()
    }
}

/// Whether a line is one attribute of this kind of block.
pub(super) fn is_attribute(line: &str, home: DeclarationKind) -> bool {
    let only = |statements: &[Statement]| match statements {
        [Statement::Attribute(attribute)] => attribute.key.is_some_and(|key| allowed(home).contains(&key)),
        _ => false,
    };
    holds(&format!("thủ tục t {{\n{line}\n}}"), only)
}

fn is_paper(line: &str) -> bool {
    let only = |statements: &[Statement]| match statements {
        [Statement::Declaration(papers)] => {
            let papers = papers.block.as_ref().map_or(&[][..], |block| &block.statements);
            matches!(papers, [Statement::Paper(_)])
        }
        _ => false,
    };
    holds(&format!("thủ tục t {{\nthành phần hồ sơ {{\n{line}\n}}\n}}"), only)
}

/// Whether a line says who may sign for whom.
pub(super) fn is_delegation(line: &str) -> bool {
    const KINDS: [DeclarationKind; 2] = [DeclarationKind::Delegation, DeclarationKind::Assignment];
    let only =
        |statements: &[Statement]| matches!(statements, [Statement::Declaration(of)] if KINDS.contains(&of.kind));
    holds(&format!("cơ quan c {{\n{}\n}}", one_line(line)), only)
}

/// Whether a text is one block that holds just this.
fn holds(text: &str, only: impl Fn(&[Statement]) -> bool) -> bool {
    let tree = tthc_grammar::parse(&Text::new(text.as_bytes()));
    let [Statement::Declaration(procedure)] = tree.items.as_slice() else { return false };
    let statements = procedure.block.as_ref().map_or(&[][..], |block| &block.statements);
    tree.problems.is_empty() && tree.comments.is_empty() && only(statements)
}
