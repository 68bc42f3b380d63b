//! Agencies, units, roles, forms, calendars.

use super::Named;
use crate::source::Place;
use tthc_grammar::tree::Date;

/// An agency, unit or role, by its place in [`super::Model::orgs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrgId(pub usize);

/// Agency, unit or role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrgKind {
    /// `cơ quan`
    Agency,
    /// `bộ phận`
    Unit,
    /// `vai trò`
    Role,
}

/// Days from … to …, both included; an open end where none is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// An agency, a unit or a role.
#[derive(Debug, Clone)]
pub struct Org {
    /// Which of the three.
    pub kind: OrgKind,
    /// Its name.
    pub named: Named,
    /// What it is called.
    pub label: String,
    /// What it belongs to.
    pub parent: Option<OrgId>,
    /// What belongs to it.
    pub members: Vec<OrgId>,
    /// `mã`
    pub code: Option<String>,
    /// Where it is said.
    pub code_place: Option<Place>,
    /// `cấp`
    pub level: Option<&'static str>,
    /// `loại`
    pub agency_kind: Option<&'static str>,
    /// `một cửa: có`
    pub one_stop: bool,
    /// `thẩm quyền ký: có`
    pub may_sign: bool,
    /// `lịch`
    pub calendar: Option<usize>,
    /// `tiếp nhận sau 15 giờ: tính từ ngày làm việc tiếp theo`
    pub after_three: bool,
    /// `hiệu lực`
    pub in_force: Period,
    /// `cử … đến …`: who, to which one-stop unit.
    pub postings: Vec<(OrgId, OrgId)>,
    /// `ủy quyền … thay … tại …`
    pub delegations: Vec<Delegation>,
    /// `phân công … ký thay …`
    pub assignments: Vec<Delegation>,
    /// `ghi chú`
    pub notes: Vec<String>,
    /// The whole declaration.
    pub declaration: Place,
}

/// Someone who signs for someone else.
#[derive(Debug, Clone)]
pub struct Delegation {
    /// Who signs.
    pub who: OrgId,
    /// For whom.
    pub replaces: OrgId,
    /// At which one-stop unit.
    pub at: Option<OrgId>,
    /// `theo`: the document.
    pub under: Option<String>,
    /// `phạm vi`: kinds of steps.
    pub scope: Vec<&'static str>,
    /// `hiệu lực`
    pub in_force: Period,
    /// `ghi chú`
    pub notes: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its name.
    pub named: Named,
    /// What it is called.
    pub label: String,
    /// When it holds.
    pub in_force: Period,
    /// It comes from the standard library.
    pub statutory: bool,
    /// Texts by key: `mã`, `theo`, `mẫu`, `ghi chú`.
    pub texts: Vec<(tthc_grammar::keywords::Key, Vec<String>)>,
}

/// A calendar: working hours, days off and swapped days by date.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Its name.
    pub named: Named,
    /// What it is called.
    pub label: String,
    /// Minutes of the day, from and to.
    pub hours: Vec<(u32, u32)>,
    /// 1 Monday … 7 Sunday.
    pub weekly_rest: Vec<u8>,
    /// Weekdays off.
    pub days_off: Vec<Date>,
    /// Days of weekly rest that are worked.
    pub make_up_days: Vec<Date>,
    /// Outside of it nothing is known.
    pub known: Period,
    /// Texts by key: `căn cứ`, `ghi chú`.
    pub texts: Vec<(tthc_grammar::keywords::Key, Vec<String>)>,
}

impl Calendar {
    /// Its hours; where it names none, those of the `national` one.
    pub fn hours<'c>(&'c self, national: Option<&'c Calendar>) -> &'c [(u32, u32)] {
        let others = national.filter(|_| self.hours.is_empty());
        &others.unwrap_or(self).hours
    }

    /// Whose days off, swapped days and years hold beside its own: those of the `national` one, where it names no years.
    pub fn base<'c>(&self, national: Option<&'c Calendar>) -> Option<&'c Calendar> {
        national.filter(|_| self.known.from.is_none())
    }
}
