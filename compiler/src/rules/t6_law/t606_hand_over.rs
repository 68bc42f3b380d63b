//! T606: after reception the dossier is handed over too late.

use super::{conduct, regime, too_long};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::each;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T606",
    name: "hand-over",
    severity: Severity::Warning,
    page: include_str!("t606_hand_over.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let Some(regime) = regime(&seen, |regime| regime.hand_over.article) else { continue };
        let Some(until) = conduct(&seen).and_then(|conduct| conduct.handed_over.as_ref()) else { continue };
        let what = say("Hồ sơ được chuyển đến nơi giải quyết", "The dossier reaches whoever resolves it");
        out.extend(too_long(&RULE, &seen, until, &regime.hand_over, &what).map(|found| {
            found.help(say(
                "Chuyển hồ sơ ngay trong ngày; tiếp nhận sau 15 giờ thì chuyển vào đầu giờ ngày làm việc tiếp theo",
                "Hand it over on the same day; what comes in after 3 p.m. at the beginning of the next working day",
            ))
        }));
    }
}
