//! Steps added, dropped, moved and changed.

use super::pairs::{Known, in_order, steps as matching};
use super::said::{Item, Said, differences};
use super::{Change, Difference, StepChange, Version};
use crate::document::words::{Words, capital};
use crate::document::{notes, rows};
use crate::model::flow::{Step, StepId};
use crate::source::Place;
use std::collections::BTreeSet;
use tthc_grammar::keywords::Key;

/// A step with all that is compared.
struct Row {
    /// `Bước 3`, with its stage where the number stands several times.
    number: String,
    title: String,
    texts: Vec<Said>,
    place: Place,
}

/// What the steps of all cases are known by.
fn known(version: &Version) -> Vec<Known> {
    let mut found = Vec::new();
    for case in &version.procedure.cases {
        let words = Words::of(&version.project.model, version.procedure, &case.flow);
        found.extend(case.flow.steps.iter().enumerate().map(|(index, step)| Known {
            case: case.named.as_ref().map(|named| named.name.clone()),
            name: (!step.numbered).then(|| case.flow.full_name(StepId(index))),
            label: step.label.clone(),
            who: words.who(step),
        }));
    }
    found
}

/// `same` calls each step by words that it has in both versions.
fn rows(version: &Version, same: &[String]) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::new();
    for (case, part) in version.procedure.cases.iter().zip(&version.document.parts) {
        let (model, procedure, flow) = (&version.project.model, version.procedure, &case.flow);
        let words = Words::of(model, procedure, flow);
        let labels = Words::by_label(model, procedure, flow);
        let own = same.iter().skip(found.len()).take(flow.steps.len()).cloned().collect();
        let same = Words::calling(own, model, procedure, flow);
        for (index, step) in flow.steps.iter().enumerate() {
            let number = capital(&words.step(StepId(index)));
            let number = part.title.iter().fold(number, |number, title| format!("{number} – {title}"));
            let texts = texts(step, &labels, &same);
            found.push(Row { number, title: step.label.clone(), texts, place: step.named.place });
        }
    }
    found
}

/// All that is said of a step, shown with other steps called by their labels.
fn texts(step: &Step, labels: &Words, same: &Words) -> Vec<Said> {
    let both = |what: &str, texts: &dyn Fn(&Words) -> Vec<String>| {
        let items = texts(labels).into_iter().zip(texts(same));
        let items = items.map(|(shown, compared)| Item { shown, compared }).filter(|item| !item.shown.is_empty());
        Said { what: what.to_string(), items: items.collect() }
    };
    let mut said = vec![
        both("content", &|_| vec![rows::content(step).unwrap_or_default()]),
        both("performer", &|words| vec![words.who(step)]),
        both("time", &|words| vec![rows::own_time(words, step)]),
        both("result", &|words| vec![rows::result(words, step)]),
        both("kind", &|_| vec![step.kinds.join(", ")]),
        both("ways", &|words| notes::ways(words, step)),
    ];
    let keys: BTreeSet<Key> = notes::beside(same, step).into_iter().map(|(key, _)| key).collect();
    said.extend(keys.into_iter().map(|key| both(key.phrase(), &|words| beside(words, step, key))));
    said.retain(|said| !said.items.is_empty());
    said
}

/// What a key says, without the key.
fn beside(words: &Words, step: &Step, key: Key) -> Vec<String> {
    let lines = notes::beside(words, step).into_iter().filter(|(of, _)| *of == key);
    let named = capital(key.phrase());
    let bare = |line: String| line.strip_prefix(&named).map(|line| line.trim_start_matches([':', ' ']).to_string());
    lines.map(|(_, line)| bare(line.clone()).unwrap_or(line)).collect()
}

/// What differs, in the order of the new version; what is gone stands behind what stood before it.
pub(super) fn compare(before: &Version, after: &Version) -> Vec<StepChange> {
    let places = matching(&known(before), &known(after));
    let same: Vec<String> = (0..)
        .zip(&places)
        .map(|(index, place): (usize, _)| match place {
            Some(place) => format!("#{place}"),
            None => format!("-{index}"),
        })
        .collect();
    let before = rows(before, &same);
    let after_count: usize = after.procedure.cases.iter().map(|case| case.flow.steps.len()).sum();
    let after = rows(after, &(0..after_count).map(|place| format!("#{place}")).collect::<Vec<_>>());
    let kept = in_order(&places.iter().copied().flatten().collect::<Vec<_>>());
    let mut kept = kept.into_iter();
    // Each with where it belongs: a place in the new version, behind it what is gone.
    let mut changes: Vec<((usize, usize), StepChange)> = Vec::new();
    let mut last = 0;
    for (index, (old, place)) in before.into_iter().zip(&places).enumerate() {
        match place {
            Some(place) => {
                let moved = kept.next() == Some(false);
                last = if moved { last } else { place + 1 };
                changes.extend(changed(old, &after[*place], moved).map(|change| ((place + 1, 0), change)));
            }
            None => changes.push(((last, index + 1), only(old, Change::Removed))),
        }
    }
    let known: BTreeSet<usize> = places.into_iter().flatten().collect();
    for (place, new) in after.into_iter().enumerate().filter(|(place, _)| !known.contains(place)) {
        changes.push(((place + 1, 0), only(new, Change::Added)));
    }
    changes.sort_by_key(|(place, _)| *place);
    changes.into_iter().map(|(_, change)| change).collect()
}

fn changed(old: Row, new: &Row, moved: bool) -> Option<StepChange> {
    let mut found: Vec<Difference> = differences(old.texts, new.texts.clone());
    if old.title != new.title && !found.iter().any(|difference| difference.what == "content") {
        found.insert(
            0,
            Difference {
                what: "title".to_string(),
                before: Some(old.title),
                after: Some(new.title.clone()),
                only: None,
            },
        );
    }
    (moved || !found.is_empty()).then(|| StepChange {
        change: Change::Changed,
        before: Some(old.number),
        after: Some(new.number.clone()),
        title: new.title.clone(),
        moved,
        differences: found,
        places: (Some(old.place), Some(new.place)),
    })
}

fn only(row: Row, change: Change) -> StepChange {
    let gone = change == Change::Removed;
    let one = |own: bool| own.then_some(row.place);
    let (before, after) = if gone { (row.texts, Vec::new()) } else { (Vec::new(), row.texts) };
    StepChange {
        change,
        before: gone.then(|| row.number.clone()),
        after: (!gone).then(|| row.number.clone()),
        title: row.title,
        moved: false,
        differences: differences(before, after),
        places: (one(gone), one(!gone)),
    }
}
