//! T406: the result is returned by another unit than the one that received the dossier.

use super::{Seen, each};
use crate::analysis::authority::{Whereabouts, kind, performers, title, whereabouts};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::{Actor, Step};
use crate::model::organization::OrgId;
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T406",
    name: "other-unit",
    severity: Severity::Warning,
    page: include_str!("t406_other_unit.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let Some((first, reception)) = seen.reception() else { continue };
        let Some(received) = units(&seen, reception) else { continue };
        for (id, step) in seen.of_kind(kind::RETURN) {
            let wherever = performers(step).into_iter().any(|performer| performer.actor == Actor::ReceivingUnit);
            let Some(returned) = units(&seen, step).filter(|_| !wherever) else { continue };
            let Some(other) = received.iter().find(|unit| !returned.contains(unit)) else { continue };
            let (received_at, returned_at) = (title(seen.model, *other), names(&seen, &returned));
            let message = say(
                format!("Hồ sơ tiếp nhận tại {received_at} nhưng kết quả do {returned_at} trả"),
                format!("A dossier received at {received_at} has its result returned by {returned_at}"),
            );
            let mut found = seen.at_step(&RULE, id, message);
            found.basis = Some("Khoản 7 Điều 19 Nghị định 61/2018/NĐ-CP");
            let place = seen.case.flow.step(first).head;
            out.push(found.label(place, say("tiếp nhận ở đây", "received here")).help(say(
                "Ghi “do nơi tiếp nhận” ở bước trả kết quả",
                "Say “do nơi tiếp nhận” at the step that returns the result",
            )));
        }
    }
}

/// The one-stop units at which a step is done; none where that is not known, or somewhere else (T405 says so).
fn units(seen: &Seen<'_>, step: &Step) -> Option<Vec<OrgId>> {
    let mut units = Vec::new();
    for performer in performers(step) {
        match whereabouts(seen.model, &seen.case.data, performer) {
            Whereabouts::OneStop(found) => units.extend(found),
            Whereabouts::Unknown => return None,
            Whereabouts::Elsewhere | Whereabouts::Nowhere => {}
        }
    }
    units.sort();
    units.dedup();
    (!units.is_empty()).then_some(units)
}

fn names(seen: &Seen<'_>, units: &[OrgId]) -> String {
    units.iter().map(|id| title(seen.model, *id)).collect::<Vec<_>>().join(", ")
}
