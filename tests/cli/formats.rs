//! `tthc check --format …`

use crate::{GOOD, Place, but};
use serde_json::{Value, json};

/// An error with a label and fixes, and a warning with a fix.
fn place() -> Place {
    let text = but(GOOD, "do SXD trong", "do SDX trong").replace("Trả kết quả", "Trả  kết quả");
    Place::with("thủ tục/cấp_phép.tthc", &but(&text, "  cấp: tỉnh\n", "  cấp: tỉnh\n  cấp: tỉnh\n"))
}

fn by_code<'a>(list: &'a Value, key: &str, code: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|item| item[key] == code).unwrap_or_else(|| panic!("no {code} in {list}"))
}

#[test]
fn json_as_documented() {
    let run = place().tthc(&["check", "--format", "json"]);
    assert_eq!(run.status, 1);
    let report = run.json();
    assert_eq!(report["version"], 1);
    assert_eq!(report["files"], 1);
    assert_eq!(report["summary"], json!({ "errors": 2, "warnings": 1, "notes": 0 }));
    let found = by_code(&report["diagnostics"], "code", "T101");
    assert_eq!(found["name"], "unknown-name");
    assert_eq!(found["severity"], "error");
    assert_eq!(found["file"], "thủ tục/cấp_phép.tthc");
    assert_eq!(found["procedure"], "cấp_phép");
    let range = json!({ "start": { "line": 24, "column": 38 }, "end": { "line": 24, "column": 41 } });
    assert_eq!(found["range"], range);
    let edit = json!({ "file": "thủ tục/cấp_phép.tthc", "range": range, "text": "SXD" });
    assert_eq!(found["fixes"][0]["edits"], json!([edit]));
    assert_eq!(found["fixes"][0]["safe"], false);
    assert!(found["help"].as_str().unwrap().contains("SXD"));
    for key in ["labels", "witness", "message", "basis"] {
        assert!(found.get(key).is_some(), "{key}");
    }
    let label = &by_code(&report["diagnostics"], "code", "T103")["labels"][0];
    assert_eq!(label["file"], "thủ tục/cấp_phép.tthc");
    assert_eq!(label["range"]["start"]["line"], 3);
    assert_eq!(by_code(&report["diagnostics"], "code", "T702")["fixes"][0]["safe"], true);
}

#[test]
fn json_without_findings() {
    let run = Place::with("cấp_phép.tthc", GOOD).tthc(&["check", "--format", "json"]);
    let expected = json!({
        "version": 1, "files": 1, "summary": { "errors": 0, "warnings": 0, "notes": 0 }, "diagnostics": [],
    });
    assert_eq!((run.status, run.json()), (0, expected));
}

#[test]
fn sarif_follows_the_schema() {
    // The schema of OASIS; its pattern for `language`, which is no regular expression, is that of errata 01.
    let schema: Value = serde_json::from_str(include_str!("sarif-schema-2.1.0.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for language in ["vi", "en"] {
        let log = place().tthc(&["check", "--format", "sarif", "--lang", language]).json();
        let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn sarif_says_what_is_found() {
    let log = place().tthc(&["check", "--format", "sarif"]).json();
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = &run["tool"]["driver"]["rules"];
    let result = by_code(&run["results"], "ruleId", "T101");
    assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], "T101");
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "th%E1%BB%A7%20t%E1%BB%A5c/c%E1%BA%A5p_ph%C3%A9p.tthc");
    let region = json!({ "startLine": 24, "startColumn": 38, "endLine": 24, "endColumn": 41 });
    assert_eq!(place["region"], region);
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(*change, json!({ "deletedRegion": region, "insertedContent": { "text": "SXD" } }));
    let related = &by_code(&run["results"], "ruleId", "T103")["relatedLocations"][0];
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 3);
    let rule = by_code(rules, "id", "T101");
    assert_eq!(rule["shortDescription"]["text"], "Tên không có");
    assert!(rule["fullDescription"]["text"].as_str().unwrap().contains("Vì sao quan trọng"));
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
}

#[test]
fn github_escapes() {
    let name = "a,b%: c.tthc";
    let place = Place::with(name, &but(GOOD, "do SXD trong", "do SDX trong"));
    let run = place.tthc(&["check", "--format", "github"]);
    let error = run.out.lines().find(|line| line.contains("T101")).unwrap();
    let head = "::error file=a%2Cb%25%3A c.tthc,line=23,endLine=23,col=38,endColumn=41,title=T101 unknown-name::";
    assert!(error.starts_with(head), "{error}");
    assert!(error.contains("%0A"), "message and help on two lines: {error}");
}

#[test]
fn github_leaves_columns_out_where_a_place_spans_lines() {
    let place = Place::with("cấp_phép.tthc", &but(GOOD, "Trả kết quả", "Trả\n kết quả "));
    let run = place.tthc(&["check", "--format", "github"]);
    let warning = run.out.lines().find(|line| line.contains("T702")).unwrap_or_else(|| panic!("{}", run.out));
    assert!(warning.starts_with("::warning file=cấp_phép.tthc,line=24,endLine=25,title=T702 "), "{warning}");
}

#[test]
fn gitlab_fingerprints_stay_when_lines_move() {
    let text = but(GOOD, "do SXD trong", "do SDX trong");
    let text =
        but(&text, "do chuyên_viên trong 1 ngày làm việc { loại: trả", "do SDX trong 1 ngày làm việc { loại: trả");
    let place = Place::with("cấp_phép.tthc", &text);
    let prints = || {
        let issues = place.tthc(&["check", "--format", "gitlab"]).json();
        let issues = issues.as_array().unwrap().clone();
        issues.into_iter().filter(|issue| issue["check_name"] == "T101 unknown-name").collect::<Vec<_>>()
    };
    let before = prints();
    assert_eq!(before.len(), 2);
    assert_eq!(before[0]["severity"], "major");
    assert_eq!(before[0]["location"], json!({ "path": "cấp_phép.tthc", "lines": { "begin": 23, "end": 23 } }));
    assert_ne!(before[0]["fingerprint"], before[1]["fingerprint"]);
    place.write("cấp_phép.tthc", format!("\n\n{text}"));
    let after = prints();
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before["fingerprint"], after["fingerprint"]);
    }
    assert_eq!(after[0]["location"]["lines"]["begin"], 25);
}
