//! What `graph`, `report` and `diff` say of errors in the files that they show: the errors themselves, as `check` does.

use crate::console::{Console, Failure, note};
use crate::render::{Report, human};
use crate::workspace::Workspace;
use tthc_compiler::diagnostic::{Diagnostic, Severity};

/// Shows the errors in the files that were asked for; answers how many there are.
pub fn show(found: Vec<(&Workspace, Vec<Diagnostic>)>, console: &Console) -> Result<usize, Failure> {
    let only_errors = |(workspace, mut findings): (_, Vec<Diagnostic>)| {
        findings.retain(|finding| finding.severity == Severity::Error);
        (workspace, findings)
    };
    let found: Vec<_> = found.into_iter().map(only_errors).collect();
    let errors = found.iter().map(|(_, findings)| findings.len()).sum();
    if errors > 0 {
        note(human::render(&Report::new(found, console.language)?, console.error_look()).trim_end());
    }
    Ok(errors)
}
