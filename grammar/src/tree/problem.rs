//! What could not be read.

use super::*;

/// Something wrong with the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
}

/// How a number should be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// In Vietnamese notation.
    pub text: String,
    /// Nothing else can be meant.
    pub sure: bool,
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
    /// `"` that is not closed; with the offset where the closing one belongs, where that is certain.
    UnclosedString(Option<u32>),
    /// A string in the quotes of Word, from the opening to the closing one.
    CurlyQuotes,
    /// `/*` that is not closed.
    UnclosedComment,
    /// `}` that closes nothing.
    StrayBrace,
    /// An invisible or control character.
    Character(char),
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// The whole file is UTF-16.
    Utf16,
    /// `0.5`; with the number as it should be written.
    ForeignNumber(Option<Spelling>),
    /// An amount of money in parts of a đồng; with what `150,000` may have been meant to be.
    PartOfDong(Option<String>),
    /// A fraction of a duration that is none: `1/0`, or of numbers that are not whole.
    NoFraction,
    /// A date that does not exist.
    NoSuchDate,
    /// Too large to count with.
    TooLargeNumber,
    /// More than this many open braces or parentheses.
    TooDeep(usize),
    /// A file of more than this many bytes.
    TooLarge(usize),
    /// `chờ bổ sung tối đa 1 lần rồi …`; with the offset behind which the number of times belongs, where that is certain.
    TimesInWait(Option<u32>),
    /// A known slip; with the text to put in place of `Problem::span`, where that is certain.
    Slip(Slip, Option<String>),
}

/// Slips that have a fix of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// A guard behind the target.
    GuardAfterTarget,
    /// `2 ngày 4 giờ` without `+`
    MissingPlus,
    /// `hiệu lực: 01/03/2020` without `từ`
    MissingFrom,
    /// `và` and `hoặc` among performers without parentheses
    MixedPerformers,
    /// Key and value without `:`
    MissingColon,
    /// A name of several words; with them as one.
    NameInWords,
    /// Words without quotes where a name and a label should stand.
    LabelAsName,
    /// A value of a list that begins with a capital.
    Capital,
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
