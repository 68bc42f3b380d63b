//! The longest time of a program: every distinct pair of a state and a time, on every way through it.

use super::player::{MOST, Memory, Player, Point};
use super::program::{Arrow, Dossier, Place, Round};
use std::collections::{BTreeSet, HashSet};

/// Where a run is, with all that its time depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Moment {
    point: Point,
    memory: Memory,
    /// The stages inside of which the run is.
    inside: Vec<usize>,
    /// Arrows whose rework is going on.
    rework: BTreeSet<usize>,
    /// What rework has cost so far, by arrow with a price.
    used: Vec<i64>,
    time: i64,
}

/// How a branch or the process came out.
type Results = HashSet<(bool, i64, Vec<u8>)>;

/// How branches came out together, in the order of their times.
type Together = (Vec<(i64, bool)>, Vec<u8>);

impl Player<'_> {
    /// The worst minutes of a dossier.
    pub fn worst(&self, dossier: &Dossier) -> Option<i64> {
        let mut worst = 0;
        let ends = self.run(self.start, &vec![0; self.program.steps.len()], &[], dossier, &mut worst)?;
        Some(ends.iter().map(|(_, time, _)| *time).max().unwrap_or(0).max(worst))
    }

    /// Every way through a level: (arrived, time, last outcomes). `longest`: stretches that a restart ended.
    fn run(
        &self,
        start: Point,
        last: &[u8],
        inside: &[usize],
        dossier: &Dossier,
        longest: &mut i64,
    ) -> Option<Results> {
        let memory = Memory { last: last.to_vec(), taken: vec![0; self.program.arrows] };
        let used = vec![0; self.program.arrows];
        let first = Moment { point: start, memory, inside: inside.to_vec(), rework: BTreeSet::new(), used, time: 0 };
        let (mut seen, mut waiting, mut results) = (HashSet::new(), vec![first], Results::new());
        while let Some(moment) = waiting.pop() {
            if !seen.insert(moment.clone()) {
                continue;
            }
            if seen.len() > MOST {
                return None;
            }
            match moment.point {
                Point::Arrive => results.extend([(true, moment.time, moment.memory.last)]),
                Point::End | Point::Fall => results.extend([(false, moment.time, moment.memory.last)]),
                Point::At(Place::Step(step)) => self.work(step, moment, dossier, longest, &mut waiting),
                Point::At(Place::Fork(fork)) => self.split(fork, moment, dossier, &mut waiting)?,
            }
        }
        Some(results)
    }

    /// Time passes; while rework goes on, no more of it than its arrows allow.
    fn spend(&self, moment: &mut Moment, minutes: i64) {
        let price = |id: usize| match self.arrow(id).round {
            Round::Each(most) | Round::All(most) => most,
            _ => 0,
        };
        let left = moment.rework.iter().map(|id| price(*id) - moment.used[*id]).min();
        let spent = left.map_or(minutes, |left| minutes.min(left));
        moment.rework.iter().for_each(|id| moment.used[*id] += spent);
        moment.time += spent;
    }

    fn arrow(&self, id: usize) -> &Arrow {
        let arrows = self.program.steps[self.owners[id]].exit.arrows();
        arrows.into_iter().find(|arrow| arrow.id == id).unwrap()
    }

    /// Stages with a shared limit that are entered on the way to a row cost it.
    fn enter(&self, moment: &mut Moment, place: Place) {
        let stages = &self.stages[&place];
        for stage in stages {
            if !moment.inside.contains(stage) {
                self.spend(moment, self.program.stages[*stage].unwrap_or(0));
            }
        }
        moment.inside = stages.clone();
    }

    fn work(&self, number: usize, mut moment: Moment, dossier: &Dossier, longest: &mut i64, waiting: &mut Vec<Moment>) {
        // A row behind the one that sent back is no rework any more.
        moment.rework.retain(|arrow| self.owners[*arrow] >= number);
        self.enter(&mut moment, Place::Step(number));
        let step = &self.program.steps[number];
        let shared = moment.inside.iter().any(|stage| self.program.stages[*stage].is_some());
        if !shared && !step.uncounted {
            self.spend(&mut moment, step.minutes.unwrap_or(0));
        }
        for (point, memory, arrow) in self.ways(number, &moment.memory, dossier).unwrap_or_default() {
            let mut next = Moment { point, memory, ..moment.clone() };
            next.rework.retain(|arrow| self.owners[*arrow] != number);
            if let Some(arrow) = arrow {
                if arrow.restarts {
                    *longest = (*longest).max(next.time);
                    next.time = 0;
                    next.rework.clear();
                }
                match arrow.round {
                    Round::Full => {}
                    Round::SetTime | Round::All(_) => next.rework.extend([arrow.id]),
                    Round::Each(_) => {
                        next.used[arrow.id] = 0;
                        next.rework.insert(arrow.id);
                    }
                }
            }
            waiting.push(next);
        }
    }

    fn first_step(&self, fork: usize) -> usize {
        let inside = |place: &&Place| self.levels[*place].iter().any(|(of, _)| *of == fork);
        let steps = self
            .levels
            .keys()
            .filter(inside)
            .filter_map(|place| if let Place::Step(step) = place { Some(*step) } else { None });
        steps.min().unwrap_or(0)
    }

    /// Goes on behind a block, or to an end where a branch stopped.
    fn split(&self, fork: usize, mut moment: Moment, dossier: &Dossier, waiting: &mut Vec<Moment>) -> Option<()> {
        let first = self.first_step(fork);
        moment.rework.retain(|arrow| self.owners[*arrow] >= first);
        self.enter(&mut moment, Place::Fork(fork));
        let required = self.fork(fork).required;
        for (times, last) in self.together(fork, &moment, dossier)? {
            let joins = times.iter().filter(|(_, arrived)| *arrived).nth(required - 1).map(|(time, _)| *time);
            let stops = times.iter().find(|(_, arrived)| !arrived).map(|(time, _)| *time);
            // A branch on its way to a stop is withdrawn by a join, and then the join came before the stop.
            let over = joins.into_iter().chain(stops).min();
            let onward = joins.map(|_| self.fork(fork).after);
            for point in onward.into_iter().chain(stops.map(|_| Point::End)) {
                let mut next = Moment { point, ..moment.clone() };
                next.memory.last.clone_from(&last);
                self.spend(&mut next, over.unwrap_or(0));
                waiting.push(next);
            }
        }
        Some(())
    }

    /// Every way in which the branches can come out together: (time, arrived) of each, last outcomes.
    fn together(&self, fork: usize, moment: &Moment, dossier: &Dossier) -> Option<HashSet<Together>> {
        let before = &moment.memory.last;
        let mut all: HashSet<Together> = HashSet::from([(Vec::new(), before.clone())]);
        for entry in &self.fork(fork).branches {
            let results = self.run(*entry, before, &moment.inside, dossier, &mut 0)?;
            let mut next = HashSet::new();
            for (times, last) in &all {
                for (arrived, time, inner) in &results {
                    let pick = |(slot, (now, was)): (&u8, (&u8, &u8))| if now != was { *now } else { *slot };
                    let merged: Vec<u8> = last.iter().zip(inner.iter().zip(before)).map(pick).collect();
                    let mut times = times.clone();
                    times.push((*time, *arrived));
                    times.sort_unstable();
                    next.insert((times, merged));
                }
            }
            if next.len() > MOST {
                return None;
            }
            all = next;
        }
        Some(all)
    }
}
