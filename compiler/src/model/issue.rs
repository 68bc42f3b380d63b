//! What is wrong with names and structure, as plain data; the rules turn it into words.

use crate::model::time::Uncountable;
use crate::source::Place;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::{DeclarationKind, Outcome};

/// Something wrong, found while names were resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What.
    pub kind: IssueKind,
    /// Where.
    pub place: Place,
    /// The places that inserted the shared part in which it stands, outermost first.
    pub inserted_at: Vec<Place>,
    /// The procedure, process or part in which it stands.
    pub procedure: Option<String>,
    /// Found by reading a part or process that nothing uses.
    pub unused: bool,
}

impl Issue {
    /// An issue outside of any flow.
    pub fn new(place: Place, kind: IssueKind) -> Issue {
        Issue { kind, place, inserted_at: Vec::new(), procedure: None, unused: false }
    }
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// `cơ quan`
    Agency,
    /// `vai trò`, `bộ phận`
    Role,
    /// Any of the two.
    Performer,
    /// `bước`, `giai đoạn`, `song song`
    Step,
    /// `giai đoạn`
    Stage,
    /// `nhánh`
    Branch,
    /// A field of `thông tin hồ sơ`.
    Field,
    /// A value of a field.
    Value,
    /// An outcome of a step.
    Outcome,
    /// A field or a step, on the left of a comparison.
    FieldOrStep,
    /// `phần dùng chung`
    Part,
    /// A parameter of a part.
    Parameter,
    /// `thủ tục`
    Procedure,
    /// `quy trình` that stands alone.
    Process,
    /// `trường hợp`
    Case,
    /// `biểu mẫu`
    Form,
    /// `lịch`
    Calendar,
    /// A way of notifying.
    Channel,
}

