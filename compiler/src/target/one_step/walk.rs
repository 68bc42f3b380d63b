//! The process as a software walks it that remembers nothing of a dossier but at which step it is.
//!
//! Choices are no places there: a person takes one of the ways out of a step. What the process has to remember (`tối đa 1
//! lần`, `khi bước 3 = …`) is told by the step itself: it is there once for each past that can still decide something, and in
//! the last copy the used-up way is gone, or goes where the text says. Time, people and status of a copy are those of its step.

use super::past::{Matters, Past, decider, what_matters, words};
use super::texts::left_to_people;
use crate::target::json::definition::{Graph, Node, NodeKind, Transition};
use crate::target::shortened;
use std::collections::{HashMap, HashSet, VecDeque};

/// More steps than these are not added to those of the process.
pub(crate) const MAX_COPIES: usize = 300;

/// A step, wait or end, with one past.
#[derive(Debug)]
pub(crate) struct Stop<'d> {
    /// Which it is.
    pub node: &'d Node,
    /// The dossier arrives at this step, or at the one of which this is a copy.
    pub first: bool,
    /// What tells it from the other copies; empty for what has none, and where nothing has happened.
    pub past: String,
}

/// A way from one stop to another that somebody takes.
#[derive(Debug)]
pub(crate) struct Move<'d> {
    /// None: the dossier arrives.
    pub from: Option<usize>,
    /// Where to.
    pub to: usize,
    /// What the text says of it.
    pub way: &'d Transition,
    /// The time has run out.
    pub clock: bool,
    /// The limit starts anew.
    pub restarts: bool,
}

/// All that a dossier can come to.
#[derive(Debug)]
pub(crate) struct Walk<'d> {
    /// Where the dossier arrives comes first; then in the order of the table, copies behind each other.
    pub stops: Vec<Stop<'d>>,
    /// By where they begin.
    pub moves: Vec<Move<'d>>,
}

impl Stop<'_> {
    /// What it is called, in at most so many letters; the past is kept whole.
    pub fn name(&self, most: usize) -> String {
        let name = match &self.node.kind {
            NodeKind::Step(step) if step.numbered => format!("{}. {}", self.node.id, step.label),
            NodeKind::Step(step) => step.label.clone(),
            NodeKind::Wait { reason: Some(reason), .. } => format!("Chờ {reason}"),
            NodeKind::Wait { .. } => "Chờ bổ sung hồ sơ".into(),
            NodeKind::End { state, .. } => state.clone(),
            _ => "hoàn thành".into(),
        };
        if self.past.is_empty() {
            return shortened(&name, most);
        }
        let past = format!(" ({})", self.past);
        shortened(&(shortened(&name, most.saturating_sub(past.chars().count())) + &past), most)
    }
}

impl<'d> Walk<'d> {
    /// None where too many copies would be needed. The ways of the clock are taken by somebody too.
    pub fn of(graph: &'d Graph) -> Option<Walk<'d>> {
        let mut walker = Walker::new(graph);
        let start = walker.nodes.get(graph.start.as_str()).copied()?;
        walker.visit(None, start, &Past::default());
        let first: HashSet<&str> = walker.places.iter().map(|(node, _)| node.id.as_str()).collect();
        while let Some(place) = walker.waiting.pop_front() {
            if walker.places.len() > walker.copies.len() + MAX_COPIES {
                return None;
            }
            let (node, past) = walker.places[place].clone();
            walker.visit(Some(place), node, &past);
        }
        Some(walker.sorted(&first))
    }
}

impl Walk<'_> {
    /// What somebody takes a way for: its name, its outcome, else what only people know.
    pub fn called(&self, one: &Move<'_>) -> String {
        if one.clock {
            return "Hết thời gian".into();
        }
        let way = one.way;
        let outcome = || way.outcome.as_ref().map(|outcome| outcome.replace('_', " "));
        let condition = || way.guard.as_ref().and_then(left_to_people).map(|condition| format!("khi {condition}"));
        let others = || self.moves.iter().any(|other| other.from == one.from && other.to != one.to && !other.clock);
        let rest = || (way.otherwise && others()).then(|| "còn lại".to_string());
        way.label.clone().or_else(outcome).or_else(condition).or_else(rest).unwrap_or_else(|| "Chuyển xử lý".into())
    }
}

type Place<'d> = (&'d Node, Past<'d>);

struct Walker<'d> {
    graph: &'d Graph,
    nodes: HashMap<&'d str, &'d Node>,
    ways: HashMap<&'d str, Vec<&'d Transition>>,
    matters: HashMap<&'d str, Matters<'d>>,
    places: Vec<Place<'d>>,
    known: HashMap<(&'d str, Past<'d>), usize>,
    /// How often each node is there.
    copies: HashMap<&'d str, usize>,
    waiting: VecDeque<usize>,
    moves: Vec<Move<'d>>,
}

/// On the way from a stop to the next.
#[derive(Clone)]
struct Passing<'d> {
    at: &'d Node,
    past: Past<'d>,
    /// The way that it is called after.
    way: Option<&'d Transition>,
    /// The outcome that the clock has set.
    set: Option<&'d str>,
    clock: bool,
    restarts: bool,
}

fn is_stop(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Step(_) | NodeKind::Wait { .. } | NodeKind::End { .. } | NodeKind::Finished)
}

