//! Who occurs in a BPMN file: as the file itself declares it, or by the words of lanes and groups.

use super::drawn::{Drawn, Node};
use super::heading::{Attributes, is_delegation};
use crate::import::draft::{Agency, Remark};
use crate::import::people::People;
use crate::import::reads;
use crate::import::words::{one_line, quoted};
use std::collections::HashSet;
use tthc_grammar::tree::DeclarationKind;

/// A line `id key=value …: label`, as our own files have it.
pub(super) struct Record<'r> {
    pub id: &'r str,
    facts: Vec<(&'r str, String)>,
    pub label: &'r str,
}

impl<'r> Record<'r> {
    pub fn of(line: &'r str) -> Option<Record<'r>> {
        let (head, label) = line.split_once(": ").or_else(|| Some((line.strip_suffix(':')?, "")))?;
        let mut words = head.split(' ');
        let id = words.next().filter(|id| is_path(id))?;
        let facts = words.filter_map(|fact| fact.split_once('=')).map(|(name, value)| (name, value.replace('_', " ")));
        Some(Record { id, facts: facts.collect(), label: label.trim() })
    }

    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.facts.iter().filter(move |(own, _)| *own == name).map(|(_, value)| value.as_str())
    }
}

/// A name, or several with points between them.
pub(super) fn is_path(text: &str) -> bool {
    text.split('.').all(|part| {
        part.starts_with(|c: char| c.is_alphanumeric()) && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

/// Who performs the tasks of a file.
pub(super) struct Performers {
    /// As the file declares them; none where it declares nobody.
    declared: Vec<Agency>,
    people: People,
}

impl Performers {
    pub fn of(all: &[Drawn]) -> Performers {
        let mut declared: Vec<Agency> = Vec::new();
        let lines = all.iter().flat_map(|drawn| drawn.properties.all("organization"));
        let mut records: Vec<Record> = lines.filter_map(Record::of).collect();
        records.sort_by_key(|record| record.id.matches('.').count());
        // Each process of a file names all who occur.
        let attributes = Attributes::of_first(all.iter().map(|drawn| &drawn.properties), "organizationAttribute");
        for record in &records {
            declare(&mut declared, record, &attributes);
        }
        for posting in all.iter().flat_map(|drawn| drawn.properties.all("posting")) {
            post(&mut declared, posting);
        }
        // Each process of a file names all who occur.
        let mut known = HashSet::new();
        for delegation in all.iter().flat_map(|drawn| drawn.properties.all("delegation")) {
            if known.insert(delegation) {
                delegate(&mut declared, delegation);
            }
        }
        Performers { declared, people: People::default() }
    }

    /// Who performs a task, as it is written behind `do`.
    pub fn of_task(&mut self, node: &Node) -> Option<String> {
        if let Some(own) = node.properties.get("performers").filter(|own| self.is_own(own)) {
            return Some(own.to_string());
        }
        let groups: Vec<&str> = node.groups.iter().map(String::as_str).collect();
        let lane = node.lane.as_deref().filter(|lane| !lane.is_empty());
        let words = lane.map(String::from).or_else(|| (!groups.is_empty()).then(|| groups.join(", ")))?;
        self.people.performer(&words)
    }

    fn is_own(&self, performers: &str) -> bool {
        !self.declared.is_empty() && reads::as_performer(performers)
    }

    /// Groups that stand beside a lane are not lost, nor are performers that do not read as such.
    pub fn note(&self, node: &Node) -> Option<String> {
        if let Some(other) = node.properties.get("performers").filter(|own| !self.is_own(own)) {
            return Some(format!("ghi chú: {}", quoted(other)));
        }
        let told = node.lane.as_ref().is_some_and(|lane| !lane.is_empty()) && self.declared.is_empty();
        (told && !node.groups.is_empty()).then(|| format!("ghi chú: {}", quoted(&node.groups.join(", "))))
    }

    /// What the procedures say of them.
    pub fn attributes(&self, drawn: &Drawn) -> Vec<String> {
        if self.declared.is_empty() {
            return self.people.attributes();
        }
        let keys = [("executing", "cơ quan thực hiện", ", "), ("receivedAt", "tiếp nhận tại", " hoặc ")];
        let line = |(name, key, joint): &(&str, &str, &str)| {
            let paths: Vec<&str> = drawn.properties.get(name)?.split('|').filter(|path| is_path(path)).collect();
            (!paths.is_empty()).then(|| format!("{key}: {}", paths.join(joint)))
        };
        keys.iter().filter_map(line).collect()
    }

    pub fn finish(self) -> (Vec<Agency>, Option<Remark>) {
        let (mut agencies, open) = self.people.finish("tên làn và nhóm của bản vẽ");
        let mut all = self.declared;
        all.append(&mut agencies);
        (all, open)
    }
}

fn declare(agencies: &mut Vec<Agency>, record: &Record, attributes: &Attributes) {
    let mut lines = Vec::new();
    lines.extend(record.fact("code").map(|code| format!("mã: {}", quoted(code))));
    for (name, key) in [("agencyKind", "loại"), ("level", "cấp")] {
        lines.extend(record.fact(name).filter(|value| is_phrase(value)).map(|value| format!("{key}: {value}")));
    }
    lines.extend(record.fact("oneStop").map(|_| "một cửa: có".to_string()));
    lines.extend(record.fact("maySign").map(|_| "thẩm quyền ký: có".to_string()));
    let home = match (record.id.contains('.'), record.fact("kind")) {
        (false, _) => DeclarationKind::Agency,
        (true, Some("role")) => DeclarationKind::Role,
        (true, _) => DeclarationKind::Unit,
    };
    lines.extend(attributes.lines(record.id, home));
    let (above, name) = record.id.rsplit_once('.').map_or((None, record.id), |(above, name)| (Some(above), name));
    let (name, label) = (name.to_string(), record.label.to_string());
    match (above, record.fact("kind")) {
        (None, _) => agencies.push(Agency { name, label, lines, ..Agency::default() }),
        (Some(above), Some("role")) => {
            if let Some(above) = agency_at(agencies, above) {
                above.roles.push((name, label, lines));
            }
        }
        (Some(above), _) => {
            if let Some(above) = agency_at(agencies, above) {
                above.units.push(Agency { name, label, lines, ..Agency::default() });
            }
        }
    }
}

/// `who|where`: staff of an agency at a one-stop unit.
fn delegate(agencies: &mut [Agency], delegation: &str) {
    let Some((agency, line)) = delegation.split_once('|').filter(|(agency, _)| is_path(agency)) else { return };
    if let Some(agency) = agency_at(agencies, agency).filter(|_| is_delegation(line)) {
        agency.last.push(one_line(line));
    }
}

fn post(agencies: &mut [Agency], posting: &str) {
    let Some((who, to)) = posting.split_once('|').filter(|(who, to)| is_path(who) && is_path(to)) else { return };
    let Some((agency, who)) = who.split_once('.') else { return };
    if let Some(agency) = agency_at(agencies, agency) {
        agency.last.push(format!("cử {who} đến {to}"));
    }
}

/// The agency or unit with this path.
fn agency_at<'a>(agencies: &'a mut [Agency], path: &str) -> Option<&'a mut Agency> {
    let mut parts = path.split('.');
    let first = parts.next()?;
    let mut at = agencies.iter_mut().find(|agency| agency.name == first)?;
    for part in parts {
        at = at.units.iter_mut().find(|unit| unit.name == part)?;
    }
    Some(at)
}

/// Words of a closed list, by their shape: nothing else may come into the text.
fn is_phrase(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || c == ' ')
}
