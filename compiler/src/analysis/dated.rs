//! Working and calendar time in one process: every day on which a dossier can arrive is tried, by the calendars of
//! those who work on it.
//!
//! Every way of counting is monotone: what begins later does not end earlier. So the latest moment at which each
//! state is reached is all that has to be known of it, and the answer for a day is exact. A period in days does not
//! count its first day, so that the end of a day stands for all its hours; where a limit runs by the hour, the
//! moments of the working days are tried between which nothing changes (`arrivals`). After a pause every day of
//! resumption is possible: then each step is taken at its longest, and the result is a bound.

use super::arrivals::{Trial, by_hours};
use super::classes::Class;
use super::time::{Dates, Longest, Pace, Ways, Weights};
use super::tried::{DatedRuns, remembered};
use super::verdict::{ClassTime, Clock, Judge, lumped, only_clock};
use super::{calls, pauses};
use crate::calendar::{Calendar, Moment};
use crate::model::flow::{BlockKind, Round, StepId};
use crate::model::time::{Duration, Part, PartUnit};
use crate::source::Place;
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use std::rc::Rc;

/// What the calendars say of a limit.
#[derive(Debug, Clone)]
pub enum OnDates {
    /// It is kept, whenever the dossier arrives.
    Kept,
    /// There are days on which it is not.
    Exceeded(Late),
    /// It may not be kept when the process goes on after a pause: at most so long, on the clock of the limit.
    MayExceed {
        /// Minutes.
        worst: i64,
        /// Minutes.
        limit: i64,
        /// On which clock.
        clock: Clock,
        /// The longest way.
        path: Vec<StepId>,
    },
    /// No data decide it.
    Unknown,
}

/// The day on which a limit is exceeded most.
#[derive(Debug, Clone)]
pub struct Late {
    /// When counting begins; the end of a day stands for all of it.
    pub from: Moment,
    /// When it is over at the latest.
    pub end: Moment,
    /// When it is due.
    pub due: Moment,
    /// The way that takes longest.
    pub path: Vec<StepId>,
    /// On how many days it is exceeded.
    pub late_days: usize,
    /// Of how many days.
    pub days: usize,
}

/// When something is over at the latest, and in which state, by moment of arrival.
pub(super) type Latest = Vec<Option<(Moment, usize)>>;

impl Trial {
    /// Compares what is over at the latest with what is due. `path` is the way to a state from a moment on.
    pub(super) fn verdict(&self, latest: &Latest, path: impl FnOnce(Moment, usize) -> Vec<StepId>) -> OnDates {
        let tried = self.starts.iter().zip(latest).zip(self.dues.iter());
        let tried = tried.filter_map(|((from, end), due)| Some((*from, (*end)?, (*due)?)));
        let (mut days, mut late_days) = (Days::default(), Days::default());
        let mut worst: Option<(Moment, (Moment, usize), Moment)> = None;
        for (from, (end, state), due) in tried {
            days.count(from);
            if end > due {
                late_days.count(from);
                if worst.is_none_or(|(_, (worst, _), its_due)| end.0 - due.0 > worst.0 - its_due.0) {
                    worst = Some((from, (end, state), due));
                }
            }
        }
        match worst {
            Some((from, (end, state), due)) => {
                let path = path(from, state);
                OnDates::Exceeded(Late { from, end, due, path, late_days: late_days.number, days: days.number })
            }
            None if days.number == 0 => OnDates::Unknown,
            None => OnDates::Kept,
        }
    }
}

/// Counts days by their moments, which come in order.
#[derive(Default)]
struct Days {
    number: usize,
    last: Option<Moment>,
}

impl Days {
    fn count(&mut self, from: Moment) {
        let day = Some(from.end_of_day());
        self.number += usize::from(day != self.last);
        self.last = day;
    }
}

/// Limits that are left to the calendar, with their lines, by the time that they limit.
type Limits<'a> = HashMap<usize, (Place, &'a Duration)>;

