//! The processes of a document: each with the pool around it, and what stands beside all of them.

use super::drawn::{self, Drawn, Kind, documentation};
use crate::diagnostic::say;
use crate::import::Unreadable;
use crate::import::words::one_line;
use crate::import::xml::{attribute, children};
use roxmltree::Node as Xml;

/// Every process of a document that has nodes.
pub(super) fn processes(root: Xml) -> Result<Vec<Drawn>, Unreadable> {
    let mut all = Vec::new();
    // Texts of what is no process, or has nothing to be done in it.
    let mut beside: Vec<String> = Vec::new();
    let pools: Vec<Xml> = root.descendants().filter(|node| node.tag_name().name() == "participant").collect();
    for process in children(root, "process") {
        let mut drawn = drawn::read(process)?;
        let own = |pool: &&Xml| attribute(**pool, "processRef") == attribute(process, "id");
        for pool in pools.iter().filter(own) {
            let name = attribute(*pool, "name").map(one_line).unwrap_or_default();
            if drawn.name.is_empty() {
                drawn.name = name.clone();
            }
            drawn.other.extend(
                said("nhóm", &name, &documentation(*pool)).filter(|said| *said != format!("nhóm: {}", drawn.name)),
            );
        }
        match drawn.nodes.iter().any(|node| node.kind == Kind::Task) {
            true => all.push(drawn),
            false => beside.extend(said("quy trình không có việc nào", &drawn.name, &drawn.documentation)),
        }
    }
    let ids: Vec<Option<&str>> = children(root, "process").map(|process| attribute(process, "id")).collect();
    let alone = pools.iter().filter(|pool| !ids.contains(&attribute(**pool, "processRef")));
    let messages = root.descendants().filter(|node| node.tag_name().name() == "messageFlow");
    for (what, node) in alone.map(|pool| ("nhóm", *pool)).chain(messages.map(|node| ("thông điệp", node))) {
        beside.extend(said(what, &attribute(node, "name").map(one_line).unwrap_or_default(), &documentation(node)));
    }
    let Some(first) = all.first_mut() else {
        return Err(say("BPMN này không có quy trình nào có việc", "this BPMN has no process with tasks"));
    };
    first.other.extend(beside);
    Ok(all)
}

/// A name with its notes, if there is either.
pub(super) fn said(what: &str, name: &str, notes: &str) -> Option<String> {
    let texts: Vec<String> = [one_line(name), one_line(notes)].into_iter().filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| format!("{what}: {}", texts.join(" – ")))
}
