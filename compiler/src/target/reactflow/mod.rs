//! Nodes and edges of React Flow, in the shape in which the one-stop software of Tân Dân keeps a case of a procedure.
//!
//! One file for each case. That software has one current step for each dossier and lets people choose the next: branches,
//! guards, bounds and timers have no place in it, and are refused by T503 or marked by T504. Its clock stops in statuses 6 and 8.

mod data;

use super::json::definition::{Case, Definition, Duration, Graph, Node, NodeKind, Performers, Step, Transition};
use super::{Capabilities, Output, Target, json, one_step, ready};
use crate::diagnostic::Diagnostic;
use crate::diagram::layout::{self, Outline, Plan, Rect};
use crate::project::Project;
use data::{ClockWord, Edge, NodeData, NodeType, Position, TruongHop};

/// The target.
pub(super) const TARGET: Target = Target {
    name: "reactflow",
    about: (
        "Nút và cạnh React Flow, như phần mềm một cửa của Tân Dân lưu",
        "Nodes and edges of React Flow, as the one-stop software of Tân Dân keeps them",
    ),
    capabilities: Capabilities {
        parallel: false,
        early_join: false,
        wide_early_join: false,
        stop_all: false,
        guards: false,
        bounded_arrows: false,
        guarded_limits: false,
        restarts: false,
        calls: false,
        after: false,
        automatic: false,
        timeouts: false,
        mixed_times: false,
        own_calendars: false,
        ..Capabilities::ALL
    },
    build,
    schema: Some(data::schema),
};

/// Of the nodes as the software draws them.
const WIDTH: i32 = 220;
const HEIGHT: i32 = 80;

fn build(project: &Project, findings: &[Diagnostic]) -> Vec<Output> {
    let mut outputs = Vec::new();
    for (name, procedure) in ready::procedures(project, findings) {
        let definition = json::definition(project, procedure);
        for case in &definition.cases {
            let name = case.id.as_ref().map_or(name.clone(), |case| format!("{name}.{case}"));
            outputs.extend(written(&definition, case, &name));
        }
    }
    outputs
}

fn written(definition: &Definition, case: &Case, name: &str) -> Option<Output> {
    let chart = Chart::of(definition, &case.graph, name);
    let label = &definition.procedure.label;
    let (hours, word) = one_step::limit(case).map(hours).unwrap_or((0.0, ClockWord::Working));
    let written = TruongHop {
        ten: case.label.as_ref().map_or(label.clone(), |case| format!("{label} – {case}")),
        ma: definition.procedure.code.clone().unwrap_or_else(|| name.to_string()),
        thoi_gian_thuc_hien: hours,
        loai_thoi_gian_thuc_hien: word,
        node_quy_trinh: serde_json::to_string(&chart.nodes()).ok()?,
        edge_quy_trinh: serde_json::to_string(&chart.edges()).ok()?,
    };
    let mut text = serde_json::to_string_pretty(&written).ok()?;
    text.push('\n');
    Some(Output { path: format!("{name}.reactflow.json"), bytes: text.into_bytes() })
}

/// Hours at eight to a day, and of which kind the days are.
fn hours(duration: &Duration) -> (f64, ClockWord) {
    match duration.calendar_minutes {
        0 => (duration.working_minutes as f64 / 60.0, ClockWord::Working),
        calendar => (calendar as f64 / 1440.0 * 8.0, ClockWord::Calendar),
    }
}

/// Steps, waits and ends, with the ways between them; choices are no nodes, a person takes one of the edges.
struct Chart<'d> {
    definition: &'d Definition,
    nodes: Vec<&'d Node>,
    /// From, to, what it is called.
    ways: Vec<(usize, usize, String)>,
    name: &'d str,
}

