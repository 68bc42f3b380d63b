//! One rule, one file, one page.
//!
//! A rule's file holds its check; the page beside it says what is wrong, why it matters, and shows a file in
//! which it finds something, the same file mended, and a near miss. `explain`, the documentation and the
//! SARIF rule table are made from the pages; the tests run their examples.

mod labels;
mod seen;
mod t0_text;
pub(crate) mod t1_names;
mod t2_flow;
mod t3_time;
mod t4_authority;
mod t5_electronic;
mod t6_law;
mod t7_style;
pub(crate) mod verify;
pub(crate) mod words;

use crate::analysis::CaseAnalysis;
use crate::diagnostic::{Diagnostic, Language, Message, Severity, say};
use crate::model::issue::Issue;
use crate::project::{ParsedFile, Project};
use crate::source::{FileId, Place};
use foldhash::{HashMap, HashMapExt, HashSet};
use std::collections::hash_map::Entry;
use tthc_grammar::tree::{Problem, ProblemKind, Slip};

pub use words::{amount, total};

/// A rule.
pub struct Rule {
    /// `T101`; stable.
    pub code: &'static str,
    /// `unknown-name`; stable.
    pub name: &'static str,
    /// How bad its findings are, unless the project says otherwise.
    pub severity: Severity,
    /// The page, as Markdown.
    pub page: &'static str,
    check: fn(&Project, &mut Vec<Diagnostic>),
}

/// Every rule, by code.
pub const ALL: &[&Rule] = &[
    &t0_text::t001_syntax::RULE,
    &t0_text::t002_unclosed::RULE,
    &t0_text::t003_characters::RULE,
    &t0_text::t004_foreign_number::RULE,
    &t0_text::t005_limits::RULE,
    &t1_names::t101_unknown_name::RULE,
    &t1_names::t102_duplicate::RULE,
    &t1_names::t103_attribute::RULE,
    &t1_names::t104_wrong_kind::RULE,
    &t1_names::t105_import::RULE,
    &t1_names::t106_unused::RULE,
    &t1_names::t107_circle::RULE,
    &t1_names::t108_code_and_process::RULE,
    &t1_names::t109_step_number::RULE,
    &t1_names::t110_silence::RULE,
    &t2_flow::t201_dead_end::RULE,
    &t2_flow::t202_unreachable::RULE,
    &t2_flow::t203_no_end::RULE,
    &t2_flow::t204_unbounded_circle::RULE,
    &t2_flow::t205_gap::RULE,
    &t2_flow::t206_overlap::RULE,
    &t2_flow::t207_branch_arrow::RULE,
    &t2_flow::t208_stop::RULE,
    &t2_flow::t209_join::RULE,
    &t2_flow::t210_unstructured::RULE,
    &t2_flow::t211_undecided_outcome::RULE,
    &t3_time::t301_excess_time::RULE,
    &t3_time::t302_statutory_limit::RULE,
    &t3_time::t303_limit_cover::RULE,
    &t3_time::t304_unused_time::RULE,
    &t3_time::t305_stage_sum::RULE,
    &t3_time::t306_no_time::RULE,
    &t3_time::t307_mixed_units::RULE,
    &t3_time::t308_open_wait::RULE,
    &t3_time::t309_share::RULE,
    &t3_time::t310_deadline::RULE,
    &t4_authority::t401_four_on_site::RULE,
    &t4_authority::t402_not_entitled::RULE,
    &t4_authority::t403_delegation_period::RULE,
    &t4_authority::t404_not_existing::RULE,
    &t4_authority::t405_one_stop::RULE,
    &t4_authority::t406_other_unit::RULE,
    &t4_authority::t407_drafts_and_approves::RULE,
    &t4_authority::t408_not_posted::RULE,
    &t4_authority::t409_one_thing::RULE,
    &t5_electronic::t501_status::RULE,
    &t5_electronic::t502_codes::RULE,
    &t5_electronic::t503_target::RULE,
    &t5_electronic::t504_never_runs::RULE,
    &t5_electronic::t505_presence::RULE,
    &t6_law::t601_one_supplement::RULE,
    &t6_law::t602_handed_back::RULE,
    &t6_law::t603_consultation::RULE,
    &t6_law::t604_late_refusal::RULE,
    &t6_law::t605_form::RULE,
    &t6_law::t606_hand_over::RULE,
    &t6_law::t607_linked::RULE,
    &t7_style::t701_mixed_spelling::RULE,
    &t7_style::t702_blanks_in_label::RULE,
    &t7_style::t703_label_punctuation::RULE,
    &t7_style::t704_label_case::RULE,
    &t7_style::t705_file_name::RULE,
];

