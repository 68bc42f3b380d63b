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
        Moment(day.duration_since(EPOCH).as_hours() / 24 * DAY + minute)
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
        EPOCH.saturating_add(self.0.div_euclid(DAY).days())
    }

    /// The day that is going on; at midnight, the one that has ended.
    pub fn closing_date(self) -> Date {
        Moment(self.0 - 1).date()
    }

    /// The minute of the day: 0 at midnight.
    pub fn minute(self) -> i64 {
        self.0.rem_euclid(DAY)
    }
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
