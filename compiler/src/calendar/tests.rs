#![allow(clippy::unwrap_used, reason = "a test may fail")]

use super::*;
use crate::model::time::{Duration, Reckoning};
use crate::project::{ParsedFile, Project, Settings};
use std::sync::Arc;

/// A period as it is written; bare days are calendar days.
fn period(text: &str) -> Duration {
    Duration::read(text, Reckoning::default()).unwrap()
}

fn calendar(text: &str) -> Calendar {
    let project = Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], Settings::default());
    assert!(project.files[0].tree.problems.is_empty(), "{:?}", project.files[0].tree.problems);
    let named = |name: &str| project.model.calendars.iter().find(|calendar| calendar.named.name == name);
    let national = named("quốc_gia");
    Calendar::of(named("c").or(national).unwrap(), national).unwrap()
}

fn national() -> Calendar {
    calendar("")
}

/// `17/08/2026 08:00`
fn at(text: &str) -> Moment {
    let numbers: Vec<i64> = text.split(['/', ' ', ':']).map(|part| part.parse().unwrap()).collect();
    let day = Date::new(numbers[2] as i16, numbers[1] as i8, numbers[0] as i8).unwrap();
    Moment::at(day, numbers[3] * 60 + numbers[4])
}

fn lawful(from: &str, text: &str) -> Option<String> {
    due(&national(), at(from), &period(text), Convention::Law).map(|moment| moment.to_string())
}

/// As one-stop software was seen to answer, with its calendar of that test.
#[test]
fn counted_from_the_moment_as_software_does() {
    let office = calendar(
        "lịch c { có dữ liệu: từ 01/01/2026 đến 31/12/2026  nghỉ hằng tuần: thứ bảy, chủ nhật
                  giờ làm việc: 7:30 - 11:30, 13:00 - 17:00  ngày nghỉ: 02/09/2026  ngày làm bù: 22/08/2026 }",
    );
    let vectors = [
        ("17/08/2026 08:00", "1 ngày làm việc", "08:00 18/08/2026"),
        ("17/08/2026 07:00", "1 ngày làm việc", "07:30 18/08/2026"),
        ("17/08/2026 14:00", "1 ngày làm việc", "14:00 18/08/2026"),
        ("17/08/2026 17:30", "1 ngày làm việc", "07:30 19/08/2026"),
        ("15/08/2026 09:00", "1 ngày làm việc", "07:30 18/08/2026"),
        ("21/08/2026 08:00", "1 ngày làm việc", "08:00 22/08/2026"),
        ("21/08/2026 08:00", "2 ngày làm việc", "08:00 24/08/2026"),
        ("01/09/2026 08:00", "1 ngày làm việc", "08:00 03/09/2026"),
        ("17/08/2026 08:00", "0,5 ngày làm việc", "13:30 17/08/2026"),
        ("17/08/2026 10:00", "0,5 ngày làm việc", "15:30 17/08/2026"),
        ("17/08/2026 15:20", "0,5 ngày làm việc", "10:00 18/08/2026"),
        ("17/08/2026 08:07", "3 ngày làm việc", "08:15 20/08/2026"),
        ("17/08/2026 08:00", "4 giờ làm việc", "13:30 17/08/2026"),
        ("17/08/2026 10:10", "2 giờ làm việc", "13:45 17/08/2026"),
        ("17/08/2026 16:50", "1 giờ làm việc", "08:30 18/08/2026"),
        ("17/08/2026 08:00", "5 ngày làm việc", "08:00 22/08/2026"),
        ("17/08/2026 08:00", "20 ngày làm việc", "08:00 14/09/2026"),
    ];
    for (from, text, expected) in vectors {
        let found = due(&office, at(from), &period(text), Convention::Moment);
        assert_eq!(found.map(|moment| moment.to_string()).as_deref(), Some(expected), "{from} + {text}");
    }
}

