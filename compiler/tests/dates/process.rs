//! Random processes whose ways can be listed: rows, steps that may be skipped, branches.

use super::Random;
use super::office::{DAY, Office};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    WorkingDays,
    WorkingHours,
    Days,
    Hours,
    Month,
}

impl Unit {
    pub const ALL: [Unit; 5] = [Unit::WorkingDays, Unit::WorkingHours, Unit::Days, Unit::Hours, Unit::Month];

    fn is_working(self) -> bool {
        matches!(self, Unit::WorkingDays | Unit::WorkingHours)
    }
}

/// Half units of days, whole ones of the others.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    pub unit: Unit,
    pub count: i64,
}

impl Amount {
    fn random(random: &mut Random, large: bool) -> Amount {
        let unit = match random.below(20) {
            0..8 => Unit::WorkingDays,
            8..11 => Unit::WorkingHours,
            11..16 => Unit::Days,
            16..19 => Unit::Hours,
            _ => Unit::Month,
        };
        let most = match (unit, large) {
            (Unit::Month, _) => 1,
            (Unit::WorkingHours | Unit::Hours, _) => 30,
            (_, true) => 20,
            (_, false) => 6,
        };
        Amount { unit, count: 1 + random.below(most) as i64 }
    }

    fn text(self) -> String {
        let unit = match self.unit {
            Unit::WorkingDays => "ngày làm việc",
            Unit::WorkingHours => "giờ làm việc",
            Unit::Days => "ngày",
            Unit::Hours => "giờ",
            Unit::Month => "tháng",
        };
        format!("{} {unit}", self.count)
    }

    fn minutes(self) -> i64 {
        match self.unit {
            Unit::WorkingDays => self.count * 480,
            Unit::Days => self.count * DAY,
            _ => self.count * 60,
        }
    }

    fn end(self, office: &Office, at: i64) -> Option<i64> {
        match self.unit {
            Unit::WorkingDays | Unit::WorkingHours => office.work(at, self.minutes()),
            Unit::Days => office.days_later(at, self.count),
            Unit::Hours => office.pass(at, self.minutes()),
            Unit::Month => office.month_later(at),
        }
    }
}

#[derive(Debug, Clone)]
enum Item {
    Step(Amount),
    /// It may be left out.
    Optional(Amount),
    /// All branches, or the first that is done.
    Fork(Vec<Vec<Amount>>, bool),
}

/// A way: what is done, one after another.
pub struct Way<'p>(Vec<&'p Item>);

impl Way<'_> {
    /// When it is over.
    pub fn end(&self, office: &Office, start: i64) -> Option<i64> {
        let row = |at: i64, steps: &[Amount]| steps.iter().try_fold(at, |at, step| step.end(office, at));
        self.0.iter().try_fold(start, |at, item| match item {
            Item::Step(step) | Item::Optional(step) => step.end(office, at),
            Item::Fork(branches, all) => {
                let ends: Vec<Option<i64>> = branches.iter().map(|branch| row(at, branch)).collect();
                // What goes on beyond the data ends after everything else.
                let known = ends.iter().copied().collect::<Option<Vec<i64>>>();
                if *all { known?.into_iter().max() } else { ends.into_iter().flatten().min() }
            }
        })
    }

    /// Minutes on one clock.
    fn minutes(&self, working: bool) -> i64 {
        let row = |steps: &[Amount]| -> i64 {
            steps.iter().filter(|step| step.unit.is_working() == working).map(|step| step.minutes()).sum()
        };
        let item = |item: &&Item| match item {
            Item::Step(step) | Item::Optional(step) => row(&[*step]),
            Item::Fork(branches, all) => {
                let times = branches.iter().map(|branch| row(branch));
                if *all { times.max().unwrap_or(0) } else { times.min().unwrap_or(0) }
            }
        };
        self.0.iter().map(item).sum()
    }
}

pub struct Process {
    items: Vec<Item>,
    limit: Vec<Amount>,
}

