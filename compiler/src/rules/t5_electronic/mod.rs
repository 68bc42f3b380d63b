//! T5: the electronic process: statuses, codes, and what the targets can carry.

pub(super) mod t501_status;
pub(super) mod t502_codes;
pub(super) mod t503_target;
pub(super) mod t504_never_runs;
pub(super) mod t505_presence;

mod left_out;
mod long_texts;
mod needs;
