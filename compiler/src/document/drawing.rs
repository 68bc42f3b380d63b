//! A diagram in the drawing language of office documents: shapes that can be read at any size, and changed by hand.
//!
//! A tall diagram is cut into sheets between its shapes, each with the names of the lanes above. One that is so wide that it
//! could not be read is cut between its lanes too: a line that goes on beside has the same number on both sheets.

use super::slices;
use crate::diagram::layout::{Rect, Route};
use crate::diagram::measure::wrap;
use crate::diagram::svg::{STAGES, header_height, label_lines, lines, stage_lines_within, stages_head};
use crate::diagram::{Kind, Line, Picture, Shape};
use crate::markup::escape;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

/// What a sheet may measure on an upright page, in the units of the format: 360,000 a centimetre.
const UPRIGHT: (i64, i64) = (17 * 360_000, 22 * 360_000);
/// The same on a page that lies.
const LYING: (i64, i64) = (24 * 360_000, 148 * 36_000);
/// A pixel of the picture at full size.
const PIXEL: i64 = 9525;
/// The smallest letters have eight points at full size, and no less than seven on paper: what remains of that.
const LEAST: (i64, i64) = (7, 8);
/// Across the number at a line that goes on beside.
const NUMBER: i32 = 22;

/// A part of a picture that fits on a page.
pub(super) struct Sheet<'p> {
    picture: &'p Picture,
    /// What it shows of the picture, from and to; the names of the lanes stand above.
    from: i32,
    to: i32,
    header: i32,
    /// The column of stages, which every sheet has.
    margin: i32,
    /// The lanes that it shows, from and to.
    left: i32,
    right: i32,
    /// Units for a pixel.
    unit: i64,
    /// What stands above it, and what below, is on no page.
    cut_off: (bool, bool),
    /// Of the lines that go on beside, by their places in the picture: the same for all sheets.
    numbers: Rc<BTreeMap<usize, usize>>,
}

/// Where a line goes on beside.
struct Mark {
    /// By its place in the picture.
    line: usize,
    /// The left end of its number, and the height of the line.
    at: (i32, i32),
}

/// On upright pages the texts of the picture would be too small.
pub(super) fn is_wide(picture: &Picture) -> bool {
    unit(picture.layout.width, UPRIGHT.0) * LEAST.1 < PIXEL * LEAST.0
}

/// Pages that lie show diagrams better: of those that no upright page has room for, in no more parts.
pub(super) fn lies(pictures: &[Picture]) -> bool {
    let parts = |lying: bool| pictures.iter().map(|picture| sheets(picture, lying).len()).sum::<usize>();
    // A lane by itself has the column of stages beside it.
    let with_margin = |picture: &Picture| {
        let margin = slices::margin(picture);
        picture.layout.lanes.iter().map(|(_, width)| margin + width).collect::<Vec<i32>>()
    };
    let lanes = || pictures.iter().flat_map(with_margin);
    let fits = |width: i32| width <= widest(UPRIGHT.0);
    pictures.iter().any(is_wide) && (!lanes().all(fits) || parts(true) <= parts(false))
}

/// So many pixels of a picture can be read on a page of this width.
fn widest(width: i64) -> i32 {
    i32::try_from(width * LEAST.1 / (PIXEL * LEAST.0)).unwrap_or(i32::MAX)
}

/// What so many pixels can have of a width.
fn unit(pixels: i32, width: i64) -> i64 {
    PIXEL.min(width / i64::from(pixels.max(1))).max(1)
}

/// The sheets of a picture, from top to bottom, for upright or lying pages.
pub(super) fn sheets(picture: &Picture, lying: bool) -> Vec<Sheet<'_>> {
    let (header, margin) = (header_height(&picture.lanes), slices::margin(picture));
    let (width, height) = if lying { LYING } else { UPRIGHT };
    let groups = slices::lanes(picture, widest(width));
    let widest = groups.iter().map(|(left, right)| margin + right - left).max().unwrap_or_default();
    let most = |unit: i64| i32::try_from(height / unit).unwrap_or(i32::MAX) - header;
    let pages = |unit: i64| slices::count(picture.layout.height - header, most(unit));
    let largest = unit(widest, width);
    let least = largest.min(PIXEL * LEAST.0 / LEAST.1);
    // As large as the width allows, but for what saves a page.
    let unit = if pages(least) < pages(largest) { least } else { largest };
    let mut sheets = Vec::new();
    for (from, to) in slices::rows(picture, header, most(unit)) {
        sheets.extend(groups.iter().map(|(left, right)| {
            let (left, right, numbers, cut_off) = (*left, *right, Rc::default(), (false, false));
            Sheet { picture, from, to, header, margin, left, right, unit, cut_off, numbers }
        }));
    }
    let mut sheets = with_shapes(sheets, groups.len());
    let numbers = numbers(&sheets);
    sheets.iter_mut().for_each(|sheet| sheet.numbers = Rc::clone(&numbers));
    sheets
}

