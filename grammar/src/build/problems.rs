//! Which of the marks become messages: one mistake, one message.

use super::Builder;
use crate::tree::{Expected, Problem, ProblemKind};
use std::ops::Range;

/// What was found before parsing.
pub struct Before {
    /// Characters, strings, comments, braces.
    pub problems: Vec<Problem>,
    /// The text breaks off inside a block.
    pub breaks_off: bool,
}

impl Builder<'_> {
    /// The problems of the tree with those found before it, in order.
    pub(super) fn finish(self, before: Before) -> Vec<Problem> {
        let Before { problems: mut all, breaks_off } = before;
        all.sort_by_key(|problem| problem.span);
        // A string or a comment without its end spoils what stands beside it, what is too deep does, and so does a
        // brace.
        let unclosed = Lines::of(self.text, &all, spoils_its_line);
        all.retain(|problem| !is_brace(&problem.kind) || !unclosed.hold(problem));
        let braces = Lines::of(self.text, &all, is_brace);
        let last = line_around(self.text, self.text.trim_end().len());
        if breaks_off && unclosed.0.contains(&last) {
            all.retain(|problem| problem.kind != ProblemKind::UnclosedBlock);
        }
        // What is unfinished at the end of the text is the same mistake.
        let unfinished = |problem: &Problem| breaks_off && last.contains(&(problem.span.start as usize));
        let spoiled = |problem: &Problem| unclosed.hold(problem) || braces.hold(problem) || unfinished(problem);
        all.extend(self.problems.into_iter().filter(|problem| !spoiled(problem)));
        all.sort_by_key(|problem| problem.span);
        all.dedup_by(|next, kept| next.span.start == kept.span.start || is_more_of(self.text, kept, next));
        all
    }
}

/// Lines of a text, in order.
struct Lines(Vec<Range<usize>>);

impl Lines {
    /// The lines of the problems of a kind; the problems are in order.
    fn of(text: &str, problems: &[Problem], kind: fn(&ProblemKind) -> bool) -> Lines {
        let mut lines: Vec<Range<usize>> = Vec::new();
        for problem in problems.iter().filter(|problem| kind(&problem.kind)) {
            let start = problem.span.start as usize;
            if lines.last().is_none_or(|line| !line.contains(&start)) {
                lines.push(line_around(text, start));
            }
        }
        Lines(lines)
    }

    fn hold(&self, problem: &Problem) -> bool {
        let start = problem.span.start as usize;
        let after = self.0.partition_point(|line| line.start <= start);
        after.checked_sub(1).is_some_and(|index| self.0[index].contains(&start))
    }
}

/// Braces in a row that close nothing are one mistake, and so is what is missing with what stands in its place.
fn is_more_of(text: &str, kept: &mut Problem, next: &Problem) -> bool {
    let Some(between) = text.get(kept.span.end as usize..next.span.start as usize) else { return false };
    let row = kept.kind == ProblemKind::StrayBrace && next.kind == ProblemKind::StrayBrace && between.trim().is_empty();
    if row {
        kept.span.end = next.span.end;
    }
    let in_its_place = matches!(
        (&kept.kind, &next.kind),
        (ProblemKind::Missing(_), ProblemKind::Unreadable(Expected::Arrow | Expected::StatementIn(_)))
    ) && between.trim_matches([' ', '\t']).is_empty();
    row || in_its_place
}

fn spoils_its_line(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::UnclosedString(_) | ProblemKind::UnclosedComment | ProblemKind::TooDeep(_))
}

fn is_brace(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::UnclosedBlock | ProblemKind::StrayBrace | ProblemKind::Missing(Expected::OpenBrace))
}

/// The line that holds an offset, with its end.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len() + 1, |end| at + end + 1);
    start..end
}
