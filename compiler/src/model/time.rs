//! Amounts of time: as written and in whole minutes.

use serde::Serialize;
use tthc_grammar::text::Text;
use tthc_grammar::tree::{Amount, Attribute, Declaration, Statement, Unit, Value};

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
    /// The same, term by term as written.
    pub parts: Vec<Part>,
}

/// One term of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// How it is written.
    pub unit: PartUnit,
    /// Minutes, 8 hours to a working day; of months their number.
    pub amount: i64,
}

/// The unit of a term, once it is known what bare units mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartUnit {
    /// Working days.
    WorkingDay,
    /// Working hours and minutes.
    WorkingTime,
    /// Calendar days.
    Day,
    /// Calendar hours.
    Hour,
    /// Civil months.
    Month,
}

/// What bare units mean: `cách tính`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Reckoning {
    /// `ngày là ngày làm việc`
    pub days_are_working: bool,
    /// `giờ là giờ làm việc`
    pub hours_are_working: bool,
}

/// Why an amount of time cannot be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncountable {
    /// It is no whole number of minutes.
    Fraction,
    /// It is longer than any process: two million years of minutes, or a thousand years of months.
    TooLong,
}

/// Minutes and months that are too many.
const TOO_LONG: (i64, i64) = (1 << 40, 12_000);

impl Duration {
    /// Counts an amount.
    pub fn of(amount: &Amount, reckoning: Reckoning) -> Result<Duration, Uncountable> {
        let mut duration = Duration { text: amount.text.clone(), ..Duration::default() };
        for term in &amount.terms {
            let (minutes, unit) = match term.unit {
                Unit::Minute => (1, PartUnit::WorkingTime),
                Unit::WorkingHour => (60, PartUnit::WorkingTime),
                Unit::WorkingDay => (WORKING_DAY, PartUnit::WorkingDay),
                Unit::Hour if reckoning.hours_are_working => (60, PartUnit::WorkingTime),
                Unit::Hour => (60, PartUnit::Hour),
                Unit::Day if reckoning.days_are_working => (WORKING_DAY, PartUnit::WorkingDay),
                Unit::Day => (CALENDAR_DAY, PartUnit::Day),
                Unit::Month => (1, PartUnit::Month),
            };
            let sum = match unit {
                PartUnit::WorkingDay | PartUnit::WorkingTime => &mut duration.working,
                PartUnit::Day | PartUnit::Hour => &mut duration.calendar,
                PartUnit::Month => &mut duration.months,
            };
            let total = term.numerator.checked_mul(minutes).ok_or(Uncountable::TooLong)?;
            if total % term.denominator != 0 {
                return Err(Uncountable::Fraction);
            }
            let amount = total / term.denominator;
            *sum = sum.checked_add(amount).ok_or(Uncountable::TooLong)?;
            duration.parts.push(Part { unit, amount });
        }
        let fits = duration.working.max(duration.calendar) < TOO_LONG.0 && duration.months < TOO_LONG.1;
        if fits { Ok(duration) } else { Err(Uncountable::TooLong) }
    }

    /// Reads an amount by itself, as it is written in a file; `None` where the text is anything else.
    pub fn read(text: &str, reckoning: Reckoning) -> Option<Duration> {
        let tree = tthc_grammar::parse(&Text::new(format!("thủ tục t {{\nthời hạn: {text}\n}}").as_bytes()));
        let [Statement::Declaration(Declaration { block: Some(block), .. })] = &tree.items[..] else { return None };
        let [Statement::Attribute(Attribute { values, guard: None, .. })] = &block.statements[..] else { return None };
        match &values[..] {
            [Value::Amount(amount)] if tree.problems.is_empty() => Duration::of(amount, reckoning).ok(),
            _ => None,
        }
    }

    /// Days or months, nothing less.
    pub fn is_whole_days(&self) -> bool {
        self.parts.iter().all(|part| match part.unit {
            PartUnit::WorkingDay => part.amount % WORKING_DAY == 0,
            PartUnit::Day => part.amount % CALENDAR_DAY == 0,
            PartUnit::Month => true,
            PartUnit::WorkingTime | PartUnit::Hour => part.amount == 0,
        })
    }

    /// Nothing at all.
    pub fn is_zero(&self) -> bool {
        self.working == 0 && self.calendar == 0 && self.months == 0
    }
}
