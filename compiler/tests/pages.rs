//! Every rule's page is run: what it shows as found is found, what it shows as mended is clean.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use tthc_compiler::diagnostic::{Diagnostic, Language};
use tthc_compiler::import;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::rules::{self, Rule};
use tthc_compiler::target::{Capabilities, Target};

/// A target that runs one step after the other, each by somebody, and nothing else.
static ONE_BY_ONE: Target = Target {
    name: "lần-lượt",
    about: ("", ""),
    capabilities: Capabilities {
        parallel: false,
        guarded_limits: false,
        automatic: false,
        timeouts: false,
        ..Capabilities::ALL
    },
    build: |_, _| Vec::new(),
    schema: None,
};

/// A block of a page as files: the first is `chính.tthc` unless a line `//// file: …` names it. With a line
/// `//// target: lần-lượt` that target is chosen.
fn project(block: &str) -> Project {
    let mut files: Vec<(String, String)> = vec![("chính.tthc".into(), String::new())];
    let mut settings = Settings::default();
    if block.starts_with("//// target: lần-lượt\n") {
        settings.targets.push(&ONE_BY_ONE);
    }
    for line in block.lines() {
        match line.strip_prefix("//// file: ") {
            Some(path) => files.push((path.trim().to_string(), String::new())),
            None => {
                let text = &mut files.last_mut().unwrap().1;
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    files.retain(|(_, text)| !text.trim().is_empty());
    let parsed = files.iter().map(|(path, text)| Arc::new(ParsedFile::new(path.as_str(), text.as_bytes())));
    Project::new(parsed.collect(), settings)
}

/// A drawing is imported. Otherwise the findings that concern the page: those of its own family, of the families before it and of style. What later
/// families ask is not shown there, and a page's files are not named after their procedures.
fn findings(rule: &Rule, block: &str) -> Vec<Diagnostic> {
    let concerns = |code: &str| match code {
        "T705" => rule.code == "T705",
        _ => code.starts_with("T7") || code[..2] <= rule.code[..2],
    };
    if block.starts_with('<') {
        let drawn = import::find("bpmn").map(|format| import::import(format, "trang", block.as_bytes()));
        return drawn.unwrap().unwrap().findings;
    }
    project(block).check_with_fixes().into_iter().filter(|diagnostic| concerns(diagnostic.code)).collect()
}

fn brief(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|diagnostic| format!("{} {}", diagnostic.code, diagnostic.message.en)).collect()
}

#[test]
fn pages_find_what_they_show() {
    let mut wrong = Vec::new();
    for rule in rules::ALL {
        let blocks = rule.examples("found");
        assert!(!blocks.is_empty(), "{} shows nothing", rule.code);
        for (index, block) in blocks.iter().enumerate() {
            let found = findings(rule, block);
            if found.is_empty() || found.iter().any(|diagnostic| diagnostic.code != rule.code) {
                wrong.push(format!("{} found {index}: {:?}", rule.code, brief(&found)));
            }
        }
        for part in ["mended", "near miss"] {
            let blocks = rule.examples(part);
            assert!(!blocks.is_empty(), "{} has no {part}", rule.code);
            for (index, block) in blocks.iter().enumerate() {
                let found = findings(rule, block);
                if !found.is_empty() {
                    wrong.push(format!("{} {part} {index}: {:?}", rule.code, brief(&found)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_say_what_the_code_says() {
    for rule in rules::ALL {
        let head = format!("# {} {}\nseverity: {}\n", rule.code, rule.name, rule.severity.word());
        assert!(rule.page.starts_with(&head), "{}: the page begins otherwise", rule.code);
        for language in [Language::Vi, Language::En] {
            assert_ne!(rule.title(language), rule.name, "{}: no title", rule.code);
            assert!(rule.explanation(language).len() > 100, "{}: no explanation", rule.code);
        }
        assert_eq!(rule.examples("found").len(), rule.examples("mended").len(), "{}", rule.code);
    }
}

/// A page that promises a fix has one, and a safe fix mends what is found.
#[test]
fn promised_fixes_are_there() {
    for rule in rules::ALL {
        let promised = rule.page.lines().nth(2) == Some("fix: yes");
        let blocks = rule.examples("found");
        let offered =
            blocks.iter().any(|block| findings(rule, block).iter().any(|diagnostic| !diagnostic.fixes.is_empty()));
        assert!(!promised || offered, "{} promises a fix and offers none", rule.code);
        for block in blocks {
            for diagnostic in findings(rule, block) {
                for fix in diagnostic.fixes.iter().filter(|fix| fix.safe) {
                    assert!(!fix.edits.is_empty());
                    let before = findings(rule, block).len();
                    let after = findings(rule, &applied(block, fix)).len();
                    assert!(after < before, "{}: the fix “{}” does not mend", rule.code, fix.title.en);
                }
            }
        }
    }
}

/// Of the flow every fix mends, safe or not; and those that are shown as promised are there at all.
#[test]
fn every_fix_of_the_flow_mends() {
    let mut offered = 0;
    for rule in rules::ALL.iter().filter(|rule| rule.code.starts_with("T2")) {
        for block in rule.examples("found") {
            let before = findings(rule, block);
            for fix in before.iter().flat_map(|diagnostic| &diagnostic.fixes) {
                let after = findings(rule, &applied(block, fix));
                assert!(
                    after.len() < before.len(),
                    "{}: “{}” does not mend: {:?}",
                    rule.code,
                    fix.title.en,
                    brief(&after)
                );
                offered += 1;
            }
        }
    }
    assert!(offered >= 8, "only {offered} fixes are offered");
}

/// The block with a fix applied; fixes of pages stay in the first file.
fn applied(block: &str, fix: &tthc_compiler::diagnostic::Fix) -> String {
    let mut text = block.to_string();
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place));
    for edit in edits {
        text.replace_range(edit.place.span.range(), &edit.text);
    }
    text
}
