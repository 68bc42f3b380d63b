//! Durations and dates as printed tables and other notations have them.

use super::{Advice, Spot};
use crate::diagnostic::say;
use tthc_grammar::keywords::{Key, ValueKind};
use tthc_grammar::names::fold;
use tthc_grammar::tree::Expected;

/// Words before an amount that say “at most”; longer ones first.
const AT_MOST: [&str; 14] = [
    "trong thời gian không quá",
    "trong thời hạn không quá",
    "trong vòng không quá",
    "trong không quá",
    "trong thời gian",
    "trong thời hạn",
    "trong tối đa",
    "trong vòng",
    "không vượt quá",
    "không quá",
    "tối đa",
    "trong",
    "mất",
    "hết",
];

/// `trong vòng 3 ngày`, `không quá 3 ngày`, `chờ bổ sung 15 ngày`, `do văn_thư 01 ngày`: what a time stands behind is
/// said in one way.
pub(super) fn amount(spot: &Spot<'_>) -> Option<Advice> {
    let place = AT_MOST.iter().find_map(|phrase| spot.touching(phrase)).unwrap_or((spot.at, spot.at));
    if let Some(amount) = in_the_head(spot) {
        let time = format!(" trong {amount}");
        let help = say(
            format!("Thời gian của bước viết là “{}”", time.trim()),
            format!("Its time is written “{}”", time.trim()),
        );
        let from = spot.before().trim_end().len();
        return spot.replace((from, spot.end()), help, &time, true);
    }
    let amount = amount_at(spot.line.get(place.1..)?)?;
    let before = spot.line[..place.0].trim_end();
    let waits = before.rsplit(['>', '→']).next().is_some_and(|target| target.trim_start().starts_with("chờ"));
    let (word, help) = if before.ends_with(':') {
        ("", say(format!("Mục này đã nghĩa là nhiều nhất, chỉ ghi: {amount}"), format!("Write only: {amount}")))
    } else if waits {
        let vi = format!("Hạn chờ viết là “tối đa …”: tối đa {amount}");
        ("tối đa", say(vi, format!("How long to wait is written “tối đa …”: tối đa {amount}")))
    } else if matches!(spot.expected, Expected::StepHead | Expected::Duration) && !before.contains(" trong ") {
        let vi = format!("Thời gian của bước viết là “trong …”: trong {amount}");
        ("trong", say(vi, format!("The time of a step is written “trong …”: trong {amount}")))
    } else {
        return None;
    };
    if spot.line.get(place.0..place.1) == Some(word) {
        return None;
    }
    let word = if place.0 == place.1 { format!("{word} ") } else { word.to_string() };
    // Where the wait leads nowhere more than a word is missing.
    let sure = !waits || spot.line.contains(" rồi ");
    spot.replace(place, help, &word, sure)
}

/// `do văn_thư (1 ngày)`, `do văn_thư, 1 ngày`
fn in_the_head<'s>(spot: &Spot<'s>) -> Option<&'s str> {
    let words = spot.words.strip_prefix(',').or_else(|| spot.words.strip_prefix('(')?.strip_suffix(')'))?.trim();
    let says_when = spot.before().contains(" trong ");
    amount_at(words).filter(|amount| *amount == words && spot.expected == Expected::StepHead && !says_when)
}

/// `15 ngày làm việc` at the start of a text.
fn amount_at(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let digits = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '/'))).filter(|length| *length > 0)?;
    let unit = text[digits..].trim_start();
    const UNITS: [&str; 6] = ["ngày làm việc", "giờ làm việc", "ngày", "giờ", "phút", "tháng"];
    let unit = UNITS.iter().find_map(|known| unit.strip_prefix(known))?;
    unit.chars().next().is_none_or(|c| !(c.is_alphanumeric() || c == '_')).then(|| &text[..text.len() - unit.len()])
}

/// `từ ngày 01/01/2026`, `01-01-2026`, `2026-01-01`, `01/01/26`.
pub(super) fn date(spot: &Spot<'_>) -> Option<Advice> {
    let Expected::Value(key) = spot.expected else { return None };
    if key == Key::Reckoning && matches!(spot.words, "ngày làm việc" | "giờ làm việc") {
        let unit = spot.words.split(' ').next()?;
        let meant = format!("{unit} là {}", spot.words);
        let help = say(format!("Cách tính viết là “{meant}”"), format!("It is written “{meant}”"));
        return spot.instead(help, meant, true);
    }
    if !matches!(key.kind(), ValueKind::Period | ValueKind::Days) {
        return None;
    }
    let (mut mended, mut sure) = (Vec::new(), true);
    for word in spot.words.split_whitespace() {
        match word {
            "ngày" | "hết" | "kể" | "Từ" | "Kể" => {}
            "từ" | "đến" => mended.push(word.to_string()),
            "tới" => mended.push("đến".to_string()),
            date => {
                let (date, certain) = vietnamese_date(date)?;
                sure &= certain;
                mended.push(date);
            }
        }
    }
    if mended.first().is_some_and(|first| first == "đến") {
        return spot.advice(say(
            "Hiệu lực cần ngày bắt đầu: từ 01/01/2026, hoặc từ 01/01/2026 đến 31/12/2026",
            "A first day is needed: từ 01/01/2026, or từ 01/01/2026 đến 31/12/2026",
        ));
    }
    if key.kind() == ValueKind::Period && mended.first().is_none_or(|first| first != "từ") {
        mended.insert(0, "từ".to_string());
    }
    let mended = mended.join(" ");
    let help = say(
        format!("Ngày viết là ngày/tháng/năm, năm đủ bốn chữ số: {mended}"),
        format!("Dates are day/month/year, with all four digits of the year: {mended}"),
    );
    spot.instead(help, mended, sure)
}

/// A date as it is written here, and whether nothing else can be meant: a year of two digits may be of another century.
pub(in super::super) fn vietnamese_date(written: &str) -> Option<(String, bool)> {
    let parts: Vec<&str> = written.split(['/', '-', '.']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let [first, second, third] = parts[..] else { return None };
    if ![first, second, third].iter().all(is_number) {
        return None;
    }
    match (first.len(), second.len(), third.len()) {
        (1..=2, 1..=2, 4) => Some((format!("{first}/{second}/{third}"), true)),
        (1..=2, 1..=2, 2) => Some((format!("{first}/{second}/20{third}"), false)),
        (4, 1..=2, 1..=2) => Some((format!("{third}/{second}/{first}"), true)),
        _ => None,
    }
}

/// `2 ngày làm viêc`: the unit is read without its last words.
pub(super) fn working_time_misspelled(spot: &Spot<'_>) -> Option<Advice> {
    let words = spot.words;
    let unit = spot.before().trim_end().rsplit(' ').next()?;
    let two = words.match_indices([' ', '\n']).nth(1).map_or(words, |(at, _)| &words[..at]);
    let near = fold(two).to_lowercase();
    let is_near = strsim::damerau_levenshtein(&near, "lam viec") <= 2 && two.contains(' ');
    if !matches!(unit, "ngày" | "giờ") || !is_near {
        return None;
    }
    let help = say("Có phải ý là “làm việc”?", "Did you mean “làm việc”?");
    spot.instead(help, words.replacen(two, "làm việc", 1), false)
}
