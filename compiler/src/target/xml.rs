//! XML as a tree that is written out: texts and attributes are always escaped, so that no source text can be markup.
//!
//! The documents are small and made in one go; a streaming writer would only spread the escaping over many places.

use crate::markup::escape;
use std::fmt::Write;

/// An element.
#[derive(Debug, Clone, Default)]
pub(super) struct Xml {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: Option<String>,
    children: Vec<Xml>,
}

impl Xml {
    /// An empty element.
    pub fn new(name: &'static str) -> Xml {
        Xml { name, ..Xml::default() }
    }

    /// With an attribute.
    pub fn attribute(mut self, name: &'static str, value: impl ToString) -> Xml {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// With a text in place of children.
    pub fn text(mut self, text: impl Into<String>) -> Xml {
        self.text = Some(text.into());
        self
    }

    /// With one more child.
    pub fn child(mut self, child: Xml) -> Xml {
        self.children.push(child);
        self
    }

    /// With more children.
    pub fn children(mut self, children: impl IntoIterator<Item = Xml>) -> Xml {
        self.children.extend(children);
        self
    }

    /// The document with this root.
    pub fn document(&self) -> Vec<u8> {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut out, 0);
        out.into_bytes()
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let _ = write!(out, "{indent}<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escape(value));
        }
        match &self.text {
            Some(text) => {
                let lines: Vec<String> = text.lines().map(escape).collect();
                let _ = writeln!(out, ">{}</{}>", lines.join("\n"), self.name);
            }
            None if self.children.is_empty() => out.push_str("/>\n"),
            None => {
                out.push_str(">\n");
                self.children.iter().for_each(|child| child.write(out, depth + 1));
                let _ = writeln!(out, "{indent}</{}>", self.name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        let evil = "]]><a b=\"c\">'&\u{1}";
        let text = String::from_utf8(Xml::new("t").attribute("a", evil).child(Xml::new("u").text(evil)).document());
        let text = text.unwrap_or_default();
        assert_eq!(text.matches('<').count(), 5, "{text}");
        assert!(!text.contains("]]>") && !text.contains('\u{1}'));
    }
}
