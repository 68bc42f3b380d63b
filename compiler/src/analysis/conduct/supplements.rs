//! How often a supplement is asked for on a run.

use super::Look;
use crate::analysis::explore::{ANY_JOINED, Move};
use crate::graph::NodeKind;
use crate::model::flow::StepId;
use crate::source::Place;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use petgraph::graph::{EdgeIndex, NodeIndex};
use std::collections::VecDeque;

/// A run on which it is asked for more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The steps of the run, to the second time.
    pub path: Vec<StepId>,
    /// The lines by which it is asked for, in order; one that is taken again stands twice.
    pub places: Vec<Place>,
    /// The step at which it is asked for the last time.
    pub step: StepId,
}

/// Counted no further than this: more than once is what matters.
const MOST: u8 = 2;
/// A step at which the applicant supplements.
const SUPPLEMENT: &str = "bổ sung";

/// A shortest run of the class on which a supplement is asked for twice.
pub(super) fn asked_again(look: &Look<'_>) -> Option<Asked> {
    let mut counting = Counting { look, known: HashMap::new() };
    if look.net.graph.edge_indices().all(|edge| !counting.asks(edge))
        && !look.flow().steps.iter().any(|step| step.kinds.contains(&SUPPLEMENT))
    {
        return None;
    }
    let (parents, last) = counting.walk()?;
    let mut path = Vec::new();
    let mut places = Vec::new();
    let mut at = last;
    path.extend(look.step_at(0, at.0));
    while let Some((before, number)) = parents.get(&at).copied() {
        let taken = &look.ways.explored.levels[0].moves[before.0][number];
        if let Some(edge) = taken.edge.filter(|edge| counting.asks(*edge)) {
            places.push(look.place(edge));
        } else if at.1 > before.1 {
            places.extend(look.head_of(0, at.0).or_else(|| look.head_of(0, before.0)));
        }
        path.extend(look.step_at(0, before.0));
        at = before;
    }
    path.reverse();
    places.reverse();
    let step = *path.last()?;
    Some(Asked { path, places, step })
}

/// (state, how often it was asked for)
type Counted = (usize, u8);
type Parents = HashMap<Counted, (Counted, usize)>;

struct Counting<'a> {
    look: &'a Look<'a>,
    /// By branch: most times to its states.
    known: HashMap<usize, HashMap<usize, u8>>,
}

impl Counting<'_> {
    /// A line that waits for the applicant. A draft of the slip that goes on inside the agency asks for nothing yet.
    fn asks(&self, edge: EdgeIndex) -> bool {
        let to = self.look.net.graph.edge_endpoints(edge).map(|(_, to)| &self.look.net.graph[to]);
        matches!(to, Some(NodeKind::Wait { reason: None, .. }))
    }

    /// How often a move asks: by its line, the step it leads to, and the branches it runs, which all run.
    fn adds(&mut self, level: usize, next: &Move) -> u8 {
        let line = u8::from(next.edge.is_some_and(|edge| self.asks(edge)));
        let step = self.look.step_at(level, next.to);
        let step = u8::from(step.is_some_and(|step| self.look.flow().step(step).kinds.contains(&SUPPLEMENT)));
        // A wait that leads to a step of this kind is the same request.
        let waited = matches!(self.look.net.graph[self.source(next)], NodeKind::Wait { reason: None, .. });
        let own = if waited { line } else { line + step };
        let branches = next.branches.iter().copied().chain(next.beside.iter().map(|inner| (*inner, ANY)));
        branches.fold(own, |sum, (inner, state)| (sum + self.most(inner, state)).min(MOST)).min(MOST)
    }

    fn source(&self, next: &Move) -> NodeIndex {
        let from = next.edge.and_then(|edge| self.look.net.graph.edge_endpoints(edge)).map(|(from, _)| from);
        from.unwrap_or(self.look.net.start)
    }

    /// Most times on a way through a branch to a state of it.
    fn most(&mut self, level: usize, state: usize) -> u8 {
        if !self.known.contains_key(&level) {
            self.known.insert(level, HashMap::new());
            let mut reached: HashMap<usize, u8> = HashMap::new();
            let mut seen: HashSet<Counted> = HashSet::new();
            self.spread(level, |(state, times), _| {
                let most = reached.entry(state).or_default();
                *most = times.max(*most);
                seen.insert((state, times))
            });
            self.known.insert(level, reached);
        }
        let reached = &self.known[&level];
        let to = |state: &usize| reached.get(state).copied().unwrap_or(0);
        match state {
            ANY_JOINED => self.look.ways.explored.levels[level].joined.iter().map(to).max().unwrap_or(0),
            ANY => reached.values().copied().max().unwrap_or(0),
            _ => to(&state),
        }
    }

    /// Goes through a level; `visit` answers whether it is the first time that a state is seen so.
    fn spread(&mut self, level: usize, mut visit: impl FnMut(Counted, Option<(Counted, usize)>) -> bool) {
        let look = self.look;
        if look.ways.explored.levels[level].states.is_empty() {
            return;
        }
        let entry = look.step_at(level, 0).is_some_and(|step| look.flow().step(step).kinds.contains(&SUPPLEMENT));
        let start = (0, u8::from(entry));
        visit(start, None);
        let mut waiting = VecDeque::from([start]);
        while let Some((at, times)) = waiting.pop_front() {
            for (number, next) in look.ways.explored.levels[level].moves[at].iter().enumerate() {
                let to = (next.to, (times + self.adds(level, next)).min(MOST));
                if visit(to, Some(((at, times), number))) {
                    waiting.push_back(to);
                }
            }
        }
    }

    /// The first state of the process that is reached with the most; and how.
    fn walk(&mut self) -> Option<(Parents, Counted)> {
        let mut parents = Parents::new();
        let mut seen: HashSet<Counted> = HashSet::new();
        let mut found = None;
        self.spread(0, |to, from| {
            let fresh = seen.insert(to);
            if let (true, Some(from)) = (fresh, from) {
                parents.insert(to, from);
                found = found.or((to.1 == MOST).then_some(to));
            }
            fresh
        });
        Some((parents, found?))
    }
}

/// In place of a state: any at all.
const ANY: usize = usize::MAX - 1;
