//! `--format sarif`: the part of SARIF 2.1.0 that viewers and code scanning read.

use super::{Finding, Report, fingerprints, pretty};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tthc_compiler::diagnostic::{Fix, Language};
use tthc_compiler::rules::{self, Rule};
use tthc_compiler::source::{FileId, Place};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRule<'a> {
    id: &'a str,
    name: &'a str,
    short_description: Text<'a>,
    full_description: Text<'a>,
    help: Help<'a>,
    default_configuration: Configuration<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Help<'a> {
    text: String,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration<'a> {
    level: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'a str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'a str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
    properties: Properties<'a>,
}

/// What SARIF has no place for.
#[derive(Serialize)]
struct Properties<'a> {
    witness: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Text<'a>,
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

/// The report as a SARIF log of one run.
pub fn render(report: &Report) -> String {
    let language = report.language;
    let rules: Vec<SarifRule> = rules::ALL.iter().map(|rule| sarif_rule(rule, language)).collect();
    let findings = report.findings.iter().zip(fingerprints(report));
    let results: Vec<SarifResult> = findings.map(|(finding, print)| result(report, finding, print)).collect();
    let tag = match language {
        Language::Vi => "vi",
        Language::En => "en",
    };
    let driver: Value = json!({
        "name": "tthc",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "language": tag,
        "rules": rules,
    });
    pretty(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "language": tag,
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true }],
            "results": results,
        }],
    }))
}

fn sarif_rule(rule: &'static Rule, language: Language) -> SarifRule<'static> {
    let explanation = rule.explanation(language);
    SarifRule {
        id: rule.code,
        name: rule.name,
        short_description: Text { text: rule.title(language) },
        full_description: Text { text: explanation },
        help: Help { text: explanation.replace("**", ""), markdown: explanation },
        default_configuration: Configuration { level: rule.severity.word() },
    }
}

fn result<'a>(report: &Report, finding: &'a Finding, fingerprint: String) -> SarifResult<'a> {
    let found = &finding.diagnostic;
    let related = found.labels.iter().zip(1..).map(|((place, message), id)| Location {
        id: Some(id),
        physical_location: physical(report, finding, *place),
        message: Some(Text { text: report.say(message) }),
    });
    SarifResult {
        rule_id: found.code,
        rule_index: rules::ALL.iter().position(|rule| rule.code == found.code),
        level: found.severity.word(),
        message: Text { text: report.say(&found.message) },
        locations: [Location { id: None, physical_location: physical(report, finding, found.place), message: None }],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([("tthc/v1", fingerprint)]),
        fixes: found.fixes.iter().map(|fix| sarif_fix(report, finding, fix)).collect(),
        properties: Properties {
            witness: &found.witness,
            procedure: found.procedure.as_deref(),
            help: found.help.as_ref().map(|help| report.say(help)),
            basis: found.basis,
        },
    }
}

fn sarif_fix<'a>(report: &Report, finding: &Finding, fix: &'a Fix) -> SarifFix<'a> {
    let mut by_file: BTreeMap<FileId, Vec<Replacement>> = BTreeMap::new();
    for edit in &fix.edits {
        by_file.entry(edit.place.file).or_default().push(Replacement {
            deleted_region: region(finding, edit.place),
            inserted_content: Text { text: &edit.text },
        });
    }
    let changes = by_file
        .into_iter()
        .map(|(file, replacements)| Change { artifact_location: artifact(report, finding, file), replacements });
    SarifFix { description: Text { text: report.say(&fix.title) }, artifact_changes: changes.collect() }
}

fn physical(report: &Report, finding: &Finding, place: Place) -> PhysicalLocation {
    PhysicalLocation { artifact_location: artifact(report, finding, place.file), region: region(finding, place) }
}

fn region(finding: &Finding, place: Place) -> Region {
    let range = finding.range(place);
    Region {
        start_line: range.start.line,
        start_column: range.start.column,
        end_line: range.end.line,
        end_column: range.end.column,
    }
}

fn artifact(report: &Report, finding: &Finding, file: FileId) -> Artifact {
    Artifact { uri: uri(&report.path(finding, file)) }
}

/// A path as a URI: relative where the path is.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("thủ tục/a.tthc"), "th%E1%BB%A7%20t%E1%BB%A5c/a.tthc");
        assert_eq!(uri("/a/b"), "file:///a/b");
    }
}
