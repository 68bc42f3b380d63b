//! T0: text and syntax. What the parser found, in words.

mod habits;
pub(super) mod t001_syntax;
pub(super) mod t002_unclosed;
pub(super) mod t003_characters;
pub(super) mod t004_foreign_number;
pub(super) mod t005_limits;

use crate::project::Project;
use crate::source::{FileId, Place};
use tthc_grammar::tree::{Problem, ProblemKind};

/// Every problem of every file, with its place.
fn problems(project: &Project) -> impl Iterator<Item = (Place, &ProblemKind)> {
    (0..).map(FileId).zip(&project.files).flat_map(|(file, parsed)| {
        parsed.tree.problems.iter().map(move |Problem { kind, span }| (Place { file, span: *span }, kind))
    })
}
