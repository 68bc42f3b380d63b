//! Beside each step: the running total, and what is left of the limit.

use crate::view::View;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range};
use tthc_compiler::diagnostic::{Message, say};
use tthc_compiler::editor::times::{self, StepEnd};
use tthc_compiler::rules::amount;

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
        tooltip: Some(InlayHintTooltip::String(view.words(&say(
            "Tổng thời gian chậm nhất đến hết bước này, và phần còn lại của thời hạn",
            "The longest time until this step ends, and what is left of the limit",
        )))),
        padding_left: Some(true),
        padding_right: Some(true),
        data: None,
    }
}

fn label(step: &StepEnd) -> Message {
    let sign = if step.approximate { "≤" } else { "Σ" };
    let total = amount(step.end.minutes, step.clock);
    let left = match step.end.left {
        None => Message::default(),
        Some(left) if left < 0 => {
            let over = amount(-left, step.clock);
            say(format!(" · quá {}", over.vi), format!(" · over by {}", over.en))
        }
        Some(left) => {
            let left = amount(left, step.clock);
            say(format!(" · còn {}", left.vi), format!(" · {} left", left.en))
        }
    };
    say(format!("{sign} {}{}", total.vi, left.vi), format!("{sign} {}{}", total.en, left.en))
}
