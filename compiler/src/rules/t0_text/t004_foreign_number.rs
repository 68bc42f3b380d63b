//! T004: a number in foreign notation.

use super::problems;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use tthc_grammar::tree::ProblemKind;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T004",
    name: "foreign-number",
    severity: Severity::Error,
    page: include_str!("t004_foreign_number.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (place, kind) in problems(project) {
        let ProblemKind::ForeignNumber(spelling) = kind else { continue };
        let number = project.source(place.file).words(place.span);
        let message = say(
            format!("Số “{number}” không viết theo cách của tiếng Việt"),
            format!("The number “{number}” is not written the Vietnamese way"),
        );
        let help = say(
            "Phần lẻ sau dấu phẩy (0,5), hàng nghìn cách bằng dấu chấm (1.500.000)",
            "Decimals behind a comma (0,5), thousands apart by a point (1.500.000)",
        );
        let mut found = Diagnostic::new(&RULE, place, message).help(help);
        if let Some(spelling) = spelling {
            let title = say(format!("Viết là “{spelling}”"), format!("Write “{spelling}”"));
            found = found.fix(title, true, place, spelling.as_str());
        }
        out.push(found);
    }
}
