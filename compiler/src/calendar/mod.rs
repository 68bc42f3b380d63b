//! When an agency works, and when a period of time is over.
//!
//! Civil dates and whole minutes, no time zones. Outside of the years for which a calendar has data nothing is
//! answered: a swap of working days is announced year by year and cannot be computed.

mod due;
mod moment;

pub use due::{Convention, due};
pub use moment::Moment;

use crate::model::Model;
use crate::model::organization::{self, Period};
use crate::model::time::WORKING_DAY;
use jiff::ToSpan;
use jiff::civil::Date;
use moment::{DAY, date_of, number_of};
use std::collections::HashSet;

/// 15:00.
const THREE: i64 = 15 * 60;

/// Working time of an agency over the days for which there are data.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The first of them, as all days here by its number.
    first: i64,
    /// By day from the first on: working days before it; one more than there are days.
    before: Vec<i64>,
    /// The working days.
    open: Vec<i64>,
    /// Hours of a working day, from and to, in minutes of the day.
    hours: Vec<(i64, i64)>,
    /// Working minutes of a day.
    per_day: i64,
}

impl Calendar {
    /// Prepares a declared calendar. What it does not say itself it takes from the `national` one: its hours, and
    /// where it names no years of its own, days off, swapped days and years. None where no years have data.
    pub fn of(declared: &organization::Calendar, national: Option<&organization::Calendar>) -> Option<Calendar> {
        let base = declared.base(national);
        let known = base.map_or(declared.known, |base| base.known);
        let dates = |list: fn(&organization::Calendar) -> &Vec<tthc_grammar::tree::Date>| -> HashSet<Date> {
            let all = list(declared).iter().chain(base.map(list).into_iter().flatten());
            all.filter_map(|date| civil(*date)).collect()
        };
        let (off, made_up) = (dates(|calendar| &calendar.days_off), dates(|calendar| &calendar.make_up_days));
        let rest = |day: Date| declared.weekly_rest.contains(&(day.weekday().to_monday_one_offset() as u8));
        let hours = declared.hours(national).iter().map(|(from, to)| (i64::from(*from), i64::from(*to)));
        let (first, last) = years(known, off.iter().chain(&made_up))?;
        let works = |day: Date| made_up.contains(&day) || !(rest(day) || off.contains(&day));
        Calendar::new(first, last, hours.collect(), works)
    }

    /// The national calendar.
    pub fn national(model: &Model) -> Option<Calendar> {
        Calendar::of(&model.calendars[model.national_calendar()?], None)
    }

    fn new(first: Date, last: Date, mut hours: Vec<(i64, i64)>, works: impl Fn(Date) -> bool) -> Option<Calendar> {
        hours.sort_unstable();
        let per_day: i64 = hours.iter().map(|(from, to)| to - from).sum();
        let in_order = hours.windows(2).all(|pair| pair[0].1 <= pair[1].0);
        if per_day <= 0 || !in_order || hours.iter().any(|(from, to)| from >= to) {
            return None;
        }
        let (mut before, mut open) = (vec![0], Vec::new());
        for day in first.series(1.day()).take_while(|day| *day <= last) {
            if works(day) {
                open.push(number_of(day));
            }
            before.push(open.len() as i64);
        }
        Some(Calendar { first: number_of(first), before, open, hours, per_day })
    }