impl<'a> Judge<'a> {
    /// Compares classes on a mixed clock with their limits: kind by kind first, then on the calendar.
    pub(super) fn date(
        &mut self,
        class: &Class,
        ways: &Ways<'_>,
        ends: &HashMap<usize, usize>,
        found: &mut [ClassTime],
    ) {
        let months = self.has_months();
        let mut open = Limits::new();
        for (index, time) in found.iter_mut().enumerate() {
            let Some((limit, place)) = time.limit else { continue };
            if !months && time.worst.working <= limit.working && time.worst.calendar <= limit.calendar {
                time.on_dates = Some(OnDates::Kept);
            } else if let Some(duration) = self.limit_at(place) {
                open.insert(index, (place, duration));
            }
        }
        if open.is_empty() {
            return;
        }
        self.times.approximate |= self.net.graph.edge_weights().any(|way| priced(way.round.as_ref()).is_some());
        let verdicts = if pauses::between(self.flow(), self.net, ways.explored) {
            self.times.approximate = true;
            self.bounds(class, ways, ends, &open)
        } else {
            self.day_by_day(class, ways, ends, &open)
        };
        for (index, verdict) in verdicts {
            found[index].on_dates = Some(verdict);
        }
    }

    fn limit_at(&self, place: Place) -> Option<&'a Duration> {
        self.case.data.limits.iter().find(|limit| limit.place == place)?.duration.as_ref()
    }

    fn has_months(&self) -> bool {
        let steps = self.flow().steps.iter().filter(|step| !step.time.uncounted);
        let mut own = steps.filter_map(|step| step.time.duration.as_ref());
        let called = self.flow().steps.iter().filter_map(|step| step.call.as_ref()?.procedure);
        let mut called = called.flat_map(|id| &self.model.procedures[id.0].cases).flat_map(|case| &case.data.limits);
        let months = |duration: &Duration| duration.months > 0;
        let stage = |kind: &BlockKind| matches!(kind, BlockKind::Stage(Some(limit)) if months(limit));
        own.any(months)
            || called.any(|limit| limit.duration.as_ref().is_some_and(months))
            || self.flow().blocks.iter().any(|block| stage(&block.kind))
            || self.net.graph.edge_weights().any(|way| priced(way.round.as_ref()).is_some_and(months))
    }

    /// Paces of each step, from a moment on: what is counted, or with `all` everything that takes time.
    pub(super) fn dates(&self, all: bool, class: &Class) -> Option<Dates<'a>> {
        let data = &self.case.data;
        let calendar = self.calendars.of_limits(data)?;
        let mut steps = Vec::new();
        for step in &self.flow().steps {
            let durations = match &step.call {
                _ if step.time.uncounted && !all => Vec::new(),
                Some(call) => {
                    let limits = calls::limits(self.model, self.procedure, call);
                    calls::candidates(&limits, self.partition, class)
                }
                None => step.time.duration.iter().collect(),
            };
            let pace = || Some(Pace { calendar: self.calendars.of_step(step, data)?, durations: durations.clone() });
            steps.push(if durations.is_empty() { None } else { Some(pace()?) });
        }
        let pace = |duration: &'a Duration| Pace { calendar, durations: vec![duration] };
        let stages = lumped(self.flow()).into_iter().filter_map(|id| match &self.flow().block(id).kind {
            BlockKind::Stage(Some(limit)) => Some((id, pace(limit))),
            _ => None,
        });
        let rounds = self.net.graph.edge_indices();
        let rounds = rounds.filter_map(|edge| Some((edge, pace(priced(self.net.graph[edge].round.as_ref())?))));
        let start = Moment(0);
        Some(Dates { start, steps, stages: stages.collect(), rounds: rounds.collect() })
    }

    /// The same for a bound on one clock or by dates; stages stand there so that they are known to be shared.
    pub(super) fn dated(&self, dates: Dates<'a>, restarts: bool) -> Weights<'a> {
        let stages = dates.stages.keys().map(|stage| (*stage, 0)).collect();
        Weights {
            steps: Vec::new(),
            stages,
            rounds: HashMap::new(),
            flat: true,
            restarts,
            supplements_restart: false,
            dates: Some(dates),
        }
    }

    fn day_by_day(
        &mut self,
        class: &Class,
        ways: &Ways<'_>,
        ends: &HashMap<usize, usize>,
        open: &Limits<'a>,
    ) -> HashMap<usize, OnDates> {
        let (Some(calendar), Some(dates)) = (self.calendars.of_limits(&self.case.data), self.dates(false, class))
        else {
            return open.keys().map(|index| (*index, OnDates::Unknown)).collect();
        };
        let mut weights = self.dated(dates, true);
        let mut verdicts = HashMap::new();
        for (index, (place, limit)) in open {
            let Some(dates) = &weights.dates else { continue };
            let trial = self.trial(calendar, *place, limit, dates);
            self.times.approximate |= trial.is_approximate();
            let runs = self.runs(&trial, ways, &mut weights);
            let here = runs.iter().filter(|(state, _)| ends.get(state) == Some(index));
            let mut latest: Latest = vec![None; trial.starts.len()];
            for (state, moments) in here {
                for (latest, moment) in latest.iter_mut().zip(moments) {
                    if let Some(moment) = moment.filter(|moment| latest.is_none_or(|(known, _)| *moment > known)) {
                        *latest = Some((moment, *state));
                    }
                }
            }
            let verdict = trial.verdict(&latest, |start, state| {
                weights.dates.iter_mut().for_each(|dates| dates.start = start);
                let longest = Longest::of(ways, &weights, None);
                longest.map(|longest| longest.path(state)).unwrap_or_default()
            });
            verdicts.insert(*index, verdict);
        }
        verdicts
    }

    /// Where and when runs end that begin at each of the moments.
    fn runs(&self, trial: &Trial, ways: &Ways<'_>, weights: &mut Weights<'a>) -> Rc<DatedRuns> {
        if !self.takes_alike() {
            return Rc::new(self.run_each(&trial.starts, ways, weights));
        }
        let key = (ways.explored.levels.clone(), trial.grain);
        remembered(&self.tried.runs, key, || self.run_each(&trial.starts, ways, weights))
    }

    fn run_each(&self, starts: &[Moment], ways: &Ways<'_>, weights: &mut Weights<'a>) -> DatedRuns {
        let mut runs = DatedRuns::new();
        for (number, start) in starts.iter().enumerate() {
            weights.dates.iter_mut().for_each(|dates| dates.start = *start);
            let Some(longest) = Longest::of(ways, weights, None) else { continue };
            let finishes = longest.finishes();
            if runs.is_empty() {
                // The same states are reached whenever runs begin.
                runs = finishes.iter().map(|finish| (finish.state, vec![None; starts.len()])).collect();
            }
            for ((_, moments), finish) in runs.iter_mut().zip(finishes) {
                moments[number] = Dates::known(finish.minutes);
            }
        }
        runs
    }

    /// Each step at its longest, on the clock of the limit.
    fn bounds(
        &self,
        class: &Class,
        ways: &Ways<'_>,
        ends: &HashMap<usize, usize>,
        open: &Limits<'a>,
    ) -> HashMap<usize, OnDates> {
        let mut verdicts: HashMap<usize, OnDates> = open.keys().map(|index| (*index, OnDates::Unknown)).collect();
        let (Some(calendar), Some(dates)) = (self.calendars.of_limits(&self.case.data), self.dates(false, class))
        else {
            return verdicts;
        };
        for (index, (place, limit)) in open.iter().filter(|(_, (_, limit))| !by_hours(limit)) {
            let clock = only_clock(limit).filter(|clock| *clock == Clock::Working).unwrap_or(Clock::Calendar);
            let allowed = remembered(&self.tried.allowed, *place, || match clock {
                Clock::Working => Some(limit.working),
                _ => days_taken(calendar, |from| calendar.due(from, limit)).min(),
            });
            let longest = || longest_each(&dates, calendar, clock);
            let weights = match self.takes_alike() {
                true => remembered(&self.tried.longest, clock, longest),
                false => Rc::new(longest()),
            };
            let (Some(weights), Some(allowed)) = (&*weights, *allowed) else { continue };
            let Some(longest) = Longest::of(ways, weights, None) else { continue };
            let finishes = longest.finishes().into_iter().filter(|finish| ends.get(&finish.state) == Some(index));
            let Some(finish) = finishes.max_by_key(|finish| finish.minutes) else { continue };
            let verdict = if finish.minutes <= allowed {
                OnDates::Kept
            } else {
                let path = longest.path(finish.state);
                OnDates::MayExceed { worst: finish.minutes, limit: allowed, clock, path }
            };
            verdicts.insert(*index, verdict);
        }
        verdicts
    }
}

