//! Due dates, by the two ways of counting that are in use.

use super::{Calendar, Moment};
use crate::model::time::{Duration, Part, PartUnit};

/// From where a period is counted, and when it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// Civil Code, articles 147 and 148: a period in days or months does not count its first day and ends with its
    /// last one; hours run from the moment itself. An end on a day off moves to the next working day.
    Law,
    /// As one-stop software counts: working time from the moment of receipt, or from the next opening hour; a period
    /// that ends when the office closes is due when it opens again; the time is rounded up to a quarter of an hour.
    Moment,
}

/// Quarters of an hour, to which [`Convention::Moment`] rounds up.
const QUARTER: i64 = 15;

/// When a period that begins at a moment is due; none where the calendar has no data.
pub fn due(calendar: &Calendar, from: Moment, period: &Duration, convention: Convention) -> Option<Moment> {
    match convention {
        Convention::Law => {
            let by_hours = period.parts.iter().all(|part| matches!(part.unit, PartUnit::WorkingTime | PartUnit::Hour));
            let start = if by_hours { from } else { Moment::end_of(from.date()) };
            calendar.due(start, period)
        }
        Convention::Moment => {
            let end = match (period.working, period.calendar, period.months) {
                (working, 0, 0) => calendar.resumed(calendar.worked(from)? + calendar.own_minutes(working))?,
                _ => calendar.after(from, period)?,
            };
            let over = end.minute().rem_euclid(QUARTER);
            Some(if over == 0 { end } else { end.plus(QUARTER - over) })
        }
    }
}

impl Calendar {
    /// When a period is over, its parts one after another as they are written. The later it begins, the later it
    /// ends, or at the same time.
    pub fn after(&self, from: Moment, period: &Duration) -> Option<Moment> {
        period.parts.iter().try_fold(from, |at, part| self.after_part(at, *part))
    }

    /// When a limit is over that counts from a moment: in whole days, at the end of its last day.
    pub fn due(&self, from: Moment, limit: &Duration) -> Option<Moment> {
        let end = self.after(from, limit)?;
        Some(if limit.is_whole_days() { end.end_of_day() } else { end })
    }

    /// When one part of a period is over.
    pub fn after_part(&self, from: Moment, Part { unit, amount }: Part) -> Option<Moment> {
        match unit {
            PartUnit::WorkingDay | PartUnit::WorkingTime => self.after_working(from, amount),
            PartUnit::Day => self.after_days(from, amount),
            PartUnit::Hour => {
                let end = from.plus(amount);
                self.place(end.closing_day()).map(|_| end)
            }
            PartUnit::Month => self.after_months(from, amount),
        }
    }
}
