//! By when each step ends at the latest, and how much longer it may take.

use super::CaseAnalysis;
use super::calendars::Calendars;
use super::classes::{Class, Last, Partition, Read, Truth};
use super::explore::{Bounds, Explored, explore};
use super::time::{Longest, Ways, Weights};
use super::verdict::{Clock, Judge, Times};
use crate::graph::NodeKind;
use crate::model::Model;
use crate::model::flow::StepId;
use crate::model::procedure::{Case, Procedure};
use std::collections::BTreeMap;

/// When a step ends, in minutes of the clock of its process, counted as the limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// At the latest.
    pub minutes: i64,
    /// What then is left of the limit; less than nothing where it is exceeded; none without a limit.
    pub left: Option<i64>,
}

/// The ends of the steps of a case.
#[derive(Debug)]
pub struct Ends {
    /// Of the minutes.
    pub clock: Clock,
    /// Minutes are upper bounds.
    pub approximate: bool,
    /// By step: where least is left. None for steps that take no part in the count.
    pub steps: Vec<Option<End>>,
}

/// What is asked of a case: its analysis with what it was made from.
struct Asked<'a> {
    procedure: &'a Procedure,
    case: &'a Case,
    analysis: &'a CaseAnalysis,
    times: &'a Times,
    partition: &'a Partition,
    judge: Judge<'a>,
}

impl<'a> Asked<'a> {
    /// None where nothing was proved.
    fn new(
        model: &'a Model,
        calendars: &'a Calendars<'a>,
        analysis: &'a CaseAnalysis,
        partition: &'a Partition,
    ) -> Option<Asked<'a>> {
        let procedure = &model.procedures[analysis.procedure];
        let case = &procedure.cases[analysis.case];
        let times = analysis.times.as_ref()?;
        let judge = Judge::new(model, calendars, procedure, case, &analysis.net, partition);
        Some(Asked { procedure, case, analysis, times, partition, judge })
    }

    fn is_on_one_clock(&self) -> bool {
        self.times.clock != Clock::Mixed
    }

    /// The classes that the case is for, explored, each with its only limit; `Err` where it has several.
    fn classes(&self) -> impl Iterator<Item = (&Class, Explored, Result<Option<i64>, ()>)> {
        let mut read = Read::default();
        read.case(self.case);
        let mut bounds = Bounds::default();
        let applies = |class: &&Class| {
            let guard = self.case.guard.as_ref();
            guard.is_none_or(|guard| self.partition.holds(guard, class, &|_| Last::Unknown) != Truth::No)
        };
        self.partition.classes.iter().filter(applies).map(move |class| {
            let explored =
                explore(&self.case.flow, &self.analysis.net, self.partition, class, &read.steps, &mut bounds);
            let dossier = self.partition.describe(self.procedure, class);
            let mut limits: Vec<Option<i64>> = (self.times.classes.iter())
                .filter(|known| known.dossier == dossier)
                .map(|known| known.limit.map(|(limit, _)| limit.part(self.times.clock)))
                .collect();
            limits.sort();
            limits.dedup();
            let limit = match limits[..] {
                [] => Ok(None),
                [only] => Ok(only),
                _ => Err(()),
            };
            (class, explored, limit)
        })
    }

    fn ways<'l>(&'l self, explored: &'l Explored) -> Ways<'l> {
        Ways::of(&self.case.flow, &self.analysis.net, explored)
    }
}

/// When the steps of a case end at the latest; none where its times could not be judged.
pub fn ends(model: &Model, analysis: &CaseAnalysis) -> Option<Ends> {
    let partition = Partition::of(model, &model.procedures[analysis.procedure]);
    let calendars = Calendars::of(model);
    let asked = Asked::new(model, &calendars, analysis, &partition).filter(Asked::is_on_one_clock)?;
    let clock = asked.times.clock;
    let mut steps: Vec<Option<End>> = vec![None; asked.case.flow.steps.len()];
    for (class, explored, limit) in asked.classes() {
        let weights = asked.judge.weights(clock, false, class);
        let ways = asked.ways(&explored);
        let Some(longest) = Longest::of(&ways, &weights, None) else { continue };
        for (step, minutes) in each_end(asked.analysis, &explored, &longest) {
            let left = limit.ok().flatten().map(|limit| limit - minutes);
            let known = &mut steps[step.0];
            let worse = |known: &End| match (left, known.left) {
                (Some(left), Some(before)) => left < before,
                (None, None) => minutes > known.minutes,
                (left, _) => left.is_some(),
            };
            if known.as_ref().is_none_or(worse) {
                *known = Some(End { minutes, left });
            }
        }
    }
    Some(Ends { clock, approximate: asked.times.approximate, steps })
}

