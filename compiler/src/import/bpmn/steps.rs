//! A plan → the rows of a text.

use super::condition::Variable;
use super::declared::calendars;
use super::drawn::{Kind, Node, Properties};
use super::ends::end_state;
use super::exits::statement;
use super::heading::is_attribute;
use super::kept::{Told, searched};
use super::people::Performers;
use super::plan::{Plan, Way};
use super::stages;
use super::task::{explicit, lines, numbered, tag_label, texts, time};
use crate::import::draft::{Block, Exits, Item, Remark, Step, Time};
use crate::import::words::{self, Names, label, plain, quoted};
use crate::model::time::{Duration, Reckoning};
use std::collections::{BTreeMap, HashMap, HashSet};
use tthc_grammar::tree::DeclarationKind;

/// What a step is called in the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Called {
    /// In its stage.
    pub name: String,
    /// The stages around it: `II.ký`.
    pub stage: String,
    /// How arrows call it.
    pub reference: String,
    pub label: String,
}

/// Writes the steps of a plan.
pub(super) struct Steps<'p> {
    pub plan: &'p Plan,
    pub performers: &'p mut Performers,
    pub called: BTreeMap<usize, Called>,
    pub blocks: HashMap<usize, (String, String)>,
    pub variables: HashMap<String, Variable>,
    /// Steps that are put in where the language needs one.
    extra: Names,
    /// In which forks.
    depth: usize,
    pub told: Told,
}

/// A row of a region: its elements in order, and where it ends.
pub(super) struct Region {
    elements: Vec<usize>,
    /// The join at its end.
    exit: Option<usize>,
    /// The step that is put in before the join, where arrows lead there from the middle.
    last: Option<String>,
}

/// What is said of a parallel block or a branch, where the drawing was built from a text.
fn block_lines(own: &Properties) -> Vec<String> {
    texts(own).into_iter().filter(|line| is_attribute(line, DeclarationKind::Parallel)).collect()
}

