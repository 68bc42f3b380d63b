//! T408: a step is done at a place to which its role was not posted.

use super::each;
use crate::analysis::authority::{belongs_or_posted, org_of, performers, title};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::StepId;
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T408",
    name: "not-posted",
    severity: Severity::Error,
    page: include_str!("t408_not_posted.md"),
    check,
};

/// A set of agencies that are not named one by one posts nobody.
const GROUP: &str = "nhóm cơ quan";

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        for (index, step) in seen.case.flow.steps.iter().enumerate() {
            for performer in performers(step) {
                let (Some(org), Some(at)) = (org_of(performer), performer.at) else { continue };
                let agency = seen.model.agency_of(org);
                let group = seen.model.org(agency).agency_kind == Some(GROUP);
                if group || belongs_or_posted(seen.model, org, at) {
                    continue;
                }
                let (who, place) = (title(seen.model, org), title(seen.model, at));
                let (path, at_path) = (seen.model.org_path(org), seen.model.org_path(at));
                let message =
                    say(format!("{who} chưa được cử đến {place}"), format!("{who} was not posted to {place}"));
                let found = seen.at_step(&RULE, StepId(index), message);
                let declared = seen.model.org(agency).named.place;
                out.push(
                    found
                        .label(declared, say("cơ quan cử người, khai báo ở đây", "the posting agency is declared here"))
                        .help(say(
                            format!(
                                "Thêm “cử {} đến {at_path}” vào khai báo cơ quan, hoặc bỏ “tại {at_path}”",
                                within(&path)
                            ),
                            format!("Add “cử {} đến {at_path}” to the agency, or drop “tại {at_path}”", within(&path)),
                        )),
                );
            }
        }
    }
}

/// Inside its agency a role is named without it.
fn within(path: &str) -> &str {
    path.split_once('.').map_or(path, |(_, rest)| rest)
}
