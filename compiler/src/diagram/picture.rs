//! Workflow net → picture.

use super::critical;
use super::lanes::{self, Lanes};
use super::layout;
use super::{Kind, Line, Picture, Shape, Stage};
use crate::analysis::{CaseAnalysis, Defect};
use crate::document::rows;
use crate::document::words::{Words, arrow_name};
use crate::graph::{Net, NodeKind, Transition, Way};
use crate::model::Model;
use crate::model::flow::{Actor, Arrow, BlockId, BlockKind, Flow, Overdue, StepId, Target};
use crate::source::Place;
use petgraph::Direction;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};
use tthc_grammar::tree::EndState;

/// Draws a net. The analysis tells the critical path and what is wrong.
pub(super) fn draw(words: &Words, net: &Net, analysis: Option<&CaseAnalysis>, title: String) -> Picture {
    let critical = analysis.map(|analysis| critical::lines(net, analysis)).unwrap_or_default();
    let mut drawing = Drawing {
        words,
        model: words.model,
        flow: words.flow,
        net,
        analysis,
        critical,
        lanes: Lanes::default(),
        lane: HashMap::new(),
        shapes: Vec::new(),
        lines: Vec::new(),
        at: HashMap::new(),
    };
    drawing.assign_lanes();
    drawing.nodes();
    drawing.edges();
    drawing.dead_ends();
    let stages = drawing.stages();
    let Drawing { lanes, shapes, lines, .. } = drawing;
    let mut picture = Picture { title, lanes: lanes.names, shapes, lines, stages, layout: Default::default() };
    picture.layout = layout::layout(&picture.plan());
    picture
}

struct Drawing<'p> {
    words: &'p Words<'p>,
    model: &'p Model,
    flow: &'p Flow,
    net: &'p Net,
    analysis: Option<&'p CaseAnalysis>,
    critical: HashSet<EdgeIndex>,
    lanes: Lanes,
    lane: HashMap<NodeIndex, usize>,
    shapes: Vec<Shape>,
    lines: Vec<Line>,
    at: HashMap<NodeIndex, usize>,
}

