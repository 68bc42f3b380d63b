//! Rows: how many items come before an item on the longest way from the start.

use super::Arc;

pub(super) struct Rows {
    /// By item.
    pub row: Vec<usize>,
    /// How many there are.
    pub count: usize,
    /// Items of the longest way from an item to an end.
    pub depth: Vec<usize>,
    /// By arc: it closes a circle.
    pub back: Vec<bool>,
}

impl Rows {
    pub fn of(items: usize, arcs: &[Arc]) -> Rows {
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); items];
        let mut entered = vec![0_usize; items];
        for (index, arc) in arcs.iter().enumerate() {
            out[arc.from].push(index);
            entered[arc.to] += 1;
        }
        // The start, then what nothing leads to, then whatever else is left.
        let alone = (0..items).filter(|item| entered[*item] == 0);
        let roots: Vec<usize> = std::iter::once(0).filter(|_| items > 0).chain(alone).chain(0..items).collect();
        let (order, back) = search(&roots, items, arcs, &out);
        let mut row = vec![0; items];
        for item in &order {
            for arc in out[*item].iter().filter(|arc| !back[**arc]) {
                row[arcs[*arc].to] = row[arcs[*arc].to].max(row[*item] + 1);
            }
        }
        let mut depth = vec![0; items];
        for item in order.iter().rev() {
            let forward = out[*item].iter().filter(|arc| !back[**arc]);
            depth[*item] = forward.map(|arc| depth[arcs[*arc].to] + 1).max().unwrap_or(0);
        }
        let count = row.iter().max().map_or(0, |last| last + 1);
        Rows { row, count, depth, back }
    }
}

/// Depth first, without recursion: items in topological order, and the arcs that close circles.
fn search(roots: &[usize], items: usize, arcs: &[Arc], out: &[Vec<usize>]) -> (Vec<usize>, Vec<bool>) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Not; items];
    let mut back = vec![false; arcs.len()];
    let mut finished = Vec::with_capacity(items);
    for root in roots {
        if seen[*root] != Seen::Not {
            continue;
        }
        seen[*root] = Seen::Open;
        let mut stack = vec![(*root, 0)];
        while let Some((item, next)) = stack.last_mut() {
            let Some(arc) = out[*item].get(*next).copied() else {
                seen[*item] = Seen::Done;
                finished.push(*item);
                stack.pop();
                continue;
            };
            *next += 1;
            let to = arcs[arc].to;
            match seen[to] {
                Seen::Open => back[arc] = true,
                Seen::Done => {}
                Seen::Not => {
                    seen[to] = Seen::Open;
                    stack.push((to, 0));
                }
            }
        }
    }
    finished.reverse();
    (finished, back)
}