#[test]
fn counted_by_the_civil_code() {
    let vectors = [
        // The first day is not counted, whatever its hour.
        ("17/08/2026 08:00", "1 ngày làm việc", "24:00 18/08/2026"),
        ("17/08/2026 17:30", "1 ngày làm việc", "24:00 18/08/2026"),
        ("17/08/2026 08:00", "1,5 ngày làm việc", "11:30 19/08/2026"),
        // A worked Saturday counts, a Sunday does not.
        ("20/08/2026 08:00", "3 ngày làm việc", "24:00 24/08/2026"),
        // 29 August to 2 September are days off.
        ("28/08/2026 10:00", "1 ngày làm việc", "24:00 03/09/2026"),
        ("17/08/2026 08:00", "5 ngày", "24:00 22/08/2026"),
        ("17/08/2026 08:00", "6 ngày", "24:00 24/08/2026"),
        ("20/02/2026 08:00", "1 ngày", "24:00 23/02/2026"),
        // A month ends on the day of its number, or on its last one.
        ("30/01/2026 08:00", "1 tháng", "24:00 02/03/2026"),
        ("16/03/2026 08:00", "1 tháng", "24:00 16/04/2026"),
        // Hours run from the moment, night and day.
        ("21/08/2026 16:00", "12 giờ", "04:00 22/08/2026"),
        ("21/08/2026 16:30", "2 giờ làm việc", "08:30 22/08/2026"),
        ("17/08/2026 08:00", "2 ngày làm việc + 5 ngày", "24:00 24/08/2026"),
        ("17/08/2026 08:00", "5 ngày + 2 ngày làm việc", "24:00 25/08/2026"),
    ];
    for (from, text, expected) in vectors {
        assert_eq!(lawful(from, text).as_deref(), Some(expected), "{from} + {text}");
    }
}

#[test]
fn outside_the_data_nothing_is_known() {
    assert_eq!(lawful("31/12/2020 08:00", "1 ngày làm việc"), Some("24:00 04/01/2021".into()));
    assert_eq!(lawful("30/12/2020 08:00", "1 ngày làm việc"), None);
    assert_eq!(lawful("30/12/2026 08:00", "1 ngày làm việc"), Some("24:00 31/12/2026".into()));
    assert_eq!(lawful("30/12/2026 08:00", "2 ngày làm việc"), None);
    assert_eq!(lawful("30/12/2026 08:00", "2 ngày"), None);
    assert_eq!(national().is_open(Date::constant(2027, 1, 4)), None);
}

#[test]
fn what_comes_after_three_counts_from_the_next_working_day() {
    let received = |text: &str, after_three| national().received(at(text), after_three).unwrap().to_string();
    assert_eq!(received("21/08/2026 15:20", true), "07:30 22/08/2026");
    assert_eq!(received("28/08/2026 15:20", true), "07:30 03/09/2026");
    assert_eq!(received("21/08/2026 15:00", true), "15:00 21/08/2026");
    assert_eq!(received("21/08/2026 15:20", false), "15:20 21/08/2026");
}

#[test]
fn an_agency_takes_the_rest_from_the_national_calendar() {
    let center = calendar("lịch c { nghỉ hằng tuần: chủ nhật  ngày nghỉ: 17/08/2026 }");
    let open = |day| center.is_open(day);
    // Saturdays are worked, its own day off and those of the nation are not.
    assert_eq!(open(Date::constant(2026, 8, 15)), Some(true));
    assert_eq!(open(Date::constant(2026, 8, 17)), Some(false));
    assert_eq!(open(Date::constant(2026, 9, 1)), Some(false));
    assert_eq!(center.hours(), national().hours());
    // With years of its own it stands alone.
    let own = calendar("lịch c { có dữ liệu: từ 01/01/2026 đến 31/01/2026  nghỉ hằng tuần: chủ nhật }");
    assert_eq!(own.is_open(Date::constant(2026, 1, 1)), Some(true));
    assert_eq!(own.is_open(Date::constant(2026, 2, 1)), None);
}

#[test]
fn longer_days_are_days_all_the_same() {
    let early = calendar("lịch c { giờ làm việc: 7:00 - 11:30, 13:30 - 17:00  nghỉ hằng tuần: thứ bảy, chủ nhật }");
    let later = |text: &str| early.after(at("17/08/2026 08:00"), &period(text)).unwrap().to_string();
    assert_eq!(later("1 ngày làm việc"), "08:00 18/08/2026");
    assert_eq!(later("1 ngày làm việc + 4 giờ làm việc"), "14:00 18/08/2026");
}

/// Every function is monotone: what begins later does not end earlier.
#[test]
fn later_begun_is_not_earlier_done() {
    let national = national();
    let periods = ["1 ngày làm việc", "90 phút", "3 ngày", "1/2 ngày", "1,5 ngày", "7 giờ", "1 tháng"].map(period);
    for period in &periods {
        let mut last = None;
        for quarter in 0..96 * 500 {
            let end = national.after(at("01/12/2024 00:00").plus(quarter * 15), period);
            assert!(end >= last && end.is_some(), "{period:?} {quarter}");
            last = end;
        }
    }
}

#[test]
fn only_an_amount_is_a_period() {
    assert_eq!(period("1 ngày làm việc").working, 480);
    for text in ["", "3", "ba ngày", "0,0001 ngày", "3 ngày khi a", "3 ngày } thủ tục u {", "3 ngày, 4 ngày"]
    {
        assert_eq!(Duration::read(text, Reckoning::default()), None, "{text}");
    }
}
