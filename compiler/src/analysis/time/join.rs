//! How branches meet, and in which order states are best visited.

use crate::analysis::explore::Level;

/// The ends of a branch, each at the latest; a branch takes one of them.
pub(super) struct Ends {
    pub(super) arrival: Option<i64>,
    pub(super) stop: Option<i64>,
}

/// Whether branches can go on until then: none has to stop before, and too few have to arrive for their join.
pub(super) fn can_last(branches: &[Ends], required: usize, until: i64) -> bool {
    let over = |ends: &&Ends| ends.arrival.max(ends.stop).is_some_and(|end| end < until);
    let early: Vec<&Ends> = branches.iter().filter(over).collect();
    early.len() < required && early.iter().all(|ends| ends.arrival.is_some())
}

/// The latest of the branches' ends until which they can go on and that is wanted.
pub(super) fn latest(branches: &[Ends], required: usize, wanted: impl Fn(i64) -> bool) -> Option<i64> {
    let times = branches.iter().flat_map(|ends| [ends.arrival, ends.stop]).flatten();
    times.filter(|time| wanted(*time) && can_last(branches, required, *time)).max()
}

/// States so that most moves lead forward.
pub(super) fn order_of(level: &Level) -> Vec<usize> {
    let mut order = Vec::with_capacity(level.states.len());
    let mut seen = vec![false; level.states.len()];
    let mut stack: Vec<(usize, usize)> = vec![(0, 0)];
    seen[0] = true;
    while let Some((at, index)) = stack.pop() {
        match level.moves[at].get(index) {
            Some(next) => {
                stack.push((at, index + 1));
                if !std::mem::replace(&mut seen[next.to], true) {
                    stack.push((next.to, 0));
                }
            }
            None => order.push(at),
        }
    }
    order.reverse();
    order
}
