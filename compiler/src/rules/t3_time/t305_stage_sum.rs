//! T305: a stage and its steps, the procedure and its stages do not add up.

use super::{Judged, amount, made_up_of, pure, stages_speak};
use super::{each, found};
use crate::analysis::verdict::{Clock, stage_limits};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::BlockKind;
use crate::project::Project;
use crate::rules::Rule;
use std::cmp::Ordering;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T305", name: "stage-sum", severity: Severity::Error, page: include_str!("t305_stage_sum.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        stages(&judged, out);
        whole(&judged, out);
    }
}

fn stages(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    for (id, part) in &judged.times.stages {
        let block = judged.case.flow.block(*id);
        let BlockKind::Stage(Some(limit)) = &block.kind else { continue };
        let clock = if limit.calendar > 0 { Clock::Calendar } else { Clock::Working };
        let name = block.named.as_ref().map_or("", |named| &named.name);
        let (used, allowed) = (amount(part.worst, clock), amount(part.limit, clock));
        let message = match part.worst.cmp(&part.limit) {
            Ordering::Equal => continue,
            Ordering::Greater => say(
                format!(
                    "Các bước của giai đoạn “{name}” cộng lại {}, quá thời hạn {} của giai đoạn",
                    used.vi, allowed.vi
                ),
                format!("The steps of stage “{name}” add up to {}, more than its limit of {}", used.en, allowed.en),
            ),
            Ordering::Less if judged.times.at_least || judged.times.approximate => continue,
            Ordering::Less => say(
                format!(
                    "Các bước của giai đoạn “{name}” cộng lại {}, chưa đủ thời hạn {} của giai đoạn",
                    used.vi, allowed.vi
                ),
                format!("The steps of stage “{name}” add up to {}, less than its limit of {}", used.en, allowed.en),
            ),
        };
        let place = block.named.as_ref().map_or(part.place, |named| named.place);
        let mut found = found(&RULE, judged, place, message, &part.path);
        if part.worst < part.limit {
            found.severity = Severity::Warning;
        }
        out.push(found.help(made_up_of(judged, &part.path, part.worst)));
    }
}

/// Where the process is made of stages only, their limits add up to the procedure's.
fn whole(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    let Some(clock) = pure(judged.times) else { return };
    let broken = judged.times.stages.iter().any(|(_, part)| part.worst != part.limit);
    let Some(class) = judged.times.classes.iter().max_by_key(|class| class.worst.part(clock)) else { return };
    let Some((limit, place)) = class.limit.filter(|_| !broken && stages_speak(judged, class, clock)) else { return };
    let (worst, allowed) = (class.worst.part(clock), limit.part(clock));
    if worst == allowed {
        return;
    }
    let (total, limit) = (amount(worst, clock), amount(allowed, clock));
    let message = say(
        format!("Thời hạn các giai đoạn cộng lại {}, khác thời hạn {} của thủ tục", total.vi, limit.vi),
        format!("The limits of the stages add up to {}, not to the procedure's {}", total.en, limit.en),
    );
    let mut found = found(&RULE, judged, place, message, &[]);
    if worst < allowed {
        found.severity = Severity::Warning;
    }
    for (id, limit) in stage_limits(&judged.case.flow).unwrap_or_default() {
        let block = judged.case.flow.block(id);
        let at = block.named.as_ref().map_or(block.place, |named| named.place);
        found = found.label(at, say(limit.text.clone(), limit.text.clone()));
    }
    out.push(found);
}
