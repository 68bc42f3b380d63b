//! T501: a step without a dossier status, or a change of status that the portal does not know.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::law::status;
use crate::model::flow::{Step, StepId};
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::{Seen, each};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T501", name: "status", severity: Severity::Error, page: include_str!("t501_status.md"), check };

const BASIS: &str = "Khoản 2 Điều 4 Thông tư 22/2019/TT-BTTTT";

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let declared = |step: &Step| step.electronic.as_ref().is_some_and(|electronic| electronic.status.is_some());
        // A table that says nothing of statuses is no electronic process yet.
        if !seen.case.flow.steps.iter().any(declared) {
            continue;
        }
        for (id, _) in seen.steps().filter(|(_, step)| status::of(step).is_none()) {
            let message = say(
                "Bước chưa có trạng thái hồ sơ để hiển thị trên Cổng Dịch vụ công",
                "The step has no dossier status to show on the public service portal",
            );
            let mut found = seen.at_step(&RULE, id, message);
            (found.severity, found.basis) = (Severity::Warning, Some(BASIS));
            out.push(found.help(say(
                "Ghi “loại: …”, hoặc “điện tử { trạng thái: … }”",
                "Say “loại: …”, or “điện tử { trạng thái: … }”",
            )));
        }
        let wrong = seen.analysis.times.as_ref().map(|times| &times.conduct.wrong_statuses);
        for ((from, to), path) in wrong.into_iter().flatten() {
            out.extend(changed(&seen, *from, *to, path));
        }
    }
}

fn changed(seen: &Seen<'_>, from: StepId, to: StepId, path: &[StepId]) -> Option<Diagnostic> {
    let (before, after) = (seen.case.flow.step(from), seen.case.flow.step(to));
    let (first, second) = (status::title(status::of(before)?), status::title(status::of(after)?));
    let message = say(
        format!("Trạng thái hồ sơ không thể từ “{first}” sang “{second}”"),
        format!("The status of a dossier cannot go from “{first}” to “{second}”"),
    );
    let mut found = seen.at_step(&RULE, to, message);
    found.witness = path.iter().map(|step| seen.case.flow.full_name(*step)).collect();
    found.basis = Some(BASIS);
    let earlier = say(format!("ở đây là “{first}”"), format!("here it is “{first}”"));
    Some(found.label(before.head, earlier).help(say(
        "Ghi trạng thái đúng ở một trong hai bước: “điện tử { trạng thái: … }”; không ghi thì theo “loại” của bước",
        "Say the right status at one of the two steps: “điện tử { trạng thái: … }”; without it the kind of the step decides",
    )))
}