impl Process {
    pub fn random(random: &mut Random) -> Process {
        let mut items = Vec::new();
        for _ in 0..1 + random.below(4) {
            items.push(match random.below(6) {
                0 => Item::Optional(Amount::random(random, false)),
                1 => {
                    let branches = 2 + random.below(2);
                    let row =
                        |random: &mut Random| (0..1 + random.below(2)).map(|_| Amount::random(random, false)).collect();
                    let branches = (0..branches).map(|_| row(random)).collect();
                    Item::Fork(branches, random.below(2) == 0)
                }
                _ => Item::Step(Amount::random(random, false)),
            });
        }
        let limit = (0..1 + random.below(2)).map(|_| Amount::random(random, true)).collect();
        Process { items, limit }
    }

    fn amounts(&self) -> Vec<Amount> {
        let mut all = self.limit.clone();
        for item in &self.items {
            match item {
                Item::Step(step) | Item::Optional(step) => all.push(*step),
                Item::Fork(branches, _) => all.extend(branches.iter().flatten()),
            }
        }
        all
    }

    pub fn units(&self) -> Vec<Unit> {
        self.amounts().iter().map(|amount| amount.unit).collect()
    }

    pub fn is_mixed(&self) -> bool {
        let units = self.units();
        units.contains(&Unit::Month) || units.iter().any(|unit| unit.is_working() != units[0].is_working())
    }

    pub fn limit_by_hours(&self) -> bool {
        self.limit.iter().all(|amount| matches!(amount.unit, Unit::WorkingHours | Unit::Hours))
    }

    /// Whole days end with their last day.
    pub fn due(&self, office: &Office, start: i64) -> Option<i64> {
        let end = self.limit.iter().try_fold(start, |at, amount| amount.end(office, at))?;
        let by_days = self.limit.iter().all(|amount| !matches!(amount.unit, Unit::WorkingHours | Unit::Hours));
        Some(if by_days { Office::end_of_day(end) } else { end })
    }

    /// Each kind of time is within its own part of the limit.
    pub fn fits_part_by_part(&self) -> bool {
        let steps = &self.amounts()[self.limit.len()..];
        let allowed = |working| -> i64 {
            let own = self.limit.iter().filter(|part| part.unit != Unit::Month && part.unit.is_working() == working);
            own.map(|part| part.minutes()).sum()
        };
        let fits = |working| self.ways().iter().all(|way| way.minutes(working) <= allowed(working));
        steps.iter().all(|step| step.unit != Unit::Month) && fits(true) && fits(false)
    }

    /// Every choice, each way written out.
    pub fn ways(&self) -> Vec<Way<'_>> {
        let mut ways = vec![Vec::new()];
        for item in &self.items {
            let without = if matches!(item, Item::Optional(_)) { ways.clone() } else { Vec::new() };
            ways.iter_mut().for_each(|way| way.push(item));
            ways.extend(without);
        }
        ways.into_iter().map(Way).collect()
    }

    pub fn text(&self) -> String {
        let limit: Vec<String> = self.limit.iter().map(|part| part.text()).collect();
        let mut text = format!(
            "cơ quan A \"Sở A\" {{ vai trò v \"Chuyên viên\" }}\nthủ tục t \"T\" {{\n cơ quan thực hiện: A\n lịch: c\n \
             thời hạn: {}\n quy trình {{\n",
            limit.join(" + ")
        );
        let mut number = 0;
        let mut step = |amount: &Amount, tail: &str| {
            number += 1;
            format!("  bước s{number} do v trong {}{tail}\n", amount.text())
        };
        for (at, item) in self.items.iter().enumerate() {
            match item {
                Item::Step(amount) => text += &step(amount, ""),
                Item::Optional(amount) => {
                    text += &format!(
                        "  bước o{at} do v trong 0 phút {{ hướng xử lý {{\n   làm -> tiếp\n   bỏ -> j{at}\n  }} }}\n"
                    );
                    text += &step(amount, "");
                    text += &format!("  bước j{at} do v trong 0 phút\n");
                }
                Item::Fork(branches, all) => {
                    let join = if *all { "tất cả" } else { "ít nhất 1 nhánh" };
                    text += &format!("  song song p{at} chờ {join} {{\n");
                    for (branch, steps) in branches.iter().enumerate() {
                        let rows: String = steps.iter().map(|amount| step(amount, "")).collect();
                        text += &format!("  nhánh n{at}_{branch} {{\n{rows}  }}\n");
                    }
                    text += "  }\n";
                }
            }
        }
        text + "  bước z do v không tính thời hạn { loại: trả kết quả }\n }\n}\n"
    }
}
