//! T407: the same role drafts and approves.

use super::{Seen, each};
use crate::analysis::authority::{kind, org_of, performers, title};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::{Step, StepId};
use crate::model::organization::{OrgId, OrgKind};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T407",
    name: "drafts-and-approves",
    severity: Severity::Warning,
    page: include_str!("t407_drafts_and_approves.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let drafts: Vec<(StepId, Vec<OrgId>)> =
            seen.of_kind(kind::DRAFTING).map(|(id, step)| (id, roles(&seen, step))).collect();
        for (id, step) in seen.of_kind(kind::APPROVAL) {
            let approving = roles(&seen, step);
            // Only where nobody else approves with him; an agency or unit has more than one head.
            if approving.is_empty() || approving.len() < performers(step).len() {
                continue;
            }
            let Some((draft, _)) =
                drafts.iter().find(|(_, drafting)| approving.iter().all(|role| drafting.contains(role)))
            else {
                continue;
            };
            let who = title(seen.model, approving[0]);
            let message = say(format!("{who} vừa dự thảo vừa phê duyệt"), format!("{who} both drafts and approves"));
            let found = seen.at_step(&RULE, id, message);
            let place = seen.case.flow.step(*draft).head;
            let found =
                if *draft == id { found } else { found.label(place, say("dự thảo ở đây", "drafted here")) };
            out.push(found.help(say("Giao việc dự thảo cho người khác", "Let somebody else draft")));
        }
    }
}

fn roles(seen: &Seen<'_>, step: &Step) -> Vec<OrgId> {
    let orgs = performers(step).into_iter().filter_map(org_of);
    orgs.filter(|id| seen.model.org(*id).kind == OrgKind::Role).collect()
}
