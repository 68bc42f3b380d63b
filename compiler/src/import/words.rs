//! Words of a source as words of the language: strings, names, labels, kinds of steps.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use tthc_grammar::keywords::RESERVED;
use tthc_grammar::names::{canonical, fold};
use tthc_grammar::text::Text;

/// Names are no longer than so many words.
const MOST_WORDS: usize = 10;
/// Labels of steps are no longer than so many characters; the rest is their content.
const LONGEST_LABEL: usize = 90;

/// A text as the language reads it: composed, without what nobody sees; blanks made single, line ends kept.
pub(super) fn plain(text: &str) -> String {
    let read = Text::new(text.as_bytes());
    let lines = read.parsed().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The same on one line.
pub(super) fn one_line(text: &str) -> String {
    plain(text).replace('\n', " ")
}

/// Small letters without diacritics: how headers and phrases are compared.
pub(super) fn bare(text: &str) -> String {
    fold(&one_line(text).to_lowercase())
}

/// A string of the language.
pub(super) fn quoted(text: &str) -> String {
    tthc_grammar::tree::quoted(&plain(text))
}

/// Gives names, none twice.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// The number that was last put behind a wish.
    last: HashMap<String, usize>,
}

impl Names {
    /// A name that reads like the label.
    pub fn of(&mut self, label: &str, otherwise: &str) -> String {
        let wish = slug(label).unwrap_or_else(|| otherwise.to_string());
        self.fresh(&wish)
    }

    /// This name, or one like it that is free.
    pub fn fresh(&mut self, wish: &str) -> String {
        let mut name = wish.to_string();
        // Mixed spellings are one name.
        while !self.taken.insert(canonical(&name).into_owned()) {
            let last = self.last.entry(wish.to_string()).or_insert(1);
            *last += 1;
            name = format!("{wish}_{last}");
        }
        name
    }
}

/// `Lãnh đạo Phòng` → `lãnh_đạo_phòng`; none where nothing of it can be in a name.
pub(super) fn slug(label: &str) -> Option<String> {
    let text = one_line(label).to_lowercase();
    let words = text.split(|c: char| !in_name(c)).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.skip_while(|word| word.starts_with(|c: char| !c.is_alphabetic())).collect();
    let name = words.iter().take(MOST_WORDS).copied().collect::<Vec<_>>().join("_");
    let reserved = is_reserved(&name);
    match name.as_str() {
        "" => None,
        _ if reserved => Some(format!("{name}_này")),
        _ => Some(name),
    }
}

/// A name of the source as it stands, where the language takes it as one; else one made of it.
pub(super) fn name(text: &str) -> String {
    let good = text.starts_with(|c: char| c.is_alphabetic())
        && text.chars().all(|c| in_name(c) || c == '_')
        && !is_reserved(text);
    if good { text.to_string() } else { slug(text).unwrap_or_else(|| format!("số_{}", slug_of_number(text))) }
}

fn is_reserved(name: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| RESERVED.iter().map(|word| fold(word)).collect());
    WORDS.contains(&fold(name))
}

/// Letters and digits, but for `_`.
fn in_name(c: char) -> bool {
    c.is_alphabetic() || c.is_ascii_digit()
}

