//! The diagram of a process: lanes by agency, times, the critical path, ways back, dead ends.
//!
//! A [`Picture`] is plain data with its [`layout::Layout`]; [`svg`], [`dot`] and [`mermaid`] write it down. A flow with
//! mistakes is drawn too, with its dead ends marked, for that is when one looks at it.

mod critical;
pub mod dot;
mod lanes;
pub mod layout;
mod marks;
pub mod measure;
pub mod mermaid;
mod page;
mod picture;
pub mod svg;
mod witness;

use crate::document::words::Words;
use crate::model::procedure::ProcedureId;
use crate::project::Project;
use crate::source::Place;
use layout::{Layout, Plan};
use petgraph::graph::NodeIndex;

pub use lanes::{Lanes, actor_label, performer_label};
pub use marks::Mark;

/// What a shape stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The dossier arrives.
    Start,
    /// A step, or a call of another procedure.
    Step,
    /// A wait that is no row of the table.
    Wait,
    /// What has been decided, or what the dossier says.
    Choice,
    /// Branches begin or meet.
    Bar,
    /// The procedure ends with the result.
    Returned,
    /// It ends without.
    Ended,
    /// Nothing follows, and nothing says so.
    DeadEnd,
}

/// A shape of the picture.
#[derive(Debug, Clone)]
pub struct Shape {
    /// What it stands for.
    pub kind: Kind,
    /// The node of the net; none for the mark of a dead end.
    pub node: Option<NodeIndex>,
    /// By its place in [`Picture::lanes`].
    pub lane: usize,
    /// What it is called.
    pub title: String,
    /// Who does it, where the lane does not say it all.
    pub who: Option<String>,
    /// How long it takes.
    pub time: Option<String>,
    /// On the longest way of the tightest class of dossiers.
    pub critical: bool,
    /// The name of the step.
    pub place: Option<Place>,
    /// No run comes here, or none leads from here to an end.
    pub faulty: Option<&'static str>,
}

/// A line of the picture.
#[derive(Debug, Clone)]
pub struct Line {
    /// By its place in [`Picture::shapes`].
    pub from: usize,
    /// Likewise.
    pub to: usize,
    /// When it is taken.
    pub label: Option<String>,
    /// It goes back.
    pub back: bool,
    /// The clock takes it.
    pub timeout: bool,
    /// On the critical path.
    pub critical: bool,
}

/// A stage of the process: `giai đoạn`.
#[derive(Debug, Clone)]
pub struct Stage {
    /// What it is called.
    pub title: String,
    /// Its time limit.
    pub time: Option<String>,
    /// Steps and what belongs to them, by their places in [`Picture::shapes`].
    pub shapes: Vec<usize>,
}

impl Stage {
    /// What it is called, with its time limit.
    fn words(&self) -> String {
        let time = self.time.iter().map(|time| format!(" ({time})")).collect::<String>();
        format!("{}{time}", self.title)
    }
}

/// The diagram of a case, or of what follows the result.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What it is called.
    pub title: String,
    /// Agencies, in the order in which the dossier comes to them.
    pub lanes: Vec<String>,
    /// The first is the start.
    pub shapes: Vec<Shape>,
    /// Lines.
    pub lines: Vec<Line>,
    /// Stages with steps, those around others first.
    pub stages: Vec<Stage>,
    /// Where everything lies.
    pub layout: Layout,
}

/// The pictures of a procedure: one for each case with steps, and one for the steps after its result.
pub fn pictures(project: &Project, procedure: ProcedureId) -> Vec<Picture> {
    let of = &project.model.procedures[procedure.0];
    let mut pictures = Vec::new();
    for (index, case) in of.cases.iter().enumerate().filter(|(_, case)| !case.flow.body.is_empty()) {
        let analysis =
            project.analysis().iter().find(|analysis| analysis.procedure == procedure.0 && analysis.case == index);
        let title = match &case.label {
            Some(label) => format!("{} – {label}", of.label),
            None => case.named.as_ref().map_or(of.label.clone(), |named| format!("{} – {}", of.label, named.name)),
        };
        let words = Words::of(&project.model, of, &case.flow);
        if let Some(analysis) = analysis {
            pictures.push(picture::draw(&words, &analysis.net, Some(analysis), title.clone()));
        }
        if !case.flow.after.is_empty() {
            let net = crate::graph::lower(&case.flow, true);
            let title = format!("{title} – sau khi trả kết quả");
            pictures.push(picture::draw(&words, &net, None, title));
        }
    }
    pictures
}

impl Picture {
    /// The shapes of a lane, in this order, by the innermost stage in which they stand; first those in none.
    fn by_stage(&self, lane: usize, order: &[usize]) -> Vec<(Option<usize>, Vec<usize>)> {
        let mut parts: Vec<(Option<usize>, Vec<usize>)> = vec![(None, Vec::new())];
        for shape in order.iter().copied().filter(|shape| self.shapes[*shape].lane == lane) {
            let stage = self.stages.iter().rposition(|stage| stage.shapes.contains(&shape));
            match parts.iter_mut().find(|(of, _)| *of == stage) {
                Some((_, shapes)) => shapes.push(shape),
                None => parts.push((stage, vec![shape])),
            }
        }
        parts
    }

    /// A clock sits on its lower border.
    fn has_clock(&self, shape: usize) -> bool {
        self.lines.iter().any(|line| line.timeout && line.from == shape)
    }

    /// The shapes from top to bottom as they are drawn, so that a text reads like the table.
    fn reading_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.shapes.len()).collect();
        order.sort_by_key(|shape| self.layout.nodes.get(*shape).map(|rect| (rect.y, rect.x)));
        order
    }

    /// The picture in words, for those who do not see it.
    fn spoken(&self) -> String {
        let words = self.reading_order().into_iter().map(|shape| (&self.shapes[shape], self.shapes[shape].words()));
        let words = words.filter(|(_, words)| !words.is_empty());
        let words = words.map(|(shape, words)| format!("{} ({})", words.join(", "), self.lanes[shape.lane]));
        words.collect::<Vec<_>>().join("; ")
    }

    /// What is laid out: the sizes of everything.
    pub fn plan(&self) -> Plan {
        Plan {
            lanes: self.lanes.iter().map(|name| svg::lane_width(name)).collect(),
            header: svg::header_height(&self.lanes),
            nodes: self
                .shapes
                .iter()
                .enumerate()
                .map(|(index, shape)| svg::outline(shape, self.has_clock(index)))
                .collect(),
            edges: self.lines.iter().map(svg::line).collect(),
            bands: self.stages.iter().map(svg::band).collect(),
            band: svg::BAND,
        }
    }
}
