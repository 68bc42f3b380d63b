//! XML of others: without document types, within limits.

use super::Unreadable;
use crate::diagnostic::say;
use roxmltree::{Document, Error, Node, ParsingOptions};
use std::ops::Range;

/// Elements, attributes and texts of a file.
pub(crate) const MAX_NODES: u32 = 400_000;

/// The text of a file; places are counted in it, so that it must be UTF-8.
pub(super) fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map(String::from);
    text.map_err(|_| say("tệp XML không ghi bằng bảng mã UTF-8", "the XML is not in UTF-8"))
}

/// The document of a text.
pub(super) fn document(text: &str) -> Result<Document<'_>, Unreadable> {
    // Entities that the file itself declares are what bombs are made of; no format that is read here needs them.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => say(
            "tệp XML có khai báo DTD, không đọc vì an toàn",
            "the XML declares a DTD, which is not read, to be safe",
        ),
        Error::NodesLimitReached => say("tệp XML có quá nhiều phần tử", "the XML has too many elements"),
        error => {
            let at = error.pos();
            // What the parser says is in English.
            say(
                format!("tệp XML hỏng ở dòng {}, cột {}", at.row, at.col),
                format!("broken XML in line {} ({error})", at.row),
            )
        }
    })
}

/// The elements in an element with this name, whatever their namespace.
pub(super) fn children<'d, 'i: 'd>(node: Node<'d, 'i>, name: &'static str) -> impl Iterator<Item = Node<'d, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// An attribute that says something.
pub(super) fn attribute<'d>(node: Node<'d, '_>, name: &str) -> Option<&'d str> {
    let found = node.attributes().find(|attribute| attribute.name() == name)?;
    Some(found.value().trim()).filter(|value| !value.is_empty())
}

/// Where an element begins.
pub(super) fn start_tag(element: Node) -> Range<usize> {
    let range = element.range();
    let text = &element.document().input_text()[range.clone()];
    let end = text.find(['>', '\n']).map_or(text.len(), |at| at + usize::from(text.as_bytes()[at] == b'>'));
    range.start..range.start + end
}
