//! What people write who come from Word, from printed tables or from other notations: advice that says how it is
//! written here, where a list of what could stand there would not help.

use crate::diagnostic::{Message, say};
use tthc_grammar::keywords::RESERVED;
use tthc_grammar::tree::Expected;

/// How to write it, and the words as they should be where that is certain.
pub(super) struct Advice {
    pub(super) help: Message,
    /// In place of the words that could not be read.
    pub(super) mended: Option<String>,
}

/// For words that cannot be read where something was expected.
pub(super) fn advice(words: &str, expected: Expected) -> Option<Advice> {
    let only = |help| Some(Advice { help, mended: None });
    if words.contains(['“', '”', '„']) {
        let help = say(
            "Chuỗi đặt trong dấu nháy thẳng \"…\", không phải dấu “…” của Word",
            "Texts stand in straight quotes \"…\", not in the “…” of Word",
        );
        return Some(Advice { help, mended: Some(words.replace(['“', '”', '„'], "\"")) });
    }
    if let Some(sign) = ["–>", "—>", "-->", "=>", "–&gt;"].into_iter().find(|sign| words.contains(sign)) {
        let help = say("Mũi tên viết là “->” hoặc “→”", "The arrow is written “->” or “→”");
        return Some(Advice { help, mended: Some(words.replacen(sign, "->", 1)) });
    }
    let first = words.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
    if matches!(expected, Expected::Arrow | Expected::Name) && RESERVED.contains(&first) {
        return only(say(
            format!("“{first}” là từ dành riêng, không đặt làm tên được; viết chẳng hạn “{first}_đạt”"),
            format!("“{first}” is a reserved word and no name; write “{first}_đạt”, say"),
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

/// For an arrow that is missing although there is one further on in the line: a name of several words.
pub(super) fn name_with_blanks(line: &str) -> Option<Message> {
    let (before, _) = line.split_once("->").or_else(|| line.split_once('→'))?;
    let name = before.split('"').next().unwrap_or("").trim();
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let plain = words.iter().all(|word| word.chars().all(|c| c.is_alphanumeric() || c == '_'));
    (words.len() > 1 && plain).then(|| {
        let joined = words.join("_");
        say(
            format!("Tên viết liền, nối bằng dấu gạch dưới: {joined}"),
            format!("A name is one word, joined by underscores: {joined}"),
        )
    })
}
