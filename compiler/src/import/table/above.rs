//! What stands around a table of steps: the name of the procedure, its code, its limits.

use crate::import::draft::{Procedure, Remark};
use crate::import::time;
use crate::import::words::{bare, capitalised, procedure_code, quoted};
use tthc_grammar::names::fold;

/// Words behind which a line has nothing but the name, without diacritics.
const TITLES: [&str; 3] = ["ten thu tuc hanh chinh", "ten thu tuc", "ten tthc"];

/// Names the procedure by the lines above its table, and keeps them.
pub(super) fn name(procedure: &mut Procedure, lines: &[String]) {
    procedure
        .lines
        .extend(lines.iter().find_map(|text| procedure_code(text)).map(|code| format!("mã: {}", quoted(code))));
    procedure.remarks.extend(lines.iter().cloned().map(Remark::Kept));
    if let Some(said) = said_title(lines) {
        procedure.label = said;
    } else if let Some(guessed) = lines.iter().find_map(|text| guessed_title(text)).or_else(|| last_title(lines)) {
        let open = format!("tên thủ tục đoán theo chữ ở trên bảng: {guessed}");
        procedure.remarks.push(Remark::Open(open));
        procedure.label = guessed;
    }
}

/// The limit of a procedure; where several are printed, the first, and the others are named.
pub(super) fn limit(procedure: &mut Procedure, printed: Vec<String>) {
    let mut limits: Vec<String> = Vec::new();
    for limit in printed {
        let minutes = time::minutes(&limit);
        let same = |other: &String| *other == limit || minutes.is_some() && time::minutes(other) == minutes;
        if !limits.iter().any(same) {
            limits.push(limit);
        }
    }
    let Some((first, others)) = limits.split_first() else {
        procedure.remarks.push(Remark::Open("bảng không ghi thời hạn chung; thêm dòng “thời hạn: …”".into()));
        return;
    };
    if !others.is_empty() {
        let open = format!("bảng ghi nhiều thời hạn chung; ở đây lấy {first}, chỗ khác ghi {}", others.join("; "));
        procedure.remarks.push(Remark::Open(open));
    }
    procedure.lines.push(format!("thời hạn: {first}"));
}

/// A limit in a line above or below the table.
pub(super) fn limit_in(text: &str) -> Option<String> {
    let words = bare(text);
    let speaks = ["thoi han giai quyet", "thoi gian giai quyet", "tong thoi gian"].iter().any(|it| words.contains(it));
    speaks.then(|| time::find(text)).flatten()
}

/// The name where a line says that it is one, or the cell behind the one that says so.
fn said_title(lines: &[String]) -> Option<String> {
    let named = lines.iter().enumerate().find_map(|(at, text)| {
        let rest = TITLES.iter().find_map(|title| behind(text, title))?;
        Some(tidied(rest)).filter(|name| !name.is_empty()).or_else(|| lines.get(at + 1).map(|next| tidied(next)))
    });
    let opening = |text: &String| {
        let rest = ["thu tuc hanh chinh:", "thu tuc:"]
            .iter()
            .find_map(|word| behind(text, word).filter(|_| bare(text).starts_with(word)))?;
        Some(tidied(rest))
    };
    named.or_else(|| lines.iter().find_map(opening)).filter(|name| !name.is_empty())
}

/// What follows the first “thủ tục”, where that may be a name.
fn guessed_title(text: &str) -> Option<String> {
    let rest = behind(text, "thu tuc hanh chinh").or_else(|| behind(text, "thu tuc"))?;
    let name = tidied(rest);
    (name.split_whitespace().count() >= 2).then_some(name)
}

/// `QUY TRÌNH CẤP THẺ ĐI LẠI`, or the last line above a table that is neither a heading of the agency nor of the decision.
fn last_title(lines: &[String]) -> Option<String> {
    const NONE: [&str; 16] = [
        "uy ban",
        "ubnd",
        "so ",
        "bo ",
        "cong hoa",
        "doc lap",
        "phu luc",
        "ban hanh",
        "kem theo",
        "quyet dinh",
        "thoi ",
        "tong ",
        "ma ",
        "linh vuc",
        "ngay ",
        "danh muc",
    ];
    let own = |text: &&String| {
        let words = bare(text);
        let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        !words.contains(':') && !NONE.iter().any(|none| words.starts_with(none))
    };
    lines.iter().rev().filter(own).find_map(|text| {
        let rest = without_process_words(text);
        let name = tidied(rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ')));
        // In capitals it is written so to stand out.
        let shouted = !name.chars().any(char::is_lowercase);
        let name = if shouted { capitalised(&name.to_lowercase()) } else { capitalised(&name) };
        (name.split_whitespace().count() >= 3).then_some(name)
    })
}

/// `Quy trình nội bộ giải quyết cấp thẻ` → `cấp thẻ`.
fn without_process_words(text: &str) -> &str {
    const WORDS: [&str; 8] =
        ["quy trinh", "noi bo", "dien tu", "giai quyet", "thu tuc hanh chinh", "thu tuc", "tthc", "thuc hien"];
    let mut rest = text.trim();
    while let Some(shorter) = WORDS.iter().find_map(|word| behind(rest, word).filter(|_| bare(rest).starts_with(word)))
    {
        rest = shorter.trim_start_matches([' ', ',', '-', '–']);
    }
    rest
}

/// The rest of a line behind the first occurrence of words that are given in small letters without diacritics.
fn behind<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let signs: Vec<(usize, String)> =
        text.char_indices().map(|(at, c)| (at + c.len_utf8(), fold(&c.to_lowercase().to_string()))).collect();
    let wanted: Vec<String> = words.chars().map(|c| fold(&c.to_string())).collect();
    let same = |window: &[(usize, String)]| window.iter().zip(&wanted).all(|((_, sign), word)| sign == word);
    signs.windows(wanted.len()).find(|window| same(window)).and_then(|window| text.get(window.last()?.0..))
}

