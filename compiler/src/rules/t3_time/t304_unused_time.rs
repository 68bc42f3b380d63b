//! T304: the steps use less than the limit.

use super::{amount, made_up_of, pure, stages_speak};
use super::{each, found};
use crate::analysis::verdict::ClassTime;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::source::Place;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T304",
    name: "unused-time",
    severity: Severity::Warning,
    page: include_str!("t304_unused_time.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        let Some(clock) = pure(judged.times).filter(|_| !judged.times.at_least && !judged.times.approximate) else {
            continue;
        };
        let mut lines: Vec<(Place, &ClassTime)> = Vec::new();
        for class in &judged.times.classes {
            let Some((_, place)) = &class.limit else { continue };
            match lines.iter_mut().find(|(known, _)| known == place) {
                Some((_, kept)) if kept.worst.part(clock) >= class.worst.part(clock) => {}
                Some((_, kept)) => *kept = class,
                None => lines.push((*place, class)),
            }
        }
        for (place, class) in lines {
            let limit = class.limit.map_or(0, |(limit, _)| limit.part(clock));
            let used = class.worst.part(clock);
            // Stages that leave time unused of their own have said so.
            let told = judged.times.stages.iter().any(|(_, part)| part.worst != part.limit);
            if used >= limit || told || stages_speak(&judged, class, clock) {
                continue;
            }
            let (used, limit, left) = (amount(used, clock), amount(limit, clock), amount(limit - used, clock));
            let message = say(
                format!("Các bước mới dùng {} trong {}: còn {} chưa phân cho bước nào", used.vi, limit.vi, left.vi),
                format!("The steps use {} of {}: {} are given to no step", used.en, limit.en, left.en),
            );
            out.push(found(&RULE, &judged, place, message, &class.path).help(made_up_of(
                &judged,
                &class.path,
                class.worst.part(clock),
            )));
        }
    }
}
