//! What people write who come from Word, from printed tables or from other notations: advice that says how it is
//! written here, where a list of what could stand there would not help.

mod missing;
mod names;
mod phrases;
mod times;
mod words;

use crate::diagnostic::{Diagnostic, Message, say};
use crate::project::Project;
use crate::rules::labels::Labels;
use crate::source::Place;
use tthc_grammar::keywords::RESERVED;
use tthc_grammar::text::Text;
use tthc_grammar::tree::{DeclarationKind, Expected, Span, quoted};

pub(super) use missing::put_in;
pub(super) use names::name_with_blanks;
pub(super) use times::vietnamese_date;

/// So many bytes of a line before and behind are looked at.
const NEAR: usize = 500;
/// Bytes that are read again in all to see that fixes of one file mend: beyond, nothing is sure.
const READ_AGAIN: usize = 4_000_000;

/// The beginning of the letter at an offset, or the end of the text.
fn whole(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where reading failed.
pub(super) struct Spot<'s> {
    pub(super) project: &'s Project,
    pub(super) labels: &'s Labels<'s>,
    pub(super) place: Place,
    pub(super) expected: Expected,
    /// The kind of the block around.
    pub(super) home: Option<DeclarationKind>,
    /// The line that it is on; of a very long one what is near.
    line: &'s str,
    /// How much of the line stands before it, in bytes.
    at: usize,
    /// What could not be read; it may reach over several lines.
    words: &'s str,
}

/// How to write it.
pub(super) struct Advice {
    help: Message,
    mended: Option<Mended>,
}

/// What is to be put in place of a stretch of the line.
struct Mended {
    from: usize,
    to: usize,
    text: String,
    /// Nothing else can be meant.
    sure: bool,
}

impl<'s> Spot<'s> {
    pub(super) fn of(
        project: &'s Project,
        labels: &'s Labels<'s>,
        place: Place,
        expected: Expected,
        home: Option<DeclarationKind>,
    ) -> Spot<'s> {
        let source = project.source(place.file);
        let text = source.text.parsed();
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        let near = text.get(whole(text, start.saturating_sub(NEAR))..start).unwrap_or_default();
        let at = near.len() - near.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let rest = text.get(start..whole(text, end + NEAR)).unwrap_or_default();
        let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
        let line = text.get(start - at..start + rest.len()).unwrap_or_default();
        Spot { project, labels, place, expected, home, line, at, words: source.words(place.span) }
    }

    /// What stands before it on its line.
    pub(super) fn before(&self) -> &'s str {
        self.line.get(..self.at).unwrap_or_default()
    }

    /// Where it ends on its line.
    fn end(&self) -> usize {
        (self.at + self.words.len()).min(self.line.len())
    }

    fn advice(&self, help: Message) -> Option<Advice> {
        Some(Advice { help, mended: None })
    }

    /// Advice with other words in place of all that could not be read.
    fn instead(&self, help: Message, text: String, sure: bool) -> Option<Advice> {
        Some(Advice { help, mended: Some(Mended { from: self.at, to: self.at + self.words.len(), text, sure }) })
    }

    /// Advice with other words in place of a stretch of the line; a blank too many goes with what is taken out.
    fn replace(&self, (from, mut to): (usize, usize), help: Message, text: &str, sure: bool) -> Option<Advice> {
        let between_blanks = self.line[..from].ends_with(' ') && self.line[to..].starts_with(' ');
        if text.is_empty() && between_blanks {
            to += 1;
        }
        Some(Advice { help, mended: Some(Mended { from, to, text: text.to_string(), sure }) })
    }

    /// Whether less is left unread when a stretch of the file says something else.
    fn reads_with(&self, span: Span, text: &str) -> bool {
        let file = &self.project.files[self.place.file.0 as usize];
        let (source, known) = (file.source.text.parsed(), file.tree.problems.len());
        if known.saturating_mul(source.len()) > READ_AGAIN {
            return false;
        }
        let mended = [&source[..span.start as usize], text, &source[span.end as usize..]].concat();
        tthc_grammar::parse(&Text::new(mended.as_bytes())).problems.len() < known
    }

    /// Where a phrase stands that reaches up to what could not be read, or into it.
    fn touching(&self, phrase: &str) -> Option<(usize, usize)> {
        let is_letter = |c: char| c.is_alphanumeric() || c == '_';
        let start = whole(self.line, self.before().trim_end().len().saturating_sub(phrase.len()));
        let near = self.line.get(start..whole(self.line, self.at + phrase.len() + 3)).unwrap_or_default();
        let found = near.match_indices(phrase).map(|(from, _)| (start + from, start + from + phrase.len()));
        found.into_iter().find(|(from, to)| {
            let before = self.line[..*from].chars().next_back();
            let after = self.line[*to..].chars().next();
            let within_a_word = phrase.starts_with(is_letter) && before.is_some_and(is_letter)
                || phrase.ends_with(is_letter) && after.is_some_and(is_letter);
            let reaches = self.line.get(*to..self.at).is_none_or(|between| between.trim().is_empty());
            !within_a_word && *from <= self.at && reaches
        })
    }
}

