//! Where everything stands: the diagram interchange part, from our own layout.

use super::model::{Kind, Process};
use crate::diagram::layout::{Edge, Layout, Node, Outline, Plan, Rect, layout};
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

/// The `bpmndi:BPMNDiagram` of a process.
pub(super) fn diagram(process: &Process) -> Xml {
    let places: Vec<usize> = (0..process.elements.len()).filter(|at| !is_timer(process, *at)).collect();
    let node_of: HashMap<usize, usize> = places.iter().enumerate().map(|(node, place)| (*place, node)).collect();
    let plan = plan(process, &places, &node_of);
    let drawn = layout(&plan);
    let plane = Xml::new("bpmndi:BPMNPlane").attribute("id", "plane").attribute("bpmnElement", "collaboration");
    let plane = plane.children(pools(process, &drawn)).children(nodes(process, &places, &drawn));
    let plane = plane.children(timers(process, &drawn)).children(edges(process, &drawn));
    Xml::new("bpmndi:BPMNDiagram").attribute("id", "diagram").child(plane)
}

fn is_timer(process: &Process, place: usize) -> bool {
    matches!(process.elements[place].kind, Kind::Timer { .. })
}

fn plan(process: &Process, places: &[usize], node_of: &HashMap<usize, usize>) -> Plan {
    let node = |place: usize| -> usize {
        match &process.elements[place].kind {
            Kind::Timer { host, .. } => node_of[host],
            _ => node_of[&place],
        }
    };
    let edges = process.flows.iter().map(|flow| Edge {
        from: node(flow.from),
        to: node(flow.to),
        label: flow.name.as_ref().map(|name| {
            let lines = wrap(name, TEXT, LABEL, 8);
            let widest = lines.iter().map(|line| width(line, TEXT)).max().unwrap_or(0);
            (widest + 4, 4 + 14 * count(lines.len()))
        }),
        aside: is_timer(process, flow.from),
    });
    Plan {
        lanes: process.lanes.iter().map(|lane| (width(&lane.label, TEXT) + 30).min(300)).collect(),
        header: 2 * BAR + 10,
        nodes: places.iter().map(|place| size(process, *place)).collect(),
        edges: edges.collect(),
    }
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
        Kind::End(_) => (LABEL + 10, EVENT + 6 + 14 * count(wrap(&element.name, TEXT, LABEL, 4).len()), Outline::Box),
        Kind::Exclusive | Kind::Merge | Kind::Parallel => (GATEWAY, GATEWAY, Outline::Diamond),
        Kind::User(_) | Kind::Script(_) | Kind::Timer { .. } => (TASK, (20 + 16 * lines).max(60), Outline::Box),
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

fn nodes(process: &Process, places: &[usize], drawn: &Layout) -> Vec<Xml> {
    let drawn_nodes = places.iter().zip(&drawn.nodes).map(|(place, rect)| {
        let element = &process.elements[*place];
        match element.kind {
            Kind::End(_) => {
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
            _ => shape(&element.id, *rect),
        }
    });
    drawn_nodes.collect()
}

/// Timers sit on the border of their task, where their way leaves it.
fn timers(process: &Process, drawn: &Layout) -> Vec<Xml> {
    let mut all = Vec::new();
    for (flow, route) in process.flows.iter().zip(&drawn.edges) {
        if let (true, Some((x, y))) = (is_timer(process, flow.from), route.points.first()) {
            let circle = Rect { x: x - EVENT / 2, y: y - EVENT / 2, width: EVENT, height: EVENT };
            let name = Rect { x: x + EVENT / 2 + 2, y: y + 4, width: 60, height: 14 };
            all.push(shape(&process.elements[flow.from].id, circle).child(label(name)));
        }
    }
    all
}

fn edges(process: &Process, drawn: &Layout) -> Vec<Xml> {
    let all = process.flows.iter().zip(&drawn.edges).enumerate().map(|(index, (flow, route))| {
        let below = if is_timer(process, flow.from) { EVENT / 2 } else { 0 };
        let points = route.points.iter().enumerate().map(|(at, (x, y))| {
            let y = if at == 0 { y + below } else { *y };
            Xml::new("di:waypoint").attribute("x", x).attribute("y", y)
        });
        let id = format!("flow_{}", index + 1);
        let edge = Xml::new("bpmndi:BPMNEdge").attribute("id", format!("{id}_di")).attribute("bpmnElement", id);
        edge.children(points).children(route.label.map(label))
    });
    all.collect()
}
