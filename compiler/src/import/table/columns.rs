//! The header of a table: which column is what.

use super::Sheet;
use crate::import::words::{bare, one_line};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Column {
    Number,
    Content,
    Who,
    Time,
    Result,
    Note,
}

/// The header.
#[derive(Debug)]
pub(in crate::import) struct Columns {
    /// Its row.
    pub header: usize,
    /// The first row of data.
    pub first: usize,
    /// By column; none: something else, kept under its title.
    pub kinds: Vec<Option<Column>>,
    /// The titles of the columns.
    pub titles: Vec<String>,
    /// The unit of bare numbers in the time column.
    pub unit: Option<&'static str>,
}

impl Columns {
    /// The place of a column.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.kinds.iter().position(|kind| *kind == Some(column))
    }
}

/// Headers stand among the first rows.
const LAST_HEADER: usize = 60;

/// The first row that is the header of a table of steps.
pub(in crate::import) fn find(sheet: &Sheet) -> Option<Columns> {
    (0..sheet.rows.len().min(LAST_HEADER)).find_map(|row| header(sheet, row))
}

fn header(sheet: &Sheet, row: usize) -> Option<Columns> {
    let mut titles: Vec<String> = sheet.rows[row].iter().map(|cell| one_line(&cell.text)).collect();
    let mut kinds: Vec<Option<Column>> = Vec::new();
    for title in &titles {
        let kind = kind(&bare(title));
        // A column that is named twice: the second one is something else.
        kinds.push(kind.filter(|kind| !kinds.contains(&Some(*kind))));
    }
    contents(&titles, &mut kinds);
    let known = [Column::Content, Column::Who, Column::Time];
    let found = known.iter().filter(|column| kinds.contains(&Some(**column))).count();
    if found < 2 {
        return None;
    }
    let goes_on = |next: &usize| goes_on(sheet, row, *next) || says_more(sheet, *next, &kinds);
    let first = (row + 1..sheet.rows.len()).find(|next| !goes_on(next)).unwrap_or(sheet.rows.len());
    let time = kinds.iter().position(|kind| *kind == Some(Column::Time));
    let said = |row: usize| unit(&bare(&sheet.rows[row].get(time?)?.text));
    let unit = (row..first).find_map(said);
    // A column without a title has that of the row below.
    for (at, title) in titles.iter_mut().enumerate().filter(|(_, title)| title.is_empty()) {
        let below = (row + 1..first).filter_map(|row| sheet.rows[row].get(at)).map(|cell| one_line(&cell.text));
        *title = below.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    }
    Some(Columns { header: row, first, kinds, titles, unit })
}

/// Rows below a header that belong to it: a header of two rows, the numbers of the columns.
fn goes_on(sheet: &Sheet, header: usize, row: usize) -> bool {
    let cells = &sheet.rows[row];
    let merged = cells.iter().any(|cell| cell.above == Some(header));
    let numbers: Vec<String> = sheet.texts(row).iter().map(|text| text.trim_matches(['(', ')']).to_string()).collect();
    let counted = numbers.len() > 2 && (1..).zip(&numbers).all(|(count, text)| *text == count.to_string());
    merged || counted
}

/// A further row of a header whose merged cells are not known, as in CSV: it has neither number nor content, and no amount.
fn says_more(sheet: &Sheet, row: usize, kinds: &[Option<Column>]) -> bool {
    let cell = |column: Column| sheet.rows[row].get(kinds.iter().position(|kind| *kind == Some(column))?);
    let blank = |column: Column| cell(column).is_none_or(|cell| one_line(&cell.text).is_empty());
    let texts = sheet.texts(row);
    let said = !texts.is_empty() && texts.iter().all(|text| !text.contains(|c: char| c.is_ascii_digit()));
    said && blank(Column::Number)
        && (blank(Column::Content) || cell(Column::Time).is_some_and(|cell| unit(&bare(&cell.text)).is_some()))
}

fn kind(title: &str) -> Option<Column> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if matches!(title, "tt" | "stt" | "so tt" | "so thu tu" | "buoc" | "ma buoc" | "so" | "thu tu") {
        Some(Column::Number)
    } else if has(&["thoi gian", "thoi han"]) {
        Some(Column::Time)
    } else if has(&["ket qua", "san pham"]) {
        Some(Column::Result)
    } else if has(&["ghi chu"]) {
        Some(Column::Note)
    } else if has(&["nguoi", "trach nhiem", "don vi", "bo phan", "co quan", "chuc danh", "chu the"]) {
        Some(Column::Who)
    } else if has(&["noi dung", "trinh tu", "cong viec", "hoat dong", "ten buoc", "mo ta", "buoc"]) {
        Some(Column::Content)
    } else {
        None
    }
}

/// Where `Trình tự` stands beside `Nội dung`, the first holds the numbers.
fn contents(titles: &[String], kinds: &mut [Option<Column>]) {
    let Some(first) = kinds.iter().position(|kind| *kind == Some(Column::Content)) else { return };
    let second =
        (first + 1..titles.len()).find(|at| kinds[*at].is_none() && kind(&bare(&titles[*at])) == Some(Column::Content));
    if let Some(second) = second {
        kinds[second] = Some(Column::Content);
        kinds[first] = (!kinds.contains(&Some(Column::Number))).then_some(Column::Number);
    }
}

fn unit(title: &str) -> Option<&'static str> {
    let working = title.contains("lam viec");
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
    match (words.contains(&"gio"), words.contains(&"ngay"), words.contains(&"phut")) {
        (true, false, false) => Some(if working { "giờ làm việc" } else { "giờ" }),
        (false, true, false) => Some(if working { "ngày làm việc" } else { "ngày" }),
        (false, false, true) => Some("phút"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    fn columns(titles: &[&str]) -> Option<Columns> {
        let cells = titles.iter().map(|title| Cell { text: title.to_string(), ..Cell::default() }).collect();
        find(&Sheet { name: String::new(), rows: vec![cells] })
    }

    #[test]
    fn headers_are_known_with_and_without_marks() {
        use Column::*;
        for (titles, kinds) in [
            (
                &["TT", "Nội dung công việc", "Người thực hiện", "Thời gian", "Kết quả"][..],
                [Number, Content, Who, Time, Result],
            ),
            (
                &["STT", "TRINH TU THUC HIEN", "TRACH NHIEM", "THOI HAN", "SAN PHAM"],
                [Number, Content, Who, Time, Result],
            ),
            (
                &["Trình tự", "Nội dung", "Đơn vị/người thực hiện", "Thời hạn giải quyết", "Ghi chú"],
                [Number, Content, Who, Time, Note],
            ),
        ] {
            let found = columns(titles).map(|columns| columns.kinds);
            assert_eq!(found, Some(kinds.map(Some).to_vec()), "{titles:?}");
        }
        assert_eq!(
            columns(&["Bước", "Nội dung", "Thời gian (giờ làm việc)"]).and_then(|it| it.unit),
            Some("giờ làm việc")
        );
        assert!(columns(&["Nội dung", "Số tiền", "Ghi chú"]).is_none());
    }
}
