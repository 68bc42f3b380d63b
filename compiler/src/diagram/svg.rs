//! A picture as SVG: no scripts, nothing from outside, every text escaped.

use super::layout::{Band, Edge, Layout, Node, Outline, Rect, Route};
use super::measure::{break_off, width, wrap};
use super::page::Marks;
use super::{Kind, Line, Picture, Shape, Stage, witness};
use crate::markup::escape;
use std::fmt::Write;

pub use super::page::{Changes, interactive, page_width, render, sliced};

/// Font size of names, times and lanes.
const TEXT: u32 = 12;
/// Font size of what is said beside.
const SMALL: u32 = 11;
/// From one line of text to the next.
const LEADING: i32 = 16;
const BOX: i32 = 196;
const LABEL: i32 = 118;
const END: i32 = 152;
/// The radius of a clock, which sits on the lower border of a box.
const CLOCK: i32 = 8;
/// Between the border of a box and its text.
const INSET: i32 = 8;
/// The width of a stage.
pub(super) const BAND: i32 = 136;
pub(super) const STYLE: &str = "text{font-family:Arial,'Liberation Sans',Helvetica,sans-serif;font-size:12px;fill:#1a1a1a}\
.t{font-size:15px;font-weight:bold}.s{font-size:11px;fill:#444}.l{font-weight:bold;fill:#333}\
.b{fill:#fff;stroke:#555;stroke-width:1.2}.w{fill:#fff8e6;stroke:#8a6d1d;stroke-dasharray:5 3}\
.r{fill:#e6f4ea;stroke:#1e7e34;stroke-width:1.6}.e{fill:#f1f3f5;stroke:#555;stroke-width:1.2}\
.x{fill:#fdecea;stroke:#c62828;stroke-width:2.4}.c{stroke:#b45f06;stroke-width:2.6}.k{fill:#333}\
.p{fill:none;stroke:#666;stroke-width:1.3}.pc{fill:none;stroke:#b45f06;stroke-width:2.6}\
.pb{fill:none;stroke:#5e35b1;stroke-width:1.4;stroke-dasharray:7 3}.pt{fill:none;stroke:#666;stroke-width:1.3;stroke-dasharray:2 3}\
.h{fill:#eef2f7;stroke:#9aa5b1}.g{fill:#f4f0e6;stroke:#b7a57a}.gb{fill:#faf8f2}.v{fill:none;stroke:#c3cad2}.f{fill:#c62828;font-size:11px}";

pub(super) const ARROWS: &str = "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#555\"/></marker></defs>";

/// The least width of a lane: that of its name on one line, within reason.
pub(super) fn lane_width(name: &str) -> i32 {
    (width(name, TEXT) + 40).min(240)
}

/// The height of the names of the lanes.
pub(crate) fn header_height(lanes: &[String]) -> i32 {
    let lines = lanes.iter().map(|name| wrap(name, TEXT, 190, 4).len()).max().unwrap_or(1);
    14 + LEADING * i32::try_from(lines).unwrap_or(4)
}

/// Size and outline of a shape.
pub(super) fn outline(shape: &Shape, clock: bool) -> Node {
    let lines = i32::try_from(lines(shape).len()).unwrap_or(i32::MAX / LEADING);
    let (width, height, outline) = match shape.kind {
        Kind::Start => (26, 26, Outline::Ellipse),
        Kind::Choice => (64, 34, Outline::Diamond),
        Kind::Bar if lines == 0 => (120, 6, Outline::Box),
        Kind::Bar => (120, 12 + LEADING * lines, Outline::Box),
        Kind::Step | Kind::Wait => (BOX, 12 + LEADING * lines, Outline::Box),
        Kind::Returned | Kind::Ended | Kind::DeadEnd => (END, 12 + LEADING * lines, Outline::Box),
    };
    let height = if clock { height + CLOCK } else { height };
    Node { width, height, lane: shape.lane, outline }
}

/// A line with the size of its label.
pub(super) fn line(line: &Line) -> Edge {
    let label = line.label.as_ref().map(|label| {
        let lines = label_lines(label);
        let widest = lines.iter().map(|line| width(line, SMALL)).max().unwrap_or(0);
        (widest + 4, 4 + 14 * i32::try_from(lines.len()).unwrap_or(9))
    });
    Edge { from: line.from, to: line.to, label, aside: line.timeout }
}

/// What stands above the stages.
pub(crate) const STAGES: &str = "Giai đoạn";

/// The box above the stages, as high as the names of the lanes; none where there are no stages.
pub(crate) fn stages_head(picture: &Picture) -> Option<Rect> {
    let width = picture.layout.lanes.first().map_or(0, |(x, _)| *x);
    (width > 0).then(|| Rect { x: 0, y: 0, width, height: header_height(&picture.lanes) })
}

/// A stage with the height that its words take.
pub(super) fn band(stage: &Stage) -> Band {
    let lines = i32::try_from(stage_lines(stage).len()).unwrap_or(i32::MAX / LEADING);
    Band { nodes: stage.shapes.clone(), height: 12 + LEADING * lines }
}

