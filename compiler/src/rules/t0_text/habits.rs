//! What people write who come from Word, from printed tables or from other notations: advice that says how it is
//! written here, where a list of what could stand there would not help.

use crate::diagnostic::{Message, say};
use tthc_grammar::keywords::RESERVED;
use tthc_grammar::names::fold;
use tthc_grammar::tree::{DeclarationKind, Expected, quoted};

/// How to write it, and the words as they should be where that is certain.
pub(super) struct Advice {
    pub(super) help: Message,
    /// In place of the words that could not be read.
    pub(super) mended: Option<String>,
}

/// For words that cannot be read where something was expected, with what stands before them on their line.
pub(super) fn advice(before: &str, words: &str, expected: Expected) -> Option<Advice> {
    let only = |help| Some(Advice { help, mended: None });
    if words.contains(['“', '”', '„']) {
        let help = say(
            "Chuỗi đặt trong dấu nháy thẳng \"…\", không phải dấu “…” của Word",
            "Texts stand in straight quotes \"…\", not in the “…” of Word",
        );
        return Some(Advice { help, mended: Some(words.replace(['“', '”', '„'], "\"")) });
    }
    if words.strip_prefix("=>").is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit())) {
        let help = say("“Lớn hơn hoặc bằng” viết là “>=” hoặc “≥”", "“At least” is written “>=” or “≥”");
        return Some(Advice { help, mended: Some(words.replacen("=>", ">=", 1)) });
    }
    if let Some(sign) = ["–>", "—>", "-->", "=>", "–&gt;"].into_iter().find(|sign| words.contains(sign)) {
        let help = say("Mũi tên viết là “->” hoặc “→”", "The arrow is written “->” or “→”");
        return Some(Advice { help, mended: Some(words.replacen(sign, "->", 1)) });
    }
    if let Some(advice) = arrow_of_a_step(words).filter(|_| expected == Expected::StatementIn(DeclarationKind::Step)) {
        return Some(advice);
    }
    let first = words.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
    if matches!(expected, Expected::Arrow | Expected::Name) && begins(before) && RESERVED.contains(&first) {
        return only(say(
            format!("“{first}” là từ dành riêng, không đặt làm tên được; viết chẳng hạn “{first}_đạt”"),
            format!("“{first}” is a reserved word and no name; write “{first}_đạt”, say"),
        ));
    }
    if is_label(before, words) && expected == Expected::StepHead {
        let help = say("Tên gọi của bước đặt trong dấu nháy \"…\"", "The label of a step stands in quotes \"…\"");
        return Some(Advice { help, mended: Some(quoted(words)) });
    }
    if let Some(help) = performer_with_blanks(before, words).filter(|_| expected == Expected::StepHead) {
        return only(help);
    }
    if let Some(advice) = working_time_misspelled(before, words) {
        return Some(advice);
    }
    if let Some(clause) = ["không tính thời hạn", "trong", "do"].into_iter().find(|clause| words.starts_with(clause))
        && expected == Expected::StepHead
        && before.contains(&format!(" {clause} "))
    {
        return only(say(
            format!("“{clause}” đã ghi ở dòng này rồi; chỉ ghi một lần"),
            format!("“{clause}” stands in this line already; it is said once"),
        ));
    }
    if matches!(expected, Expected::StepHead | Expected::Names) && words.contains([';', '/']) {
        return only(say(
            "Nhiều người cùng làm thì nối bằng “và” hoặc dấu phẩy; chỉ một trong số họ làm thì nối bằng “hoặc”",
            "People who act together are joined by “và” or a comma; where one of them acts, by “hoặc”",
        ));
    }
    None
}

/// `bước 1 { -> bước 4 }`: outside of `hướng xử lý` and `rẽ nhánh` a step has no arrow but keys.
fn arrow_of_a_step(words: &str) -> Option<Advice> {
    let target = words.strip_prefix("->").or_else(|| words.strip_prefix('→'))?.trim();
    if target == "tiếp" {
        let help = say(
            "Bước không nói gì thì đi tiếp: bỏ dòng này",
            "A step that says nothing goes on to what follows: leave this out",
        );
        return Some(Advice { help, mended: None });
    }
    let mended = match target.strip_prefix("kết thúc ") {
        Some(end) => format!("kết thúc: {}", end.trim()),
        None => format!("chuyển: {target}"),
    };
    let help = say(
        format!("Bước chỉ có một nơi đi tiếp thì viết “{mended}”"),
        format!("Where a step has only one way on, write “{mended}”"),
    );
    Some(Advice { help, mended: Some(mended) })
}

/// Whether a declaration or an arrow can begin behind these words of a line: they are nothing but braces.
pub(super) fn begins(before: &str) -> bool {
    before.trim_end().is_empty() || before.trim_end().ends_with(['{', '}'])
}

/// For an arrow that is missing although there is one further on in the line: a name of several words.
pub(super) fn name_with_blanks(line: &str) -> Option<Message> {
    let (before, _) = line.split_once("->").or_else(|| line.split_once('→'))?;
    let name = before.split('"').next().unwrap_or("").trim();
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let plain = words.iter().all(|word| word.chars().all(|c| c.is_alphanumeric() || c == '_'));
    (words.len() > 1 && plain).then(|| one_word(&words))
}

/// `bước 2 Xác minh do …`: words right behind the name of a step.
fn is_label(before: &str, words: &str) -> bool {
    let head: Vec<&str> = before.rsplit(['{', '}']).next().unwrap_or(before).split_whitespace().collect();
    let plain = words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-' | '_' | '/' | '.'));
    matches!(head[..], ["bước", _]) && plain && !RESERVED.contains(&words)
}

/// `2 ngày làm viêc`: the unit is read without its last words.
fn working_time_misspelled(before: &str, words: &str) -> Option<Advice> {
    let unit = before.trim_end().rsplit(' ').next()?;
    let two = words.match_indices([' ', '\n']).nth(1).map_or(words, |(at, _)| &words[..at]);
    let near = fold(two).to_lowercase();
    let is_near = strsim::damerau_levenshtein(&near, "lam viec") <= 2 && two.contains(' ');
    (matches!(unit, "ngày" | "giờ") && is_near).then(|| Advice {
        help: say("Có phải ý là “làm việc”?", "Did you mean “làm việc”?"),
        mended: Some(words.replacen(two, "làm việc", 1)),
    })
}

/// `do giám đốc`: the first word is read as a name, and the rest is not.
fn performer_with_blanks(before: &str, words: &str) -> Option<Message> {
    let (_, first) = before.trim_end().rsplit_once(" do ")?;
    let is_name = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let rest = words.split(' ').take_while(|word| is_name(word) && !RESERVED.contains(word));
    let name: Vec<&str> = [first].into_iter().chain(rest).collect();
    (name.len() > 1 && is_name(first)).then(|| one_word(&name))
}

fn one_word(words: &[&str]) -> Message {
    let joined = words.join("_");
    say(
        format!("Tên viết liền, nối bằng dấu gạch dưới: {joined}"),
        format!("A name is one word, joined by underscores: {joined}"),
    )
}