impl Drawing<'_> {
    /// Steps have lanes of their own; whatever stands between them is drawn where it comes from or leads to.
    fn assign_lanes(&mut self) {
        let mut steps: Vec<(StepId, NodeIndex)> = Vec::new();
        for node in self.net.graph.node_indices() {
            if let NodeKind::Step(step) = &self.net.graph[node] {
                steps.push((*step, node));
            }
        }
        steps.sort();
        for (step, node) in steps {
            let lane = self.lanes.of_step(self.model, self.flow, step);
            self.lane.insert(node, lane);
        }
        for node in self.net.graph.node_indices() {
            if matches!(&self.net.graph[node], NodeKind::Wait { reason: None, .. }) {
                let lane = self.lanes.named(lanes::actor_label(Actor::Applicant));
                self.lane.insert(node, lane);
            }
        }
        for direction in [Direction::Incoming, Direction::Outgoing] {
            self.adopt(direction);
        }
        if self.lanes.names.is_empty() {
            self.lanes.named("");
        }
    }

    /// Gives nodes without a lane that of a neighbour, as far as there is one.
    fn adopt(&mut self, direction: Direction) {
        let mut waiting: VecDeque<NodeIndex> = self.lane.keys().copied().collect();
        waiting.make_contiguous().sort();
        while let Some(node) = waiting.pop_front() {
            let lane = self.lane[&node];
            let mut next: Vec<NodeIndex> = self.net.graph.neighbors_directed(node, direction.opposite()).collect();
            next.sort();
            for other in next {
                // Branches meet where they began.
                let (fork, meets) = match &self.net.graph[other] {
                    NodeKind::Join(..) => continue,
                    NodeKind::Fork(block) => (other, self.meeting(*block)),
                    _ => (other, None),
                };
                for node in std::iter::once(fork).chain(meets) {
                    if let Entry::Vacant(free) = self.lane.entry(node) {
                        free.insert(lane);
                        waiting.push_back(node);
                    }
                }
            }
        }
    }

    fn meeting(&self, block: BlockId) -> Option<NodeIndex> {
        let meets = |node: &NodeIndex| matches!(&self.net.graph[*node], NodeKind::Join(of, _) if *of == block);
        self.net.graph.node_indices().find(meets)
    }

    fn lane_of(&self, node: NodeIndex) -> usize {
        self.lane.get(&node).copied().unwrap_or(0)
    }

    fn nodes(&mut self) {
        let start = std::iter::once(self.net.start);
        let others = self.net.graph.node_indices().filter(|node| *node != self.net.start);
        for node in start.chain(others).filter(|node| !matches!(self.net.graph[*node], NodeKind::End(..))) {
            let shape = self.shape(node);
            self.at.insert(node, self.shapes.len());
            self.shapes.push(shape);
        }
    }

    fn shape(&self, node: NodeIndex) -> Shape {
        let mut shape = Shape {
            kind: Kind::Bar,
            node: Some(node),
            lane: self.lane_of(node),
            title: String::new(),
            who: None,
            time: None,
            critical: self.touches_critical(node),
            place: None,
            faulty: None,
        };
        match &self.net.graph[node] {
            NodeKind::Start => shape.kind = Kind::Start,
            NodeKind::Step(id) => {
                let step = self.flow.step(*id);
                shape.kind = Kind::Step;
                shape.place = Some(step.named.place);
                let number = if step.numbered { self.flow.full_name(*id) } else { self.words.number(*id).to_string() };
                shape.title = format!("{number}. {}", step.label);
                shape.who = lanes::who(self.model, step);
                shape.time = self.time(*id);
                shape.faulty = self.fault(*id);
            }
            NodeKind::Choice { .. } => shape.kind = Kind::Choice,
            NodeKind::Wait { reason, limit } => {
                shape.kind = Kind::Wait;
                shape.title =
                    reason.as_ref().map_or("Chờ bổ sung hồ sơ".into(), |reason| format!("Chờ {reason}"));
                shape.time = limit.as_ref().map(|limit| format!("tối đa {}", limit.text));
            }
            NodeKind::Fork(_) => {}
            NodeKind::Join(block, needed) => {
                let branches = self.flow.block(*block).children.len();
                let all = usize::try_from(*needed).is_ok_and(|needed| needed >= branches);
                shape.title =
                    if all { String::new() } else { format!("chờ ít nhất {needed} trong {branches} nhánh") };
            }
            NodeKind::End(state, stops) => {
                shape.kind = if *state == EndState::Returned { Kind::Returned } else { Kind::Ended };
                shape.title = format!("Kết thúc: {}", state.phrase());
                if *stops {
                    shape.title.push_str(", dừng mọi nhánh");
                }
            }
            NodeKind::Finished => {
                shape.kind = Kind::Returned;
                shape.title = "Hết".into();
            }
        }
        shape
    }

    fn time(&self, id: StepId) -> Option<String> {
        let time = &self.flow.step(id).time;
        let said = time.duration.as_ref().map(|duration| duration.text.clone());
        match (said, time.uncounted, time.unstated) {
            (Some(text), true, _) => Some(format!("{text} (không tính thời hạn)")),
            (Some(text), false, _) => Some(text),
            (None, true, _) => Some("không tính thời hạn".into()),
            (None, false, true) => Some("không quy định thời gian".into()),
            // A deadline, or the limits of what is called.
            (None, false, false) => {
                Some(rows::own_time(self.words, self.flow.step(id))).filter(|time| !time.is_empty())
            }
        }
    }

    fn fault(&self, id: StepId) -> Option<&'static str> {
        let defects = &self.analysis?.defects;
        defects.iter().find_map(|defect| match defect {
            Defect::Unreachable { step, .. } if *step == id => Some("không có đường đến"),
            Defect::NoEnd { steps, .. } if steps.contains(&id) => Some("không đi được đến kết thúc"),
            Defect::Unbounded { steps, .. } if steps.contains(&id) => Some("vòng lặp không giới hạn"),
            _ => None,
        })
    }

    fn touches_critical(&self, node: NodeIndex) -> bool {
        let graph = &self.net.graph;
        let both = [Direction::Incoming, Direction::Outgoing];
        both.into_iter().any(|way| graph.edges_directed(node, way).any(|edge| self.critical.contains(&edge.id())))
    }

    /// Every way to an end has an end of its own, so that no line crosses the picture only to get there.
    fn edges(&mut self) {
        for node in self.net.graph.node_indices() {
            let Some(from) = self.at.get(&node).copied() else { continue };
            for edge in self.net.ways(node) {
                let Some((_, target)) = self.net.graph.edge_endpoints(edge) else { continue };
                let critical = self.critical.contains(&edge);
                let to = self.goal(node, target, critical);
                let way = &self.net.graph[edge];
                self.lines.push(Line {
                    from,
                    to,
                    label: self.label(way),
                    back: way.back,
                    timeout: matches!(way.way, Way::Timeout { .. }),
                    critical,
                });
                let Some(instead) = way.exhausted else { continue };
                let to = self.goal(node, instead, false);
                let why = self.why(way).map(|why| format!("{why}, hết lượt"));
                let label = Some(why.unwrap_or_else(|| "hết lượt".into()));
                self.lines.push(Line { from, to, label, back: false, timeout: false, critical: false });
            }
        }
    }

    /// Where a line leads; an end is made for it.
    fn goal(&mut self, from: NodeIndex, target: NodeIndex, critical: bool) -> usize {
        if let Some(to) = self.at.get(&target) {
            return *to;
        }
        let end = Shape { lane: self.lane_of(from), critical, ..self.shape(target) };
        self.shapes.push(end);
        self.shapes.len() - 1
    }

    /// What makes a way be taken.
    fn why(&self, way: &Transition) -> Option<String> {
        let guard = || way.guard.as_ref().map(|guard| format!("khi {}", self.words.guard(guard)));
        match &way.way {
            Way::Only => None,
            Way::Outcome(name) => {
                let name = way.label.clone().unwrap_or_else(|| name.replace('_', " "));
                Some(guard().map_or(name.clone(), |guard| format!("{name}, {guard}")))
            }
            Way::CalledEnd(state) => Some(state.phrase().to_string()),
            Way::Otherwise => Some("còn lại".to_string()),
            Way::Guarded => way.label.clone().or_else(guard),
            Way::Timeout { outcome: Some(outcome) } => Some(format!("quá hạn: {}", outcome.replace('_', " "))),
            Way::Timeout { outcome: None } => Some("quá hạn".to_string()),
        }
    }

    fn label(&self, way: &Transition) -> Option<String> {
        let why = self.why(way);
        let times = way.max_times.map(|times| format!("tối đa {times} lần"));
        match (why, times) {
            (Some(why), Some(times)) => Some(format!("{why} ({times})")),
            (why, times) => why.or(times),
        }
    }

    /// The stages that hold steps of this net.
    fn stages(&self) -> Vec<Stage> {
        let blocks = self.flow.blocks.iter().enumerate().map(|(index, block)| (BlockId(index), block));
        let stages = blocks.filter_map(|(id, block)| match &block.kind {
            BlockKind::Stage(limit) => Some((id, limit)),
            _ => None,
        });
        let inside = |id: BlockId, node: NodeIndex| match &self.net.graph[node] {
            NodeKind::Step(step) | NodeKind::Choice { step, .. } => {
                self.flow.around(self.flow.step(*step).parent).any(|around| around == id)
            }
            _ => false,
        };
        let stages = stages.map(|(id, limit)| {
            let shapes = self.shapes.iter().enumerate();
            let shapes = shapes.filter(|(_, shape)| shape.node.is_some_and(|node| inside(id, node)));
            Stage {
                title: self.words.block_title(id).unwrap_or_default(),
                time: limit.as_ref().map(|limit| limit.text.clone()),
                shapes: shapes.map(|(index, _)| index).collect(),
            }
        });
        stages.filter(|stage| !stage.shapes.is_empty()).collect()
    }

    /// An end for every way that leads nowhere.
    fn dead_ends(&mut self) {
        for (node, place) in &self.net.dangling {
            let Some(from) = self.at.get(node).copied() else { continue };
            let arrow = self.arrow(*node, *place);
            let unknown = arrow.is_some_and(|(arrow, _)| leads_to_unknown(&arrow.target));
            let by_clock = arrow.is_some_and(|(_, by_clock)| by_clock);
            let label = match arrow {
                Some((_, true)) => Some("quá hạn".to_string()),
                _ => arrow.and_then(|(arrow, _)| arrow_name(self.words, arrow)),
            };
            let (title, why) = match unknown {
                true => ("Chưa rõ", "nơi chuyển đến không có trong quy trình"),
                false => ("Ngõ cụt", "chưa ghi đi đâu tiếp"),
            };
            self.shapes.push(Shape {
                kind: Kind::DeadEnd,
                node: None,
                lane: self.lane_of(*node),
                title: title.into(),
                who: None,
                time: None,
                critical: false,
                place: None,
                faulty: Some(why),
            });
            let to = self.shapes.len() - 1;
            self.lines.push(Line { from, to, label, back: false, timeout: by_clock, critical: false });
        }
    }

    /// The arrow out of a node that stands at a place, and whether the clock takes it.
    fn arrow(&self, node: NodeIndex, place: Place) -> Option<(&Arrow, bool)> {
        let (NodeKind::Step(step) | NodeKind::Choice { step, .. }) = &self.net.graph[node] else { return None };
        let step = self.flow.step(*step);
        let overdue = match &step.overdue {
            Some(Overdue::Target(arrow)) => Some((arrow.as_ref(), true)),
            _ => None,
        };
        let arrows = step.exits.arrows().iter().map(|arrow| (arrow, false));
        arrows.chain(overdue).find(|(arrow, _)| arrow.place == place)
    }
}

fn leads_to_unknown(target: &Target) -> bool {
    match target {
        Target::Unknown => true,
        Target::Wait { then, .. } => leads_to_unknown(then),
        _ => false,
    }
}
