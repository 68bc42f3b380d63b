//! What became of a step between two versions, drawn around its shape: a frame, and a word for those who see no colours.

use super::layout::Rect;
use super::measure::width;
use std::fmt::Write;

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is new.
    Added,
    /// It is gone in the other version.
    Removed,
    /// It says something else.
    Changed,
    /// It only stands elsewhere.
    Moved,
}

/// Between the shape and its frame.
const AWAY: i32 = 4;
const SIZE: u32 = 10;
const HEIGHT: i32 = 14;

impl Mark {
    /// The word at its frame, and the colour of both.
    fn look(self) -> (&'static str, &'static str) {
        match self {
            Mark::Added => ("mới", "#1e7e34"),
            Mark::Removed => ("bỏ", "#c62828"),
            Mark::Changed => ("thay đổi", "#1558b0"),
            Mark::Moved => ("chuyển chỗ", "#1558b0"),
        }
    }

    /// Draws it over what is there.
    pub(super) fn draw(self, out: &mut String, rect: &Rect) {
        let (word, color) = self.look();
        let Rect { x, y, width: across, height } = *rect;
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\" fill=\"none\" stroke=\"{color}\" stroke-width=\"3\"/>",
            x - AWAY,
            y - AWAY,
            across + 2 * AWAY,
            height + 2 * AWAY
        );
        // At the left upper corner, where no line comes in.
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{HEIGHT}\" rx=\"3\" fill=\"{color}\"/><text x=\"{}\" y=\"{}\" \
             style=\"font-size:{SIZE}px;fill:#fff;font-weight:bold\">{word}</text>",
            x - AWAY - 2,
            y - HEIGHT,
            width(word, SIZE) + 12,
            x - AWAY + 4,
            y - 3
        );
    }
}
