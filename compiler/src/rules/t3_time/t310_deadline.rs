//! T310: a deadline that cannot be kept.

use super::{amount, late_by, way_and_days};
use super::{each, found};
use crate::analysis::verdict::Clock;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T310", name: "deadline", severity: Severity::Error, page: include_str!("t310_deadline.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        for missed in &judged.times.missed {
            let step = judged.case.flow.step(missed.step);
            let finding = match &missed.late {
                Some(late) => {
                    let (said, name) = (late_by(late, ""), &step.named.name);
                    let message = say(format!("Bước “{name}”: {}", said.vi), format!("Step “{name}”: {}", said.en));
                    found(&RULE, &judged, missed.place, message, &late.path).help(way_and_days(&judged, late))
                }
                None => {
                    let calendar = step.deadline.as_ref().is_some_and(|deadline| deadline.duration.calendar > 0);
                    let clock = if calendar { Clock::Calendar } else { Clock::Working };
                    let (worst, limit) = (amount(missed.worst, clock), amount(missed.limit, clock));
                    let message = say(
                        format!(
                            "Bước “{}” chậm nhất phải xong trong {}, nhưng có thể tới {} mới xong",
                            step.named.name, limit.vi, worst.vi
                        ),
                        format!(
                            "Step “{}” must be done within {} and may take until {}",
                            step.named.name, limit.en, worst.en
                        ),
                    );
                    found(&RULE, &judged, missed.place, message, &[missed.step])
                }
            };
            out.push(finding);
        }
    }
}
