//! Tables of steps, as they are printed: what their columns and rows are.

mod above;
mod build;
mod columns;
mod rows;

use super::draft::{Draft, Procedure, Remark};
use super::people::People;
use super::words::{self, Names, one_line};
use super::{Called, Unreadable};
use crate::diagnostic::say;

/// Tables of more rows or columns are not step tables.
pub(crate) const MAX_ROWS: usize = 5_000;
/// Likewise.
pub(crate) const MAX_COLUMNS: usize = 60;

/// No table of steps is so large.
pub(super) fn too_large() -> Unreadable {
    say(
        format!("bảng quá lớn: nhiều hơn {MAX_ROWS} hàng hoặc {MAX_COLUMNS} cột"),
        format!("the table is too large: more than {MAX_ROWS} rows or {MAX_COLUMNS} columns"),
    )
}

/// A cell with its text; of merged cells each has the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// What it says.
    pub text: String,
    /// The row of the merged cell that covers it, where that is another one.
    pub above: Option<usize>,
    /// Whether the merged cell that covers it begins in a column before.
    pub beside: bool,
}

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// What it is called.
    pub name: String,
    /// Rows of cells, as long as they are.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    fn texts(&self, row: usize) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for text in self.rows[row].iter().map(|cell| one_line(&cell.text)).filter(|text| !text.is_empty()) {
            // A cell that is merged over columns says it once.
            if texts.last() != Some(&text) {
                texts.push(text);
            }
        }
        texts
    }
}

/// The draft of all sheets that hold a table of steps.
pub(super) fn draft(sheets: &[Sheet], called: &Called) -> Result<Draft, Unreadable> {
    let tables: Vec<(&Sheet, columns::Columns)> =
        sheets.iter().filter_map(|sheet| Some((sheet, columns::find(sheet)?))).collect();
    if tables.is_empty() {
        return Err(say(
            "không thấy bảng bước nào: cần một hàng tiêu đề có ít nhất hai trong các cột Nội dung công việc, Người thực hiện, Thời gian",
            "there is no table of steps: a header row is needed with at least two of the columns Nội dung công việc, Người thực hiện, Thời gian",
        ));
    }
    let mut draft = Draft::default();
    let (mut people, mut names) = (People::default(), Names::default());
    for (sheet, columns) in &tables {
        let mut called = Called { name: called.name.clone(), label: called.label.clone() };
        if tables.len() > 1 {
            called.label = format!("{} – {}", called.label, sheet.name);
            called.name.extend(words::slug(&sheet.name).map(|sheet| format!("_{sheet}")));
        }
        let procedure = procedure(sheet, columns, called, &mut names, &mut people);
        draft.procedures.push(procedure);
    }
    let attributes = people.attributes();
    for procedure in &mut draft.procedures {
        procedure.lines.splice(0..0, attributes.iter().cloned());
    }
    let unread = sheets.iter().filter(|sheet| !tables.iter().any(|(table, _)| std::ptr::eq(*table, *sheet)));
    for sheet in unread.filter(|sheet| !sheet.rows.is_empty()) {
        draft
            .remarks
            .push(Remark::Open(format!("trang tính “{}” không có bảng bước nào; chữ của trang này:", sheet.name)));
        let texts = (0..sheet.rows.len()).map(|row| sheet.texts(row).join(" | ")).filter(|text| !text.is_empty());
        draft.remarks.extend(texts.map(Remark::Kept));
    }
    let (agencies, open) = people.finish("cột người thực hiện");
    draft.agencies = agencies;
    draft.remarks.extend(open);
    let guessed =
        "loại của từng bước được đoán theo chữ của bảng; thêm hướng xử lý, rẽ nhánh, chờ bổ sung mà bảng không có cột";
    draft.remarks.push(Remark::Open(guessed.into()));
    Ok(draft)
}

fn procedure(
    sheet: &Sheet,
    columns: &columns::Columns,
    called: Called,
    names: &mut Names,
    people: &mut People,
) -> Procedure {
    let above: Vec<String> =
        (0..columns.header).flat_map(|row| sheet.texts(row)).filter(|text| !text.is_empty()).collect();
    let mut procedure = Procedure { name: names.fresh(&called.name), label: called.label, ..Procedure::default() };
    above::name(&mut procedure, &above);
    procedure.remarks.extend(further_header(sheet, columns));
    let mut table = rows::Table::new(sheet, columns, people);
    table.read();
    let printed = table.limits(above.iter().filter_map(|text| above::limit_in(text)));
    if let Some(said) = table.reckoning() {
        let open =
            "bảng ghi “ngày”, “giờ” mà không nói là ngày, giờ làm việc; ở đây đọc là làm việc, như phần lớn các bảng";
        procedure.remarks.push(Remark::Open(open.into()));
        procedure.lines.push(said);
    }
    above::limit(&mut procedure, printed);
    procedure.body = table.items();
    procedure
}

/// What a header of several rows says below its first; the numbers of the columns say nothing.
fn further_header(sheet: &Sheet, columns: &columns::Columns) -> Option<Remark> {
    let texts = (columns.header + 1..columns.first).flat_map(|row| sheet.texts(row));
    let new = |text: &String| !columns.titles.contains(text) && text.chars().any(char::is_alphabetic);
    let texts: Vec<String> = texts.filter(new).collect();
    (!texts.is_empty()).then(|| Remark::Kept(format!("tiêu đề của bảng ghi thêm: {}", texts.join(" | "))))
}
