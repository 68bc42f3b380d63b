//! The figures of a version, and what another saves.

use super::{Figures, Saved, Version};
use crate::model::flow::Actor;

/// Steps, agencies, papers, times, 4 tại chỗ.
pub(super) fn figures(version: &Version) -> Figures {
    let report = version.report.as_ref();
    let sound = report.filter(|report| report.sound);
    // Of the dossiers that take longest; none where that is not known of all of them.
    let classes = report.map(|report| report.classes.as_slice()).unwrap_or_default();
    let known = classes.iter().all(|class| class.worst_minutes.is_some());
    let longest = classes.iter().filter(|_| known).max_by_key(|class| class.worst_minutes);
    Figures {
        steps: version.procedure.cases.iter().map(|case| case.flow.steps.len()).sum(),
        agencies: agencies(version).count(),
        papers: version.procedure.papers.len(),
        worst_minutes: longest.and_then(|class| class.worst_minutes),
        limit_minutes: longest.and_then(|class| class.limit_minutes),
        clock: report.and_then(|report| report.clock).map(String::from),
        on_site: sound.map(|report| report.on_site.eligible),
        off_site_steps: report
            .map(|report| report.on_site.reasons.iter().filter_map(|reason| reason.step.clone()).collect())
            .unwrap_or_default(),
    }
}

/// The agencies that perform steps, in the order in which the dossier comes to them.
pub(super) fn agencies(version: &Version) -> impl Iterator<Item = String> {
    let model = &version.project.model;
    let steps = version.procedure.cases.iter().flat_map(|case| &case.flow.steps);
    let mut agencies: Vec<String> = Vec::new();
    for performer in steps.filter_map(|step| step.performers.as_ref()).flat_map(|performers| performers.each()) {
        if let Actor::Org(id) = performer.actor {
            let agency = &model.org(model.agency_of(id)).label;
            if !agencies.contains(agency) {
                agencies.push(agency.clone());
            }
        }
    }
    agencies.into_iter()
}

/// Old less new.
pub(super) fn saved(old: &Figures, new: &Figures) -> Saved {
    let less = |old: usize, new: usize| i64::try_from(old).unwrap_or(i64::MAX) - i64::try_from(new).unwrap_or(i64::MAX);
    // Minutes of different clocks are no amounts of the same thing.
    let minutes = |old_minutes: Option<i64>, new_minutes: Option<i64>| {
        old_minutes.zip(new_minutes).filter(|_| old.clock == new.clock).map(|(old, new)| old - new)
    };
    Saved {
        worst_minutes: minutes(old.worst_minutes, new.worst_minutes),
        limit_minutes: minutes(old.limit_minutes, new.limit_minutes),
        steps: less(old.steps, new.steps),
        agencies: less(old.agencies, new.agencies),
        papers: less(old.papers, new.papers),
    }
}
