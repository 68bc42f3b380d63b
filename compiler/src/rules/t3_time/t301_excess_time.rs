//! T301: the worst agency time exceeds the limit.

use super::{Judged, amount, for_dossiers, pure, stages_speak, sum};
use super::{each, found};
use crate::analysis::verdict::{ClassTime, Clock};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::source::Place;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T301",
    name: "excess-time",
    severity: Severity::Error,
    page: include_str!("t301_excess_time.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        let Some(clock) = pure(judged.times) else { continue };
        let mut lines: Vec<(Place, &ClassTime)> = Vec::new();
        for class in &judged.times.classes {
            let Some((limit, place)) = &class.limit else { continue };
            if class.worst.part(clock) <= limit.part(clock) || stages_speak(&judged, class, clock) {
                continue;
            }
            // One finding for each limit line: the class that exceeds it most.
            match lines.iter_mut().find(|(known, _)| known == place) {
                Some((_, kept)) if kept.worst.part(clock) >= class.worst.part(clock) => {}
                Some((_, kept)) => *kept = class,
                None => lines.push((*place, class)),
            }
        }
        for (place, class) in lines {
            out.push(excess(&judged, place, class, clock));
        }
    }
}

fn excess(judged: &Judged<'_>, place: Place, class: &ClassTime, clock: Clock) -> Diagnostic {
    let limit = class.limit.map_or(0, |(limit, _)| limit.part(clock));
    let worst = class.worst.part(clock);
    let (took, allowed, over) = (amount(worst, clock), amount(limit, clock), amount(worst - limit, clock));
    let who = for_dossiers(&class.dossier);
    let bound = if judged.times.approximate { ("có thể tới ", "up to ") } else { ("", "") };
    let message = say(
        format!("Lâu nhất mất {}{}, quá thời hạn {} là {}{}", bound.0, took.vi, allowed.vi, over.vi, who.vi),
        format!(
            "The longest way takes {}{}, {} more than the limit of {}{}",
            bound.1, took.en, over.en, allowed.en, who.en
        ),
    );
    let path = sum(judged, &class.path, worst);
    found(&RULE, judged, place, message, &class.path).help(say(format!("Tính: {path}"), format!("Made up of: {path}")))
}
