//! What the targets have alike that keep one current step and one limit for each dossier.

mod past;
mod texts;
mod walk;

pub(crate) use texts::{Service, instruction, paper_tip, remarks};
pub(crate) use walk::{MAX_COPIES, Stop, Walk};

use super::json::definition::{Case, Duration, Step};
use crate::law::status;

/// The limit of a case: of several, under conditions, the longest, for any shorter one would make dossiers late that are not.
pub(super) fn limit(case: &Case) -> Option<&Duration> {
    case.limits.iter().filter_map(|limit| limit.duration.as_ref()).max_by_key(|duration| length(duration))
}

/// How long about, to compare by: five working days are a week, a month has thirty days.
fn length(duration: &Duration) -> i64 {
    let days = duration.calendar_minutes + duration.months * 30 * 1440;
    days * 5 + duration.working_minutes * 3 * 7
}

/// The national status of a dossier at a step: as said, else as the kind of the step implies; in the first it is received.
pub(super) fn status(step: &Step, first: bool) -> u8 {
    let received = first.then_some(2);
    let implied = || status::implied(&step.kinds, step.call.is_some());
    declared(step).or(received).or_else(implied).unwrap_or(4)
}

/// The status that the text says.
pub(super) fn declared(step: &Step) -> Option<u8> {
    step.electronic.as_ref().and_then(|electronic| electronic.status)
}

/// Whether the clock of the limit stands still at a step: it does not count, or others are waited for.
pub(super) fn stands_still(step: &Step, first: bool) -> bool {
    !step.time.counted || matches!(status(step, first), 5 | 6 | 8)
}
