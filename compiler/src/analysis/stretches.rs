//! The stretches into which guards cut the numbers of a field: numbers that no guard tells apart are one stretch.

use super::classes::{Truth, compare, vietnamese};
use std::cmp::Ordering;
use tthc_grammar::tree::{Decimal, Operator};

/// A constant with which guards compare a field.
#[derive(Debug)]
struct Cut {
    at: Decimal,
    /// Guards tell it from what is less.
    below: bool,
    /// Guards tell it from what is more.
    above: bool,
}

/// The number line of a field, cut.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    /// Ascending.
    cuts: Vec<Cut>,
    /// First and last place of each stretch: of the places on the line odd ones are the constants, even ones lie
    /// between them.
    places: Vec<(usize, usize)>,
}

impl Stretches {
    /// What comparisons tell apart.
    pub(super) fn of(mut read: Vec<(Operator, Decimal)>) -> Stretches {
        read.sort_by(|(_, a), (_, b)| compare(a, b));
        let mut cuts: Vec<Cut> = Vec::new();
        for (operator, at) in read {
            if cuts.last().is_none_or(|last| compare(&last.at, &at) != Ordering::Equal) {
                cuts.push(Cut { at, below: false, above: false });
            }
            if let Some(cut) = cuts.last_mut() {
                cut.below |= !matches!(operator, Operator::AtMost | Operator::Greater);
                cut.above |= !matches!(operator, Operator::Less | Operator::AtLeast);
            }
        }
        let mut places = Vec::new();
        let mut first = 0;
        for (index, cut) in cuts.iter().enumerate() {
            for (is_cut, last) in [(cut.below, 2 * index), (cut.above, 2 * index + 1)] {
                if is_cut {
                    places.push((first, last));
                    first = last + 1;
                }
            }
        }
        places.push((first, 2 * cuts.len()));
        Stretches { cuts, places }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    /// Whether the numbers of a stretch compare so with another; perhaps where only some of them do.
    pub(super) fn holds(&self, stretch: usize, operator: Operator, number: &Decimal) -> Truth {
        let cut = self.cuts.iter().position(|cut| compare(&cut.at, number) == Ordering::Equal);
        let (Some(cut), Some((first, last))) = (cut, self.places.get(stretch)) else { return Truth::Perhaps };
        let at = 2 * cut + 1;
        let is_one_of_them = first < last && (*first..=*last).contains(&at);
        if is_one_of_them && matches!(operator, Operator::Equal | Operator::NotEqual) {
            return Truth::Perhaps;
        }
        let [first, last] = [first, last].map(|place| match (place.cmp(&at), operator) {
            (order, Operator::Equal) => order == Ordering::Equal,
            (order, Operator::NotEqual) => order != Ordering::Equal,
            (order, Operator::Less) => order == Ordering::Less,
            (order, Operator::AtMost) => order != Ordering::Greater,
            (order, Operator::Greater) => order == Ordering::Greater,
            (order, Operator::AtLeast) => order != Ordering::Less,
        });
        match first == last {
            true => Truth::of(first),
            false => Truth::Perhaps,
        }
    }

    /// The stretch as it could be written in a guard.
    pub(super) fn describe(&self, field: &str, stretch: usize) -> String {
        let Some((first, last)) = self.places.get(stretch) else { return String::new() };
        let number = |index: usize| self.cuts.get(index).map(|cut| vietnamese(&cut.at)).unwrap_or_default();
        if first == last && first % 2 == 1 {
            return format!("{field} = {}", number(first / 2));
        }
        let least = match first {
            0 => None,
            first if first % 2 == 1 => Some(format!("{field} ≥ {}", number(first / 2))),
            first => Some(format!("{field} > {}", number(first / 2 - 1))),
        };
        let most = match last {
            last if *last == 2 * self.cuts.len() => None,
            last if last % 2 == 1 => Some(format!("{field} ≤ {}", number(last / 2))),
            last => Some(format!("{field} < {}", number(last / 2))),
        };
        least.into_iter().chain(most).collect::<Vec<_>>().join(" và ")
    }
}
