//! Which of the marks become messages: one mistake, one message.

use super::Builder;
use crate::tree::{Problem, ProblemKind, Span};

impl Builder<'_> {
    /// The problems of the tree, unclosed blocks included.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.report_unclosed();
        self.problems.sort_by_key(|problem| problem.span.start);
        // Only the first mark at an offset speaks.
        self.problems.dedup_by_key(|problem| problem.span.start);
        self.drop_repeated_misplaced();
        self.problems
    }

    /// Blocks that lack their brace at one place are one mistake; the innermost was open when it was made.
    fn report_unclosed(&mut self) {
        let mut missed: Vec<(usize, usize)> = std::mem::take(&mut self.unclosed_at);
        missed.sort();
        missed.dedup_by(|next, kept| {
            next.0 == kept.0 && {
                kept.1 = kept.1.max(next.1);
                true
            }
        });
        for (at, open) in missed {
            let rest_is_blank = self.text[at..].trim().is_empty();
            let open = if rest_is_blank { self.suspect_by_indent(open).unwrap_or(open) } else { open };
            if rest_is_blank {
                // What is unfinished at the end of the text is the same mistake.
                let end = self.text.trim_end().len();
                self.problems
                    .retain(|problem| (problem.span.end as usize) < end || problem.span.start as usize <= open);
            }
            self.problem(ProblemKind::UnclosedBlock, Span::new(open, open + 1));
        }
    }

    /// The block inside `outer` whose closing brace stands under another block's line: it took that brace away.
    fn suspect_by_indent(&self, outer: usize) -> Option<usize> {
        let indent = |offset: usize| {
            let line = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let text = &self.text[line..];
            text.len() - text.trim_start_matches([' ', '\t']).len()
        };
        let first_on_line = |offset: usize| {
            let line = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
            self.text[line..offset].trim().is_empty()
        };
        self.blocks
            .iter()
            .filter(|(open, close)| *open > outer && first_on_line(*close) && indent(*close) < indent(*open))
            .map(|(open, _)| *open)
            .max()
    }

    /// A block that lost its head leaves many statements misplaced: the first speaks for those that follow it.
    fn drop_repeated_misplaced(&mut self) {
        let mut last: Option<(std::mem::Discriminant<ProblemKind>, crate::tree::Expected)> = None;
        self.problems.retain(|problem| match problem.kind {
            ProblemKind::Unreadable(expected) => {
                let this = (std::mem::discriminant(&problem.kind), expected);
                let repeated = last == Some(this)
                    && problem.span.end > problem.span.start
                    && is_statement_like(problem, self.text);
                last = Some(this);
                !repeated
            }
            _ => {
                last = None;
                true
            }
        });
    }
}

fn is_statement_like(problem: &Problem, text: &str) -> bool {
    let words = &text[problem.span.range()];
    ["bước", "buoc", "giai đoạn", "song song", "nhánh"].iter().any(|keyword| words.starts_with(keyword))
}
