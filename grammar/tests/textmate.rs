//! The colours of editors that do not ask the server are made from the keyword table; this keeps the two the same.
//! `UPDATE_GENERATED=1 cargo test -p tthc-grammar --test textmate` writes the file anew.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use tthc_grammar::keywords::{Key, ValueKind, WORDS};
use tthc_grammar::names::{fold, moved_tone};

/// Words that declare something, or open a block.
const DECLARING: &[&str] = &[
    "import",
    "defaults",
    "agency",
    "form",
    "procedure",
    "process",
    "part",
    "case",
    "stage",
    "step",
    "parallel",
    "branch",
    "insert",
    "call",
    "after",
    "papers",
    "fields",
    "electronic",
    "outcomes",
    "choice",
    "role",
    "unit",
    "post",
    "delegate",
    "assign",
    "calendar",
];
/// Words that say where a dossier goes.
const LEADING: &[&str] = &[
    "when",
    "otherwise",
    "next",
    "back",
    "back_alias",
    "end",
    "wait_supplement",
    "wait",
    "then",
    "at_most",
    "times",
    "exhausted",
    "set_time",
    "all",
    "restart",
    "stop_all",
    "wait_all",
    "wait_some",
];

/// Phrases as one expression, the longest first: with diacritics in either placement of tone marks, or without any.
fn any_of<'a>(phrases: impl IntoIterator<Item = &'a str>) -> String {
    let mut spellings: BTreeSet<String> = BTreeSet::new();
    for phrase in phrases {
        spellings.extend([phrase.to_string(), fold(phrase)]);
        spellings.extend(moved_tone(phrase, true));
        spellings.extend(moved_tone(phrase, false));
    }
    let mut spellings: Vec<String> = spellings.into_iter().collect();
    spellings.sort_by_key(|phrase| std::cmp::Reverse(phrase.chars().count()));
    let expressions = spellings.iter().map(|phrase| phrase.replace(' ', "[ \\t\\x{A0}]+"));
    format!(
        "(?<![\\p{{L}}\\p{{M}}\\p{{N}}_])(?:{})(?![\\p{{L}}\\p{{M}}\\p{{N}}_])",
        expressions.collect::<Vec<_>>().join("|")
    )
}

fn words(names: &[&str]) -> String {
    let found = names.iter().map(|name| WORDS.iter().find(|(rule, _)| rule == name).unwrap().1);
    any_of(found.collect::<Vec<_>>())
}

fn generated() -> String {
    let rest: Vec<&str> = WORDS
        .iter()
        .map(|(rule, _)| *rule)
        .filter(|rule| !DECLARING.contains(rule) && !LEADING.contains(rule))
        .collect();
    let phrases: BTreeSet<&str> = Key::ALL
        .iter()
        .filter_map(|key| match key.kind() {
            ValueKind::Closed(list) => Some(list),
            _ => None,
        })
        .flatten()
        .copied()
        .collect();
    let matches = |scope: &str, expression: String| json!({ "name": format!("{scope}.tthc"), "match": expression });
    let keys = format!("{}(?=[ \\t\\x{{A0}}]*:)", any_of(Key::ALL.iter().map(|key| key.phrase())));
    let grammar: Value = json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "information_for_contributors": ["Made from grammar/src/keywords.rs by grammar/tests/textmate.rs: do not edit"],
        "name": "tthc",
        "scopeName": "source.tthc",
        "patterns": [
            { "include": "#comments" },
            { "include": "#strings" },
            matches("variable.other.property", keys),
            matches("keyword.control", words(LEADING)),
            matches("keyword.other.declaration", words(DECLARING)),
            matches("keyword.operator.word", words(&rest)),
            matches("constant.language", any_of(phrases)),
            matches("constant.numeric", "(?<![\\p{L}\\p{M}\\p{N}_])\\d+(?:[./,:]\\d+)*(?![\\p{L}_])".to_string()),
            matches("keyword.operator", "->|→|[=≠<>≤≥|+]|!=".to_string()),
        ],
        "repository": {
            "comments": { "patterns": [
                { "name": "comment.line.documentation.tthc", "match": "///.*$" },
                { "name": "comment.line.double-slash.tthc", "match": "//.*$" },
                { "include": "#block" },
            ] },
            "block": { "name": "comment.block.tthc", "begin": "/\\*", "end": "\\*/", "patterns": [{ "include": "#block" }] },
            "strings": { "name": "string.quoted.double.tthc", "begin": "\"", "end": "\"", "patterns": [
                { "name": "constant.character.escape.tthc", "match": "\\\\[\"\\\\]" },
            ] },
        },
    });
    serde_json::to_string_pretty(&grammar).unwrap() + "\n"
}

#[test]
fn the_grammar_of_editors_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../editors/vscode/syntaxes/tthc.tmLanguage.json");
    let generated = generated();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &generated).unwrap();
    }
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(current == generated, "run UPDATE_GENERATED=1 cargo test -p tthc-grammar --test textmate");
}