impl Advice {
    /// Puts the advice to a finding.
    pub(super) fn given(self, found: Diagnostic, spot: &Spot<'_>) -> Diagnostic {
        let found = found.help(self.help);
        let Some(mended) = self.mended else { return found };
        let start = spot.place.span.start - spot.at as u32;
        let span = Span { start: start + mended.from as u32, end: start + mended.to as u32 };
        let title = match mended.text.as_str() {
            "" => say("Bỏ phần thừa", "Take out what is too much"),
            _ if mended.text.contains('\n') => say("Viết lại cho đúng", "Write it as it should be"),
            text => say(format!("Viết lại: {}", text.trim()), format!("Write: {}", text.trim())),
        };
        let sure = mended.sure && spot.reads_with(span, &mended.text);
        found.fix(title, sure, Place { span, ..spot.place }, mended.text)
    }
}

/// For words that cannot be read where something was expected.
pub(super) fn advice(spot: &Spot<'_>) -> Option<Advice> {
    let habits: [fn(&Spot<'_>) -> Option<Advice>; 15] = [
        comment,
        signs,
        names::outcome,
        times::amount,
        times::date,
        phrases::advice,
        words::advice,
        arrow_of_a_step,
        reserved,
        names::label_of_a_step,
        names::performer,
        names::in_a_guard,
        times::working_time_misspelled,
        said_twice,
        several_performers,
    ];
    habits.into_iter().find_map(|habit| habit(spot))
}

/// `=>`, `-->`, `==`; a colon, comma or semicolon too many.
fn signs(spot: &Spot<'_>) -> Option<Advice> {
    let words = spot.words;
    if words.contains(['“', '”', '„']) {
        let help = say(
            "Chuỗi đặt trong dấu nháy thẳng \"…\", không phải dấu “…” của Word",
            "Texts stand in straight quotes \"…\", not in the “…” of Word",
        );
        return spot.instead(help, words.replace(['“', '”', '„'], "\""), false);
    }
    if words.strip_prefix("=>").is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit())) {
        let help = say("“Lớn hơn hoặc bằng” viết là “>=” hoặc “≥”", "“At least” is written “>=” or “≥”");
        return spot.instead(help, words.replacen("=>", ">=", 1), false);
    }
    if let Some(text) = other_quotes(words) {
        let help = say("Chuỗi đặt trong dấu nháy thẳng \"…\"", "Texts stand in straight quotes \"…\"");
        return spot.instead(help, text, false);
    }
    if words.starts_with("==") {
        let help = say("So sánh bằng viết một dấu “=”", "Equality is written with one “=”");
        return spot.replace((spot.at, spot.at + 2), help, "=", true);
    }
    const ARROWS: [&str; 8] = ["--->", "-->", "–>", "—>", "==>", "=>", "->>", "–&gt;"];
    let arrow = || say("Mũi tên viết là “->” hoặc “→”", "The arrow is written “->” or “→”");
    if let Some(place) = ARROWS.iter().find_map(|sign| spot.touching(sign)) {
        return spot.replace(place, arrow(), "->", true);
    }
    if let Some(sign) = ARROWS.iter().find(|sign| words.contains(**sign)) {
        return spot.instead(arrow(), words.replacen(sign, "->", 1), false);
    }
    too_many(spot)
}

/// `'…'`, `«…»`
fn other_quotes(words: &str) -> Option<String> {
    let inside = [("'", "'"), ("‘", "’"), ("«", "»"), ("<<", ">>")]
        .into_iter()
        .find_map(|(open, close)| words.strip_prefix(open)?.strip_suffix(close))?;
    (!inside.contains(['"', '\'', '\n'])).then(|| quoted(inside))
}

/// A sign that other notations want and this one does not.
fn too_many(spot: &Spot<'_>) -> Option<Advice> {
    let (words, before) = (spot.words, spot.before().trim_end());
    let sign = words.chars().next().filter(|c| matches!(c, ':' | '.' | ',' | ';'))?;
    let last = before.rsplit(' ').next().unwrap_or_default();
    if spot.expected == Expected::StepHead && is_step_and_name(before) && is_bare_label(&words[1..]) {
        let help = say(
            "Sau số của bước là nội dung trong dấu nháy \"…\", giữa hai bên không có dấu gì",
            "Behind the number of a step stands what is done, in quotes \"…\", with no sign between",
        );
        return spot.instead(help, format!(" {}", quoted(words[1..].trim())), false);
    }
    let help = match spot.expected {
        Expected::OpenBrace if words == ":" => {
            say("Trước dấu “{” của một khối không có dấu “:”", "No “:” stands before the “{” of a block")
        }
        Expected::Names | Expected::Duration if sign == ':' && matches!(last, "do" | "trong") => {
            say(format!("Sau “{last}” không có dấu “:”"), format!("No “:” stands behind “{last}”"))
        }
        Expected::StepHead if matches!(sign, ':' | '.') && is_step_and_name(before) => {
            say("Sau số của bước không có dấu gì", "No sign stands behind the number of a step")
        }
        Expected::StepHead if words == "," => say("Ở đây không có dấu phẩy", "No comma stands here"),
        _ if words == ";" || words == "." => {
            say(format!("Ở đây không có dấu “{words}”"), format!("No “{words}” stands here"))
        }
        _ => return None,
    };
    spot.replace((spot.at, spot.at + 1), help, "", true)
}

