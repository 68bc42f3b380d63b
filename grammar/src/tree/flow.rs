//! Where a step leads: arrows, guards; fields and papers of a dossier.

use super::*;

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
    pub target: Option<Box<Target>>,
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
