//! T210: the defects of a process that is drawn, not written: they are found where it is imported.

use crate::diagnostic::Severity;
use crate::rules::Rule;

/// In no `.tthc` there is anything for it: blocks cannot be wrong in this way.
pub(in crate::rules) const RULE: Rule = Rule {
    code: "T210",
    name: "unstructured",
    severity: Severity::Error,
    page: include_str!("t210_unstructured.md"),
    check: |_, _| {},
};
