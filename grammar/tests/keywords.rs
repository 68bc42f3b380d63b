//! `keywords.pest` is made from the keyword table; this keeps the two the same.
//! `UPDATE_GENERATED=1 cargo test -p tthc-grammar --test keywords` writes the file anew.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use tthc_grammar::keywords::{self, Key, RESERVED, ValueKind, WORDS};
use tthc_grammar::names::fold;
use tthc_grammar::words;

/// One phrase as a grammar expression: every word under the characters it is accepted as.
fn expression(phrase: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for syllable in phrase.split(' ') {
        let codes: Vec<String> = words::codes(syllable).iter().map(char::to_string).collect();
        match (&codes[..], parts.last_mut()) {
            ([one], Some(before)) if before.ends_with('"') => before.insert_str(before.len() - 1, one),
            ([one], _) => parts.push(format!("\"{one}\"")),
            (several, _) => parts.push(format!("(\"{}\")", several.join("\" | \""))),
        }
    }
    parts.join(" ~ ")
}

/// An ordered choice in the order of the table (the frequent ones come first there), but where one phrase begins
/// another the longer one first; a line each.
fn choice(phrases: impl IntoIterator<Item = &'static str>) -> String {
    let mut ordered: Vec<&str> = Vec::new();
    for phrase in phrases {
        let begins = |other: &&str| fold(phrase).starts_with(&(fold(other) + " "));
        let place = ordered.iter().position(begins).unwrap_or(ordered.len());
        if !ordered.contains(&phrase) {
            ordered.insert(place, phrase);
        }
    }
    ordered
        .into_iter()
        .map(|phrase| format!("\n  | {} // {phrase}", expression(phrase)))
        .collect::<String>()
        .replacen('|', " ", 1)
        + "\n"
}

fn generated() -> String {
    let mut out = String::from(
        "// Made from src/keywords.rs by tests/keywords.rs: do not edit, run\n\
         // UPDATE_GENERATED=1 cargo test -p tthc-grammar --test keywords\n\
         //\n\
         // Every word of the language is one character (src/words.rs); the comments say which.\n\n",
    );
    let [names, all] = words::ranges()
        .map(|(first, last)| format!("'\\u{{{:X}}}'..'\\u{{{:X}}}' | \"{}\"", first as u32, last as u32, words::NAME));
    writeln!(out, "name_word = _{{ {names} }}\nname = {{ name_word }}\nword = _{{ {all} }}\n").unwrap();
    for (rule, phrase) in WORDS {
        writeln!(out, "kw_{rule} = _{{ {} }} // {phrase}", expression(phrase)).unwrap();
    }
    out.push_str(&key_rules());
    let closed = Key::ALL.iter().filter_map(|key| match key.kind() {
        ValueKind::Closed(list) => Some(list),
        _ => None,
    });
    writeln!(out, "\nclosed_phrase = @{{{}}}", choice(keywords::STEP_KINDS.iter().chain(closed.flatten()).copied()))
        .unwrap();
    writeln!(out, "\nend_state = @{{{}}}", choice(keywords::END_STATES.iter().copied())).unwrap();
    out
}

/// A key with its colon is one character. Groups that take the same kind of value are neighbours.
fn key_rules() -> String {
    let keys: Vec<_> = words::keys().collect();
    let escape = |code: char| format!("\\u{{{:X}}}", code as u32);
    let mut out = format!(
        "\n// Keys with their colons; `…_words`: without, for the message that the colon is missing.\nkey = _{{ '{}'..'{}' }}\n",
        escape(keys[0].1),
        escape(keys[keys.len() - 1].1)
    );
    let mut groups: BTreeMap<&str, Vec<(Key, char)>> = BTreeMap::new();
    for (key, code) in keys {
        groups.entry(words::group(key.kind())).or_default().push((key, code));
    }
    for (group, keys) in &groups {
        let list: Vec<_> = keys.iter().map(|(key, _)| key.phrase()).collect();
        writeln!(
            out,
            "{group}_key = _{{ '{}'..'{}' }} // {}",
            escape(keys[0].1),
            escape(keys[keys.len() - 1].1),
            list.join(", ")
        )
        .unwrap();
        writeln!(out, "{group}_words = _{{{}}}", choice(list)).unwrap();
    }
    let step_only: Vec<_> = words::keys()
        .filter(|(key, _)| keywords::STEP_ONLY.contains(key))
        .map(|(_, code)| format!("\"{}\"", escape(code)))
        .collect();
    writeln!(out, "step_only_key = _{{ {} }}", step_only.join(" | ")).unwrap();
    out
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

/// `loại` takes the kinds of steps and those of agencies, each once: one of them is both.
#[test]
fn every_kind_is_a_value_of_kind() {
    let ValueKind::Closed(all) = Key::Kind.kind() else { panic!("a closed list") };
    let both: BTreeSet<&str> = keywords::STEP_KINDS.iter().chain(keywords::AGENCY_KINDS).copied().collect();
    assert_eq!(all.iter().copied().collect::<BTreeSet<_>>(), both);
    assert_eq!(all.len(), both.len());
}