/// What is found in processes that are drawn.
pub(crate) const UNSTRUCTURED: &Rule = &t2_flow::t210_unstructured::RULE;
/// What is found in workflows of other software.
pub(crate) const UNKNOWN_NAME: &Rule = &t1_names::t101_unknown_name::RULE;
/// Likewise.
pub(crate) const STEP_NUMBER: &Rule = &t1_names::t109_step_number::RULE;
/// Likewise.
pub(crate) const STAGE_SUM: &Rule = &t3_time::t305_stage_sum::RULE;

/// Finds a rule by code or name.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}

/// Everything that is found, by place and rule, each once.
pub(crate) fn check(project: &Project) -> Vec<Diagnostic> {
    in_order(run(project))
}

/// Runs every rule; applies the project's severities and the silences in the files.
pub(crate) fn run(project: &Project) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in ALL {
        (rule.check)(project, &mut found);
    }
    found.iter_mut().for_each(|found| found.firm |= is_firm(found));
    found.retain(|found| !is_beside_unread(project, found));
    t1_names::t110_silence::apply(project, &mut found);
    found.retain_mut(|diagnostic| match project.settings.severities.get(diagnostic.code) {
        _ if diagnostic.firm => true,
        Some(Some(severity)) => {
            diagnostic.severity = *severity;
            true
        }
        Some(None) => false,
        None => true,
    });
    found
}

/// Words that could not be read, names and values that stand for nothing: what is built in spite of them would lack
/// what was meant.
fn is_firm(found: &Diagnostic) -> bool {
    let unread = found.code.starts_with("T0") || matches!(found.code, "T101" | "T102" | "T104");
    unread && found.severity == Severity::Error
}

/// Whether words of a file could not be read: a name may stand there.
fn has_unread_words(file: &ParsedFile) -> bool {
    use ProblemKind as P;
    file.tree.problems.iter().any(|problem| {
        !matches!(
            problem.kind,
            P::Character(_)
                | P::NotUtf8
                | P::ForeignNumber(_)
                | P::PartOfDong(_)
                | P::NoFraction
                | P::NoSuchDate
                | P::TooLargeNumber
                | P::CurlyQuotes
                | P::Slip(Slip::Capital, _)
        )
    })
}

/// A value of which the rest could not be read, or with which a text breaks off, is not judged: that has been said.
fn is_beside_unread(project: &Project, found: &Diagnostic) -> bool {
    let Some(file) = project.files.get(found.place.file.0 as usize) else { return false };
    let text = file.source.text.parsed();
    let nothing_before = |start: usize| {
        let between = text.get(found.place.span.end as usize..start);
        between.is_some_and(|between| between.trim().is_empty())
    };
    matches!(found.code, "T101" | "T104")
        && file.tree.problems.iter().any(|problem| match problem.kind {
            ProblemKind::Unreadable(_) => nothing_before(problem.span.start as usize),
            ProblemKind::UnclosedBlock => nothing_before(text.len()),
            _ => false,
        })
}

/// Findings by place and rule, each once, without those that others make go without saying.
pub(crate) fn in_order(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let absent: HashSet<(Place, &str)> =
        found.iter().filter(|found| found.absence.is_some()).map(|found| (found.place, found.code)).collect();
    let untold: HashSet<(Place, &str)> =
        found.iter().filter(|found| found.is_untold()).map(|found| (found.place, found.code)).collect();
    found.retain(|found| {
        let part_of = found.absence.as_ref().and_then(|absence| absence.part_of);
        let goes_without_saying = part_of.is_some_and(|larger| absent.contains(&(larger, found.code)));
        !goes_without_saying && (found.absence.is_none() || !untold.contains(&(found.place, found.code)))
    });
    found.sort_by(|a, b| (a.place, a.code).cmp(&(b.place, b.code)));
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(found.len());
    // Where the findings of the last place and rule are kept, by what they say.
    let mut said: HashMap<Message, usize> = HashMap::new();
    for next in found {
        if kept.last().is_none_or(|last| (last.place, last.code) != (next.place, next.code)) {
            said.clear();
        }
        match said.entry(next.message.clone()) {
            Entry::Occupied(same) => merge(&mut kept[*same.get()], next),
            Entry::Vacant(new) => {
                new.insert(kept.len());
                kept.push(next);
            }
        }
    }
    kept
}