impl<'d> Walker<'d> {
    fn new(graph: &'d Graph) -> Walker<'d> {
        let mut ways: HashMap<&str, Vec<&Transition>> = HashMap::new();
        for way in &graph.transitions {
            ways.entry(&way.from).or_default().push(way);
        }
        Walker {
            graph,
            nodes: graph.nodes.iter().map(|node| (node.id.as_str(), node)).collect(),
            ways,
            matters: what_matters(graph),
            places: Vec::new(),
            known: HashMap::new(),
            copies: HashMap::new(),
            waiting: VecDeque::new(),
            moves: Vec::new(),
        }
    }

    /// Finds the moves out of a stop.
    fn visit(&mut self, from: Option<usize>, node: &'d Node, past: &Past<'d>) {
        let start = Passing { at: node, past: past.clone(), way: None, set: None, clock: false, restarts: false };
        let mut passing: Vec<Passing<'d>> = self.onward(&start);
        passing.reverse();
        let mut seen = HashSet::new();
        while let Some(here) = passing.pop() {
            let Some(way) = here.way else { continue };
            if is_stop(here.at) {
                let to = self.place(here.at, here.past);
                self.moves.push(Move { from, to, way, clock: here.clock, restarts: here.restarts });
            } else if seen.insert((here.at.id.as_str(), here.past.clone(), here.set, way.id.as_str())) {
                passing.extend(self.onward(&here).into_iter().rev());
            }
        }
    }

    fn place(&mut self, node: &'d Node, past: Past<'d>) -> usize {
        let known = *self.known.entry((node.id.as_str(), past.clone())).or_insert(self.places.len());
        if known == self.places.len() {
            *self.copies.entry(&node.id).or_default() += 1;
            self.places.push((node, past));
            self.waiting.push_back(known);
        }
        known
    }

    /// Where the ways out of a node lead that are open with this past.
    fn onward(&self, here: &Passing<'d>) -> Vec<Passing<'d>> {
        let mut found = Vec::new();
        let first_only = matches!(here.at.kind, NodeKind::Choice { decided: false, .. });
        for way in self.ways.get(here.at.id.as_str()).into_iter().flatten().copied() {
            let holds = way.guard.as_ref().map_or(Some(true), |guard| here.past.truth(guard));
            let other = here.set.is_some_and(|set| way.outcome.as_deref() != Some(set));
            if holds == Some(false) || other {
                continue;
            }
            found.extend(self.along(here, way));
            if first_only && holds == Some(true) {
                break;
            }
        }
        found
    }

    /// Along one way; none where it is used up and nothing else is said.
    fn along(&self, here: &Passing<'d>, way: &'d Transition) -> Option<Passing<'d>> {
        let mut past = here.past.clone();
        let used_up = way.max_times.is_some_and(|most| past.taken.get(way.id.as_str()).copied().unwrap_or(0) >= most);
        if way.max_times.is_some() && !used_up {
            *past.taken.entry(&way.id).or_insert(0) += 1;
        }
        if let Some((_, step)) = decider(here.at) {
            past.decided.remove(step);
            past.decided.extend(way.outcome.as_deref().map(|outcome| (step, outcome)));
        }
        let to = if used_up { way.when_exhausted.as_ref()? } else { &way.to };
        let at = self.nodes.get(to.as_str()).copied()?;
        let past = self.matters.get(at.id.as_str()).map(|matters| past.clone().kept(matters)).unwrap_or_default();
        // Forks and joins name nothing; a choice does.
        let named = matches!(here.at.kind, NodeKind::Choice { .. });
        Some(Passing {
            at,
            past,
            way: here.way.filter(|_| !named).or(Some(way)),
            set: way.timeout.as_ref().and_then(|timeout| timeout.outcome.as_deref()),
            clock: here.clock || way.timeout.is_some(),
            restarts: here.restarts || way.restarts_limit && !used_up,
        })
    }

    /// In the order of the table, with what tells copies apart.
    fn sorted(self, first: &HashSet<&str>) -> Walk<'d> {
        let order: HashMap<&str, usize> =
            self.graph.nodes.iter().enumerate().map(|(place, node)| (node.id.as_str(), place)).collect();
        let mut places: Vec<usize> = (0..self.places.len()).collect();
        places.sort_by_key(|place| {
            let (node, past) = &self.places[*place];
            (!first.contains(node.id.as_str()), order.get(node.id.as_str()), past)
        });
        let mut pasts: HashMap<&str, Vec<&Past<'d>>> = HashMap::new();
        self.places.iter().for_each(|(node, past)| pasts.entry(&node.id).or_default().push(past));
        let stops = places.iter().map(|place| {
            let (node, past) = &self.places[*place];
            let past = words(self.graph, node, &past.apart_from(&pasts[node.id.as_str()]));
            Stop { node, first: first.contains(node.id.as_str()), past }
        });
        let mut stops: Vec<Stop<'d>> = stops.collect();
        tell_apart(&mut stops);
        let mut now = vec![0; places.len()];
        places.iter().enumerate().for_each(|(new, old)| now[*old] = new);
        let mut moves = self.moves;
        for one in &mut moves {
            one.from = one.from.map(|from| now[from]);
            one.to = now[one.to];
        }
        moves.sort_by_key(|one| one.from);
        Walk { stops, moves }
    }
}

/// Two pasts in the same words are numbered: a copy is known by its node and these words.
fn tell_apart(stops: &mut [Stop<'_>]) {
    let mut used: HashSet<(String, String)> = HashSet::new();
    for stop in stops {
        let words = stop.past.clone();
        let mut number = 2;
        while !used.insert((stop.node.id.clone(), stop.past.clone())) {
            stop.past = format!("{words} #{number}");
            number += 1;
        }
    }
}
