//! Who may decide, where work is done, and whether all of it is done at one one-stop unit.
//!
//! Basis: Decree 61/2018/NĐ-CP (from 01/07/2025 Decree 118/2025/NĐ-CP) on the one-stop mechanism; article 6 of
//! Circular 01/2018/TT-VPCP on procedures whose whole process is at the one-stop unit.

pub mod days;
pub mod on_site;
pub mod runs;
pub mod signing;

use crate::model::Model;
use crate::model::flow::{Actor, Performer, Step};
use crate::model::organization::{OrgId, OrgKind};
use crate::model::procedure::Data;
use smallvec::SmallVec;

/// `loại` of steps that rules on authority speak of.
pub mod kind {
    /// Reception.
    pub const RECEPTION: &str = "tiếp nhận";
    /// Appraisal.
    pub const APPRAISAL: &str = "thẩm định";
    /// The decision.
    pub const APPROVAL: &str = "phê duyệt";
    /// Stamping.
    pub const STAMPING: &str = "đóng dấu";
    /// Return of the result.
    pub const RETURN: &str = "trả kết quả";
    /// Drafting.
    pub const DRAFTING: &str = "dự thảo";
    /// The dossier is sent on.
    pub const SENDING: &str = "chuyển hồ sơ";
    /// A field inspection.
    pub const INSPECTION: &str = "kiểm tra thực tế";
    /// A council.
    pub const COUNCIL: &str = "hội đồng";
    /// A consultation.
    pub const CONSULTATION: &str = "lấy ý kiến";
}

/// Where a performer works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// At these one-stop units: one, or with `nơi tiếp nhận` wherever the dossier was received.
    OneStop(Vec<OrgId>),
    /// Somewhere else.
    Elsewhere,
    /// It makes no difference: the applicant, or the system by itself.
    Nowhere,
    /// The text does not say.
    Unknown,
}

/// The one-stop unit that an agency, unit or role is or belongs to.
pub fn one_stop_of(model: &Model, id: OrgId) -> Option<OrgId> {
    above(model, id).find(|id| model.org(*id).one_stop)
}

/// An agency, unit or role, and what it belongs to, from the inside out.
pub fn above(model: &Model, id: OrgId) -> impl Iterator<Item = OrgId> + '_ {
    std::iter::successors(Some(id), |id| model.org(*id).parent)
}

/// It belongs to the place or was posted there (`cử … đến …`). Of an agency named as a body it is enough that it
/// posted somebody.
pub fn belongs_or_posted(model: &Model, id: OrgId, place: OrgId) -> bool {
    let own: Vec<OrgId> = above(model, id).collect();
    if own.contains(&place) {
        return true;
    }
    let postings = own.iter().flat_map(|org| &model.org(*org).postings);
    postings.filter(|(_, to)| above(model, place).any(|at| at == *to)).any(|(who, _)| {
        own.contains(who) || model.org(id).kind != OrgKind::Role && above(model, *who).any(|org| org == id)
    })
}

/// Where a performer works: where `tại` says, else at the one-stop unit that it belongs to.
pub fn whereabouts(model: &Model, data: &Data, performer: &Performer) -> Whereabouts {
    match performer.actor {
        Actor::Applicant | Actor::System => Whereabouts::Nowhere,
        Actor::Unknown => Whereabouts::Unknown,
        Actor::ReceivingUnit => receiving(model, data),
        Actor::Org(id) => match one_stop_of(model, performer.at.unwrap_or(id)) {
            Some(unit) => Whereabouts::OneStop(vec![unit]),
            None => Whereabouts::Elsewhere,
        },
    }
}

/// The one-stop units of `tiếp nhận tại`.
fn receiving(model: &Model, data: &Data) -> Whereabouts {
    let units: Option<Vec<OrgId>> = data.received_at.iter().map(|id| one_stop_of(model, *id)).collect();
    match units {
        Some(units) if units.is_empty() => Whereabouts::Unknown,
        Some(units) => Whereabouts::OneStop(units),
        None => Whereabouts::Elsewhere,
    }
}

/// Every performer of a step.
pub fn performers(step: &Step) -> SmallVec<[&Performer; 2]> {
    step.performers.as_ref().map(|performers| performers.each()).unwrap_or_default()
}

/// The agency, unit or role of a performer.
pub fn org_of(performer: &Performer) -> Option<OrgId> {
    match performer.actor {
        Actor::Org(id) => Some(id),
        _ => None,
    }
}

/// A name for messages: the label, with that of its agency.
pub fn title(model: &Model, id: OrgId) -> String {
    let (org, agency) = (model.org(id), model.org(model.agency_of(id)));
    match org.parent {
        None => org.label.clone(),
        Some(_) if org.label.contains(agency.label.as_str()) => org.label.clone(),
        Some(_) => format!("{} ({})", org.label, agency.label),
    }
}
