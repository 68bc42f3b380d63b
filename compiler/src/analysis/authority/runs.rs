//! What happens on the runs of a class of dossiers that end with the result returned.

use crate::analysis::explore::{ANY_JOINED, Explored, Move};
use crate::graph::{Net, NodeKind};
use crate::model::flow::{Flow, StepId};
use std::collections::BTreeSet;
use tthc_grammar::tree::EndState;

/// The runs of a class that end in `trả kết quả`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs {
    /// The class, as a guard; empty where all dossiers are alike.
    pub dossier: String,
    /// The steps that some of them pass.
    pub steps: BTreeSet<StepId>,
    /// Of the kinds that were asked for: those that some of them do without.
    pub without: BTreeSet<&'static str>,
}

impl Runs {
    /// Looks at the runs of classes that go the same ways; none where none returns a result. Of which dossier they
    /// are is for the caller to say.
    pub(in crate::analysis) fn of(flow: &Flow, net: &Net, explored: &Explored, kinds: &[&'static str]) -> Option<Runs> {
        let look = Look { flow, net, explored };
        let ends = look.returns();
        if ends.is_empty() {
            return None;
        }
        let mut steps = BTreeSet::new();
        look.collect(0, &ends, &mut steps);
        let mut without = BTreeSet::new();
        for kind in kinds {
            // Where none of these steps is of the kind, all runs do without.
            let occurs = steps.iter().any(|step| flow.step(*step).kinds.contains(kind));
            let mut avoids = Avoids { look: &look, kind, known: vec![None; explored.levels.len()] };
            if !occurs || avoids.level(0, &ends) {
                without.insert(*kind);
            }
        }
        Some(Runs { dossier: String::new(), steps, without })
    }
}

struct Look<'a> {
    flow: &'a Flow,
    net: &'a Net,
    explored: &'a Explored,
}

impl Look<'_> {
    fn node(&self, level: usize, state: usize) -> &NodeKind {
        &self.net.graph[self.explored.levels[level].states[state].node]
    }

    /// States of the process's level in which the result is returned.
    fn returns(&self) -> Vec<usize> {
        let Some(level) = self.explored.levels.first() else { return Vec::new() };
        let returned = |state: &usize| matches!(self.node(0, *state), NodeKind::End(EndState::Returned, _));
        (0..level.states.len()).filter(returned).collect()
    }

    /// The states in which a branch ends that a move runs.
    fn ends_of(&self, (level, state): (usize, usize)) -> Vec<usize> {
        if state == ANY_JOINED { self.explored.levels[level].joined.clone() } else { vec![state] }
    }

    /// Steps on the ways to the ends, those of the branches included; nested as deep as blocks are.
    fn collect(&self, level: usize, ends: &[usize], steps: &mut BTreeSet<StepId>) {
        let leading = self.explored.levels[level].leading_to(ends.iter().copied());
        let mut branches: BTreeSet<(usize, usize)> = BTreeSet::new();
        for state in leading.ones() {
            if let NodeKind::Step(step) = self.node(level, state) {
                steps.insert(*step);
            }
            let moves = self.explored.levels[level].moves[state].iter().filter(|next| leading.contains(next.to));
            branches.extend(moves.flat_map(|next| &next.branches));
        }
        let inner: BTreeSet<usize> = branches.iter().map(|(level, _)| *level).collect();
        for level in inner {
            let own = branches.iter().filter(|(of, _)| *of == level);
            let ends: BTreeSet<usize> = own.flat_map(|branch| self.ends_of(*branch)).collect();
            self.collect(level, &ends.into_iter().collect::<Vec<_>>(), steps);
        }
    }
}

/// Whether ends can be reached without any step of a kind.
struct Avoids<'a> {
    look: &'a Look<'a>,
    kind: &'static str,
    /// By level of a branch: the states that can be reached without.
    known: Vec<Option<Vec<bool>>>,
}

impl Avoids<'_> {
    fn level(&mut self, level: usize, ends: &[usize]) -> bool {
        let reached = self.reached(level);
        ends.iter().any(|end| reached[*end])
    }

    fn reached(&mut self, level: usize) -> Vec<bool> {
        if let Some(known) = &self.known[level] {
            return known.clone();
        }
        let explored = self.look.explored;
        let mut reached = vec![false; explored.levels[level].states.len()];
        let mut waiting = Vec::new();
        if !reached.is_empty() && !self.is_of_kind(level, 0) {
            reached[0] = true;
            waiting.push(0);
        }
        while let Some(at) = waiting.pop() {
            for next in &explored.levels[level].moves[at] {
                if !reached[next.to] && !self.is_of_kind(level, next.to) && self.passes(level, next) {
                    reached[next.to] = true;
                    waiting.push(next.to);
                }
            }
        }
        self.known[level] = Some(reached.clone());
        reached
    }

    fn is_of_kind(&self, level: usize, state: usize) -> bool {
        match self.look.node(level, state) {
            NodeKind::Step(step) => self.look.flow.step(*step).kinds.contains(&self.kind),
            _ => false,
        }
    }

    /// A parallel block can be passed without when so many branches can as the join does not wait for.
    fn passes(&mut self, level: usize, next: &Move) -> bool {
        let look = self.look;
        let with = next.branches.iter().filter(|branch| !self.level(branch.0, &look.ends_of(**branch))).count();
        let waits = match look.node(level, next.to) {
            NodeKind::Join(_, required) => *required as usize,
            _ => next.branches.len(),
        };
        with + waits <= next.branches.len()
    }
}