/// The lines of text of a stage, with their classes.
fn stage_lines(stage: &Stage) -> Vec<(&'static str, String)> {
    let most = BAND - 2 * INSET;
    let title = wrap(&stage.title, TEXT + 1, most, 8).into_iter().map(|line| ("l", line));
    let time = stage.time.iter().flat_map(|time| wrap(time, SMALL, most, 3)).map(|line| ("s", line));
    title.chain(time).collect()
}

/// As many of them as a height has room for; the last one says where others are left out.
pub(crate) fn stage_lines_within(stage: &Stage, height: i32) -> Vec<(&'static str, String)> {
    let mut lines = stage_lines(stage);
    let fitting = usize::try_from(height / LEADING).unwrap_or(0);
    if lines.len() > fitting {
        lines.truncate(fitting);
        lines.last_mut().into_iter().for_each(|(_, line)| break_off(line, TEXT + 1, BAND - 2 * INSET));
    }
    lines
}

/// The lines of the label of a line.
pub(crate) fn label_lines(label: &str) -> Vec<String> {
    wrap(label, SMALL, LABEL, 9)
}

/// The lines of text in a shape, with their classes.
pub(crate) fn lines(shape: &Shape) -> Vec<(&'static str, String)> {
    let most = match shape.kind {
        Kind::Start | Kind::Choice => return Vec::new(),
        Kind::Bar => 110,
        Kind::Step | Kind::Wait => BOX - 2 * INSET,
        Kind::Returned | Kind::Ended | Kind::DeadEnd => END - 2 * INSET,
    };
    let mut lines = Vec::new();
    let mut add = |class, text: &str, size, count| {
        if !text.is_empty() {
            lines.extend(wrap(text, size, most, count).into_iter().map(|line| (class, line)));
        }
    };
    add("", &shape.title, TEXT, 8);
    add("s", shape.who.as_deref().unwrap_or_default(), SMALL, 5);
    add("l", shape.time.as_deref().unwrap_or_default(), TEXT + 1, 3);
    add("f", shape.faulty.unwrap_or_default(), SMALL, 3);
    lines
}

pub(super) fn text(out: &mut String, x: i32, y: i32, class: &str, anchor: &str, words: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{class}>{}</text>", escape(words));
}

pub(super) fn draw(out: &mut String, picture: &Picture, marks: &mut Option<Marks<'_>>, changes: &Changes) {
    let Layout { height, lanes, nodes, edges, .. } = &picture.layout;
    let header = header_height(&picture.lanes);
    stages(out, picture);
    for ((x, width), name) in lanes.iter().zip(&picture.lanes) {
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"0\" width=\"{width}\" height=\"{height}\" class=\"v\"/><rect x=\"{x}\" y=\"0\" width=\"{width}\" height=\"{header}\" class=\"h\"/>"
        );
        let lines = wrap(name, TEXT, *width - 16, 4);
        let top = (header - LEADING * i32::try_from(lines.len()).unwrap_or(1)) / 2;
        for (index, line) in (0..).zip(&lines) {
            text(out, x + width / 2, top + 12 + LEADING * index, "l", "middle", line);
        }
    }
    // What is critical lies on top of what is not.
    let mut order: Vec<usize> = (0..picture.lines.len()).collect();
    order.sort_by_key(|line| (picture.lines[*line].critical, *line));
    for index in order {
        path(out, &picture.lines[index], &edges[index]);
    }
    for (shape, rect) in picture.shapes.iter().zip(nodes) {
        match (shape.place, marks.as_mut()) {
            (Some(place), Some(marks)) => {
                let _ = writeln!(out, "<g data-step=\"{}\">", marks.steps.len());
                marks.steps.push(place);
                draw_shape(out, shape, rect);
                out.push_str("</g>\n");
            }
            _ => draw_shape(out, shape, rect),
        }
    }
    for (line, route) in picture.lines.iter().zip(edges) {
        if let (true, Some((x, y))) = (line.timeout, route.points.first()) {
            let _ = writeln!(
                out,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{CLOCK}\" class=\"b\"/><path d=\"M{x} {}V{y}H{}\" class=\"p\"/>",
                y - 5,
                x + 4
            );
        }
    }
    for (shape, rect) in picture.shapes.iter().zip(nodes) {
        let mark = shape.place.and_then(|place| changes.get(&place));
        mark.into_iter().for_each(|mark| mark.draw(out, rect));
    }
    let way = marks.as_ref().map(|marks| witness::way(picture, marks.witness));
    way.iter().flatten().for_each(|corners| draw_way(out, corners));
}

/// The way of a finding, over everything else.
fn draw_way(out: &mut String, corners: &[(i32, i32)]) {
    let _ = writeln!(
        out,
        "<path d=\"{}\" fill=\"none\" stroke=\"#d81b60\" stroke-width=\"6\" stroke-opacity=\".5\" \
         stroke-linejoin=\"round\" pointer-events=\"none\"/>",
        corners_path(corners)
    );
}

