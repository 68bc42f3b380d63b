//! Nodes and edges of React Flow, in the shape in which the one-stop software of Tân Dân keeps a case of a procedure.
//!
//! One file for each case. That software has one current step for each dossier and lets people choose the next: branches,
//! and conditions on the dossier have no place in it, and are refused by T503; a way of the clock is one that somebody takes,
//! and marked by T504; what has to be remembered is told by copies of steps. Its clock stops in statuses 6 and 8.

mod data;

use super::json::definition::{Case, Definition, Duration, NodeKind, Performers, Step};
use super::names::ascii;
use super::one_step::{self, Stop, Walk};
use super::said::{HEAD, Said};
use super::{Capabilities, Output, Target, json, ready, shortened};
use crate::diagnostic::Diagnostic;
use crate::diagram::layout::{self, Outline, Plan, Rect};
use crate::project::Project;
use data::{ClockWord, Edge, NodeData, NodeType, Position, TruongHop};
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::DeclarationKind as D;
use uuid::Uuid;

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
        memory: false,
        guarded_limits: false,
        restarts: false,
        calls: false,
        after: false,
        automatic: false,
        timeouts: false,
        mixed_times: false,
        own_calendars: false,
        deadlines: false,
        presence: false,
        notices: false,
        forms: false,
        signatures: false,
        payments: false,
        electronic_notes: false,
        left_out: LEFT_OUT,
        longest_note: 0,
        longest_name: NAME,
        longest_title: TITLE,
        ..Capabilities::ALL
    },
    build,
    schema: Some(data::schema),
};

/// What it keeps of a name: of a step and whoever performs it; of a case.
pub(crate) const NAME: usize = 300;
const TITLE: usize = 4000;

/// What it has no place for: it knows the steps, not the head of the procedure.
const LEFT_OUT: &[Said] = &[
    (D::Procedure, HEAD),
    (D::Process, &[Key::Note]),
    (D::Case, HEAD),
    (D::Stage, &[]),
    (D::Form, &[]),
    (D::Agency, &[]),
    (D::Unit, &[]),
    (D::Posting, &[]),
    (D::Delegation, &[]),
    (D::Assignment, &[]),
    (D::Calendar, &[]),
    (D::Papers, &[]),
    (D::Fields, &[]),
];

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
    let ids = Ids(name);
    let chart = Chart { definition, walk: Walk::of(&case.graph)?, ids: &ids };
    let procedure = &definition.procedure;
    let code = procedure.code.clone().unwrap_or_else(|| ascii(&procedure.id));
    let (hours, word) = one_step::limit(case).map(hours).unwrap_or((0.0, ClockWord::Working));
    let written = TruongHop {
        id: ids.case(),
        ten: shortened(
            &case.label.as_ref().map_or(procedure.label.clone(), |case| format!("{} – {case}", procedure.label)),
            TITLE,
        ),
        ma: case.id.as_ref().map_or(code.clone(), |case| format!("{code}-{}", ascii(case))),
        thoi_gian_thuc_hien: hours,
        loai_thoi_gian_thuc_hien: word,
        node_quy_trinh: serde_json::to_string(&chart.nodes()).ok()?,
        edge_quy_trinh: serde_json::to_string(&chart.edges()).ok()?,
    };
    let mut text = serde_json::to_string_pretty(&written).ok()?;
    text.push('\n');
    Some(Output { path: format!("{name}.reactflow.json"), bytes: text.into_bytes() })
}

/// The ids of a file, by the name that no other has: the same whenever it is written.
struct Ids<'n>(&'n str);

impl Ids<'_> {
    fn of(&self, kind: &str, what: &str) -> String {
        Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("tthc:reactflow/{}/{kind}/{what}", self.0).as_bytes()).to_string()
    }

    fn case(&self) -> String {
        self.of("truong-hop", "")
    }

    fn node(&self, stop: &Stop<'_>) -> String {
        self.of("nut", &format!("{}|{}", stop.node.id, stop.past))
    }
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
    /// The software begins at the first stop.
    walk: Walk<'d>,
    ids: &'d Ids<'d>,
}

