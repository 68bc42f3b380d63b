//! Verdicts on time, class by class: worst agency time against the limits, stages, shares, deadlines.

mod clock;
mod parts;
mod times;

pub use clock::only_clock;
pub use times::{ClassTime, Clock, Minutes, Missed, PartTime, Times};

use super::authority::{on_site, runs::Runs};
use super::calendars::Calendars;
use super::calls;
use super::classes::{Class, Last, Partition, Truth};
use super::conduct::{Conduct, Look};
use super::explore::Explored;
use super::time::{Longest, Ways, Weights};
use super::tried::Tried;
use crate::graph::{Net, NodeKind};
use crate::model::Model;
use crate::model::flow::{BlockId, BlockKind, Flow, Node, Round, Step, StepId};
use crate::model::procedure::{Case, Limit, Procedure};
use crate::model::time::Duration;
use crate::source::Place;
use clock::clock_of;
use foldhash::{HashMap, HashMapExt};
use petgraph::graph::NodeIndex;
use std::collections::BTreeSet;
use tthc_grammar::tree::EndState;

/// Collects the verdicts while the classes are explored.
pub(in crate::analysis) struct Judge<'a> {
    pub(in crate::analysis) model: &'a Model,
    pub(in crate::analysis) calendars: &'a Calendars<'a>,
    pub(in crate::analysis) procedure: &'a Procedure,
    pub(in crate::analysis) case: &'a Case,
    pub(in crate::analysis) net: &'a Net,
    pub(in crate::analysis) partition: &'a Partition,
    pub(in crate::analysis) times: Times,
    /// What was tried on dates.
    pub(in crate::analysis) tried: Tried,
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
    pub(in crate::analysis) fn new(
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
            pooled: false,
            returning: Vec::new(),
            conduct: Conduct::default(),
        };
        Judge { model, calendars, procedure, case, net, partition, times, tried: Tried::default() }
    }

    pub(in crate::analysis) fn verdict(self) -> Times {
        self.times
    }

    /// Judges the runs of one class.
    pub(in crate::analysis) fn class(&mut self, class: &Class, explored: &Explored) {
        let dossier = self.partition.describe(self.procedure, class);
        self.times.approximate |= explored.seen.approximate;
        self.times.pooled |= explored.seen.pooled;
        let ways = Ways::of(self.flow(), self.net, explored);
        self.limits(class, &ways, &dossier);
        self.stages(class, &ways);
        self.shares(class, &ways);
        self.deadlines(class, &ways);
        self.conduct(class, &ways);
        self.times.returning.extend(Runs::of(self.flow(), self.net, explored, dossier, &on_site::KINDS));
    }

    pub(in crate::analysis) fn flow(&self) -> &'a Flow {
        &self.case.flow
    }

    /// Minutes of each step on one clock: what is counted, or with `all` everything that takes time.
    pub(in crate::analysis) fn weights(&self, clock: Clock, all: bool, class: &Class) -> Weights<'static> {
        self.amounts(all, class, |duration| Minutes::of(duration).part(clock))
    }

    /// The civil months of each step that are counted.
    pub(in crate::analysis) fn months(&self, class: &Class) -> Weights<'static> {
        self.amounts(false, class, |duration| duration.months)
    }

    fn amounts(&self, all: bool, class: &Class, part: impl Fn(&Duration) -> i64) -> Weights<'static> {
        let steps = self.flow().steps.iter().map(|step| match (&step.call, step.time.uncounted && !all) {
            (_, true) => 0,
            (Some(call), _) => {
                let limits = calls::limits(self.model, self.procedure, call);
                calls::candidates(&limits, self.partition, class).into_iter().map(&part).max().unwrap_or_default()
            }
            (None, _) => step.time.duration.as_ref().map_or(0, &part),
        });
        let stages = lumped(self.flow()).into_iter().filter_map(|id| match &self.flow().block(id).kind {
            BlockKind::Stage(Some(limit)) => Some((id, part(limit))),
            _ => None,
        });
        let rounds = self.net.graph.edge_indices().filter_map(|edge| match &self.net.graph[edge].round {
            Some(Round::Each(duration) | Round::All(duration)) => Some((edge, part(duration))),
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

    fn limits(&mut self, class: &Class, ways: &Ways<'_>, dossier: &str) {
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
            let Some(longest) = Longest::of(ways, &weights, None) else { continue };
            // The state in which the longest way of each line of `found` ends, on this clock.
            let mut last_states: Vec<Option<usize>> = Vec::new();
            for finish in longest.finishes() {
                let state = &ways.explored.levels[0].states[finish.state];
                let last = |step: StepId| ways.explored.last(state, step);
                let limit = self.line(&self.case.data.limits, class, &last, dossier, true);
                let statutory = self.line(&self.case.data.statutory, class, &last, dossier, false);
                let key = |line: &Option<(Minutes, Place)>| line.as_ref().map(|(_, place)| *place);
                let at = found
                    .iter()
                    .position(|known| key(&known.limit) == key(&limit) && key(&known.statutory) == key(&statutory));
                let at = at.unwrap_or_else(|| {
                    found.push(ClassTime {
                        dossier: dossier.to_string(),
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
                    known.refused = refused;
                    last_states.resize(last_states.len().max(at + 1), None);
                    last_states[at] = Some(finish.state);
                }
                if !refused {
                    let part = match clock {
                        Clock::Calendar => &mut known.but_refusals.calendar,
                        _ => &mut known.but_refusals.working,
                    };
                    *part = finish.minutes.max(*part);
                }
            }
            for (known, state) in found.iter_mut().zip(last_states) {
                if let Some(state) = state {
                    known.path = longest.path(state);
                }
            }
        }
        if self.times.clock == Clock::Mixed {
            self.date(class, ways, &ends, &mut found);
        }
        self.times.classes.extend(found);
    }

    fn refuses(&self, node: NodeIndex) -> bool {
        matches!(self.net.graph[node], NodeKind::End(EndState::Refused | EndState::NotReceived, _))
    }

    /// What the law of the day has a word on. What is counted by the calendar between working hours has no figure of
    /// its own: the rest says how long it takes at least.
    fn conduct(&mut self, class: &Class, ways: &Ways<'_>) {
        let look = Look { model: self.model, case: self.case, net: self.net, ways };
        let mut elapsed = self.weights(Clock::Working, true, class);
        (elapsed.restarts, elapsed.supplements_restart, elapsed.flat) = (false, true, false);
        self.times.conduct.class(&look, &elapsed);
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
