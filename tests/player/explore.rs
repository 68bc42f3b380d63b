//! All states of all runs of one dossier.

use super::dossier::{Dossier, Outcomes};
use super::net::Net;
use super::state::{Play, State};
use super::{Path, Steps};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// A dossier that comes to more states than this is not played to its end.
const MAX_STATES: usize = 20_000;

/// What the runs of one dossier come to.
#[derive(Debug, Default)]
pub struct Exploration {
    pub states: usize,
    pub ends: BTreeMap<String, Steps>,
    /// Ids of nodes at which work has stood.
    pub visited: BTreeSet<String>,
    /// For each end the outcomes with which it is reached.
    pub outcomes_at_end: BTreeMap<String, BTreeSet<Outcomes>>,
}

/// States by number, with their moves: (next state, steps done by it).
struct Space {
    states: Vec<State>,
    moves: Vec<Vec<(usize, usize)>>,
}

impl Exploration {
    /// Goes through every state. An error if a state is stuck, or if no end can be reached from it.
    pub fn of(
        net: &Net,
        relevant: &BTreeSet<String>,
        dossier: &Dossier,
        outcomes: Outcomes,
    ) -> Result<Exploration, String> {
        let play = Play { net, dossier, relevant };
        let space = Space::of(&play, outcomes)?;
        let mut found = Exploration { states: space.states.len(), ..Exploration::default() };
        for state in &space.states {
            found.visited.extend(state.tokens.iter().map(|token| net.nodes[token.at].id.clone()));
            if let Some(end) = &state.end {
                found.outcomes_at_end.entry(end.clone()).or_default().insert(state.outcomes.clone());
            }
        }
        space.every_state_ends(net)?;
        let fewest = space.fewest();
        let ends: BTreeSet<&String> = space.states.iter().filter_map(|state| state.end.as_ref()).collect();
        for end in ends {
            let is_end = |index: &usize| space.states[*index].end.as_ref() == Some(end);
            let fewest = (0..space.states.len()).filter(is_end).map(|index| fewest[index]).min();
            let most = space.most(end);
            found.ends.insert(end.clone(), Steps { fewest: fewest.unwrap_or_default(), most });
        }
        Ok(found)
    }
}

impl Space {
    fn of(play: &Play, outcomes: Outcomes) -> Result<Space, String> {
        let start = play.start(outcomes);
        let mut numbers = HashMap::from([(start.clone(), 0)]);
        let mut space = Space { states: vec![start], moves: Vec::new() };
        while space.moves.len() < space.states.len() {
            let state = space.states[space.moves.len()].clone();
            let mut moves = Vec::new();
            for step in play.moves(&state)? {
                let fresh = numbers.len();
                let number = *numbers.entry(step.next.clone()).or_insert(fresh);
                if number == fresh {
                    space.states.push(step.next);
                }
                moves.push((number, usize::from(step.step_done)));
            }
            space.moves.push(moves);
            if space.states.len() > MAX_STATES {
                return Err(format!("more than {MAX_STATES} states"));
            }
        }
        Ok(space)
    }

    /// From every state an end can be reached.
    fn every_state_ends(&self, net: &Net) -> Result<(), String> {
        let mut before = vec![Vec::new(); self.states.len()];
        for (from, moves) in self.moves.iter().enumerate() {
            moves.iter().for_each(|(to, _)| before[*to].push(from));
        }
        let mut ends = vec![false; self.states.len()];
        let mut open: Vec<usize> = (0..self.states.len()).filter(|index| self.states[*index].end.is_some()).collect();
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut ends[index], true) {
                open.extend(&before[index]);
            }
        }
        let Some(endless) = ends.iter().position(|ends| !ends) else { return Ok(()) };
        let places = self.states[endless].tokens.iter().map(|token| net.nodes[token.at].id.as_str());
        Err(format!("no end can be reached from {}", places.collect::<Vec<_>>().join(", ")))
    }

    /// The fewest steps to each state.
    fn fewest(&self) -> Vec<usize> {
        let mut fewest = vec![usize::MAX; self.states.len()];
        let mut open = VecDeque::from([(0, 0)]);
        while let Some((index, steps)) = open.pop_front() {
            if steps >= fewest[index] {
                continue;
            }
            fewest[index] = steps;
            for (to, done) in &self.moves[index] {
                let next = (*to, steps + done);
                if *done == 0 { open.push_front(next) } else { open.push_back(next) }
            }
        }
        fewest
    }

    /// The most steps of a run to an end; none where runs to it can go round without a bound.
    fn most(&self, end: &str) -> Option<usize> {
        // For each state the most steps from there to the end; `None` while it is still being looked at.
        let mut known: HashMap<usize, Option<Reach>> = HashMap::new();
        let mut heads_of_circles = BTreeSet::new();
        let mut stack = vec![(0, 0)];
        while let Some((index, next)) = stack.pop() {
            if next == 0 {
                known.insert(index, None);
            }
            if let Some((to, _)) = self.moves[index].get(next) {
                stack.push((index, next + 1));
                match known.get(to) {
                    None => stack.push((*to, 0)),
                    Some(None) => drop(heads_of_circles.insert(*to)),
                    Some(Some(_)) => {}
                }
                continue;
            }
            let own = (self.states[index].end.as_deref() == Some(end)).then_some(0);
            let onward = self.moves[index].iter().filter_map(|(to, done)| match known.get(to) {
                Some(Some(Reach(Some(steps)))) => Some(steps + done),
                _ => None,
            });
            let most = onward.chain(own).max();
            if most.is_some() && heads_of_circles.contains(&index) {
                return None;
            }
            known.insert(index, Some(Reach(most)));
        }
        known.remove(&0).flatten().and_then(|Reach(most)| most)
    }
}

/// The most steps to an end that can be reached at all.
struct Reach(Option<usize>);

/// The fewest steps of a run that decides just as a path does.
pub fn find_run(
    net: &Net,
    relevant: &BTreeSet<String>,
    dossier: &Dossier,
    path: &Path,
) -> Result<Option<usize>, String> {
    let play = Play { net, dossier, relevant };
    let mut seen: HashMap<(State, usize), usize> = HashMap::new();
    let mut open = VecDeque::from([(play.start(Outcomes::new()), 0, 0)]);
    let mut best: Option<usize> = None;
    while let Some((state, decided, steps)) = open.pop_front() {
        if seen.get(&(state.clone(), decided)).is_some_and(|known| *known <= steps) {
            continue;
        }
        let ended = path.end.is_none() || state.end == path.end;
        if ended && decided == path.decisions.len() {
            best = Some(best.map_or(steps, |known| known.min(steps)));
        }
        if seen.len() > MAX_STATES {
            return Err(format!("more than {MAX_STATES} states"));
        }
        for step in play.moves(&state)? {
            let decided = match &step.decision {
                None => decided,
                decision if decision.as_ref() == path.decisions.get(decided) => decided + 1,
                Some(_) => continue,
            };
            open.push_back((step.next, decided, steps + usize::from(step.step_done)));
        }
        seen.insert((state, decided), steps);
    }
    Ok(best)
}
