//! The tree of a file: what stands where, without any meaning.
//!
//! Every node carries its [`Span`] in the parsed text (see [`crate::text::Text`] for the way back to the
//! file as it stands). Where something could not be read there is [`Statement::Error`], [`Value::Error`] or
//! an empty `Option`, and one [`Problem`] that says so; later passes step over these silently.

use crate::keywords::Key;

/// A range of bytes in the parsed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One behind the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start: start as u32, end: end as u32 }
    }
    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// As a range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A name or one segment of a path, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written (NFC).
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A string, without its quotes and escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The content.
    pub value: String,
    /// With the quotes.
    pub span: Span,
}

/// A dotted path: `phòng_A.chuyên_viên`, `II.3`, or the number of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// At least one.
    pub segments: Vec<Name>,
    /// `bước` stood before it.
    pub step: bool,
    /// With `bước`.
    pub span: Span,
}

impl Path {
    /// The path as written, without `bước`.
    pub fn text(&self) -> String {
        self.segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(".")
    }
}

/// A parsed file.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// What stands at the top of the file.
    pub items: Vec<Statement>,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
    /// Comments, in order.
    pub comments: Vec<Comment>,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// With its marks.
    pub span: Span,
    /// `//`, `///` or `/* */`.
    pub kind: CommentKind,
}

/// How a comment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentKind {
    /// `// …`
    Line,
    /// `/// …`: documents the declaration below.
    Doc,
    /// `/* … */`
    Block,
}

/// One statement of a block.
#[derive(Debug, Clone)]
pub enum Statement {
    /// keyword, name, label, block
    Declaration(Declaration),
    /// `key: value`
    Attribute(Attribute),
    /// A line of `hướng xử lý` or `rẽ nhánh`.
    Arrow(Arrow),
    /// A line of `thông tin hồ sơ`.
    Field(Field),
    /// A line of `thành phần hồ sơ`.
    Paper(Paper),
    /// `không tính thời hạn ["…"]` as a statement.
    Uncounted(Uncounted),
    /// What could not be read; a [`Problem`] speaks of it.
    Error(Span),
}

/// What a declaration declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeclarationKind {
    /// `dùng`
    Import,
    /// `mặc định`
    Defaults,
    /// `cơ quan`
    Agency,
    /// `vai trò`
    Role,
    /// `bộ phận`
    Unit,
    /// `cử`
    Posting,
    /// `ủy quyền`
    Delegation,
    /// `phân công … ký thay …`
    Assignment,
    /// `biểu mẫu`
    Form,
    /// `lịch`
    Calendar,
    /// `thủ tục`
    Procedure,
    /// `quy trình` with a name
    SharedProcess,
    /// `trường hợp`
    Case,
    /// `quy trình {`
    Process,
    /// `sau khi trả kết quả`
    After,
    /// `thành phần hồ sơ`
    Papers,
    /// `thông tin hồ sơ`
    Fields,
    /// `điện tử {`
    Electronic,
    /// `giai đoạn`
    Stage,
    /// `bước`
    Step,
    /// `song song`
    Parallel,
    /// `nhánh`
    Branch,
    /// `phần dùng chung`
    Part,
    /// `chèn`
    Insert,
    /// `liên thông thủ tục`
    Call,
    /// `hướng xử lý`
    Outcomes,
    /// `rẽ nhánh`
    Choice,
}

/// A declaration: keyword, name, label, what its kind puts in the head, block.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// What is declared.
    pub kind: DeclarationKind,
    /// The whole statement.
    pub span: Span,
    /// From the keyword to before the block.
    pub head_span: Span,
    /// The name; none where the kind has none or it is missing.
    pub name: Option<Name>,
    /// The label.
    pub label: Option<Text>,
    /// What the kind puts between label and block.
    pub head: Head,
    /// The block; none where there is none.
    pub block: Option<Block>,
    /// `///` comments directly above.
    pub doc: Option<String>,
}

/// The content of `{ … }`.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// In order.
    pub statements: Vec<Statement>,
    /// With the braces.
    pub span: Span,
    /// Something in it could not be read, so nothing may be called missing.
    pub broken: bool,
}