/// A name without its code and the signs around it.
fn tidied(name: &str) -> String {
    let name = match procedure_code(name).and_then(|code| name.split_once(code)) {
        Some((before, _)) => without_code_word(before),
        None => name,
    };
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    name.trim_end_matches(['.', ',', ';', ':', '-', '–', '(', ' ']).to_string()
}

/// `Cấp thẻ (Mã TTHC: ` → `Cấp thẻ `.
fn without_code_word(before: &str) -> &str {
    let is_word = |at: usize| {
        let begins = before[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        begins && before[at..].split([' ', ':']).next().is_some_and(|word| bare(word) == "ma")
    };
    let word = before.char_indices().rev().map(|(at, _)| at).find(|at| is_word(*at));
    word.map_or(before, |at| &before[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(lines: &[&str]) -> Procedure {
        let lines: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
        let mut procedure = Procedure { label: "Tên tệp".into(), ..Procedure::default() };
        name(&mut procedure, &lines);
        procedure
    }

    fn open(procedure: &Procedure) -> usize {
        procedure.remarks.iter().filter(|remark| matches!(remark, Remark::Open(_))).count()
    }

    #[test]
    fn names_that_are_said_win_and_guesses_are_marked() {
        for (lines, label, guesses) in [
            (&["QUY TRÌNH GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"][..], "Tên tệp", 0),
            (&["THỦ TỤC HÀNH CHÍNH: Cấp thẻ đi lại"], "Cấp thẻ đi lại", 0),
            (&["Quy trình thủ tục nội bộ", "Tên thủ tục: Cấp thẻ đi lại."], "Cấp thẻ đi lại", 0),
            (&["Tên thủ tục hành chính", "Cấp thẻ đi lại"], "Cấp thẻ đi lại", 0),
            (&["TÊN TTHC: Cấp thẻ đi lại (Mã TTHC: 1.013225)"], "Cấp thẻ đi lại", 0),
            (&["Mã thủ tục: 1.013225"], "Tên tệp", 0),
            (&["QUY TRÌNH THỦ TỤC HÀNH CHÍNH Cấp thẻ đi lại"], "Cấp thẻ đi lại", 1),
            (&["SỞ XÂY DỰNG", "QUY TRÌNH CẤP THẺ ĐI LẠI"], "Cấp thẻ đi lại", 1),
            (&["UBND TỈNH", "Phụ lục I", "1. Cấp thẻ đi lại", "Thời gian giải quyết: 5 ngày"], "Cấp thẻ đi lại", 1),
            (&["Quy trình nội bộ giải quyết: Cấp thẻ"], "Tên tệp", 0),
        ] {
            let procedure = named(lines);
            assert_eq!((procedure.label.as_str(), open(&procedure)), (label, guesses), "{lines:?}");
        }
        assert_eq!(named(&["Tên TTHC: Cấp mã số thuế (Mã: 1.013225)"]).label, "Cấp mã số thuế");
        assert_eq!(named(&["Cấp thẻ (Mã TTHC: 1.013225)"]).lines, ["mã: \"1.013225\""]);
    }

    #[test]
    fn different_limits_are_marked() {
        let mut procedure = Procedure::default();
        limit(&mut procedure, vec!["16 giờ làm việc".into(), "2 ngày làm việc".into(), "2 ngày".into()]);
        assert_eq!((procedure.lines.as_slice(), open(&procedure)), (&["thời hạn: 16 giờ làm việc".to_string()][..], 0));
        limit(&mut procedure, vec!["2 ngày".into(), "15 ngày".into()]);
        assert!(matches!(&procedure.remarks[..], [Remark::Open(said)] if said.contains("15 ngày")));
    }
}
