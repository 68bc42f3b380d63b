//! Bands: the rows that some nodes take, from the first to the last, and the column in which that is drawn.

use super::rows::Rows;
use super::{Plan, Rect};

/// What a band reaches beyond its rows; between two rows there is room for both.
const BEYOND: i32 = 8;

/// Where bands stand.
pub(super) struct Bands {
    /// By band: its first and last row.
    rows: Vec<(usize, usize)>,
    /// By band: from the left.
    column: Vec<i32>,
    /// How many columns there are.
    pub columns: i32,
}

impl Bands {
    pub fn of(plan: &Plan, rows: &Rows) -> Bands {
        let reach = |nodes: &[usize]| {
            let rows = || nodes.iter().map(|node| rows.row[*node]);
            (rows().min().unwrap_or(0), rows().max().unwrap_or(0))
        };
        let mut bands = Bands {
            rows: plan.bands.iter().map(|band| reach(&band.nodes)).collect(),
            column: vec![0; plan.bands.len()],
            columns: 0,
        };
        // What is around something stands left of it.
        let mut order: Vec<usize> = (0..bands.rows.len()).collect();
        order.sort_by_key(|band| (bands.rows[*band].0, std::cmp::Reverse(bands.rows[*band].1), *band));
        let mut taken: Vec<usize> = Vec::new();
        for band in order {
            let (first, last) = bands.rows[band];
            let column = taken.iter().position(|until| *until <= first).unwrap_or_else(|| {
                taken.push(0);
                taken.len() - 1
            });
            taken[column] = last + 1;
            bands.column[band] = i32::try_from(column).unwrap_or(0);
        }
        bands.columns = i32::try_from(taken.len()).unwrap_or(0);
        bands
    }

    /// Makes the last row of a band that is too low higher. `gap` is the room above a row.
    pub fn stretch(&self, plan: &Plan, heights: &mut [i32], gap: impl Fn(usize) -> i32) {
        for (band, (first, last)) in plan.bands.iter().zip(&self.rows) {
            let rows: i32 = heights[*first..=*last].iter().sum();
            let gaps: i32 = (first + 1..=*last).map(&gap).sum();
            heights[*last] += (band.height - rows - gaps - 2 * BEYOND).max(0);
        }
    }

    pub fn rects(&self, plan: &Plan, tops: &[i32], heights: &[i32]) -> Vec<Rect> {
        let rect = |((first, last), column): (&(usize, usize), &i32)| {
            let y = tops[*first] - BEYOND;
            Rect { x: column * plan.band, y, width: plan.band, height: tops[*last] + heights[*last] + BEYOND - y }
        };
        self.rows.iter().zip(&self.column).map(rect).collect()
    }
}