/// What stands in a declaration's head.
#[derive(Debug, Clone, Default)]
#[expect(clippy::large_enum_variant, reason = "most heads are those of steps, the largest")]
pub enum Head {
    /// Nothing.
    #[default]
    Plain,
    /// The paths of `dùng`.
    Import(Vec<Text>),
    /// `do …`, `trong …`, `không tính thời hạn …`
    Step(StepHead),
    /// `chờ …`
    Join(Join),
    /// Parameters of a shared part.
    Parameters(Vec<Name>),
    /// Arguments and `đặt tên` of an insertion.
    Insert {
        /// In order.
        arguments: Vec<Argument>,
        /// The name that prefixes the inserted steps.
        alias: Option<Name>,
    },
    /// `(own = theirs)` of a call.
    Mapping(Vec<(Name, Name)>),
    /// `khi …` of a case.
    Guard(Guard),
    /// `cử A, B đến C`
    Posting {
        /// Who.
        who: Vec<Path>,
        /// Where to.
        to: Path,
    },
    /// `ủy quyền A thay B [tại C]`, `phân công A ký thay B`
    Substitution {
        /// Who signs.
        who: Path,
        /// For whom.
        replaces: Path,
        /// Where.
        at: Option<Path>,
    },
}

/// The clauses in a step's head.
#[derive(Debug, Clone, Default)]
pub struct StepHead {
    /// `do …`
    pub performers: Option<Performers>,
    /// `trong …`
    pub time: Option<Value>,
    /// `không tính thời hạn …`
    pub uncounted: Option<Uncounted>,
    /// A clause could not be read.
    pub broken: bool,
}

/// `không tính thời hạn ["lý do"]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncounted {
    /// Why.
    pub reason: Option<Text>,
    /// Where.
    pub span: Span,
}

/// How a parallel block waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Join {
    /// Not said.
    #[default]
    Unsaid,
    /// `chờ tất cả`
    All,
    /// `chờ ít nhất n nhánh`
    AtLeast(u32),
}

/// An argument of an insertion.
#[derive(Debug, Clone)]
pub enum Argument {
    /// A path.
    Path(Path),
    /// A duration.
    Amount(Amount),
    /// A string.
    Text(Text),
}

impl Argument {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Argument::Path(path) => path.span,
            Argument::Amount(amount) => amount.span,
            Argument::Text(text) => text.span,
        }
    }
}

/// `key: value, …`
#[derive(Debug, Clone)]
pub struct Attribute {
    /// The key; none where it is not known.
    pub key: Option<Key>,
    /// The key as written.
    pub key_span: Span,
    /// `X` of `phần của X:`
    pub argument: Option<Path>,
    /// At least one.
    pub values: Vec<Value>,
    /// `kể từ …`
    pub since: Option<Since>,
    /// `khi …`
    pub guard: Option<Guard>,
    /// The whole statement.
    pub span: Span,
}

/// From where a deadline counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// From the arrival of the dossier.
    Reception(Span),
    /// From the end of a step.
    Step(Path),
}

/// A value of an attribute.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(Text),
    /// A duration.
    Amount(Amount),
    /// A parameter of the shared part.
    Parameter(Name),
    /// `không quy định`
    Unstated(Span),
    /// A phrase of a closed list, in its standard spelling.
    Phrase(&'static str, Span),
    /// A whole number.
    Integer(u64, Span),
    /// A number.
    Number(Decimal),
    /// A date.
    Date(Date),
    /// From, to.
    Period(Date, Option<Date>),
    /// đồng
    Money(u64, Span),
    /// `7:30 - 11:30`, in minutes of the day.
    Hours(u32, u32, Span),
    /// Names of agencies, roles, forms.
    Performers(Performers),
    /// Where an arrow goes.
    Target(Target),
    /// `coi như đồng ý`
    AsAgreed(Span),
    /// `coi như <outcome>`
    AsOutcome(Name),
    /// `cảnh báo`
    Remind(Span),
    /// An end state.
    End(EndState, Span),
    /// Could not be read; a [`Problem`] speaks of it.
    Error(Span),
}

impl Value {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Value::Text(text) => text.span,
            Value::Amount(amount) => amount.span,
            Value::Number(number) => number.span,
            Value::Date(date) => date.span,
            Value::Period(from, to) => to.map_or(from.span, |to| from.span.to(to.span)),
            Value::Performers(performers) => performers.span(),
            Value::Target(target) => target.span,
            Value::AsOutcome(name) | Value::Parameter(name) => name.span,
            Value::Unstated(span)
            | Value::Phrase(_, span)
            | Value::Integer(_, span)
            | Value::Money(_, span)
            | Value::Hours(_, _, span)
            | Value::AsAgreed(span)
            | Value::Remind(span)
            | Value::End(_, span)
            | Value::Error(span) => *span,
        }
    }
}

/// A decimal number, exact: `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// All digits.
    pub mantissa: i64,
    /// Digits behind the comma.
    pub scale: u32,
    /// Where.
    pub span: Span,
}

/// A civil date that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i16,
    /// 1–12.
    pub month: i8,
    /// 1–31.
    pub day: i8,
    /// Where.
    pub span: Span,
}

/// A unit of time, as written; whether a bare day is a working day is a matter of meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// `phút`
    Minute,
    /// `giờ làm việc`
    WorkingHour,
    /// `ngày làm việc`
    WorkingDay,
    /// `giờ`
    Hour,
    /// `ngày`
    Day,
    /// `tháng`
    Month,
}

