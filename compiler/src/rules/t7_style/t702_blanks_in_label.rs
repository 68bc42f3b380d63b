//! T702: doubled blanks in a label, blanks at its ends.

use super::{each_label, is_on_broken_line};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use tthc_grammar::tree::quoted;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T702",
    name: "blanks-in-label",
    severity: Severity::Warning,
    page: include_str!("t702_blanks_in_label.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    each_label(project, &mut |place, label| {
        if !may_be_unclean(&label.value) {
            return;
        }
        let clean = clean(&label.value);
        // On a line that cannot be read, what is a label is a guess.
        if clean != label.value && !is_on_broken_line(project, place) {
            let message = say("Nhãn thừa dấu cách", "The label has blanks too many");
            let title = say("Bỏ dấu cách thừa", "Take the blanks out");
            out.push(Diagnostic::new(&RULE, place, message).fix(title, true, place, quoted(&clean)));
        }
    });
}

/// Tells nearly all labels apart from those that have to be taken to pieces: one plain blank between words, and
/// nothing else that is blank.
fn may_be_unclean(label: &str) -> bool {
    let mut before = ' ';
    let odd = label.chars().any(|c| {
        let odd = c.is_whitespace() && (c != ' ' || before == ' ');
        before = c;
        odd
    });
    odd || before == ' '
}

/// With single blanks between words and none at the ends. Lines stay apart, and set in as they are: a label may have
/// several, and those that follow are set in to stand below the first.
fn clean(label: &str) -> String {
    let in_line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = label.trim().split('\n').enumerate().map(|(index, line)| {
        let indent = if index == 0 { "" } else { &line[..line.len() - line.trim_start().len()] };
        format!("{indent}{}", in_line(line))
    });
    lines.collect::<Vec<_>>().join("\n")
}
