//! Which procedure, and which step, of the old version is which of the new one.

use super::{Pair, Version};
use std::collections::{HashMap, VecDeque};

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
/// More pairs of steps are not looked at for labels that are alike.
pub(crate) const MOST_PAIRS: usize = 100_000;
/// Letters of a label that are compared.
const LETTERS: usize = 200;
/// Comparing two labels takes as many looks as their letters multiplied; steps beyond so many are told as gone and new.
const MOST_LOOKS: usize = 40_000_000;

/// What steps must share to be the same: their case, and of name, label and performer what a pass asks for.
type Key<'k> = (Option<&'k str>, [Option<&'k str>; 3]);

impl Known {
    /// By name; by what it is called and who does it; by what it is called alone.
    fn keys(&self) -> [Option<Key<'_>>; 3] {
        let (label, who) = (Some(self.label.as_str()), Some(self.who.as_str()));
        let key = |name, label, who| (self.case.as_deref(), [name, label, who]);
        let by_name = self.name.as_deref().map(|name| key(Some(name), None, None));
        [by_name, Some(key(None, label, who)), Some(key(None, label, None))]
    }

    /// What is compared of its label.
    fn start(&self) -> String {
        self.label.chars().take(LETTERS).collect()
    }
}

/// Labels that are alike, as long as there are looks left.
fn are_alike(old: &str, new: &str, looks: &mut usize) -> bool {
    let (old_letters, new_letters) = (old.chars().count(), new.chars().count());
    let (short, long) = (old_letters.min(new_letters), old_letters.max(new_letters));
    // Letters that one has more than the other are all changed.
    let alike = |same: usize| same as f64 >= LIKE * long as f64;
    if !alike(short) {
        return false;
    }
    let Some(left) = looks.checked_sub(short * long) else { return false };
    *looks = left;
    alike(long - strsim::levenshtein(old, new))
}

/// The place in the new version of each step of the old one: by name, by what it is called and who does it, by what it is
/// called alone, by who does it and a similar label, else by who does it between the same neighbours.
pub(super) fn steps(before: &[Known], after: &[Known]) -> Vec<Option<usize>> {
    let mut matching = Matching { before, after, found: vec![None; before.len()], taken: vec![false; after.len()] };
    (0..3).for_each(|pass| matching.by_key(pass));
    let matched = matching.found.iter().flatten().count();
    if (before.len() - matched).saturating_mul(after.len() - matched) <= MOST_PAIRS {
        matching.by_like_label();
    }
    matching.by_neighbours();
    matching.found
}

struct Matching<'k> {
    before: &'k [Known],
    after: &'k [Known],
    /// By step of the old version.
    found: Vec<Option<usize>>,
    /// By step of the new version.
    taken: Vec<bool>,
}

impl Matching<'_> {
    fn by_key(&mut self, pass: usize) {
        let mut free: HashMap<Key, VecDeque<usize>> = HashMap::new();
        for (place, new) in self.after.iter().enumerate().filter(|(place, _)| !self.taken[*place]) {
            free.entry(new.keys()[pass].unwrap_or_default()).or_default().push_back(place);
        }
        for (old, found) in self.before.iter().zip(&mut self.found).filter(|(_, found)| found.is_none()) {
            let places = old.keys()[pass].and_then(|key| free.get_mut(&key));
            *found = places.and_then(VecDeque::pop_front);
            found.iter().for_each(|place| self.taken[*place] = true);
        }
    }

    fn by_like_label(&mut self) {
        let starts: Vec<String> = self.after.iter().map(Known::start).collect();
        let mut looks = MOST_LOOKS;
        for (old, found) in self.before.iter().zip(&mut self.found).filter(|(_, found)| found.is_none()) {
            let own = old.start();
            let mut may_be = (0..self.after.len()).filter(|place| {
                let new = &self.after[*place];
                !self.taken[*place] && old.who == new.who && old.case == new.case
            });
            *found = may_be.find(|place| are_alike(&own, &starts[*place], &mut looks));
            found.iter().for_each(|place| self.taken[*place] = true);
        }
    }

    /// The only step between two that are known, or before or behind all of them, was renamed.
    fn by_neighbours(&mut self) {
        for index in 0..self.before.len() {
            let place = match index.checked_sub(1) {
                None => Some(0),
                Some(previous) => self.found[previous].map(|place| place + 1),
            };
            let next = match self.found.get(index + 1) {
                None => Some(self.after.len()),
                Some(next) => *next,
            };
            let Some(place) = place.filter(|place| next == Some(place + 1) && self.found[index].is_none()) else {
                continue;
            };
            let (old, new) = (&self.before[index], &self.after[place]);
            if !self.taken[place] && old.who == new.who && old.case == new.case {
                self.found[index] = Some(place);
                self.taken[place] = true;
            }
        }
    }
}

/// Which of a list of places keep their order, as many as can be: the longest rising run, in n log n.
pub(super) fn in_order(places: &[usize]) -> Vec<bool> {
    // For each length the run of that length that ends lowest, by its last index; and what stands before an index in its run.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::with_capacity(places.len()));
    for (index, place) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end] < *place);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(index) } else { ends[length] = index }
    }
    let mut kept = vec![false; places.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        kept[index] = true;
        at = before[index];
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

    #[test]
    fn labels_are_alike_as_far_as_there_are_looks() {
        let mut looks = 1_000;
        assert!(are_alike("Thẩm định", "Thẩm định hồ sơ", &mut looks));
        assert_eq!(looks, 1_000 - 9 * 15);
        // What is much longer is not even looked at.
        assert!(!are_alike("Ký", "Ký giấy phép", &mut looks));
        assert_eq!(looks, 1_000 - 9 * 15);
        assert!(!are_alike("Thẩm định", "Thẩm định hồ sơ", &mut 100));
    }

    #[test]
    fn steps_beyond_all_looks_are_told_as_gone_and_new() {
        let version = |steps: usize, word: &str| -> Vec<Known> {
            let mut all = vec![known(&word.repeat(50), "A"); steps];
            all.push(known(&format!("{}{word}", "Ký giấy phép ".repeat(12)), "A"));
            all
        };
        let last = |count: usize| steps(&version(count, "cũ"), &version(count, "bản")).pop().flatten();
        assert_eq!(last(3), Some(3));
        // So many labels of a hundred letters take more looks than there are.
        assert_eq!(last(300), None);
    }
}
