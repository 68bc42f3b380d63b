//! T5: the electronic process: statuses, codes, and what the targets can carry.

pub(super) mod t503_target;
pub(super) mod t504_never_runs;

mod needs;