impl What {
    /// What is declared at the top of a file under such a name.
    pub(crate) fn declared_as(self) -> Option<DeclarationKind> {
        Some(match self {
            What::Agency | What::Performer => DeclarationKind::Agency,
            What::Procedure => DeclarationKind::Procedure,
            What::Process => DeclarationKind::SharedProcess,
            What::Part => DeclarationKind::Part,
            What::Form => DeclarationKind::Form,
            What::Calendar => DeclarationKind::Calendar,
            _ => return None,
        })
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueSort {
    /// A string.
    Text,
    /// A duration.
    Duration,
    /// A period of dates.
    Period,
    /// A date.
    Date,
    /// A number.
    Number,
    /// A whole number.
    Count,
    /// An amount of money.
    Money,
    /// Names that are declared.
    Names,
    /// A name that may be anything.
    Name,
    /// A phrase of a closed list.
    Phrase,
    /// `có` or `không`.
    Flag,
    /// An arrow's target.
    Target,
    /// An end state.
    End,
    /// Ranges of hours.
    Hours,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueKind {
    /// No such name in sight.
    Unknown {
        /// What it should name.
        what: What,
        /// As written.
        name: String,
        /// Names that are like it, best first.
        suggestions: Vec<String>,
        /// What it was sought in.
        within: Option<String>,
    },
    /// Follows from a mistake that is said elsewhere: not said, but nothing can be proved of what it stands in.
    Consequence,
    /// Several steps have the number that is referred to.
    Ambiguous {
        /// As written.
        name: String,
        /// Where they are.
        candidates: Vec<Place>,
    },
    /// Declared before.
    Duplicate {
        /// What.
        what: What,
        /// As written.
        name: String,
        /// Where first.
        first: Place,
    },
    /// Two imports bring a declaration of one name each.
    BroughtTwice {
        /// What.
        what: What,
        /// Where one of them is.
        first: Place,
        /// Where the other is.
        second: Place,
    },
    /// No such key.
    UnknownKey {
        /// As written.
        key: String,
        /// A key that is like it.
        suggestion: Option<Key>,
    },
    /// The key does not belong into this block.
    MisplacedKey {
        /// Which.
        key: Key,
        /// Into what it was put.
        block: DeclarationKind,
        /// Where it belongs.
        belongs: Vec<DeclarationKind>,
    },
    /// A block of this kind does not belong there.
    MisplacedBlock {
        /// Which.
        kind: DeclarationKind,
        /// Into what it was put.
        block: DeclarationKind,
    },
    /// The block, or what stands for it, was given before: this one would not be read.
    BlockTwice {
        /// Which.
        kind: DeclarationKind,
        /// The one that is read.
        first: Place,
    },
    /// The key was given before.
    KeyTwice {
        /// Which.
        key: Key,
        /// Where first.
        first: Place,
        /// The whole statement.
        statement: Place,
    },
    /// The key must be given.
    MissingKey {
        /// Which.
        key: Key,
        /// Of what.
        block: DeclarationKind,
    },
    /// `khi` or `kể từ` behind a value where it means nothing.
    ClauseMisplaced {
        /// Of which key.
        key: Key,
        /// `khi`, `kể từ`
        clause: &'static str,
    },
    /// `kể từ` is needed.
    MissingClause {
        /// Of which key.
        key: Key,
        /// `kể từ`
        clause: &'static str,
    },
    /// Two ways on in one step.
    TwoWaysOn {
        /// Where first.
        first: Place,
    },
    /// A modifier of an arrow is given a second time.
    ModifierTwice {
        /// Where first.
        first: Place,
    },
    /// A comparison by size with what has none.
    Unordered {
        /// The field.
        field: String,
    },
    /// `tối đa 0 lần`
    NoTimes,
    /// A line of `hướng xử lý` or `rẽ nhánh` begins with what lines of that block never begin with.
    WrongLine {
        /// What it begins with.
        start: Outcome,
        /// A step or a call, whose outcomes these are, or `rẽ nhánh`.
        block: DeclarationKind,
    },
    /// A stage, parallel block or branch with no steps.
    EmptyBlock(
        /// Which.
        DeclarationKind,
    ),
    /// The text of a row of the table stands behind the performer, whose wording in print it is there.
    TextBehindPerformer {
        /// The number of the step.
        number: String,
        /// Where the text belongs.
        behind: Place,
        /// Where the performer ends.
        performer: u32,
    },
    /// `quá hạn` on a step without a time that could be over.
    OverdueWithoutTime,
    /// A name that `tthc.toml` sets for the whole project and that a procedure does not know.
    UnknownInSettings {
        /// What it should name.
        what: What,
        /// The name.
        name: String,
    },
    /// `coi như đồng ý` on a step that has outcomes of its own.
    ConsentAmongOutcomes {
        /// Their names.
        outcomes: Vec<String>,
    },
    /// A period that ends before it begins.
    PeriodBackwards,
    /// `mức 2`, `mức 3`, `mức 4` where the words of today hold.
    OldOnlineLevel,
    /// The value is of another kind.
    WrongKind {
        /// The key, or none in a guard.
        key: Option<Key>,
        /// What is needed.
        expected: ValueSort,
        /// What stands there.
        found: ValueSort,
    },
    /// The phrase is not in the key's list.
    NotInList {
        /// The key.
        key: Key,
        /// The list.
        allowed: &'static [&'static str],
    },
    /// A duration that cannot be counted.
    Uncountable(Uncountable),
    /// The imported file is not there.
    ImportMissing {
        /// Files whose path is like it.
        suggestions: Vec<String>,
    },
    /// The imported file lies outside the project.
    ImportOutside,
    /// Imports go in a circle.
    ImportCircle(
        /// Paths, the first again at the end.
        Vec<String>,
    ),
    /// Insertions or calls go in a circle.
    Circle(
        /// Names, the first again at the end.
        Vec<String>,
    ),
    /// Shared parts that insert each other make too many steps.
    TooManyInserted {
        /// Most steps.
        steps: usize,
        /// Most insertions in a row.
        depth: usize,
    },
    /// Too few or too many arguments.
    ArgumentCount {
        /// Parameters of the part.
        expected: Vec<String>,
        /// Arguments given.
        found: usize,
        /// Where the part is declared.
        declared: Place,
    },
    /// The argument does not fit where the part uses it.
    ArgumentKind {
        /// The parameter.
        parameter: String,
        /// What is needed.
        expected: ValueSort,
    },
    /// A printed number that stands there already.
    NumberDoubled {
        /// As written.
        number: String,
        /// Where first.
        first: Place,
    },
    /// A printed number below the one before.
    NumberOutOfOrder {
        /// As written.
        number: String,
        /// The one before.
        before: String,
        /// Where it stands.
        previous: Place,
    },
}

impl IssueKind {
    /// It leaves no doubt of what the flow is, so that the flow can be judged all the same.
    pub fn leaves_flow_clear(&self) -> bool {
        matches!(
            self,
            IssueKind::NumberDoubled { .. }
                | IssueKind::NumberOutOfOrder { .. }
                | IssueKind::OldOnlineLevel
                | IssueKind::TextBehindPerformer { .. }
        )
    }
}
