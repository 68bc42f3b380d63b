//! T307: working and calendar time in one sum that cannot be compared part by part.

use super::amount;
use super::{each, found};
use crate::analysis::verdict::Clock;
use crate::diagnostic::{Diagnostic, Severity, say};
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
        if judged.times.clock != Clock::Mixed {
            continue;
        }
        for class in &judged.times.classes {
            let Some((limit, place)) = &class.limit else { continue };
            let fits = class.worst.working <= limit.working && class.worst.calendar <= limit.calendar;
            if fits {
                continue;
            }
            let (working, calendar) =
                (amount(class.worst.working, Clock::Working), amount(class.worst.calendar, Clock::Calendar));
            let message = say(
                format!(
                    "Các bước trộn ngày làm việc và ngày lịch ({} và {}), không so được với thời hạn",
                    working.vi, calendar.vi
                ),
                format!(
                    "The steps mix working and calendar time ({} and {}) and cannot be compared with the limit",
                    working.en, calendar.en
                ),
            );
            out.push(found(&RULE, &judged, *place, message, &class.path).help(say(
                "Nếu bảng in “ngày” mà hiểu là ngày làm việc, thêm dòng “cách tính: ngày là ngày làm việc”",
                "Where the table prints “ngày” and means working days, add “cách tính: ngày là ngày làm việc”",
            )));
            break;
        }
    }
}
