//! T002: a block, string or comment that is not closed.

use super::problems;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use tthc_grammar::tree::ProblemKind;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T002", name: "unclosed", severity: Severity::Error, page: include_str!("t002_unclosed.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (place, kind) in problems(project) {
        let (message, help) = match kind {
            ProblemKind::UnclosedBlock => (
                say("Khối mở ở đây chưa có dấu “}” đóng lại", "The block opened here has no “}”"),
                say("Thêm dấu “}” sau dòng cuối của khối này", "Add “}” behind the last line of this block"),
            ),
            ProblemKind::UnclosedString => (
                say("Chuỗi mở ở đây chưa có dấu ngoặc kép đóng lại", "The text opened here has no closing quote"),
                say(
                    "Thêm dấu \" ở cuối chuỗi; trong chuỗi, dấu ngoặc kép viết là \\\"",
                    "Add \" at its end; inside, a quote is written \\\"",
                ),
            ),
            ProblemKind::UnclosedComment => (
                say(
                    "Ghi chú mở bằng “/*” ở đây chưa có “*/” đóng lại",
                    "The comment opened with “/*” here has no “*/”",
                ),
                say("Thêm “*/” ở cuối ghi chú", "Add “*/” at its end"),
            ),
            _ => continue,
        };
        out.push(Diagnostic::new(&RULE, place, message).help(help));
    }
}
