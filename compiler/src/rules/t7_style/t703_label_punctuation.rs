//! T703: punctuation at the end of a label.

use super::each_label;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use tthc_grammar::tree::quoted;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T703",
    name: "label-punctuation",
    severity: Severity::Warning,
    page: include_str!("t703_label_punctuation.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    each_label(project, &mut |place, label| {
        let trimmed = label.value.trim_end();
        // An ellipsis stands for words left out, and so does the abbreviation “and so on”.
        if ["...", "…", "v.v."].iter().any(|left_out| trimmed.ends_with(left_out)) {
            return;
        }
        let clean = trimmed.trim_end_matches(['.', ',', ';', ':']).trim_end();
        if clean != trimmed && !clean.is_empty() {
            let message = say("Nhãn có dấu câu ở cuối", "The label ends with punctuation");
            let title = say("Bỏ dấu câu ở cuối", "Take the punctuation out");
            out.push(Diagnostic::new(&RULE, place, message).fix(title, true, place, quoted(clean)));
        }
    });
}
