//! Declarations, their heads and their attributes.

use super::*;

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
pub enum Head {
    /// Nothing.
    #[default]
    Plain,
    /// The paths of `dùng`.
    Import(Vec<Text>),
    /// `do …`, `trong …`, `không tính thời hạn …`
    Step(Box<StepHead>),
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
