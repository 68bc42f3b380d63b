//! What the verdicts on time are.

use super::super::authority::runs::Runs;
use super::super::conduct::Conduct;
use super::super::dated::{Late, OnDates};
use crate::model::flow::{BlockId, StepId};
use crate::model::organization::OrgId;
use crate::model::time::Duration;
use crate::source::Place;

/// How time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clock {
    /// Only working time.
    Working,
    /// Only calendar time.
    Calendar,
    /// Both, or civil months.
    Mixed,
}

/// Minutes on each clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Minutes {
    /// Working time.
    pub working: i64,
    /// Calendar time.
    pub calendar: i64,
}

impl Minutes {
    pub(in crate::analysis) fn of(duration: &Duration) -> Minutes {
        Minutes { working: duration.working, calendar: duration.calendar }
    }
    /// The part of one clock.
    pub fn part(self, clock: Clock) -> i64 {
        match clock {
            Clock::Calendar => self.calendar,
            _ => self.working,
        }
    }

    pub(super) fn part_mut(&mut self, clock: Clock) -> &mut i64 {
        match clock {
            Clock::Calendar => &mut self.calendar,
            _ => &mut self.working,
        }
    }
}

/// The worst time of one class of dossiers against its limit.
#[derive(Debug, Clone)]
pub struct ClassTime {
    /// The class, as a guard; empty where all dossiers are alike.
    pub dossier: String,
    /// The longest stretch.
    pub worst: Minutes,
    /// The limit of the class, with the line that states it.
    pub limit: Option<(Minutes, Place)>,
    /// The limit that the law sets.
    pub statutory: Option<(Minutes, Place)>,
    /// The steps of the longest way.
    pub path: Vec<StepId>,
    /// On a mixed clock, where there is a limit: what the calendar says.
    pub on_dates: Option<OnDates>,
    /// The longest stretch that does not end in a refusal.
    pub but_refusals: Minutes,
    /// The longest way ends in a refusal.
    pub refused: bool,
}

impl ClassTime {
    /// Of runs that are not known yet.
    pub(super) fn of(
        dossier: String,
        limit: Option<(Minutes, Place)>,
        statutory: Option<(Minutes, Place)>,
    ) -> ClassTime {
        ClassTime {
            dossier,
            worst: Minutes::default(),
            limit,
            statutory,
            path: Vec::new(),
            on_dates: None,
            but_refusals: Minutes::default(),
            refused: false,
        }
    }

    /// The limit is exceeded.
    pub fn exceeds(&self, clock: Clock) -> bool {
        self.limit.is_some_and(|(limit, _)| self.worst.part(clock) > limit.part(clock))
    }

    /// Results are in time and refusals are not.
    pub fn only_refusals_exceed(&self, clock: Clock) -> bool {
        let results = self.limit.is_some_and(|(limit, _)| self.but_refusals.part(clock) <= limit.part(clock));
        self.refused && self.exceeds(clock) && results
    }
}

/// The time spent in a stage or charged to an agency against its own limit.
#[derive(Debug, Clone)]
pub struct PartTime {
    /// Minutes.
    pub worst: i64,
    /// Its limit.
    pub limit: i64,
    /// Where the limit stands.
    pub place: Place,
    /// The steps that make it up.
    pub path: Vec<StepId>,
}

/// A deadline that cannot be kept.
#[derive(Debug, Clone)]
pub struct Missed {
    /// Minutes until the end of the step.
    pub worst: i64,
    /// Minutes allowed.
    pub limit: i64,
    /// Where it is stated.
    pub place: Place,
    /// Of which step.
    pub step: StepId,
    /// Working and calendar time come together: the first step of the wait, and the worst day.
    pub late: Option<Late>,
}

/// Verdicts on the time of a case.
#[derive(Debug)]
pub struct Times {
    /// How time is counted.
    pub clock: Clock,
    /// By class.
    pub classes: Vec<ClassTime>,
    /// Classes to which no limit line applies.
    pub uncovered: Vec<String>,
    /// Two guarded lines that hold for one dossier and differ.
    pub disagreeing: Vec<(Place, Place, String)>,
    /// Stages with a limit whose steps have times of their own: the largest of all classes.
    pub stages: Vec<(BlockId, PartTime)>,
    /// Agencies' shares.
    pub shares: Vec<(OrgId, PartTime)>,
    /// Deadlines that cannot be kept.
    pub missed: Vec<Missed>,
    /// Some counted step has no known time: sums read "at least".
    pub at_least: bool,
    /// Deadlines of steps that the calendar would have to decide, and for whose days it has no data.
    pub undecided: Vec<Place>,
    /// Sums are upper bounds, not exact.
    pub approximate: bool,
    /// They are because of too many states: rounds were counted together.
    pub pooled: bool,
    /// The runs that end with the result returned, by class.
    pub returning: Vec<Runs>,
    /// What runs do that the law of the day has a word on.
    pub conduct: Conduct,
}