fn is_bare_label(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(['"', '\n', ':', '{'])
}

fn is_step_and_name(before: &str) -> bool {
    let head: Vec<&str> = before.rsplit(['{', '}']).next().unwrap_or(before).split_whitespace().collect();
    matches!(head[..], ["bước", _])
}

/// `# …`, `-- …`
fn comment(spot: &Spot<'_>) -> Option<Advice> {
    let sign = ["#", "<!--", "--"].into_iter().find(|sign| spot.words.starts_with(sign))?;
    if ["-->", "--->"].into_iter().any(|arrow| spot.words.starts_with(arrow)) {
        return None;
    }
    let help = say("Ghi chú viết sau “//”", "Comments stand behind “//”");
    let marks = spot.words.len() - spot.words.trim_start_matches(sign).len();
    let line = spot.words.lines().count() == 1 && spot.end() == spot.line.trim_end().len();
    // What looks like more than remarks may be meant.
    let plain = begins(spot.before())
        && !["->", "→", ":", "\"", "{", "--"].iter().any(|sign| spot.words[marks..].contains(sign));
    spot.replace((spot.at, spot.at + marks), help, "//", line && plain)
}

/// `bước 1 { -> bước 4 }`: outside of `hướng xử lý` and `rẽ nhánh` a step has no arrow but keys.
fn arrow_of_a_step(spot: &Spot<'_>) -> Option<Advice> {
    if spot.expected != Expected::StatementIn(DeclarationKind::Step) {
        return None;
    }
    let target = spot.words.strip_prefix("->").or_else(|| spot.words.strip_prefix('→'))?.trim();
    if target == "tiếp" {
        return spot.advice(say(
            "Bước không nói gì thì đi tiếp: bỏ dòng này",
            "A step that says nothing goes on to what follows: leave this out",
        ));
    }
    let mended = match target.strip_prefix("kết thúc ") {
        Some(end) => format!("kết thúc: {}", end.trim()),
        None => format!("chuyển: {target}"),
    };
    let help = say(
        format!("Bước chỉ có một nơi đi tiếp thì viết “{mended}”"),
        format!("Where a step has only one way on, write “{mended}”"),
    );
    spot.instead(help, mended, false)
}

/// A reserved word where a name should stand.
fn reserved(spot: &Spot<'_>) -> Option<Advice> {
    let first = spot.words.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
    let begins = matches!(spot.expected, Expected::Arrow | Expected::Name) && begins(spot.before());
    if !begins || !RESERVED.contains(&first) {
        return None;
    }
    if let Some((from, name)) = names::outcome_name(spot).filter(|(from, _)| *from == spot.at) {
        let joined = name.replace(' ', "_");
        let help = say(
            format!("“{first}” là từ dành riêng; tên viết liền thì được: {joined}"),
            format!("“{first}” is a reserved word; joined it is a name: {joined}"),
        );
        return spot.replace((from, from + name.len()), help, &joined, true);
    }
    spot.advice(say(
        format!("“{first}” là từ dành riêng, không đặt làm tên được; viết chẳng hạn “{first}_đạt”"),
        format!("“{first}” is a reserved word and no name; write “{first}_đạt”, say"),
    ))
}

/// Whether a declaration or an arrow can begin behind these words of a line: they are nothing but braces.
pub(super) fn begins(before: &str) -> bool {
    before.trim_end().is_empty() || before.trim_end().ends_with(['{', '}'])
}

fn said_twice(spot: &Spot<'_>) -> Option<Advice> {
    let clause = ["không tính thời hạn", "trong", "do"].into_iter().find(|clause| spot.words.starts_with(clause))?;
    if spot.expected != Expected::StepHead || !spot.before().contains(&format!(" {clause} ")) {
        return None;
    }
    spot.advice(say(
        format!("“{clause}” đã ghi ở dòng này rồi; chỉ ghi một lần"),
        format!("“{clause}” stands in this line already; it is said once"),
    ))
}

fn several_performers(spot: &Spot<'_>) -> Option<Advice> {
    if !matches!(spot.expected, Expected::StepHead | Expected::Names) || !spot.words.contains([';', '/', '&', '+']) {
        return None;
    }
    spot.advice(say(
        "Nhiều người cùng làm thì nối bằng “và” hoặc dấu phẩy; chỉ một trong số họ làm thì nối bằng “hoặc”",
        "People who act together are joined by “và” or a comma; where one of them acts, by “hoặc”",
    ))
}
