//! States of a run and what can happen in them.

use super::dossier::{Dossier, Outcomes};
use super::net::{Kind, Net, NodeId, Way, WayId};
use std::collections::{BTreeMap, BTreeSet};

/// More events than this behind one step are not played.
const MAX_EVENTS: usize = 8;

/// Where work stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    pub at: NodeId,
    /// The outcome that the clock has set for the choice at which the token is.
    decided: Option<String>,
    /// Forks with the number of the branch, outermost first.
    branches: Vec<(NodeId, usize)>,
}

/// A state of a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct State {
    pub tokens: BTreeSet<Token>,
    /// The last outcomes of the steps whose outcomes some guard reads.
    pub outcomes: Outcomes,
    /// The end, once it is reached.
    pub end: Option<String>,
    /// Branches that have come to the join of a fork.
    arrived: BTreeMap<NodeId, BTreeSet<usize>>,
    /// How often bounded transitions have been taken.
    taken: BTreeMap<WayId, u32>,
}

/// Something that can happen.
#[derive(Debug)]
pub struct Move {
    /// What somebody or the clock decides, and where.
    pub decision: Option<(String, String)>,
    /// A step is done by it.
    pub step_done: bool,
    pub next: State,
}

/// A net with a dossier in it.
pub struct Play<'n> {
    pub net: &'n Net,
    pub dossier: &'n Dossier,
    /// Steps whose outcomes are remembered.
    pub relevant: &'n BTreeSet<String>,
}

