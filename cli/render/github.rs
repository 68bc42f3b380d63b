//! `--format github`: workflow commands, which GitHub Actions shows beside the lines of a change.

use super::{Finding, Report};
use tthc_compiler::diagnostic::Severity;

/// The report as workflow commands, one a line.
pub fn render(report: &Report) -> String {
    report.findings.iter().map(|finding| command(report, finding)).collect()
}

fn command(report: &Report, finding: &Finding) -> String {
    let found = &finding.diagnostic;
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = property(&report.path(finding, found.place.file));
    let range = finding.range(found.place);
    let (start, end) = (range.start, range.end);
    let mut place = format!("file={file},line={},endLine={}", start.line, end.line);
    // Columns are refused where the place spans several lines.
    if start.line == end.line {
        place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
    }
    let title = property(&format!("{} {}", found.code, found.name));
    let mut text = report.say(&found.message).to_string();
    if let Some(help) = &found.help {
        text.push('\n');
        text.push_str(report.say(help));
    }
    format!("::{level} {place},title={title}::{}\n", data(&text))
}

/// Escapes what a message may not hold.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what the value of a property may not hold.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(data("50%: a,\r\nb"), "50%25: a,%0D%0Ab");
        assert_eq!(property("a: 1,5%\n"), "a%3A 1%2C5%25%0A");
    }
}
