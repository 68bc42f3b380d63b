//! T404: an agency, or a level of government, that does not exist on a day in force.

use super::{Seen, each};
use crate::analysis::authority::days::{self, after, day};
use crate::analysis::authority::{above, org_of, performers, title};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::law::LAST_OF_DISTRICTS;
use crate::model::flow::StepId;
use crate::model::organization::OrgId;
use crate::project::Project;
use crate::rules::Rule;
use tthc_grammar::keywords::Key;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T404",
    name: "not-existing",
    severity: Severity::Error,
    page: include_str!("t404_not_existing.md"),
    check,
};

const DISTRICT: &str = "huyện";
const LAW: &str = "Luật Tổ chức chính quyền địa phương 72/2025/QH15";

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let mut told: Vec<OrgId> = Vec::new();
        for (org, step) in used(&seen) {
            let owners: Vec<OrgId> = above(seen.model, org).collect();
            let gone = owners.into_iter().find_map(|org| Some((org, missing_day(&seen, org)?)));
            let Some((org, (first, district))) = gone.filter(|(org, _)| !told.contains(org)) else { continue };
            told.push(org);
            out.push(not_existing(&seen, org, step, first, district));
        }
        if let (Some(DISTRICT), Some(first)) = (seen.case.data.phrase(Key::Level), districts_gone(&seen)) {
            let on = seen.on(first);
            let message = say(
                format!("{} thủ tục “cấp: huyện”, khi không còn cấp huyện", on.vi),
                format!("{} the procedure is of “cấp: huyện”, when there is no district level", on.en),
            );
            let mut found = seen.found(&RULE, seen.procedure.named.place, message);
            found.basis = Some(LAW);
            out.push(found.help(say(
                "Đổi cấp, hoặc ghi “hiệu lực: … đến 30/06/2025”",
                "Change the level, or say “hiệu lực: … đến 30/06/2025”",
            )));
        }
    }
}

/// Every agency, unit and role that the case rests on, with the step that names it.
fn used(seen: &Seen<'_>) -> Vec<(OrgId, Option<StepId>)> {
    let mut used: Vec<(OrgId, Option<StepId>)> = Vec::new();
    for (id, step) in seen.case.flow.steps.iter().enumerate() {
        let each = performers(step).into_iter().flat_map(|performer| org_of(performer).into_iter().chain(performer.at));
        used.extend(each.map(|org| (org, Some(StepId(id)))));
    }
    let data = &seen.case.data;
    let lists = [&data.executing, &data.coordinating, &data.competent, &data.delegated, &data.received_at];
    used.extend(lists.into_iter().flatten().map(|org| (*org, None)));
    used
}

/// The first day in force on which there is no such agency, and whether that is so because no district is left.
fn missing_day(seen: &Seen<'_>, org: OrgId) -> Option<(days::Day, bool)> {
    let org = seen.model.org(org);
    let declared = days::first_uncovered(seen.days, &[org.in_force]).map(|day| (day, false));
    let district = (org.level == Some(DISTRICT)).then(|| districts_gone(seen)).flatten().map(|day| (day, true));
    declared.into_iter().chain(district).min()
}

/// The first day in force without a district level.
fn districts_gone(seen: &Seen<'_>) -> Option<days::Day> {
    let in_force = seen.days;
    if in_force.to.is_some_and(|to| day(to) <= LAST_OF_DISTRICTS) {
        return None;
    }
    in_force.from.map(|from| day(from).max(after(LAST_OF_DISTRICTS)))
}

fn not_existing(seen: &Seen<'_>, org: OrgId, step: Option<StepId>, first: days::Day, district: bool) -> Diagnostic {
    let (who, on) = (title(seen.model, org), seen.on(first));
    let message = if district {
        say(
            format!("{} {who} là cơ quan cấp huyện, đã không còn", on.vi),
            format!("{} {who} is of the district level, which is no more", on.en),
        )
    } else {
        say(format!("{} {who} chưa có hoặc không còn", on.vi), format!("{} {who} does not exist", on.en))
    };
    let mut found = match step {
        Some(step) => seen.at_step(&RULE, step, message),
        None => seen.found(&RULE, seen.procedure.named.place, message),
    };
    found.basis = district.then_some(LAW);
    found.label(seen.model.org(org).named.place, say("khai báo ở đây", "declared here")).help(say(
        "Thay bằng cơ quan có trong thời gian ấy, hoặc sửa “hiệu lực” của quy trình hay của cơ quan",
        "Name the agency of that time, or correct “hiệu lực” of the process or of the agency",
    ))
}
