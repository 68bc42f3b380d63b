//! A player that tries everything: explicit states of all branches for soundness, and every distinct pair of a
//! state and a time for the worst time. Slow on purpose, and written from the language's text alone.

use super::program::{Arrow, Dossier, Exit, Guard, Item, Line, Place, Program, Round, Target, Wait};
use super::states::Seen;
use std::collections::{BTreeSet, HashMap, HashSet};

/// More states than this are not tried; the program is then left out.
pub const MOST: usize = 60_000;

/// Where a token goes: to a row, to its join, to an end, or nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Point {
    At(Place),
    Arrive,
    Fall,
    End,
}

/// What guards and arrows remember: last outcomes (0: none), times taken by arrow.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Memory {
    pub last: Vec<u8>,
    pub taken: Vec<u8>,
}

pub struct Fork {
    pub required: usize,
    pub branches: Vec<Point>,
    pub after: Point,
}

/// The level of a row: the branches around it, outermost first.
pub type Level = Vec<(usize, usize)>;

/// The program, prepared for playing.
pub struct Player<'p> {
    pub program: &'p Program,
    pub next: Vec<Point>,
    pub forks: Vec<Option<Fork>>,
    pub levels: HashMap<Place, Level>,
    pub stages: HashMap<Place, Vec<usize>>,
    pub owners: Vec<usize>,
    pub start: Point,
}

/// Something is wrong on some run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    Falls,
    Crosses,
    RestartInBranch,
    EndInBranch,
    JoinTooLarge,
    Unbounded,
    Stuck,
    UsedUp,
    Undecided,
    NoEnd,
    /// A block that is entered and never passed.
    NeverJoined,
    Unreached,
}

/// What the player found; none: too large to try.
#[derive(Debug, Default)]
pub struct Answer {
    pub faults: BTreeSet<Fault>,
    /// Worst minutes of each dossier, where the program is sound.
    pub worst: Vec<(Dossier, i64)>,
}

impl<'p> Player<'p> {
    pub fn new(program: &'p Program) -> Self {
        let mut owners = vec![0; program.arrows];
        for (number, step) in program.steps.iter().enumerate() {
            step.exit.arrows().iter().for_each(|arrow| owners[arrow.id] = number);
        }
        let next = vec![Point::Fall; program.steps.len()];
        let forks = (0..program.forks).map(|_| None).collect();
        let mut player =
            Player { program, next, forks, levels: HashMap::new(), stages: HashMap::new(), owners, start: Point::Fall };
        player.start = player.prepare(&program.items, Point::Fall, &Vec::new(), &Vec::new());
        player
    }

    /// Links rows backwards; answers where they begin.
    fn prepare(&mut self, items: &[Item], after: Point, level: &Level, stages: &Vec<usize>) -> Point {
        let mut after = after;
        for item in items.iter().rev() {
            after = match item {
                Item::Step(step) => {
                    self.next[*step] = after;
                    self.put(Place::Step(*step), level, stages)
                }
                Item::Stage { stage, items } => {
                    self.prepare(items, after, level, &[stages.as_slice(), &[*stage]].concat())
                }
                Item::Fork { fork, required, branches } => {
                    let entries = branches.iter().enumerate().map(|(number, branch)| {
                        let inner = [level.as_slice(), &[(*fork, number)]].concat();
                        self.prepare(branch, Point::Arrive, &inner, stages)
                    });
                    let branches: Vec<Point> = entries.collect();
                    let required = required.unwrap_or(branches.len());
                    self.forks[*fork] = Some(Fork { required, branches, after });
                    self.put(Place::Fork(*fork), level, stages)
                }
            };
        }
        after
    }

    fn put(&mut self, place: Place, level: &Level, stages: &[usize]) -> Point {
        self.levels.insert(place, level.clone());
        self.stages.insert(place, stages.to_vec());
        Point::At(place)
    }

    pub fn fork(&self, fork: usize) -> &Fork {
        self.forks[fork].as_ref().unwrap()
    }

    pub fn empty(&self) -> Memory {
        Memory { last: vec![0; self.program.steps.len()], taken: vec![0; self.program.arrows] }
    }

    /// Everything: shape, states, times. None where it is too large.
    pub fn play(&self, dossiers: &[Dossier]) -> Option<Answer> {
        let mut answer = Answer { faults: self.shape(), worst: Vec::new() };
        if !answer.faults.is_empty() {
            return Some(answer);
        }
        let mut seen = Seen::default();
        for dossier in dossiers {
            self.states(dossier, &mut answer.faults, &mut seen)?;
        }
        answer.faults.extend(seen.missing(self.program.steps.len()));
        if answer.faults.is_empty() {
            for dossier in dossiers {
                answer.worst.push((*dossier, self.worst(dossier)?));
            }
        }
        Some(answer)
    }

    /// What is wrong whatever the run: the language forbids it outright.
    fn shape(&self) -> BTreeSet<Fault> {
        let mut faults = BTreeSet::new();
        for (number, step) in self.program.steps.iter().enumerate() {
            let level = &self.levels[&Place::Step(number)];
            let mut go = |target: Target| match (target, self.next[number]) {
                (Target::Next, Point::Fall) => faults.extend([Fault::Falls]),
                (Target::End { stop: false }, _) if !level.is_empty() => faults.extend([Fault::EndInBranch]),
                (Target::To(place) | Target::Back(place), _) if self.levels[&place] != *level => {
                    faults.extend([Fault::Crosses])
                }
                _ => {}
            };
            match &step.exit {
                Exit::Next => go(Target::Next),
                Exit::End => go(Target::End { stop: false }),
                exit => exit
                    .arrows()
                    .iter()
                    .for_each(|arrow| std::iter::once(arrow.target).chain(arrow.exhausted).for_each(&mut go)),
            }
            if !level.is_empty() && step.exit.arrows().iter().any(|arrow| arrow.restarts) {
                faults.insert(Fault::RestartInBranch);
            }
        }
        for fork in self.forks.iter().flatten() {
            if fork.required == 0 || fork.required > fork.branches.len() {
                faults.insert(Fault::JoinTooLarge);
            }
            if fork.after == Point::Fall {
                faults.insert(Fault::Falls);
            }
        }
        if faults.is_empty() && self.goes_round() {
            faults.insert(Fault::Unbounded);
        }
        faults
    }

