//! What the targets have alike that keep one current step and one limit for each dossier.

use super::json::definition::{Case, Duration};

/// The limit of a case: of several, under conditions, the longest, for any shorter one would make dossiers late that are not.
pub(super) fn limit(case: &Case) -> Option<&Duration> {
    case.limits.iter().filter_map(|limit| limit.duration.as_ref()).max_by_key(|duration| length(duration))
}

/// How long about, to compare by: five working days are a week, a month has thirty days.
fn length(duration: &Duration) -> i64 {
    let days = duration.calendar_minutes + duration.months * 30 * 1440;
    days * 5 + duration.working_minutes * 3 * 7
}
