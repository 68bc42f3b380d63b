//! Two versions of procedures side by side: what was added, dropped, moved and changed, and what it saves.

pub(crate) mod definition;
mod figures;
pub(crate) mod pairs;
mod said;
mod steps;

use crate::analysis::report::{self, ProcedureReport};
use crate::diagnostic::{Diagnostic, Language};
use crate::diagram::Picture;
use crate::document::words::Words;
use crate::document::{self, Document, Line, WHOLE, notes};
use crate::model::procedure::{Paper, Procedure};
use crate::project::Project;
use crate::source::{FileId, Place};
use crate::target::{self, ready};
use said::{Said, differences};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

pub use pairs::pairs;

/// The whole comparison; fields may be added, never taken away.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// Of the format.
    pub version: u32,
    /// Procedures that are alike in both.
    pub same: usize,
    /// The others: those of the new version in the order of files, then those that are gone.
    pub procedures: Vec<ProcedureChange>,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Only in the new version.
    Added,
    /// Only in the old one.
    Removed,
    /// In both, and different.
    Changed,
}

/// A procedure that is not the same in both versions.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProcedureChange {
    /// Its name, in the new version where it is there.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// `mã`
    pub code: Option<String>,
    /// What became of it.
    pub change: Change,
    /// Which of the compared pairs it is.
    #[serde(skip)]
    pub pair: usize,
    /// Figures of the old version; null where it is not there.
    pub before: Option<Figures>,
    /// Figures of the new version; null where it is not there.
    pub after: Option<Figures>,
    /// What the new version saves; null where one is not there.
    pub saved: Option<Saved>,
    /// What is said of the procedure, limits and totals included.
    pub facts: Vec<Difference>,
    /// Papers of the dossier.
    pub papers: Vec<ItemChange>,
    /// Agencies that the dossier comes to.
    pub agencies: Vec<ItemChange>,
    /// Steps, in the order of the new version; those that are gone stand where they were.
    pub steps: Vec<StepChange>,
    /// Where nothing above differs: what does in the JSON definition, by its JSON pointer.
    pub definition: Vec<Difference>,
    /// So many more places of the definition differ that are not listed.
    pub definition_more: usize,
}

/// The figures of a version.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Figures {
    /// Rows of its tables.
    pub steps: usize,
    /// Agencies that the dossier comes to.
    pub agencies: usize,
    /// Papers of the dossier.
    pub papers: usize,
    /// The longest time of all dossiers, in minutes of the clock; null where it is not known.
    pub worst_minutes: Option<i64>,
    /// The limit of the dossiers that take longest.
    pub limit_minutes: Option<i64>,
    /// `working`, `calendar` or `mixed`.
    pub clock: Option<String>,
    /// 4 tại chỗ holds for all dossiers; null where the process cannot be judged.
    pub on_site: Option<bool>,
    /// Steps that stand in the way of it.
    pub off_site_steps: Vec<String>,
}

/// Old less new: what is less is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Saved {
    /// Of the longest time; null where the clocks differ or a time is not known.
    pub worst_minutes: Option<i64>,
    /// Of the limit, likewise.
    pub limit_minutes: Option<i64>,
    /// Rows of the tables.
    pub steps: i64,
    /// Agencies that the dossier comes to.
    pub agencies: i64,
    /// Papers of the dossier.
    pub papers: i64,
}

/// A text that is not the same in both versions.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// What it is about: the title of a line of the heading; of a step `title`, `content`, `performer`, `time`,
    /// `result`, `kind` or `ways`, else the key that says it.
    pub what: String,
    /// Null where there was none.
    pub before: Option<String>,
    /// Null where there is none any more.
    pub after: Option<String>,
    /// The items that only one of both has.
    #[serde(skip)]
    pub only: Option<(Vec<String>, Vec<String>)>,
}

