//! Names and printed numbers of steps and blocks, and what a reference means.

use super::flow::*;
use super::flow_steps::FlowBuilder;
use super::issue::{IssueKind, What};
use super::performers::{Env, similar};
use crate::source::Place;
use tthc_grammar::names::canonical;
use tthc_grammar::names::same_name;
use tthc_grammar::tree::{Name, Path};

/// Why a reference leads nowhere.
pub(crate) enum NotFound {
    Nothing,
    Several(Vec<Node>),
}

/// A name or number as it is compared: numbers without leading zeros.
fn key_of(name: &str) -> String {
    if !name.starts_with(|c: char| c.is_ascii_digit()) {
        return canonical(name).into_owned();
    }
    let parts = name.split('.').map(|part| part.trim_start_matches('0'));
    parts.map(|part| if part.is_empty() { "0" } else { part }).collect::<Vec<_>>().join(".")
}

/// The parts of a printed number: `2.1` → 2, 1; a letter counts behind its number.
fn number_parts(name: &str) -> Vec<u32> {
    let mut parts = Vec::new();
    for part in name.split('.') {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_lowercase());
        parts.push(digits.parse().unwrap_or(u32::MAX));
        parts.extend(part[digits.len()..].chars().next().map(|letter| letter as u32 - 'a' as u32 + 1));
    }
    parts
}

