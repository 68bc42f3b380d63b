//! The regulations on the one-stop mechanism: Decree 61/2018/NĐ-CP, then Decree 118/2025/NĐ-CP.

use crate::analysis::authority::days::{Day, day};
use crate::model::organization::Period;

/// Minutes of a working day.
const DAY: i64 = crate::model::time::WORKING_DAY;

/// What an article says, and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article {
    /// As it is cited.
    pub text: &'static str,
    /// Its own words were read; otherwise it is known from what others write, and no error rests on it.
    pub read: bool,
}

/// A time that an article allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Minutes of working time.
    pub minutes: i64,
    /// Where it stands.
    pub article: Article,
}

/// What holds from one day to another.
#[derive(Debug, PartialEq, Eq)]
pub struct Regime {
    /// `NĐ 61/2018`
    pub name: &'static str,
    /// The first day.
    pub from: Day,
    /// The last day; none where it still holds.
    pub to: Option<Day>,
    /// A supplement may be asked for once.
    pub one_supplement: Article,
    /// An insufficient dossier goes back within so much time after receipt; none where no number is known.
    pub returned: Option<Allowance>,
    /// A refusal is made within the time limit.
    pub refusal: Article,
    /// A dossier reaches the agency that resolves it so soon after receipt.
    pub hand_over: Allowance,
    /// A consultation states content and deadline.
    pub consultation: Article,
    /// Linked agencies: work and limit of each are stated when the dossier is handed over.
    pub linked: Article,
}

/// All regimes, in their order.
pub static REGIMES: [Regime; 2] = [
    Regime {
        name: "NĐ 61/2018",
        from: (2018, 6, 21),
        to: Some((2025, 6, 30)),
        one_supplement: read("Điểm c khoản 2 Điều 11, điểm a khoản 2 Điều 17 Nghị định 61/2018/NĐ-CP"),
        returned: Some(Allowance {
            minutes: 3 * DAY, article: read("Khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP")
        }),
        refusal: read("Khoản 8 Điều 19 Nghị định 61/2018/NĐ-CP"),
        hand_over: Allowance { minutes: DAY, article: read("Điều 18 Nghị định 61/2018/NĐ-CP") },
        consultation: read("Khoản 5 Điều 19 Nghị định 61/2018/NĐ-CP"),
        linked: read("Khoản 6 Điều 19 Nghị định 61/2018/NĐ-CP"),
    },
    Regime {
        name: "NĐ 118/2025",
        from: (2025, 7, 1),
        to: None,
        one_supplement: known("Điều 11 Nghị định 118/2025/NĐ-CP (dẫn theo văn bản khác)"),
        returned: None,
        refusal: known("Nghị định 118/2025/NĐ-CP (dẫn theo văn bản khác)"),
        hand_over: Allowance {
            minutes: DAY,
            article: known("Nghị định 118/2025/NĐ-CP, theo quy định của các tỉnh về chuyển hồ sơ giấy"),
        },
        consultation: known("Nghị định 118/2025/NĐ-CP (dẫn theo văn bản khác)"),
        linked: known("Nghị định 118/2025/NĐ-CP (dẫn theo văn bản khác)"),
    },
];

const fn read(text: &'static str) -> Article {
    Article { text, read: true }
}

const fn known(text: &'static str) -> Article {
    Article { text, read: false }
}

/// The regimes under which a process stands on some of these days; none where it is not said when they begin.
pub fn during(days: Period) -> impl Iterator<Item = &'static Regime> {
    REGIMES.iter().filter(move |regime| {
        let Some(from) = days.from.map(day) else { return false };
        regime.to.is_none_or(|to| from <= to) && days.to.map(day).is_none_or(|to| regime.from <= to)
    })
}

impl Regime {
    /// Whether a period overlaps with it.
    pub fn meets(&self, period: Period) -> bool {
        period.from.is_none_or(|from| self.to.is_none_or(|to| day(from) <= to))
            && period.to.is_none_or(|to| self.from <= day(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tthc_grammar::tree::{Date, Span};

    fn names(from: Option<Day>, to: Option<Day>) -> Vec<&'static str> {
        let date = |(year, month, day): Day| Date { year, month, day, span: Span::default() };
        during(Period { from: from.map(date), to: to.map(date) }).map(|regime| regime.name).collect()
    }

    #[test]
    fn the_days_decide_the_regime() {
        assert_eq!(names(Some((2020, 1, 1)), Some((2025, 6, 30))), ["NĐ 61/2018"]);
        assert_eq!(names(Some((2025, 7, 1)), None), ["NĐ 118/2025"]);
        assert_eq!(names(Some((2020, 1, 1)), None), ["NĐ 61/2018", "NĐ 118/2025"]);
        assert!(names(Some((2010, 1, 1)), Some((2018, 6, 20))).is_empty());
        assert!(names(None, None).is_empty());
    }

    #[test]
    fn regimes_follow_each_other_without_a_gap() {
        for pair in REGIMES.windows(2) {
            assert_eq!(pair[0].to.map(crate::analysis::authority::days::after), Some(pair[1].from));
        }
    }
}
