//! Workbooks of Excel: cells one by one, so that a small file cannot become a large table.

use super::draft::{Draft, Remark};
use super::table::{self, Cell, MAX_COLUMNS, MAX_ROWS, Sheet, too_large};
use super::{Called, Unreadable};
use crate::diagnostic::say;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What a workbook may hold once it is unpacked; a table of steps has a thousandth of it.
pub(crate) const MAX_UNPACKED: usize = 32 * 1024 * 1024;
/// Parts of a workbook.
pub(crate) const MAX_PARTS: usize = 2_000;
/// Cells that merged cells of a sheet may cover.
pub(crate) const MAX_MERGED: usize = 500_000;
/// Sheets that are read.
pub(crate) const MAX_SHEETS: usize = 50;

/// The draft of a file.
pub(super) fn draft(bytes: &[u8], called: &Called) -> Result<Draft, Unreadable> {
    unpack_within_limits(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let visible =
        |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> =
        book.sheets_metadata().iter().filter(visible).map(|sheet| sheet.name.clone()).take(MAX_SHEETS).collect();
    let unread: Vec<String> =
        book.sheets_metadata().iter().map(|sheet| sheet.name.clone()).filter(|name| !names.contains(name)).collect();
    let mut sheets = Vec::new();
    // Cells can share one long text, so that they hold more than the file does.
    let mut left = MAX_UNPACKED;
    for name in names {
        let mut sheet = Sheet { name: name.clone(), rows: Vec::new() };
        cells(&mut book, &name, &mut sheet, &mut left)?;
        merge(&mut book, &name, &mut sheet, &mut left)?;
        sheets.push(sheet);
    }
    let mut draft = table::draft(&sheets, called)?;
    let unread = unread
        .into_iter()
        .map(|name| format!("trang tính “{name}” bị ẩn, không phải bảng hoặc đứng sau {MAX_SHEETS} trang: không đọc"));
    draft.remarks.extend(unread.map(Remark::Open));
    Ok(draft)
}

/// Takes the length of a text from what may still be read.
fn spend(left: &mut usize, text: &str) -> Result<(), Unreadable> {
    *left = left.checked_sub(text.len()).ok_or_else(bomb)?;
    Ok(())
}

/// Unpacks everything once and keeps nothing: what a package says of its size need not be so.
fn unpack_within_limits(bytes: &[u8]) -> Result<(), Unreadable> {
    let fault = |error: &dyn std::fmt::Display| {
        super::broken("tệp XLSX hỏng: không giải nén được", "broken XLSX file: it cannot be unpacked", error)
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    if archive.index_for_name("word/document.xml").is_some() {
        return Err(say(
            "đây là tệp Word; chép bảng sang Excel, lưu thành .xlsx rồi nhập tệp ấy",
            "this is a Word file; copy its table to Excel, save it as .xlsx and import that",
        ));
    }
    let (mut left, mut buffer) = (MAX_UNPACKED, [0; 8192]);
    if archive.len() > MAX_PARTS {
        return Err(bomb());
    }
    for part in 0..archive.len() {
        let mut file = archive.by_index(part).map_err(|error| fault(&error))?;
        loop {
            let read = file.read(&mut buffer).map_err(|error| fault(&error))?;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read).ok_or_else(bomb)?;
        }
    }
    Ok(())
}

fn bomb() -> Unreadable {
    let most = MAX_UNPACKED / (1024 * 1024);
    say(format!("tệp giải nén ra quá lớn (hơn {most} MiB)"), format!("the file unpacks to too much (over {most} MiB)"))
}

fn broken(error: &XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => say(
            "tệp XLSX có mật khẩu; bỏ mật khẩu rồi nhập lại",
            "the XLSX file has a password; take it off and import again",
        ),
        error => super::broken(
            "tệp XLSX hỏng, hoặc không phải là tệp của Excel",
            "broken XLSX file, or none of Excel",
            error,
        ),
    }
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

fn cells(book: &mut Book, name: &str, sheet: &mut Sheet, left: &mut usize) -> Result<(), Unreadable> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
    while let Some(cell) = reader.next_cell().map_err(|error| broken(&error))? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        spend(left, &text)?;
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(too_large());
        }
        *place(sheet, row, column) = Cell { text, ..Cell::default() };
    }
    Ok(())
}

fn place(sheet: &mut Sheet, row: usize, column: usize) -> &mut Cell {
    if sheet.rows.len() <= row {
        sheet.rows.resize_with(row + 1, Vec::new);
    }
    let cells = &mut sheet.rows[row];
    if cells.len() <= column {
        cells.resize_with(column + 1, Cell::default);
    }
    &mut cells[column]
}

/// Merged cells say in each of them what stands in the first.
fn merge(book: &mut Book, name: &str, sheet: &mut Sheet, budget: &mut usize) -> Result<(), Unreadable> {
    let merged = book.merge_cells_by_sheet_name(name).map_err(|error| broken(&error))?;
    let mut covered = 0;
    for region in merged {
        let (top, left) = (region.start.0 as usize, region.start.1 as usize);
        let text = sheet.rows.get(top).and_then(|row| row.get(left)).map(|cell| cell.text.clone());
        let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
        let last = (region.end.0 as usize).min(sheet.rows.len().saturating_sub(1));
        let right = (region.end.1 as usize).min(MAX_COLUMNS - 1);
        covered += (last + 1).saturating_sub(top) * (right + 1).saturating_sub(left);
        if covered > MAX_MERGED {
            return Err(say(
                format!("bảng quá lớn: các ô gộp phủ lên hơn {MAX_MERGED} ô"),
                format!("the table is too large: merged cells cover more than {MAX_MERGED} cells"),
            ));
        }
        for row in top..=last {
            for column in left..=right {
                spend(budget, &text)?;
                let above = (row > top).then_some(top);
                *place(sheet, row, column) = Cell { text: text.clone(), above, beside: column > left };
            }
        }
    }
    Ok(())
}

/// What a cell shows. Excel makes a day of `1/2`; then it is said as the day that it is.
fn text(value: &DataRef) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string().replace('.', ","),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => text.to_string(),
        DataRef::Bool(flag) => if *flag { "có" } else { "không" }.into(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
