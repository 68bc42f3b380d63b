//! Who acts: the lane of a step, and the words for it.

use crate::model::Model;
use crate::model::flow::{Actor, Flow, Performer, Step, StepId};
use crate::model::organization::OrgKind;

/// The lanes of a picture, in the order in which they are first needed.
#[derive(Debug, Default)]
pub struct Lanes {
    /// Their names.
    pub names: Vec<String>,
}

impl Lanes {
    /// The lane with this name, made where there is none yet.
    pub fn named(&mut self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_string());
            self.names.len() - 1
        })
    }

    /// The lane of a step: the agency of the first who performs it.
    pub fn of_step(&mut self, model: &Model, flow: &Flow, step: StepId) -> usize {
        let name = lane_name(model, flow.step(step));
        self.named(&name)
    }
}

fn lane_name(model: &Model, step: &Step) -> String {
    if let Some(called) = step.call.as_ref().and_then(|call| call.procedure) {
        let executing = model.procedures[called.0].data.executing.first();
        return executing.map_or("Liên thông".to_string(), |id| model.org(model.agency_of(*id)).label.clone());
    }
    match step.performers.as_ref().and_then(|performers| performers.each().first().copied()) {
        None => "Chưa ghi người thực hiện".to_string(),
        Some(performer) => match performer.actor {
            Actor::Org(id) => model.org(model.agency_of(id)).label.clone(),
            other => actor_label(other).to_string(),
        },
    }
}

/// The words for who is no agency, unit or role.
pub fn actor_label(actor: Actor) -> &'static str {
    match actor {
        Actor::Applicant => "Người nộp hồ sơ",
        Actor::System => "Hệ thống",
        Actor::ReceivingUnit => "Nơi tiếp nhận hồ sơ",
        Actor::Org(_) | Actor::Unknown => "Chưa rõ",
    }
}

/// The words for one performer: as printed, else the name of the role with where it sits.
pub fn performer_label(model: &Model, performer: &Performer) -> String {
    let own = match (&performer.wording, performer.actor) {
        (Some(wording), _) => return wording.clone(),
        (None, Actor::Org(id)) => model.org(id).label.clone(),
        (None, other) => actor_label(other).to_string(),
    };
    match performer.at {
        Some(at) => format!("{own} tại {}", model.org(at).label),
        None => own,
    }
}

/// Who performs a step, beyond what its lane says.
pub(super) fn who(model: &Model, step: &Step) -> Option<String> {
    let performers = step.performers.as_ref()?.each();
    let lane_says_all = |performer: &Performer| {
        let agency = matches!(performer.actor, Actor::Org(id) if model.org(id).kind == OrgKind::Agency);
        performer.wording.is_none() && performer.at.is_none() && (agency || !matches!(performer.actor, Actor::Org(_)))
    };
    if let [only] = performers[..]
        && lane_says_all(only)
    {
        return None;
    }
    let names = performers.iter().map(|performer| performer_label(model, performer));
    // Whose wording is empty is in the wording of another.
    Some(names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; "))
}
