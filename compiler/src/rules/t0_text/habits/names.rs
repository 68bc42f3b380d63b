//! Names written as several words, or as what somebody is called.

use super::{Advice, Spot};
use crate::diagnostic::{Message, say};
use tthc_grammar::keywords::{RESERVED, ValueKind};
use tthc_grammar::tree::{Expected, quoted};

/// For an arrow that is missing although there is one further on in the line: a name of several words.
pub(in super::super) fn name_with_blanks(line: &str) -> Option<Message> {
    let (before, _) = line.split_once("->").or_else(|| line.split_once('→'))?;
    let name = before.split('"').next().unwrap_or("").trim();
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let plain = words.iter().all(|word| word.chars().all(|c| c.is_alphanumeric() || c == '_'));
    (words.len() > 1 && plain && words[0] != "nếu").then(|| one_word(&words.join("_")))
}

/// The name of several words before an arrow, and where on the line it begins.
pub(super) fn outcome_name<'s>(spot: &Spot<'s>) -> Option<(usize, &'s str)> {
    let end = spot.line.find("->").or_else(|| spot.line.find('→'))?;
    let begin = spot.line[..end].rfind(['{', '}']).map_or(0, |at| at + 1);
    let name = spot.line[begin..end].split('"').next().unwrap_or("");
    let from = begin + (name.len() - name.trim_start().len());
    let name = name.trim();
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' '));
    let is_guard =
        ["nếu ", "khi ", "còn lại", "ngược lại"].into_iter().any(|word| name.to_lowercase().starts_with(word));
    (name.contains(' ') && plain && !is_guard).then_some((from, name))
}

/// `chưa đủ -> …`
pub(super) fn outcome(spot: &Spot<'_>) -> Option<Advice> {
    let (from, name) = outcome_name(spot).filter(|_| spot.expected == Expected::ArrowSign)?;
    let joined = name.split_whitespace().collect::<Vec<_>>().join("_");
    (from <= spot.at && spot.at <= from + name.len())
        .then(|| spot.replace((from, from + name.len()), one_word(&joined), &joined, true))
        .flatten()
}

/// `bước 2 Xác minh do …`: words right behind the name of a step.
pub(super) fn label_of_a_step(spot: &Spot<'_>) -> Option<Advice> {
    let words = spot.words;
    let plain = words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-' | '_' | '/' | '.'));
    let is_label = super::is_step_and_name(spot.before()) && plain && !RESERVED.contains(&words);
    if !is_label || spot.expected != Expected::StepHead {
        return None;
    }
    let help = say("Tên gọi của bước đặt trong dấu nháy \"…\"", "The label of a step stands in quotes \"…\"");
    spot.instead(help, quoted(words), false)
}

/// `do giám đốc`, `do Giám đốc Sở`, `do SCT . giám_đốc`, `do giám_đốc của SCT`, `thẩm quyền: Sở Công Thương`: the first
/// word is read as a name, and the rest is not.
pub(super) fn performer(spot: &Spot<'_>) -> Option<Advice> {
    let from = start_of_name(spot)?;
    let written = &spot.line[from..from + name_length(&spot.line[from..])];
    let place = (from, from + written.len());
    if let Some(path) = spot.labels.path(spot.place.file, written) {
        let help = say(format!("Ở đây ghi tên đã khai báo: {path}"), format!("Write the declared name here: {path}"));
        return spot.replace(place, help, &path, false);
    }
    if written.starts_with('"') {
        return None;
    }
    if let Some((inner, outer)) = written.split_once(" của ") {
        let path = format!("{}.{}", outer.trim().replace(' ', "_"), inner.trim().replace(' ', "_"));
        return spot.replace(place, agency_first(&path), &path, false);
    }
    if written.contains(" .") || written.contains(". ") {
        let path = written.replace(" .", ".").replace(". ", ".").replace(' ', "_");
        let help = say(
            format!("Trước và sau dấu chấm trong tên không có dấu cách: {path}"),
            format!("No blanks stand before or behind the point in a name: {path}"),
        );
        let sure = path == written.replace(' ', "");
        return spot.replace(place, help, &path, sure);
    }
    if let Some((role, agency)) =
        written.rsplit_once(' ').filter(|(_, agency)| spot.labels.has_agency(spot.place.file, agency))
    {
        let path = format!("{agency}.{}", role.split_whitespace().collect::<Vec<_>>().join("_"));
        return spot.replace(place, agency_first(&path), &path, false);
    }
    joined(spot, place)
}

fn agency_first(path: &str) -> Message {
    say(
        format!("Cơ quan viết trước, người của cơ quan viết sau dấu chấm: {path}"),
        format!("The agency stands first, and who belongs to it behind a point: {path}"),
    )
}

/// `khi diện tích > 100`
pub(super) fn in_a_guard(spot: &Spot<'_>) -> Option<Advice> {
    if spot.expected != Expected::Guard {
        return None;
    }
    let before = spot.before();
    let from =
        [" và ", " hoặc ", " không ", "khi ", "("].iter().filter_map(|word| Some(before.rfind(word)? + word.len()));
    let from = from.max()?;
    let length = name_length(&spot.line[from..]);
    joined(spot, (from, from + length))
}

/// Words that should be one; certain enough to be offered where that one stands elsewhere in the file.
fn joined(spot: &Spot<'_>, place: (usize, usize)) -> Option<Advice> {
    let written = &spot.line[place.0..place.1];
    if !written.contains(' ') || place.1 <= spot.at {
        return None;
    }
    let name = written.split_whitespace().collect::<Vec<_>>().join("_");
    let text = spot.project.source(spot.place.file).text.parsed();
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let stands_elsewhere = |part: &str| text.split(|c| !is_letter(c)).any(|word| word == part);
    match name.split('.').all(stands_elsewhere) {
        true => spot.replace(place, one_word(&name), &name, false),
        false => spot.advice(one_word(&name)),
    }
}

/// Where the name begins of which the rest could not be read.
fn start_of_name(spot: &Spot<'_>) -> Option<usize> {
    let before = spot.before();
    let behind = |words: &[&str]| words.iter().filter_map(|word| Some(before.rfind(word)? + word.len())).max();
    let begins = match spot.expected {
        Expected::StepHead | Expected::Names => behind(&[" do "]),
        Expected::StatementIn(_) => {
            let key = before.split(':').next()?.rsplit(['{', '}']).next()?;
            let names = tthc_grammar::keywords::key(key.trim()).is_some_and(|key| key.kind() == ValueKind::Names);
            before.find(':').filter(|_| names).map(|at| at + 1)
        }
        _ => None,
    }?;
    let from = behind(&[" và ", " hoặc ", " tại ", ",", "("]).unwrap_or(0).max(begins);
    Some(from + (spot.line[from..].len() - spot.line[from..].trim_start().len()))
}

/// How long the words are that may be meant as one name: up to a number, a sign or a word that no name has.
fn name_length(text: &str) -> usize {
    if let Some(inside) = text.strip_prefix('"') {
        return inside.find('"').map_or(text.len(), |end| end + 2);
    }
    let mut length = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let is_name = bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
        let ends = RESERVED.contains(&bare) || bare.starts_with(|c: char| c.is_ascii_digit());
        if !is_name || ends || matches!(bare, "mất" | "hết" | "không") {
            break;
        }
        length += word.len();
    }
    text[..length].trim_end().len()
}

fn one_word(name: &str) -> Message {
    say(
        format!("Tên viết liền, nối bằng dấu gạch dưới: {name}"),
        format!("A name is one word, joined by underscores: {name}"),
    )
}
