//! A calendar as a list of days, walked one by one.

use super::Random;

pub const DAY: i64 = 1440;

/// The first day is Thursday, 1 January 2026; days are numbered from 0, minutes from its 00:00. What the compiler calls
/// the same moments lies further on, which no comparison of differences sees.
pub struct Office {
    open: Vec<bool>,
    off: Vec<i64>,
    made_up: Vec<i64>,
    hours: Vec<(i64, i64)>,
}

/// Days of the months of 2026.
const MONTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Day and month of a day of 2026.
fn civil(day: i64) -> (i64, usize) {
    let (mut left, mut month) = (day, 0);
    while left >= MONTHS[month] {
        left -= MONTHS[month];
        month += 1;
    }
    (left, month)
}

fn written(day: i64) -> String {
    let (day, month) = civil(day);
    format!("{:02}/{:02}/2026", day + 1, month + 1)
}

impl Office {
    /// Some months of 2026, with a long holiday in it.
    pub fn random(random: &mut Random) -> Office {
        let length = 60 + random.below(200) as i64;
        let holiday = random.below(50) as i64;
        let long = random.below(9) as i64;
        let mut off: Vec<i64> = (holiday..holiday + long).collect();
        off.extend((0..random.below(4)).map(|_| 50 + random.below(150) as i64));
        let weekend = |day: i64| matches!((day + 3) % 7, 5 | 6);
        let saturdays: Vec<i64> = (0..length).filter(|day| (day + 3) % 7 == 5).collect();
        let made_up: Vec<i64> =
            (0..random.below(3)).map(|_| saturdays[random.below(saturdays.len() as u64) as usize]).collect();
        let open = (0..length).map(|day| made_up.contains(&day) || !(weekend(day) || off.contains(&day))).collect();
        let hours = match random.below(3) {
            0 => vec![(450, 690), (780, 1020)],
            1 => vec![(480, 720), (810, 1050)],
            _ => vec![(420, 660), (690, 930)],
        };
        Office { open, off, made_up, hours }
    }

    pub fn days(&self) -> i64 {
        self.open.len() as i64
    }

    pub fn is_open(&self, day: i64) -> bool {
        self.open[day as usize]
    }

    pub fn minutes(&self) -> &[(i64, i64)] {
        &self.hours
    }

    /// Where a procedure names it, it is that procedure's.
    pub fn text(&self) -> String {
        let list = |days: &[i64]| days.iter().map(|day| written(*day)).collect::<Vec<_>>().join(", ");
        let clock = |minute: i64| format!("{}:{:02}", minute / 60, minute % 60);
        let hours: Vec<String> =
            self.hours.iter().map(|(from, to)| format!("{} - {}", clock(*from), clock(*to))).collect();
        let mut text = format!(
            "lịch c {{\n có dữ liệu: từ 01/01/2026 đến {}\n nghỉ hằng tuần: thứ bảy, chủ nhật\n giờ làm việc: {}\n",
            written(self.days() - 1),
            hours.join(", ")
        );
        for (key, days) in [("ngày nghỉ", &self.off), ("ngày làm bù", &self.made_up)] {
            if !days.is_empty() {
                text += &format!(" {key}: {}\n", list(days));
            }
        }
        text + "}\n"
    }

    fn open_day(&self, day: i64) -> Option<bool> {
        usize::try_from(day).ok().and_then(|day| self.open.get(day)).copied()
    }

    /// Works minute by minute, part of a day by part of a day.
    pub fn work(&self, at: i64, minutes: i64) -> Option<i64> {
        let (mut at, mut left) = (at, minutes);
        while left > 0 {
            let day = at.div_euclid(DAY);
            let mut ahead = self.hours.iter().map(|(from, to)| ((day * DAY + from).max(at), day * DAY + to));
            let Some((from, to)) = ahead.find(|(from, to)| from < to && self.open_day(day) == Some(true)) else {
                self.open_day(day)?;
                at = (day + 1) * DAY;
                continue;
            };
            let worked = left.min(to - from);
            (at, left) = (from + worked, left - worked);
        }
        Some(at)
    }

    /// Hours, night and day.
    pub fn pass(&self, at: i64, minutes: i64) -> Option<i64> {
        self.open_day(Office::closing(at + minutes)).map(|_| at + minutes)
    }

    /// The day that is going on; at midnight, the one that has ended.
    fn closing(at: i64) -> i64 {
        (at - 1).div_euclid(DAY)
    }

    fn end_of_open(&self, mut day: i64) -> Option<i64> {
        while !self.open_day(day)? {
            day += 1;
        }
        Some((day + 1) * DAY)
    }

    /// So many days, the first not counted.
    pub fn days_later(&self, at: i64, days: i64) -> Option<i64> {
        self.end_of_open(Office::closing(at) + days)
    }

    pub fn month_later(&self, at: i64) -> Option<i64> {
        let (day, month) = civil(Office::closing(at));
        let before: i64 = MONTHS[..=month].iter().sum();
        let length = MONTHS.get(month + 1)?;
        self.end_of_open(before + day.min(length - 1))
    }

    pub fn end_of_day(at: i64) -> i64 {
        (Office::closing(at) + 1) * DAY
    }
}
