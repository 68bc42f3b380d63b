//! Document → sections of plain tables, the same for every format.

use super::{COLUMNS, Cell, Document, Fact, Line, Note};
use crate::diagram::Picture;

/// A part of the page with a heading.
#[derive(Debug)]
pub struct Section<'d> {
    /// Its heading, with its number.
    pub title: String,
    /// What stands below.
    pub content: Content<'d>,
}

/// What a section holds.
#[derive(Debug)]
pub enum Content<'d> {
    /// A table.
    Table(Table),
    /// Diagrams.
    Pictures(&'d [Picture]),
}

/// A table of texts.
#[derive(Debug)]
pub struct Table {
    /// The heads of the columns; empty: none.
    pub head: Vec<&'static str>,
    /// How wide the columns are, of a hundred.
    pub widths: Vec<usize>,
    /// The lines below the head.
    pub lines: Vec<TableLine>,
}

/// A line of a table.
#[derive(Debug)]
pub enum TableLine {
    /// A cell for each column.
    Cells(Vec<Cell>),
    /// One cell over all columns.
    Heading(String),
    /// A title, and an amount in the last two columns.
    Total(String, String),
}

/// What stands above all documents.
pub const TITLE: &str = "QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH";

/// The sections of a document, numbered.
pub fn sections(document: &Document) -> Vec<Section<'_>> {
    let mut sections = Vec::new();
    let mut add = |title: String, content| {
        sections.push(Section { title: format!("{}. {title}", sections.len() + 1), content });
    };
    if !document.facts.is_empty() {
        add("Thông tin chung".to_string(), Content::Table(facts(&document.facts)));
    }
    if !document.papers.is_empty() {
        add("Thành phần hồ sơ".to_string(), Content::Table(papers(document)));
    }
    for part in &document.parts {
        let of = part.title.as_ref().map(|title| format!(" – {title}")).unwrap_or_default();
        let when = part.when.as_ref().map(|when| format!(" (khi {when})")).unwrap_or_default();
        if !part.facts.is_empty() {
            add(format!("Thời hạn{of}{when}"), Content::Table(facts(&part.facts)));
        }
        let limit = part.limit.as_ref().map(|limit| format!(" – thời hạn {limit}")).unwrap_or_default();
        add(format!("Các bước thực hiện{of}{when}{limit}"), Content::Table(steps(&part.lines)));
        if !part.notes.is_empty() {
            add(format!("Hướng xử lý và lưu ý tại các bước{of}"), Content::Table(notes(&part.notes)));
        }
    }
    if !document.forms.is_empty() {
        add("Biểu mẫu".to_string(), Content::Table(forms(document)));
    }
    if !document.pictures.is_empty() {
        add("Sơ đồ quy trình".to_string(), Content::Pictures(&document.pictures));
    }
    sections
}

fn cells(texts: impl IntoIterator<Item = String>) -> TableLine {
    TableLine::Cells(texts.into_iter().map(Cell::from).collect())
}

fn facts(facts: &[Fact]) -> Table {
    let text = |fact: &Fact| match &fact.texts[..] {
        [only] => only.clone(),
        several => several.iter().map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n"),
    };
    Table {
        head: Vec::new(),
        widths: vec![28, 72],
        lines: facts.iter().map(|fact| cells([fact.title.to_string(), text(fact)])).collect(),
    }
}

fn papers(document: &Document) -> Table {
    let count = |count: Option<u64>| count.map(|count| format!("{count:02}")).unwrap_or_default();
    let line = |(index, paper): (usize, &crate::model::procedure::Paper)| {
        let electronic = if paper.electronic { "Có" } else { "" };
        cells([
            (index + 1).to_string(),
            with(&paper.title, paper.notes.iter().map(|note| format!("Ghi chú: {note}"))),
            count(paper.originals),
            count(paper.copies),
            paper.template.clone().unwrap_or_default(),
            electronic.to_string(),
        ])
    };
    Table {
        head: vec!["STT", "Giấy tờ", "Bản chính", "Bản sao", "Mẫu", "Bản điện tử"],
        widths: vec![7, 47, 10, 10, 16, 10],
        lines: document.papers.iter().enumerate().map(line).collect(),
    }
}

/// A title with lines below it.
fn with(title: &str, lines: impl Iterator<Item = String>) -> String {
    std::iter::once(title.to_string()).chain(lines).collect::<Vec<_>>().join("\n")
}

fn steps(lines: &[Line]) -> Table {
    let line = |line: &Line| match line {
        Line::Heading(title) => TableLine::Heading(title.clone()),
        Line::Step(row) => TableLine::Cells(row.cells.to_vec()),
        Line::Total { title, amount } => TableLine::Total(title.clone(), amount.clone()),
    };
    Table { head: COLUMNS.to_vec(), widths: vec![8, 38, 20, 14, 20], lines: lines.iter().map(line).collect() }
}

fn notes(notes: &[Note]) -> Table {
    let text = |note: &Note| note.lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n");
    Table {
        head: Vec::new(),
        widths: vec![20, 80],
        lines: notes.iter().map(|note| cells([note.step.clone(), text(note)])).collect(),
    }
}

fn forms(document: &Document) -> Table {
    let forms = document.forms.iter().enumerate();
    Table {
        head: vec!["STT", "Biểu mẫu", "Dùng ở"],
        widths: vec![7, 63, 30],
        lines: forms
            .map(|(index, form)| {
                cells([(index + 1).to_string(), with(&form.title, form.about.iter().cloned()), form.steps.clone()])
            })
            .collect(),
    }
}
