//! T403: a delegation that does not hold all the time, or covers approval but not appraisal.

use super::{Seen, each};
use crate::analysis::authority::days::written;
use crate::analysis::authority::signing::{self, Standing};
use crate::analysis::authority::{kind, org_of, performers, title};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::{Performer, StepId};
use crate::model::organization::Delegation;
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T403",
    name: "delegation-period",
    severity: Severity::Error,
    page: include_str!("t403_delegation_period.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        for (id, step) in seen.of_kind(kind::APPROVAL) {
            for performer in performers(step) {
                if let Standing::Delegated(delegations) = signing::standing(seen.model, &seen.case.data, performer) {
                    out.extend(period(&seen, id, performer, &delegations));
                    out.extend(scope(&seen, id, &delegations));
                }
            }
        }
    }
}

/// The first day in force on which nobody has delegated.
fn period(seen: &Seen<'_>, id: StepId, performer: &Performer, delegations: &[&Delegation]) -> Option<Diagnostic> {
    let in_force = seen.days;
    let first = signing::first_day_without(delegations, in_force)?;
    let who = title(seen.model, org_of(performer)?);
    let (day, on) = (written(first), seen.on(first));
    let renewable = signing::may_be_renewed(first, in_force);
    let message = if renewable {
        say(
            format!(
                "Quy trình không có ngày hết hiệu lực, nhưng từ ngày {day} {who} không còn được ủy quyền phê duyệt"
            ),
            format!("The process has no last day, but from {day} on nothing delegates approval to {who}"),
        )
    } else {
        say(
            format!("{} {who} không được ủy quyền phê duyệt", on.vi),
            format!("{} nothing delegates approval to {who}", on.en),
        )
    };
    let mut found = seen.at_step(&RULE, id, message);
    if renewable {
        found.severity = Severity::Warning;
    }
    found.basis = Some("Điểm b khoản 1 Điều 6 Thông tư 01/2018/TT-VPCP");
    for delegation in delegations {
        found = found.label(delegation.place, say("ủy quyền ở đây", "delegated here"));
    }
    Some(found.help(say(
        format!("Thêm một ủy quyền có hiệu lực từ ngày {day}, hoặc sửa “hiệu lực” của quy trình"),
        format!("Add a delegation in force from {day}, or correct “hiệu lực” of the process"),
    )))
}

/// At a one-stop unit whoever approves is delegated to appraise too.
fn scope(seen: &Seen<'_>, id: StepId, delegations: &[&Delegation]) -> Option<Diagnostic> {
    let here = |delegation: &&&Delegation| delegation.at.is_some_and(|at| seen.model.org(at).one_stop);
    let delegation = delegations.iter().find(here)?;
    if delegations.iter().any(|delegation| signing::appraises(delegation)) {
        return None;
    }
    let message = say(
        "Ủy quyền phê duyệt tại bộ phận một cửa mà không ủy quyền thẩm định",
        "Approval is delegated at the one-stop unit, but not appraisal",
    );
    let mut found = seen.found(&RULE, delegation.place, message);
    found.basis = Some("Điểm b khoản 1 Điều 6 Thông tư 01/2018/TT-VPCP");
    let head = seen.case.flow.step(id).head;
    Some(found.label(head, say("được dùng ở đây", "used here")).help(say(
        "Ghi “phạm vi: thẩm định, phê duyệt” theo quyết định ủy quyền",
        "Say “phạm vi: thẩm định, phê duyệt”, as the delegating decision does",
    )))
}
