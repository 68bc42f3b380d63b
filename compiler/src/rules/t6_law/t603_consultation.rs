//! T603: a consultation without content, without a deadline, or without a word on silence.

use super::regime;
use crate::analysis::authority::kind;
use crate::analysis::verdict::{is_untimed, lumped};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::{Flow, Step};
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::{Seen, each};
use tthc_grammar::keywords::Key;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T603",
    name: "consultation",
    severity: Severity::Warning,
    page: include_str!("t603_consultation.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let Some(regime) = regime(&seen, |regime| regime.consultation) else { continue };
        for (id, step) in seen.of_kind(kind::CONSULTATION) {
            let missing = missing(&seen, step);
            if missing.is_empty() {
                continue;
            }
            let list = |of: fn(&(&'static str, &'static str)) -> &'static str| {
                missing.iter().map(of).collect::<Vec<_>>().join(", ")
            };
            let message = say(
                format!("Bước lấy ý kiến chưa nêu {}", list(|one| one.0)),
                format!("The consultation does not say {}", list(|one| one.1)),
            );
            let mut found = seen.at_step(&RULE, id, message);
            found.basis = Some(regime.consultation.text);
            out.push(found.help(say(
                "Ghi “nội dung lấy ý kiến: …”, thời gian của bước và “quá hạn: …” (cảnh báo, hay coi như đồng ý khi luật chuyên ngành cho phép)",
                "Say “nội dung lấy ý kiến: …”, the time of the step and “quá hạn: …” (a reminder, or consent where the law of the field has it)",
            )));
        }
    }
}

fn missing(seen: &Seen<'_>, step: &Step) -> Vec<(&'static str, &'static str)> {
    let mut missing = Vec::new();
    if step.texts.iter().all(|(key, _)| *key != Key::ConsultationContent) {
        missing.push(("nội dung lấy ý kiến", "what is asked"));
    }
    if !has_deadline(&seen.case.flow, step) {
        missing.push(("thời hạn trả lời", "by when to answer"));
    }
    // On paper somebody looks after it; software has to know what to do.
    let electronic = seen.case.flow.steps.iter().any(|step| step.electronic.is_some());
    if electronic && step.overdue.is_none() && step.time.duration.is_some() {
        missing.push(("quá hạn mà không trả lời thì sao", "what follows when nobody answers"));
    }
    missing
}

/// A step without any time is told of as such.
fn has_deadline(flow: &Flow, step: &Step) -> bool {
    let shared = || lumped(flow).into_iter().any(|stage| flow.around(step.parent).any(|around| around == stage));
    step.time.duration.is_some() || step.deadline.is_some() || is_untimed(step) || shared()
}
