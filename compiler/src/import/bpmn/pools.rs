//! The processes of a document: each with the pool around it, and what stands beside all of them.

use super::drawn::{self, Drawn, Kind, documentation};
use super::references;
use crate::diagnostic::say;
use crate::import::Unreadable;
use crate::import::words::{one_line, plain};
use crate::import::xml::{attribute, children};
use roxmltree::Node as Xml;
use std::collections::{HashMap, HashSet};

/// Every process of a document that has nodes.
pub(super) fn processes(root: Xml) -> Result<Vec<Drawn>, Unreadable> {
    let mut all = Vec::new();
    // Texts of what is no process, or has nothing to be done in it.
    let mut beside: Vec<String> = Vec::new();
    let ids: HashSet<&str> = children(root, "process").filter_map(|process| attribute(process, "id")).collect();
    let mut pools: HashMap<&str, Vec<Xml>> = HashMap::new();
    for pool in root.descendants().filter(|node| node.tag_name().name() == "participant") {
        match attribute(pool, "processRef").filter(|id| ids.contains(id)) {
            Some(id) => pools.entry(id).or_default().push(pool),
            None => beside.extend(said("nhóm", &name(pool), &documentation(pool))),
        }
    }
    let messages = root.descendants().filter(|node| node.tag_name().name() == "messageFlow");
    beside.extend(messages.filter_map(|message| said("thông điệp", &name(message), &documentation(message))));
    // Notes that stand beside the pools.
    let notes = root.descendants().filter(|node| {
        let inside = node.ancestors().any(|around| around.tag_name().name() == "process");
        node.tag_name().name() == "textAnnotation" && !inside
    });
    let note = |note: Xml| children(note, "text").next().map(|text| plain(&drawn::text(text)));
    beside.extend(notes.filter_map(note).filter(|text| !text.is_empty()));
    let named = references::named(root);
    for process in children(root, "process") {
        let mut drawn = drawn::read(process, &named)?;
        for pool in attribute(process, "id").and_then(|id| pools.get(id)).into_iter().flatten() {
            let name = name(*pool);
            if drawn.name.is_empty() {
                drawn.name = name.clone();
            }
            let known = format!("nhóm: {}", drawn.name);
            drawn.other.extend(said("nhóm", &name, &documentation(*pool)).filter(|said| *said != known));
        }
        match drawn.nodes.iter().any(|node| node.kind == Kind::Task) {
            true => all.push(drawn),
            false => beside.extend(said("quy trình không có việc nào", &drawn.name, &drawn.documentation)),
        }
    }
    let Some(first) = all.first_mut() else {
        return Err(say("BPMN này không có quy trình nào có việc", "this BPMN has no process with tasks"));
    };
    first.other.extend(beside);
    Ok(all)
}

fn name(element: Xml) -> String {
    attribute(element, "name").map(one_line).unwrap_or_default()
}

/// A name with its notes, if there is either.
pub(super) fn said(what: &str, name: &str, notes: &str) -> Option<String> {
    let texts: Vec<String> = [one_line(name), one_line(notes)].into_iter().filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| format!("{what}: {}", texts.join(" – ")))
}
