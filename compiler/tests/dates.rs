//! Limits on mixed clocks against a simulation that walks through every day of a calendar on every way through a
//! process. It shares no code with the compiler; days are plain numbers.
//!
//! `TTHC_DATES` says how many random processes are compared, `TTHC_SEED` where to begin.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "dates/office.rs"]
mod office;
#[path = "dates/process.rs"]
mod process;

use office::{DAY, Office};
use process::{Process, Unit};
use std::collections::BTreeSet;
use std::sync::Arc;
use tthc_compiler::analysis::dated::OnDates;
use tthc_compiler::analysis::verdict::Times;
use tthc_compiler::project::{ParsedFile, Project, Settings};

/// xorshift64*: the same numbers everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below the bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % bound
    }
}

fn project(text: &str) -> Project {
    let project = Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], Settings::default());
    assert!(project.files[0].tree.problems.is_empty(), "{:?}\n{text}", project.files[0].tree.problems);
    project
}

fn times(project: &Project) -> &Times {
    project.analysis()[0].times.as_ref().unwrap()
}

/// What the simulation says: days on which the limit is exceeded, days tried, the most minutes beyond it.
#[derive(Debug, PartialEq, Eq)]
struct Simulated {
    late: usize,
    days: usize,
    most: i64,
}

/// Every start, every way through the process.
fn simulate(office: &Office, process: &Process) -> Simulated {
    let (mut late, mut days, mut most) = (BTreeSet::new(), BTreeSet::new(), 0);
    for day in (0..office.days()).filter(|day| office.is_open(*day)) {
        let starts: Vec<i64> = match process.limit_by_hours() {
            true => office.minutes().iter().flat_map(|(from, to)| *from..=*to).map(|at| day * DAY + at).collect(),
            false => vec![(day + 1) * DAY],
        };
        for start in starts {
            let ends: Option<Vec<i64>> = process.ways().iter().map(|way| way.end(office, start)).collect();
            let (Some(ends), Some(due)) = (ends, process.due(office, start)) else { continue };
            days.insert(day);
            let beyond = ends.into_iter().max().unwrap_or(start) - due;
            if beyond > 0 {
                late.insert(day);
                most = most.max(beyond);
            }
        }
    }
    Simulated { late: late.len(), days: days.len(), most }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn every_day_of_arrival_is_judged_as_a_simulation_judges_it() {
    let (count, seed) = (number("TTHC_DATES", 24), number("TTHC_SEED", 1));
    println!("TTHC_DATES={count} TTHC_SEED={seed}");
    let (mut kept, mut exceeded, mut by_parts, mut unknown) = (0, 0, 0, 0);
    for at in seed..seed + count {
        let mut random = Random(at.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let office = Office::random(&mut random);
        let process = Process::random(&mut random);
        let text = format!("{}{}", office.text(), process.text());
        let project = project(&text);
        let found = &times(&project).classes;
        assert_eq!(found.len(), 1, "seed {at}\n{text}");
        let Some(found) = &found[0].on_dates else {
            assert!(!process.is_mixed(), "seed {at}: on one clock\n{text}");
            continue;
        };
        assert!(!times(&project).approximate, "seed {at}\n{text}");
        let expected = simulate(&office, &process);
        match found {
            OnDates::Kept if process.fits_part_by_part() => by_parts += 1,
            OnDates::Kept => {
                assert_eq!(expected.most, 0, "seed {at}: {expected:?}\n{text}");
                kept += 1;
            }
            OnDates::Exceeded(late) => {
                let found = Simulated { late: late.late_days, days: late.days, most: late.end.0 - late.due.0 };
                assert_eq!(found, expected, "seed {at}: {late:?}\n{text}");
                let codes: Vec<&str> = project.check().iter().map(|found| found.code).collect();
                assert!(codes.contains(&"T301") && !codes.contains(&"T307"), "seed {at}: {codes:?}");
                exceeded += 1;
            }
            OnDates::Unknown => {
                assert_eq!(expected.days, 0, "seed {at}: {expected:?}\n{text}");
                unknown += 1;
            }
            OnDates::MayExceed { .. } => panic!("seed {at}: no pause\n{text}"),
        }
    }
    println!("{kept} kept, {exceeded} exceeded, {by_parts} by their parts, {unknown} without data");
    assert!(kept > 0 && exceeded > 0, "{kept} kept, {exceeded} exceeded");
}

/// A process of the national calendar, with what is found in it.
fn found(header: &str, steps: &str) -> Vec<(&'static str, String)> {
    let text = format!(
        "cơ quan A \"Sở A\" {{ vai trò v \"Chuyên viên\" }}\nthủ tục t \"T\" {{\n cơ quan thực hiện: A\n {header}\n \
         quy trình {{\n{steps}\n }}\n}}\n"
    );
    let found = project(&text).check().into_iter().filter(|found| found.code.starts_with("T3"));
    found.map(|found| (found.code, found.message.en)).collect()
}

#[test]
fn tet_makes_working_days_long() {
    let steps = "bước a do v trong 3 ngày làm việc\nbước b do v trong 2 ngày { kết thúc: trả kết quả }";
    let found = found("thời hạn: 12 ngày\n hiệu lực: từ 01/01/2026", steps);
    // Received on 11 February 2026: Thursday, Friday, after Tết Monday 23; two days more.
    let expected =
        "Begun on 11/02/2026 it takes until 24:00 25/02/2026 and is due at 24:00 23/02/2026, beyond the limit";
    assert_eq!(found, [("T301", expected.to_string())]);
}

#[test]
fn a_pause_leaves_a_bound() {
    let steps = "bước a do v trong 1 ngày làm việc { hướng xử lý {\n đủ -> tiếp\n \
                 thiếu -> chờ bổ sung tối đa 30 ngày rồi b\n } }\n\
                 bước b do v trong 3 ngày { kết thúc: trả kết quả }";
    assert_eq!(found("thời hạn: 6 ngày làm việc\n hiệu lực: từ 01/01/2026", steps), []);
    let found = found("thời hạn: 3 ngày làm việc\n hiệu lực: từ 01/01/2026", steps);
    let expected = "Resumed after a pause on an unlucky day it may take up to 4 working days, \
                    more than the limit of 3 working days";
    assert_eq!(found, [("T301", expected.to_string())]);
}

/// A new stretch of the limit may begin on any day: no pause, and so no bound.
#[test]
fn a_restart_is_no_pause() {
    let steps = "bước a do v trong 1 ngày làm việc { hướng xử lý {\n đủ -> tiếp\n \
                 thiếu -> chờ bổ sung tối đa 30 ngày rồi quay lại a tối đa 1 lần, tính lại thời hạn\n } }\n\
                 bước b do v trong 3 ngày { kết thúc: trả kết quả }";
    assert_eq!(found("thời hạn: 4 ngày làm việc\n hiệu lực: từ 01/01/2026", steps), []);
}

#[test]
fn deadlines_on_another_clock_are_judged_by_the_day() {
    let steps = |deadline: &str| {
        format!(
            "bước a do v trong 4 giờ làm việc\nbước b do v trong 2 giờ làm việc {{ chậm nhất: {deadline}\n kết thúc: trả kết quả }}"
        )
    };
    let header = "thời hạn: 6 giờ làm việc\n hiệu lực: từ 01/01/2026";
    let found_for = |deadline: &str| found(header, &steps(deadline));
    // Tết of 2026: from the end of 13 February to the morning of the 23rd.
    assert_eq!(found_for("10 ngày kể từ bước a"), []);
    let found = found_for("12 giờ kể từ bước a");
    let expected = "Step “b”: Begun at 15:31 13/02/2026 it takes until 07:31 23/02/2026 and is due at 03:31 14/02/2026";
    assert_eq!(found, [("T310", expected.to_string())]);
    // An end on a day off moves to the next working day.
    assert_eq!(found_for("1 ngày kể từ tiếp nhận"), []);
}

#[test]
fn without_data_nothing_is_said_to_be_kept() {
    let steps = "bước a do v trong 1 ngày làm việc\nbước b do v trong 1 ngày { kết thúc: trả kết quả }";
    let codes = |header: &str| found(header, steps).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes("thời hạn: 9 ngày làm việc\n hiệu lực: từ 01/01/2031"), ["T307"]);
    assert_eq!(codes("thời hạn: 9 ngày làm việc"), [""; 0]);
    // Kind by kind it fits on any calendar.
    assert_eq!(codes("thời hạn: 1 ngày làm việc + 1 ngày\n hiệu lực: từ 01/01/2031"), [""; 0]);
}

#[test]
fn the_random_units_are_all_met() {
    let mut met = BTreeSet::new();
    for seed in 1..200_u64 {
        let process = Process::random(&mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1));
        met.extend(process.units());
    }
    assert_eq!(met, BTreeSet::from(Unit::ALL));
}
