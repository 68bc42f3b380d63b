//! Where lines leave and enter: no two at one place, and what leaves a column never lies on what enters below it.

use super::columns::{Columns, Run};
use super::rows::Rows;
use super::{Arc, Item, Outline};
use std::collections::HashSet;

/// Lines leave at multiples of this, but for the one that goes straight on.
const LEAVE: i32 = 16;
/// They enter half a step beside: so no line that leaves can lie on one that enters.
const ENTER: i32 = 8;
/// The line of a label that does not come straight from above.
const LABEL: i32 = 4;
/// Timers sit this far from the middle.
const ASIDE: i32 = 44;

/// By arc: x at which it leaves and enters.
pub(super) struct Ports {
    pub leave: Vec<i32>,
    pub enter: Vec<i32>,
}

pub(super) fn ports(items: &[Item], arcs: &[Arc], rows: &Rows, columns: &Columns) -> Ports {
    let straight = straight(items, arcs, rows, columns);
    let heading = |arc: usize, leaving: bool| {
        let Arc { from, to, .. } = arcs[arc];
        let run = match columns.runs[arc] {
            Run::Track(x) => Some(x),
            Run::Source if leaving => Some(columns.axis[from] + 1),
            Run::Target if !leaving => Some(columns.axis[to] + 1),
            _ => None,
        };
        let (own, other) = if leaving { (from, to) } else { (to, from) };
        run.unwrap_or(columns.axis[other]) < columns.axis[own]
    };
    let mut ports = Ports { leave: vec![0; arcs.len()], enter: vec![0; arcs.len()] };
    let mut centred: HashSet<(usize, usize, usize)> = HashSet::new();
    for (item, of) in items.iter().enumerate() {
        let out: Vec<usize> = (0..arcs.len()).filter(|arc| arcs[*arc].from == item).collect();
        let beside = beside(&out, |arc| !straight[arc] && !arcs[arc].aside, |arc| heading(arc, true));
        let mut aside = 0;
        for arc in out.iter().copied() {
            let offset = if arcs[arc].aside {
                aside += 1;
                fit(ASIDE + (aside - 1) * 40, of)
            } else if of.label {
                label_offset(item, arcs, rows, &straight)
            } else if straight[arc] || out.len() == 1 && columns.runs[arc] != Run::Source {
                0
            } else {
                beside.offset(arc, LEAVE, 0, of)
            };
            if offset == 0 && !straight[arc] {
                centred.insert((rows.row[item] + 1, columns.cell[item].0, columns.cell[item].1));
            }
            ports.leave[arc] = columns.axis[item] + offset;
        }
    }
    for (item, of) in items.iter().enumerate() {
        let into: Vec<usize> = (0..arcs.len()).filter(|arc| arcs[*arc].to == item).collect();
        let beside = beside(&into, |arc| !straight[arc], |arc| heading(arc, false));
        let above = (rows.row[item], columns.cell[item].0, columns.cell[item].1);
        let soft = |arc: usize| into.len() == 1 && columns.runs[arc] != Run::Target && !centred.contains(&above);
        for arc in into.iter().copied() {
            let Arc { from, .. } = arcs[arc];
            let below = columns.cell[from] == columns.cell[item] && columns.runs[arc] == Run::None;
            let offset = if of.label {
                label_offset(item, arcs, rows, &straight)
            } else if items[from].label && below && !rows.back[arc] {
                // Out of a label straight down, wherever its line stands.
                ports.leave[arc] - columns.axis[from]
            } else if straight[arc] || soft(arc) {
                0
            } else {
                beside.offset(arc, LEAVE, ENTER, of)
            };
            ports.enter[arc] = columns.axis[item] + offset;
        }
    }
    ports
}

/// The line of a label stands in the middle of its column where it comes from there; else beside it, on the other side
/// than in the rows before and after.
fn label_offset(label: usize, arcs: &[Arc], rows: &Rows, straight: &[bool]) -> i32 {
    let comes_straight = arcs.iter().zip(straight).any(|(arc, straight)| arc.to == label && *straight);
    match (comes_straight, rows.row[label] % 2) {
        (true, _) => 0,
        (false, 0) => LABEL,
        (false, _) => -LABEL,
    }
}

/// Arcs that leave or enter beside the middle, by side.
struct Beside {
    left: Vec<usize>,
    right: Vec<usize>,
}

fn beside(arcs: &[usize], wanted: impl Fn(usize) -> bool, to_left: impl Fn(usize) -> bool) -> Beside {
    let (left, right) = arcs.iter().copied().filter(|arc| wanted(*arc)).partition(|arc| to_left(*arc));
    Beside { left, right }
}

impl Beside {
    /// Where an arc has its port; closer together where there are many.
    fn offset(&self, arc: usize, width: i32, less: i32, item: &Item) -> i32 {
        let at = |side: &[usize]| side.iter().position(|of| *of == arc).and_then(|at| i32::try_from(at + 1).ok());
        let (count, sign, side) = match at(&self.left) {
            Some(count) => (count, -1, self.left.len()),
            None => (at(&self.right).unwrap_or(1), 1, self.right.len()),
        };
        let most = item.node.width / 2 - 6;
        let crowded = width * i32::try_from(side).unwrap_or(1) > most;
        let offset =
            if crowded { count * most / i32::try_from(side).unwrap_or(1) - less.min(1) } else { count * width - less };
        sign * offset
    }
}

/// A port that lies on the item.
fn fit(offset: i32, item: &Item) -> i32 {
    offset.min(item.node.width / 2 - 6)
}

/// Arcs that stay in their column all the way; one for each end.
fn straight(items: &[Item], arcs: &[Arc], rows: &Rows, columns: &Columns) -> Vec<bool> {
    let (mut left, mut entered) = (vec![false; items.len()], vec![false; items.len()]);
    let mut order: Vec<usize> = (0..arcs.len()).collect();
    order.sort_by_key(|arc| (rows.row[arcs[*arc].to], *arc));
    let mut straight = vec![false; arcs.len()];
    for index in order {
        let arc = &arcs[index];
        let stays = columns.cell[arc.from] == columns.cell[arc.to] && !matches!(columns.runs[index], Run::Track(_));
        let inherits = !items[arc.from].label || entered[arc.from];
        if stays && inherits && !rows.back[index] && !arc.aside && !left[arc.from] && !entered[arc.to] {
            (straight[index], left[arc.from], entered[arc.to]) = (true, true, true);
        }
    }
    straight
}

/// How far below the middle an outline is at this distance from its axis.
pub(super) fn drop(item: &Item, offset: i32) -> i32 {
    let (width, height) = (item.node.width.max(1), item.node.height);
    match item.node.outline {
        Outline::Box => height / 2,
        Outline::Diamond => (height / 2) * (width / 2 - offset.abs()).max(0) / (width / 2).max(1),
        Outline::Ellipse => {
            let share = f64::from(offset) / (f64::from(width) / 2.0);
            (f64::from(height) / 2.0 * (1.0 - share * share).max(0.0).sqrt()).round() as i32
        }
    }
}