/// More insertions of a faulty part than this are not listed.
const MOST_LABELS: usize = 8;

/// One mistake in a shared part or process, seen from several places that use it: one finding, with the list.
fn merge(kept: &mut Diagnostic, next: Diagnostic) {
    // Advice can depend on who uses it: the richer one stays, whatever the order.
    let advice =
        |found: &Diagnostic| (std::cmp::Reverse(found.fixes.len()), found.help.as_ref().map(|help| help.en.clone()));
    if advice(&next) < advice(kept) {
        (kept.help, kept.fixes) = (next.help, next.fixes);
    }
    let before = kept.labels.len();
    for label in next.labels {
        if !kept.labels.contains(&label) {
            kept.labels.push(label);
        }
    }
    if kept.labels.len() > before {
        // The same ones are kept in whatever order they come.
        kept.labels.sort_by_key(|(place, _)| *place);
        kept.labels.truncate(MOST_LABELS);
    }
}

/// A finding made from an issue of the model: with the insertions that led to it.
fn issue_found(rule: &Rule, issue: &Issue, message: Message) -> Diagnostic {
    let mut found = Diagnostic::new(rule, issue.place, message);
    found.procedure = issue.procedure.clone();
    if issue.unused {
        found = found.absence(None);
    }
    for place in &issue.inserted_at {
        found = found.label(*place, say("được chèn từ đây", "inserted from here"));
    }
    found
}

/// The files of which a part could not be read at all, up to their end or that of a block: what seems to be missing
/// may stand there.
pub(crate) fn broken_off(project: &Project) -> impl Iterator<Item = Place> {
    let loses_text = |problem: &&Problem| {
        use ProblemKind as P;
        matches!(problem.kind, P::UnclosedBlock | P::UnclosedString(_) | P::UnclosedComment | P::TooDeep(_))
    };
    let files = (0..).map(FileId).zip(&project.files);
    files.flat_map(move |(file, parsed)| {
        parsed.tree.problems.iter().filter(loses_text).map(move |problem| Place { file, span: problem.span })
    })
}

/// The cases whose text could be read and whose names are known: of others nothing can be proved, and what is
/// wrong with them has been said.
pub(crate) fn sound_texts(project: &Project) -> impl Iterator<Item = &CaseAnalysis> {
    let serious = |issue: &&Issue| !issue.kind.leaves_flow_clear();
    let problems = (0..)
        .map(FileId)
        .zip(&project.files)
        .flat_map(|(file, parsed)| parsed.tree.problems.iter().map(move |problem| Place { file, span: problem.span }));
    // What is wrong with a part where one procedure inserts it is no matter of others that do.
    let at = |issue: &Issue| issue.inserted_at.first().copied().unwrap_or(issue.place);
    let wrong: Vec<Place> = problems.chain(project.model.issues.iter().filter(serious).map(at)).collect();
    project.analysis().iter().filter(move |analysis| {
        let procedure = &project.model.procedures[analysis.procedure];
        let own = std::iter::once(&procedure.declaration).chain(&procedure.rests_on);
        !own.into_iter().any(|place| wrong.iter().any(|at| place.holds(*at)))
    })
}

impl Rule {
    /// The title on the page.
    pub fn title(&self, language: Language) -> &'static str {
        self.section(language).lines().find_map(|line| line.strip_prefix("title:")).unwrap_or(self.name).trim()
    }

    /// The text of the page in one language, without the title.
    pub fn explanation(&self, language: Language) -> &'static str {
        let section = self.section(language);
        match section.trim_start().split_once('\n') {
            Some((title, rest)) if title.starts_with("title:") => rest.trim(),
            _ => section.trim(),
        }
    }

    /// The examples of a part of the page (`found`, `mended`, `near miss`).
    pub fn examples(&self, part: &str) -> Vec<&'static str> {
        // Blocks are `.tthc`, or drawings as XML.
        let blocks = self.part(part).split("```").skip(1).step_by(2);
        blocks
            .filter_map(|block| block.strip_prefix("tthc\n").or(block.strip_prefix("xml\n")))
            .map(str::trim_end)
            .collect()
    }

    fn section(&self, language: Language) -> &'static str {
        self.part(match language {
            Language::Vi => "vi",
            Language::En => "en",
        })
    }

    fn part(&self, heading: &str) -> &'static str {
        let start = format!("\n## {heading}\n");
        let Some(at) = self.page.find(&start) else { return "" };
        let rest = &self.page[at + start.len()..];
        rest.split("\n## ").next().unwrap_or(rest)
    }
}
