//! Statuses of a dossier as the national portal knows them, 1–10, and which may follow which.
//!
//! The numbers are those by which systems in use synchronise; the legal list is in the annexes of Circular
//! 22/2019/TT-BTTTT, which names them and not their order. The order is what the one-stop decrees imply.

use crate::model::flow::Step;
use tthc_grammar::keywords::STATUSES;

/// What may follow at once.
const NEXT: [&[u8]; 10] = [&[2, 3, 5], &[4], &[], &[5, 6, 7, 8, 9], &[4], &[4], &[8], &[], &[10], &[]];

/// The status of a dossier at a step: as `điện tử` says, else as its kind implies; none where neither says so.
pub fn of(step: &Step) -> Option<u8> {
    let declared = step.electronic.as_ref().and_then(|electronic| electronic.status);
    declared.or_else(|| implied(&step.kinds, step.call.is_some()))
}

/// What the kinds of a step imply, or that it calls another procedure.
pub(crate) fn implied<Kind: AsRef<str>>(kinds: &[Kind], calls: bool) -> Option<u8> {
    let kinds = || kinds.iter().map(AsRef::as_ref);
    let has = |some: &[&str]| kinds().any(|kind| some.contains(&kind));
    match () {
        () if has(&["trả kết quả"]) => Some(10),
        () if has(&["tiếp nhận"]) => Some(2),
        () if has(&["bổ sung"]) => Some(5),
        () if has(&["thu phí", "nghĩa vụ tài chính"]) => Some(6),
        () if kinds().any(|kind| kind != "khác") || calls => Some(4),
        () => None,
    }
}

/// Whether one status can come after another, perhaps with others between that no step of the table shows.
pub fn may_follow(from: u8, to: u8) -> bool {
    // What was asked for before the dossier was received is handed in at the counter again.
    if from == to || (from, to) == (5, 2) {
        return true;
    }
    let (mut seen, mut waiting) = ([false; 11], vec![from]);
    while let Some(at) = waiting.pop() {
        for next in NEXT.get(usize::from(at).wrapping_sub(1)).copied().unwrap_or_default() {
            if !std::mem::replace(&mut seen[usize::from(*next)], true) {
                waiting.push(*next);
            }
        }
    }
    seen.get(usize::from(to)).copied().unwrap_or(false)
}

/// What a status is called.
pub fn title(status: u8) -> &'static str {
    STATUSES.get(usize::from(status).wrapping_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_statuses() {
        assert!(may_follow(1, 2) && may_follow(2, 4) && may_follow(4, 5) && may_follow(5, 4) && may_follow(9, 10));
        assert!(may_follow(2, 10), "what lies between may be one step");
        assert!(!may_follow(10, 4) && !may_follow(4, 2) && !may_follow(3, 4) && !may_follow(8, 4));
    }
}