impl<'d> Chart<'d> {
    fn of(definition: &'d Definition, graph: &'d Graph, name: &'d str) -> Chart<'d> {
        // An end to which only the clock leads is none here.
        let led_to = |node: &Node| graph.transitions.iter().any(|way| way.to == node.id && way.timeout.is_none());
        let kept = |node: &&Node| match node.kind {
            NodeKind::Step(_) | NodeKind::Wait { .. } => true,
            NodeKind::End { .. } | NodeKind::Finished => led_to(node),
            _ => false,
        };
        let mut nodes: Vec<&Node> = graph.nodes.iter().filter(kept).collect();
        // The software begins at the first node.
        let first = ways_out(graph, &graph.start).next().map(|way| way.to.as_str());
        nodes.sort_by_key(|node| Some(node.id.as_str()) != first);
        let place = |id: &str| nodes.iter().position(|node| node.id == id);
        let mut ways = Vec::new();
        for (from, node) in nodes.iter().enumerate() {
            for way in ways_out(graph, &node.id) {
                match place(&way.to) {
                    Some(to) => ways.push((from, to, label(way))),
                    None => ways
                        .extend(ways_out(graph, &way.to).filter_map(|way| Some((from, place(&way.to)?, label(way))))),
                }
            }
        }
        Chart { definition, nodes, ways, name }
    }

    fn id(&self, place: usize) -> String {
        format!("{}:{}", self.name, self.nodes[place].id)
    }

    fn nodes(&self) -> Vec<data::Node> {
        let nodes =
            self.nodes.iter().map(|_| layout::Node { width: WIDTH, height: HEIGHT, lane: 0, outline: Outline::Box });
        let edges =
            self.ways.iter().map(|(from, to, _)| layout::Edge { from: *from, to: *to, label: None, aside: false });
        let plan =
            Plan { lanes: vec![WIDTH], header: 50, nodes: nodes.collect(), edges: edges.collect(), ..Plan::default() };
        let drawn = layout::layout(&plan);
        (0..self.nodes.len()).map(|place| self.node(place, drawn.nodes[place])).collect()
    }

    fn node(&self, place: usize, at: Rect) -> data::Node {
        let id = self.id(place);
        let (kind, data) = self.data(place, id.clone());
        let position = Position { x: at.x, y: at.y };
        let deletable = kind == NodeType::Custom;
        data::Node { id, kind, position, position_absolute: position, width: WIDTH, height: HEIGHT, deletable, data }
    }

    fn data(&self, place: usize, id: String) -> (NodeType, NodeData) {
        let node = self.nodes[place];
        let first = if place == 0 { NodeType::Start } else { NodeType::Custom };
        let (kind, name, time, group, status) = match &node.kind {
            NodeKind::Step(step) => {
                let name = if step.numbered { format!("{}. {}", node.id, step.label) } else { step.label.clone() };
                let time = step.time.duration.as_ref().filter(|_| !one_step::stands_still(step, place == 0));
                (first, name, time, self.group(step.performers.as_ref()), status(step, place == 0))
            }
            NodeKind::Wait { reason, limit } => {
                let name = reason.as_ref().map_or("Chờ bổ sung hồ sơ".into(), |reason| format!("Chờ {reason}"));
                (first, name, limit.as_ref(), None, 8)
            }
            NodeKind::End { state, .. } => (NodeType::End, state.clone(), None, None, status_of(state)),
            _ => (NodeType::End, "hoàn thành".into(), None, None, 9),
        };
        let (hours, word) = time.map(hours).unwrap_or((0.0, ClockWord::Working));
        let data = NodeData {
            id,
            ten_buoc_xu_ly: name,
            thoi_gian_xu_ly: hours,
            thoi_gian_thuc_hien_truc_tuyen: hours,
            loai_thoi_gian: word,
            ten_nhom_nguoi_dung: group,
            ma_trang_thai_ho_so: status.to_string(),
            ten_trang_thai_ho_so: tthc_grammar::keywords::STATUSES
                .get(usize::from(status) - 1)
                .map(|name| name.to_string())
                .unwrap_or_default(),
        };
        (kind, data)
    }

    fn group(&self, performers: Option<&Performers>) -> Option<String> {
        match performers? {
            Performers::Organization { id, wording, .. } => {
                let label = self.definition.organizations.iter().find(|org| org.id == *id).map(|org| org.label.clone());
                wording.clone().or(label)
            }
            Performers::Applicant { wording } => wording.clone().or(Some("Người nộp hồ sơ".into())),
            Performers::System { wording } => wording.clone().or(Some("Hệ thống".into())),
            Performers::ReceivingUnit { wording } => wording.clone().or(Some("Nơi tiếp nhận hồ sơ".into())),
            Performers::All { of } | Performers::Any { of } => {
                let all: Vec<String> = of.iter().filter_map(|one| self.group(Some(one))).collect();
                (!all.is_empty()).then(|| all.join("; "))
            }
        }
    }

    fn edges(&self) -> Vec<Edge> {
        let edges = self.ways.iter().enumerate().map(|(index, (from, to, label))| Edge {
            id: format!("{}:e{}", self.name, index + 1),
            source: self.id(*from),
            target: self.id(*to),
            source_handle: None,
            target_handle: None,
            label: label.clone(),
            kind: "customEdge",
        });
        edges.collect()
    }
}

/// The ways that people take.
fn ways_out<'d>(graph: &'d Graph, from: &'d str) -> impl Iterator<Item = &'d Transition> {
    graph.transitions.iter().filter(move |way| way.from == from && way.timeout.is_none())
}

fn label(way: &Transition) -> String {
    let outcome = || way.outcome.as_ref().map(|outcome| outcome.replace('_', " "));
    way.label.clone().or_else(outcome).unwrap_or_else(|| "Chuyển xử lý".into())
}

/// The national status of a step. One that does not count stands as a wait does: only status stops the clock.
fn status(step: &Step, first: bool) -> u8 {
    match one_step::status(step, first) {
        4 if !step.time.counted && one_step::declared(step).is_none() => 8,
        status => status,
    }
}

/// The national status in which a dossier ends.
fn status_of(end: &str) -> u8 {
    match end {
        "trả hồ sơ" | "từ chối tiếp nhận" => 3,
        "rút hồ sơ" => 7,
        "dừng xử lý" => 8,
        "trả kết quả" => 10,
        _ => 9,
    }
}
