//! T607: linked agencies without an explicit hand-over, or without a limit of their own.

use super::regime;
use crate::analysis::authority::{kind, org_of, performers, title};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::graph::NodeKind;
use crate::model::flow::{Step, StepId};
use crate::model::organization::OrgId;
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::{Seen, each};
use petgraph::Direction;
use petgraph::visit::EdgeRef;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T607", name: "linked", severity: Severity::Warning, page: include_str!("t607_linked.md"), check };

/// Kinds of steps with which a dossier leaves an agency, or comes to one.
const HANDING_OVER: &[&str] = &[kind::SENDING, "trình ký", "phát hành", kind::STAMPING, "thông báo"];
const TAKING_OVER: &[&str] = &[kind::RECEPTION, kind::SENDING];

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let Some(regime) = regime(&seen, |regime| regime.linked) else { continue };
        for (id, step) in seen.steps() {
            let Some(to) = linked(&seen, step) else { continue };
            let before = before(&seen, id);
            let silent =
                before.iter().find(|(from, other)| *from != to && !any(other, HANDING_OVER) && !any(step, TAKING_OVER));
            let message = match silent {
                Some((from, _)) => {
                    let (from, to) = (title(seen.model, *from), title(seen.model, to));
                    say(
                        format!("Hồ sơ sang {to} mà không có bước nào của {from} chuyển đi hay của {to} tiếp nhận"),
                        format!(
                            "The dossier comes to {to} without a step of {from} that sends it or of {to} that takes it over"
                        ),
                    )
                }
                None if step.time.unstated && !step.time.uncounted && before.iter().any(|(from, _)| *from != to) => {
                    let to = title(seen.model, to);
                    say(format!("Chưa nêu thời hạn của {to}"), format!("The limit of {to} is not stated"))
                }
                None => continue,
            };
            let mut found = seen.at_step(&RULE, id, message);
            if let Some((_, other)) = silent {
                found = found.label(other.head, say("bước trước ở đây", "the step before is here"));
            }
            found.basis = Some(regime.linked.text);
            out.push(found.help(say(
                "Ghi “loại: …, chuyển hồ sơ” ở bước chuyển đi (hoặc “tiếp nhận” ở bước nhận), và thời gian của từng cơ quan",
                "Say “loại: …, chuyển hồ sơ” at the step that sends it (or “tiếp nhận” at the one that takes it), and the time of each agency",
            )));
        }
    }
}

fn any(step: &Step, kinds: &[&str]) -> bool {
    kinds.iter().any(|kind| step.kinds.contains(kind))
}

/// The agency that takes part in resolving with this step: known, one, no one-stop unit and not merely consulted.
fn linked(seen: &Seen<'_>, step: &Step) -> Option<OrgId> {
    let aside = [kind::CONSULTATION, kind::COUNCIL, kind::RETURN];
    let [performer] = performers(step)[..] else { return None };
    let agency = seen.model.agency_of(org_of(performer)?);
    let org = seen.model.org(agency);
    let state = !matches!(org.agency_kind, Some("nhóm cơ quan" | "hội đồng" | "doanh nghiệp"));
    // What work it is has to be known.
    let known = step.kinds.iter().any(|kind| *kind != "khác");
    (state && !org.one_stop && performer.at.is_none() && known && !any(step, &aside)).then_some(agency)
}

/// The linked agencies' steps right before this one, on ways that lead forward.
fn before<'s>(seen: &'s Seen<'_>, id: StepId) -> Vec<(OrgId, &'s Step)> {
    let net = &seen.analysis.net.graph;
    let Some(node) = net.node_indices().find(|node| matches!(net[*node], NodeKind::Step(step) if step == id)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut waiting = vec![node];
    let mut seen_nodes = vec![node];
    while let Some(at) = waiting.pop() {
        for edge in net.edges_directed(at, Direction::Incoming).filter(|edge| !edge.weight().back) {
            let from = edge.source();
            if let NodeKind::Step(step) = net[from] {
                let step = seen.case.flow.step(step);
                found.extend(linked(seen, step).map(|agency| (agency, step)));
            } else if !seen_nodes.contains(&from) && !matches!(net[from], NodeKind::Wait { .. }) {
                seen_nodes.push(from);
                waiting.push(from);
            }
        }
    }
    found
}
