//! T302: the limit is longer than the law allows.

use super::amount;
use super::{each, found};
use crate::analysis::verdict::Clock;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T302",
    name: "statutory-limit",
    severity: Severity::Error,
    page: include_str!("t302_statutory_limit.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        for class in &judged.times.classes {
            let (Some((limit, place)), Some((statutory, law))) = (&class.limit, &class.statutory) else { continue };
            let clock = if limit.calendar > 0 { Clock::Calendar } else { Clock::Working };
            let comparable = limit.part(other(clock)) == 0 && statutory.part(other(clock)) == 0;
            if !comparable || limit.part(clock) <= statutory.part(clock) {
                continue;
            }
            let (own, set) = (amount(limit.part(clock), clock), amount(statutory.part(clock), clock));
            let message = say(
                format!("Thời hạn {} dài hơn thời hạn theo quy định {}", own.vi, set.vi),
                format!("The limit of {} is longer than the {} set by law", own.en, set.en),
            );
            out.push(
                found(&RULE, &judged, *place, message, &[]).label(*law, say("thời hạn theo quy định", "set by law")),
            );
        }
    }
}

fn other(clock: Clock) -> Clock {
    if clock == Clock::Calendar { Clock::Working } else { Clock::Calendar }
}
