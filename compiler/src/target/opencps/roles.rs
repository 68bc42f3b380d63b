//! The positions that perform steps.

use super::{NAME, element};
use crate::model::Model;
use crate::model::organization::OrgId;
use crate::target::json::definition::{Definition, Performers};
use crate::target::names::Names;
use crate::target::shortened;
use crate::target::xml::Xml;
use std::collections::HashMap;

/// The codes of those that are no part of an agency.
const APPLICANT: &str = "NGUOI_NOP";
const SYSTEM: &str = "HE_THONG";
const RECEIVING_UNIT: &str = "NOI_TIEP_NHAN";

/// A position.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Role {
    code: String,
    label: String,
}

impl Role {
    fn new(code: impl Into<String>, label: impl Into<String>) -> Role {
        Role { code: code.into(), label: label.into() }
    }

    pub(super) fn element(&self, name: &'static str) -> Xml {
        let role = Xml::new(name).child(element("roleCode", self.code.clone()));
        let role = role.child(element("roleName", shortened(&self.label, NAME)));
        role.child(element("moderator", "true")).child(Xml::new("condition"))
    }

    /// As the import of users takes it.
    pub(super) fn position(&self) -> Xml {
        let label = shortened(&self.label, NAME);
        Xml::new("JobPos")
            .child(element("code", self.code.clone()))
            .child(element("title", label))
            .child(Xml::new("description"))
    }
}

/// A code for each agency, unit and role of a project, by its path. Names that differ in their accents alone are numbered,
/// over the whole project, for a position is the same one in all packages.
pub(super) fn codes(model: &Model) -> HashMap<String, String> {
    let mut names = Names::default();
    for taken in [APPLICANT, SYSTEM, RECEIVING_UNIT] {
        names.fresh(taken);
    }
    let paths = (0..model.orgs.len()).map(|id| model.org_path(OrgId(id)));
    paths.map(|path| (path.clone(), names.of(&path, &path.to_uppercase()))).collect()
}

/// The positions of a procedure.
pub(super) struct Roles<'d> {
    pub(super) definition: &'d Definition,
    pub(super) codes: &'d HashMap<String, String>,
}

impl Roles<'_> {
    /// Those that perform a step.
    pub(super) fn of(&self, performers: Option<&Performers>) -> Vec<Role> {
        match performers {
            None => Vec::new(),
            Some(Performers::All { of } | Performers::Any { of }) => {
                of.iter().flat_map(|one| self.of(Some(one))).collect()
            }
            Some(Performers::Organization { id, .. }) => {
                let org = self.definition.organizations.iter().find(|org| org.id == *id);
                vec![Role::new(self.codes.get(id).unwrap_or(id), org.map_or(id, |org| &org.label))]
            }
            Some(Performers::Applicant { .. }) => vec![Role::new(APPLICANT, "Người nộp hồ sơ")],
            Some(Performers::System { .. }) => vec![Role::new(SYSTEM, "Hệ thống")],
            Some(Performers::ReceivingUnit { .. }) => vec![Role::new(RECEIVING_UNIT, "Nơi tiếp nhận hồ sơ")],
        }
    }
}
