//! Where everything stands: the diagram interchange part, from our own layout.

use super::model::{Kind, Lane, Process};
use super::write::flow_id;
use crate::diagram::layout::{Edge, Layout, Node, Outline, Plan, Rect, Route, layout};
use crate::diagram::measure::{width, wrap};
use crate::target::xml::Xml;
use std::collections::HashMap;

/// Font size in modelers.
const TEXT: u32 = 12;
const TASK: i32 = 160;
const EVENT: i32 = 36;
const GATEWAY: i32 = 50;
/// The widest name of an event or flow.
const LABEL: i32 = 110;
/// The bar with the name of the whole process, and below it those of the lanes.
const BAR: i32 = 30;

/// The `bpmndi:BPMNDiagram` of a process, and one for what stands in each subprocess.
pub(super) fn diagrams(process: &Process) -> Vec<Xml> {
    let subprocesses = (0..process.elements.len()).filter(|at| matches!(process.elements[*at].kind, Kind::Subprocess));
    let views = std::iter::once(None).chain(subprocesses.map(Some)).map(|inside| View::of(process, inside));
    (1..).zip(views).map(|(number, view)| view.diagram(number)).collect()
}

/// The process, or one subprocess.
struct View<'p> {
    process: &'p Process,
    inside: Option<usize>,
    /// Elements that have a place of their own.
    places: Vec<usize>,
    flows: Vec<usize>,
    drawn: Layout,
}

impl<'p> View<'p> {
    fn of(process: &'p Process, inside: Option<usize>) -> View<'p> {
        let here = |place: usize| process.elements[place].inside == inside;
        let places: Vec<usize> =
            (0..process.elements.len()).filter(|at| here(*at) && !is_border(process, *at)).collect();
        let flows: Vec<usize> = (0..process.flows.len()).filter(|at| here(process.flows[*at].from)).collect();
        let drawn = layout(&plan(process, inside, &places, &flows));
        View { process, inside, places, flows, drawn }
    }

    fn diagram(&self, number: usize) -> Xml {
        let (id, plane) = match number {
            1 => ("diagram".to_string(), "plane".to_string()),
            _ => (format!("diagram_{number}"), format!("plane_{number}")),
        };
        let of = self.inside.map_or("collaboration", |place| &self.process.elements[place].id);
        let plane = Xml::new("bpmndi:BPMNPlane").attribute("id", plane).attribute("bpmnElement", of);
        let pools = if self.inside.is_none() { pools(self.process, &self.drawn) } else { Vec::new() };
        let plane = plane.children(pools).children(self.nodes()).children(self.borders()).children(self.edges());
        Xml::new("bpmndi:BPMNDiagram").attribute("id", id).child(plane)
    }
}

fn is_border(process: &Process, place: usize) -> bool {
    process.elements[place].kind.host().is_some()
}

fn plan(process: &Process, inside: Option<usize>, places: &[usize], flows: &[usize]) -> Plan {
    let node_of: HashMap<usize, usize> = places.iter().enumerate().map(|(node, place)| (*place, node)).collect();
    let node = |place: usize| node_of[&process.elements[place].kind.host().unwrap_or(place)];
    let edges = flows.iter().map(|flow| &process.flows[*flow]).map(|flow| Edge {
        from: node(flow.from),
        to: node(flow.to),
        label: flow.name.as_ref().map(|name| {
            let lines = wrap(name, TEXT, LABEL, 8);
            let widest = lines.iter().map(|line| width(line, TEXT)).max().unwrap_or(0);
            (widest + 4, 4 + 14 * count(lines.len()))
        }),
        aside: is_border(process, flow.from),
    });
    // A subprocess has no lanes.
    let lane = |lane: &Lane| (width(&lane.label, TEXT) + 30).min(300);
    let (lanes, header) = match inside {
        None => (process.lanes.iter().map(lane).collect(), 2 * BAR + 10),
        Some(_) => (vec![TASK], BAR),
    };
    let sized = |place: &usize| match inside {
        None => size(process, *place),
        Some(_) => Node { lane: 0, ..size(process, *place) },
    };
    let nodes = places.iter().map(sized).collect();
    Plan { lanes, header, nodes, edges: edges.collect(), ..Plan::default() }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / 1000)
}

