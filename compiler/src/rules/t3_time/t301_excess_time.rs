//! T301: the worst agency time exceeds the limit.

use super::{Judged, amount, for_dossiers, late_by, made_up_of, pure, stages_speak, way_and_days};
use super::{each, found};
use crate::analysis::dated::{Late, OnDates};
use crate::analysis::verdict::{ClassTime, Clock};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::StepId;
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
        let Some(clock) = pure(judged.times) else {
            dated(&judged, out);
            continue;
        };
        let mut lines: Vec<(Place, &ClassTime)> = Vec::new();
        for class in &judged.times.classes {
            let Some((_, place)) = &class.limit else { continue };
            // Where only refusals are late, T604 speaks.
            let late = class.exceeds(clock) && !class.only_refusals_exceed(clock);
            if !late || stages_speak(&judged, class, clock) {
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

/// On a mixed clock: one finding for each limit line, of the class that is latest.
fn dated(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    let mut lines: Vec<(Place, i64, Diagnostic)> = Vec::new();
    for class in &judged.times.classes {
        let Some((_, place)) = class.limit else { continue };
        let (over, diagnostic) = match &class.on_dates {
            Some(OnDates::Exceeded(late)) => (late.end.0 - late.due.0, on_day(judged, place, class, late)),
            Some(OnDates::MayExceed { worst, limit, clock, path }) => {
                (worst - limit, bound(judged, place, class, (*worst, *limit, *clock), path))
            }
            _ => continue,
        };
        match lines.iter_mut().find(|(known, ..)| *known == place) {
            Some((_, most, _)) if *most >= over => {}
            Some(line) => *line = (place, over, diagnostic),
            None => lines.push((place, over, diagnostic)),
        }
    }
    out.extend(lines.into_iter().map(|(_, _, diagnostic)| diagnostic));
}

fn on_day(judged: &Judged<'_>, place: Place, class: &ClassTime, late: &Late) -> Diagnostic {
    let (who, bound) = (for_dossiers(&class.dossier), up_to(judged));
    let message = say(
        format!("{}, quá thời hạn{}", late_by(late, bound.0).vi, who.vi),
        format!("{}, beyond the limit{}", late_by(late, bound.1).en, who.en),
    );
    found(&RULE, judged, place, message, &late.path).help(way_and_days(judged, late))
}

fn bound(
    judged: &Judged<'_>,
    place: Place,
    class: &ClassTime,
    (worst, limit, clock): (i64, i64, Clock),
    path: &[StepId],
) -> Diagnostic {
    let (took, allowed, who) = (amount(worst, clock), amount(limit, clock), for_dossiers(&class.dossier));
    let message = say(
        format!(
            "Làm tiếp sau khi tạm dừng vào ngày bất lợi thì có thể tới {}, quá thời hạn {}{}",
            took.vi, allowed.vi, who.vi
        ),
        format!(
            "Resumed after a pause on an unlucky day it may take up to {}, more than the limit of {}{}",
            took.en, allowed.en, who.en
        ),
    );
    let path = path.to_vec();
    let steps = path.iter().map(|step| judged.case.flow.full_name(*step)).collect::<Vec<_>>().join(" → ");
    found(&RULE, judged, place, message, &path).help(say(format!("Đường đi: {steps}"), format!("The way: {steps}")))
}

fn up_to(judged: &Judged<'_>) -> (&'static str, &'static str) {
    if judged.times.approximate { ("có thể tới ", "up to ") } else { ("", "") }
}

fn excess(judged: &Judged<'_>, place: Place, class: &ClassTime, clock: Clock) -> Diagnostic {
    let limit = class.limit.map_or(0, |(limit, _)| limit.part(clock));
    let worst = class.worst.part(clock);
    let (took, allowed, over) = (amount(worst, clock), amount(limit, clock), amount(worst - limit, clock));
    let who = for_dossiers(&class.dossier);
    let bound = up_to(judged);
    let message = say(
        format!("Lâu nhất mất {}{}, quá thời hạn {} là {}{}", bound.0, took.vi, allowed.vi, over.vi, who.vi),
        format!(
            "The longest way takes {}{}, {} more than the limit of {}{}",
            bound.1, took.en, over.en, allowed.en, who.en
        ),
    );
    found(&RULE, judged, place, message, &class.path).help(made_up_of(judged, &class.path, worst))
}
