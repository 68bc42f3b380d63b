//! Amounts of time: as written and in whole minutes.

use serde::Serialize;
use tthc_grammar::tree::{Amount, Unit};

/// Minutes of a working day: 8 hours.
pub const WORKING_DAY: i64 = 8 * 60;
/// Minutes of a calendar day.
pub const CALENDAR_DAY: i64 = 24 * 60;

/// An amount of time: exact, by clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Duration {
    /// As written.
    pub text: String,
    /// Minutes of working time.
    pub working: i64,
    /// Minutes of calendar time.
    pub calendar: i64,
    /// Civil months.
    pub months: i64,
}

/// What bare units mean: `cách tính`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Reckoning {
    /// `ngày là ngày làm việc`
    pub days_are_working: bool,
    /// `giờ là giờ làm việc`
    pub hours_are_working: bool,
}

impl Duration {
    /// Counts an amount; `None` where it is no whole number of minutes or too large.
    pub fn of(amount: &Amount, reckoning: Reckoning) -> Option<Duration> {
        let mut duration = Duration { text: amount.text.clone(), ..Duration::default() };
        for term in &amount.terms {
            let (minutes, sum) = match term.unit {
                Unit::Minute => (1, &mut duration.working),
                Unit::WorkingHour => (60, &mut duration.working),
                Unit::WorkingDay => (WORKING_DAY, &mut duration.working),
                Unit::Hour if reckoning.hours_are_working => (60, &mut duration.working),
                Unit::Hour => (60, &mut duration.calendar),
                Unit::Day if reckoning.days_are_working => (WORKING_DAY, &mut duration.working),
                Unit::Day => (CALENDAR_DAY, &mut duration.calendar),
                Unit::Month => (1, &mut duration.months),
            };
            let total = term.numerator.checked_mul(minutes)?;
            if total % term.denominator != 0 {
                return None;
            }
            *sum = sum.checked_add(total / term.denominator)?;
        }
        const LARGEST: i64 = 1 << 40;
        let fits = duration.working < LARGEST && duration.calendar < LARGEST && duration.months < 12_000;
        fits.then_some(duration)
    }

    /// Nothing at all.
    pub fn is_zero(&self) -> bool {
        self.working == 0 && self.calendar == 0 && self.months == 0
    }
}
