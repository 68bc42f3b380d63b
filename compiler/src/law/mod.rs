//! The law of the day: what holds by date.
//!
//! Forms by regime are declared in `chuẩn/biểu_mẫu.tthc`; here stands what only the rules ask for.

pub mod codes;
pub mod regimes;
pub mod status;

use crate::analysis::authority::days::{Day, day};
use crate::model::organization::Period;
use crate::model::procedure::Data;
use tthc_grammar::tree::Date;

/// The last day of the district level: Law 72/2025/QH15, in force from 01/07/2025, knows only province and commune.
pub const LAST_OF_DISTRICTS: Day = (2025, 6, 30);

/// The days on which a process is judged: those of its `hiệu lực`, or the one day that was asked for.
///
/// A process that has ended by then is judged as if it went on, which tells what a new law breaks; one that has not
/// begun is judged by its own days.
pub fn judged_days(data: &Data, asked: Option<Date>) -> Period {
    match asked {
        Some(date) if is_asked(data, date) => Period { from: Some(date), to: Some(date) },
        _ => data.in_force,
    }
}

/// Whether a process is judged on the day that was asked for.
pub fn is_asked(data: &Data, asked: Date) -> bool {
    data.in_force.from.is_none_or(|from| day(from) <= day(asked))
}