fn size(process: &Process, place: usize) -> Node {
    let element = &process.elements[place];
    let lines = count(wrap(&element.name, TEXT, TASK - 20, 12).len());
    let (width, height, outline) = match element.kind {
        Kind::Start => (EVENT, EVENT, Outline::Ellipse),
        // The name stands below, in the room that is kept for it.
        Kind::End(_) | Kind::Raise(_) => {
            (LABEL + 10, EVENT + 6 + 14 * count(wrap(&element.name, TEXT, LABEL, 4).len()), Outline::Box)
        }
        Kind::Exclusive | Kind::Merge | Kind::Parallel => (GATEWAY, GATEWAY, Outline::Diamond),
        Kind::User(_) | Kind::Script(_) | Kind::Timer { .. } | Kind::Subprocess | Kind::Caught { .. } => {
            (TASK, (20 + 16 * lines).max(60), Outline::Box)
        }
    };
    Node { width, height, lane: element.lane, outline }
}

fn shape(id: &str, bounds: Rect) -> Xml {
    Xml::new("bpmndi:BPMNShape").attribute("id", format!("{id}_di")).attribute("bpmnElement", id).child(bound(bounds))
}

fn bound(rect: Rect) -> Xml {
    let bounds = Xml::new("dc:Bounds").attribute("x", rect.x).attribute("y", rect.y);
    bounds.attribute("width", rect.width).attribute("height", rect.height)
}

fn label(rect: Rect) -> Xml {
    Xml::new("bpmndi:BPMNLabel").child(bound(rect))
}

fn pools(process: &Process, drawn: &Layout) -> Vec<Xml> {
    let whole = Rect { x: 0, y: 0, width: drawn.width, height: drawn.height };
    let mut all = vec![shape("participant", whole).attribute("isHorizontal", "false")];
    for (index, (x, width)) in drawn.lanes.iter().take(process.lanes.len()).enumerate() {
        let lane = Rect { x: *x, y: BAR, width: *width, height: drawn.height - BAR };
        all.push(shape(&format!("lane_{}", index + 1), lane).attribute("isHorizontal", "false"));
    }
    all
}

impl View<'_> {
    fn nodes(&self) -> Vec<Xml> {
        let drawn_nodes = self.places.iter().zip(&self.drawn.nodes).map(|(place, rect)| {
            let element = &self.process.elements[*place];
            match element.kind {
                Kind::End(_) | Kind::Raise(_) => {
                    let circle = Rect { x: rect.middle() - EVENT / 2, y: rect.y, width: EVENT, height: EVENT };
                    let name = Rect { y: rect.y + EVENT + 4, height: rect.height - EVENT - 4, ..*rect };
                    shape(&element.id, circle).child(label(name))
                }
                Kind::Start => {
                    let name = Rect { x: rect.x + EVENT + 4, y: rect.y + 11, width: 60, height: 14 };
                    shape(&element.id, *rect).child(label(name))
                }
                Kind::Exclusive => {
                    let name = Rect { x: rect.x - 52, y: rect.y - 6, width: 54, height: 28 };
                    shape(&element.id, *rect).attribute("isMarkerVisible", "true").child(label(name))
                }
                Kind::Merge => shape(&element.id, *rect).attribute("isMarkerVisible", "true"),
                Kind::Subprocess => shape(&element.id, *rect).attribute("isExpanded", "false"),
                _ => shape(&element.id, *rect),
            }
        });
        drawn_nodes.collect()
    }

    /// Events at borders sit where their way leaves the task.
    fn borders(&self) -> Vec<Xml> {
        let mut all = Vec::new();
        for (flow, route) in self.ways() {
            let from = self.process.flows[flow].from;
            if let (true, Some((x, y))) = (is_border(self.process, from), route.points.first()) {
                let circle = Rect { x: x - EVENT / 2, y: y - EVENT / 2, width: EVENT, height: EVENT };
                let name = Rect { x: x + EVENT / 2 + 2, y: y + 4, width: 60, height: 14 };
                all.push(shape(&self.process.elements[from].id, circle).child(label(name)));
            }
        }
        all
    }

    fn edges(&self) -> Vec<Xml> {
        let all = self.ways().map(|(flow, route)| {
            let below = if is_border(self.process, self.process.flows[flow].from) { EVENT / 2 } else { 0 };
            let points = route.points.iter().enumerate().map(|(at, (x, y))| {
                let y = if at == 0 { y + below } else { *y };
                Xml::new("di:waypoint").attribute("x", x).attribute("y", y)
            });
            let id = flow_id(flow);
            let edge = Xml::new("bpmndi:BPMNEdge").attribute("id", format!("{id}_di")).attribute("bpmnElement", id);
            edge.children(points).children(route.label.map(label))
        });
        all.collect()
    }

    /// Flows with their routes.
    fn ways(&self) -> impl Iterator<Item = (usize, &Route)> {
        self.flows.iter().copied().zip(&self.drawn.edges)
    }
}
