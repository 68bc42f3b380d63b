//! T2: flow, no dead ends.

pub(super) mod t201_dead_end;
