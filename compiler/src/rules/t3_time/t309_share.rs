//! T309: an agency's share exceeds what the law gives it.

use super::{Judged, amount, made_up_of};
use super::{each, found};
use crate::analysis::verdict::Clock;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::source::Place;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T309", name: "share", severity: Severity::Error, page: include_str!("t309_share.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        for (agency, part) in judged.times.shares.iter().filter(|(_, part)| part.worst > part.limit) {
            let clock = clock_of_line(&judged, part.place);
            let name = &project.model.org(*agency).named.name;
            let (used, allowed) = (amount(part.worst, clock), amount(part.limit, clock));
            let message = say(
                format!("Phần của “{name}” lâu nhất mất {}, quá {} được giao", used.vi, allowed.vi),
                format!("The share of “{name}” takes up to {}, more than the {} it is given", used.en, allowed.en),
            );
            out.push(
                found(&RULE, &judged, part.place, message, &part.path)
                    .help(made_up_of(&judged, &part.path, part.worst)),
            );
        }
    }
}

fn clock_of_line(judged: &Judged<'_>, place: Place) -> Clock {
    let line = judged.case.data.shares.iter().find(|(_, limit)| limit.place == place);
    let duration = line.and_then(|(_, limit)| limit.duration.as_ref());
    if duration.is_some_and(|duration| duration.calendar > 0) { Clock::Calendar } else { Clock::Working }
}
