//! T004: a number in foreign notation.

use super::problems;
use crate::diagnostic::{Diagnostic, Message, Severity, say};
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
        let number = project.source(place.file).words(place.span);
        let spelling = match kind {
            ProblemKind::ForeignNumber(spelling) => spelling,
            ProblemKind::PartOfDong(meant) => {
                let message = say(
                    format!("“{number}” không phải là số đồng tròn"),
                    format!("“{number}” is no whole number of đồng"),
                );
                let help = say(
                    "Số tiền là số đồng nguyên, hàng nghìn cách bằng dấu chấm, ví dụ 150.500 đồng",
                    "Money is in whole đồng, thousands apart by a point, such as 150.500 đồng",
                );
                let found = Diagnostic::new(&RULE, place, message).help(help);
                out.push(match meant {
                    Some(meant) => found.fix(write_as(meant), false, place, meant.as_str()),
                    None => found,
                });
                continue;
            }
            ProblemKind::NoFraction => {
                let message =
                    say(format!("“{number}” không phải là một phân số"), format!("“{number}” is no fraction"));
                let help = say(
                    "Phân số là số nguyên trên số nguyên khác 0, ví dụ 1/2 ngày",
                    "A fraction is a whole number over another that is not 0, such as 1/2 ngày",
                );
                out.push(Diagnostic::new(&RULE, place, message).help(help));
                continue;
            }
            _ => continue,
        };
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
            found = found.fix(write_as(&spelling.text), spelling.sure, place, spelling.text.as_str());
        }
        out.push(found);
    }
}

fn write_as(number: &str) -> Message {
    say(format!("Viết là “{number}”"), format!("Write “{number}”"))
}