/// Time until a step ends, in each kind by itself: where kinds meet, the calendar decides how long they are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// Minutes of working time.
    pub working: i64,
    /// Minutes of calendar time.
    pub calendar: i64,
    /// Civil months.
    pub months: i64,
}

/// One kind of a total.
type Kind = fn(&mut Total) -> &mut i64;

/// At most how much of each kind passes until the steps of a case on two clocks end; none for a case on one clock,
/// or whose times could not be judged. None for steps that take no part in the count.
pub fn totals(model: &Model, analysis: &CaseAnalysis) -> Option<Vec<Option<Total>>> {
    let partition = Partition::of(model, &model.procedures[analysis.procedure]);
    let calendars = Calendars::of(model);
    let asked = Asked::new(model, &calendars, analysis, &partition).filter(|asked| !asked.is_on_one_clock())?;
    let mut totals: Vec<Option<Total>> = vec![None; asked.case.flow.steps.len()];
    for (class, explored, _) in asked.classes() {
        let working = asked.judge.weights(Clock::Working, false, class);
        let calendar = asked.judge.weights(Clock::Calendar, false, class);
        let months = asked.judge.months(class);
        let kinds: [(Weights<'_>, Kind); 3] = [
            (working, |total| &mut total.working),
            (calendar, |total| &mut total.calendar),
            (months, |total| &mut total.months),
        ];
        let ways = asked.ways(&explored);
        for (weights, kind) in &kinds {
            let Some(longest) = Longest::of(&ways, weights, None) else { continue };
            for (step, amount) in each_end(asked.analysis, &explored, &longest) {
                let known = kind(totals[step.0].get_or_insert_default());
                *known = amount.max(*known);
            }
        }
    }
    Some(totals)
}

/// The latest end of every step that some run reaches; of rework that takes no time of its own only where a step
/// is nothing else.
fn each_end(analysis: &CaseAnalysis, explored: &Explored, longest: &Longest<'_>) -> Vec<(StepId, i64)> {
    // By step: the latest end, and whether it is one of the first time through.
    let mut found: BTreeMap<StepId, (bool, i64)> = BTreeMap::new();
    // Minutes until a level begins. A level is explored after the one around it has begun.
    let mut begins: Vec<Option<i64>> = vec![None; explored.levels.len()];
    begins[0] = Some(0);
    for (number, level) in explored.levels.iter().enumerate() {
        let Some(begin) = begins[number] else { continue };
        for (state, moves) in level.moves.iter().enumerate() {
            let Some(minutes) = longest.to_state(number, state) else { continue };
            let here = begin + minutes;
            for next in moves {
                for inner in next.branches.iter().map(|(inner, _)| *inner).chain(next.beside.iter().copied()) {
                    begins[inner] = begins[inner].max(Some(here));
                }
            }
            if let NodeKind::Step(step) = analysis.net.graph[level.states[state].node] {
                let end = (level.states[state].rework.is_empty(), here);
                let known = found.entry(step).or_insert(end);
                *known = end.max(*known);
            }
        }
    }
    found.into_iter().map(|(step, (_, minutes))| (step, minutes)).collect()
}

/// How much longer a step may take, each time that it is done, before some dossier exceeds its limit.
/// None where there is no limit to exceed, or it is exceeded already.
pub fn slack(model: &Model, analysis: &CaseAnalysis, step: StepId) -> Option<i64> {
    let partition = Partition::of(model, &model.procedures[analysis.procedure]);
    let calendars = Calendars::of(model);
    let asked = Asked::new(model, &calendars, analysis, &partition).filter(Asked::is_on_one_clock)?;
    let mut least: Option<i64> = None;
    for (class, explored, limit) in asked.classes() {
        let Some(limit) = limit.ok()? else { continue };
        let mut weights = asked.judge.weights(asked.times.clock, false, class);
        let own = weights.steps[step.0];
        let ways = asked.ways(&explored);
        let mut worst = |more: i64| {
            weights.steps[step.0] = own + more;
            let longest = Longest::of(&ways, &weights, None)?;
            longest.finishes().iter().map(|finish| finish.minutes).max()
        };
        if worst(0)? > limit {
            return None;
        }
        // A step that this class never comes to may take as long as it likes.
        if worst(limit + 1)? <= limit {
            continue;
        }
        let (mut fits, mut exceeds) = (0, limit + 1);
        while fits + 1 < exceeds {
            let middle = fits + (exceeds - fits) / 2;
            match worst(middle)? <= limit {
                true => fits = middle,
                false => exceeds = middle,
            }
        }
        least = Some(least.map_or(fits, |least| least.min(fits)));
    }
    least
}
