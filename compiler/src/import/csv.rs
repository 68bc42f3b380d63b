//! CSV, as spreadsheets write it: UTF-8 or UTF-16, fields apart by comma, semicolon or tab.

use super::draft::Draft;
use super::table::{self, Cell, MAX_COLUMNS, MAX_ROWS, Sheet, too_large};
use super::words::bare;
use super::{Called, Unreadable, broken, decoded};
use crate::diagnostic::say;
use csv::ReaderBuilder;

/// The draft of a file.
pub(super) fn draft(bytes: &[u8], called: &Called) -> Result<Draft, Unreadable> {
    let text = decoded(bytes)?;
    if is_own(&text) {
        return Err(say("đây đã là tệp .tthc", "this is a .tthc file already"));
    }
    let mut sheet = Sheet { name: String::new(), rows: Vec::new() };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|error| broken("tệp CSV hỏng", "broken CSV", &error))?;
        if sheet.rows.len() >= MAX_ROWS || record.len() > MAX_COLUMNS {
            return Err(too_large());
        }
        sheet.rows.push(record.iter().map(|text| Cell { text: text.to_string(), ..Cell::default() }).collect());
    }
    table::draft(&[sheet], called)
}

/// Whether a text is written in the language already: it opens a block with a word of the language.
fn is_own(text: &str) -> bool {
    let opens = |line: &str| {
        let words = ["thu tuc ", "co quan ", "quy trinh "];
        line.trim_end().ends_with('{') && words.iter().any(|word| bare(line).starts_with(word))
    };
    text.lines().any(opens)
}

/// The one that stands most often outside of quotes in the first lines; a comma may be that of a number.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b'\t', 0usize), (b';', 0), (b',', 0)];
    let mut quoted = false;
    let mut lines = 0;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => lines += 1,
            _ if !quoted => counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
        if lines >= 20 {
            break;
        }
    }
    let comma = counts[2].1;
    // A table has two signs in each row at least; commas occur in any text.
    let rows = lines.max(1);
    counts[..2]
        .iter()
        .filter(|(_, count)| *count >= rows || *count > comma)
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_between_fields_is_found() {
        assert_eq!(delimiter("a,b,c\n1,\"x; y; z; t\",3\n"), b',');
        assert_eq!(delimiter("a;b;c\n1;0,5 ngày, kể từ;3\n"), b';');
        assert_eq!(delimiter("a\tb\tc\n1\tx, y; z\t3\n"), b'\t');
        assert_eq!(delimiter(""), b',');
    }
}
