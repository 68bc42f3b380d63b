//! Values: texts, numbers, durations, performers, end states.

use super::*;
use std::fmt;

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
    Target(Box<Target>),
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

impl fmt::Display for Date {
    /// `30/11/2025`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}/{:02}/{}", self.day, self.month, self.year)
    }
}

/// Digits in groups of three, as they are printed: `3000000` → `3.000.000`.
pub fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A text as it is written in a source file.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
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
