//! `--date`: the day on which the law, agencies and delegations are judged.

use crate::workspace::Workspace;
use clap::Args;
use tthc_compiler::analysis::authority::days::days_of;
use tthc_compiler::project::Settings;
use tthc_grammar::tree::{Date, Span};

/// What commands that judge take.
#[derive(Args)]
pub struct Day {
    /// Xét pháp luật, cơ quan, ủy quyền vào ngày này; không ghi: theo hiệu lực của từng quy trình
    #[arg(long, value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    date: Option<Date>,
}

impl Day {
    /// Judges on that day, where one was given.
    pub fn apply(&self, workspaces: &mut [Workspace]) {
        for workspace in workspaces {
            workspace.project.settings.date = self.date;
        }
    }

    /// What a project sets, to be judged on that day.
    pub fn of(&self, settings: Settings) -> Settings {
        Settings { date: self.date, ..settings }
    }
}

/// `2025-07-01`
fn day(text: &str) -> Result<Date, String> {
    let wrong = || "write year-month-day, as in 2025-07-01".to_string();
    let numbers: Vec<i16> = text.split('-').map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
    let &[year, month, day] = numbers.as_slice() else { return Err(wrong()) };
    let (month, day) = (i8::try_from(month).map_err(|_| wrong())?, i8::try_from(day).map_err(|_| wrong())?);
    let exists =
        (1900..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
    if exists { Ok(Date { year, month, day, span: Span::default() }) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist() {
        assert_eq!(day("2025-07-01").map(|date| (date.year, date.month, date.day)), Ok((2025, 7, 1)));
        assert!(day("2024-02-29").is_ok());
        for wrong in ["2025-02-29", "01/07/2025", "2025-7", "2025-13-01", "hôm nay", "", "2025-07-01-1"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
