//! T701: one name in two spellings.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T701",
    name: "mixed-spelling",
    severity: Severity::Warning,
    page: include_str!("t701_mixed_spelling.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (declared, used, place) in &project.model.spellings {
        let name = &declared.name;
        let message = say(
            format!("Tên này khai báo là “{name}”, ở đây viết “{used}”"),
            format!("This name is declared as “{name}” and written “{used}” here"),
        );
        let title = say(format!("Viết là “{name}”"), format!("Write “{name}”"));
        let found =
            Diagnostic::new(&RULE, *place, message).label(declared.place, say("khai báo ở đây", "declared here"));
        out.push(found.fix(title, true, *place, name.as_str()));
    }
}
