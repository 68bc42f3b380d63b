//! Which end state an end of a drawing is, by the words that it is called.

use super::drawn::{Kind, Node};
use super::nested::LEAVES;
use crate::import::draft::Remark;
use crate::import::words::{bare, one_line};
use tthc_grammar::keywords::END_STATES;
use tthc_grammar::names::{canonical, fold};

/// An end without words, and what is said of one whose words are unknown.
const USUAL: &str = "trả kết quả";

/// Phrases of whole words, by the end state that they mean; the first state of which one occurs holds.
const REFUSED: &[(&str, &[&str])] = &[
    ("từ chối tiếp nhận", &["từ chối tiếp nhận", "không tiếp nhận"]),
    ("trả hồ sơ", &["trả hồ sơ", "trả lại hồ sơ"]),
    ("rút hồ sơ", &["rút hồ sơ", "đã rút"]),
    (
        "từ chối giải quyết",
        &[
            "từ chối",
            "bị bác",
            "bác bỏ",
            "bác hồ sơ",
            "bác đơn",
            "không cấp",
            "không đồng ý",
            "không đạt",
            "không đủ",
            "không được",
            "không chấp thuận",
            "không phê duyệt",
            "không công nhận",
            "không giải quyết",
            "không hợp lệ",
            "thất bại",
            "reject",
            "rejected",
            "refused",
        ],
    ),
];

/// Likewise; of these the phrase that comes first holds: `Trả kết quả quá hạn` is no `Quá hạn trả kết quả`.
const REACHED: &[(&str, &[&str])] = &[
    ("dừng xử lý", &["dừng", "hủy", "hủy bỏ", "chấm dứt", "quá hạn"]),
    (
        USUAL,
        &[
            "trả kết quả",
            "trả giấy",
            "nhận kết quả",
            "được cấp",
            "đã cấp",
            "cấp giấy",
            "cấp phép",
            "cấp lại",
            "cấp đổi",
            "cấp mới",
            "cấp thẻ",
            "cấp chứng chỉ",
            "hoàn thành",
            "hoàn tất",
            "thành công",
            "phê duyệt",
            "chấp thuận",
            "đồng ý",
            "công nhận",
            "ban hành",
            "xong",
            "done",
        ],
    ),
];

/// Names that say no more than that it ends.
const EMPTY: [&str; 5] = ["", "kết thúc", "kết thúc quy trình", "kết thúc thủ tục", "end"];

/// The end state of an end.
pub(super) fn end_state(node: &Node) -> &'static str {
    named(node).unwrap_or(USUAL)
}

/// What has to be looked at where the words of an end are unknown.
pub(super) fn open(node: &Node) -> Option<Remark> {
    let unknown = matches!(node.kind, Kind::End(_)) && named(node).is_none();
    unknown
        .then(|| Remark::Open(format!("chưa rõ “{}” là kết thúc thế nào; ở đây ghi “{USUAL}”", one_line(&node.name))))
}

/// None where it has a name that says nothing known.
fn named(node: &Node) -> Option<&'static str> {
    let own = node.properties.get("end").or(node.properties.get(LEAVES));
    own.and_then(|state| END_STATES.iter().find(|known| **known == state).copied()).or_else(|| meant(&node.name))
}

fn meant(name: &str) -> Option<&'static str> {
    // Without marks `đúng` would be `dừng`: they are left out only where the drawing has none.
    let plain = bare(name) == one_line(name).to_lowercase();
    let said = words(name, plain);
    if EMPTY.iter().any(|empty| words(empty, plain) == said) {
        return Some(USUAL);
    }
    let first = |phrases: &[&str]| phrases.iter().filter_map(|phrase| said.find(&words(phrase, plain))).min();
    if let Some((state, _)) = REFUSED.iter().find(|(_, phrases)| first(phrases).is_some()) {
        return Some(state);
    }
    let reached = REACHED.iter().filter_map(|(state, phrases)| Some((first(phrases)?, *state)));
    let (at, state) = reached.min()?;
    let denied = ["không", "chưa"].iter().any(|no| said[..=at].contains(&words(no, plain)));
    (!denied).then_some(state)
}

/// Small words, a blank around each.
fn words(text: &str, plain: bool) -> String {
    let text = one_line(text).to_lowercase();
    let text = if plain { fold(&text) } else { text };
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(canonical);
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_told_by_whole_words() {
        for (name, state) in [
            ("Cấp giấy phép xây dựng", Some("trả kết quả")),
            ("Trả giấy chứng nhận quyền sử dụng đất", Some("trả kết quả")),
            ("Trả kết quả đúng hạn", Some("trả kết quả")),
            ("Cấp phép thủy sản", Some("trả kết quả")),
            ("Đã trả kết quả quá hạn", Some("trả kết quả")),
            ("Da tra ket qua", Some("trả kết quả")),
            ("Kết thúc", Some("trả kết quả")),
            ("", Some("trả kết quả")),
            ("Không cấp phép", Some("từ chối giải quyết")),
            ("Hồ sơ bị bác", Some("từ chối giải quyết")),
            ("Thất bại", Some("từ chối giải quyết")),
            ("Khong dat", Some("từ chối giải quyết")),
            ("Từ chối tiếp nhận", Some("từ chối tiếp nhận")),
            ("Trả lại hồ sơ không đủ", Some("trả hồ sơ")),
            ("Hủy vì không nộp", Some("dừng xử lý")),
            ("Huỷ hồ sơ", Some("dừng xử lý")),
            ("Dừng vì quá hạn", Some("dừng xử lý")),
            ("Quá hạn trả kết quả", Some("dừng xử lý")),
            ("Chưa thể cấp phép", None),
            ("Chuyển cơ quan khác", None),
            ("Bác sĩ", None),
        ] {
            assert_eq!(meant(name), state, "{name}");
        }
    }
}
