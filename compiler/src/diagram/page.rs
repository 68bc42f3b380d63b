//! Pictures one below the other on a page: for a screen, for an editor, in pieces for print.

use super::measure::wrap;
use super::svg::{ARROWS, STYLE, draw, header_height, legend, text};
use super::{Mark, Picture};
use crate::document::slices;
use crate::markup::escape;
use crate::source::Place;
use std::collections::BTreeMap;
use std::fmt::Write;

const TITLE: u32 = 15;
const MARGIN: i32 = 16;
/// A piece is no higher: what is left free of a page of print is less.
const PIECE: i32 = 300;

/// What an editor wants of a picture.
#[derive(Default)]
pub(super) struct Marks<'w> {
    /// The steps, in the order in which they are drawn.
    pub steps: Vec<Place>,
    /// Steps of a way to be drawn over them.
    pub witness: &'w [Place],
}

/// Pictures one below the other.
pub fn render(pictures: &[Picture]) -> String {
    Page::of(pictures, &mut None, &Changes::new()).whole(" role=\"img\"")
}

/// The same with what became of steps, in pieces, one below the other without anything between, so that a page of print
/// that ends between two pieces ends between steps. `id` is one that nothing else on the page has.
pub fn sliced(pictures: &[Picture], changes: &Changes, id: &str) -> String {
    Page::of(pictures, &mut None, changes).sliced(&escape(id))
}

/// What became of steps, by their places.
pub type Changes = BTreeMap<Place, Mark>;

/// How wide pictures one below the other are, in pixels.
pub fn page_width(pictures: &[Picture]) -> i32 {
    let inner = |picture: &Picture| picture.layout.width.max(420);
    pictures.iter().map(inner).max().unwrap_or(0) + 2 * MARGIN
}

/// The same for an editor: `data-step` of a group is the place of its step in what is answered beside, and the way
/// through the steps of `witness` is drawn.
pub fn interactive(pictures: &[Picture], witness: &[Place]) -> (String, Vec<Place>) {
    let mut marks = Some(Marks { witness, ..Marks::default() });
    let svg = Page::of(pictures, &mut marks, &Changes::new()).whole("");
    (svg, marks.map(|marks| marks.steps).unwrap_or_default())
}

/// Pictures, drawn.
struct Page {
    /// What they are called.
    titles: String,
    /// What they show, in words.
    spoken: String,
    body: String,
    width: i32,
    height: i32,
    /// Where it can be cut, from top to bottom.
    cuts: Vec<i32>,
}

impl Page {
    fn of(pictures: &[Picture], marks: &mut Option<Marks<'_>>, changes: &Changes) -> Page {
        let titles = escape(&pictures.iter().map(|picture| picture.title.as_str()).collect::<Vec<_>>().join("; "));
        let spoken = escape(&pictures.iter().map(Picture::spoken).collect::<Vec<_>>().join(". "));
        let width = page_width(pictures);
        let mut page = Page { titles, spoken, body: String::new(), width, height: MARGIN, cuts: Vec::new() };
        for picture in pictures {
            page.add(picture, marks, changes);
        }
        page
    }

    fn add(&mut self, picture: &Picture, marks: &mut Option<Marks<'_>>, changes: &Changes) {
        self.cuts.push(self.height);
        let body = &mut self.body;
        for line in &wrap(&picture.title, TITLE, (self.width - 2 * MARGIN) * 9 / 10, 4) {
            self.height += 20;
            text(body, MARGIN, self.height, "t", "start", line);
        }
        self.height += 12;
        let _ = writeln!(body, "<g transform=\"translate({MARGIN} {})\">", self.height);
        draw(body, picture, marks, changes);
        legend(body, picture);
        body.push_str("</g>\n");
        let rows = slices::rows(picture, header_height(&picture.lanes), PIECE);
        self.cuts.extend(rows.iter().skip(1).map(|(from, _)| self.height + from));
        self.height += picture.layout.height + 44;
    }

    /// As one drawing.
    fn whole(&self, role: &str) -> String {
        let Page { width, height, body, .. } = self;
        format!(
            "{}<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n{body}</svg>\n",
            self.open(*height, role)
        )
    }

    /// How a drawing begins that shows so much from the top.
    fn open(&self, height: i32, role: &str) -> String {
        let Page { titles, spoken, width, .. } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             lang=\"vi\"{role} aria-label=\"Sơ đồ: {titles}\">\n<title>Sơ đồ: {titles}</title>\n<desc>{spoken}</desc>\n\
             <style>{STYLE}</style>\n{ARROWS}\n"
        )
    }

    /// The first piece has all of it, but shows only its own part; so do the others, which say nothing again.
    fn sliced(&self, id: &str) -> String {
        let Page { width, body, .. } = self;
        let ends: Vec<i32> = self.cuts.iter().skip(1).copied().chain([self.height]).collect();
        let mut out = self.open(ends[0], " role=\"img\"");
        let _ = writeln!(out, "<g id=\"{id}\">\n{body}</g>\n</svg>");
        for (from, to) in ends.iter().zip(ends.iter().skip(1)) {
            let height = to - from;
            let _ = writeln!(
                out,
                "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 {from} {width} {height}\" aria-hidden=\"true\">\
                 <use href=\"#{id}\"/></svg>"
            );
        }
        out
    }
}
