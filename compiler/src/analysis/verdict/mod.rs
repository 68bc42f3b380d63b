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
    found: Found,
    /// What was tried on dates.
    pub(in crate::analysis) tried: Tried,
}

/// What is known of each class, with its place: classes that go the same ways are judged together.
#[derive(Default)]
struct Found {
    times: Vec<(usize, ClassTime)>,
    uncovered: Vec<(usize, String)>,
    disagreeing: Vec<(usize, (Place, Place, String))>,
    returning: Vec<(usize, Runs)>,
}

/// In the order of the classes.
fn in_order<T>(mut found: Vec<(usize, T)>) -> Vec<T> {
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, known)| known).collect()
}

/// One class, by its place, and a dossier of it.
struct Judged<'c> {
    place: usize,
    class: &'c Class,
    dossier: String,
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
        let (found, tried) = (Found::default(), Tried::default());
        Judge { model, calendars, procedure, case, net, partition, times, found, tried }
    }

    pub(in crate::analysis) fn verdict(self) -> Times {
        let mut times = self.times;
        times.classes = in_order(self.found.times);
        times.uncovered = in_order(self.found.uncovered);
        times.returning = in_order(self.found.returning);
        times.disagreeing = in_order(self.found.disagreeing);
        times
    }

    /// Judges the runs of classes that go the same ways, given by their places.
    pub(in crate::analysis) fn classes(&mut self, alike: &[usize], explored: &Explored) {
        let partition = self.partition;
        let judged = |place: &usize| {
            let class = &partition.classes[*place];
            Judged { place: *place, class, dossier: partition.describe(self.procedure, class) }
        };
        let alike: Vec<Judged> = alike.iter().map(judged).collect();
        let Some(first) = alike.first() else { return };
        self.times.approximate |= explored.seen.approximate;
        self.times.pooled |= explored.seen.pooled;
        let ways = Ways::of(self.flow(), self.net, explored);
        self.limits(&alike, &ways);
        self.stages(first.class, &ways);
        self.shares(&alike, &ways);
        self.deadlines(first.class, &ways);
        self.conduct(first.class, &ways);
        let Some(runs) = Runs::of(self.flow(), self.net, explored, &on_site::KINDS) else { return };
        let runs = |judged: &Judged| (judged.place, Runs { dossier: judged.dossier.clone(), ..runs.clone() });
        self.found.returning.extend(alike.iter().map(runs));
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

    fn limits(&mut self, alike: &[Judged], ways: &Ways<'_>) {
        let clocks: &[Clock] = match self.times.clock {
            Clock::Mixed => &[Clock::Working, Clock::Calendar],
            Clock::Working => &[Clock::Working],
            Clock::Calendar => &[Clock::Calendar],
        };
        let Some(first) = alike.first() else { return };
        let weights: Vec<(Clock, Weights)> =
            clocks.iter().map(|clock| (*clock, self.weights(*clock, false, first.class))).collect();
        let counted = weights.iter().filter_map(|(clock, weights)| Some((*clock, Longest::of(ways, weights, None)?)));
        let counted: Vec<(Clock, Longest)> = counted.collect();
        for judged in alike {
            self.limits_of(judged, ways, &counted);
        }
    }

    /// Compares a class with its limits.
    fn limits_of(&mut self, judged: &Judged, ways: &Ways<'_>, counted: &[(Clock, Longest)]) {
        let mut found: Vec<ClassTime> = Vec::new();
        // By final state: the limit of the runs that end there.
        let mut ends: HashMap<usize, usize> = HashMap::new();
        for (clock, longest) in counted {
            // The state in which the longest way of each line of `found` ends, on this clock.
            let mut last_states: Vec<Option<usize>> = Vec::new();
            for finish in longest.finishes() {
                let state = &ways.explored.levels[0].states[finish.state];
                let last = |step: StepId| ways.explored.last(state, step);
                let limit = self.line(&self.case.data.limits, judged, &last, true);
                let statutory = self.line(&self.case.data.statutory, judged, &last, false);
                let key = |line: &Option<(Minutes, Place)>| line.as_ref().map(|(_, place)| *place);
                let at = found
                    .iter()
                    .position(|known| key(&known.limit) == key(&limit) && key(&known.statutory) == key(&statutory));
                let at = at.unwrap_or_else(|| {
                    found.push(ClassTime::of(judged.dossier.clone(), limit, statutory));
                    found.len() - 1
                });
                ends.insert(finish.state, at);
                let known = &mut found[at];
                let refused = !finish.restarted && self.refuses(state.node);
                let worst = known.worst.part_mut(*clock);
                if finish.minutes >= *worst {
                    *worst = finish.minutes;
                    known.refused = refused;
                    last_states.resize(last_states.len().max(at + 1), None);
                    last_states[at] = Some(finish.state);
                }
                if !refused {
                    let part = known.but_refusals.part_mut(*clock);
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
            self.date(judged.class, ways, &ends, &mut found);
        }
        self.found.times.extend(found.into_iter().map(|time| (judged.place, time)));
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
        judged: &Judged,
        last: &impl Fn(StepId) -> Last<'s>,
        main: bool,
    ) -> Option<(Minutes, Place)> {
        let holds = |limit: &&Limit| {
            let guard = limit.guard.as_ref();
            guard.is_some_and(|guard| {
                matches!(self.partition.holds(guard, judged.class, last), Truth::Yes | Truth::Perhaps)
            })
        };
        let guarded: Vec<&Limit> = lines.iter().filter(holds).collect();
        let chosen = guarded.first().copied().or_else(|| lines.iter().find(|limit| limit.guard.is_none()));
        if let [first, second, ..] = guarded[..] {
            let differ = first.duration.as_ref().map(Minutes::of) != second.duration.as_ref().map(Minutes::of);
            if differ && main {
                let found = (judged.place, (first.place, second.place, judged.dossier.clone()));
                let lines =
                    |(_, (a, b, _)): &&mut (usize, (Place, Place, String))| (*a, *b) == (first.place, second.place);
                match self.found.disagreeing.iter_mut().find(lines) {
                    Some(known) if known.0 > judged.place => *known = found,
                    Some(_) => {}
                    None => self.found.disagreeing.push(found),
                }
            }
        }
        let known = self.found.uncovered.last().is_some_and(|(place, _)| *place == judged.place);
        if chosen.is_none() && main && !lines.is_empty() && !known {
            self.found.uncovered.push((judged.place, judged.dossier.clone()));
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
