//! On which clock a duration and a process run.

use super::Clock;
use crate::graph::Net;
use crate::model::Model;
use crate::model::flow::{BlockKind, Round};
use crate::model::procedure::Case;
use crate::model::time::Duration;

/// The one clock of a duration; none where it has parts on both, or months.
pub fn only_clock(duration: &Duration) -> Option<Clock> {
    match (duration.working, duration.calendar, duration.months) {
        (_, 0, 0) => Some(Clock::Working),
        (0, _, 0) => Some(Clock::Calendar),
        _ => None,
    }
}

/// Working, calendar or mixed: by the units of the counted, non-zero durations and the limits.
pub(super) fn clock_of(model: &Model, case: &Case, net: &Net) -> Clock {
    let steps =
        case.flow.steps.iter().filter(|step| !step.time.uncounted).filter_map(|step| step.time.duration.as_ref());
    let limits = case.data.limits.iter().filter_map(|limit| limit.duration.as_ref());
    let stages = case.flow.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Stage(limit) => limit.as_ref(),
        _ => None,
    });
    let rounds = net.graph.edge_weights().filter_map(|way| match &way.round {
        Some(Round::Each(duration) | Round::All(duration)) => Some(duration),
        _ => None,
    });
    let (mut working, mut calendar) = (false, false);
    for duration in steps.chain(limits).chain(stages).chain(rounds) {
        working |= duration.working > 0;
        calendar |= duration.calendar > 0 || duration.months > 0;
        if duration.months > 0 {
            return Clock::Mixed;
        }
    }
    for called in case.flow.steps.iter().filter_map(|step| step.call.as_ref()?.procedure) {
        let lines = model.procedures[called.0].cases.iter().flat_map(|case| &case.data.limits);
        for duration in lines.filter_map(|limit| limit.duration.as_ref()) {
            working |= duration.working > 0;
            calendar |= duration.calendar > 0 || duration.months > 0;
        }
    }
    match (working, calendar) {
        (true, true) => Clock::Mixed,
        (_, true) => Clock::Calendar,
        _ => Clock::Working,
    }
}
