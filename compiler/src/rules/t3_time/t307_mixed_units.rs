//! T307: working and calendar time in one sum that no calendar data decide.

use super::amount;
use super::{each, found};
use crate::analysis::dated::OnDates;
use crate::analysis::verdict::{ClassTime, Clock};
use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T307",
    name: "mixed-units",
    severity: Severity::Warning,
    page: include_str!("t307_mixed_units.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        let unknown = |class: &&ClassTime| matches!(class.on_dates, Some(OnDates::Unknown));
        if let Some(class) = judged.times.classes.iter().find(unknown)
            && let Some((_, place)) = class.limit
        {
            let (working, calendar) =
                (amount(class.worst.working, Clock::Working), amount(class.worst.calendar, Clock::Calendar));
            let message = say(
                format!(
                    "Các bước trộn ngày làm việc và ngày lịch ({} và {}), chưa có lịch nghỉ nào để so với thời hạn",
                    working.vi, calendar.vi
                ),
                format!(
                    "The steps mix working and calendar time ({} and {}), and no calendar has data to compare them with the limit",
                    working.en, calendar.en
                ),
            );
            out.push(found(&RULE, &judged, place, message, &class.path).help(help()));
        }
        for place in &judged.times.undecided {
            let message = say(
                "Hạn của bước trộn ngày làm việc và ngày lịch, chưa có lịch nghỉ nào để xét",
                "The deadline of the step mixes working and calendar time, and no calendar has data to judge it",
            );
            out.push(found(&RULE, &judged, *place, message, &[]).help(help()));
        }
    }
}

fn help() -> Message {
    say(
        "Nếu bảng in “ngày” mà hiểu là ngày làm việc, thêm dòng “cách tính: ngày là ngày làm việc”; nếu không, khai báo lịch có dữ liệu cho thời gian hiệu lực",
        "Where the table prints “ngày” and means working days, add “cách tính: ngày là ngày làm việc”; otherwise declare a calendar with data for the time in force",
    )
}
