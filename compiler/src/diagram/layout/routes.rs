//! Lines: down from an item, along the gap below its row, past the rows between, along the gap above the other's, down.

use super::bands::Bands;
use super::columns::{Columns, Run};
use super::ports::{self, Ports};
use super::rows::Rows;
use super::{Arc, BESIDE, Item, Plan, Rect};

/// From a row to the first line of the gap below it: room for what sits on a border.
const ABOVE: i32 = 22;
/// From the last line of a gap to the next row: room for an arrow.
const BELOW: i32 = 14;
/// Between lines in a gap.
const LINE: i32 = 10;

pub(super) struct Drawn {
    /// By item.
    pub items: Vec<Rect>,
    /// By arc.
    pub lines: Vec<Vec<(i32, i32)>>,
    /// By band.
    pub bands: Vec<Rect>,
    pub height: i32,
}

/// A stretch along a gap.
struct Stretch {
    arc: usize,
    /// It is the one below where the arc leaves.
    first: bool,
    left: i32,
    right: i32,
}

pub(super) fn draw(plan: &Plan, items: &[Item], arcs: &[Arc], rows: &Rows, columns: &Columns, bands: &Bands) -> Drawn {
    let ports = ports::ports(items, arcs, rows, columns);
    let mut gaps: Vec<Vec<Stretch>> = (0..=rows.count).map(|_| Vec::new()).collect();
    for (index, arc) in arcs.iter().enumerate() {
        let (leave, enter) = (ports.leave[index], ports.enter[index]);
        let mut along = |gap: usize, first: bool, a: i32, b: i32| {
            if a != b {
                gaps[gap].push(Stretch { arc: index, first, left: a.min(b), right: a.max(b) });
            }
        };
        match run_at(columns.runs[index], &ports, index) {
            None => along(rows.row[arc.to], true, leave, enter),
            Some(x) => {
                along(rows.row[arc.from] + 1, true, leave, x);
                along(rows.row[arc.to], false, x, enter);
            }
        }
    }
    let (lines, counts) = lines(gaps, arcs.len());
    let (tops, heights, height) = heights(plan, items, rows, &counts, bands);
    let rects: Vec<Rect> = (0..items.len()).map(|item| rect(items, columns, item, rows, &tops, &heights)).collect();
    let gap_line = |gap: usize, line: usize| {
        let below = tops.get(gap).copied().unwrap_or(height);
        below - BELOW - LINE * i32::try_from(counts[gap].saturating_sub(line + 1)).unwrap_or(0)
    };
    let drawn = arcs.iter().enumerate().map(|(index, arc)| {
        let (leave, enter) = (ports.leave[index], ports.enter[index]);
        let run = run_at(columns.runs[index], &ports, index).unwrap_or(enter);
        let start = rects[arc.from].y
            + rects[arc.from].height / 2
            + ports::drop(&items[arc.from], leave - columns.axis[arc.from]);
        let end =
            rects[arc.to].y + rects[arc.to].height / 2 - ports::drop(&items[arc.to], enter - columns.axis[arc.to]);
        let mut points = vec![(leave, start)];
        let (out, into) = (rows.row[arc.from] + 1, rows.row[arc.to]);
        if let Some(line) = lines[index].0 {
            let y = gap_line(if run == enter && columns.runs[index] == Run::None { into } else { out }, line);
            points.extend([(leave, y), (run, y)]);
        }
        if let Some(line) = lines[index].1 {
            let y = gap_line(into, line);
            points.extend([(run, y), (enter, y)]);
        }
        points.push((enter, end));
        points
    });
    Drawn { lines: drawn.collect(), bands: bands.rects(plan, &tops, &heights), items: rects, height }
}

/// The x at which an arc passes the rows between its ends.
fn run_at(run: Run, ports: &Ports, arc: usize) -> Option<i32> {
    match run {
        Run::None => None,
        Run::Source => Some(ports.leave[arc]),
        Run::Target => Some(ports.enter[arc]),
        Run::Track(x) => Some(x),
    }
}

/// The two lines of an arc in its gaps: below where it leaves, above where it arrives.
type Lines = (Option<usize>, Option<usize>);

/// Gives each stretch the first line of its gap on which it lies beside the others.
fn lines(gaps: Vec<Vec<Stretch>>, arcs: usize) -> (Vec<Lines>, Vec<usize>) {
    let mut lines: Vec<Lines> = vec![(None, None); arcs];
    let mut counts = Vec::new();
    for mut gap in gaps {
        gap.sort_by_key(|stretch| (stretch.right - stretch.left, stretch.left, stretch.arc));
        let mut used: Vec<Vec<(i32, i32)>> = Vec::new();
        for stretch in gap {
            let free =
                |line: &Vec<(i32, i32)>| line.iter().all(|(a, b)| stretch.right + 8 < *a || b + 8 < stretch.left);
            let line = used.iter().position(free).unwrap_or_else(|| {
                used.push(Vec::new());
                used.len() - 1
            });
            used[line].push((stretch.left, stretch.right));
            let of = &mut lines[stretch.arc];
            *(if stretch.first { &mut of.0 } else { &mut of.1 }) = Some(line);
        }
        counts.push(used.len());
    }
    (lines, counts)
}

/// The top of every row, the height of every row, and that of the drawing.
fn heights(plan: &Plan, items: &[Item], rows: &Rows, counts: &[usize], bands: &Bands) -> (Vec<i32>, Vec<i32>, i32) {
    let mut heights = vec![0; rows.count];
    for (item, row) in items.iter().zip(&rows.row) {
        heights[*row] = heights[*row].max(item.node.height);
    }
    let gap = |index: usize| {
        let lines = i32::try_from(counts.get(index).copied().unwrap_or(0)).unwrap_or(0);
        ABOVE + BELOW + LINE * (lines - 1).max(0) - if lines == 0 { 10 } else { 0 }
    };
    bands.stretch(plan, &mut heights, gap);
    let mut y = plan.header;
    let mut tops = Vec::new();
    for (row, height) in heights.iter().enumerate() {
        y += gap(row);
        tops.push(y);
        y += height;
    }
    let height = y + gap(rows.count);
    (tops, heights, height)
}

fn rect(items: &[Item], columns: &Columns, item: usize, rows: &Rows, tops: &[i32], heights: &[i32]) -> Rect {
    let of = &items[item];
    let row = rows.row[item];
    let x = if of.label { columns.axis[item] + BESIDE } else { columns.axis[item] - of.node.width / 2 };
    let y = tops[row] + (heights[row] - of.node.height) / 2;
    Rect { x, y, width: of.node.width, height: of.node.height }
}
