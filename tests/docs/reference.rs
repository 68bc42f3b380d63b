//! The reference is complete: every key, phrase and construct of the language stands in it.

use crate::pages::{read, tthc_blocks};
use std::collections::BTreeSet;
use tthc_compiler::model::keys::{BLOCKS, allowed};
use tthc_compiler::project::ParsedFile;
use tthc_grammar::keywords::{AGENCY_KINDS, END_STATES, Key, RESERVED, STATUSES, STEP_KINDS, ValueKind, WORDS};

/// The reference.
pub const PAGE: &str = "docs/ngôn-ngữ.md";

/// The words of the reference that count: its blocks, and what stands in backticks in its tables.
fn shown() -> String {
    let mut shown: String = tthc_blocks(PAGE).into_iter().map(|block| block.text).collect();
    for row in read(PAGE).lines().filter(|line| line.starts_with('|')) {
        shown.extend(row.split('`').skip(1).step_by(2).map(|span| format!("\n{span}")));
    }
    shown
}

fn has_phrase(text: &str, phrase: &str) -> bool {
    let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(phrase).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + phrase.len()..]);
        !part_of_word(before.chars().next_back()) && !part_of_word(behind.chars().next())
    })
}

#[test]
fn every_phrase_is_in_the_reference() {
    let mut phrases: BTreeSet<&str> = WORDS.iter().map(|(_, phrase)| *phrase).collect();
    for list in [END_STATES, STATUSES, STEP_KINDS, AGENCY_KINDS, RESERVED] {
        phrases.extend(list);
    }
    for key in Key::ALL {
        phrases.insert(key.phrase());
        if let ValueKind::Closed(list) = key.kind() {
            phrases.extend(list);
        }
    }
    let shown = shown();
    let missing: Vec<&&str> = phrases.iter().filter(|phrase| !has_phrase(&shown, phrase)).collect();
    assert!(missing.is_empty(), "not in {PAGE}: {missing:?}");
}

/// What the tree prints of every construct that is no key.
const CONSTRUCTS: [&str; 103] = [
    // declarations
    "kind: Import,",
    "kind: Defaults,",
    "kind: Agency,",
    "kind: Role,",
    "kind: Unit,",
    "kind: Posting,",
    "kind: Delegation,",
    "kind: Assignment,",
    "kind: Form,",
    "kind: Calendar,",
    "kind: Procedure,",
    "kind: SharedProcess,",
    "kind: Case,",
    "kind: Process,",
    "kind: After,",
    "kind: Papers,",
    "kind: Fields,",
    "kind: Electronic,",
    "kind: Stage,",
    "kind: Step,",
    "kind: Parallel,",
    "kind: Branch,",
    "kind: Part,",
    "kind: Insert,",
    "kind: Call,",
    "kind: Outcomes,",
    "kind: Choice,",
    // heads
    "Import([",
    "Uncounted(",
    "uncounted: Some(",
    "performers: Some(",
    "time: Some(Amount(",
    "time: Some(Unstated(",
    "time: Some(Parameter(",
    "Join(All)",
    "Join(AtLeast(",
    "Parameters([",
    "alias: Some(",
    "arguments: [Path(",
    "Mapping([(",
    "Guard(Guard",
    "at: Some(Path",
    "label: None",
    "doc: Some(",
    "block: None",
    // values
    "Text(Text",
    "Amount(Amount",
    "Unstated(",
    "Phrase(",
    "Integer(",
    "Date(Date",
    "Period(Date",
    "Money(",
    "Hours(",
    "Performers(One",
    "Target(Target",
    "AsAgreed(",
    "AsOutcome(",
    "Remind(",
    "End(",
    "argument: Some(Path",
    "since: Some(Reception(",
    "since: Some(Step(",
    "unit: Minute,",
    "unit: WorkingHour,",
    "unit: WorkingDay,",
    "unit: Hour,",
    "unit: Day,",
    "unit: Month,",
    "denominator: 2,",
    "All([",
    "Any([",
    "who: Applicant",
    "who: System",
    "who: ReceivingUnit",
    "wording: Some(",
    "Paper(Paper",
    "kind: Some(Flag)",
    "kind: Some(Number(Some",
    "kind: Some(Values(",
    // arrows and guards
    "outcome: Named(",
    "outcome: End(",
    "outcome: Otherwise(",
    "outcome: Guarded",
    "core: Next(",
    "core: To(Path",
    "core: Back(",
    "core: Wait { reason: None",
    "core: Wait { reason: Some",
    "stop_all: true",
    "max_times: Some",
    "exhausted: Some",
    "each_round: Some",
    "all_rounds: true",
    "set_time: Some",
    "restart: Some",
    "Or([",
    "And([",
    "Not(Guard",
    "Holds(",
    "Event(",
    "In(Path",
    "Compare(Path",
];

#[test]
fn every_construct_has_an_example() {
    let mut wanted: Vec<String> = CONSTRUCTS.iter().map(|construct| construct.to_string()).collect();
    wanted.extend(Key::ALL.iter().map(|key| format!("key: Some({key:?})")));
    let operators = ["Equal", "NotEqual", "Less", "AtMost", "Greater", "AtLeast"];
    wanted.extend(operators.iter().map(|operator| format!(", {operator}, ")));
    let clean = tthc_blocks(PAGE).into_iter().filter(|block| block.codes.is_empty());
    let trees: String =
        clean.map(|block| format!("{:?}", ParsedFile::new("", block.whole("").0.as_bytes()).tree.items)).collect();
    let missing: Vec<&String> = wanted.iter().filter(|construct| !trees.contains(construct.as_str())).collect();
    assert!(missing.is_empty(), "no example in {PAGE}: {missing:?}");
}

/// The table behind `<!-- mục: Step -->` lists the keys of the block, no more and no less.
#[test]
fn tables_of_keys_are_complete() {
    let text = read(PAGE);
    for kind in BLOCKS {
        let name = format!("{kind:?}");
        let is_mark = |line: &&str| {
            let list = line.strip_prefix("<!-- mục: ").and_then(|rest| rest.strip_suffix(" -->"));
            list.is_some_and(|list| list.split(", ").any(|other| other == name))
        };
        let mut lines = text.lines().skip_while(|line| !is_mark(line));
        assert!(lines.next().is_some(), "{PAGE} has no table of the keys of {name}");
        let rows = lines.skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
        let first = |row: &'_ str| Some(row.strip_prefix("| `")?.split('`').next()?.to_string());
        let listed: BTreeSet<String> = rows.skip(1).filter_map(first).collect();
        let keys: BTreeSet<String> = allowed(kind).iter().map(|key| key.phrase().to_string()).collect();
        assert_eq!(listed, keys, "the table of the keys of {name} in {PAGE}");
    }
}
