//! The moments at which a dossier may arrive, or at which a limit may begin to count.

use super::time::{Dates, Pace};
use super::tried::remembered;
use super::verdict::Judge;
use crate::calendar::{Calendar, Moment};
use crate::model::time::{Duration, PartUnit};
use crate::source::Place;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Minutes between two moments that are tried, at the least.
const FINEST: i64 = 15;
const DAY: i64 = 24 * 60;

/// Whether a limit runs by the hour, so that the time of day matters.
pub(super) fn by_hours(duration: &Duration) -> bool {
    duration.parts.iter().all(|part| matches!(part.unit, PartUnit::WorkingTime | PartUnit::Hour))
}

/// The moments to try against a limit, and when it is due from each.
pub(super) struct Trial {
    /// Minutes between moments; none where the working days are enough.
    pub(super) grain: Option<i64>,
    pub(super) starts: Rc<Vec<Moment>>,
    pub(super) dues: Rc<Vec<Option<Moment>>>,
}

impl Trial {
    /// Something takes a time so odd that not every moment which matters is tried.
    pub(super) fn is_approximate(&self) -> bool {
        self.grain.is_some_and(|grain| grain < FINEST)
    }
}

impl Judge<'_> {
    /// What is to be tried against a limit, which is known by its line.
    pub(super) fn trial(&self, calendar: &Calendar, place: Place, limit: &Duration, dates: &Dates) -> Trial {
        let grain = by_hours(limit).then(|| grain(calendar, limit, dates));
        let starts = remembered(&self.tried.starts, grain, || self.starts(calendar, grain));
        let dues = remembered(&self.tried.dues, (place, grain), || {
            starts.iter().map(|start| calendar.due(*start, limit)).collect()
        });
        Trial { grain, starts, dues }
    }

    /// The moments from which a limit may count, in order, within the time in which the process is in force.
    fn starts(&self, calendar: &Calendar, grain: Option<i64>) -> Vec<Moment> {
        let period = self.case.data.in_force;
        let within = |day: &Date| {
            let day = (day.year(), day.month(), day.day());
            let date = |date: tthc_grammar::tree::Date| (date.year, date.month, date.day);
            period.from.is_none_or(|from| date(from) <= day) && period.to.is_none_or(|to| day <= date(to))
        };
        let open = calendar.open_days().filter(within);
        let Some(grain) = grain else { return open.map(Moment::end_of).collect() };
        let step = usize::try_from(grain.max(FINEST)).unwrap_or(usize::MAX);
        // Just after something may have ended with the office hours, the rest goes on the next day.
        let moments = |day| {
            let hours = calendar.hours().iter().flat_map(move |(from, to)| (*from..=*to).step_by(step));
            hours.flat_map(move |minute| [Moment::at(day, minute), Moment::at(day, minute + 1)])
        };
        let moments: BTreeSet<Moment> = open.flat_map(moments).collect();
        moments.into_iter().collect()
    }
}

/// The largest number of minutes that measures all that a process takes and all opening hours: what begins between
/// two of its multiples ends no later behind its limit than what begins just after the first.
fn grain(calendar: &Calendar, limit: &Duration, dates: &Dates) -> i64 {
    let paces = dates.steps.iter().flatten().chain(dates.stages.values()).chain(dates.rounds.values());
    let paces: Vec<&Pace> = paces.collect();
    let measured = |calendar: &Calendar, duration: &Duration| -> Vec<i64> {
        let amounts = duration.parts.iter().filter(|part| part.unit != PartUnit::Month).map(|part| part.amount);
        amounts.flat_map(|amount| [amount, calendar.own_minutes(amount)]).collect()
    };
    let hours = |calendar: &Calendar| -> Vec<i64> {
        let first = calendar.hours().first().map_or(0, |(from, _)| *from);
        calendar.hours().iter().flat_map(|(from, to)| [from - first, to - first]).collect()
    };
    let own_first = calendar.hours().first().map_or(0, |(from, _)| *from);
    let mut all = hours(calendar);
    all.extend(measured(calendar, limit));
    for pace in paces {
        all.extend(pace.calendar.hours().iter().map(|(from, _)| from - own_first));
        all.extend(hours(pace.calendar));
        all.extend(pace.durations.iter().flat_map(|duration| measured(pace.calendar, duration)));
    }
    all.into_iter().fold(DAY, gcd)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}
