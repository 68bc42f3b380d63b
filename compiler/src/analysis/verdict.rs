//! Verdicts on time, class by class: worst agency time against the limits, stages, shares, deadlines.

use super::authority::{on_site, runs::Runs};
use super::calendars::Calendars;
use super::calls;
use super::classes::{Class, Last, Partition, Truth};
use super::conduct::{Conduct, Look};
use super::dated::{Late, OnDates, Tried};
use super::explore::Explored;
use super::time::{Longest, Weights};
use crate::graph::{Net, NodeKind};
use crate::model::Model;
use crate::model::flow::{Actor, BlockId, BlockKind, Flow, Node, Round, Step, StepId};
use crate::model::organization::OrgId;
use crate::model::procedure::{Case, Limit, Procedure};
use crate::model::time::Duration;
use crate::source::Place;
use petgraph::graph::NodeIndex;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use tthc_grammar::tree::EndState;

/// How time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Only working time.
    Working,
    /// Only calendar time.
    Calendar,
    /// Both, or civil months.
    Mixed,
}

/// Minutes on each clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Minutes {
    /// Working time.
    pub working: i64,
    /// Calendar time.
    pub calendar: i64,
}

impl Minutes {
    pub(super) fn of(duration: &Duration) -> Minutes {
        Minutes { working: duration.working, calendar: duration.calendar }
    }
    /// The larger of each clock.
    pub(super) fn max(self, other: Minutes) -> Minutes {
        Minutes { working: self.working.max(other.working), calendar: self.calendar.max(other.calendar) }
    }
    /// The part of one clock.
    pub fn part(self, clock: Clock) -> i64 {
        match clock {
            Clock::Calendar => self.calendar,
            _ => self.working,
        }
    }
}

/// The worst time of one class of dossiers against its limit.
#[derive(Debug, Clone)]
pub struct ClassTime {
    /// The class, as a guard; empty where all dossiers are alike.
    pub dossier: String,
    /// The longest stretch.
    pub worst: Minutes,
    /// The limit of the class, with the line that states it.
    pub limit: Option<(Minutes, Place)>,
    /// The limit that the law sets.
    pub statutory: Option<(Minutes, Place)>,
    /// The steps of the longest way.
    pub path: Vec<StepId>,
    /// On a mixed clock, where there is a limit: what the calendar says.
    pub on_dates: Option<OnDates>,
    /// The longest stretch that does not end in a refusal.
    pub but_refusals: Minutes,
    /// The longest way ends in a refusal.
    pub refused: bool,
}

impl ClassTime {
    /// The limit is exceeded.
    pub fn exceeds(&self, clock: Clock) -> bool {
        self.limit.is_some_and(|(limit, _)| self.worst.part(clock) > limit.part(clock))
    }

    /// Results are in time and refusals are not.
    pub fn only_refusals_exceed(&self, clock: Clock) -> bool {
        let results = self.limit.is_some_and(|(limit, _)| self.but_refusals.part(clock) <= limit.part(clock));
        self.refused && self.exceeds(clock) && results
    }
}

/// The time spent in a stage or charged to an agency against its own limit.
#[derive(Debug, Clone)]
pub struct PartTime {
    /// Minutes.
    pub worst: i64,
    /// Its limit.
    pub limit: i64,
    /// Where the limit stands.
    pub place: Place,
    /// The steps that make it up.
    pub path: Vec<StepId>,
}

/// A deadline that cannot be kept.
#[derive(Debug, Clone)]
pub struct Missed {
    /// Minutes until the end of the step.
    pub worst: i64,
    /// Minutes allowed.
    pub limit: i64,
    /// Where it is stated.
    pub place: Place,
    /// Of which step.
    pub step: StepId,
    /// Working and calendar time come together: the first step of the wait, and the worst day.
    pub late: Option<Late>,
}

