//! What a procedure says beside its steps: by the block and the key that say it.

use super::json::definition::{Definition, Organization, OrganizationKind, Otherwise, Period};
use std::collections::{BTreeMap, BTreeSet};
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::DeclarationKind as D;

/// Keys of a block; without keys the whole block.
pub(crate) type Said = (D, &'static [Key]);

/// What only the head of a procedure says, and a software that knows but the steps has no place for. Code and calendar
/// are asked of cases alone, where they are others than the procedure's.
pub(crate) const HEAD: &[Key] = &[
    Key::Code,
    Key::Calendar,
    Key::IssuedBy,
    Key::Basis,
    Key::Domain,
    Key::Symbol,
    Key::ExecutingAgency,
    Key::CoordinatingAgencies,
    Key::CompetentAuthority,
    Key::DelegatedAgency,
    Key::ReceivedAt,
    Key::Level,
    Key::Online,
    Key::PublicPost,
    Key::Fee,
    Key::Charge,
    Key::Applicants,
    Key::Channels,
    Key::Conditions,
    Key::Retention,
    Key::Result,
    Key::Content,
    Key::Note,
    Key::InForce,
    Key::StatutoryLimit,
    Key::ShareOf,
    Key::FourOnSite,
    Key::FiveOnSite,
    Key::AfterThree,
    Key::Form,
];

/// Which of these a procedure says, in their order.
pub(crate) fn among(wanted: &[Said], definition: &Definition) -> Vec<(D, Option<Key>)> {
    let all = said(definition);
    let of = |(block, keys): &Said| -> Vec<(D, Option<Key>)> {
        let said = |key: Option<Key>| all.contains(&(*block, key)).then_some((*block, key));
        match keys.is_empty() {
            true => said(None).into_iter().collect(),
            false => keys.iter().filter_map(|key| said(Some(*key))).collect(),
        }
    };
    wanted.iter().flat_map(of).collect()
}

type All = BTreeSet<(D, Option<Key>)>;

/// Everything that is said: the block, and the key or that the block is there.
fn said(definition: &Definition) -> All {
    let mut all = All::new();
    head(definition, &mut all);
    for organization in &definition.organizations {
        self::organization(organization, &mut all);
        let blocks = [
            (D::Posting, organization.postings.is_empty()),
            (D::Delegation, organization.delegations.is_empty()),
            (D::Assignment, organization.assignments.is_empty()),
        ];
        all.extend(blocks.into_iter().filter(|(_, none)| !none).map(|(block, _)| (block, None)));
    }
    for form in definition.forms.iter().filter(|form| !form.statutory) {
        add(&mut all, D::Form, [(Key::Code, form.code.is_some()), (Key::InForce, is_set(&form.in_force))]);
        add_texts(&mut all, D::Form, &form.texts);
        all.insert((D::Form, None));
    }
    for calendar in definition.calendars.iter().filter(|calendar| !calendar.standard) {
        all.insert((D::Calendar, None));
        add(&mut all, D::Calendar, [(Key::DataYears, is_set(&calendar.known))]);
        add_texts(&mut all, D::Calendar, &calendar.texts);
    }
    for case in &definition.cases {
        add_texts(&mut all, D::Case, &case.texts);
        add(&mut all, D::Case, case.otherwise.iter().flat_map(own));
        let limits = [(Key::StatutoryLimit, &case.statutory_limits), (Key::ShareOf, &case.shares)];
        add(&mut all, D::Procedure, limits.map(|(key, limits)| (key, !limits.is_empty())));
        add(&mut all, D::Process, [(Key::Note, !case.notes.is_empty())]);
        for stage in &case.stages {
            all.insert((D::Stage, None));
            add_texts(&mut all, D::Stage, &stage.texts);
        }
    }
    all
}

/// Agency, unit or role.
fn organization(organization: &Organization, all: &mut All) {
    let block = match organization.kind {
        OrganizationKind::Agency => D::Agency,
        OrganizationKind::Unit => D::Unit,
        OrganizationKind::Role => D::Role,
    };
    all.insert((block, None));
    let keys = [
        (Key::Code, organization.code.is_some()),
        (Key::Level, organization.level.is_some()),
        (Key::Kind, organization.agency_kind.is_some()),
        (Key::OneStop, organization.one_stop),
        (Key::MaySign, organization.may_sign),
        (Key::Calendar, organization.calendar.is_some()),
        (Key::AfterThree, organization.after_three_next_day),
        (Key::InForce, is_set(&organization.in_force)),
        (Key::Note, !organization.notes.is_empty()),
    ];
    add(all, block, keys);
}

fn head(definition: &Definition, all: &mut All) {
    let procedure = &definition.procedure;
    add_texts(all, D::Procedure, &procedure.texts);
    let keys = [
        (Key::ExecutingAgency, !procedure.executing.is_empty()),
        (Key::CoordinatingAgencies, !procedure.coordinating.is_empty()),
        (Key::CompetentAuthority, !procedure.competent.is_empty()),
        (Key::DelegatedAgency, !procedure.delegated.is_empty()),
        (Key::ReceivedAt, !procedure.received_at.is_empty()),
        (Key::Level, procedure.level.is_some()),
        (Key::Online, procedure.online.is_some()),
        (Key::PublicPost, procedure.public_post.is_some()),
        (Key::Fee, procedure.fee.is_some()),
        (Key::Charge, procedure.charge.is_some()),
        (Key::InForce, is_set(&procedure.in_force)),
        (Key::FourOnSite, procedure.four_on_site.is_some()),
        (Key::FiveOnSite, procedure.five_on_site.is_some()),
        (Key::AfterThree, procedure.after_three_next_day),
        (Key::Form, !procedure.forms.is_empty()),
    ];
    add(all, D::Procedure, keys);
    all.extend((!procedure.papers.is_empty()).then_some((D::Papers, None)));
    all.extend((!definition.fields.is_empty()).then_some((D::Fields, None)));
}

/// What a case says otherwise than the procedure.
fn own(case: &Otherwise) -> [(Key, bool); 17] {
    [
        (Key::Code, case.code.is_some()),
        (Key::Calendar, case.calendar.is_some()),
        (Key::FourOnSite, case.four_on_site.is_some()),
        (Key::FiveOnSite, case.five_on_site.is_some()),
        (Key::AfterThree, case.after_three_next_day.is_some()),
        (Key::ExecutingAgency, !case.executing.is_empty()),
        (Key::CoordinatingAgencies, !case.coordinating.is_empty()),
        (Key::CompetentAuthority, !case.competent.is_empty()),
        (Key::DelegatedAgency, !case.delegated.is_empty()),
        (Key::ReceivedAt, !case.received_at.is_empty()),
        (Key::Level, case.level.is_some()),
        (Key::Online, case.online.is_some()),
        (Key::PublicPost, case.public_post.is_some()),
        (Key::Fee, case.fee.is_some()),
        (Key::Charge, case.charge.is_some()),
        (Key::InForce, is_set(&case.in_force)),
        (Key::Form, !case.forms.is_empty()),
    ]
}

fn add(all: &mut All, block: D, keys: impl IntoIterator<Item = (Key, bool)>) {
    let said = keys.into_iter().filter(|(_, said)| *said);
    all.extend(said.map(|(key, _)| (block, Some(key))));
}

fn add_texts(all: &mut All, block: D, texts: &BTreeMap<String, Vec<String>>) {
    add(all, block, Key::ALL.iter().map(|key| (*key, texts.contains_key(key.phrase()))));
}

fn is_set(period: &Period) -> bool {
    period.from.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::keys::allowed;
    use tthc_grammar::keywords::ValueKind;

    #[test]
    fn every_key_of_a_case_is_asked_for() {
        // Limits have fields of their own; the last three say how steps are read, and are in what these mean.
        const ELSEWHERE: [Key; 6] =
            [Key::Limit, Key::StatutoryLimit, Key::ShareOf, Key::Agency, Key::Reckoning, Key::Process];
        let own = own(&Otherwise::default()).map(|(key, _)| key);
        // Every text is taken over, but the code: it is no text of a definition.
        let is_text = |key: &Key| key.kind() == ValueKind::Text && *key != Key::Code;
        let covered = |key: &&Key| own.contains(key) || is_text(key) || ELSEWHERE.contains(key);
        let missing: Vec<&Key> = allowed(D::Case).iter().filter(|key| !covered(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
