//! What events and tasks send or wait for by a reference: errors, messages and the like have their names elsewhere.

use super::nested;
use crate::import::words::one_line;
use crate::import::xml::attribute;
use roxmltree::Node as Xml;
use std::collections::HashMap;

/// What events and tasks refer to, and what it is.
const REFERENCES: [(&str, &str, &str); 4] = [
    ("errorRef", "error", "lỗi"),
    ("messageRef", "message", "thông điệp"),
    ("signalRef", "signal", "tín hiệu"),
    ("escalationRef", "escalation", "báo lên cấp trên"),
];

/// The names and codes of errors, messages and the like, by their ids: they stand beside the processes.
pub(super) fn named<'d>(root: Xml<'d, '_>) -> HashMap<&'d str, String> {
    let listed = root.children().filter(|node| REFERENCES.iter().any(|(_, tag, _)| node.tag_name().name() == *tag));
    let called = |node: Xml| {
        let said = |key: &str| attribute(node, key).map(one_line).filter(|text| !text.is_empty());
        match (said("name"), said("errorCode").or(said("escalationCode"))) {
            (Some(name), Some(code)) if name != code => Some(format!("{name} ({code})")),
            (name, code) => name.or(code),
        }
    };
    listed.filter_map(|node| Some((attribute(node, "id")?, called(node)?))).collect()
}

/// Says behind the notes of an element what it sends or waits for. What we have built says it otherwise.
pub(super) fn add<'d, 'i: 'd>(notes: &mut String, element: Xml<'d, 'i>, named: &HashMap<&str, String>) {
    let own: Vec<Xml> = nested::own(element).chain([element]).collect();
    for (reference, _, what) in REFERENCES {
        let names = own.iter().filter_map(|node| named.get(attribute(*node, reference)?));
        for name in names {
            let between = if notes.is_empty() { "" } else { "\n" };
            notes.push_str(&format!("{between}{what}: {name}"));
        }
    }
}
