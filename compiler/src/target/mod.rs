//! What an approved process is compiled to: one folder per target.

pub mod json;

use crate::diagnostic::Diagnostic;
use crate::project::Project;

/// A file to be written below `--out`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Relative, with `/`; no `..`.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A target of `tthc build`.
pub struct Target {
    /// As in `--target`.
    pub name: &'static str,
    /// One line of help, Vietnamese and English.
    pub about: (&'static str, &'static str),
    /// Builds every procedure that has no error among these findings.
    pub build: fn(&Project, &[Diagnostic]) -> Vec<Output>,
    /// The schema of the output, where there is one.
    pub schema: Option<fn() -> String>,
}

/// Every target.
pub const ALL: &[&Target] = &[&json::TARGET];

/// Finds a target by name.
pub fn find(name: &str) -> Option<&'static Target> {
    ALL.iter().copied().find(|target| target.name == name)
}
