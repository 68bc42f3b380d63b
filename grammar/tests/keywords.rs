//! `keywords.pest` is made from the keyword table; this keeps the two the same.
//! `UPDATE_GENERATED=1 cargo test -p tthc-grammar --test keywords` writes the file anew.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use tthc_grammar::keywords::{self, Key, RESERVED, ValueKind, WORDS};
use tthc_grammar::names::{fold, moved_tone};

/// One phrase as a grammar expression: every syllable in its accepted spellings, blanks between.
fn expression(phrase: &str) -> String {
    let syllables = phrase.split(' ').map(|syllable| {
        let mut spellings = vec![syllable.to_string()];
        for other in [moved_tone(syllable, true), moved_tone(syllable, false), Some(fold(syllable))] {
            spellings.extend(other.filter(|other| !spellings.contains(other)));
        }
        let quoted: Vec<_> = spellings.iter().map(|s| format!("\"{s}\"")).collect();
        if quoted.len() == 1 { quoted[0].clone() } else { format!("({})", quoted.join(" | ")) }
    });
    format!("{} ~ w", syllables.collect::<Vec<_>>().join(" ~ b ~ "))
}

/// An ordered choice that tries the longest phrase first.
fn choice(phrases: impl IntoIterator<Item = &'static str>) -> String {
    let mut phrases: Vec<_> = phrases.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    phrases.sort_by_key(|phrase| (std::cmp::Reverse(phrase.split(' ').count()), *phrase));
    phrases.into_iter().map(expression).collect::<Vec<_>>().join("\n  | ")
}

fn generated() -> String {
    let mut out = String::from(
        "// Made from src/keywords.rs by tests/keywords.rs: do not edit, run\n\
         // UPDATE_GENERATED=1 cargo test -p tthc-grammar --test keywords\n\n",
    );
    for (rule, phrase) in WORDS {
        writeln!(out, "kw_{rule} = _{{ {} }}", expression(phrase)).unwrap();
    }
    writeln!(out, "\nreserved = _{{ {} }}", choice(RESERVED.iter().copied())).unwrap();
    let mut groups: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    let mut closed: Vec<&'static str> = Vec::new();
    for key in Key::ALL.iter().filter(|key| **key != Key::ShareOf) {
        groups.entry(group(key.kind())).or_default().push(key.phrase());
        if let ValueKind::Closed(list) = key.kind() {
            closed.extend(list);
        }
    }
    for (group, phrases) in &groups {
        writeln!(out, "\n{group}_key = @{{ {} }}", choice(phrases.iter().copied())).unwrap();
    }
    let step_only = keywords::STEP_ONLY.iter().map(|key| key.phrase());
    writeln!(out, "\nstep_only_key = _{{ {} }}", choice(step_only)).unwrap();
    writeln!(out, "\nclosed_phrase = @{{ {} }}", choice(closed)).unwrap();
    writeln!(out, "\nend_state = @{{ {} }}", choice(keywords::END_STATES.iter().copied())).unwrap();
    out
}

fn group(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "text",
        ValueKind::Duration => "duration",
        ValueKind::Period => "period",
        ValueKind::Closed(_) => "closed",
        ValueKind::Names => "names",
        ValueKind::Target => "target",
        ValueKind::End => "end",
        ValueKind::Overdue => "overdue",
        ValueKind::Count => "count",
        ValueKind::Money => "money",
        ValueKind::Days => "days",
        ValueKind::Hours => "hours",
    }
}

#[test]
fn the_grammar_file_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/keywords.pest");
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(path, generated()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), generated());
}

/// A key must mean one thing in every spelling, and so must a phrase in its closed list.
#[test]
fn no_two_keywords_compete() {
    let mut seen = BTreeMap::new();
    for key in Key::ALL {
        if let Some(other) = seen.insert(fold(key.phrase()), key) {
            panic!("{key:?} and {other:?} are spelled alike");
        }
        if let ValueKind::Closed(list) = key.kind() {
            let folded: BTreeSet<_> = list.iter().map(|phrase| fold(phrase)).collect();
            assert_eq!(folded.len(), list.len(), "two values of {key:?} are spelled alike");
        }
    }
    let words: BTreeSet<_> = WORDS.iter().map(|(_, phrase)| fold(phrase)).collect();
    assert_eq!(words.len(), WORDS.len(), "two keywords are spelled alike");
    for reserved in RESERVED {
        assert!(!reserved.contains(' '), "{reserved} is no single word");
    }
}
