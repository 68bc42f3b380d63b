//! Whether a text of a stranger reads as what it should be: nothing else may come into ours.

use tthc_grammar::text::Text;

/// Whether it may stand behind `do`.
pub(super) fn as_performer(text: &str) -> bool {
    reads(text, &format!("bước a do {text} trong 1 giờ làm việc"))
}

/// Whether it may stand behind a way back: `trong thời gian đã định`.
pub(super) fn as_round(text: &str) -> bool {
    reads(text, &format!("bước a do v trong 1 giờ làm việc {{ rẽ nhánh {{ còn lại -> quay lại a, {text} }} }}"))
}

fn reads(text: &str, line: &str) -> bool {
    let text = Text::new(text.as_bytes());
    let outside: String = text.parsed().split('"').step_by(2).collect();
    let line = Text::new(format!("phần dùng chung p {{\n{line}\n}}\n").as_bytes());
    let tree = tthc_grammar::parse(&line);
    !outside.contains(['{', '}', '\n', '\r', '\\']) && tree.problems.is_empty() && tree.comments.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_it_should_be() {
        for text in ["SXD.chuyên_viên", "một_cửa \"Công chức {một cửa}\"", "người nộp", "a hoặc b"]
        {
            assert!(as_performer(text), "{text}");
        }
        for text in ["", "a } } khác {", "a // b", "a\nbước b do c trong 1 giờ", "a trong 2 giờ làm việc {}", "\"a"]
        {
            assert!(!as_performer(text), "{text}");
        }
        assert!(as_round("trong thời gian đã định"));
        for text in ["", "x", "tối đa 2 lần } bước {", "trong thời gian đã định // a"] {
            assert!(!as_round(text), "{text}");
        }
    }
}