impl<'p> Steps<'p> {
    pub fn new(plan: &'p Plan, performers: &'p mut Performers) -> Steps<'p> {
        let mut steps = Steps {
            plan,
            performers,
            called: BTreeMap::new(),
            blocks: HashMap::new(),
            variables: HashMap::new(),
            extra: Names::default(),
            depth: 0,
            told: Told::default(),
        };
        steps.name();
        steps.know_variables();
        steps
    }

    pub(super) fn node(&self, place: usize) -> &'p Node {
        &self.plan.drawn.nodes[place]
    }

    fn is_step(&self, place: usize) -> bool {
        matches!(self.node(place).kind, Kind::Task | Kind::Wait)
    }

    /// Names for all steps and blocks.
    fn name(&mut self) {
        let mut names = Names::default();
        let places: Vec<usize> = self.plan.order.iter().copied().filter(|place| self.is_step(*place)).collect();
        for place in places {
            let node = self.node(place);
            let (number, text) = match node.properties.get("step") {
                // The number that was put before a label is known; another is part of the label.
                Some(id) => (None, node.name.strip_prefix(&format!("{id}. ")).unwrap_or(&node.name)),
                None => numbered(&node.name),
            };
            let stage = stages::of(node).unwrap_or_default();
            let own = node.properties.get("step").map(|id| {
                let id = id.strip_prefix(stage).map_or(id, |rest| rest.trim_start_matches('.'));
                if words::is_number(id) { id.to_string() } else { words::name(id) }
            });
            let name = own.or(number).unwrap_or_else(|| words::slug(text).unwrap_or_else(|| "bước_này".into()));
            let full = names.fresh(&if stage.is_empty() { name.clone() } else { format!("{stage}.{name}") });
            let name = full.strip_prefix(stage).map_or(full.as_str(), |rest| rest.trim_start_matches('.')).to_string();
            let label = if text.is_empty() { tag_label(&node.tag).to_string() } else { text.to_string() };
            self.called.insert(place, Called { name, stage: stage.into(), reference: full, label });
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        self.called.values().for_each(|called| *counts.entry(called.name.clone()).or_default() += 1);
        for called in self.called.values_mut() {
            let unique = counts[&called.name] == 1;
            let short = if unique { &called.name } else { &called.reference };
            let number = short.rsplit('.').next().is_some_and(words::is_number) || words::is_number(short);
            called.reference = if number { format!("bước {short}") } else { short.clone() };
        }
        for place in self.plan.order.iter().copied().filter(|place| self.plan.blocks.contains_key(place)) {
            let node = self.node(place);
            let label = node.properties.get("label").unwrap_or(&node.name).to_string();
            let wish = node.properties.get("block").map(words::name);
            let name = names.fresh(&wish.or_else(|| words::slug(&label)).unwrap_or_else(|| "song_song_1".into()));
            self.blocks.insert(place, (name, label));
        }
        self.extra = names;
    }

    /// The rows of the whole process.
    pub fn body(&mut self) -> Vec<Item> {
        let inner: HashSet<usize> = self
            .plan
            .blocks
            .values()
            .flat_map(|block| block.branches.iter().flat_map(|(_, inside)| inside).chain([&block.join]))
            .copied()
            .collect();
        let elements = self.plan.order.iter().copied();
        let elements = elements.filter(|place| !inner.contains(place) && self.is_element(*place)).collect();
        let start = self.plan.start.map(|start| self.keep_at(start, "")).unwrap_or_default();
        let mut items: Vec<Item> = start.into_iter().map(Item::Remark).collect();
        items.extend(self.region(Region { elements, exit: None, last: None }));
        items
    }

    fn is_element(&self, place: usize) -> bool {
        self.is_step(place) || self.plan.blocks.contains_key(&place)
    }

    fn region(&mut self, mut region: Region) -> Vec<Item> {
        let count = region.elements.len();
        // Only the last of a branch goes on at the join.
        let early = |place: &usize| {
            let leave = self.plan.blocks.get(place).map_or(*place, |block| block.join);
            self.plan.next(leave).iter().any(|to| Some(*to) == region.exit)
        };
        if region.exit.is_some() && count > 1 && region.elements[..count - 1].iter().any(early) {
            region.last = Some(self.extra.fresh("xong_nhánh"));
        }
        let mut items: Vec<(String, Item)> = Vec::new();
        for at in 0..count {
            let place = region.elements[at];
            if self.plan.blocks.contains_key(&place) {
                items.extend(self.block(place, &region, at));
            } else {
                let stage = self.called[&place].stage.clone();
                items.push((stage, Item::Step(Box::new(self.step(place, &region, at)))));
            }
        }
        if let Some(name) = &region.last {
            let step = self.put_in(name, "Xong nhánh", Exits::Next);
            items.push((items.last().map_or(String::new(), |(stage, _)| stage.clone()), step));
        }
        stages::nest(items, &self.plan.drawn.properties, self.depth)
    }

    /// A step that takes no time: the language has arrows at steps alone.
    fn put_in(&self, name: &str, label: &str, exits: Exits) -> Item {
        Item::Step(Box::new(Step {
            name: name.into(),
            label: label.into(),
            who: Some("hệ thống".into()),
            time: Time::Uncounted(None, Some("Không phải là việc của quy trình".into())),
            lines: vec!["loại: khác".into()],
            exits,
            remarks: Vec::new(),
        }))
    }

    fn block(&mut self, fork: usize, region: &Region, at: usize) -> Vec<(String, Item)> {
        let plan = self.plan;
        let block = &plan.blocks[&fork];
        let (name, label) = self.blocks[&fork].clone();
        let mut branches = Vec::new();
        let mut stages: Vec<String> = Vec::new();
        self.depth += 1;
        for (number, (start, inside)) in (1..).zip(&block.branches) {
            let hidden: HashSet<usize> = plan
                .blocks
                .iter()
                .filter(|(fork, _)| inside.contains(fork))
                .flat_map(|(_, block)| block.branches.iter().flat_map(|(_, inside)| inside).chain([&block.join]))
                .copied()
                .collect();
            let elements = plan.order.iter().copied();
            let mut elements: Vec<usize> = elements
                .filter(|place| inside.contains(place) && !hidden.contains(place) && self.is_element(*place))
                .collect();
            // A branch begins where its arrow leads.
            elements.sort_by_key(|place| place != start);
            stages.extend(elements.iter().filter_map(|place| Some(self.called.get(place)?.stage.clone())));
            let items = self.region(Region { elements, exit: Some(block.join), last: None });
            let own = self.branch(fork, *start);
            let (name, label, lines) = own.unwrap_or_else(|| (format!("nhánh_{number}"), String::new(), Vec::new()));
            branches.push(Item::Block(Block { keyword: "nhánh", name, label, lines, items, ..Block::default() }));
        }
        self.depth -= 1;
        let stage = stages::common(&stages);
        let required = self.node(block.join).required().filter(|some| (*some as usize) < block.branches.len());
        let tail = required.map_or("chờ tất cả".into(), |some| format!("chờ ít nhất {some} nhánh"));
        let lines = block_lines(&self.node(fork).properties);
        let own = Block { keyword: "song song", name, label, tail, lines, items: branches };
        let label = searched(&own.label);
        let before = self.keep_at(fork, &label);
        let mut items: Vec<(String, Item)> =
            before.into_iter().map(|kept| (stage.clone(), Item::Remark(kept))).collect();
        items.push((stage.clone(), Item::Block(own)));
        let behind = self.keep_at(block.join, &label);
        items.extend(behind.into_iter().map(|kept| (stage.clone(), Item::Remark(kept))));
        let after = plan.ways.get(&block.join).and_then(|ways| ways.first());
        let goal = after.map_or("kết thúc trả kết quả".to_string(), |way| self.goal(way, region, at));
        if goal != "tiếp" {
            let name = self.extra.fresh("sau_các_nhánh");
            items.push((stage, self.put_in(&name, "Sau các nhánh", Exits::Only(statement(&goal)))));
        }
        items
    }

    /// Name, label and attributes of the branch that begins there, where the drawing was built from a text.
    fn branch(&self, fork: usize, start: usize) -> Option<(String, String, Vec<String>)> {
        let way = self.plan.ways.get(&fork)?.iter().find(|way| way.to == start)?;
        let flow = &self.plan.drawn.flows[*way.flows.first()?];
        Some((words::name(flow.properties.get("branch")?), flow.name.clone(), block_lines(&flow.properties)))
    }

    fn step(&mut self, place: usize, region: &Region, at: usize) -> Step {
        let node = self.node(place);
        let called = self.called[&place].clone();
        let who = self.performers.of_task(node);
        let mut step = Step { name: called.name.clone(), who, ..Step::default() };
        let (short, whole) = label(&called.label);
        let own = node.properties.get("step").is_some();
        step.label = if own { called.label.clone() } else { short };
        if node.tag == "choice" {
            step.who = Some("hệ thống".into());
            step.time = Time::Uncounted(None, Some("Chỉ chọn đường đi".into()));
            step.lines.push("loại: khác".into());
        } else {
            step.time = time(node);
            let long = if own || whole { None } else { Some(called.label.as_str()) };
            step.lines = lines(node, long, &calendars(&self.plan.drawn.properties));
            step.lines.extend(self.performers.note(node));
            match self.deadline(node) {
                Some(Ok(line)) => step.lines.push(line),
                Some(Err(open)) => step.remarks.push(open),
                None => {}
            }
        }
        if step.who.is_none() {
            step.remarks.push(Remark::Open("chưa rõ ai thực hiện".into()));
        }
        step.remarks.extend(stages::unwritten(node));
        if let Some(called) = node.properties.get("calledProcedure") {
            step.remarks.push(Remark::Open(format!("bước này là thủ tục {called}; viết lại thành liên thông thủ tục")));
        }
        self.overdue(place, &mut step, region, at);
        self.exits(place, &mut step, region, at);
        self.keep_behind(place, &mut step);
        step
    }

    /// The line, or what somebody has to look at.
    fn deadline(&self, node: &Node) -> Option<Result<String, Remark>> {
        let amount = node.properties.get("deadline")?;
        Duration::read(amount, Reckoning::default())?;
        let step = |id| self.called.iter().find(|(place, _)| self.node(**place).properties.get("step") == Some(id));
        let since = match node.properties.get("deadlineSince") {
            None => "tiếp nhận",
            Some(id) => match step(id) {
                Some((_, called)) => called.reference.as_str(),
                None => {
                    let said =
                        format!("chậm nhất {} kể từ “{}”, là bước không có trong bản vẽ này", plain(amount), plain(id));
                    return Some(Err(Remark::Open(said)));
                }
            },
        };
        Some(Ok(format!("chậm nhất: {amount} kể từ {since}")))
    }

    pub(super) fn reference(&self, place: usize) -> Option<String> {
        let block = self.blocks.get(&place).map(|(name, _)| name.clone());
        self.called.get(&place).map(|called| called.reference.clone()).or(block)
    }

    /// Where a way leads: `tiếp`, `bước 3`, `quay lại …`, `kết thúc …`, with the waits before it.
    pub(super) fn goal(&self, way: &Way, region: &Region, at: usize) -> String {
        let node = self.node(way.to);
        let position = region.elements.iter().position(|element| *element == way.to);
        let last = at + 1 == region.elements.len();
        let goal = match node.kind {
            Kind::End(_) => {
                let stop = if self.depth > 0 { "dừng mọi nhánh, " } else { "" };
                format!("{stop}kết thúc {}", end_state(node))
            }
            _ if Some(way.to) == region.exit => match &region.last {
                Some(name) if !last => name.clone(),
                _ => "tiếp".into(),
            },
            _ => match (position, self.reference(way.to)) {
                (Some(position), _) if position == at + 1 => "tiếp".into(),
                (Some(position), Some(name)) if position <= at => format!("quay lại {name}"),
                (_, Some(name)) => name,
                (_, None) => "kết thúc dừng xử lý".into(),
            },
        };
        let waits = way.waits.iter().map(|wait| self.wait(*wait));
        format!("{}{goal}", waits.collect::<String>())
    }

    fn wait(&self, place: usize) -> String {
        let node = self.node(place);
        let own = node.properties.get("wait").is_some();
        let limit = node
            .properties
            .get("limit")
            .map(|text| explicit(text, &node.properties, ["limitWorkingMinutes", "calendarMinutes"]));
        let limit = limit.or_else(|| node.timer.as_deref().and_then(super::duration));
        let limit = limit.map_or(String::new(), |limit| format!(" tối đa {limit}"));
        match node.properties.get("reason") {
            None if own => format!("chờ bổ sung{limit} rồi "),
            reason => {
                let reason = reason.unwrap_or(if node.name.is_empty() { "Sự kiện" } else { &node.name });
                format!("chờ {}{limit} rồi ", quoted(reason))
            }
        }
    }
}
