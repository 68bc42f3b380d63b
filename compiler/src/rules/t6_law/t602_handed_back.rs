//! T602: an insufficient dossier goes back too late.

use super::{conduct, too_long};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::law::regimes::during;
use crate::model::flow::StepId;
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::each;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T602",
    name: "handed-back",
    severity: Severity::Warning,
    page: include_str!("t602_handed_back.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let Some(allowed) = during(seen.days).find_map(|regime| regime.returned) else { continue };
        let Some(conduct) = conduct(&seen) else { continue };
        let mut told: Vec<StepId> = Vec::new();
        for until in conduct.handed_back.values().filter(|until| until.minutes > allowed.minutes) {
            if told.contains(&until.step) {
                continue;
            }
            told.push(until.step);
            let what = say("Hồ sơ chưa đủ được trả lại", "An insufficient dossier goes back");
            out.extend(too_long(&RULE, &seen, until, &allowed, &what).map(|found| {
                found.help(say(
                    "Kiểm tra và yêu cầu bổ sung sớm hơn; luật chuyên ngành cho lâu hơn thì ghi “// tthc: bỏ qua T602 — …” với điều khoản ấy",
                    "Check and ask earlier; where the law of the field gives more time, say so: “// tthc: bỏ qua T602 — …” with the article",
                ))
            }));
        }
    }
}
