//! Steps added, dropped, moved and changed.

use super::pairs::{Known, in_order, steps as matching};
use super::{Change, Difference, StepChange, Version, differences};
use crate::document::words::{Words, capital};
use crate::document::{notes, rows};
use crate::model::flow::StepId;
use std::collections::BTreeSet;

/// A step with all that is compared.
struct Row {
    known: Known,
    /// `Bước 3`, with its stage where the number stands several times.
    number: String,
    title: String,
    texts: Vec<(String, String)>,
    /// Of the texts, those of `ways`.
    ways: Vec<String>,
}

fn rows(version: &Version) -> Vec<Row> {
    let mut found = Vec::new();
    for (case, part) in version.procedure.cases.iter().zip(&version.document.parts) {
        let words = Words::of(&version.project.model, version.procedure, &case.flow);
        let labels = Words::by_label(&version.project.model, version.procedure, &case.flow);
        for (index, step) in case.flow.steps.iter().enumerate() {
            let id = StepId(index);
            let number = match &part.title {
                Some(title) => format!("{} – {title}", capital(&words.step(id))),
                None => capital(&words.step(id)),
            };
            let text = |what: &str, text: String| (what.to_string(), text);
            let who = words.who(step);
            let ways = notes::lines(&labels, step);
            let mut texts = vec![
                text("content", rows::content(step).unwrap_or_default()),
                text("performer", who.clone()),
                text("time", rows::own_time(&words, step)),
                text("result", rows::result(&words, step)),
                text("kind", step.kinds.join(", ")),
                text("ways", ways.join("; ")),
            ];
            texts.retain(|(_, text)| !text.is_empty());
            let known = Known {
                case: case.named.as_ref().map(|named| named.name.clone()),
                name: (!step.numbered).then(|| case.flow.full_name(id)),
                label: step.label.clone(),
                who,
            };
            found.push(Row { known, number, title: step.label.clone(), texts, ways });
        }
    }
    found
}

/// What differs, in the order of the new version; what is gone stands behind what stood before it.
pub(super) fn compare(before: &Version, after: &Version) -> Vec<StepChange> {
    let (before, after) = (rows(before), rows(after));
    let known = |rows: &[Row]| rows.iter().map(|row| row.known.clone()).collect::<Vec<_>>();
    let places = matching(&known(&before), &known(&after));
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
    for difference in found.iter_mut().filter(|difference| difference.what == "ways") {
        difference.items = Some((old.ways.clone(), new.ways.clone()));
    }
    if old.title != new.title && !found.iter().any(|difference| difference.what == "content") {
        found.insert(
            0,
            Difference {
                what: "title".to_string(),
                before: Some(old.title),
                after: Some(new.title.clone()),
                items: None,
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
    })
}

fn only(row: Row, change: Change) -> StepChange {
    let (gone, new) = (change == Change::Removed, change == Change::Added);
    StepChange {
        change,
        before: gone.then(|| row.number.clone()),
        after: new.then_some(row.number),
        title: row.title,
        moved: false,
        differences: differences(
            if gone { row.texts.clone() } else { Vec::new() },
            if new { row.texts } else { Vec::new() },
        ),
    }
}
