//! Stages around rows, as the properties of the steps tell them.

use super::drawn::{Node, Properties};
use super::heading::Attributes;
use super::people::{Record, is_path};
use crate::import::draft::{Block, Item, Remark};
use tthc_grammar::tree::DeclarationKind;

/// Stages in stages; printed tables have one or two.
const MAX_STAGES: usize = 16;

/// The stages in which a step stands: `II.ký`.
pub(super) fn of(node: &Node) -> Option<&str> {
    node.properties.get("stage").filter(|path| is_path(path) && depth(path) <= MAX_STAGES)
}

/// Stages of a step that cannot be written.
pub(super) fn unwritten(node: &Node) -> Option<Remark> {
    let path = node.properties.get("stage").filter(|_| of(node).is_none())?;
    let why = match depth(path) {
        depth if depth > MAX_STAGES => format!("sâu {depth} tầng, hơn {MAX_STAGES}"),
        _ => format!("“{path}” không đọc được"),
    };
    Some(Remark::Open(format!("giai đoạn của bước này {why}: bước viết ngoài giai đoạn")))
}

fn depth(path: &str) -> usize {
    path.split('.').count()
}

/// Puts rows with their stages (`II.ký`) into the blocks of these stages, as far as they stand in a row.
pub(super) fn nest(rows: Vec<(String, Item)>, own: &Properties, depth: usize) -> Vec<Item> {
    // Within a branch only what begins there is a stage of the branch.
    let around = if depth > 0 {
        common(&rows.iter().map(|(stage, _)| stage.clone()).collect::<Vec<_>>())
    } else {
        String::new()
    };
    inside(rows, &around, own)
}

/// The stage that holds all of these.
pub(super) fn common(stages: &[String]) -> String {
    let Some(first) = stages.first() else { return String::new() };
    let mut shared: Vec<&str> = first.split('.').filter(|part| !part.is_empty()).collect();
    for stage in stages {
        let parts: Vec<&str> = stage.split('.').collect();
        let same = shared.iter().zip(&parts).take_while(|(a, b)| a == b).count();
        shared.truncate(same);
    }
    shared.join(".")
}

fn inside(rows: Vec<(String, Item)>, around: &str, own: &Properties) -> Vec<Item> {
    let next = |stage: &str| {
        let rest = if around.is_empty() { Some(stage) } else { stage.strip_prefix(around)?.strip_prefix('.') };
        rest?.split('.').next().filter(|name| !name.is_empty()).map(String::from)
    };
    let mut items = Vec::new();
    let mut open: Option<(String, Vec<(String, Item)>)> = None;
    let close = |open: &mut Option<(String, Vec<(String, Item)>)>, items: &mut Vec<Item>| {
        if let Some((name, rows)) = open.take() {
            items.push(Item::Block(block(&name, rows, around, own)));
        }
    };
    for (stage, item) in rows {
        match (next(&stage), &mut open) {
            (Some(name), Some((current, rows))) if *current == name => rows.push((stage, item)),
            (Some(name), _) => {
                close(&mut open, &mut items);
                open = Some((name, vec![(stage, item)]));
            }
            (None, _) => {
                close(&mut open, &mut items);
                items.push(item);
            }
        }
    }
    close(&mut open, &mut items);
    items
}

fn block(name: &str, rows: Vec<(String, Item)>, around: &str, own: &Properties) -> Block {
    let path = if around.is_empty() { name.to_string() } else { format!("{around}.{name}") };
    let record = own.all("stage").filter_map(Record::of).find(|record| record.id == path);
    let limit = record
        .as_ref()
        .and_then(|record| record.fact("limit"))
        .filter(|limit| crate::model::time::Duration::read(limit, Default::default()).is_some());
    let mut lines: Vec<String> = limit.map(|limit| format!("thời hạn: {limit}")).into_iter().collect();
    lines.extend(Attributes::of(own, "stageAttribute").lines(&path, DeclarationKind::Stage));
    let label = record.as_ref().map_or("", |record| record.label).to_string();
    let items = inside(rows, &path, own);
    Block { keyword: "giai đoạn", name: name.to_string(), label, lines, items, ..Block::default() }
}
