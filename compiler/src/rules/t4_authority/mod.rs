//! T4: authority, the one-stop centre, 4 tại chỗ.
//!
//! What a file in progress merely does not say yet is never held against it.

pub(super) mod t401_four_on_site;
pub(super) mod t402_not_entitled;
pub(super) mod t403_delegation_period;
pub(super) mod t404_not_existing;
pub(super) mod t405_one_stop;
pub(super) mod t406_other_unit;
pub(super) mod t407_drafts_and_approves;
pub(super) mod t408_not_posted;
pub(super) mod t409_one_thing;

use crate::rules::seen::{Seen, each};
