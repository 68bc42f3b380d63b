//! `--format gitlab`: the code quality report that GitLab shows in merge requests.

use super::{Finding, Report, fingerprints, pretty};
use serde::Serialize;
use tthc_compiler::diagnostic::Severity;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: String,
    fingerprint: String,
    severity: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The report as a list of issues.
pub fn render(report: &Report) -> String {
    let findings = report.findings.iter().zip(fingerprints(report));
    pretty(&findings.map(|(finding, fingerprint)| issue(report, finding, fingerprint)).collect::<Vec<_>>())
}

fn issue<'a>(report: &Report, finding: &'a Finding, fingerprint: String) -> Issue<'a> {
    let found = &finding.diagnostic;
    let range = finding.range(found.place);
    Issue {
        description: report.say(&found.message),
        check_name: format!("{} {}", found.code, found.name),
        fingerprint,
        severity: match found.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location {
            path: report.path(finding, found.place.file),
            lines: Lines { begin: range.start.line, end: range.end.line },
        },
    }
}
