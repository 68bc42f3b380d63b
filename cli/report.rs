//! `tthc report`

mod csv;
mod html;
mod table;

use crate::console::{Console, Outcome, Status};
use crate::day::Day;
use crate::errors;
use crate::files::{self, Scope, unreadable};
use crate::progress::Progress;
use crate::render::Texts;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use tthc_compiler::analysis::report::{self, ProcedureReport, Report as Figures};
use tthc_compiler::diagnostic::{Language, say};

/// The arguments of `tthc report`.
#[derive(Args)]
pub struct Report {
    /// Tệp hoặc thư mục; không ghi: cả dự án; '-': đọc từ stdin
    #[arg(value_name = "ĐƯỜNG DẪN")]
    paths: Vec<PathBuf>,
    /// Dạng kết quả (mặc định: table)
    #[arg(long, value_name = "table|json|csv|html", default_value = "table")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    day: Day,
}

/// `--format`
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Html,
}

impl Report {
    /// Reports on every procedure of the files that were asked for.
    pub fn run(self, console: &Console) -> Outcome {
        let progress = Progress::start(console.language);
        let mut workspaces = files::open(&self.paths, Scope::Imports, console, &progress)?;
        self.day.apply(&mut workspaces);
        let current = std::env::current_dir().map_err(|error| unreadable(Path::new("."), &error))?;
        // The page is attached to a decision of the chairman: always Vietnamese.
        let language = if matches!(self.format, Format::Html) { Language::Vi } else { console.language };
        let mut all = Figures { version: 1, procedures: Vec::new() };
        for workspace in &workspaces {
            let path = |file| workspace.shown_path(file, &current);
            all.procedures
                .extend(report::report(&workspace.project, language, |file| workspace.is_given(file), path).procedures);
        }
        let found = workspaces.iter().map(|workspace| (workspace, workspace.findings())).collect();
        drop(progress);
        console.print(&self.format.render(&all, language))?;
        let errors = errors::show(found, console)?;
        Ok(if errors > 0 { Status::Findings } else { Status::Clean })
    }
}

impl Format {
    fn render(self, figures: &Figures, language: Language) -> String {
        match self {
            Format::Table => table::render(figures, language),
            // Strings, numbers and lists of them always have a JSON form.
            Format::Json => serde_json::to_string_pretty(figures).unwrap_or_default() + "\n",
            Format::Csv => csv::render(figures, language),
            Format::Html => html::render(figures),
        }
    }
}

/// Minutes as people say them, in days of the clock: `2,5 ngày làm việc`.
fn amount(minutes: i64, clock: Option<&str>, language: Language) -> String {
    let (day, word) = match clock {
        Some("calendar") => (1440, say("ngày", "days")),
        _ => (480, say("ngày làm việc", "working days")),
    };
    let sign = if minutes < 0 { "-" } else { "" };
    let whole = minutes.abs() / day;
    let rest = minutes.abs() % day;
    if rest * 1000 % day != 0 {
        return format!("{minutes} {}", say("phút", "minutes").in_language(language));
    }
    let decimals = format!("{:03}", rest * 1000 / day);
    let decimals = decimals.trim_end_matches('0');
    let point = if language == Language::Vi { "," } else { "." };
    let fraction = if decimals.is_empty() { String::new() } else { format!("{point}{decimals}") };
    format!("{sign}{whole}{fraction} {}", word.in_language(language))
}

/// The worst time; `≥` where some step does not say how long, `≤` where it is a bound.
fn worst(procedure: &ProcedureReport, language: Language) -> String {
    let Some(minutes) = procedure.worst_minutes else { return unknown(procedure, language) };
    let sign = match (procedure.at_least, procedure.approximate) {
        (true, _) => "≥ ",
        (_, true) => "≤ ",
        _ => "",
    };
    format!("{sign}{}", amount(minutes, procedure.clock, language))
}

fn unknown(procedure: &ProcedureReport, language: Language) -> String {
    let mixed = procedure.clock == Some("mixed");
    let word = if mixed {
        say("ngày làm việc lẫn ngày thường", "mixed clock")
    } else {
        say("chưa xét được", "not judged")
    };
    word.in_language(language).to_string()
}

fn limit(procedure: &ProcedureReport, language: Language) -> String {
    procedure.limit_minutes.map_or_else(|| "–".to_string(), |minutes| amount(minutes, procedure.clock, language))
}

fn slack(procedure: &ProcedureReport, language: Language) -> String {
    procedure.slack().map_or_else(|| "–".to_string(), |minutes| amount(minutes, procedure.clock, language))
}

/// 4 tại chỗ: for all dossiers, for some, for none.
fn verdict(procedure: &ProcedureReport, language: Language) -> &'static str {
    let some = procedure.classes.iter().any(|class| class.on_site == Some(true));
    match (procedure.on_site.eligible, some, language) {
        (true, _, Language::Vi) => "đạt",
        (true, _, Language::En) => "yes",
        (_, true, Language::Vi) => "một phần",
        (_, true, Language::En) => "in part",
        (_, _, Language::Vi) => "chưa",
        (_, _, Language::En) => "no",
    }
}

/// Reasons, each with its step.
fn reasons(procedure: &ProcedureReport) -> Vec<String> {
    let reason = |reason: &report::Reason| match &reason.step {
        Some(step) => format!("{step}: {}", reason.message),
        None => reason.message.clone(),
    };
    procedure.on_site.reasons.iter().map(reason).collect()
}

/// How many procedures are eligible.
fn eligible(figures: &Figures) -> (usize, usize) {
    (figures.procedures.iter().filter(|procedure| procedure.on_site.eligible).count(), figures.procedures.len())
}

/// Per cent, rounded down to one decimal: never more than there is.
fn share((part, of): (usize, usize)) -> String {
    let tenths = part * 1000 / of.max(1);
    format!("{},{}", tenths / 10, tenths % 10)
}
