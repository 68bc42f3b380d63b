//! What every source is brought to before it is written: tables and graphs alike.

/// A file to be written.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Said at the top of the file.
    pub remarks: Vec<Remark>,
    /// Who occurs.
    pub agencies: Vec<Agency>,
    /// Calendars and forms of the source's own.
    pub declared: Vec<Declared>,
    /// One or more.
    pub procedures: Vec<Procedure>,
}

/// A calendar or form.
#[derive(Debug)]
pub(super) struct Declared {
    /// `lịch`, `biểu mẫu`
    pub keyword: &'static str,
    /// Its name in the file.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Attributes as they are written.
    pub lines: Vec<String>,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remark {
    /// A text of the source that has no other place.
    Kept(String),
    /// Somebody has to look at it.
    Open(String),
}

/// An agency, or a unit of one.
#[derive(Debug, Default)]
pub(super) struct Agency {
    /// Its name in the file.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Attributes as they are written.
    pub lines: Vec<String>,
    /// Roles: name, label, attributes.
    pub roles: Vec<(String, String, Vec<String>)>,
    /// Units.
    pub units: Vec<Agency>,
    /// Statements that name roles and units.
    pub last: Vec<String>,
}

/// A procedure.
#[derive(Debug, Default)]
pub(super) struct Procedure {
    /// Its name in the file.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Said above it.
    pub remarks: Vec<Remark>,
    /// Attributes as they are written.
    pub lines: Vec<String>,
    /// Lines of `thành phần hồ sơ`.
    pub papers: Vec<String>,
    /// Lines of `thông tin hồ sơ`.
    pub fields: Vec<String>,
    /// Attributes of `quy trình` as they are written.
    pub process: Vec<String>,
    /// The rows.
    pub body: Vec<Item>,
}

/// Something in a process.
#[derive(Debug)]
pub(super) enum Item {
    Remark(Remark),
    Step(Box<Step>),
    /// `giai đoạn` or `song song` with what stands in it.
    Block(Block),
}

/// A block with items.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// What stands before its name: `giai đoạn`, `song song`, `nhánh`.
    pub keyword: &'static str,
    /// Its name in the file.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What stands behind the label: `chờ tất cả`.
    pub tail: String,
    /// Attributes as they are written.
    pub lines: Vec<String>,
    /// What is in it.
    pub items: Vec<Item>,
}

/// A step.
#[derive(Debug, Default)]
pub(super) struct Step {
    /// Its number or name in the file.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Who does it, as it is written.
    pub who: Option<String>,
    /// How long it takes.
    pub time: Time,
    /// Attributes as they are written.
    pub lines: Vec<String>,
    /// Where it goes on.
    pub exits: Exits,
    /// Said above it.
    pub remarks: Vec<Remark>,
}

/// The time of a step, as it is written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) enum Time {
    /// Nothing is written: the stage has a limit.
    #[default]
    Shared,
    /// `không quy định`
    Unknown,
    /// `2 ngày làm việc`
    Within(String),
    /// Not counted: the wait's own limit, and why.
    Uncounted(Option<String>, Option<String>),
}

/// Where a step goes on.
#[derive(Debug, Default)]
pub(super) enum Exits {
    /// To the next row.
    #[default]
    Next,
    /// A statement: `chuyển: bước 3`, `kết thúc: trả kết quả`.
    Only(String),
    /// Somebody decides.
    Outcomes(Vec<Way>),
    /// Guards decide.
    Guards(Vec<Way>),
}

/// A line of `hướng xử lý` or `rẽ nhánh`.
#[derive(Debug)]
pub(super) struct Way {
    /// What stands before the arrow.
    pub head: String,
    /// What stands behind it.
    pub target: String,
    /// Attributes as they are written.
    pub lines: Vec<String>,
}