/// Verdicts on the time of a case.
#[derive(Debug)]
pub struct Times {
    /// How time is counted.
    pub clock: Clock,
    /// By class.
    pub classes: Vec<ClassTime>,
    /// Classes to which no limit line applies.
    pub uncovered: Vec<String>,
    /// Two guarded lines that hold for one dossier and differ.
    pub disagreeing: Vec<(Place, Place, String)>,
    /// Stages with a limit whose steps have times of their own: the largest of all classes.
    pub stages: Vec<(BlockId, PartTime)>,
    /// Agencies' shares.
    pub shares: Vec<(OrgId, PartTime)>,
    /// Deadlines that cannot be kept.
    pub missed: Vec<Missed>,
    /// Some counted step has no known time: sums read "at least".
    pub at_least: bool,
    /// Deadlines of steps that the calendar would have to decide, and for whose days it has no data.
    pub undecided: Vec<Place>,
    /// Sums are upper bounds, not exact.
    pub approximate: bool,
    /// The runs that end with the result returned, by class.
    pub returning: Vec<Runs>,
    /// What runs do that the law of the day has a word on.
    pub conduct: Conduct,
}

/// Collects the verdicts while the classes are explored.
pub(super) struct Judge<'a> {
    pub(super) model: &'a Model,
    pub(super) calendars: &'a Calendars<'a>,
    pub(super) procedure: &'a Procedure,
    pub(super) case: &'a Case,
    pub(super) net: &'a Net,
    pub(super) partition: &'a Partition,
    pub(super) times: Times,
    /// What was tried on dates.
    pub(super) tried: RefCell<Tried>,
}

/// Stages whose untimed steps share the stage's limit.
pub fn lumped(flow: &Flow) -> BTreeSet<BlockId> {
    let mut lumped = BTreeSet::new();
    for step in flow.steps.iter().filter(|step| is_untimed(step)) {
        let stage = flow.around(step.parent).find(|id| matches!(flow.block(*id).kind, BlockKind::Stage(Some(_))));
        lumped.extend(stage);
    }
    lumped
}