impl Difference {
    /// What is shown of it: the items that differ; where they are the same in another order, all.
    pub fn shown(&self) -> (Option<String>, Option<String>) {
        let joined = |items: &[String]| (!items.is_empty()).then(|| items.join("; "));
        match &self.only {
            Some((before, after)) if !(before.is_empty() && after.is_empty()) => (joined(before), joined(after)),
            _ => (self.before.clone(), self.after.clone()),
        }
    }
}

/// A paper or an agency that is not the same in both versions.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemChange {
    /// What became of it.
    pub change: Change,
    /// What it is called.
    pub title: String,
}

/// A step that is not the same in both versions.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepChange {
    /// What became of it; a step that was only moved is changed.
    pub change: Change,
    /// Its number in the old version, with its case and stage where it has them.
    pub before: Option<String>,
    /// Its number in the new version.
    pub after: Option<String>,
    /// What it is called, in the new version where it is there.
    pub title: String,
    /// It stands elsewhere among the others.
    pub moved: bool,
    /// What it says otherwise.
    pub differences: Vec<Difference>,
    /// Where it stands in the old version, and in the new one.
    #[serde(skip)]
    pub places: (Option<Place>, Option<Place>),
}

/// A procedure of one of the versions, with all that is compared.
pub struct Version<'p> {
    /// What it means.
    pub procedure: &'p Procedure,
    /// What its document says, without the diagrams.
    pub document: Document,
    project: &'p Project,
    report: Option<ProcedureReport>,
    /// What is built from it, without the places in the text; none where it has errors.
    definition: Option<Value>,
}

impl Version<'_> {
    /// Its diagrams.
    pub fn pictures(&self) -> Vec<Picture> {
        document::pictures(self.project, self.procedure)
    }

    /// The procedures of the files that are `wanted`, in the order of the files. `findings` are those of the project.
    pub fn all<'p>(project: &'p Project, findings: &[Diagnostic], wanted: impl Fn(FileId) -> bool) -> Vec<Version<'p>> {
        let reports = report::report(project, Language::Vi, &wanted, |file| project.source(file).path.clone());
        let mut reports = reports.procedures;
        let mut procedures: Vec<&Procedure> =
            project.model.procedures.iter().filter(|procedure| wanted(procedure.declaration.file)).collect();
        procedures.sort_by_key(|procedure| (procedure.declaration.file, procedure.declaration.span.start));
        let ready: Vec<&Procedure> = ready::procedures(project, findings).into_iter().map(|(_, ready)| ready).collect();
        let mut versions = Vec::new();
        for procedure in procedures {
            let Procedure { named, declaration, .. } = procedure;
            let path = &project.source(declaration.file).path;
            let is_its = |report: &ProcedureReport| report.id == named.name && report.file == *path;
            let report = reports.iter().position(is_its).map(|place| reports.remove(place));
            let document = document::text(project, named.name.clone(), procedure);
            let is_ready = ready.iter().any(|ready| std::ptr::eq(*ready, procedure));
            let definition = is_ready.then(|| definition::of(project, procedure));
            versions.push(Version { procedure, document, project, report, definition });
        }
        versions
    }
}

/// A procedure in both versions, or in the one that has it.
pub type Pair<'v, 'p> = (Option<&'v Version<'p>>, Option<&'v Version<'p>>);

/// Compares procedures that belong together.
pub fn compare(pairs: &[Pair]) -> Comparison {
    let changes: Vec<Option<ProcedureChange>> = pairs.iter().enumerate().map(procedure).collect();
    let same = changes.iter().filter(|change| change.is_none()).count();
    Comparison { version: 1, same, procedures: changes.into_iter().flatten().collect() }
}

