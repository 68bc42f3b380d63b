//! Above each procedure: its worst time against the limit, and whether 4 tại chỗ holds.

use crate::view::View;
use tower_lsp::ls_types::{CodeLens, Command};
use tthc_compiler::analysis::report::{self, ProcedureReport};
use tthc_compiler::analysis::verdict::Clock;
use tthc_compiler::diagnostic::{Message, say};
use tthc_compiler::rules::amount;

/// The lenses of the document.
pub fn lenses(view: &View) -> Vec<CodeLens> {
    let project = &view.project;
    let report = report::report(project, view.language(), |file| file == view.file, |_| String::new());
    let mut lenses = Vec::new();
    for found in &report.procedures {
        let here = |procedure: &&tthc_compiler::model::procedure::Procedure| {
            procedure.declaration.file == view.file && procedure.named.name == found.id
        };
        let Some(procedure) = project.model.procedures.iter().find(here) else { continue };
        let range = view.range(procedure.named.place.span);
        for title in [time(found), on_site(found)] {
            let command = Command { title: view.words(&title), command: String::new(), arguments: None };
            lenses.push(CodeLens { range, command: Some(command), data: None });
        }
    }
    lenses
}

fn time(report: &ProcedureReport) -> Message {
    let clock = match report.clock {
        Some("working") => Clock::Working,
        Some("calendar") => Clock::Calendar,
        Some(_) => {
            return say(
                "Thời gian theo hai loại ngày, xét theo lịch",
                "Times on two clocks, to be judged by the calendar",
            );
        }
        None => return say("Chưa tính được thời gian", "Times cannot be told yet"),
    };
    let Some(worst) = report.worst_minutes.map(|minutes| amount(minutes, clock)) else {
        return say("Chưa tính được thời gian", "Times cannot be told yet");
    };
    let bound = match (report.approximate, report.at_least) {
        (true, _) => say("không quá ", "at most "),
        (_, true) => say("ít nhất ", "at least "),
        _ => Message::default(),
    };
    match report.limit_minutes.map(|minutes| amount(minutes, clock)) {
        Some(limit) => say(
            format!("Lâu nhất {}{} / thời hạn {}", bound.vi, worst.vi, limit.vi),
            format!("At worst {}{} / limit {}", bound.en, worst.en, limit.en),
        ),
        None => say(
            format!("Lâu nhất {}{}, chưa có thời hạn", bound.vi, worst.vi),
            format!("At worst {}{}, no limit", bound.en, worst.en),
        ),
    }
}

fn on_site(report: &ProcedureReport) -> Message {
    match (&report.on_site.reasons[..], report.on_site.with_stamping) {
        ([], true) => say("5 tại chỗ: được", "5 tại chỗ: yes"),
        ([], false) => say("4 tại chỗ: được", "4 tại chỗ: yes"),
        ([first, rest @ ..], _) => {
            let more = if rest.is_empty() { String::new() } else { format!(" (+{})", rest.len()) };
            let step = first.step.as_ref().map(|step| format!("{step}: ")).unwrap_or_default();
            say(
                format!("4 tại chỗ: chưa — {step}{}{more}", first.message),
                format!("4 tại chỗ: no — {step}{}{more}", first.message),
            )
        }
    }
}
