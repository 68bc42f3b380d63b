//! T6: the law of the day.
//!
//! Each rule asks [`crate::law::regimes`] what holds on the days on which a process is judged. What is known of an
//! article only from what others write is never an error.

pub(super) mod t601_one_supplement;
pub(super) mod t602_handed_back;
pub(super) mod t603_consultation;
pub(super) mod t604_late_refusal;
pub(super) mod t605_form;
pub(super) mod t606_hand_over;
pub(super) mod t607_linked;

use crate::analysis::conduct::{Conduct, Until};
use crate::analysis::verdict::Clock;
use crate::diagnostic::{Diagnostic, Message, say};
use crate::law::regimes::{Allowance, Article, Regime, during};
use crate::model::flow::StepId;
use crate::rules::Rule;
use crate::rules::seen::Seen;
use crate::rules::words::amount;

/// The regime under which a process is judged, of several the one that is known best.
fn regime(seen: &Seen<'_>, article: fn(&Regime) -> Article) -> Option<&'static Regime> {
    let mut all: Vec<&Regime> = during(seen.days).collect();
    all.sort_by_key(|regime| !article(regime).read);
    all.first().copied()
}

/// What the runs of a sound process do.
fn conduct<'p>(seen: &Seen<'p>) -> Option<&'p Conduct> {
    seen.analysis.times.as_ref().map(|times| &times.conduct)
}

fn path(seen: &Seen<'_>, steps: &[StepId]) -> Vec<String> {
    steps.iter().map(|step| seen.case.flow.full_name(*step)).collect()
}

/// More time passes than an article allows.
fn too_long(rule: &Rule, seen: &Seen<'_>, until: &Until, allowed: &Allowance, what: &Message) -> Option<Diagnostic> {
    if until.minutes <= allowed.minutes {
        return None;
    }
    let (took, limit) = (amount(until.minutes, Clock::Working), amount(allowed.minutes, Clock::Working));
    // What is counted by the calendar is not in the figure.
    let by_calendar = |step: &StepId| {
        let duration = seen.case.flow.step(*step).time.duration.as_ref();
        duration.is_some_and(|duration| duration.calendar > 0 || duration.months > 0)
    };
    let least = if until.path.iter().any(by_calendar) { say("ít nhất ", "at least ") } else { say("", "") };
    let message = say(
        format!("{} sau {}{} kể từ khi tiếp nhận, quá {}", what.vi, least.vi, took.vi, limit.vi),
        format!("{} {}{} after receipt, more than {}", what.en, least.en, took.en, limit.en),
    );
    let mut found = seen.at_step(rule, until.step, message);
    found.witness = path(seen, &until.path);
    found.basis = Some(allowed.article.text);
    Some(found)
}
