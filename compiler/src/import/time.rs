//! What the time column of a table says.

use super::words::{bare, one_line};
use crate::model::time::{Duration, Reckoning};

/// Bare units of printed tables mean working time.
const WORKING: Reckoning = Reckoning { days_are_working: true, hours_are_working: true };

/// A cell of the time column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing.
    Blank,
    /// An amount as the language writes it, and what stands around it.
    Amount(String, String),
    /// Not counted; the words of the cell.
    Uncounted(String),
    /// Words that are no amount.
    Unclear(String),
}

/// Reads a cell; `unit` is what the header says of bare numbers.
pub(super) fn read(cell: &str, unit: Option<&str>) -> Reading {
    let text = one_line(cell);
    let words = bare(&text);
    if words.chars().all(|c| !c.is_alphanumeric()) {
        return Reading::Blank;
    }
    if words.contains("khong tinh") || words.contains("gio hanh chinh") {
        return Reading::Uncounted(text);
    }
    match amount(&text, unit) {
        Some((amount, rest)) if !starts_with_number(&rest) => Reading::Amount(amount, around(&text, rest)),
        _ => Reading::Unclear(text),
    }
}

/// The first amount in a text.
pub(super) fn find(text: &str) -> Option<String> {
    let text = one_line(text);
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].chars().next_back();
        (c.is_ascii_digit() || fraction(*c).is_some())
            && before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ',' | '.' | '/'))
    });
    starts.map(|(at, _)| at).find_map(|at| amount(&text[at..], None)).map(|(amount, _)| amount)
}

/// Working minutes of an amount; none where it has months or whole days of the calendar only.
pub(super) fn minutes(amount: &str) -> Option<i64> {
    Duration::read(amount, WORKING).filter(|read| read.calendar == 0 && read.months == 0).map(|read| read.working)
}

/// The bare units of an amount: days, hours.
pub(super) fn bare_units(amount: &str) -> (bool, bool) {
    let terms = || amount.split('+').map(str::trim);
    (terms().any(|term| term.ends_with("ngày")), terms().any(|term| term.ends_with("giờ")))
}

/// Minutes as a table would say them.
pub(super) fn told(minutes: i64) -> String {
    let (days, rest) = (minutes / 480, minutes % 480);
    let (hours, rest) = (rest / 60, rest % 60);
    let parts = [(days, "ngày làm việc"), (hours, "giờ làm việc"), (rest, "phút")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if parts.is_empty() { "0 phút".into() } else { parts.join(" + ") }
}

fn starts_with_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–'))
}

fn fraction(c: char) -> Option<&'static str> {
    match c {
        '½' => Some("1/2"),
        '¼' => Some("1/4"),
        '¾' => Some("3/4"),
        _ => None,
    }
}

/// An amount at the beginning of a text, and the rest.
fn amount(text: &str, unit: Option<&str>) -> Option<(String, String)> {
    let mut rest = without_opening(text);
    let mut terms: Vec<String> = Vec::new();
    while let Some((number, behind)) = number(rest) {
        let (unit, behind) = match time_unit(behind) {
            Some(found) => found,
            None if terms.is_empty() => (unit?.to_string(), behind),
            None => break,
        };
        terms.push(format!("{number} {unit}"));
        rest = behind;
        let next = ["và ", "+", ","].iter().find_map(|joint| rest.trim_start().strip_prefix(joint)).unwrap_or(rest);
        if number_and_unit(next) {
            rest = next;
        }
    }
    let amount = terms.join(" + ");
    let rest = rest.trim().trim_matches(['.', ';', ',']).trim().to_string();
    Duration::read(&amount, WORKING).map(|_| (amount, rest))
}

fn number_and_unit(text: &str) -> bool {
    number(text).is_some_and(|(_, behind)| time_unit(behind).is_some())
}

/// What a cell says beside its amount: what stands behind it, or all of it, where words stand before.
fn around(text: &str, rest: String) -> String {
    let opening = &text[..text.len() - without_opening(text).len()];
    let said = opening.chars().any(|c| !matches!(c, ' ' | ':' | '-' | '~'));
    if said { text.trim_end_matches(['.', ';', ',']).to_string() } else { rest }
}

