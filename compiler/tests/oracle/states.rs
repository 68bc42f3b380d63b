//! The states of a program, with all its branches at once: is anything stuck, is anything never reached?

use super::player::{Fault, MOST, Memory, Player, Point};
use super::program::{Dossier, Place};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A token, with those of its branches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Token {
    Step(usize),
    Fork(usize, Vec<Token>),
    Arrived,
    Ended,
}

/// A token, and what is remembered.
type State = (Token, Memory);

/// What some run comes to.
#[derive(Debug, Default)]
pub struct Seen {
    steps: HashSet<usize>,
    entered: HashSet<usize>,
    passed: HashSet<usize>,
}

impl Seen {
    fn token(&mut self, token: &Token) {
        match token {
            Token::Step(step) => self.steps.extend([*step]),
            Token::Fork(fork, branches) => {
                self.entered.insert(*fork);
                branches.iter().for_each(|branch| self.token(branch));
            }
            Token::Arrived | Token::Ended => {}
        }
    }

    /// What no run comes to, or to the end of.
    pub fn missing(&self, steps: usize) -> Vec<Fault> {
        let unreached = (self.steps.len() < steps).then_some(Fault::Unreached);
        let waiting = (!self.entered.is_subset(&self.passed)).then_some(Fault::NeverJoined);
        unreached.into_iter().chain(waiting).collect()
    }
}

impl Player<'_> {
    /// Forgets how often arrows inside a block were taken: it is entered anew.
    fn entered(&self, fork: usize, memory: &mut Memory) {
        for (arrow, owner) in self.owners.iter().enumerate() {
            if self.levels[&Place::Step(*owner)].iter().any(|(of, _)| *of == fork) {
                memory.taken[arrow] = 0;
            }
        }
    }

    fn token(&self, point: Point, memory: &mut Memory) -> Token {
        match point {
            Point::At(Place::Step(step)) => Token::Step(step),
            Point::At(Place::Fork(fork)) => {
                self.entered(fork, memory);
                let branches = self.fork(fork).branches.iter().map(|entry| self.token(*entry, memory)).collect();
                Token::Fork(fork, branches)
            }
            Point::Arrive => Token::Arrived,
            Point::End | Point::Fall => Token::Ended,
        }
    }

    /// Every move of every branch.
    fn moves(
        &self,
        token: &Token,
        memory: &Memory,
        dossier: &Dossier,
        seen: &mut Seen,
    ) -> Result<Vec<(Token, Memory)>, Fault> {
        match token {
            Token::Arrived | Token::Ended => Ok(Vec::new()),
            Token::Step(step) => {
                let ways = self.ways(*step, memory, dossier)?;
                Ok(ways.into_iter().map(|(point, mut memory, _)| (self.token(point, &mut memory), memory)).collect())
            }
            Token::Fork(fork, branches) => {
                let mut moves = Vec::new();
                for (number, branch) in branches.iter().enumerate() {
                    for (moved, mut memory) in self.moves(branch, memory, dossier, seen)? {
                        let mut branches = branches.clone();
                        branches[number] = moved;
                        let arrived = branches.iter().filter(|branch| **branch == Token::Arrived).count();
                        let token = match &branches[number] {
                            Token::Ended => Token::Ended,
                            _ if arrived >= self.fork(*fork).required => {
                                seen.passed.insert(*fork);
                                self.token(self.fork(*fork).after, &mut memory)
                            }
                            _ => Token::Fork(*fork, branches),
                        };
                        moves.push((token, memory));
                    }
                }
                Ok(moves)
            }
        }
    }

    /// Tries all states: nothing is stuck, and an end can be reached from everywhere.
    pub fn states(&self, dossier: &Dossier, faults: &mut BTreeSet<Fault>, seen: &mut Seen) -> Option<()> {
        let mut memory = self.empty();
        let first = (self.token(self.start, &mut memory), memory);
        self.from(first, dossier, faults, seen, &mut HashSet::new())
    }

    /// The same from one state on; of a branch alone too, for it has to get through by itself.
    fn from(
        &self,
        first: State,
        dossier: &Dossier,
        faults: &mut BTreeSet<Fault>,
        seen: &mut Seen,
        alone: &mut HashSet<State>,
    ) -> Option<()> {
        let mut index = HashMap::from([(first.clone(), 0)]);
        let (mut all, mut before) = (vec![first], vec![Vec::new()]);
        let mut at = 0;
        while at < all.len() {
            let (token, memory) = all[at].clone();
            seen.token(&token);
            self.branches(&token, &memory, dossier, faults, seen, alone)?;
            match self.moves(&token, &memory, dossier, seen) {
                Err(fault) => faults.extend([fault]),
                Ok(moves) => {
                    for next in moves {
                        let number = *index.entry(next.clone()).or_insert_with(|| {
                            all.push(next);
                            before.push(Vec::new());
                            all.len() - 1
                        });
                        before[number].push(at);
                    }
                }
            }
            at += 1;
            if all.len() > MOST {
                return None;
            }
        }
        if faults.is_empty() && !all_lead_to_an_end(&all, &before) {
            faults.insert(Fault::NoEnd);
        }
        alone.extend(all);
        Some(())
    }

    /// Tries each branch of a block alone, where that has not been done.
    fn branches(
        &self,
        token: &Token,
        memory: &Memory,
        dossier: &Dossier,
        faults: &mut BTreeSet<Fault>,
        seen: &mut Seen,
        alone: &mut HashSet<State>,
    ) -> Option<()> {
        let Token::Fork(_, branches) = token else { return Some(()) };
        for branch in branches {
            let first = (branch.clone(), memory.clone());
            if !alone.contains(&first) {
                self.from(first, dossier, faults, seen, alone)?;
            }
        }
        Some(())
    }
}

fn all_lead_to_an_end(all: &[State], before: &[Vec<usize>]) -> bool {
    let ended = |state: &usize| matches!(all[*state].0, Token::Ended | Token::Arrived);
    let mut good = vec![false; all.len()];
    let mut waiting: Vec<usize> = (0..all.len()).filter(ended).collect();
    while let Some(state) = waiting.pop() {
        if !std::mem::replace(&mut good[state], true) {
            waiting.extend(&before[state]);
        }
    }
    good.into_iter().all(|good| good)
}
