//! S5: what is not free-choice. Every marking, up to a cap; beyond it nothing is claimed.

use super::net::{Index, NONE};
use super::search::Marking;
use foldhash::HashMap;
use std::rc::Rc;

/// What the whole state space says.
#[derive(Debug)]
pub(super) enum Full {
    /// Safe, an end can always be reached, every transition can fire.
    Sound,
    /// These transitions never fire; nothing else is wrong.
    Never(Vec<u32>),
    /// A second token comes to this place at the end of this run.
    Second(u32, Vec<u32>),
    /// This run ends with nothing enabled.
    Dead(Vec<u32>),
    /// After this run no end can be reached; it goes on for ever with these transitions.
    NoExit(Vec<u32>, Vec<u32>),
    /// Not done after so many markings.
    Capped(usize),
}

struct Space {
    markings: Vec<Marking>,
    /// The marking before and the transition that came from it, first met.
    parents: Vec<(u32, u32)>,
    successors: Vec<Vec<(u32, u32)>>,
}

impl Space {
    fn trace(&self, mut state: u32) -> Vec<u32> {
        let mut trace = Vec::new();
        while self.parents[state as usize].0 != NONE {
            trace.push(self.parents[state as usize].1);
            state = self.parents[state as usize].0;
        }
        trace.reverse();
        trace
    }
}

/// Breadth first, so that the runs are the shortest.
pub(super) fn explore(index: &Index, cap: usize) -> Full {
    let initial = Marking(Rc::from([index.net.initial().0]));
    let mut seen: HashMap<Marking, u32> = HashMap::default();
    seen.insert(initial.clone(), 0);
    let mut space = Space { markings: vec![initial], parents: vec![(NONE, NONE)], successors: Vec::new() };
    let mut next = 0;
    while let Some(marking) = space.markings.get(next).cloned() {
        if space.markings.len() > cap {
            return Full::Capped(space.markings.len());
        }
        let mut successors = Vec::new();
        for transition in enabled(index, &marking.0) {
            let after = match fire(index, &marking.0, transition) {
                Ok(after) => after,
                Err(place) => {
                    let mut trace = space.trace(next as u32);
                    trace.push(transition);
                    return Full::Second(place, trace);
                }
            };
            let number = *seen.entry(after.clone()).or_insert_with(|| {
                space.markings.push(after);
                space.parents.push((next as u32, transition));
                space.markings.len() as u32 - 1
            });
            successors.push((transition, number));
        }
        if successors.is_empty() && !is_final(index, &marking.0) {
            return Full::Dead(space.trace(next as u32));
        }
        space.successors.push(successors);
        next += 1;
    }
    judge(index, &space)
}

fn is_final(index: &Index, marking: &[u32]) -> bool {
    marking.iter().all(|place| index.is_sink(*place))
}

fn enabled(index: &Index, marking: &[u32]) -> Vec<u32> {
    let mut enabled: Vec<u32> = marking.iter().flat_map(|place| index.post.get(*place)).copied().collect();
    enabled.sort_unstable();
    enabled.dedup();
    enabled.retain(|next| index.inputs(*next).iter().all(|place| marking.binary_search(place).is_ok()));
    enabled
}

fn fire(index: &Index, marking: &[u32], transition: u32) -> Result<Marking, u32> {
    let inputs = index.inputs(transition);
    let mut after: Vec<u32> = marking.iter().filter(|place| inputs.binary_search(place).is_err()).copied().collect();
    after.extend(index.outputs(transition));
    after.sort_unstable();
    match after.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(pair[0]),
        None => Ok(Marking(Rc::from(after))),
    }
}

/// The whole space is known and no run is stuck: what remains is livelock, and what never fires.
fn judge(index: &Index, space: &Space) -> Full {
    let mut before = vec![Vec::new(); space.markings.len()];
    for (from, successors) in space.successors.iter().enumerate() {
        successors.iter().for_each(|(_, to)| before[*to as usize].push(from));
    }
    let mut ends = vec![false; space.markings.len()];
    let mut work: Vec<usize> = (0..ends.len()).filter(|state| is_final(index, &space.markings[*state].0)).collect();
    work.iter().for_each(|state| ends[*state] = true);
    while let Some(state) = work.pop() {
        for from in &before[state] {
            if !std::mem::replace(&mut ends[*from], true) {
                work.push(*from);
            }
        }
    }
    if let Some(lost) = ends.iter().position(|ends| !ends) {
        return Full::NoExit(space.trace(lost as u32), fired_from(space, lost));
    }
    let fired = fired_from(space, 0);
    let never: Vec<u32> =
        (0..index.transitions() as u32).filter(|transition| fired.binary_search(transition).is_err()).collect();
    if never.is_empty() { Full::Sound } else { Full::Never(never) }
}

/// The transitions of all runs from a state, in order.
fn fired_from(space: &Space, state: usize) -> Vec<u32> {
    let mut seen = vec![false; space.markings.len()];
    seen[state] = true;
    let mut work = vec![state];
    let mut fired = Vec::new();
    while let Some(state) = work.pop() {
        for (transition, to) in &space.successors[state] {
            fired.push(*transition);
            if !std::mem::replace(&mut seen[*to as usize], true) {
                work.push(*to as usize);
            }
        }
    }
    fired.sort_unstable();
    fired.dedup();
    fired
}
