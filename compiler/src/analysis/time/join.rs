//! How branches meet.

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