impl Play<'_> {
    /// The state in which the dossier has arrived.
    pub fn start(&self, outcomes: Outcomes) -> State {
        let token = Token { at: self.net.start, decided: None, branches: Vec::new() };
        State { tokens: [token].into(), outcomes, ..State::default() }
    }

    /// Everything that can happen in a state. A token that cannot move although nothing else can bring it on
    /// is an error.
    pub fn moves(&self, state: &State) -> Result<Vec<Move>, String> {
        let mut moves = Vec::new();
        if state.tokens.is_empty() && state.end.is_none() {
            return Err("nothing is running any more, and no end is reached".into());
        }
        // What takes no time happens before anything else can.
        let urgent = state.tokens.iter().find(|token| self.is_urgent(token));
        for token in state.tokens.iter().filter(|token| urgent.is_none_or(|urgent| urgent == *token)) {
            let before = moves.len();
            self.moves_of(state, token, &mut moves)?;
            if moves.len() == before {
                return Err(format!("stuck at {}", self.net.nodes[token.at].id));
            }
        }
        Ok(moves)
    }

    /// Starts, forks, joins and choices take no time; but a choice may have to wait for an event.
    fn is_urgent(&self, token: &Token) -> bool {
        let node = &self.net.nodes[token.at];
        let mut guards = node.ways.iter().filter_map(|way| self.net.ways[*way].guard.as_ref());
        match node.kind {
            Kind::Start | Kind::Fork { .. } | Kind::Join { .. } => true,
            Kind::Choice { .. } => guards.all(|guard| guard.events().is_empty()),
            _ => false,
        }
    }

    fn moves_of(&self, state: &State, token: &Token, moves: &mut Vec<Move>) -> Result<(), String> {
        let node = &self.net.nodes[token.at];
        match &node.kind {
            Kind::Choice { step, decided: true } => self.decide(state, token, step, moves),
            Kind::Choice { decided: false, .. } => {
                for happened in self.events(&node.ways)? {
                    let chosen = self.first_that_holds(state, &node.ways, &happened)?;
                    let Some((way, exhausted)) = chosen else { return Err(format!("no guard holds at {}", node.id)) };
                    moves.push(Move {
                        decision: None,
                        step_done: false,
                        next: self.take(state, token, way, exhausted)?,
                    });
                }
                Ok(())
            }
            Kind::Fork { .. } => {
                moves.push(Move { decision: None, step_done: false, next: self.fork(state, token)? });
                Ok(())
            }
            Kind::Start | Kind::Join { .. } | Kind::Step | Kind::Wait => self.go_on(state, token, moves),
            Kind::End { .. } | Kind::Finished => Err(format!("work goes on at the end {}", node.id)),
        }
    }

    /// The only way on, or what the clock does.
    fn go_on(&self, state: &State, token: &Token, moves: &mut Vec<Move>) -> Result<(), String> {
        let node = &self.net.nodes[token.at];
        let step_done = node.kind == Kind::Step;
        for &id in &node.ways {
            let way = &self.net.ways[id];
            let used_up = self.used_up(state, id);
            let Some(set) = &way.timeout else {
                moves.push(Move { decision: None, step_done, next: self.take(state, token, id, used_up)? });
                continue;
            };
            let mut next = match used_up {
                true if way.when_exhausted.is_none() => continue,
                used_up => self.take(state, token, id, used_up)?,
            };
            if let (Some(outcome), false) = (set, used_up) {
                // Where the outcome is not offered, the clock cannot take it either.
                next = match self.with_outcome(next, token, way.to, outcome)? {
                    Some(next) => next,
                    None => continue,
                };
            }
            let name = if node.kind == Kind::Wait { "chờ" } else { &node.id };
            moves.push(Move { decision: Some((name.into(), "quá hạn".into())), step_done, next });
        }
        Ok(())
    }

    fn with_outcome(&self, mut next: State, from: &Token, at: NodeId, outcome: &str) -> Result<Option<State>, String> {
        let mut token = Token { at, ..from.clone() };
        next.tokens.remove(&token);
        token.decided = Some(outcome.into());
        next.tokens.insert(token.clone());
        let mut onward = Vec::new();
        self.moves_of(&next, &token, &mut onward)?;
        Ok(if onward.is_empty() { None } else { Some(next) })
    }

    /// Somebody decides for an outcome whose guard holds and whose arrow is not used up.
    fn decide(&self, state: &State, token: &Token, step: &str, moves: &mut Vec<Move>) -> Result<(), String> {
        let ways = &self.net.nodes[token.at].ways;
        for happened in self.events(ways)? {
            let mut offered = BTreeSet::new();
            for &id in ways {
                let way = &self.net.ways[id];
                let outcome = way.outcome.as_deref().unwrap_or("còn lại");
                if token.decided.as_deref().is_some_and(|set| set != outcome) {
                    continue;
                }
                if self.used_up(state, id) || !self.holds(state, way, &happened)? {
                    continue;
                }
                if !offered.insert(outcome) {
                    return Err(format!("the outcome {outcome} of {step} leads to two places"));
                }
                let mut next = self.take(state, token, id, false)?;
                if self.relevant.contains(step) {
                    next.outcomes.insert(step.into(), outcome.into());
                }
                let decision = token.decided.is_none().then(|| (step.to_string(), outcome.to_string()));
                moves.push(Move { decision, step_done: false, next });
            }
        }
        Ok(())
    }

    /// The first transition whose guard holds, and whether it is used up.
    fn first_that_holds(
        &self,
        state: &State,
        ways: &[WayId],
        happened: &BTreeSet<String>,
    ) -> Result<Option<(WayId, bool)>, String> {
        for &id in ways {
            if self.holds(state, &self.net.ways[id], happened)? {
                let used_up = self.used_up(state, id);
                let nowhere = used_up && self.net.ways[id].when_exhausted.is_none();
                return Ok((!nowhere).then_some((id, used_up)));
            }
        }
        Ok(None)
    }

    fn holds(&self, state: &State, way: &Way, happened: &BTreeSet<String>) -> Result<bool, String> {
        way.guard.as_ref().map_or(Ok(true), |guard| guard.holds(self.dossier, &state.outcomes, happened))
    }

    /// Every combination of the events that these transitions ask for.
    fn events(&self, ways: &[WayId]) -> Result<Vec<BTreeSet<String>>, String> {
        let guards = ways.iter().filter_map(|way| self.net.ways[*way].guard.as_ref());
        let events: BTreeSet<String> = guards.flat_map(|guard| guard.events()).collect();
        if events.len() > MAX_EVENTS {
            return Err(format!("more than {MAX_EVENTS} events in one place"));
        }
        let combination = |bits: u32| events.iter().enumerate().filter(move |(index, _)| bits >> index & 1 == 1);
        let named = |bits| combination(bits).map(|(_, event)| event.clone()).collect();
        Ok((0..1u32 << events.len()).map(named).collect())
    }

    fn used_up(&self, state: &State, way: WayId) -> bool {
        let taken = state.taken.get(&way).copied().unwrap_or(0);
        self.net.ways[way].max_times.is_some_and(|most| taken >= most)
    }

    /// Moves a token along a transition.
    fn take(&self, state: &State, token: &Token, id: WayId, exhausted: bool) -> Result<State, String> {
        let way = &self.net.ways[id];
        let mut next = state.clone();
        next.tokens.remove(token);
        if way.max_times.is_some() && !exhausted {
            *next.taken.entry(id).or_insert(0) += 1;
        }
        let to = if exhausted { way.when_exhausted.ok_or("used up, with nowhere to go")? } else { way.to };
        self.arrive(next, Token { at: to, decided: None, branches: token.branches.clone() })
    }

    fn arrive(&self, mut state: State, mut token: Token) -> Result<State, String> {
        let node = &self.net.nodes[token.at];
        match &node.kind {
            Kind::Join { required, .. } => {
                let here = |fork: NodeId| matches!(self.net.nodes[fork].kind, Kind::Fork { join } if join == token.at);
                let Some((fork, branch)) = token.branches.pop().filter(|(fork, _)| here(*fork)) else {
                    return Err(format!("{} is reached by what does not come from its fork", node.id));
                };
                let come = state.arrived.entry(fork).or_default();
                come.insert(branch);
                if come.len() >= *required {
                    state.tokens.retain(|other| other.branches.iter().all(|(of, _)| *of != fork));
                    state.tokens.insert(token);
                    self.leave(&mut state, fork);
                }
            }
            Kind::End { state: end, stops } => {
                if !(*stops || token.branches.is_empty() && state.tokens.is_empty()) {
                    return Err(format!("{} is reached while branches are still running", node.id));
                }
                return Ok(State { end: Some(end.clone()), outcomes: state.outcomes, ..State::default() });
            }
            Kind::Finished => {
                return Ok(State { end: Some(node.id.clone()), outcomes: state.outcomes, ..State::default() });
            }
            _ => {
                if !state.tokens.insert(token) {
                    return Err(format!("{} is entered a second time while it is running", node.id));
                }
            }
        }
        Ok(state)
    }

    /// Forgets what belongs to one entry of a fork, and to forks inside of its branches.
    fn leave(&self, state: &mut State, fork: NodeId) {
        let live: BTreeSet<NodeId> =
            state.tokens.iter().flat_map(|token| token.branches.iter().map(|(fork, _)| *fork)).collect();
        state.arrived.retain(|of, _| *of != fork && live.contains(of));
        state.taken.retain(|way, _| {
            let per = self.net.ways[*way].counted_per;
            per.is_none_or(|of| of != fork && live.contains(&of))
        });
    }

    fn fork(&self, state: &State, token: &Token) -> Result<State, String> {
        let mut next = state.clone();
        next.tokens.remove(token);
        for (number, way) in self.net.nodes[token.at].ways.iter().enumerate() {
            let mut branches = token.branches.clone();
            branches.push((token.at, number));
            let at = self.net.ways[*way].to;
            // Branches without a step may bring the join together before the others have begun.
            let over = |state: &State| number > 0 && !self.runs(state, token.at);
            if over(&next) {
                break;
            }
            next = self.arrive(next, Token { at, decided: None, branches })?;
        }
        Ok(next)
    }

    /// Whether something of a fork is still going on.
    fn runs(&self, state: &State, fork: NodeId) -> bool {
        state.arrived.contains_key(&fork)
            || state.tokens.iter().any(|token| token.branches.iter().any(|(of, _)| *of == fork))
    }
}
