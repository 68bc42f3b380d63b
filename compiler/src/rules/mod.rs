//! One rule, one file, one page.
//!
//! A rule's file holds its check; the page beside it says what is wrong, why it matters, and shows a file in
//! which it finds something, the same file mended, and a near miss. `explain`, the documentation and the
//! SARIF rule table are made from the pages; the tests run their examples.

mod t0_text;
mod t1_names;
mod t2_flow;
mod t7_style;
mod words;

use crate::diagnostic::{Diagnostic, Language, Message, Severity, say};
use crate::model::issue::Issue;
use crate::project::Project;

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
    &t7_style::t701_mixed_spelling::RULE,
    &t7_style::t702_blanks_in_label::RULE,
    &t7_style::t703_label_punctuation::RULE,
    &t7_style::t704_label_case::RULE,
    &t7_style::t705_file_name::RULE,
];

/// Finds a rule by code or name.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}

/// Runs every rule; applies the project's severities and the silences in the files.
pub(crate) fn check(project: &Project) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in ALL {
        (rule.check)(project, &mut found);
    }
    t1_names::t110_silence::apply(project, &mut found);
    found.retain_mut(|diagnostic| match project.settings.severities.get(diagnostic.code) {
        Some(Some(severity)) => {
            diagnostic.severity = *severity;
            true
        }
        Some(None) => false,
        None => true,
    });
    found.sort_by(|a, b| (a.place, a.code).cmp(&(b.place, b.code)));
    found.dedup_by(|next, kept| same_finding(next, kept));
    found
}

/// More insertions of a faulty part than this are not listed.
const MOST_LABELS: usize = 8;

/// One mistake in a shared part or process, seen from several places that use it: one finding, with the list.
fn same_finding(next: &mut Diagnostic, kept: &mut Diagnostic) -> bool {
    if (next.place, next.code, &next.message) != (kept.place, kept.code, &kept.message) {
        return false;
    }
    for label in next.labels.drain(..) {
        if kept.labels.len() < MOST_LABELS && !kept.labels.contains(&label) {
            kept.labels.push(label);
        }
    }
    true
}

/// A finding made from an issue of the model: with the insertions that led to it.
fn issue_found(rule: &Rule, issue: &Issue, message: Message) -> Diagnostic {
    let mut found = Diagnostic::new(rule, issue.place, message);
    found.procedure = issue.procedure.clone();
    for place in &issue.inserted_at {
        found = found.label(*place, say("được chèn từ đây", "inserted from here"));
    }
    found
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
        let fence = "```tthc\n";
        let blocks = self.part(part).split(fence).skip(1);
        blocks.map(|block| block.split("\n```").next().unwrap_or(block)).collect()
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