    /// A circle of rows that passes no bounded arrow.
    fn goes_round(&self) -> bool {
        let places: Vec<Place> = self.levels.keys().copied().collect();
        let on = |from: &Place| -> Vec<Place> {
            let points: Vec<Point> = match from {
                Place::Fork(fork) => vec![self.fork(*fork).after],
                Place::Step(step) => match &self.program.steps[*step].exit {
                    Exit::Next => vec![self.next[*step]],
                    Exit::End => vec![],
                    exit => exit.arrows().iter().flat_map(|arrow| self.unbounded_ways(*step, arrow)).collect(),
                },
            };
            points
                .into_iter()
                .filter_map(|point| if let Point::At(place) = point { Some(place) } else { None })
                .collect()
        };
        places.iter().any(|start| {
            let (mut seen, mut waiting) = (HashSet::new(), on(start));
            while let Some(at) = waiting.pop() {
                if seen.insert(at) {
                    waiting.extend(on(&at));
                }
            }
            seen.contains(start)
        })
    }

    fn unbounded_ways(&self, step: usize, arrow: &Arrow) -> Vec<Point> {
        let bounded = arrow.most.is_some() || matches!(arrow.round, Round::SetTime | Round::All(_));
        let itself = (!bounded).then(|| self.point(step, arrow.target));
        itself.into_iter().chain(arrow.exhausted.map(|target| self.point(step, target))).collect()
    }

    fn point(&self, step: usize, target: Target) -> Point {
        match target {
            Target::Next => self.next[step],
            Target::To(place) | Target::Back(place) => Point::At(place),
            Target::End { .. } => Point::End,
        }
    }

    /// The ways out of a step that is done: where to, with what remembered, by which arrow.
    pub fn ways(
        &self,
        step: usize,
        memory: &Memory,
        dossier: &Dossier,
    ) -> Result<Vec<(Point, Memory, Option<&'p Arrow>)>, Fault> {
        let decided = |line: &Line| {
            let mut memory = memory.clone();
            memory.last[step] = line.outcome + 1;
            memory
        };
        let used_up = |arrow: &Arrow| arrow.most.is_some_and(|most| memory.taken[arrow.id] >= most);
        let mut ways = Vec::new();
        match &self.program.steps[step].exit {
            Exit::Next => ways.push((self.next[step], memory.clone(), None)),
            Exit::End => ways.push((Point::End, memory.clone(), None)),
            Exit::To(arrow) => self.follow(step, arrow, memory.clone(), &mut ways)?,
            Exit::Outcomes(lines) => {
                for line in lines {
                    let holds = line.guard.as_ref().map_or(Ok(true), |guard| holds(guard, dossier, &memory.last))?;
                    if holds && !used_up(&line.arrow) {
                        self.follow(step, &line.arrow, decided(line), &mut ways)?;
                    }
                }
            }
            Exit::Choice(lines) => {
                for line in lines {
                    if line.guard.as_ref().map_or(Ok(true), |guard| holds(guard, dossier, &memory.last))? {
                        self.follow(step, &line.arrow, memory.clone(), &mut ways)?;
                        break;
                    }
                }
            }
        }
        if ways.is_empty() { Err(Fault::Stuck) } else { Ok(ways) }
    }

    fn follow(
        &self,
        step: usize,
        arrow: &'p Arrow,
        mut memory: Memory,
        ways: &mut Vec<(Point, Memory, Option<&'p Arrow>)>,
    ) -> Result<(), Fault> {
        if arrow.most.is_some_and(|most| memory.taken[arrow.id] >= most) {
            let Some(target) = arrow.exhausted else { return Err(Fault::UsedUp) };
            ways.push((self.point(step, target), memory, None));
            return Ok(());
        }
        if arrow.most.is_some() {
            memory.taken[arrow.id] += 1;
        }
        if arrow.wait == Wait::Supplement {
            ways.push((Point::End, memory.clone(), None));
        }
        ways.push((self.point(step, arrow.target), memory, Some(arrow)));
        Ok(())
    }
}

fn holds(guard: &Guard, dossier: &Dossier, last: &[u8]) -> Result<bool, Fault> {
    Ok(match guard {
        Guard::Flag(flag) => dossier.flags[*flag],
        Guard::Value(value) => dossier.value == *value,
        Guard::Number(operator, than) => match *operator {
            "<" => dossier.number < *than,
            "≤" => dossier.number <= *than,
            ">" => dossier.number > *than,
            "≥" => dossier.number >= *than,
            "=" => dossier.number == *than,
            _ => dossier.number != *than,
        },
        Guard::Outcome(step, outcome) if last[*step] > 0 => last[*step] == outcome + 1,
        Guard::Outcome(..) => return Err(Fault::Undecided),
        Guard::Not(inner) => !holds(inner, dossier, last)?,
        Guard::And(a, b) => holds(a, dossier, last)? && holds(b, dossier, last)?,
        Guard::Or(a, b) => holds(a, dossier, last)? || holds(b, dossier, last)?,
    })
}
