//! `tthc due`

use crate::console::{Console, Outcome, Status, failure};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use tthc_compiler::calendar::{Calendar, Convention, Moment, due};
use tthc_compiler::diagnostic::say;
use tthc_compiler::model::time::{Duration, Reckoning};
use tthc_compiler::project::{Project, Settings};

/// The arguments of `tthc due`.
#[derive(Args)]
pub struct Due {
    /// Ngày nhận, có thể kèm giờ: 17/08/2026, "17/08/2026 15:20"
    #[arg(value_name = "NGÀY", required = true)]
    from: Vec<String>,
    /// Thời hạn như viết trong tệp: "3 ngày làm việc", "15 ngày", "4 giờ làm việc"
    #[arg(long = "in", value_name = "THỜI HẠN")]
    period: String,
    /// Cách đếm: law theo Bộ luật Dân sự (mặc định), office như phần mềm một cửa, từ lúc nhận
    #[arg(long, value_name = "law|office", default_value = "law", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    count: Count,
    /// Hồ sơ nhận sau 15 giờ tính từ ngày làm việc tiếp theo
    #[arg(long)]
    after_three: bool,
}

/// `--count`
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Count {
    Law,
    Office,
}

impl Due {
    /// Prints a line for each day: the day, a tab, when it is due by the national calendar.
    pub fn run(self, console: &Console) -> Outcome {
        let Some(period) = Duration::read(&self.period, Reckoning::default()) else {
            let text = &self.period;
            return Err(failure(format!("'{text}' không phải là thời hạn"), format!("'{text}' is no period of time")));
        };
        let convention = match self.count {
            Count::Law => Convention::Law,
            Count::Office => Convention::Moment,
        };
        let library = Project::new(Vec::new(), Settings::default());
        let calendar = Calendar::national(&library.model);
        let (mut lines, mut known) = (String::new(), true);
        for text in &self.from {
            let Some(from) = moment(text) else {
                return Err(failure(
                    format!("'{text}' không phải là ngày; viết như 17/08/2026 hoặc \"17/08/2026 15:20\""),
                    format!("'{text}' is no day; write it as 17/08/2026 or \"17/08/2026 15:20\""),
                ));
            };
            let end = calendar
                .as_ref()
                .and_then(|calendar| due(calendar, calendar.received(from, self.after_three)?, &period, convention));
            known &= end.is_some();
            let unknown = say("không có dữ liệu lịch", "no calendar data");
            let end = end.map_or_else(|| unknown.in_language(console.language).to_string(), |end| end.to_string());
            lines.push_str(&format!("{text}\t{end}\n"));
        }
        console.print(&lines)?;
        Ok(if known { Status::Clean } else { Status::Findings })
    }
}

/// `17/08/2026`, `17/08/2026 15:20`; a day alone is its midnight, from which hours run.
fn moment(text: &str) -> Option<Moment> {
    let (day, time) = text.split_once(' ').unwrap_or((text, "0:00"));
    let [day, month, year] = day.split('/').collect::<Vec<_>>()[..] else { return None };
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    let minutes = hour * 60 + minute;
    let exists = (0..60).contains(&minute) && (0..=24 * 60).contains(&minutes);
    exists.then(|| Moment::at(date, minutes))
}