/// What became of a procedure; none where nothing differs.
fn procedure((index, pair): (usize, &Pair)) -> Option<ProcedureChange> {
    let (before, after) = *pair;
    let shown = after.or(before)?;
    let figures = |version: Option<&Version>| version.map(figures::figures);
    let (old, new) = (figures(before), figures(after));
    let mut change = ProcedureChange {
        id: shown.procedure.named.name.clone(),
        label: shown.procedure.label.clone(),
        code: shown.document.code.clone(),
        change: match pair {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            _ => Change::Changed,
        },
        pair: index,
        saved: old.as_ref().zip(new.as_ref()).map(|(old, new)| figures::saved(old, new)),
        before: old,
        after: new,
        facts: Vec::new(),
        papers: Vec::new(),
        agencies: Vec::new(),
        steps: Vec::new(),
        definition: Vec::new(),
        definition_more: 0,
    };
    let (Some(before), Some(after)) = (before, after) else { return Some(change) };
    change.facts = differences(facts(before), facts(after));
    change.papers = items(before.document.papers.iter().map(paper), after.document.papers.iter().map(paper));
    change.agencies = items(figures::agencies(before), figures::agencies(after));
    change.steps = steps::compare(before, after);
    let alike =
        change.facts.is_empty() && change.papers.is_empty() && change.agencies.is_empty() && change.steps.is_empty();
    let (before, after) = (before.definition.as_ref(), after.definition.as_ref());
    (change.definition, change.definition_more) = definition::differences(before, after, alike);
    (!alike || !change.definition.is_empty()).then_some(change)
}

/// What stands above and between the rows, by what it is about.
fn facts(version: &Version) -> Vec<Said> {
    let document = &version.document;
    let mut facts = vec![Said::of("Tên thủ tục", [document.title.clone()])];
    facts.extend(document.facts.iter().map(|fact| Said::of(fact.title, fact.texts.iter().cloned())));
    let forms = document.forms.iter().filter(|form| !form.about.is_empty());
    facts.extend(forms.map(|form| Said::of(format!("Biểu mẫu {}", form.title), form.about.iter().cloned())));
    for (case, part) in version.procedure.cases.iter().zip(&document.parts) {
        let of = part.title.as_ref().map(|title| format!(" ({title})")).unwrap_or_default();
        facts.extend(part.when.iter().map(|when| Said::of(format!("Điều kiện{of}"), [when.clone()])));
        facts.extend(part.facts.iter().map(|fact| Said::of(format!("{}{of}", fact.title), fact.texts.iter().cloned())));
        facts.extend(part.lines.iter().filter_map(|line| match line {
            // Of the whole the heading speaks.
            Line::Total { title, amount } if title != WHOLE => Some(Said::of(format!("{title}{of}"), [amount.clone()])),
            _ => None,
        }));
        let words = Words::of(&version.project.model, version.procedure, &case.flow);
        let notes = notes::around(&words).into_iter();
        facts.extend(notes.map(|note| Said::of(format!("Lưu ý: {}{of}", note.step), note.lines)));
    }
    facts
}

/// A paper with how many copies of it are asked for, and what is remarked.
fn paper(paper: &Paper) -> String {
    let mut parts = vec![paper.title.clone()];
    parts.extend(paper.originals.map(|count| format!("{count} bản chính")));
    parts.extend(paper.copies.map(|count| format!("{count} bản sao")));
    parts.extend(paper.template.clone());
    if paper.electronic {
        parts.push("bản điện tử".to_string());
    }
    parts.extend(paper.notes.iter().cloned());
    parts.join(", ")
}

/// What is only in one of two lists.
fn items(before: impl Iterator<Item = String>, after: impl Iterator<Item = String>) -> Vec<ItemChange> {
    let (before, after): (Vec<String>, Vec<String>) = (before.collect(), after.collect());
    let gone = before.iter().filter(|item| !after.contains(item));
    let new = after.iter().filter(|item| !before.contains(item));
    let change = |change, title: &String| ItemChange { change, title: title.clone() };
    gone.map(|item| change(Change::Removed, item)).chain(new.map(|item| change(Change::Added, item))).collect()
}

/// The JSON Schema of a comparison.
pub fn schema() -> String {
    target::schema_of::<Comparison>()
}
