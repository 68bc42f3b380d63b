//! T405: the dossier does not come in, or the result does not go out, at a one-stop unit.

use super::{Seen, each};
use crate::analysis::authority::{Whereabouts, belongs_or_posted, kind, org_of, performers, title, whereabouts};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::{Actor, Performer, Step};
use crate::model::organization::OrgId;
use crate::project::Project;
use crate::rules::Rule;
use crate::source::FileId;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T405", name: "one-stop", severity: Severity::Error, page: include_str!("t405_one_stop.md"), check };

const BASIS: &str = "Điều 3 và Điều 14 Nghị định 61/2018/NĐ-CP; từ 01/07/2025: Nghị định 118/2025/NĐ-CP";

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project).filter(|seen| speaks_of_one_stop(project, seen)) {
        let begins = beginning(&seen);
        // What is returned where it was received is not said twice.
        let told = begins.is_some() && seen.reception().is_some_and(|(_, step)| is_elsewhere(&seen, step));
        out.extend(begins);
        // The first step that returns the result elsewhere; a second one is the same mistake.
        let away = seen
            .of_kind(kind::RETURN)
            .find(|(_, step)| is_elsewhere(&seen, step) && !(told && wherever_received(step)));
        if let Some((id, _)) = away {
            let message =
                say("Kết quả không được trả tại bộ phận một cửa", "The result is not returned at a one-stop unit");
            let mut found = seen.at_step(&RULE, id, message);
            found.severity = Severity::Warning;
            found.basis = Some(BASIS);
            out.push(found.help(say(
                "Để nơi có “một cửa: có”, hoặc “nơi tiếp nhận”, trả kết quả",
                "Let a unit with “một cửa: có”, or “nơi tiếp nhận”, return it",
            )));
        }
    }
}

/// The text says where dossiers are received, or knows a one-stop unit. Before that nothing is wrong yet.
fn speaks_of_one_stop(project: &Project, seen: &Seen<'_>) -> bool {
    let file = seen.procedure.declaration.file;
    let in_sight = |other: FileId| {
        other == file
            || project.model.imports.iter().any(|import| import.place.file == file && import.brings.contains(&other))
    };
    !seen.case.data.received_at.is_empty()
        || project.model.orgs.iter().any(|org| org.one_stop && in_sight(org.declaration.file))
}

fn beginning(seen: &Seen<'_>) -> Option<Diagnostic> {
    let (id, step) = seen.first()?;
    if step.call.is_some() || step.kinds.is_empty() {
        return None;
    }
    let message = if !step.kinds.contains(&kind::RECEPTION) {
        // The applicant may come first.
        if performers(step)
            .into_iter()
            .all(|performer| whereabouts(seen.model, &seen.case.data, performer) == Whereabouts::Nowhere)
        {
            return None;
        }
        say("Quy trình không bắt đầu bằng bước tiếp nhận hồ sơ", "The process does not begin with reception")
    } else if is_elsewhere(seen, step) {
        let who = receivers(seen, step);
        say(
            format!("Hồ sơ được tiếp nhận tại {who}, không phải bộ phận một cửa"),
            format!("The dossier is received at {who}, which is no one-stop unit"),
        )
    } else {
        return None;
    };
    let mut found = seen.at_step(&RULE, id, message);
    found.basis = Some(BASIS);
    Some(found.help(say(
        "Bắt đầu bằng bước “loại: tiếp nhận” tại nơi có “một cửa: có”; việc được làm ngoài bộ phận một cửa thì ghi lý do: “// tthc: bỏ qua T405 — …”",
        "Begin with a step “loại: tiếp nhận” at a unit with “một cửa: có”; where the law lets it be elsewhere, say so: “// tthc: bỏ qua T405 — …”",
    )))
}

fn wherever_received(step: &Step) -> bool {
    performers(step).into_iter().any(|performer| performer.actor == Actor::ReceivingUnit)
}

/// Everyone who performs it is known to be somewhere else.
fn is_elsewhere(seen: &Seen<'_>, step: &Step) -> bool {
    let list = performers(step);
    !list.is_empty() && list.into_iter().all(|performer| is_away(seen, performer))
}

/// Staff posted to a one-stop unit count as being there, even where the step does not say `tại`.
fn is_away(seen: &Seen<'_>, performer: &Performer) -> bool {
    let mut units = (0..seen.model.orgs.len()).map(OrgId).filter(|unit| seen.model.org(*unit).one_stop);
    whereabouts(seen.model, &seen.case.data, performer) == Whereabouts::Elsewhere
        && !org_of(performer)
            .is_some_and(|id| performer.at.is_none() && units.any(|unit| belongs_or_posted(seen.model, id, unit)))
}

fn receivers(seen: &Seen<'_>, step: &Step) -> String {
    let named: Vec<OrgId> =
        performers(step).into_iter().filter_map(|performer| performer.at.or(org_of(performer))).collect();
    let orgs = if named.is_empty() { &seen.case.data.received_at } else { &named };
    orgs.iter().map(|id| title(seen.model, *id)).collect::<Vec<_>>().join(", ")
}