impl Chart<'_> {
    fn nodes(&self) -> Vec<data::Node> {
        let stops = &self.walk.stops;
        let nodes = stops.iter().map(|_| layout::Node { width: WIDTH, height: HEIGHT, lane: 0, outline: Outline::Box });
        let moves = self.walk.moves.iter().filter_map(|one| Some((one.from?, one.to)));
        let edges = moves.map(|(from, to)| layout::Edge { from, to, label: None, aside: false });
        let plan =
            Plan { lanes: vec![WIDTH], header: 50, nodes: nodes.collect(), edges: edges.collect(), ..Plan::default() };
        let drawn = layout::layout(&plan);
        stops.iter().enumerate().map(|(place, stop)| self.node(place == 0, stop, drawn.nodes[place])).collect()
    }

    fn node(&self, start: bool, stop: &Stop<'_>, at: Rect) -> data::Node {
        let id = self.ids.node(stop);
        let (kind, data) = self.data(start, stop, id.clone());
        let position = Position { x: at.x, y: at.y };
        let deletable = kind == NodeType::Custom;
        data::Node { id, kind, position, position_absolute: position, width: WIDTH, height: HEIGHT, deletable, data }
    }

    fn data(&self, start: bool, stop: &Stop<'_>, id: String) -> (NodeType, NodeData) {
        let begun = if start { NodeType::Start } else { NodeType::Custom };
        let (kind, time, group, status) = match &stop.node.kind {
            NodeKind::Step(step) => {
                let time = step.time.duration.as_ref().filter(|_| !one_step::stands_still(step, stop.first));
                (begun, time, self.group(step.performers.as_ref()), status(step, stop.first))
            }
            NodeKind::Wait { limit, .. } => (begun, limit.as_ref(), None, 8),
            NodeKind::End { state, .. } => (NodeType::End, None, None, status_of(state)),
            _ => (NodeType::End, None, None, 9),
        };
        let (hours, word) = time.map(hours).unwrap_or((0.0, ClockWord::Working));
        let data = NodeData {
            id,
            truong_hop_id: self.ids.case(),
            ten_buoc_xu_ly: stop.name(NAME),
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
                wording.clone().or(label).map(|label| shortened(&label, NAME))
            }
            Performers::Applicant { wording } => wording.clone().or(Some("Người nộp hồ sơ".into())),
            Performers::System { wording } => wording.clone().or(Some("Hệ thống".into())),
            Performers::ReceivingUnit { wording } => wording.clone().or(Some("Nơi tiếp nhận hồ sơ".into())),
            Performers::All { of } => self.joined(of, " và "),
            Performers::Any { of } => self.joined(of, " hoặc "),
        }
    }

    /// Several performers; those that are several themselves in parentheses.
    fn joined(&self, of: &[Performers], word: &str) -> Option<String> {
        let one = |one: &Performers| {
            let group = self.group(Some(one))?;
            Some(if matches!(one, Performers::All { .. } | Performers::Any { .. }) {
                format!("({group})")
            } else {
                group
            })
        };
        let all: Vec<String> = of.iter().filter_map(one).collect();
        (!all.is_empty()).then(|| all.join(word))
    }

    fn edges(&self) -> Vec<Edge> {
        let moves = self.walk.moves.iter().filter_map(|one| Some((one.from?, one)));
        let edges = moves.enumerate().map(|(index, (from, one))| Edge {
            id: self.ids.of("canh", &(index + 1).to_string()),
            source: self.ids.node(&self.walk.stops[from]),
            target: self.ids.node(&self.walk.stops[one.to]),
            source_handle: None,
            target_handle: None,
            label: self.walk.called(one),
            kind: "customEdge",
        });
        edges.collect()
    }
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