/// The parts in which there is more than lines that pass; those have their number where they go in and where they come out.
/// `beside` are the parts that stand beside each other.
fn with_shapes(mut sheets: Vec<Sheet>, beside: usize) -> Vec<Sheet> {
    let kept: Vec<bool> = sheets.iter().map(|sheet| !sheet.is_part() || sheet.has_shapes()).collect();
    let left_out = |place: Option<usize>| place.and_then(|place| kept.get(place)).is_some_and(|kept| !kept);
    for (index, sheet) in sheets.iter_mut().enumerate() {
        sheet.cut_off = (left_out(index.checked_sub(beside)), left_out(Some(index + beside)));
    }
    sheets.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(sheet, _)| sheet).collect()
}

/// The numbers of the lines that go on beside, by their places: from 1 in the order in which one meets them.
fn numbers(sheets: &[Sheet]) -> Rc<BTreeMap<usize, usize>> {
    let mut numbers = BTreeMap::new();
    for sheet in sheets {
        let mut marks = sheet.marks();
        marks.sort_by_key(|mark| (mark.at.1, mark.at.0, mark.line));
        for mark in marks {
            let next = numbers.len() + 1;
            numbers.entry(mark.line).or_insert(next);
        }
    }
    Rc::new(numbers)
}

impl Sheet<'_> {
    /// The drawing as a run of a paragraph; `id` is one that no other drawing of the file has.
    pub(super) fn run(&self, id: usize) -> String {
        let layout = &self.picture.layout;
        let width = self.units(self.margin + self.right - self.left);
        let height = self.units(self.to - self.from + self.header);
        let mut shapes = String::new();
        self.stages(&mut shapes);
        self.lanes(&mut shapes);
        for (line, route) in self.picture.lines.iter().zip(&layout.edges) {
            self.line(&mut shapes, line, route);
        }
        self.marks().iter().for_each(|mark| self.number(&mut shapes, mark));
        for (shape, rect) in self.picture.shapes.iter().zip(&layout.nodes).filter(|(_, rect)| self.shows(rect)) {
            self.shape(&mut shapes, shape, rect);
        }
        let title = escape(&self.picture.title);
        format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"wpg\"><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" \
             distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"Sơ đồ {id}\" descr=\"{title}\"/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData \
             uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>\
             <a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt \
             cx=\"{width}\" cy=\"{height}\"/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline>\
             </w:drawing></mc:Choice></mc:AlternateContent></w:r>"
        )
    }

    fn units(&self, pixels: i32) -> i64 {
        i64::from(pixels) * self.unit
    }

    /// It shows but some of the lanes.
    pub(super) fn is_part(&self) -> bool {
        self.right - self.left < self.picture.layout.width - self.margin
    }

    fn has_shapes(&self) -> bool {
        self.picture.layout.nodes.iter().any(|rect| self.shows(rect))
    }

    fn shows(&self, rect: &Rect) -> bool {
        self.from <= rect.y && rect.y < self.to && self.left <= rect.x && rect.x < self.right
    }

    /// From the top of the sheet, and from its left; what would stand out at the right is moved inside.
    fn moved(&self, rect: &Rect) -> Rect {
        let x =
            if rect.x < self.margin { rect.x } else { rect.x.min(self.right - rect.width) - self.left + self.margin };
        Rect { x, y: rect.y - self.from + self.header, ..*rect }
    }

    fn lanes(&self, out: &mut String) {
        let lanes = self.picture.layout.lanes.iter().zip(&self.picture.lanes);
        for ((x, width), name) in lanes.filter(|((x, _), _)| self.left <= *x && *x < self.right) {
            let x = x - self.left + self.margin;
            let whole = Rect { x, y: 0, width: *width, height: self.to - self.from + self.header };
            self.rect(out, "rect", &whole, ("none", "C3CAD2", 1), "");
            let words: Vec<(&str, String)> =
                wrap(name, 12, width - 16, 4).into_iter().map(|line| ("l", line)).collect();
            let head = Rect { height: self.header, ..whole };
            self.rect(out, "rect", &head, ("EEF2F7", "9AA5B1", 1), &self.words(&words, "center"));
        }
    }

    /// What the sheet shows of the stages at the left.
    fn stages(&self, out: &mut String) {
        let Some(head) = stages_head(self.picture) else { return };
        let words = self.words(&[("l", STAGES.to_string())], "center");
        self.rect(out, "rect", &head, ("EEF2F7", "9AA5B1", 1), &words);
        for (stage, band) in self.picture.stages.iter().zip(&self.picture.layout.bands) {
            let (top, bottom) = (band.y.max(self.from), (band.y + band.height).min(self.to));
            if top >= bottom {
                continue;
            }
            let shown = Rect { y: top, height: bottom - top, ..*band };
            let words = self.words(&stage_lines_within(stage, shown.height), "center");
            self.rect(out, "rect", &self.moved(&shown), ("F4F0E6", "B7A57A", 1), &words);
        }
    }

    fn shape(&self, out: &mut String, shape: &Shape, rect: &Rect) {
        let form = match shape.kind {
            Kind::Start => "ellipse",
            Kind::Choice => "diamond",
            Kind::Bar => "rect",
            Kind::Step => "rect",
            Kind::Wait | Kind::Returned | Kind::Ended | Kind::DeadEnd => "roundRect",
        };
        let look = match shape.kind {
            _ if shape.faulty.is_some() => ("FDECEA", "C62828", 2),
            Kind::Wait => ("FFF8E6", "8A6D1D", 1),
            Kind::Bar if shape.title.is_empty() => ("333333", "333333", 1),
            Kind::Returned => ("E6F4EA", "1E7E34", 2),
            Kind::Ended => ("F1F3F5", "555555", 1),
            _ if shape.critical => ("FFFFFF", "B45F06", 2),
            _ => ("FFFFFF", "555555", 1),
        };
        self.rect(out, form, &self.moved(rect), look, &self.words(&lines(shape), "center"));
    }

    fn line(&self, out: &mut String, line: &Line, route: &Route) {
        let (color, dash) = match (line.critical, line.back || route.upward, line.timeout) {
            (true, _, _) => ("B45F06", "solid"),
            (_, true, _) => ("5E35B1", "dash"),
            (_, _, true) => ("666666", "sysDot"),
            _ => ("666666", "solid"),
        };
        let points = &route.points;
        for (index, pair) in points.windows(2).enumerate() {
            let (start, end) = (pair[0], pair[1]);
            let Some((start, clipped)) = self.clip(start, end) else { continue };
            let arrow = index + 2 == points.len() && clipped == end;
            self.segment(out, start, clipped, (color, dash), if line.critical { 2 } else { 1 }, arrow);
        }
        let label = line.label.as_ref().zip(route.label.as_ref());
        if let Some((label, rect)) = label.filter(|(_, rect)| self.shows(rect)) {
            let words: Vec<(&str, String)> = label_lines(label).into_iter().map(|line| ("s", line)).collect();
            self.rect(out, "rect", &self.moved(rect), ("none", "none", 1), &self.words(&words, "left"));
        }
    }

    /// What the sheet shows of a piece of a line; pieces are upright or level.
    fn clip(&self, start: (i32, i32), end: (i32, i32)) -> Option<((i32, i32), (i32, i32))> {
        let beyond = |at: i32, low: i32, high: i32| if at < low { -1 } else { i32::from(at > high) };
        let over = |y: i32| beyond(y, self.from, self.to);
        let aside = |x: i32| beyond(x, self.left, self.right);
        if over(start.1) * over(end.1) > 0 || aside(start.0) * aside(end.0) > 0 {
            return None;
        }
        let within = |(x, y): (i32, i32)| (x.clamp(self.left, self.right), y.clamp(self.from, self.to));
        Some((within(start), within(end)))
    }

    /// Where level pieces of lines go on beside, and upright ones where there is no page.
    fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (line, route) in self.picture.layout.edges.iter().enumerate() {
            for pair in route.points.windows(2).filter(|pair| self.from <= pair[0].1 && pair[0].1 < self.to) {
                let (low, high, y) = (pair[0].0.min(pair[1].0), pair[0].0.max(pair[1].0), pair[0].1);
                let borders = [(self.left, self.left), (self.right, self.right - NUMBER)];
                let crossed = borders.into_iter().filter(|(border, _)| low < *border && *border < high);
                marks.extend(crossed.map(|(_, x)| Mark { line, at: (x, y) }));
            }
            for pair in route.points.windows(2).filter(|pair| self.left <= pair[0].0 && pair[0].0 < self.right) {
                let (low, high, x) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1), pair[0].0 - NUMBER / 2);
                let borders = [(self.from, self.cut_off.0), (self.to, self.cut_off.1)];
                let crossed = borders.into_iter().filter(|(border, off)| *off && low < *border && *border < high);
                marks.extend(crossed.map(|(y, _)| Mark { line, at: (x, y) }));
            }
        }
        marks
    }

    fn number(&self, out: &mut String, mark: &Mark) {
        let Some(number) = self.numbers.get(&mark.line) else { return };
        let at = Rect { x: mark.at.0, y: mark.at.1 - NUMBER / 2, width: NUMBER, height: NUMBER };
        let words = self.words(&[("s", number.to_string())], "center");
        self.rect(out, "ellipse", &self.moved(&at), ("FFFFFF", "666666", 1), &words);
    }

    fn segment(
        &self,
        out: &mut String,
        start: (i32, i32),
        end: (i32, i32),
        (color, dash): (&str, &str),
        thick: i64,
        arrow: bool,
    ) {
        let top = |y: i32| self.units(y - self.from + self.header);
        let (x, y) = (self.units(start.0.min(end.0) - self.left + self.margin), top(start.1.min(end.1)));
        let (width, height) = (self.units((start.0 - end.0).abs()), self.units((start.1 - end.1).abs()));
        let mut flips = String::new();
        if end.0 < start.0 {
            flips.push_str(" flipH=\"1\"");
        }
        if end.1 < start.1 {
            flips.push_str(" flipV=\"1\"");
        }
        let tip = if arrow { "<a:tailEnd type=\"triangle\" w=\"med\" len=\"med\"/>" } else { "" };
        let _ = write!(
            out,
            "<wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm{flips}><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/>\
             </a:xfrm><a:prstGeom prst=\"line\"><a:avLst/></a:prstGeom><a:ln w=\"{}\"><a:solidFill><a:srgbClr val=\"{color}\"/>\
             </a:solidFill><a:prstDash val=\"{dash}\"/>{tip}</a:ln></wps:spPr><wps:bodyPr/></wps:wsp>",
            thick * self.unit
        );
    }

    /// A shape with text: fill, border, pixels of the border.
    fn rect(&self, out: &mut String, form: &str, rect: &Rect, (fill, border, thick): (&str, &str, i64), words: &str) {
        let paint = |color: &str| match color {
            "none" => "<a:noFill/>".to_string(),
            color => format!("<a:solidFill><a:srgbClr val=\"{color}\"/></a:solidFill>"),
        };
        let (x, y) = (self.units(rect.x), self.units(rect.y));
        let (width, height) = (self.units(rect.width), self.units(rect.height));
        let (fill, border, thick) = (paint(fill), paint(border), thick * self.unit);
        let words = match words {
            "" => String::new(),
            words => format!("<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx>"),
        };
        let _ = write!(
            out,
            "<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"{form}\"><a:avLst/></a:prstGeom>{fill}<a:ln w=\"{thick}\">{border}</a:ln></wps:spPr>{words}\
             <wps:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"/></wps:wsp>"
        );
    }

    /// Lines of text; sizes shrink with the sheet.
    fn words(&self, lines: &[(&str, String)], align: &str) -> String {
        // Rounded: at the least size a unit is a fraction short of seven points.
        let scaled = |size: i64| ((size * self.unit + PIXEL / 2) / PIXEL).max(2);
        let mut out = String::new();
        for (class, line) in lines {
            let (size, bold) = match *class {
                "l" => (18, "<w:b/>"),
                "s" | "f" => (16, ""),
                _ => (18, ""),
            };
            let (size, leading) = (scaled(size), scaled(240));
            let _ = write!(
                out,
                "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{leading}\" w:lineRule=\"exact\"/><w:jc \
                 w:val=\"{align}\"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/>{bold}\
                 <w:sz w:val=\"{size}\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                escape(line)
            );
        }
        out
    }
}
