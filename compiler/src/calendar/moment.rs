//! A moment: a minute of a civil day.

use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;

/// Minutes of a day.
pub(super) const DAY: i64 = 24 * 60;
const EPOCH: Date = Date::constant(1970, 1, 1);

/// A minute of a civil day, as minutes since the beginning of 1970. 24:00 and 00:00 of the next day are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// A minute of a day.
    pub fn at(day: Date, minute: i64) -> Moment {
        Moment::on(number_of(day), minute)
    }

    /// A minute of a day that is known by its number.
    pub(super) fn on(day: i64, minute: i64) -> Moment {
        Moment(day * DAY + minute)
    }

    /// 24:00.
    pub fn end_of(day: Date) -> Moment {
        Moment::at(day, DAY)
    }

    /// So many minutes later.
    pub fn plus(self, minutes: i64) -> Moment {
        Moment(self.0 + minutes)
    }

    /// The day that is going on; at midnight, the one that begins.
    pub fn date(self) -> Date {
        date_of(self.day())
    }

    /// The same by its number, which is quicker than its date.
    pub(super) fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// The day that is going on; at midnight, the one that has ended.
    pub fn closing_date(self) -> Date {
        date_of(self.closing_day())
    }

    /// The same by its number.
    pub(super) fn closing_day(self) -> i64 {
        Moment(self.0 - 1).day()
    }

    /// The end of the day that is going on; at midnight, this moment.
    pub fn end_of_day(self) -> Moment {
        Moment::on(self.closing_day(), DAY)
    }

    /// The minute of the day: 0 at midnight.
    pub fn minute(self) -> i64 {
        self.0.rem_euclid(DAY)
    }
}

/// Days since the beginning of 1970.
pub(super) fn number_of(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

pub(super) fn date_of(number: i64) -> Date {
    EPOCH.saturating_add(number.days())
}

/// `17:30 ngày 18/08/2026`; the end of a day is its 24:00.
impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, minute) = match self.minute() {
            0 => (self.closing_date(), DAY),
            minute => (self.date(), minute),
        };
        let (hour, minute) = (minute / 60, minute % 60);
        write!(out, "{hour:02}:{minute:02} {:02}/{:02}/{}", day.day(), day.month(), day.year())
    }
}
