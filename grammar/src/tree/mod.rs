//! The tree of a file: what stands where, without any meaning.
//!
//! Every node carries its [`Span`] in the parsed text (see [`crate::text::Text`] for the way back to the
//! file as it stands). Where something could not be read there is [`Statement::Error`], [`Value::Error`] or
//! an empty `Option`, and one [`Problem`] that says so; later passes step over these silently.

use crate::keywords::Key;

mod declaration;
mod flow;
mod problem;
mod value;

pub use declaration::*;
pub use flow::*;
pub use problem::*;
pub use value::*;

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
    /// Whether all of another span is in this one.
    pub fn holds(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end <= self.end
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

impl Tree {
    /// The declarations around a stretch of the text, the outermost first.
    pub fn around(&self, span: Span) -> Vec<&Declaration> {
        let mut found = Vec::new();
        let mut statements: &[Statement] = &self.items;
        while let Some(declaration) = statements.iter().find_map(|statement| match statement {
            Statement::Declaration(declaration) if declaration.span.holds(span) => Some(declaration),
            _ => None,
        }) {
            found.push(declaration);
            statements = declaration.block.as_ref().map_or(&[], |block| &block.statements);
        }
        found
    }
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

impl Statement {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Statement::Declaration(declaration) => declaration.span,
            Statement::Attribute(attribute) => attribute.span,
            Statement::Arrow(arrow) => arrow.span,
            Statement::Field(field) => field.span,
            Statement::Paper(paper) => paper.span,
            Statement::Uncounted(uncounted) => uncounted.span,
            Statement::Error(span) => *span,
        }
    }
}
