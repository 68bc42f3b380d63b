//! T003: characters that nobody sees, and bytes that are no text.

use super::problems;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use tthc_grammar::tree::ProblemKind;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T003",
    name: "characters",
    severity: Severity::Error,
    page: include_str!("t003_characters.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (place, kind) in problems(project) {
        let found = match kind {
            ProblemKind::Character(c) => {
                let code = format!("U+{:04X}", *c as u32);
                Diagnostic::new(
                    &RULE,
                    place,
                    say(
                        format!("Ở đây có ký tự không nhìn thấy {code}"),
                        format!("There is an invisible character {code} here"),
                    ),
                )
                .help(say(
                    "Xóa ký tự này (thường lẫn vào khi chép từ Word hay trang mạng)",
                    "Delete it (it often comes along when copied from Word or a web page)",
                ))
            }
            ProblemKind::NotUtf8 => Diagnostic::new(
                &RULE,
                place,
                say("Ở đây có byte không phải chữ theo mã UTF-8", "There are bytes here that are no UTF-8 text"),
            )
            .help(say("Lưu lại tệp bằng mã UTF-8", "Save the file as UTF-8")),
            ProblemKind::Utf16 => Diagnostic::new(
                &RULE,
                place,
                say("Tệp này lưu bằng mã UTF-16, nên không đọc được", "This file is UTF-16 and cannot be read"),
            )
            .help(say(
                "Lưu lại tệp bằng mã UTF-8 (trong Notepad: Lưu với tên khác, Mã hóa: UTF-8)",
                "Save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)",
            )),
            _ => continue,
        };
        out.push(found);
    }
}
