//! Phrases in place of the language's own.

use super::{Advice, Spot};
use crate::diagnostic::{Message, say};
use tthc_grammar::keywords::{END_STATES, WORDS};
use tthc_grammar::tree::{DeclarationKind, Expected};

/// Ways to say that a line leads to a step.
const TO_STEP: [&str; 9] = [
    "chuyển sang bước",
    "chuyển đến bước",
    "chuyển tới bước",
    "chuyển bước",
    "sang bước",
    "đến bước",
    "tới bước",
    "qua bước",
    "về bước",
];
/// Ways to ask the applicant for more, none of which says where that leads.
const SUPPLEMENT: [&str; 5] =
    ["yêu cầu bổ sung hồ sơ", "yêu cầu bổ sung", "đề nghị bổ sung", "bổ sung hồ sơ", "hướng dẫn bổ sung"];
const OTHERWISE: [&str; 6] = [
    "nếu không",
    "ngược lại",
    "trường hợp khác",
    "trường hợp còn lại",
    "các trường hợp khác",
    "các trường hợp còn lại",
];
/// Longer ones first.
const COMPARISONS: [(&str, &str); 14] = [
    ("lớn hơn hoặc bằng", "≥"),
    ("nhỏ hơn hoặc bằng", "≤"),
    ("lớn hơn", ">"),
    ("nhỏ hơn", "<"),
    ("không quá", "≤"),
    ("ít nhất", "≥"),
    ("trên", ">"),
    ("dưới", "<"),
    ("bằng", "="),
    ("khác", "≠"),
    ("là", "="),
    ("<>", "≠"),
    ("&&", "và"),
    ("||", "hoặc"),
];
const FREE: [&str; 5] = ["miễn phí", "không thu phí", "không thu", "không mất phí", "không có"];

