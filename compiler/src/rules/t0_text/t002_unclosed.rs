//! T002: a block, string or comment that is not closed.

use super::problems;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::source::Place;
use tthc_grammar::keywords::key;
use tthc_grammar::tree::{ProblemKind, Span};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T002", name: "unclosed", severity: Severity::Error, page: include_str!("t002_unclosed.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (place, kind) in problems(project) {
        let (message, help) = match kind {
            ProblemKind::UnclosedBlock => (
                say("Khối mở ở đây chưa có dấu “}” đóng lại", "The block opened here has no “}”"),
                say("Thêm dấu “}” sau dòng cuối của khối này", "Add “}” behind the last line of this block"),
            ),
            ProblemKind::UnclosedString(_) if closes(project, place).is_some() => (
                say("Dấu ngoặc kép này đóng một chuỗi chưa mở", "This quote closes a text that was not opened"),
                say("Thêm dấu \" ở đầu chuỗi", "Add \" at the beginning of the text"),
            ),
            ProblemKind::UnclosedString(_) => (
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
        let found = Diagnostic::new(&RULE, place, message).help(help);
        out.push(match kind {
            ProblemKind::UnclosedString(Some(end)) => {
                let title = say("Thêm dấu nháy đóng ở cuối dòng", "Add the closing quote at the end of the line");
                found.fix(title, true, Place { span: Span { start: *end, end: *end }, ..place }, "\"")
            }
            ProblemKind::UnclosedString(None) => match closes(project, place).flatten() {
                Some(start) => {
                    let title = say("Thêm dấu nháy mở", "Add the opening quote");
                    found.fix(title, true, Place { span: Span { start, end: start }, ..place }, "\"")
                }
                None => found,
            },
            _ => found,
        });
    }
}

/// A quote right behind a word at the end of its line does not open anything; with the offset where the text begins, if it
/// is all that stands behind a key.
fn closes(project: &Project, place: Place) -> Option<Option<u32>> {
    let source = project.source(place.file);
    let line = source.line(place.span.start);
    let before = line.strip_suffix('"').filter(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '.'))?;
    let at_its_end = source.text.parsed()[place.span.end as usize..].starts_with(['\n', '\r']);
    let text = before.split_once(':').filter(|(name, text)| key(name.trim()).is_some() && !text.contains('"'));
    at_its_end.then(|| text.map(|(_, text)| place.span.start - text.trim_start().len() as u32))
}
