//! Above each procedure: its worst time against the limit, and whether 4 tại chỗ holds; clicked, why.

use crate::view::View;
use serde_json::json;
use tower_lsp::ls_types::{CodeLens, Command, Range};
use tthc_compiler::analysis::report::{self, ProcedureReport};
use tthc_compiler::analysis::verdict::Clock;
use tthc_compiler::diagnostic::{Message, say};
use tthc_compiler::model::procedure::Procedure;
use tthc_compiler::rules::amount;

/// What a lens asks the server to do when it is clicked: to tell the reasons.
pub const REASONS: &str = "tthc.reasons";

/// The lenses of the document.
pub fn lenses(view: &View) -> Vec<CodeLens> {
    let mut lenses = Vec::new();
    for (number, found) in reports(view).iter().enumerate() {
        let Some(range) = place(view, found) else { continue };
        let verdicts = [(time(found), reasons_of_time(found)), (on_site(found), reasons_on_site(found))];
        for (which, (title, reasons)) in verdicts.into_iter().enumerate() {
            // Without a reason there is nothing to click for.
            let (command, arguments) = match (reasons.is_empty(), view.own_uri()) {
                (false, Some(uri)) => (REASONS.to_string(), Some(vec![json!(uri), json!(number), json!(which)])),
                _ => (String::new(), None),
            };
            let command = Command { title: view.words(&title), command, arguments };
            lenses.push(CodeLens { range, command: Some(command), data: None });
        }
    }
    lenses
}

/// The reasons of a lens: of which procedure of the document, and which of its verdicts.
pub fn reasons(view: &View, number: usize, which: usize) -> Option<String> {
    let found = reports(view).into_iter().nth(number)?;
    let (title, reasons) = match which {
        0 => (time(&found), reasons_of_time(&found)),
        _ => (on_site(&found), reasons_on_site(&found)),
    };
    let lines = [title].into_iter().chain(reasons).map(|line| view.words(&line));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn reports(view: &View) -> Vec<ProcedureReport> {
    report::report(&view.project, view.language(), |file| file == view.file, |_| String::new()).procedures
}

fn place(view: &View, found: &ProcedureReport) -> Option<Range> {
    let here = |procedure: &&Procedure| procedure.declaration.file == view.file && procedure.named.name == found.id;
    let procedure = view.project.model.procedures.iter().find(here)?;
    Some(view.range(procedure.named.place.span))
}

/// The longest way of each class of dossiers.
fn reasons_of_time(report: &ProcedureReport) -> Vec<Message> {
    let clock = if report.clock == Some("calendar") { Clock::Calendar } else { Clock::Working };
    let ways = report.classes.iter().filter(|class| !class.path.is_empty()).map(|class| {
        let words: Vec<&str> =
            class.case.iter().chain([&class.when]).map(String::as_str).filter(|word| !word.is_empty()).collect();
        let which = if words.is_empty() { String::new() } else { format!("{}: ", words.join(", ")) };
        let path = class.path.join(" → ");
        match class.worst_minutes.map(|minutes| amount(minutes, clock)) {
            Some(worst) => say(format!("{which}{} = {path}", worst.vi), format!("{which}{} = {path}", worst.en)),
            None => say(format!("{which}{path}"), format!("{which}{path}")),
        }
    });
    ways.collect()
}

fn reasons_on_site(report: &ProcedureReport) -> Vec<Message> {
    let reasons = report.on_site.reasons.iter().map(|reason| {
        let step = reason.step.as_ref().map(|step| format!("{step}: ")).unwrap_or_default();
        let line = format!("{step}{}. {}", reason.message, reason.mend);
        say(line.clone(), line)
    });
    reasons.collect()
}

/// What the calendars say of a process on two clocks.
fn on_dates(report: &ProcedureReport) -> Message {
    let limited = report.classes.iter().any(|class| class.calendar_check.is_some());
    let day = report.classes.iter().find_map(|class| class.worst_arrival.as_deref()).map(written);
    match (report.calendar_check, day) {
        (_, _) if !limited => say("Thời gian tính theo lịch, chưa có thời hạn", "Time goes by the calendar, no limit"),
        (Some("kept"), _) => say(
            "Tính theo lịch: kịp thời hạn, hồ sơ đến ngày nào cũng vậy",
            "By the calendar: within the limit, whenever the dossier comes",
        ),
        (Some("exceeded"), Some(day)) => say(
            format!("Tính theo lịch: quá thời hạn, nhất là hồ sơ đến ngày {day}"),
            format!("By the calendar: beyond the limit, most of all for what comes on {day}"),
        ),
        (Some("exceeded"), None) => {
            say("Tính theo lịch: có thể quá thời hạn", "By the calendar: perhaps beyond the limit")
        }
        _ => say("Tính theo lịch: lịch không đủ dữ liệu để xét", "By the calendar: which knows too few days to tell"),
    }
}

/// An ISO date as dates are written here.
fn written(day: &str) -> String {
    day.split('-').rev().collect::<Vec<_>>().join("/")
}

fn time(report: &ProcedureReport) -> Message {
    let clock = match report.clock {
        Some("working") => Clock::Working,
        Some("calendar") => Clock::Calendar,
        Some(_) => return on_dates(report),
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
