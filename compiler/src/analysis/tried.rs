//! What was tried on dates for one class of dossiers and holds for others too: hundreds of classes may differ in
//! nothing that takes time.

use super::explore::Level;
use super::time::Weights;
use super::verdict::{Clock, Judge};
use crate::calendar::Moment;
use crate::model::flow::StepId;
use crate::source::Place;
use foldhash::{HashMap, HashSet};
use std::cell::RefCell;
use std::hash::Hash;
use std::rc::Rc;

/// Answers by what they depend on.
pub(super) type Memo<K, V> = RefCell<HashMap<K, Rc<V>>>;

/// Each state in which runs end, and when they are there at the latest, by moment of arrival; none where there are
/// no data.
pub(super) type DatedRuns = Vec<(usize, Vec<Option<Moment>>)>;

/// The ways that are open to a class.
type Ways = Vec<Level>;

/// Answers for the classes of one case.
#[derive(Default)]
pub(in crate::analysis) struct Tried {
    /// Moments of arrival, by the minutes between them.
    pub(super) starts: Memo<Option<i64>, Vec<Moment>>,
    /// When a limit is due, by moment of arrival.
    pub(super) dues: Memo<(Place, Option<i64>), Vec<Option<Moment>>>,
    /// Runs by the ways that are open and the minutes between the moments of arrival.
    pub(super) runs: Memo<(Ways, Option<i64>), DatedRuns>,
    /// The longest that each thing can take on a clock.
    pub(super) longest: Memo<Clock, Option<Weights<'static>>>,
    /// The least that a limit allows on the calendar.
    pub(super) allowed: Memo<Place, Option<i64>>,
    /// Deadlines that were judged.
    pub(super) deadlines: RefCell<HashSet<(Ways, StepId)>>,
}

/// An answer that is known, or is found now.
pub(super) fn remembered<K: Eq + Hash, V>(memo: &Memo<K, V>, key: K, find: impl FnOnce() -> V) -> Rc<V> {
    if let Some(known) = memo.borrow().get(&key) {
        return Rc::clone(known);
    }
    let found = Rc::new(find());
    memo.borrow_mut().insert(key, Rc::clone(&found));
    found
}

impl Judge<'_> {
    /// Whether things take the same for all classes: what a call takes may be different for each.
    pub(super) fn takes_alike(&self) -> bool {
        self.flow().steps.iter().all(|step| step.call.is_none())
    }
}
