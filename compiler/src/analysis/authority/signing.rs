//! Who may sign the decision: the competent authority, or who signs for it.

use super::days::{self, Day};
use super::{above, kind, org_of};
use crate::model::Model;
use crate::model::flow::{Actor, Performer, Performers};
use crate::model::organization::{Delegation, OrgId, Period};
use crate::model::procedure::Data;

/// By what right somebody signs.
#[derive(Debug, Clone)]
pub enum Standing<'m> {
    /// Competent, or the agency that `cơ quan được ủy quyền` names.
    Competent,
    /// By delegations (`ủy quyền`).
    Delegated(Vec<&'m Delegation>),
    /// Signs for the head inside the agency (`phân công … ký thay …`).
    Assigned,
    /// None of these.
    NotEntitled,
    /// The text does not say enough.
    Unknown,
}

/// By what right a performer decides.
pub fn standing<'m>(model: &'m Model, data: &Data, performer: &Performer) -> Standing<'m> {
    let id = match performer.actor {
        Actor::Org(id) => id,
        Actor::ReceivingUnit if !data.received_at.is_empty() => return of_units(data),
        _ => return Standing::Unknown,
    };
    let of = |list: &[OrgId]| above(model, id).any(|org| list.contains(&org));
    if data.competent.contains(&id)
        || data.delegated.contains(&id)
        || model.org(id).may_sign && (of(&data.competent) || of(&data.delegated))
    {
        return Standing::Competent;
    }
    let signs_for = |delegation: &&Delegation| {
        above(model, id).any(|org| org == delegation.who) && entitled(model, data, delegation.replaces)
    };
    let delegations: Vec<&Delegation> =
        model.orgs.iter().flat_map(|org| &org.delegations).filter(signs_for).filter(|d| approves(d)).collect();
    // A delegation for one one-stop unit does not hold elsewhere.
    let here =
        |delegation: &&&Delegation| delegation.at.is_none() || performer.at.is_none() || delegation.at == performer.at;
    let delegations: Vec<&Delegation> = delegations.iter().filter(here).copied().collect();
    if !delegations.is_empty() {
        return Standing::Delegated(delegations);
    }
    if model.orgs.iter().flat_map(|org| &org.assignments).any(|assignment| signs_for(&assignment)) {
        return Standing::Assigned;
    }
    let known =
        !data.competent.is_empty() && (!(of(&data.competent) || of(&data.delegated)) || names_signers(model, id));
    if known { Standing::NotEntitled } else { Standing::Unknown }
}

fn of_units(data: &Data) -> Standing<'static> {
    if data.competent.is_empty() {
        return Standing::Unknown;
    }
    let entitled = data.received_at.iter().all(|unit| data.competent.contains(unit) || data.delegated.contains(unit));
    if entitled { Standing::Competent } else { Standing::NotEntitled }
}

/// Whether the decision is theirs to give away: the competent authority, or somebody of it.
fn entitled(model: &Model, data: &Data, id: OrgId) -> bool {
    data.competent.is_empty() || above(model, id).any(|org| data.competent.contains(&org))
}

/// The delegation is for deciding; without `phạm vi` it is for everything.
fn approves(delegation: &Delegation) -> bool {
    delegation.scope.is_empty() || delegation.scope.contains(&kind::APPROVAL)
}

/// The agency says of somebody that he may sign: then of the others it is known that they may not.
fn names_signers(model: &Model, id: OrgId) -> bool {
    let agency = model.agency_of(id);
    (0..model.orgs.len()).map(OrgId).any(|org| model.org(org).may_sign && model.agency_of(org) == agency)
}

/// Performers who decide without being entitled to. Jointly, one who is entitled is enough.
pub fn not_entitled(model: &Model, data: &Data, performers: &Performers) -> Vec<OrgId> {
    match performers {
        Performers::One(performer) => match standing(model, data, performer) {
            Standing::NotEntitled => org_of(performer).into_iter().chain(units_of(data, performer)).collect(),
            _ => Vec::new(),
        },
        Performers::Any(list) => list.iter().flat_map(|one| not_entitled(model, data, one)).collect(),
        Performers::All(list) => {
            let each: Vec<Vec<OrgId>> = list.iter().map(|one| not_entitled(model, data, one)).collect();
            if each.iter().any(Vec::is_empty) { Vec::new() } else { each.into_iter().flatten().collect() }
        }
    }
}

fn units_of(data: &Data, performer: &Performer) -> Vec<OrgId> {
    match performer.actor {
        Actor::ReceivingUnit => data.received_at.clone(),
        _ => Vec::new(),
    }
}

/// The first day in force on which none of the delegations holds.
pub fn first_day_without(delegations: &[&Delegation], in_force: Period) -> Option<Day> {
    let periods: Vec<Period> = delegations.iter().map(|delegation| delegation.in_force).collect();
    days::first_uncovered(in_force, &periods)
}

/// The gap is only that an open-ended process will outlive the delegations: they can still be renewed.
pub fn may_be_renewed(day: Day, in_force: Period) -> bool {
    in_force.to.is_none() && in_force.from.is_some_and(|from| days::day(from) < day)
}

/// The delegation is for appraising too, as article 6.1b of Circular 01/2018/TT-VPCP asks.
pub fn appraises(delegation: &Delegation) -> bool {
    delegation.scope.is_empty() || delegation.scope.contains(&kind::APPRAISAL)
}