/// An amount of time as written: terms joined by `+`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// At least one.
    pub terms: Vec<Term>,
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// `numerator/denominator unit`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Above the line.
    pub numerator: i64,
    /// Below; never 0.
    pub denominator: i64,
    /// Of what.
    pub unit: Unit,
    /// Where.
    pub span: Span,
}

/// Who performs a step.
#[derive(Debug, Clone)]
pub enum Performers {
    /// One.
    One(Performer),
    /// `và` or `,`: jointly.
    All(Vec<Performers>, Span),
    /// `hoặc`: one of them.
    Any(Vec<Performers>, Span),
}

impl Performers {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Performers::One(performer) => performer.span,
            Performers::All(_, span) | Performers::Any(_, span) => *span,
        }
    }
    /// Every performer, in order.
    pub fn each(&self) -> Vec<&Performer> {
        match self {
            Performers::One(performer) => vec![performer],
            Performers::All(list, _) | Performers::Any(list, _) => list.iter().flat_map(Performers::each).collect(),
        }
    }
}

/// One performer.
#[derive(Debug, Clone)]
pub struct Performer {
    /// Who.
    pub who: Who,
    /// `tại X`
    pub at: Option<Path>,
    /// The wording in print.
    pub wording: Option<Text>,
    /// Where.
    pub span: Span,
}

/// Who a performer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A role, a unit, an agency, a parameter.
    Path(Path),
    /// `người nộp`
    Applicant,
    /// `hệ thống`
    System,
    /// `nơi tiếp nhận`
    ReceivingUnit,
}

/// An end state of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EndState {
    /// `trả kết quả`
    Returned,
    /// `trả hồ sơ`
    HandedBack,
    /// `từ chối tiếp nhận`
    NotReceived,
    /// `từ chối giải quyết`
    Refused,
    /// `rút hồ sơ`
    Withdrawn,
    /// `dừng xử lý`
    Stopped,
}

impl EndState {
    /// All, in the order of [`crate::keywords::END_STATES`].
    pub const ALL: [EndState; 6] = [
        EndState::Returned,
        EndState::HandedBack,
        EndState::NotReceived,
        EndState::Refused,
        EndState::Withdrawn,
        EndState::Stopped,
    ];
    /// The standard spelling.
    pub fn phrase(self) -> &'static str {
        crate::keywords::END_STATES[self as usize]
    }
}

/// A line of `hướng xử lý` or `rẽ nhánh`.
#[derive(Debug, Clone)]
pub struct Arrow {
    /// What the arrow is taken for.
    pub outcome: Outcome,
    /// Its label.
    pub label: Option<Text>,
    /// `khi …`
    pub guard: Option<Guard>,
    /// Where it goes; none where it could not be read.
    pub target: Option<Target>,
    /// What this outcome yields.
    pub block: Option<Block>,
    /// The whole line.
    pub span: Span,
    /// From the start to before the block.
    pub head_span: Span,
}

/// What stands before an arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The name of an outcome.
    Named(Name),
    /// An end of a called procedure.
    End(EndState, Span),
    /// `còn lại`
    Otherwise(Span),
    /// Only a guard (`rẽ nhánh`).
    Guarded,
}

/// Where an arrow goes and under which terms.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where.
    pub core: TargetCore,
    /// Its modifiers.
    pub modifiers: Modifiers,
    /// The whole.
    pub span: Span,
}

/// Where an arrow goes.
#[derive(Debug, Clone)]
pub enum TargetCore {
    /// `tiếp`
    Next(Span),
    /// A step, stage or block.
    To(Path),
    /// `quay lại X`
    Back(Path, Span),
    /// `kết thúc …`
    End {
        /// The state.
        state: EndState,
        /// `dừng mọi nhánh`
        stop_all: bool,
        /// Where.
        span: Span,
    },
    /// `chờ bổ sung …`, `chờ "…" …`
    Wait {
        /// None: a supplement.
        reason: Option<Text>,
        /// `tối đa …`
        limit: Option<Amount>,
        /// `rồi …`
        then: Box<TargetCore>,
        /// Where.
        span: Span,
    },
    /// Could not be read.
    Error(Span),
}

impl TargetCore {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            TargetCore::Next(span)
            | TargetCore::Back(_, span)
            | TargetCore::End { span, .. }
            | TargetCore::Wait { span, .. }
            | TargetCore::Error(span) => *span,
            TargetCore::To(path) => path.span,
        }
    }
}

