//! The findings of all batches as one list.

use super::Judged;
use super::outcome::{Missing, Outcome};
use crate::diagnostic::{Diagnostic, Message};
use crate::model::symbols::{near, relative};
use crate::rules::{self, t1_names};
use crate::source::{FileId, Place};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tthc_grammar::names::canonical;
use tthc_grammar::tree::DeclarationKind;

/// For so many missing files it is looked up which others may be meant: each costs a look at all paths.
const MOST_LOOKED_UP: usize = 1_000;

/// The rule that looks at all bearers of a code.
pub(super) const ABOUT_CODES: &str = "T108";

/// Groups of files that bear the same code: the first bearer with some of the others, to which it is told that theirs is
/// taken.
pub(super) fn bearers_of_one_code(outcomes: &[Outcome], size: usize) -> Vec<Vec<Arc<str>>> {
    let mut bearers: BTreeMap<&str, BTreeSet<&Arc<str>>> = BTreeMap::new();
    for outcome in outcomes {
        for (code, file) in &outcome.codes {
            bearers.entry(code).or_default().insert(&outcome.paths[file.0 as usize]);
        }
    }
    let mut groups = Vec::new();
    for files in bearers.into_values() {
        let files: Vec<Arc<str>> = files.into_iter().cloned().collect();
        let Some((first, others)) = files.split_first() else { continue };
        groups.extend(others.chunks(size).map(|some| [std::slice::from_ref(first), some].concat()));
    }
    groups
}

/// Findings of all batches as one list, under one numbering of the files.
pub(super) fn merge(mut outcomes: Vec<Outcome>, paths: &BTreeSet<String>) -> Judged {
    let found: Vec<_> = outcomes.iter_mut().map(|outcome| std::mem::take(&mut outcome.findings)).collect();
    let sources: Vec<_> = outcomes.iter_mut().map(|outcome| std::mem::take(&mut outcome.sources)).collect();
    let all: BTreeSet<Arc<str>> = outcomes.iter().flat_map(|outcome| &outcome.paths).cloned().collect();
    let elsewhere = Elsewhere::of(&outcomes, all.iter().map(|path| &**path).chain(paths.iter().map(String::as_str)));
    let numbers: HashMap<&str, FileId> = all.iter().map(|path| &**path).zip((0..).map(FileId)).collect();
    let mut seen_by = vec![0; all.len()];
    let mut absences: HashMap<(Place, &'static str, Message), usize> = HashMap::new();
    let mut judged = Judged::default();
    for ((outcome, findings), sources) in outcomes.iter().zip(found).zip(sources) {
        let number = |file: FileId| {
            let path = outcome.paths.get(file.0 as usize);
            path.and_then(|path| numbers.get(&**path)).copied().unwrap_or(file)
        };
        for file in &outcome.about {
            seen_by[number(*file).0 as usize] += 1;
        }
        let missing: HashMap<Place, &Missing> =
            outcome.missing.iter().map(|(place, missing)| (*place, missing)).collect();
        for mut found in findings {
            let here = outcome.paths.get(found.place.file.0 as usize).map_or("", |path| &**path);
            if let Some(missing) = missing.get(&found.place) {
                found = elsewhere.advise(found, missing, here);
            }
            found.files_mut().for_each(|file| *file = number(*file));
            if found.absence.is_some() {
                *absences.entry((found.place, found.code, found.message.clone())).or_default() += 1;
            }
            judged.findings.push(found);
        }
        judged.sources.extend(sources.into_iter().map(|(file, source)| (number(file), source)));
    }
    // Nobody uses it only where every batch that sees it says so.
    judged.findings.retain(|found| {
        let said = || absences.get(&(found.place, found.code, found.message.clone()));
        found.absence.is_none() || said() == seen_by.get(found.place.file.0 as usize)
    });
    judged.findings = rules::in_order(judged.findings);
    judged
}

/// What other batches know of something that is not in sight.
struct Elsewhere<'o> {
    /// The first file that declares something of a kind and name.
    declared: HashMap<(DeclarationKind, String), &'o str>,
    /// The files that a path may mean.
    meant: HashMap<&'o str, Vec<&'o str>>,
}

impl<'o> Elsewhere<'o> {
    fn of(outcomes: &'o [Outcome], paths: impl Iterator<Item = &'o str>) -> Elsewhere<'o> {
        let mut declared: HashMap<(DeclarationKind, String), &str> = HashMap::new();
        let all_declared = outcomes
            .iter()
            .flat_map(|outcome| outcome.declared.iter().map(|(what, file)| (what, &*outcome.paths[file.0 as usize])));
        for (what, path) in all_declared {
            let first = declared.entry((what.kind, canonical(&what.name).into_owned())).or_insert(path);
            *first = path.min(first);
        }
        let missing = outcomes.iter().flat_map(|outcome| &outcome.missing);
        let files: BTreeSet<&str> = missing
            .filter_map(|(_, missing)| match missing {
                Missing::File(path) => Some(path.as_str()),
                Missing::Name(..) => None,
            })
            .collect();
        let paths: BTreeSet<&str> = if files.is_empty() { BTreeSet::new() } else { paths.collect() };
        let meant = files.into_iter().take(MOST_LOOKED_UP);
        let meant = meant.map(|path| (path, near(path, paths.iter().copied()).collect())).collect();
        Elsewhere { declared, meant }
    }

    /// The finding with better advice, where there is some.
    fn advise(&self, found: Diagnostic, missing: &Missing, here: &str) -> Diagnostic {
        match (found.code, missing) {
            ("T101", Missing::Name(what, name)) => {
                let kind = what.declared_as();
                match kind.and_then(|kind| self.declared.get(&(kind, name.clone()))) {
                    Some(path) => found.help(t1_names::import_it(here, path)),
                    None => found,
                }
            }
            ("T105", Missing::File(path)) => match self.meant.get(path.as_str()) {
                Some(meant) => {
                    let others = meant.iter().filter(|path| **path != here);
                    let meant: Vec<String> = others.map(|path| relative(here, path)).collect();
                    t1_names::suggest(found, &meant)
                }
                None => found,
            },
            _ => found,
        }
    }
}
