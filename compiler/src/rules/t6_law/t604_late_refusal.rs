//! T604: a refusal comes later than the limit, though results do not.

use crate::analysis::verdict::ClassTime;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::law;
use crate::law::regimes::{REGIMES, during};
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::t3_time::{each, for_dossiers, found, made_up_of, pure, stages_speak};
use crate::rules::words::amount;
use crate::source::Place;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T604",
    name: "late-refusal",
    severity: Severity::Error,
    page: include_str!("t604_late_refusal.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        let Some(clock) = pure(judged.times) else { continue };
        // A line that results exceed too is told of as such.
        let exceeded = |class: &&ClassTime| class.exceeds(clock) && !class.only_refusals_exceed(clock);
        let results = judged.times.classes.iter().filter(exceeded);
        let mut told: Vec<Place> = results.filter_map(|class| Some(class.limit?.1)).collect();
        let late = |class: &&ClassTime| class.only_refusals_exceed(clock) && !stages_speak(&judged, class, clock);
        for class in judged.times.classes.iter().filter(late) {
            let Some((limit, place)) = class.limit.filter(|(_, place)| !told.contains(place)) else { continue };
            told.push(place);
            let (worst, limit) = (class.worst.part(clock), limit.part(clock));
            let (took, allowed, who) = (amount(worst, clock), amount(limit, clock), for_dossiers(&class.dossier));
            let message = say(
                format!("Hồ sơ bị từ chối sau {}, quá thời hạn {}{}", took.vi, allowed.vi, who.vi),
                format!("A refusal comes after {}, later than the limit of {}{}", took.en, allowed.en, who.en),
            );
            let mut late = found(&RULE, &judged, place, message, &class.path);
            let days = law::judged_days(&judged.case.data, project.settings.date);
            late.basis = Some(during(days).next().unwrap_or(&REGIMES[0]).refusal.text);
            out.push(late.help(made_up_of(&judged, &class.path, worst)));
        }
    }
}
