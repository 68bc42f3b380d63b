//! Texts that are longer than a target takes: they are cut there, and said by T503.

use super::needs;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::document::words::forms_of;
use crate::model::flow::{self, Actor, BlockKind, Step, StepId};
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::{Seen, each};
use crate::source::Place;
use crate::target::{Capabilities, Target, one_step, shortened};
use tthc_grammar::keywords::Key;

/// Of a text that is too long, what is shown to know it by.
const SHOWN: usize = 60;

/// Says of every process and target which texts will be cut. The process is the same, so that it is only a warning.
pub(super) fn check(project: &Project, rule: &Rule, out: &mut Vec<Diagnostic>) {
    for target in &project.settings.targets {
        let Capabilities { longest_name, longest_title, longest_text, longest_note, .. } = target.capabilities;
        if [longest_name, longest_title, longest_text, longest_note].into_iter().all(|most| most == usize::MAX) {
            continue;
        }
        for seen in each(project) {
            out.extend(notes(&seen, rule, target, longest_note));
            // Those of the procedure are the same for each of its cases.
            let own = if seen.analysis.case == 0 { texts(&seen) } else { Vec::new() };
            let lists = [(longest_name, names(&seen)), (longest_title, titles(&seen)), (longest_text, own)];
            for (most, list) in lists {
                let long = list.into_iter().filter(|(_, words)| words.chars().count() > most);
                out.extend(long.map(|(place, words)| found(&seen, rule, target, place, &words, most)));
            }
        }
    }
}

fn found(seen: &Seen<'_>, rule: &Rule, target: &Target, place: Place, words: &str, most: usize) -> Diagnostic {
    let (shown, letters) = (shortened(words, SHOWN), words.chars().count());
    let message = say(
        format!("Đích “{}” chỉ giữ {most} trong {letters} ký tự của “{shown}”", target.name),
        format!("The target “{}” keeps but {most} of the {letters} letters of “{shown}”", target.name),
    );
    let help = say("Rút gọn để không bị cắt giữa chừng", "Shorten it, so that it is not cut");
    Diagnostic { severity: Severity::Warning, ..seen.found(rule, place, message).help(help) }
}

/// What steps, waits and performers are called.
fn names(seen: &Seen<'_>) -> Vec<(Place, String)> {
    let mut all = Vec::new();
    for (id, step) in seen.steps() {
        all.push((step.head, title(seen, id, step)));
        for way in step.exits.arrows() {
            if let flow::Target::Wait { reason: Some(reason), .. } = &way.target {
                all.push((way.place, format!("Chờ {reason}")));
            }
        }
        let performers = step.performers.iter().flat_map(|performers| performers.each());
        all.extend(performers.filter_map(|performer| match performer.actor {
            Actor::Org(id) => Some((step.head, seen.model.org(id).label.clone())),
            _ => None,
        }));
    }
    all
}

/// What the procedure, its papers and result, stages, ways and forms are called, and remarks on it.
fn titles(seen: &Seen<'_>) -> Vec<(Place, String)> {
    let (procedure, flow, data) = (seen.procedure, &seen.case.flow, &seen.case.data);
    let head = procedure.named.place;
    let mut all = vec![(head, procedure.label.clone())];
    all.extend(procedure.papers.iter().map(|paper| (head, paper.title.clone())));
    all.extend([Key::Result, Key::Domain, Key::Content].map(|key| (head, data.text(key).join("; "))));
    all.extend(data.executing.iter().map(|id| (head, seen.model.org(*id).label.clone())));
    all.extend(seen.case.label.iter().map(|label| (seen.case.place, label.clone())));
    let stages = flow.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Stage(_)));
    all.extend(stages.filter_map(|stage| Some((stage.place, stage.label.clone()?))));
    for (_, step) in seen.steps() {
        let labels = step.exits.arrows().iter().filter_map(|way| Some((way.place, way.label.clone()?)));
        all.extend(labels);
        all.extend(forms_of(step).into_iter().map(|form| (step.head, seen.model.forms[form].label.clone())));
    }
    let notes = data.text(Key::Note).iter().chain(&flow.notes).cloned().collect::<Vec<_>>().join("; ");
    all.push((head, notes));
    all
}

/// A step as it is called there, with its number.
fn title(seen: &Seen<'_>, id: StepId, step: &Step) -> String {
    match step.numbered {
        true => format!("{}. {}", seen.case.flow.full_name(id), step.label),
        false => step.label.clone(),
    }
}

/// The other texts of the procedure, as they are put together there.
fn texts(seen: &Seen<'_>) -> Vec<(Place, String)> {
    one_step::Service::of(seen.definition()).texts().map(|text| (seen.procedure.named.place, text)).into()
}

/// What is told at steps is longer than names are, and often cut: said once for all steps of a case.
fn notes(seen: &Seen<'_>, rule: &Rule, target: &Target, most: usize) -> Option<Diagnostic> {
    let graph = &seen.definition().cases.get(seen.analysis.case)?.graph;
    let told = if target.capabilities.deadlines { one_step::instruction } else { one_step::remarks };
    let instructions = graph.nodes.iter().map(|node| (node, told(graph, node)));
    let mut long = instructions.filter(|(_, text)| text.chars().count() > most);
    let (first, rest) = (long.next()?.0, long.count());
    let vi = if rest == 0 { String::new() } else { format!(" và {rest} bước khác") };
    let en = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    let kept = match most {
        0 => say("không có chỗ cho", "has no room for"),
        most => say(format!("chỉ giữ {most} ký tự của"), format!("keeps but {most} letters of")),
    };
    let message = say(
        format!(
            "Đích “{}” {} lời hướng dẫn (nội dung, kết quả, ghi chú…) ở bước {}{vi}",
            target.name, kept.vi, first.id
        ),
        format!("The target “{}” {} what is told at step {}{en}", target.name, kept.en, first.id),
    );
    let found = seen.found(rule, seen.procedure.named.place, message).help(needs::added_there());
    Some(Diagnostic { severity: Severity::Warning, ..found })
}