/// A step that says nothing of its time.
pub fn is_untimed(step: &Step) -> bool {
    step.time.duration.is_none() && !step.time.unstated && !step.time.uncounted && step.call.is_none()
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        model: &'a Model,
        calendars: &'a Calendars<'a>,
        procedure: &'a Procedure,
        case: &'a Case,
        net: &'a Net,
        partition: &'a Partition,
    ) -> Self {
        let times = Times {
            clock: clock_of(model, case, net),
            classes: Vec::new(),
            uncovered: Vec::new(),
            disagreeing: Vec::new(),
            stages: Vec::new(),
            shares: Vec::new(),
            missed: Vec::new(),
            undecided: Vec::new(),
            at_least: case.flow.steps.iter().any(|step| step.time.unstated && !step.time.uncounted),
            approximate: !partition.given_up.is_empty(),
            returning: Vec::new(),
            conduct: Conduct::default(),
        };
        Judge { model, calendars, procedure, case, net, partition, times, tried: RefCell::default() }
    }

    pub(super) fn verdict(self) -> Times {
        self.times
    }

    /// Judges the runs of one class.
    pub(super) fn class(&mut self, class: &Class, explored: &Explored) {
        self.times.approximate |= explored.seen.approximate;
        self.limits(class, explored);
        self.stages(class, explored);
        self.shares(class, explored);
        self.deadlines(class, explored);
        self.conduct(class, explored);
        let dossier = self.partition.describe(self.procedure, class);
        self.times.returning.extend(Runs::of(self.flow(), self.net, explored, dossier, &on_site::KINDS));
    }

    pub(super) fn flow(&self) -> &'a Flow {
        &self.case.flow
    }

    /// Minutes of each step on one clock: what is counted, or with `all` everything that takes time.
    pub(super) fn weights(&self, clock: Clock, all: bool, class: &Class) -> Weights<'static> {
        let steps = self.flow().steps.iter().map(|step| match (&step.call, step.time.uncounted && !all) {
            (_, true) => 0,
            (Some(call), _) => {
                let limits = calls::limits(self.model, self.procedure, call);
                calls::cost(&limits, self.partition, class).part(clock)
            }
            (None, _) => step.time.duration.as_ref().map_or(0, |duration| Minutes::of(duration).part(clock)),
        });
        let stages = lumped(self.flow()).into_iter().filter_map(|id| match &self.flow().block(id).kind {
            BlockKind::Stage(Some(limit)) => Some((id, Minutes::of(limit).part(clock))),
            _ => None,
        });
        let rounds = self.net.graph.edge_indices().filter_map(|edge| match &self.net.graph[edge].round {
            Some(Round::Each(duration) | Round::All(duration)) => Some((edge, Minutes::of(duration).part(clock))),
            _ => None,
        });
        Weights {
            steps: steps.collect(),
            stages: stages.collect(),
            rounds: rounds.collect(),
            restarts: true,
            supplements_restart: false,
            flat: self.times.clock == Clock::Mixed,
            dates: None,
        }
    }

    fn limits(&mut self, class: &Class, explored: &Explored) {
        let dossier = self.partition.describe(self.procedure, class);
        let clocks: &[Clock] = match self.times.clock {
            Clock::Mixed => &[Clock::Working, Clock::Calendar],
            Clock::Working => &[Clock::Working],
            Clock::Calendar => &[Clock::Calendar],
        };
        let mut found: Vec<ClassTime> = Vec::new();
        // By final state: the limit of the runs that end there.
        let mut ends: HashMap<usize, usize> = HashMap::new();
        for clock in clocks {
            let weights = self.weights(*clock, false, class);
            let Some(longest) = Longest::of(self.flow(), self.net, explored, &weights, None) else { continue };
            for finish in longest.finishes() {
                let state = &explored.levels[0].states[finish.state];
                let last = |step: StepId| explored.last(state, step);
                let limit = self.line(&self.case.data.limits, class, &last, &dossier, true);
                let statutory = self.line(&self.case.data.statutory, class, &last, &dossier, false);
                let key = |line: &Option<(Minutes, Place)>| line.as_ref().map(|(_, place)| *place);
                let at = found
                    .iter()
                    .position(|known| key(&known.limit) == key(&limit) && key(&known.statutory) == key(&statutory));
                let at = at.unwrap_or_else(|| {
                    found.push(ClassTime {
                        dossier: dossier.clone(),
                        worst: Minutes::default(),
                        limit,
                        statutory,
                        path: Vec::new(),
                        on_dates: None,
                        but_refusals: Minutes::default(),
                        refused: false,
                    });
                    found.len() - 1
                });
                ends.insert(finish.state, at);
                let known = &mut found[at];
                let worst = match clock {
                    Clock::Calendar => &mut known.worst.calendar,
                    _ => &mut known.worst.working,
                };
                let refused = !finish.restarted && self.refuses(state.node);
                if finish.minutes >= *worst {
                    *worst = finish.minutes;
                    known.path = longest.path(finish.state);
                    known.refused = refused;
                }
                if !refused {
                    let part = match clock {
                        Clock::Calendar => &mut known.but_refusals.calendar,
                        _ => &mut known.but_refusals.working,
                    };
                    *part = finish.minutes.max(*part);
                }
            }
        }
        if self.times.clock == Clock::Mixed {
            self.date(class, explored, &ends, &mut found);
        }
        self.times.classes.extend(found);
    }

    fn refuses(&self, node: NodeIndex) -> bool {
        matches!(self.net.graph[node], NodeKind::End(EndState::Refused | EndState::NotReceived, _))
    }

    /// What the law of the day has a word on. Calendar time between working hours has no figure of its own.
    fn conduct(&mut self, class: &Class, explored: &Explored) {
        let look = Look { model: self.model, case: self.case, net: self.net, explored };
        let mut elapsed = self.weights(Clock::Working, true, class);
        (elapsed.restarts, elapsed.supplements_restart) = (false, true);
        let pure = self.times.clock == Clock::Working;
        self.times.conduct.class(&look, pure.then_some(&elapsed));
    }

    /// The limit line that applies: guarded ones first; none where no line does.
    fn line<'s>(
        &mut self,
        lines: &[Limit],
        class: &Class,
        last: &impl Fn(StepId) -> Last<'s>,
        dossier: &str,
        main: bool,
    ) -> Option<(Minutes, Place)> {
        let holds = |limit: &&Limit| {
            let guard = limit.guard.as_ref();
            guard.is_some_and(|guard| matches!(self.partition.holds(guard, class, last), Truth::Yes | Truth::Perhaps))
        };
        let guarded: Vec<&Limit> = lines.iter().filter(holds).collect();
        let chosen = guarded.first().copied().or_else(|| lines.iter().find(|limit| limit.guard.is_none()));
        if let [first, second, ..] = guarded[..] {
            let differ = first.duration.as_ref().map(Minutes::of) != second.duration.as_ref().map(Minutes::of);
            let known = self.times.disagreeing.iter().any(|(a, b, _)| (*a, *b) == (first.place, second.place));
            if differ && main && !known {
                self.times.disagreeing.push((first.place, second.place, dossier.to_string()));
            }
        }
        if chosen.is_none() && main && !lines.is_empty() && !self.times.uncovered.iter().any(|known| known == dossier) {
            self.times.uncovered.push(dossier.to_string());
        }
        chosen.and_then(|limit| Some((Minutes::of(limit.duration.as_ref()?), limit.place)))
    }

    /// Time counted inside a stage, all visits of a stretch together.
    fn stages(&mut self, class: &Class, explored: &Explored) {
        let lumped = lumped(self.flow());
        for (index, block) in self.flow().blocks.iter().enumerate() {
            let id = BlockId(index);
            let BlockKind::Stage(Some(limit)) = &block.kind else { continue };
            let Some(clock) = only_clock(limit) else { continue };
            let mut weights = self.weights(clock, false, class);
            let inside = |parent: Option<BlockId>| self.flow().around(parent).any(|around| around == id);
            for (step, minutes) in self.flow().steps.iter().zip(&mut weights.steps) {
                let other_clock =
                    step.time.duration.as_ref().is_some_and(|duration| only_clock(duration) != Some(clock));
                if !inside(step.parent) || other_clock {
                    *minutes = 0;
                }
            }
            weights.stages.retain(|stage, _| inside(self.flow().block(*stage).parent));
            let Some(part) = self.part(explored, &weights, Minutes::of(limit).part(clock), block.place) else {
                continue;
            };
            // Steps with times of their own in a stage that shares its limit must only fit.
            if lumped.contains(&id) && part.worst <= part.limit {
                continue;
            }
            keep_largest(&mut self.times.stages, id, part);
        }
    }

    fn part(&self, explored: &Explored, weights: &Weights, limit: i64, place: Place) -> Option<PartTime> {
        let longest = Longest::of(self.flow(), self.net, explored, weights, None)?;
        let finish = longest.finishes().into_iter().max_by_key(|finish| finish.minutes)?;
        let steps = longest.path(finish.state);
        let path =
            steps.into_iter().filter(|step| weights.steps.get(step.0).is_some_and(|minutes| *minutes > 0)).collect();
        Some(PartTime { worst: finish.minutes, limit, place, path })
    }

    fn shares(&mut self, class: &Class, explored: &Explored) {
        for (agency, limit) in &self.case.data.shares {
            let Some(duration) = &limit.duration else { continue };
            let Some(clock) = only_clock(duration) else { continue };
            let applies = limit
                .guard
                .as_ref()
                .is_none_or(|guard| self.partition.holds(guard, class, &|_| Last::Unknown) != Truth::No);
            if !applies {
                continue;
            }
            let mut weights = self.weights(clock, false, class);
            for (step, minutes) in self.flow().steps.iter().zip(&mut weights.steps) {
                if !self.charged(step, *agency) {
                    *minutes = 0;
                }
            }
            // A stage that costs its limit as a whole is charged where any of its steps is.
            let charged_stage = |stage: &BlockId| {
                let inside = |step: &&Step| self.flow().around(step.parent).any(|around| around == *stage);
                self.flow().steps.iter().filter(inside).any(|step| self.charged(step, *agency))
            };
            weights.stages = weights
                .stages
                .into_iter()
                .map(|(stage, minutes)| (stage, if charged_stage(&stage) { minutes } else { 0 }))
                .collect();
            if let Some(part) = self.part(explored, &weights, Minutes::of(duration).part(clock), limit.place) {
                keep_largest(&mut self.times.shares, *agency, part);
            }
        }
    }

    /// Jointly: each agency in full; one of them: it may be this one.
    fn charged(&self, step: &Step, agency: OrgId) -> bool {
        let agency = self.model.agency_of(agency);
        let performers = step.performers.as_ref().map(|performers| performers.each()).unwrap_or_default();
        performers
            .into_iter()
            .any(|performer| matches!(performer.actor, Actor::Org(id) if self.model.agency_of(id) == agency))
    }
}

