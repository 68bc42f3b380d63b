//! From a run that ends badly to what is said of it.

use super::net::{Index, NONE, PlaceId, TransitionId};
use super::{Node, Waiting, Witness};

/// A run with, for every firing, the firings that gave it its tokens.
struct History {
    causes: Vec<Vec<u32>>,
    /// Place -> the firing that marked it; [`NONE`] for none, or for the start.
    giver: Vec<u32>,
    marked: Vec<bool>,
}

impl History {
    fn start(index: &Index) -> History {
        let mut marked = vec![false; index.places()];
        marked[index.net.initial().0 as usize] = true;
        History { causes: Vec::new(), giver: vec![NONE; index.places()], marked }
    }

    /// Fires; the place that gets a second token, if one does.
    fn fire(&mut self, index: &Index, transition: u32) -> Option<u32> {
        let inputs = index.inputs(transition);
        self.causes.push(inputs.iter().map(|place| self.giver[*place as usize]).filter(|at| *at != NONE).collect());
        inputs.iter().for_each(|place| self.marked[*place as usize] = false);
        let at = self.causes.len() as u32 - 1;
        let outputs = index.outputs(transition);
        if let Some(twice) = outputs.iter().find(|place| self.marked[**place as usize]) {
            return Some(*twice);
        }
        for place in outputs {
            self.marked[*place as usize] = true;
            self.giver[*place as usize] = at;
        }
        None
    }

    /// A firing and all that led to it.
    fn past(&self, firing: u32) -> Vec<bool> {
        let mut past = vec![false; self.causes.len()];
        let mut work = if firing == NONE { Vec::new() } else { vec![firing] };
        while let Some(firing) = work.pop() {
            if !std::mem::replace(&mut past[firing as usize], true) {
                work.extend(&self.causes[firing as usize]);
            }
        }
        past
    }
}

/// The places that are marked, as a witness says them.
fn marking(marked: &[bool]) -> Vec<PlaceId> {
    (0..marked.len()).filter(|place| marked[*place]).map(|place| PlaceId(place as u32)).collect()
}

pub(super) fn witness(index: &Index, trace: &[u32]) -> Witness {
    let mut history = History::start(index);
    trace.iter().for_each(|transition| _ = history.fire(index, *transition));
    Witness { trace: trace.iter().copied().map(TransitionId).collect(), marking: marking(&history.marked) }
}

/// A run into nodes without an exit; a transition that gives nothing is fired as well, where it can be.
pub(super) fn entering(index: &Index, mut trace: Vec<u32>, nodes: &[Node]) -> Witness {
    let entered = witness(index, &trace);
    if let [Node::Transition(TransitionId(only))] = nodes {
        let come = |place: &u32| entered.marking.contains(&PlaceId(*place));
        if index.inputs(*only).iter().all(come) {
            trace.push(*only);
            return witness(index, &trace);
        }
    }
    entered
}

/// A second token: the place, the fork at which its two runs part, and only what led to the two tokens.
pub(super) fn second(index: &Index, mut trace: Vec<u32>) -> Option<(u32, Option<u32>, Witness)> {
    loop {
        let mut history = History::start(index);
        let hit = trace.iter().enumerate().find_map(|(at, next)| history.fire(index, *next).map(|place| (at, place)));
        let (last, place) = hit?;
        trace.truncate(last + 1);
        let late = history.past(last as u32);
        let early = history.past(history.giver[place as usize]);
        let needed: Vec<u32> = (0..trace.len()).filter(|at| late[*at] || early[*at]).map(|at| trace[at]).collect();
        if needed.len() == trace.len() {
            let fork = (0..trace.len()).rev().find(|at| late[*at] && early[*at]).map(|at| trace[at]);
            let marking = marking(&history.marked);
            let trace = trace.into_iter().map(TransitionId).collect();
            return Some((place, fork, Witness { trace, marking }));
        }
        // What is left out took a token away earlier, perhaps: then the second one comes earlier still.
        trace = needed;
    }
}

/// A dead marking: the joins that wait, whether an end was reached, and the choice that made one wait for ever.
pub(super) fn dead(index: &Index, trace: &[u32]) -> (Vec<Waiting>, bool, Option<u32>) {
    let mut history = History::start(index);
    trace.iter().for_each(|transition| _ = history.fire(index, *transition));
    let marked = history.marked;
    let open = |place: &u32| marked[*place as usize];
    let mut joins: Vec<u32> = (0..index.places() as u32)
        .filter(|place| open(place) && !index.is_sink(*place))
        .flat_map(|place| index.post.get(place).first().copied())
        .collect();
    joins.sort_unstable();
    joins.dedup();
    let waiting: Vec<Waiting> = joins
        .iter()
        .map(|join| {
            let (arrived, missing): (Vec<u32>, Vec<u32>) = index.inputs(*join).iter().partition(|place| open(place));
            let ids = |places: Vec<u32>| places.into_iter().map(PlaceId).collect();
            Waiting { join: TransitionId(*join), arrived: ids(arrived), missing: ids(missing) }
        })
        .collect();
    let ended = (0..index.places() as u32).any(|place| open(&place) && index.is_sink(place));
    // Of the first join that waits: usually the only one.
    let decided = joins.first().and_then(|join| {
        let missing = index.inputs(*join).iter().find(|place| !open(place))?;
        decided_by(index, trace, *join, *missing)
    });
    (waiting, ended, decided)
}

/// The last firing of a choice after which no token could come to the place any more.
fn decided_by(index: &Index, trace: &[u32], join: u32, missing: u32) -> Option<u32> {
    let mut leads = vec![false; index.places()];
    leads[missing as usize] = true;
    let mut work = vec![missing];
    let barred = index.inputs(join);
    while let Some(place) = work.pop() {
        for transition in index.pre.get(place) {
            // Not by way of the join itself.
            if index.inputs(*transition) == barred {
                continue;
            }
            for before in index.inputs(*transition) {
                if !std::mem::replace(&mut leads[*before as usize], true) {
                    work.push(*before);
                }
            }
        }
    }
    let among = |places: &[u32]| places.iter().filter(|place| leads[**place as usize]).count();
    let mut hopeful = among(&[index.net.initial().0]);
    let mut decided = None;
    for transition in trace {
        let before = hopeful;
        hopeful = (hopeful + among(index.outputs(*transition))).saturating_sub(among(index.inputs(*transition)));
        if before > 0 && hopeful == 0 {
            decided = Some(*transition);
        }
    }
    let is_choice = |next: &u32| index.inputs(*next).first().is_some_and(|place| index.post.get(*place).len() > 1);
    decided.filter(|next| hopeful == 0 && is_choice(next))
}

pub(super) fn nodes(index: &Index, transitions: &[u32]) -> Vec<Node> {
    transitions.iter().map(|transition| index.node(index.places() + *transition as usize)).collect()
}
