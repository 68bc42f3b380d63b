//! Days, and periods that must cover one another.

use crate::model::organization::Period;
use tthc_grammar::tree::Date;

/// A day, comparable: year, month, day.
pub type Day = (i16, i8, i8);

/// The day of a date.
pub fn day(date: Date) -> Day {
    (date.year, date.month, date.day)
}

/// Days of a month.
pub fn days_of(year: i16, month: i8) -> i8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day after.
pub fn after((year, month, day): Day) -> Day {
    match (day < days_of(year, month), month < 12) {
        (true, _) => (year, month, day + 1),
        (false, true) => (year, month + 1, 1),
        (false, false) => (year + 1, 1, 1),
    }
}

/// `01/07/2025`
pub fn written((year, month, day): Day) -> String {
    format!("{day:02}/{month:02}/{year}")
}

/// The first day of a period that none of the others covers. None: all are covered, or it is not known when the
/// period begins.
pub fn first_uncovered(period: Period, covers: &[Period]) -> Option<Day> {
    let mut next = day(period.from?);
    let last = period.to.map(day);
    loop {
        if last.is_some_and(|last| next > last) {
            return None;
        }
        let holding = covers.iter().filter(|cover| {
            cover.from.is_none_or(|from| day(from) <= next) && cover.to.is_none_or(|to| day(to) >= next)
        });
        // The cover that reaches furthest; an open end reaches beyond every day.
        let furthest = holding.map(|cover| cover.to.map_or(Err(()), |to| Ok(day(to)))).max_by_key(|to| match to {
            Ok(day) => (false, *day),
            Err(()) => (true, next),
        });
        match furthest {
            None => return Some(next),
            Some(Err(())) => return None,
            Some(Ok(to)) => next = after(to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tthc_grammar::tree::Span;

    fn period(from: Option<Day>, to: Option<Day>) -> Period {
        let date = |(year, month, day): Day| Date { year, month, day, span: Span::default() };
        Period { from: from.map(date), to: to.map(date) }
    }

    #[test]
    fn covers_meet_without_a_gap() {
        let process = period(Some((2020, 1, 1)), Some((2020, 12, 31)));
        let first = period(Some((2019, 1, 1)), Some((2020, 2, 29)));
        let second = period(Some((2020, 3, 1)), None);
        assert_eq!(first_uncovered(process, &[second, first]), None);
        assert_eq!(first_uncovered(process, &[first]), Some((2020, 3, 1)));
        assert_eq!(first_uncovered(process, &[second]), Some((2020, 1, 1)));
        assert_eq!(first_uncovered(process, &[]), Some((2020, 1, 1)));
    }

    #[test]
    fn open_ends() {
        let open = period(Some((2020, 1, 1)), None);
        let dated = period(None, Some((2023, 12, 31)));
        assert_eq!(first_uncovered(open, &[dated]), Some((2024, 1, 1)));
        assert_eq!(first_uncovered(open, &[period(None, None)]), None);
        assert_eq!(first_uncovered(period(None, Some((2020, 1, 1))), &[]), None);
    }
}
