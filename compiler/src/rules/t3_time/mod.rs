//! T3: time, no excess. What the analysis found, in words.

pub(super) mod t301_excess_time;
pub(super) mod t302_statutory_limit;
pub(super) mod t303_limit_cover;
pub(super) mod t304_unused_time;
pub(super) mod t305_stage_sum;
pub(super) mod t306_no_time;
pub(super) mod t307_mixed_units;
pub(super) mod t308_open_wait;
pub(super) mod t309_share;
pub(super) mod t310_deadline;

use crate::analysis::dated::Late;
use crate::analysis::verdict::{ClassTime, Clock, Times};
use crate::calendar::Moment;
use crate::diagnostic::{Diagnostic, Message, say};
use crate::model::flow::StepId;
use crate::model::procedure::{Case, Procedure};
use crate::model::time::Duration;
use crate::project::Project;
use crate::rules::words::amount;
use crate::rules::{self, Rule};
use crate::source::Place;

/// A case whose time was judged.
pub(super) struct Judged<'p> {
    pub(super) procedure: &'p Procedure,
    pub(super) case: &'p Case,
    pub(super) times: &'p Times,
}

/// Every case that could be judged.
pub(super) fn each(project: &Project) -> impl Iterator<Item = Judged<'_>> {
    rules::sound_texts(project).filter_map(|analysis| {
        let procedure = &project.model.procedures[analysis.procedure];
        let times = analysis.times.as_ref()?;
        Some(Judged { procedure, case: &procedure.cases[analysis.case], times })
    })
}

/// A finding in a case, with the steps that make it up.
pub(super) fn found(rule: &Rule, judged: &Judged<'_>, place: Place, message: Message, path: &[StepId]) -> Diagnostic {
    let mut found = Diagnostic::new(rule, place, message);
    found.procedure = Some(judged.procedure.named.name.clone());
    found.witness = path.iter().map(|step| judged.case.flow.full_name(*step)).collect();
    found
}

/// For which dossiers, as an addition to a sentence.
pub(super) fn for_dossiers(dossier: &str) -> Message {
    match dossier {
        "" => Message::default(),
        dossier => say(format!(" (hồ sơ có {dossier})"), format!(" (dossiers with {dossier})")),
    }
}

/// When something is over that should have been before: from which day, until when, and when it was due.
fn late_by(late: &Late, bound: &str) -> Message {
    let counted = match late.from.minute() {
        0 => (format!("ngày {}", day(late.from)), format!("on {}", day(late.from))),
        _ => (format!("lúc {}", late.from), format!("at {}", late.from)),
    };
    say(
        format!("Bắt đầu {} thì lâu nhất {bound}{} mới xong, hạn là {}", counted.0, late.end, late.due),
        format!("Begun {} it takes until {bound}{} and is due at {}", counted.1, late.end, late.due),
    )
}

/// `16/02/2026`
fn day(moment: Moment) -> String {
    let day = moment.closing_date();
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// The way that takes longest, and on how many days it is too long.
fn way_and_days(judged: &Judged<'_>, late: &Late) -> Message {
    let way = way(judged, &late.path);
    let (late, of) = (late.late_days, late.days);
    say(
        format!("{way}; quá hạn ở {late} trong {of} ngày có dữ liệu lịch"),
        format!("{way}; late on {late} of {of} days with calendar data"),
    )
}

/// `a (4 giờ) → b (2 ngày)`
fn way(judged: &Judged<'_>, path: &[StepId]) -> String {
    let steps = path.iter().map(|step| {
        let name = judged.case.flow.full_name(*step);
        match &judged.case.flow.step(*step).time.duration {
            Some(duration) => format!("{name} ({})", duration.text),
            None => name,
        }
    });
    steps.collect::<Vec<_>>().join(" → ")
}

/// `a (4 giờ) + b (2 ngày)`: the times that make up a sum, with what the rounds of rework add where they are counted
/// together; where branches or stages count otherwise than step by step, the way with the time of each step.
pub(super) fn made_up_of(judged: &Judged<'_>, path: &[StepId], total: i64) -> Message {
    let flow = &judged.case.flow;
    let counted = |step: &StepId| !flow.step(*step).time.uncounted;
    let minutes = |step: &StepId| {
        flow.step(*step).time.duration.as_ref().map_or(0, |duration| duration.working + duration.calendar)
    };
    let with_time = |step: &StepId| {
        let duration = flow.step(*step).time.duration.as_ref()?;
        Some(format!("{} ({})", flow.full_name(*step), duration.text))
    };
    let parts = |steps: &[StepId]| steps.iter().filter_map(with_time).collect::<Vec<_>>().join(" + ");
    let steps: Vec<StepId> = path.iter().copied().filter(counted).collect();
    if steps.iter().map(minutes).sum::<i64>() == total {
        let parts = parts(&steps);
        return say(format!("Tính: {parts}"), format!("Made up of: {parts}"));
    }
    let once: Vec<StepId> =
        (0..steps.len()).filter(|at| !steps[..*at].contains(&steps[*at])).map(|at| steps[at]).collect();
    let rework = total - once.iter().map(minutes).sum::<i64>();
    let all_timed = steps.iter().all(|step| flow.step(*step).time.duration.is_some());
    if once.len() < steps.len() && all_timed && rework > 0 {
        let (parts, rework) = (parts(&once), amount(rework, pure(judged.times).unwrap_or(Clock::Working)));
        return say(
            format!("Tính: {parts} + các vòng làm lại ({})", rework.vi),
            format!("Made up of: {parts} + rounds of rework ({})", rework.en),
        );
    }
    let way = way(judged, path);
    say(format!("Tính: {way}"), format!("Made up of: {way}"))
}

/// The clock on which a class can be compared with its limit: the pure one, or on a mixed clock none.
pub(super) fn pure(times: &Times) -> Option<Clock> {
    (times.clock != Clock::Mixed).then_some(times.clock)
}

/// The process is made of stages only, and takes just the sum of their limits: then that sum is what is wrong.
pub(super) fn stages_speak(judged: &Judged<'_>, class: &ClassTime, clock: Clock) -> bool {
    crate::analysis::verdict::stage_limits(&judged.case.flow).is_some_and(|stages| {
        let part = |duration: &Duration| match clock {
            Clock::Calendar => duration.calendar,
            _ => duration.working,
        };
        stages.iter().map(|(_, limit)| part(limit)).sum::<i64>() == class.worst.part(clock)
    })
}
