//! The words of the tree-sitter grammar are those of the keyword table; this keeps the two the same.
//! `UPDATE_GENERATED=1 cargo test -p tthc-grammar --test tree_sitter` writes the file anew.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tthc_grammar::keywords::{END_STATES, Key, ValueKind, WORDS};
use tthc_grammar::names::{fold, moved_tone};
use tthc_grammar::words::group;

/// Every way to write these phrases: with diacritics in either placement of tone marks, or without any.
fn spellings<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Value {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for phrase in phrases {
        found.extend([phrase.to_string(), fold(phrase)]);
        found.extend(moved_tone(phrase, true));
        found.extend(moved_tone(phrase, false));
    }
    json!(found)
}

/// The kind of a key's value, as the grammar calls it.
fn kind(key: Key) -> &'static str {
    // Its agency stands before the colon.
    if key == Key::ShareOf { "share" } else { group(key.kind()) }
}

fn generated() -> String {
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut phrases: BTreeSet<&str> = BTreeSet::new();
    for key in Key::ALL {
        keys.entry(kind(*key)).or_default().push(key.phrase());
        if let ValueKind::Closed(list) = key.kind() {
            phrases.extend(list);
        }
    }
    keys.remove("share");
    let words: BTreeMap<&str, Value> = WORDS.iter().map(|(rule, phrase)| (*rule, spellings([*phrase]))).collect();
    let keys: BTreeMap<&str, Value> = keys.into_iter().map(|(kind, list)| (kind, spellings(list))).collect();
    let all = json!({
        "": "Made from grammar/src/keywords.rs by grammar/tests/tree_sitter.rs: do not edit",
        "words": words,
        "keys": keys,
        "phrases": spellings(phrases),
        "ends": spellings(END_STATES.iter().copied()),
    });
    serde_json::to_string_pretty(&all).unwrap() + "\n"
}

#[test]
fn the_words_of_the_tree_sitter_grammar_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../editors/tree-sitter/keywords.json");
    let generated = generated();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(current == generated, "run UPDATE_GENERATED=1 cargo test -p tthc-grammar --test tree_sitter");
}