impl<'t> FlowBuilder<'_, 't> {
    /// The scope in which an element of `parent` is named: an insertion without `đặt tên` has none of its own.
    fn scope(&self, parent: Option<BlockId>) -> Option<BlockId> {
        self.flow.around(parent).find(|id| {
            let block = self.flow.block(*id);
            !(matches!(block.kind, BlockKind::Inserted(_)) && block.named.is_none())
        })
    }

    pub(super) fn register(&mut self, name: &Name, node: Node, env: &Env<'t>, parent: Option<BlockId>, what: What) {
        let scope = self.scope(parent);
        let here = env.place(name.span);
        let known = self.names.entry((scope, key_of(&name.text))).or_default();
        let first = known.first().copied();
        known.push(node);
        let numbered = name.text.starts_with(|c: char| c.is_ascii_digit());
        if let Some(first) = first.filter(|_| !numbered) {
            let first = self.place_of(first);
            self.builder.issue(env.issue(name.span, IssueKind::Duplicate { what, name: name.text.clone(), first }));
        }
        if numbered {
            self.number(name, here, env, scope);
        }
    }

    /// Printed numbers go up within a stage.
    fn number(&mut self, name: &Name, here: Place, env: &Env<'t>, scope: Option<BlockId>) {
        let stage = self.flow.around(scope).find(|id| self.flow.block(*id).kind.prefixes());
        let parts = number_parts(&name.text);
        let seen = self.numbers.entry(stage).or_default();
        let kind = if let Some(first) = seen.first.get(&parts) {
            Some(IssueKind::NumberDoubled { number: name.text.clone(), first: *first })
        } else {
            let before = seen.last.as_ref().filter(|(last, _, _)| *last > parts);
            before.map(|(_, before, previous)| IssueKind::NumberOutOfOrder {
                number: name.text.clone(),
                before: before.clone(),
                previous: *previous,
            })
        };
        seen.first.entry(parts.clone()).or_insert(here);
        seen.last = Some((parts, name.text.clone(), here));
        if let Some(kind) = kind {
            self.builder.issue(env.issue(name.span, kind));
        }
    }

    fn place_of(&self, node: Node) -> Place {
        match node {
            Node::Step(id) => self.flow.step(id).named.place,
            Node::Block(id) => {
                let block = self.flow.block(id);
                block.named.as_ref().map_or(block.place, |named| named.place)
            }
        }
    }

    /// What a path means in a scope: sought there, then outward, then anywhere if unique.
    pub(super) fn find(&self, path: &Path, from: Option<BlockId>) -> Result<Node, NotFound> {
        let whole = self.lookup(&path.text(), from);
        if path.segments.len() == 1 || !matches!(whole, Err(NotFound::Nothing)) {
            return whole;
        }
        let mut node = self.lookup(&path.segments[0].text, from)?;
        for segment in &path.segments[1..] {
            let Node::Block(block) = node else { return Err(NotFound::Nothing) };
            node = self.within(&segment.text, Some(block)).unwrap_or(Err(NotFound::Nothing))?;
        }
        Ok(node)
    }

    fn within(&self, name: &str, scope: Option<BlockId>) -> Option<Result<Node, NotFound>> {
        match self.names.get(&(scope, key_of(name)))?.as_slice() {
            [one] => Some(Ok(*one)),
            several => Some(Err(NotFound::Several(several.to_vec()))),
        }
    }

    fn lookup(&self, name: &str, from: Option<BlockId>) -> Result<Node, NotFound> {
        let outward = self.flow.around(from).map(Some).chain([None]);
        if let Some(found) = outward.into_iter().find_map(|scope| self.within(name, scope)) {
            return found;
        }
        let key = key_of(name);
        let mut anywhere: Vec<Node> = self
            .names
            .iter()
            .filter(|((_, other), _)| *other == key)
            .flat_map(|(_, nodes)| nodes.iter().copied())
            .collect();
        anywhere.sort_by_key(|node| self.place_of(*node));
        match anywhere.as_slice() {
            [] => Err(NotFound::Nothing),
            [one] => Ok(*one),
            _ => Err(NotFound::Several(anywhere)),
        }
    }

    /// What a path means; says so where it means nothing or too much.
    pub(super) fn node(
        &mut self,
        path: &Path,
        env: &Env<'t>,
        from: Option<BlockId>,
        what: What,
        also: &[String],
    ) -> Option<Node> {
        let kind = match self.find(path, from) {
            Ok(node) => {
                self.refer(path, node, env);
                return Some(node);
            }
            Err(NotFound::Several(nodes)) => {
                let candidates = nodes.into_iter().map(|node| self.place_of(node)).collect();
                IssueKind::Ambiguous { name: path.text(), candidates }
            }
            Err(NotFound::Nothing) => {
                let known: Vec<String> = self.names_in_part(from).into_iter().chain(also.iter().cloned()).collect();
                // Keywords are in small letters; Word makes the first one large.
                let next = path.text().to_lowercase() == "tiếp";
                let suggestions = match next && what == What::Step {
                    true => vec!["tiếp".to_string()],
                    false => similar(&path.text(), known.iter().map(String::as_str)),
                };
                IssueKind::Unknown { what, name: path.text(), suggestions, within: None }
            }
        };
        self.builder.issue(env.issue(path.span, kind));
        None
    }

    /// What the elements of the part are called in which something stands; those of the whole flow outside of parts.
    fn names_in_part(&self, from: Option<BlockId>) -> Vec<String> {
        let part = self.flow.around(from).find(|id| matches!(self.flow.block(*id).kind, BlockKind::Inserted(_)));
        let inside = |parent: Option<BlockId>| part.is_none() || self.flow.around(parent).any(|id| Some(id) == part);
        let prefix = part.map(|part| self.flow.prefix(Some(part))).unwrap_or_default();
        let steps = (0..self.flow.steps.len()).map(StepId).filter(|step| inside(self.flow.step(*step).parent));
        let steps = steps.map(|step| {
            let name = self.flow.full_name(step);
            name.strip_prefix(&prefix).map_or(name.clone(), String::from)
        });
        let blocks = self.flow.blocks.iter().filter(|block| inside(block.parent));
        steps.chain(blocks.filter_map(|block| block.named.as_ref()).map(|named| named.name.clone())).collect()
    }

    /// Remembers what the segments of a path stand for: the element, and before it the blocks around it.
    fn refer(&mut self, path: &Path, node: Node, env: &Env<'t>) {
        let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) else { return };
        let (named, mut around) = match node {
            Node::Step(step) => (Some(self.flow.step(step).named.clone()), self.flow.step(step).parent),
            Node::Block(block) => (self.flow.block(block).named.clone(), self.flow.block(block).parent),
        };
        let Some(named) = named else { return };
        if key_of(&named.name) != key_of(&last.text) {
            // A printed number with points is one name.
            let whole = Name { text: path.text(), span: first.span.to(last.span) };
            return self.builder.refer(named.place, &whole, env);
        }
        match same_name(&named.name, &last.text) {
            true => self.builder.spelled(&named, last, env),
            false => self.builder.refer(named.place, last, env),
        }
        for segment in path.segments.iter().rev().skip(1) {
            let is_meant = |id: &BlockId| {
                self.flow.block(*id).named.as_ref().is_some_and(|named| same_name(&named.name, &segment.text))
            };
            let Some(block) = self.flow.around(around).find(is_meant).map(|id| self.flow.block(id)) else { return };
            around = block.parent;
            if let Some(named) = block.named.clone() {
                self.builder.refer(named.place, segment, env);
            }
        }
    }
}