/// What limits an arrow.
#[derive(Debug, Clone, Default)]
pub struct Modifiers {
    /// `tối đa n lần`
    pub max_times: Option<(u32, Span)>,
    /// `hết lượt -> Y`
    pub exhausted: Option<Box<TargetCore>>,
    /// `trong <duration>`
    pub each_round: Option<Amount>,
    /// … `tất cả`
    pub all_rounds: bool,
    /// `trong thời gian đã định`
    pub set_time: Option<Span>,
    /// `tính lại thời hạn`
    pub restart: Option<Span>,
    /// What is said a second time: where first, where again. Both ways to say what a round costs are one.
    pub repeated: Vec<(Span, Span)>,
}

/// A condition on the dossier and on earlier outcomes.
#[derive(Debug, Clone)]
pub struct Guard {
    /// What it says.
    pub kind: GuardKind,
    /// Where.
    pub span: Span,
}

/// What a guard says.
#[derive(Debug, Clone)]
pub enum GuardKind {
    /// `hoặc`
    Or(Vec<Guard>),
    /// `và`
    And(Vec<Guard>),
    /// `không`
    Not(Box<Guard>),
    /// `left = right`, …
    Compare(Path, Operator, Literal),
    /// `left thuộc { … }`
    In(Path, Vec<Literal>),
    /// A field that is có/không.
    Holds(Path),
    /// `có "…"`
    Event(Text),
    /// Could not be read.
    Error,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    AtMost,
    /// `>`
    Greater,
    /// `≥`
    AtLeast,
}

/// The right side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// A value of an enumeration or an outcome.
    Name(Name),
    /// A number.
    Number(Decimal),
    /// `có`, `không`
    Flag(bool, Span),
    /// A string.
    Text(Text),
}

impl Literal {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Literal::Name(name) => name.span,
            Literal::Number(number) => number.span,
            Literal::Flag(_, span) => *span,
            Literal::Text(text) => text.span,
        }
    }
}

/// A line of `thông tin hồ sơ`.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// What it holds; none where it could not be read.
    pub kind: Option<FieldKind>,
    /// The whole line.
    pub span: Span,
}

/// What a dossier field holds.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// `có/không`
    Flag,
    /// `số ["unit"]`
    Number(Option<Text>),
    /// `a | b | c`
    Values(Vec<(Name, Option<Text>)>),
}

/// A line of `thành phần hồ sơ`.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What the paper is called.
    pub title: Text,
    /// Copies, template.
    pub block: Option<Block>,
    /// The whole line.
    pub span: Span,
}

/// Something wrong with the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
}

/// What is wrong with the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// Cannot be read; what was expected there.
    Unreadable(Expected),
    /// Something is missing.
    Missing(Expected),
    /// `{` that is not closed.
    UnclosedBlock,
    /// `"` that is not closed.
    UnclosedString,
    /// `/*` that is not closed.
    UnclosedComment,
    /// `}` that closes nothing.
    StrayBrace,
    /// An invisible or control character.
    Character(char),
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// `0.5`; with the number as it should be written.
    ForeignNumber(Option<String>),
    /// A date that does not exist.
    NoSuchDate,
    /// Too large to count with.
    TooLargeNumber,
    /// More than this many open braces or parentheses.
    TooDeep(usize),
    /// A file of more than this many bytes.
    TooLarge(usize),
    /// A known slip; with the text to put in place of `Problem::span`.
    Slip(Slip, String),
}

/// Slips that have a fix of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// A guard behind the target.
    GuardAfterTarget,
    /// `chờ bổ sung tối đa 1 lần rồi …`
    TimesInWait,
    /// `2 ngày 4 giờ` without `+`
    MissingPlus,
    /// `hiệu lực: 01/03/2020` without `từ`
    MissingFrom,
    /// `và` and `hoặc` among performers without parentheses
    MixedPerformers,
    /// Key and value without `:`
    MissingColon,
    /// `bước` outside `quy trình`, `nhánh` outside `song song`
    Misplaced,
}

/// What was expected at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expected {
    /// A statement at the top of a file.
    TopStatement,
    /// A statement of this kind of block.
    StatementIn(DeclarationKind),
    /// An attribute.
    Attribute,
    /// `name -> target`
    Arrow,
    /// `->`
    ArrowSign,
    /// Where the arrow goes.
    Target,
    /// A condition.
    Guard,
    /// A name.
    Name,
    /// A string.
    Text,
    /// A duration.
    Duration,
    /// Names of agencies or roles.
    Names,
    /// A value of the key.
    Value(Key),
    /// `do …`, `trong …` or `{`
    StepHead,
    /// `{`
    OpenBrace,
    /// `rồi <target>`
    Then,
    /// An end state.
    EndState,
    /// `n nhánh`
    BranchCount,
    /// The type of a field.
    FieldType,
    /// A field.
    Field,
    /// A paper.
    Paper,
    /// `:`
    Colon,
}
