//! T303: dossiers without a limit; limit lines that disagree; no limit at all.

use super::for_dossiers;
use super::{each, found};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T303",
    name: "limit-cover",
    severity: Severity::Error,
    page: include_str!("t303_limit_cover.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for judged in each(project) {
        if let Some(dossier) = judged.times.uncovered.first() {
            let who = for_dossiers(dossier);
            let message =
                say(format!("Có hồ sơ không có thời hạn{}", who.vi), format!("Some dossiers have no limit{}", who.en));
            let place = judged.case.data.limits.first().map_or(judged.procedure.named.place, |limit| limit.place);
            out.push(found(&RULE, &judged, place, message, &[]).help(say(
                "Thêm một dòng “thời hạn: …” không có điều kiện cho các hồ sơ còn lại",
                "Add a line “thời hạn: …” without a condition for all others",
            )));
        }
        for (first, second, dossier) in &judged.times.disagreeing {
            let who = for_dossiers(dossier);
            let message = say(
                format!("Hai dòng thời hạn cùng đúng mà khác nhau{}", who.vi),
                format!("Two limit lines hold at once and differ{}", who.en),
            );
            out.push(
                found(&RULE, &judged, *second, message, &[]).label(*first, say("dòng thứ nhất", "the first line")),
            );
        }
        if judged.case.data.limits.is_empty() {
            let message = say("Thủ tục chưa có thời hạn", "The procedure has no limit");
            let place = judged.case.named.as_ref().map_or(judged.procedure.named.place, |named| named.place);
            let mut found = found(&RULE, &judged, place, message, &[]);
            found.severity = Severity::Warning;
            out.push(found.help(say("Thêm dòng “thời hạn: …”", "Add a line “thời hạn: …”")));
        }
    }
}