fn keep_largest<K: PartialEq>(list: &mut Vec<(K, PartTime)>, key: K, part: PartTime) {
    match list.iter_mut().find(|(known, kept)| *known == key && kept.place == part.place) {
        Some((_, kept)) if kept.worst >= part.worst => {}
        Some((_, kept)) => *kept = part,
        None => list.push((key, part)),
    }
}

/// The one clock of a duration; none where it has parts on both, or months.
pub fn only_clock(duration: &Duration) -> Option<Clock> {
    match (duration.working, duration.calendar, duration.months) {
        (_, 0, 0) => Some(Clock::Working),
        (0, _, 0) => Some(Clock::Calendar),
        _ => None,
    }
}

/// Working, calendar or mixed: by the units of the counted, non-zero durations and the limits.
fn clock_of(model: &Model, case: &Case, net: &Net) -> Clock {
    let steps =
        case.flow.steps.iter().filter(|step| !step.time.uncounted).filter_map(|step| step.time.duration.as_ref());
    let limits = case.data.limits.iter().filter_map(|limit| limit.duration.as_ref());
    let stages = case.flow.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Stage(limit) => limit.as_ref(),
        _ => None,
    });
    let rounds = net.graph.edge_weights().filter_map(|way| match &way.round {
        Some(Round::Each(duration) | Round::All(duration)) => Some(duration),
        _ => None,
    });
    let (mut working, mut calendar) = (false, false);
    for duration in steps.chain(limits).chain(stages).chain(rounds) {
        working |= duration.working > 0;
        calendar |= duration.calendar > 0 || duration.months > 0;
        if duration.months > 0 {
            return Clock::Mixed;
        }
    }
    for called in case.flow.steps.iter().filter_map(|step| step.call.as_ref()?.procedure) {
        let lines = model.procedures[called.0].cases.iter().flat_map(|case| &case.data.limits);
        for duration in lines.filter_map(|limit| limit.duration.as_ref()) {
            working |= duration.working > 0;
            calendar |= duration.calendar > 0 || duration.months > 0;
        }
    }
    match (working, calendar) {
        (true, true) => Clock::Mixed,
        (_, true) => Clock::Calendar,
        _ => Clock::Working,
    }
}

/// The limits of the stages that make up the whole process, where nothing stands outside of them.
pub fn stage_limits(flow: &Flow) -> Option<Vec<(BlockId, &Duration)>> {
    let mut limits = Vec::new();
    for node in &flow.body {
        match node {
            Node::Block(id) => match &flow.block(*id).kind {
                BlockKind::Stage(Some(limit)) => limits.push((*id, limit)),
                _ => return None,
            },
            Node::Step(_) => return None,
        }
    }
    (limits.len() > 1).then_some(limits)
}
