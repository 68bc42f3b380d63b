//! T704: labels side by side that differ only in case.

use super::each_scope;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::source::Place;
use foldhash::{HashMap, HashMapExt};
use tthc_grammar::tree::{Text, quoted};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T704",
    name: "label-case",
    severity: Severity::Warning,
    page: include_str!("t704_label_case.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    each_scope(project, &mut |file, declarations| {
        let labels = || declarations.iter().filter_map(|declaration| declaration.label.as_ref());
        if labels().nth(1).is_none() {
            return;
        }
        let mut seen: HashMap<String, &Text> = HashMap::new();
        for label in labels() {
            let first = *seen.entry(label.value.to_lowercase()).or_insert(label);
            if first.value == label.value {
                continue;
            }
            let place = Place { file, span: label.span };
            let message = say(
                format!("Nhãn này chỉ khác “{}” ở chữ hoa, chữ thường", first.value),
                format!("This label differs from “{}” only in case", first.value),
            );
            let title = say(format!("Viết là “{}”", first.value), format!("Write “{}”", first.value));
            let found = Diagnostic::new(&RULE, place, message)
                .label(Place { file, span: first.span }, say("nhãn kia ở đây", "the other label"));
            out.push(found.fix(title, true, place, quoted(&first.value)));
        }
    });
}
