//! A layered drawing: rows from top to bottom, a column of boxes for each lane, orthogonal lines that share no stretch.
//!
//! Plain data in, plain data out, in whole pixels; the same graph always gives the same drawing.
//! Rows are longest ways from the start; a label is laid out like a box, so that nothing lies over anything else.

mod bands;
mod columns;
mod ports;
mod routes;
mod rows;

/// What is to be drawn.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The least width of each lane.
    pub lanes: Vec<i32>,
    /// The height above the first row, for the names of the lanes.
    pub header: i32,
    /// The first is the start.
    pub nodes: Vec<Node>,
    /// Lines.
    pub edges: Vec<Edge>,
    /// What some nodes have in common: drawn at the left, beside their rows.
    pub bands: Vec<Band>,
    /// The width of a column of bands.
    pub band: i32,
}

/// Nodes that have something in common.
#[derive(Debug, Clone, Default)]
pub struct Band {
    /// At least one.
    pub nodes: Vec<usize>,
    /// The least height, for what is written in it.
    pub height: i32,
}

/// The outline of a node, at which lines begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outline {
    /// A rectangle.
    Box,
    /// A rhombus.
    Diamond,
    /// An ellipse.
    Ellipse,
}

/// A node.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
    /// By its place in [`Plan::lanes`].
    pub lane: usize,
    /// Its outline.
    pub outline: Outline,
}

/// A line.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// A node.
    pub from: usize,
    /// A node.
    pub to: usize,
    /// Width and height of its label.
    pub label: Option<(i32, i32)>,
    /// Leaves at the side of the lower border, with room for a mark there: a timer.
    pub aside: bool,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rect {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
}

impl Rect {
    /// The centre of its width.
    pub fn middle(&self) -> i32 {
        self.x + self.width / 2
    }
    /// They have some area in common.
    pub fn overlaps(&self, other: &Rect) -> bool {
        let apart = |at: i32, size: i32, to: i32, most: i32| at + size <= to || to + most <= at;
        !(apart(self.x, self.width, other.x, other.width) || apart(self.y, self.height, other.y, other.height))
    }
}

/// Where a line runs.
#[derive(Debug, Clone, Default)]
pub struct Route {
    /// Its corners, ends included.
    pub points: Vec<(i32, i32)>,
    /// The place of its label.
    pub label: Option<Rect>,
    /// Runs upwards.
    pub upward: bool,
}

/// A drawing.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
    /// Left and width of each lane; all reach from top to bottom.
    pub lanes: Vec<(i32, i32)>,
    /// By node.
    pub nodes: Vec<Rect>,
    /// By edge.
    pub edges: Vec<Route>,
    /// By band: those that share rows stand in columns of their own.
    pub bands: Vec<Rect>,
}

/// From the axis of a label to its text: its line runs as much as four pixels beside the axis.
const BESIDE: i32 = 8;

/// A node of the plan, or the label of an edge.
#[derive(Debug, Clone, Copy)]
struct Item {
    node: Node,
    label: bool,
}

impl Item {
    /// How far it reaches to the left and right of its column's axis: the text of a label stands beside its line.
    fn reach(&self) -> (i32, i32) {
        if self.label {
            (6, self.node.width + BESIDE + 2)
        } else {
            (self.node.width / 2, self.node.width - self.node.width / 2)
        }
    }
}

/// A line between items: an edge, or one half of an edge with a label.
#[derive(Debug, Clone, Copy)]
struct Arc {
    from: usize,
    to: usize,
    aside: bool,
}

/// Lays out a plan.
pub fn layout(plan: &Plan) -> Layout {
    let mut items: Vec<Item> = plan.nodes.iter().map(|node| Item { node: *node, label: false }).collect();
    let mut arcs = Vec::new();
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for edge in &plan.edges {
        let first = arcs.len();
        match edge.label {
            None => arcs.push(Arc { from: edge.from, to: edge.to, aside: edge.aside }),
            Some((width, height)) => {
                let lane = plan.nodes[edge.from].lane;
                items.push(Item { node: Node { width, height, lane, outline: Outline::Box }, label: true });
                let label = items.len() - 1;
                arcs.push(Arc { from: edge.from, to: label, aside: edge.aside });
                arcs.push(Arc { from: label, to: edge.to, aside: false });
            }
        }
        parts.push((first..arcs.len()).collect());
    }
    let rows = rows::Rows::of(items.len(), &arcs);
    let bands = bands::Bands::of(plan, &rows);
    let columns = columns::Columns::of(plan, &items, &arcs, &rows, bands.columns * plan.band);
    let drawn = routes::draw(plan, &items, &arcs, &rows, &columns, &bands);
    let edges = plan.edges.iter().zip(&parts).map(|(edge, parts)| {
        let mut points: Vec<(i32, i32)> = parts.iter().flat_map(|part| drawn.lines[*part].iter().copied()).collect();
        straighten(&mut points);
        let label = edge.label.map(|_| drawn.items[arcs[parts[0]].to]);
        Route { points, label, upward: parts.iter().any(|part| rows.back[*part]) }
    });
    Layout {
        width: columns.width,
        height: drawn.height,
        lanes: columns.lanes.clone(),
        nodes: drawn.items[..plan.nodes.len()].to_vec(),
        edges: edges.collect(),
        bands: drawn.bands,
    }
}

/// Takes out points that are no corners.
fn straighten(points: &mut Vec<(i32, i32)>) {
    points.dedup();
    let mut corners: Vec<(i32, i32)> = Vec::new();
    for point in points.drain(..) {
        while let [.., a, b] = corners[..]
            && ((a.0 == b.0 && b.0 == point.0) || (a.1 == b.1 && b.1 == point.1))
        {
            corners.pop();
        }
        corners.push(point);
    }
    *points = corners;
}
