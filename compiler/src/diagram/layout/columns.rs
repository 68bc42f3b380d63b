//! Columns: in every lane one for its boxes, more where several stand in a row, and tracks for lines that pass by.

use super::rows::Rows;
use super::{Arc, Item, Plan};
use std::collections::{BTreeSet, HashSet};

/// Between columns, and at the sides of a lane.
const SPACE: i32 = 22;
/// Between tracks.
const TRACK: i32 = 12;

/// Where a line runs past the rows between its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    /// There are no rows between.
    None,
    /// Below where it leaves.
    Source,
    /// Above where it arrives.
    Target,
    /// On a track, at this x.
    Track(i32),
}

/// Row, lane and column of what something stands in or runs through.
type Taken = HashSet<(usize, usize, usize)>;

pub(super) struct Columns {
    /// By item: the x of its axis.
    pub axis: Vec<i32>,
    /// By item: lane and column.
    pub cell: Vec<(usize, usize)>,
    /// By arc.
    pub runs: Vec<Run>,
    /// Left and width of each lane.
    pub lanes: Vec<(i32, i32)>,
    /// Of the whole drawing.
    pub width: i32,
}

impl Columns {
    /// `left` is kept free.
    pub fn of(plan: &Plan, items: &[Item], arcs: &[Arc], rows: &Rows, left: i32) -> Columns {
        let (cell, mut taken) = cells(items, arcs, rows);
        let mut runs = vec![Run::None; arcs.len()];
        let mut tracks: Vec<Vec<Vec<(usize, usize)>>> = vec![Vec::new(); plan.lanes.len()];
        let mut chosen: Vec<Option<(usize, usize)>> = vec![None; arcs.len()];
        let mut order: Vec<usize> = (0..arcs.len()).collect();
        order.sort_by_key(|arc| (span(&arcs[*arc], rows, rows.back[*arc]).map_or(0, |(a, b)| b - a), *arc));
        for index in order {
            let arc = &arcs[index];
            let Some((first, last)) = span(arc, rows, rows.back[index]) else { continue };
            let free = |(lane, column): (usize, usize), taken: &Taken| {
                !rows.back[index] && (first..=last).all(|row| !taken.contains(&(row, lane, column)))
            };
            let of = [(Run::Target, cell[arc.to]), (Run::Source, cell[arc.from])];
            // The line of a label stands where the next but one may stand too.
            let allowed = |run: Run| run == Run::Target || !items[arc.from].label;
            match of.into_iter().find(|(run, at)| allowed(*run) && free(*at, &taken)) {
                Some((run, (lane, column))) => {
                    taken.extend((first..=last).map(|row| (row, lane, column)));
                    runs[index] = run;
                }
                None => {
                    let lane = cell[arc.to].0;
                    chosen[index] = Some((lane, track(&mut tracks[lane], (first, last))));
                }
            }
        }
        let mut columns = Columns { axis: vec![0; items.len()], cell, runs, lanes: Vec::new(), width: left };
        columns.place(plan, items, &tracks, &chosen);
        columns
    }

    /// Gives columns, tracks and lanes their places from left to right.
    fn place(
        &mut self,
        plan: &Plan,
        items: &[Item],
        tracks: &[Vec<Vec<(usize, usize)>>],
        chosen: &[Option<(usize, usize)>],
    ) {
        let mut left = self.width;
        for (lane, least) in plan.lanes.iter().enumerate() {
            let members: Vec<usize> = (0..items.len()).filter(|item| self.cell[*item].0 == lane).collect();
            let used: BTreeSet<usize> = members.iter().map(|item| self.cell[*item].1).collect();
            let reach = |column: usize, side: fn((i32, i32)) -> i32| {
                let inside = members.iter().filter(|item| self.cell[**item].1 == column);
                inside.map(|item| side(items[*item].reach())).max().unwrap_or(0)
            };
            let widths: Vec<(usize, i32, i32)> =
                used.iter().map(|column| (*column, reach(*column, |(l, _)| l), reach(*column, |(_, r)| r))).collect();
            let boxes: i32 = widths.iter().map(|(_, l, r)| l + r + SPACE).sum();
            let needed = boxes + SPACE + TRACK * i32::try_from(tracks[lane].len()).unwrap_or(0);
            let width = needed.max(*least);
            let mut x = left + SPACE + (width - needed) / 2;
            for (column, l, r) in &widths {
                let axis = x + l;
                members.iter().filter(|item| self.cell[**item].1 == *column).for_each(|item| self.axis[*item] = axis);
                x = axis + r + SPACE;
            }
            for (run, at) in self.runs.iter_mut().zip(chosen) {
                if let Some((of, track)) = at
                    && *of == lane
                {
                    *run = Run::Track(x - SPACE / 2 + TRACK * i32::try_from(*track).unwrap_or(0));
                }
            }
            self.lanes.push((left, width));
            left += width;
        }
        self.width = left;
    }
}

/// The rows that a line passes.
fn span(arc: &Arc, rows: &Rows, back: bool) -> Option<(usize, usize)> {
    let (from, to) = (rows.row[arc.from], rows.row[arc.to]);
    if back { Some((to, from)) } else { (to > from + 1).then(|| (from + 1, to - 1)) }
}

/// Lane and column of every item; the deepest of a row stays in the column of what leads to it.
fn cells(items: &[Item], arcs: &[Arc], rows: &Rows) -> (Vec<(usize, usize)>, Taken) {
    let mut cell: Vec<(usize, usize)> = items.iter().map(|item| (item.node.lane, 0)).collect();
    let mut taken = HashSet::new();
    let mut before: Vec<Option<usize>> = vec![None; items.len()];
    for (arc, _) in arcs.iter().zip(&rows.back).filter(|(_, back)| !**back) {
        let nearer = before[arc.to].is_none_or(|known| rows.row[known] < rows.row[arc.from]);
        if nearer && items[arc.from].node.lane == items[arc.to].node.lane {
            before[arc.to] = Some(arc.from);
        }
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|item| (rows.row[*item], std::cmp::Reverse(rows.depth[*item]), *item));
    for item in order {
        let (row, lane) = (rows.row[item], cell[item].0);
        let wanted = before[item].map_or(0, |before| cell[before].1);
        let column =
            (wanted..).chain(0..wanted).find(|column| !taken.contains(&(row, lane, *column))).unwrap_or(wanted);
        taken.insert((row, lane, column));
        cell[item].1 = column;
    }
    (cell, taken)
}

/// The first track that is free over these rows and beside them.
fn track(tracks: &mut Vec<Vec<(usize, usize)>>, (first, last): (usize, usize)) -> usize {
    let free = |track: &Vec<(usize, usize)>| track.iter().all(|(a, b)| last + 1 < *a || b + 1 < first);
    let index = tracks.iter().position(free).unwrap_or_else(|| {
        tracks.push(Vec::new());
        tracks.len() - 1
    });
    tracks[index].push((first, last));
    index
}
