//! Which procedure, and which step, of the old version is which of the new one.

use super::{Pair, Version};

/// Whether one of the old version is one of the new.
type Same<'s, T> = dyn Fn(&T, &T) -> bool + 's;

/// Procedures that belong together: by name, else by code; where each version has only one, those two.
pub fn pairs<'v, 'p>(before: &'v [Version<'p>], after: &'v [Version<'p>]) -> Vec<Pair<'v, 'p>> {
    let mut old: Vec<Option<&Version>> = before.iter().map(Some).collect();
    let mut matched: Vec<Option<&'v Version<'p>>> = vec![None; after.len()];
    let alone = before.len() == 1 && after.len() == 1;
    let same: [&Same<Version>; 3] = [
        &|old, new| old.procedure.named.name == new.procedure.named.name,
        &|old, new| old.document.code.is_some() && old.document.code == new.document.code,
        &|_, _| alone,
    ];
    for is_same in same {
        for (new, found) in after.iter().zip(&mut matched).filter(|(_, found)| found.is_none()) {
            let place = old.iter().position(|old| old.is_some_and(|old| is_same(old, new)));
            *found = place.and_then(|place| old[place].take());
        }
    }
    let here = matched.into_iter().zip(after).map(|(old, new)| (old, Some(new)));
    here.chain(old.into_iter().flatten().map(|old| (Some(old), None))).collect()
}

/// What a step is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// The case that it stands in.
    pub(super) case: Option<String>,
    /// Its name, where it has one; a number says only where it stands.
    pub(super) name: Option<String>,
    /// What it is called.
    pub(super) label: String,
    /// Who does it.
    pub(super) who: String,
}

/// How alike two labels must be for steps of the same performer to be one that was renamed.
const LIKE: f64 = 0.6;

/// The place in the new version of each step of the old one: by name, by what it is called and who does it, by what it is
/// called alone, else by who does it and a similar label.
pub(super) fn steps(before: &[Known], after: &[Known]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; before.len()];
    let mut taken = vec![false; after.len()];
    let same: [&Same<Known>; 4] = [
        &|old, new| old.name.is_some() && old.name == new.name && old.case == new.case,
        &|old, new| old.label == new.label && old.who == new.who && old.case == new.case,
        &|old, new| old.label == new.label && old.case == new.case,
        &|old, new| {
            old.who == new.who && old.case == new.case && strsim::normalized_levenshtein(&old.label, &new.label) >= LIKE
        },
    ];
    for is_same in same {
        for (old, found) in before.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let place = (0..after.len()).find(|place| !taken[*place] && is_same(old, &after[*place]));
            if let Some(place) = place {
                (*found, taken[place]) = (Some(place), true);
            }
        }
    }
    found
}

/// Which of a list of places keep their order, as many as can be.
pub(super) fn in_order(places: &[usize]) -> Vec<bool> {
    // Length of the longest run that ends here, and what stands before in it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (index, place) in places.iter().enumerate() {
        let before = (0..index).filter(|other| places[*other] < *place).max_by_key(|other| best[*other].0);
        best.push((before.map_or(0, |before| best[before].0) + 1, before));
    }
    let mut kept = vec![false; places.len()];
    let mut at = (0..places.len()).max_by_key(|index| best[*index].0);
    while let Some(index) = at {
        kept[index] = true;
        at = best[index].1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_as_possible_have_moved() {
        assert_eq!(in_order(&[0, 3, 1, 2]), [true, false, true, true]);
        assert_eq!(in_order(&[]), [false; 0]);
        assert_eq!(in_order(&[4, 5, 6, 0]), [true, true, true, false]);
    }

    fn known(label: &str, who: &str) -> Known {
        Known { case: None, name: None, label: label.to_string(), who: who.to_string() }
    }

    #[test]
    fn a_step_is_known_again_by_what_it_says() {
        let before = [known("Tiếp nhận", "A"), known("Thẩm định hồ sơ", "B"), known("Ký", "C")];
        let after = [known("Ký", "D"), known("Tiếp nhận", "A"), known("Thẩm định hồ sơ, dự thảo", "B")];
        assert_eq!(steps(&before, &after), [Some(1), Some(2), Some(0)]);
        assert_eq!(steps(&before, &[known("Lấy ý kiến", "B")]), [None, None, None]);
    }
}