/// Words that may stand before an amount.
fn without_opening(text: &str) -> &str {
    const OPENING: [&str; 12] =
        ["trong", "khong", "qua", "toi", "da", "thoi", "gian", "han", "khoang", "vong", "cham", "nhat"];
    let mut rest = text.trim_start_matches([' ', '≤', '~', ':', '-']);
    loop {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if end == 0 || !OPENING.contains(&bare(&rest[..end]).as_str()) {
            return rest;
        }
        rest = rest[end..].trim_start_matches([' ', ':', '≤']);
    }
}

/// A number at the beginning, as the language writes it, and the rest.
fn number(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    if let Some((first, written)) = text.chars().next().and_then(|c| Some((c, fraction(c)?))) {
        return Some((written.into(), &text[first.len_utf8()..]));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '/')).unwrap_or(text.len());
    let written = text[..end].trim_end_matches([',', '.', '/']);
    written.starts_with(|c: char| c.is_ascii_digit()).then(|| (written.replace('.', ","), &text[written.len()..]))
}

/// A unit at the beginning, as the language writes it, and the rest.
fn time_unit(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let unit = match bare(&text[..end]).as_str() {
        "phut" | "p" => return Some(("phút".into(), &text[end..])),
        "gio" | "h" | "tieng" => "giờ",
        "ngay" => "ngày",
        "thang" => return Some(("tháng".into(), &text[end..])),
        _ => return None,
    };
    let rest = text[end..].trim_start();
    let two: Vec<&str> = rest.splitn(3, ' ').collect();
    if let [first, second, ..] = two[..] {
        let second_end = second.find(|c: char| !c.is_alphabetic()).unwrap_or(second.len());
        if bare(first) == "lam" && bare(&second[..second_end]) == "viec" {
            let behind = first.len() + 1 + second_end;
            return Some((format!("{unit} làm việc"), &rest[behind..]));
        }
    }
    Some((unit.into(), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount_of(cell: &str) -> (String, String) {
        match read(cell, None) {
            Reading::Amount(amount, rest) => (amount, rest),
            other => panic!("{cell}: {other:?}"),
        }
    }

    #[test]
    fn amounts_are_read_as_they_are_printed() {
        for (cell, amount, rest) in [
            ("0,5 ngày", "0,5 ngày", ""),
            ("0.5 ngày", "0,5 ngày", ""),
            ("04 giờ", "04 giờ", ""),
            ("1/2 ngày", "1/2 ngày", ""),
            ("½ ngày làm việc", "1/2 ngày làm việc", ""),
            ("02 NGÀY LÀM VIỆC", "02 ngày làm việc", ""),
            ("30 phút", "30 phút", ""),
            ("Không quá 03 ngày làm việc.", "03 ngày làm việc", "Không quá 03 ngày làm việc"),
            ("≤ 5 ngày", "5 ngày", "≤ 5 ngày"),
            ("Trong 2 ngày kể từ khi nhận", "2 ngày", "Trong 2 ngày kể từ khi nhận"),
            ("1 ngày 4 giờ", "1 ngày + 4 giờ", ""),
            ("1 ngày và 4 giờ làm việc", "1 ngày + 4 giờ làm việc", ""),
            ("04 giờ làm việc (0,5 ngày)", "04 giờ làm việc", "(0,5 ngày)"),
            ("8h", "8 giờ", ""),
            ("01 ngày làm việc kể từ khi nhận hồ sơ", "01 ngày làm việc", "kể từ khi nhận hồ sơ"),
        ] {
            assert_eq!(amount_of(cell), (amount.into(), rest.into()), "{cell}");
        }
        assert_eq!(read("2", Some("giờ")), Reading::Amount("2 giờ".into(), String::new()));
        assert_eq!(find("Tổng cộng: — 96 giờ làm việc (12 ngày)"), Some("96 giờ làm việc".into()));
    }

    #[test]
    fn what_is_no_amount_is_not_guessed() {
        assert_eq!(read(" - ", None), Reading::Blank);
        assert!(matches!(read("Không tính thời gian", None), Reading::Uncounted(_)));
        assert!(matches!(read("Giờ hành chính", None), Reading::Uncounted(_)));
        for cell in ["Trong ngày", "2", "1-2 ngày", "1/7 giờ", "01/02/2026", "999999999999999999 ngày"] {
            assert!(matches!(read(cell, None), Reading::Unclear(_)), "{cell}: {:?}", read(cell, None));
        }
        assert_eq!(minutes("1 ngày + 4 giờ"), Some(720));
        assert_eq!(told(720 + 5), "1 ngày làm việc + 4 giờ làm việc + 5 phút");
    }
}