    /// The days for which there are data.
    pub fn days(&self) -> impl Iterator<Item = Date> + '_ {
        (self.first..).take(self.before.len() - 1).map(date_of)
    }

    /// Whether a day is a working day; none where there are no data.
    pub fn is_open(&self, day: Date) -> Option<bool> {
        let place = self.place(number_of(day))?;
        Some(self.before[place + 1] > self.before[place])
    }

    /// The working days.
    pub fn open_days(&self) -> impl Iterator<Item = Date> + '_ {
        self.open.iter().copied().map(date_of)
    }

    /// When the hours of each part of a working day begin and end, in minutes of the day.
    pub fn hours(&self) -> &[(i64, i64)] {
        &self.hours
    }

    /// A day, or the first working day after it.
    fn next_open(&self, day: i64) -> Option<i64> {
        self.open.get(self.before[self.place(day)?] as usize).copied()
    }

    /// When a dossier counts as received. Where what comes after 15:00 counts from the next working day
    /// (`tiếp nhận sau 15 giờ`), that is when the office opens then.
    pub fn received(&self, at: Moment, after_three: bool) -> Option<Moment> {
        if !after_three || at.minute() <= THREE {
            return Some(at);
        }
        let next = self.next_open(at.day() + 1)?;
        Some(Moment::on(next, self.hours.first()?.0))
    }

    /// Working minutes since the first day with data.
    pub fn worked(&self, at: Moment) -> Option<i64> {
        // The very end of the data is the end of their last day.
        let (day, minute) = match self.place(at.day()) {
            Some(day) => (day, at.minute()),
            None => (self.place(at.closing_day())?, DAY),
        };
        let open = self.before[day + 1] > self.before[day];
        let today = self.hours.iter().map(|(from, to)| (minute.min(*to) - from).max(0)).sum::<i64>();
        Some(self.before[day] * self.per_day + if open { today } else { 0 })
    }

    /// The first moment at which so many minutes have been worked.
    fn reached(&self, worked: i64) -> Option<Moment> {
        let day = self.open.get(usize::try_from((worked - 1).div_euclid(self.per_day)).ok()?)?;
        let mut left = (worked - 1).rem_euclid(self.per_day) + 1;
        for (from, to) in &self.hours {
            if left <= to - from {
                return Some(Moment::on(*day, from + left));
            }
            left -= to - from;
        }
        None
    }

    /// The moment at which work beyond so many minutes goes on: after a break, its end.
    fn resumed(&self, worked: i64) -> Option<Moment> {
        Some(self.reached(worked + 1)?.plus(-1))
    }

    /// When so much working time from a moment on is over. `minutes` count 8 hours to a day; a calendar with
    /// longer or shorter days takes whole days as days.
    pub fn after_working(&self, from: Moment, minutes: i64) -> Option<Moment> {
        if minutes == 0 {
            return Some(from);
        }
        self.reached(self.worked(from)? + self.own_minutes(minutes))
    }

    /// Working minutes written in days of eight hours, in the days of this calendar.
    pub fn own_minutes(&self, minutes: i64) -> i64 {
        minutes / WORKING_DAY * self.per_day + minutes % WORKING_DAY
    }

    /// The end of a day; on a day off, that of the next working day (Civil Code, article 148).
    fn rolled(&self, day: i64) -> Option<Moment> {
        Some(Moment::on(self.next_open(day)?, DAY))
    }

    /// When so many calendar minutes written in days are over: the first day is not counted, what is no whole day
    /// goes on by the hour, and an end on a day off moves to the end of the next working day.
    pub fn after_days(&self, from: Moment, minutes: i64) -> Option<Moment> {
        let whole = from.closing_day().checked_add(minutes / DAY)?;
        match minutes % DAY {
            0 if minutes == 0 => Some(from),
            0 => self.rolled(whole),
            rest if minutes < DAY => Some(from.plus(rest)),
            rest => self.rolled(Moment::on(whole, DAY + rest).closing_day()),
        }
    }

    /// When so many civil months are over, on the day of the same number or the last of its month.
    pub fn after_months(&self, from: Moment, months: i64) -> Option<Moment> {
        self.rolled(number_of(from.closing_date().checked_add(months.months()).ok()?))
    }

    /// Where a day stands among those with data.
    fn place(&self, day: i64) -> Option<usize> {
        usize::try_from(day.checked_sub(self.first)?).ok().filter(|place| *place + 1 < self.before.len())
    }
}

/// The date of the text as one that can be counted with; none in a year that cannot be.
fn civil(date: tthc_grammar::tree::Date) -> Option<Date> {
    Date::new(date.year, date.month, date.day).ok()
}

/// The days with data. An open end reaches to the end of the last year in which a day is named.
fn years<'d>(known: Period, named: impl Iterator<Item = &'d Date>) -> Option<(Date, Date)> {
    let first = civil(known.from?)?;
    let last = match known.to {
        Some(to) => civil(to)?,
        None => named.max()?.last_of_year(),
    };
    (first <= last && last.year() - first.year() < 200).then_some((first, last))
}

#[cfg(test)]
mod tests;
