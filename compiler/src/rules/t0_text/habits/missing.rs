//! Advice where something is missing: what stands there in its place.

use crate::diagnostic::{Diagnostic, say};
use crate::project::Project;
use crate::source::Place;
use tthc_grammar::tree::{Expected, Span};

/// The same with advice, where the words around say what was meant.
pub(in super::super) fn put_in(found: Diagnostic, project: &Project, expected: Expected) -> Diagnostic {
    let text = project.source(found.place.file).text.parsed();
    let at = found.place.span.start as usize;
    let (before, after) = (text[..at].trim_end(), text[at..].trim_start_matches([' ', '\t']));
    let file = found.place.file;
    let place = |start: usize, end: usize| Place { span: Span::new(start, end), file };
    match expected {
        Expected::Then if after.starts_with("->") => {
            let start = text.len() - after.len();
            let help = say("Chờ xong thì đi đâu viết sau “rồi”", "Where it goes after the wait stands behind “rồi”");
            found.help(help).fix(say("Viết lại: rồi", "Write: rồi"), true, place(start, start + 2), "rồi")
        }
        Expected::Then => found.help(say(
            "Chờ xong thì đi đâu, ví dụ: chờ bổ sung tối đa 30 ngày rồi quay lại bước 1, tối đa 1 lần",
            "Where it goes after the wait, such as: chờ bổ sung tối đa 30 ngày rồi quay lại bước 1, tối đa 1 lần",
        )),
        Expected::Value(_) | Expected::Text if before.ends_with(',') => {
            let help = say(
                "Hai mục trên một dòng cách nhau bằng dấu cách, không có dấu phẩy",
                "Two attributes on a line are parted by blanks, without a comma",
            );
            let comma = place(before.len() - 1, before.len());
            found.help(help).fix(say("Bỏ dấu phẩy", "Take the comma out"), true, comma, "")
        }
        Expected::Name if after.starts_with(|c: char| c.is_ascii_digit()) => found.help(say(
            "Chỉ bước mới mang số; ở đây đặt tên bằng chữ hoặc số La Mã, ví dụ: giai đoạn I",
            "Only steps have numbers; give a name in letters or Roman figures, such as: giai đoạn I",
        )),
        _ => found,
    }
}
