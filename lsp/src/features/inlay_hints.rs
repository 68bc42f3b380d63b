//! Beside each step: the running total, and what is left of the limit.

use crate::view::View;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range};
use tthc_compiler::diagnostic::{Message, say};
use tthc_compiler::editor::times::{self, StepEnd, Time};
use tthc_compiler::rules::{amount, total};

/// The hints of the steps in a range.
pub fn hints(view: &View, range: Range) -> Vec<InlayHint> {
    let wanted = view.span(range);
    let ends = times::ends(&view.project, view.file);
    let here = ends.into_iter().filter(|end| wanted.start <= end.head.span.end && end.head.span.start <= wanted.end);
    here.map(|end| hint(view, &end)).collect()
}

fn hint(view: &View, step: &StepEnd) -> InlayHint {
    // Before the blank that separates the head from its block.
    let head = view.project.source(step.head.file).words(step.head.span);
    let end = step.head.span.start + head.trim_end().len() as u32;
    InlayHint {
        position: view.position(end),
        label: InlayHintLabel::String(view.words(&label(step))),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(view.words(&tooltip(step)))),
        padding_left: Some(true),
        padding_right: Some(true),
        data: None,
    }
}

fn label(step: &StepEnd) -> Message {
    let (end, clock) = match step.time {
        Time::OneClock(end, clock) => (end, clock),
        // What the calendar makes of the kinds together depends on the day of arrival.
        Time::Mixed(amounts) => {
            let amounts = total(&amounts);
            return say(format!("≤ {}", amounts.vi), format!("≤ {}", amounts.en));
        }
    };
    let sign = if step.approximate { "≤" } else { "Σ" };
    let total = amount(end.minutes, clock);
    let left = match end.left {
        None => Message::default(),
        Some(left) if left < 0 => {
            let over = amount(-left, clock);
            say(format!(" · quá {}", over.vi), format!(" · over by {}", over.en))
        }
        Some(left) => {
            let left = amount(left, clock);
            say(format!(" · còn {}", left.vi), format!(" · {} left", left.en))
        }
    };
    say(format!("{sign} {}{}", total.vi, left.vi), format!("{sign} {}{}", total.en, left.en))
}

fn tooltip(step: &StepEnd) -> Message {
    match step.time {
        Time::OneClock(..) => say(
            "Tổng thời gian chậm nhất đến hết bước này, và phần còn lại của thời hạn",
            "The longest time until this step ends, and what is left of the limit",
        ),
        Time::Mixed(_) => say(
            "Nhiều nhất từng loại thời gian đến hết bước này. Thời hạn được xét theo lịch, với mọi ngày hồ sơ có thể đến.",
            "At most how much of each kind of time passes until this step ends. The limit is judged by the calendar, for \
             every day on which a dossier can arrive.",
        ),
    }
}
