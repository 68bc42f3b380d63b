//! T605: a form number that does not exist in the regime, or means another form there.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::law::regimes::{Regime, during};
use crate::model::flow::Step;
use crate::model::organization::Form;
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::{Seen, each};
use crate::source::Place;
use tthc_grammar::names::fold;
use tthc_grammar::tree::Span;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T605", name: "form", severity: Severity::Warning, page: include_str!("t605_form.md"), check };

const BASIS: &str = "Điều 9 Thông tư 01/2018/TT-VPCP; từ 01/07/2025: Phụ lục I Thông tư 03/2025/TT-VPCP";

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let regimes: Vec<&Regime> = during(seen.days).collect();
        for (_, step) in seen.steps() {
            let named: Vec<(Place, &Form)> = named(&seen, step).filter(|(_, form)| form.statutory).collect();
            // Most steps name none, and their words need not be read.
            let written = if named.is_empty() { String::new() } else { written(step) };
            out.extend(named.into_iter().filter_map(|(place, form)| judge(&seen, &regimes, place, form, &written)));
        }
    }
}

/// The forms that are named within a step.
fn named<'s>(seen: &'s Seen<'_>, step: &Step) -> impl Iterator<Item = (Place, &'s Form)> {
    let Place { file, span } = step.place;
    let first = (Place { file, span: Span { start: span.start, end: 0 } }, 0);
    let after = seen.model.uses.form_places.range(first..);
    let within = after.take_while(move |(place, _)| place.file == file && place.span.start < span.end);
    within.filter(move |(place, _)| place.span.end <= span.end).map(|(place, id)| (*place, &seen.model.forms[*id]))
}

/// What a number means in each regime of the process, against what is meant by it.
fn judge(seen: &Seen<'_>, regimes: &[&Regime], place: Place, form: &Form, written: &str) -> Option<Diagnostic> {
    let number = &form.named.name;
    let mut meaning: Vec<(&Regime, &Form)> = Vec::new();
    for regime in regimes {
        match forms(seen, regime).find(|other| other.named.name == *number) {
            Some(other) => meaning.push((regime, other)),
            None => {
                let name = regime.name;
                let found = seen.found(
                    &RULE,
                    place,
                    say(format!("Theo {name} không có {number}"), format!("Under {name} there is no {number}")),
                );
                return Some(mended(seen, regime, found, place, &form.label));
            }
        }
    }
    let (regime, here) = *meaning.first()?;
    if let Some((later, other)) = meaning.iter().find(|(_, other)| other.label != here.label) {
        let (old, new, name) = (&here.label, &other.label, later.name);
        let message = say(
            format!("Quy trình còn hiệu lực khi đã có {name}, mà theo đó {number} không còn là “{old}” mà là “{new}”"),
            format!("The process is in force under {name} too, where {number} is no longer “{old}” but “{new}”"),
        );
        let mut found = seen.found(&RULE, place, message);
        found.basis = Some(BASIS);
        return Some(found.help(say(
            "Chấm dứt quy trình vào ngày cuối của quy định cũ và ban hành quy trình mới, hoặc chỉ dùng những mẫu không đổi số",
            "End the process on the last day of the old regulation and issue a new one, or use only forms that keep their number",
        )));
    }
    // The text says what the paper is, and it is what this number was under the other regulation.
    let says = |label: &str| written.contains(&plain(label));
    let elsewhere = seen.model.forms.iter().filter(|other| other.statutory && other.named.name == *number);
    let meant = elsewhere.map(|other| &other.label).find(|label| **label != here.label && says(label))?;
    if says(&here.label) {
        return None;
    }
    let message = say(
        format!("{number} theo {} là “{}”, không phải “{meant}”", regime.name, here.label),
        format!("{number} is “{}” under {}, not “{meant}”", here.label, regime.name),
    );
    Some(mended(seen, regime, seen.found(&RULE, place, message), place, meant))
}

/// With the number that the form has in the regime. It names another form than before, so a person decides.
fn mended(seen: &Seen<'_>, regime: &Regime, mut found: Diagnostic, place: Place, label: &str) -> Diagnostic {
    found.basis = Some(BASIS);
    match forms(seen, regime).find(|other| other.label == label) {
        Some(form) => {
            let number = &form.named.name;
            let title = say(format!("Đổi thành {number} “{label}”"), format!("Change it to {number} “{label}”"));
            found.fix(title, false, place, number.as_str())
        }
        None => found.help(say(
            format!("Các mẫu theo {}: {}", regime.name, numbers(seen, regime)),
            format!("The forms under {}: {}", regime.name, numbers(seen, regime)),
        )),
    }
}

fn numbers(seen: &Seen<'_>, regime: &Regime) -> String {
    forms(seen, regime).map(|form| form.named.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn forms<'s>(seen: &'s Seen<'_>, regime: &'s Regime) -> impl Iterator<Item = &'s Form> {
    seen.model.forms.iter().filter(|form| form.statutory && regime.meets(form.in_force))
}

/// What a step and its outcomes say of their papers.
fn written(step: &Step) -> String {
    let texts =
        step.texts.iter().chain(step.exits.arrows().iter().flat_map(|arrow| &arrow.texts)).flat_map(|(_, texts)| texts);
    texts.map(|text| plain(text)).collect::<Vec<_>>().join("\n")
}

fn plain(text: &str) -> String {
    fold(text).to_lowercase()
}