pub(super) fn advice(spot: &Spot<'_>) -> Option<Advice> {
    let habits: [fn(&Spot<'_>) -> Option<Advice>; 9] =
        [capital, to_step, ending, supplement, free, otherwise, comparison, condition, import];
    habits.into_iter().find_map(|habit| habit(spot))
}

/// `-> Bước 4`, `Khi diện_tích > 100`: keywords are in small letters.
fn capital(spot: &Spot<'_>) -> Option<Advice> {
    WORDS.iter().find_map(|(_, phrase)| {
        let mut letters = phrase.chars();
        let first = letters.next()?;
        let written: String = first.to_uppercase().chain(letters).collect();
        let place = spot.touching(&written).filter(|place| place.0 < spot.at || spot.expected != Expected::Names)?;
        // At the beginning of a statement it may be the beginning of a name as well.
        let sure = !super::begins(&spot.line[..place.0]);
        let help =
            say(format!("Từ khóa viết chữ thường: {phrase}"), format!("Keywords are in small letters: {phrase}"));
        spot.replace(place, help, phrase, sure)
    })
}

/// Whether the phrase at a place is what an arrow leads to.
fn is_target(spot: &Spot<'_>, place: (usize, usize)) -> bool {
    let before = spot.line[..place.0].trim_end();
    ["->", "→", " rồi"].into_iter().any(|sign| before.ends_with(sign))
}

fn target(spot: &Spot<'_>, phrases: &[&str]) -> Option<(usize, usize)> {
    phrases.iter().find_map(|phrase| spot.touching(phrase)).filter(|place| is_target(spot, *place))
}

/// `-> sang bước 4`
fn to_step(spot: &Spot<'_>) -> Option<Advice> {
    let place = target(spot, &TO_STEP)?;
    let help = say(
        "Nơi đi tiếp là một bước thì viết ngay “bước …”, bước ở phía trước thì “quay lại bước …”",
        "Where a step comes next write “bước …” alone; for a step that has been passed, “quay lại bước …”",
    );
    spot.replace(place, help, "bước", false)
}

/// `-> trả hồ sơ`
fn ending(spot: &Spot<'_>) -> Option<Advice> {
    let place = target(spot, END_STATES)?;
    let ending = format!("kết thúc {}", &spot.line[place.0..place.1]);
    let help = say(
        format!("Thủ tục kết thúc ở đây thì viết “{ending}”"),
        format!("Where the procedure ends here, write “{ending}”"),
    );
    spot.replace(place, help, &ending, false)
}

/// `-> yêu cầu bổ sung`
fn supplement(spot: &Spot<'_>) -> Option<Advice> {
    target(spot, &SUPPLEMENT)?;
    spot.advice(say(
        "Chờ người nộp bổ sung thì viết “chờ bổ sung tối đa 30 ngày rồi quay lại bước 1, tối đa 1 lần”; trả lại để hoàn thiện thì “kết thúc trả hồ sơ”",
        "To wait for the applicant write “chờ bổ sung tối đa 30 ngày rồi quay lại bước 1, tối đa 1 lần”; to hand the dossier back, “kết thúc trả hồ sơ”",
    ))
}

/// `lệ phí: miễn phí`
fn free(spot: &Spot<'_>) -> Option<Advice> {
    let place = FREE.iter().find_map(|phrase| spot.touching(phrase))?;
    let key = spot.line[..place.0].trim_end().strip_suffix(':').filter(|key| key.ends_with("phí"))?;
    let key = key.rsplit(['{', '}']).next().unwrap_or(key).trim();
    let help =
        say(format!("Không thu thì viết “{key}: không”"), format!("Where nothing is charged write “{key}: không”"));
    spot.replace(place, help, "không", true)
}

/// `nếu không -> …`
fn otherwise(spot: &Spot<'_>) -> Option<Advice> {
    let place = OTHERWISE.iter().find_map(|phrase| spot.touching(phrase))?;
    let rest = spot.line[place.1..].trim_start();
    if spot.home != Some(DeclarationKind::Choice) || !rest.starts_with(['-', '→']) {
        return None;
    }
    let help = say("Mọi hồ sơ khác viết là “còn lại -> …”", "All other dossiers are written “còn lại -> …”");
    spot.replace(place, help, "còn lại", true)
}

/// `khi diện_tích lớn hơn 100`
fn comparison(spot: &Spot<'_>) -> Option<Advice> {
    if spot.expected != Expected::Guard {
        return None;
    }
    let written =
        COMPARISONS.iter().find(|(words, _)| spot.words.strip_prefix(words).is_some_and(|rest| rest.starts_with(' ')));
    let (words, sign) = written?;
    let help = say(format!("“{words}” viết là “{sign}”"), format!("“{words}” is written “{sign}”"));
    spot.replace((spot.at, spot.at + words.len()), help, sign, true)
}

/// `nếu … -> …`, `nếu … thì …`
fn condition(spot: &Spot<'_>) -> Option<Advice> {
    let place = ["nếu", "Nếu"].into_iter().find_map(|word| spot.touching(word))?;
    let (help, word): (Message, _) = match spot.home {
        Some(DeclarationKind::Outcomes) => (
            say(
                "Dòng của “hướng xử lý” bắt đầu bằng tên của hướng, không có “nếu”, ví dụ: đạt -> tiếp",
                "A line of “hướng xử lý” begins with the outcome's name, without “nếu”, such as: đạt -> tiếp",
            ),
            "",
        ),
        Some(DeclarationKind::Choice) => {
            (say("Điều kiện viết là “khi … -> …”", "A condition is written “khi … -> …”"), "khi")
        }
        _ if spot.before().contains("thời hạn") => {
            (say("Điều kiện của thời hạn viết là “khi …”", "The condition of a limit is written “khi …”"), "khi")
        }
        _ => {
            return spot.advice(say(
                "Điều kiện viết trong “rẽ nhánh { khi … -> … }”, điều người xử lý chọn viết trong “hướng xử lý { … }”",
                "Conditions stand in “rẽ nhánh { khi … -> … }”, what somebody decides in “hướng xử lý { … }”",
            ));
        }
    };
    match spot.words.split_once(" thì ").filter(|_| place.0 == spot.at) {
        Some((condition, target)) => {
            let condition = condition[place.1 - place.0..].trim();
            spot.instead(help, format!("{word} {condition} -> {}", target.trim()).trim().to_string(), false)
        }
        None => spot.replace(place, help, word, word == "khi"),
    }
}

/// `dùng chung/cơ_quan.tthc`
fn import(spot: &Spot<'_>) -> Option<Advice> {
    let path = spot.words.strip_prefix("dùng ")?.trim();
    if !path.ends_with(".tthc") || path.contains(['"', '\n', ',']) {
        return None;
    }
    let written = format!("dùng \"{}\"", path.replace('\\', "/"));
    let help = say(format!("Đường dẫn đặt trong dấu nháy: {written}"), format!("The path stands in quotes: {written}"));
    spot.instead(help, written, true)
}
