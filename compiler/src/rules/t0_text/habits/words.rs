//! Single words and signs that are written otherwise here.

use super::{Advice, Spot};
use crate::diagnostic::{Message, say};
use tthc_grammar::keywords::{STEP_KINDS, ValueKind, key};
use tthc_grammar::tree::{DeclarationKind, Expected, quoted};

/// What stands for another wording where nothing else can be meant: as it is written, and as it should be.
const PHRASES: [(&str, &str); 7] = [
    ("không tính thời gian", "không tính thời hạn"),
    ("không tính vào thời hạn", "không tính thời hạn"),
    ("không tính giờ", "không tính thời hạn"),
    ("bước tiếp theo", "tiếp"),
    ("tiếp theo", "tiếp"),
    ("tiếp tục", "tiếp"),
    ("bước kế tiếp", "tiếp"),
];
/// Amounts in words.
const AMOUNTS: [(&str, &str); 11] = [
    ("nửa", "0,5"),
    ("một", "1"),
    ("hai", "2"),
    ("ba", "3"),
    ("bốn", "4"),
    ("năm", "5"),
    ("sáu", "6"),
    ("bảy", "7"),
    ("tám", "8"),
    ("chín", "9"),
    ("mười", "10"),
];

pub(super) fn advice(spot: &Spot<'_>) -> Option<Advice> {
    let habits: [fn(&Spot<'_>) -> Option<Advice>; 10] =
        [phrase, several_values, part_of_a_value, kind_without_key, amount_in_words, money, text, paper, values, line];
    habits.into_iter().find_map(|habit| habit(spot))
}

fn written_so(text: &str) -> Message {
    say(format!("Ở đây viết là “{text}”"), format!("Here it is written “{text}”"))
}

fn phrase(spot: &Spot<'_>) -> Option<Advice> {
    let (place, meant) = PHRASES.iter().find_map(|(phrase, meant)| Some((spot.touching(phrase)?, meant)))?;
    spot.replace(place, written_so(meant), meant, true)
}

/// The key of the list at whose values reading failed, and where the last of these values begins.
fn closed_list(spot: &Spot<'_>) -> Option<(&'static [&'static str], usize)> {
    let before = spot.before();
    let colon = before.rfind(':')?;
    let name = before[..colon].rsplit(['{', '}']).next()?;
    let of = |words: &str| match key(words.trim())?.kind() {
        ValueKind::Closed(list) => Some(list),
        _ => None,
    };
    // Another attribute may stand before it on the line.
    let list = name.match_indices(' ').map(|(at, _)| &name[at..]).chain([name]).find_map(of)?;
    let last = before.rfind(',').filter(|comma| *comma > colon).unwrap_or(colon) + 1;
    Some((list, last))
}

/// `loại: thẩm định và dự thảo`
fn several_values(spot: &Spot<'_>) -> Option<Advice> {
    let (list, _) = closed_list(spot)?;
    let sign = ["và ", "; ", "/ ", "+ ", "& "].into_iter().find(|sign| spot.words.starts_with(sign))?;
    let next = spot.words[sign.len()..].trim_end();
    if !list.contains(&next) {
        return None;
    }
    let from = spot.before().trim_end().len();
    let help = say("Nhiều giá trị cách nhau bằng dấu phẩy", "Several values are parted by commas");
    spot.replace((from, spot.at + sign.trim_end().len()), help, ",", true)
}

/// `loại: kiểm tra`
fn part_of_a_value(spot: &Spot<'_>) -> Option<Advice> {
    let (list, from) = closed_list(spot)?;
    let written = spot.line.get(from..spot.end())?.trim();
    let meant: Vec<&&str> = list.iter().filter(|phrase| is_part(written, phrase) || is_part(phrase, written)).collect();
    let from = spot.line[from..].find(written)? + from;
    let [phrase] = meant[..] else { return None };
    let help = say(format!("Có phải ý là “{phrase}”?"), format!("Did you mean “{phrase}”?"));
    spot.replace((from, from + written.len()), help, phrase, false)
}

/// Whether some words are whole words of others.
fn is_part(part: &str, whole: &str) -> bool {
    !part.is_empty() && part != whole && format!(" {whole} ").contains(&format!(" {part} "))
}

/// `bước 4 … { phê duyệt }`
fn kind_without_key(spot: &Spot<'_>) -> Option<Advice> {
    let in_step = spot.expected == Expected::StatementIn(DeclarationKind::Step) && super::begins(spot.before());
    if !in_step || !spot.words.split(", ").all(|word| STEP_KINDS.contains(&word)) {
        return None;
    }
    let line = format!("loại: {}", spot.words);
    spot.instead(written_so(&line), line.clone(), true)
}

/// `trong nửa ngày`, `trong 1 ngày rưỡi`, `trong 4h`, `trong ngày`
fn amount_in_words(spot: &Spot<'_>) -> Option<Advice> {
    let units = ["ngày", "giờ", "tháng"];
    if spot.words == "rưỡi" {
        let before = spot.before().trim_end();
        let unit = units.into_iter().find(|unit| before.ends_with(unit))?;
        let number = before[..before.len() - unit.len()].trim_end();
        let at = number.len() - number.rsplit(' ').next()?.len();
        let whole: u32 = number[at..].parse().ok()?;
        let amount = format!("{whole},5 {unit}");
        // Months are whole.
        return spot.replace((at, spot.end()), written_so(&amount), &amount, unit != "tháng");
    }
    if spot.expected != Expected::Duration {
        return None;
    }
    let words = spot.words.trim_end_matches([';', '.', ',']);
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let lower = words.to_lowercase();
    let fraction = [("½", "1/2"), ("¼", "1/4"), ("¾", "3/4")].into_iter().find(|(sign, _)| words.starts_with(sign));
    let amount = if let Some((sign, fraction)) = fraction {
        words.replacen(sign, fraction, 1)
    } else if lower != words && words.starts_with(|c: char| c.is_ascii_digit()) {
        lower
    } else if let Some(hours) = words.strip_suffix('h').filter(|hours| hours.parse::<u32>().is_ok()) {
        format!("{hours} giờ")
    } else if units.contains(&first) {
        format!("1 {words}")
    } else {
        let (_, number) = AMOUNTS.iter().find(|(word, _)| *word == first)?;
        units.into_iter().find(|unit| rest.starts_with(unit))?;
        format!("{number} {rest}")
    };
    spot.instead(written_so(&amount), amount.clone(), false)
}

/// `1.200.000đ`
fn money(spot: &Spot<'_>) -> Option<Advice> {
    let Expected::Value(key) = spot.expected else { return None };
    if key.kind() != ValueKind::Money {
        return None;
    }
    let signs = ["đ", "₫", "VNĐ", "VND", "vnđ", "vnd"];
    let number = signs.into_iter().find_map(|sign| spot.words.strip_suffix(sign))?.trim_end();
    if !number.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let amount = format!("{number} đồng");
    spot.instead(written_so(&amount), amount.clone(), true)
}

/// `mã: 2.001624.H05`
fn text(spot: &Spot<'_>) -> Option<Advice> {
    let is_plain = spot.expected == Expected::Text && !spot.words.contains(['"', '\n', '{', '}']);
    let help = say("Chữ đặt trong dấu nháy \"…\"", "Texts stand in quotes \"…\"");
    is_plain.then(|| spot.instead(help, quoted(spot.words.trim_end_matches([';', ','])), true)).flatten()
}

/// `Đơn đề nghị` without quotes, `"Bản sao": 1 bản`
fn paper(spot: &Spot<'_>) -> Option<Advice> {
    if spot.expected != Expected::Paper {
        return None;
    }
    if spot.words.starts_with(':') {
        return spot.advice(say(
            "Số bản viết trong ngoặc nhọn: \"Tên giấy tờ\" { bản chính: 1  bản sao: 2 }",
            "How many stands in braces: \"Name of the paper\" { bản chính: 1  bản sao: 2 }",
        ));
    }
    let plain = spot.words.starts_with(char::is_alphabetic) && !spot.words.contains(['"', '{', '\n']);
    let title = quoted(spot.words.trim_end_matches(['.', ';', ',']));
    let help = say("Tên giấy tờ đặt trong dấu nháy \"…\"", "The name of a paper stands in quotes \"…\"");
    plain.then(|| spot.instead(help, title, true)).flatten()
}

/// `loại_hình: "doanh nghiệp" | "hộ kinh doanh"`
fn values(spot: &Spot<'_>) -> Option<Advice> {
    if spot.expected != Expected::FieldType || !spot.words.starts_with('"') {
        return None;
    }
    spot.advice(say(
        "Giá trị là tên viết liền, tên gọi đứng sau: doanh_nghiệp \"Doanh nghiệp\" | hộ_kinh_doanh \"Hộ kinh doanh\"",
        "A value is a name of one word, its label stands behind: doanh_nghiệp \"Doanh nghiệp\" | hộ_kinh_doanh \"Hộ kinh doanh\"",
    ))
}

/// `- đầy đủ: chuyển bước 2`
fn line(spot: &Spot<'_>) -> Option<Advice> {
    let listed = spot.words.starts_with(['-', '+', '*', '•']) || spot.words.contains(": ");
    if spot.expected != Expected::Arrow || !listed || spot.words.contains("->") {
        return None;
    }
    spot.advice(say(
        "Mỗi dòng là một hướng, không có gạch đầu dòng: tên_hướng \"Tên gọi\" -> nơi đi tiếp, ví dụ đầy_đủ -> bước 2",
        "Each line is an outcome, without a dash: outcome \"Label\" -> where to go, such as đầy_đủ -> bước 2",
    ))
}
