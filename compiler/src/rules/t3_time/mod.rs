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
    let steps = late.path.iter().map(|step| {
        let name = judged.case.flow.full_name(*step);
        match &judged.case.flow.step(*step).time.duration {
            Some(duration) => format!("{name} ({})", duration.text),
            None => name,
        }
    });
    let way = steps.collect::<Vec<_>>().join(" → ");
    let (late, of) = (late.late_days, late.days);
    say(
        format!("{way}; quá hạn ở {late} trong {of} ngày có dữ liệu lịch"),
        format!("{way}; late on {late} of {of} days with calendar data"),
    )
}

/// `a (4 giờ) + b (2 ngày)`: the times that make up a sum; where rounds, branches or stages count otherwise than
/// step by step, only the way.
pub(super) fn sum(judged: &Judged<'_>, path: &[StepId], total: i64) -> String {
    let flow = &judged.case.flow;
    let timed: Vec<(StepId, &Duration)> = path
        .iter()
        .filter(|step| !flow.step(**step).time.uncounted)
        .filter_map(|step| Some((*step, flow.step(*step).time.duration.as_ref()?)))
        .collect();
    let minutes: i64 = timed.iter().map(|(_, duration)| duration.working + duration.calendar).sum();
    if minutes != total {
        return path.iter().map(|step| flow.full_name(*step)).collect::<Vec<_>>().join(" → ");
    }
    let parts = timed.iter().map(|(step, duration)| format!("{} ({})", flow.full_name(*step), duration.text));
    parts.collect::<Vec<_>>().join(" + ")
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