/// What a round may cost, where it has a price.
fn priced(round: Option<&Round>) -> Option<&Duration> {
    match round {
        Some(Round::Each(duration) | Round::All(duration)) => Some(duration),
        _ => None,
    }
}

/// Calendar minutes, in whole days, that something takes from the end of each day with data.
fn days_taken(calendar: &Calendar, after: impl Fn(Moment) -> Option<Moment>) -> impl Iterator<Item = i64> {
    calendar.days().map(Moment::end_of).filter_map(move |from| {
        let end = after(from)?.end_of_day();
        Some(end.0 - from.0)
    })
}

/// The longest that each thing can take on a clock, whenever it begins; none where nothing is known.
fn longest_each(dates: &Dates, calendar: &Calendar, clock: Clock) -> Option<Weights<'static>> {
    let all = dates.steps.iter().flatten().chain(dates.stages.values()).chain(dates.rounds.values());
    let whole = |pace: &Pace| pace.durations.iter().all(|duration| duration.is_whole_days());
    let begins = if all.into_iter().all(whole) { Moment::end_of } else { |day| Moment::at(day, 0) };
    let longest = |pace: &Pace| match clock {
        Clock::Working => {
            let taken = |duration: &&Duration| working_taken(calendar, pace.calendar, duration, begins);
            pace.durations.iter().map(taken).max()
        }
        _ => Some(days_taken(calendar, |from| pace.after(from)).max()),
    };
    let known = |pace: &Pace| longest(pace).unwrap_or(Some(0));
    let steps: Option<Vec<i64>> = dates.steps.iter().map(|pace| pace.as_ref().map_or(Some(0), known)).collect();
    let stages: Option<HashMap<_, _>> = dates.stages.iter().map(|(id, pace)| Some((*id, known(pace)?))).collect();
    let rounds: Option<HashMap<_, _>> = dates.rounds.iter().map(|(id, pace)| Some((*id, known(pace)?))).collect();
    Some(Weights {
        steps: steps?,
        stages: stages?,
        rounds: rounds?,
        flat: false,
        restarts: true,
        supplements_restart: false,
        dates: None,
    })
}

/// The most working minutes of a limit's calendar that a period can take: each part at its longest. `begins` says
/// from when on it can begin on a day: where everything takes whole days, at its end.
fn working_taken(
    calendar: &Calendar,
    own: &Calendar,
    duration: &Duration,
    begins: impl Fn(Date) -> Moment,
) -> Option<i64> {
    let longest = |part: &Part| match part.unit {
        PartUnit::WorkingDay | PartUnit::WorkingTime if std::ptr::eq(calendar, own) => Some(part.amount),
        PartUnit::Hour => Some(part.amount),
        // What begins on a day is over at the latest as if it began at its end.
        _ => {
            let taken = |day| {
                let end = own.after_part(Moment::end_of(day), *part)?;
                Some(calendar.worked(end)? - calendar.worked(begins(day))?)
            };
            calendar.days().filter_map(taken).max()
        }
    };
    duration.parts.iter().try_fold(0, |sum, part| Some(sum + longest(part)?))
}