fn corners_path(corners: &[(i32, i32)]) -> String {
    let mut d = String::new();
    for (index, (x, y)) in corners.iter().enumerate() {
        let _ = write!(d, "{}{x} {y}", if index == 0 { 'M' } else { 'L' });
    }
    d
}

/// The stages at the left; those in the first column, which share no row, are seen across the picture.
fn stages(out: &mut String, picture: &Picture) {
    let Some(Rect { width: left, height: header, .. }) = stages_head(picture) else { return };
    let _ = writeln!(out, "<rect x=\"0\" y=\"0\" width=\"{left}\" height=\"{header}\" class=\"h\"/>");
    text(out, left / 2, header / 2 + 4, "l", "middle", STAGES);
    for (stage, rect) in picture.stages.iter().zip(&picture.layout.bands) {
        let Rect { x, y, width, height } = *rect;
        if x == 0 {
            let across = picture.layout.width;
            let _ = writeln!(out, "<rect x=\"0\" y=\"{y}\" width=\"{across}\" height=\"{height}\" class=\"gb\"/>");
        }
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"g\"/>");
        // At the top, where one begins to read: a stage may be higher than a screen.
        for (index, (class, words)) in (0..).zip(stage_lines(stage)) {
            text(out, x + width / 2, y + 18 + LEADING * index, class, "middle", &words);
        }
    }
}

fn path(out: &mut String, line: &Line, route: &Route) {
    let class = match (line.critical, line.back || route.upward, line.timeout) {
        (true, _, _) => "pc",
        (_, true, _) => "pb",
        (_, _, true) => "pt",
        _ => "p",
    };
    let d = corners_path(&route.points);
    let _ = writeln!(out, "<path d=\"{d}\" class=\"{class}\" marker-end=\"url(#a)\"/>");
    if let (Some(rect), Some(label)) = (&route.label, &line.label) {
        for (index, words) in (0..).zip(label_lines(label)) {
            text(out, rect.x, rect.y + 12 + 14 * index, "s", "start", &words);
        }
    }
}

fn draw_shape(out: &mut String, shape: &Shape, rect: &Rect) {
    let Rect { x, y, width, height } = *rect;
    let class = match shape.kind {
        _ if shape.faulty.is_some() => "x".to_string(),
        Kind::Wait => "w".to_string(),
        Kind::Bar if shape.title.is_empty() => "k".to_string(),
        Kind::Returned => "r".to_string(),
        Kind::Ended => "e".to_string(),
        _ if shape.critical => "b c".to_string(),
        _ => "b".to_string(),
    };
    let _ = match shape.kind {
        Kind::Choice => {
            let (cx, cy) = (x + width / 2, y + height / 2);
            writeln!(out, "<path d=\"M{cx} {y}L{} {cy}L{cx} {}L{x} {cy}z\" class=\"{class}\"/>", x + width, y + height)
        }
        Kind::Start => {
            writeln!(
                out,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{class}\"/>",
                x + width / 2,
                y + height / 2,
                width / 2
            )
        }
        _ => {
            let round = match shape.kind {
                Kind::Step => 3,
                Kind::Bar => 0,
                _ => 12,
            };
            writeln!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\" class=\"{class}\"/>"
            )
        }
    };
    for (index, (class, words)) in (0..).zip(lines(shape)) {
        text(out, x + width / 2, y + 18 + LEADING * index, class, "middle", &words);
    }
}

/// What the kinds of lines mean, below the picture.
pub(super) fn legend(out: &mut String, picture: &Picture) {
    let entries = [
        ("pc", "đường dài nhất", picture.lines.iter().any(|line| line.critical)),
        ("pb", "quay lại", picture.lines.iter().any(|line| line.back)),
        ("pt", "khi hết thời gian", picture.lines.iter().any(|line| line.timeout)),
    ];
    let (mut x, y) = (0, picture.layout.height + 18);
    for (class, words, _) in entries.into_iter().filter(|(_, _, used)| *used) {
        let _ = writeln!(out, "<path d=\"M{x} {}H{}\" class=\"{class}\"/>", y - 4, x + 30);
        text(out, x + 36, y, "s", "start", words);
        x += 36 + width(words, SMALL) + 24;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_stage_that_are_cut_say_so() {
        let title = "Thẩm định hồ sơ, lấy ý kiến các cơ quan và tổng hợp trước khi trình".to_string();
        let stage = Stage { title, time: Some("5 ngày".into()), shapes: Vec::new() };
        let whole = stage_lines(&stage);
        assert_eq!(stage_lines_within(&stage, 1_000), whole);
        let cut = stage_lines_within(&stage, 2 * LEADING);
        assert!(cut.len() == 2 && cut[0] == whole[0] && cut[1].1.ends_with('…'), "{cut:?}");
        assert!(width(&cut[1].1, TEXT + 1) <= BAND - 2 * INSET, "{cut:?}");
        assert_eq!(stage_lines_within(&stage, LEADING - 1), []);
    }
}
