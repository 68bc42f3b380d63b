//! How long things take on a calendar, from the moment at which they begin.

use crate::calendar::{Calendar, Moment};
use crate::model::flow::{BlockId, StepId};
use crate::model::time::Duration;
use foldhash::HashMap;
use petgraph::graph::EdgeIndex;

/// Beyond the years with data: later than anything.
const UNKNOWN: i64 = i64::MAX;

/// How long something takes, by the calendar of those who do it.
#[derive(Debug, Clone)]
pub struct Pace<'a> {
    /// Whose days and hours.
    pub calendar: &'a Calendar,
    /// One of these, whichever ends last; none: nothing.
    pub durations: Vec<&'a Duration>,
}

impl Pace<'_> {
    /// When it is over; none where the calendar has no data.
    pub fn after(&self, from: Moment) -> Option<Moment> {
        self.durations.iter().try_fold(from, |latest, duration| Some(latest.max(self.calendar.after(from, duration)?)))
    }
}

/// The paces of a process, from a moment on.
#[derive(Debug, Clone)]
pub struct Dates<'a> {
    /// When counting begins.
    pub start: Moment,
    /// By step; none: it takes nothing.
    pub steps: Vec<Option<Pace<'a>>>,
    /// By stage that costs its limit as a whole.
    pub stages: HashMap<BlockId, Pace<'a>>,
    /// By way back whose rounds have a price.
    pub rounds: HashMap<EdgeIndex, Pace<'a>>,
}

impl Dates<'_> {
    /// A moment that is known.
    pub fn known(at: i64) -> Option<Moment> {
        (at != UNKNOWN).then_some(Moment(at))
    }

    pub(super) fn after_step(&self, at: i64, step: StepId) -> i64 {
        after(at, self.steps.get(step.0).and_then(Option::as_ref))
    }

    pub(super) fn after_stage(&self, at: i64, stage: BlockId) -> i64 {
        after(at, self.stages.get(&stage))
    }

    pub(super) fn after_round(&self, at: i64, edge: EdgeIndex) -> i64 {
        after(at, self.rounds.get(&edge))
    }
}

fn after(at: i64, pace: Option<&Pace>) -> i64 {
    match (pace, Dates::known(at)) {
        (Some(pace), Some(from)) => pace.after(from).map_or(UNKNOWN, |end| end.0),
        _ => at,
    }
}