/// A number of a step as the language takes it: `2`, `2.1`, `2a`.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(text);
    digits.len() < 24
        && digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn slug_of_number(text: &str) -> String {
    text.split(|c: char| !in_name(c)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// The label of a step, and whether it says everything.
pub(super) fn label(text: &str) -> (String, bool) {
    let line = one_line(text);
    let whole = without_marks(&line);
    if whole.chars().count() <= LONGEST_LABEL && !plain(text).contains('\n') {
        return (whole.to_string(), true);
    }
    let first = line.find([':', ';', '\n']).into_iter().chain(line.find(". ")).chain(line.find(" - ")).min();
    let head = without_marks(first.map_or(&line, |end| &line[..end]));
    let short =
        if head.is_empty() || head.chars().count() > LONGEST_LABEL { shortened(whole) } else { head.to_string() };
    (short, false)
}

/// Punctuation around a label says nothing.
fn without_marks(text: &str) -> &str {
    let text = text.trim_start_matches(['-', '+', '•', '–', ' ']);
    text.trim_end_matches(['.', ',', ';', ':', ' ', '-', '–'])
}

fn shortened(text: &str) -> String {
    let mut short = String::new();
    for word in text.split(' ') {
        if short.chars().count() + word.chars().count() > LONGEST_LABEL - 2 {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    format!("{}…", short.trim_end().trim_end_matches([',', ';', ':']))
}

/// Words by which the kinds of a step are guessed, without diacritics.
const KINDS: &[(&str, &[&str])] = &[
    ("tiếp nhận", &["tiep nhan ho so", "tiep nhan, ", "nop ho so", "nhan ho so cua"]),
    ("phân công", &["phan cong", "giao ho so cho", "chuyen cho chuyen vien"]),
    ("kiểm tra thực tế", &["kiem tra thuc te", "thuc dia", "xac minh"]),
    ("lấy ý kiến", &["lay y kien", "xin y kien", "co y kien"]),
    ("hội đồng", &["hop hoi dong", "hoi dong tham dinh", "hoi dong xet"]),
    ("thẩm định", &["tham dinh", "tham tra", "thu ly", "giai quyet ho so", "xu ly ho so"]),
    ("dự thảo", &["du thao", "soan thao"]),
    ("xem xét", &["xem xet", "ky nhay", "ra soat"]),
    ("trình ký", &["trinh lanh", "trinh ky", "trinh ubnd", "trinh chu"]),
    ("phê duyệt", &["phe duyet", "ky ket qua", "ky giay", "ky quyet dinh", "quyet dinh cap"]),
    ("ký duyệt", &["ky duyet"]),
    ("đóng dấu", &["dong dau", "lay so"]),
    ("phát hành", &["phat hanh"]),
    ("thu phí", &["thu phi", "thu le phi", "nop phi", "nop le phi"]),
    ("nghĩa vụ tài chính", &["nghia vu tai chinh", "nop thue"]),
    ("bổ sung", &["bo sung ho so theo yeu cau", "cho bo sung"]),
    ("trả kết quả", &["tra ket qua", "trao ket qua", "nhan ket qua va tra", "nhan ket qua de tra"]),
    ("chuyển hồ sơ", &["chuyen ho so"]),
    ("thông báo", &["thong bao"]),
];

/// What kind of work a text speaks of; `khác` where it says nothing that is known.
pub(super) fn kinds(text: &str) -> Vec<&'static str> {
    let (label, whole) = label(text);
    let mut found = kinds_in(&label);
    if found.is_empty() {
        found.extend(opening_kind(&label));
    }
    if found.is_empty() && !whole {
        found = kinds_in(text);
    }
    if found.is_empty() { vec!["khác"] } else { found }
}

/// Whether a text speaks of handing over the result, not only of the day on which that is promised.
pub(super) fn hands_over(text: &str) -> bool {
    without_promise(&bare(text)).contains("tra ket qua")
}

/// Who receives a file says when the result is due.
fn without_promise(text: &str) -> String {
    text.replace("hen tra ket qua", "").replace("hen ngay tra ket qua", "")
}

/// What a label says that has nothing but its verb. Marks count: “kỹ thuật” is no signature.
fn opening_kind(label: &str) -> Option<&'static str> {
    let label = label.to_lowercase();
    let first = label.split(|c: char| !c.is_alphanumeric()).next()?;
    match first {
        "ký" | "ky" => Some("ký duyệt"),
        "duyệt" | "duyet" => Some("phê duyệt"),
        _ => {
            let rest = bare(&label).strip_prefix("tiep nhan")?.to_string();
            let alone = rest.trim().is_empty() || rest.starts_with([',', ';', ':']) || rest.starts_with(" va ");
            alone.then_some("tiếp nhận")
        }
    }
}

fn kinds_in(text: &str) -> Vec<&'static str> {
    let text = without_promise(&bare(text));
    // What somebody else does with it afterwards, or has done with it before, is not the work itself.
    let ends = [" truoc khi ", " sau khi "].iter().filter_map(|word| text.find(word));
    let trinh = text.find(" trinh ").map(|at| at + " trinh ubnd".len());
    let end = ends.chain(trinh).min().map_or(text.len(), |at| at.min(text.len()));
    let text = text.get(..end).unwrap_or(&text).trim_start_matches("sau khi co y kien");
    KINDS.iter().filter(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(kind, _)| *kind).collect()
}

/// A text with a large letter at its beginning.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// `mã`, where the text is only that: `1.009645`, with what may follow.
pub(super) fn procedure_code(text: &str) -> Option<&str> {
    let is_code = |word: &&str| {
        let mut parts = word.split('.');
        let digits = |part: Option<&str>, count: usize| {
            part.is_some_and(|part| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        digits(parts.next(), 1) && digits(parts.next(), 6)
    };
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').map(|word| word.trim_end_matches('.')).find(is_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names() {
        let mut names = Names::default();
        assert_eq!(names.of("Lãnh đạo phòng Văn hóa - xã hội", "x"), "lãnh_đạo_phòng_văn_hóa_xã_hội");
        assert_eq!(names.of("Lãnh đạo phòng Văn hoá – Xã hội", "x"), "lãnh_đạo_phòng_văn_hoá_xã_hội_2");
        assert_eq!(names.of("— 12 —", "vai_trò"), "vai_trò");
        assert_eq!(slug("Khi"), Some("khi_này".into()));
        assert_eq!((name("thẩm_định"), name("ký.ký"), name("2 x")), ("thẩm_định".into(), "ký_ký".into(), "x".into()));
    }

    #[test]
    fn labels_are_short_and_say_so() {
        assert_eq!(label("Ký duyệt;"), ("Ký duyệt".into(), true));
        let long = format!("Kiểm tra hồ sơ: - Trường hợp {}", "đủ ".repeat(40));
        assert_eq!(label(&long), ("Kiểm tra hồ sơ".into(), false));
        let (short, whole) = label(&"dài ".repeat(60));
        assert!(short.ends_with('…') && short.chars().count() <= LONGEST_LABEL && !whole);
    }

    #[test]
    fn kinds_are_guessed_from_words() {
        assert_eq!(kinds("Lấy số, đóng dấu, phát hành"), ["đóng dấu", "phát hành"]);
        assert_eq!(kinds("Việc gì đó"), ["khác"]);
        assert_eq!(kinds("Xem xét hồ sơ trước khi trình Lãnh đạo xã phê duyệt"), ["xem xét"]);
        assert_eq!(kinds("Dự thảo báo cáo, trình Lãnh đạo Sở phê duyệt"), ["dự thảo", "trình ký"]);
        for (text, kind) in [
            ("Tiếp nhận hồ sơ và hẹn trả kết quả", "tiếp nhận"),
            ("Tiếp nhận", "tiếp nhận"),
            ("Tiếp nhận và số hóa", "tiếp nhận"),
            ("Tiếp nhận ý kiến", "khác"),
            ("Ký", "ký duyệt"),
            ("Ký số văn bản", "ký duyệt"),
            ("Duyệt", "phê duyệt"),
            ("Kỹ thuật", "khác"),
            ("Nhận kết quả và trả cho công dân", "trả kết quả"),
            ("Công việc của chuyên viên:\nThẩm định hồ sơ", "thẩm định"),
        ] {
            assert_eq!(kinds(text), [kind], "{text}");
        }
        assert!(hands_over("Xác nhận; trả kết quả") && !hands_over("Giấy hẹn trả kết quả"));
        assert_eq!(procedure_code("Mã TTHC: 1.009645.000.00.00.H05"), Some("1.009645.000.00.00.H05"));
        assert_eq!(procedure_code("Mục 1.2"), None);
    }
}
