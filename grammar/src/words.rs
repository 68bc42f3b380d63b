//! Words as the grammar reads them: one character for each.
//!
//! The grammar does not read letters. The scanner turns every word, string, number and sign of a file into
//! one character, and `tthc.pest` is written in these characters. So the parser has a fifth of the text to
//! read, spellings (`bước`, `buoc`, either placement of a tone mark) are looked up once, and white space and
//! comments are out of its way. `keywords.pest` gives the characters names; it is made from the tables here.

use crate::keywords::{END_STATES, Key, RESERVED, ValueKind, WORDS};
use crate::names::{fold, moved_tone};
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A word that is no syllable of a keyword.
pub const NAME: char = 'n';
/// A string.
pub const STRING: char = '"';
/// Digits.
pub const INTEGER: char = '0';
/// Digits with points: `2.1`, `3.000.000`.
pub const DOTTED: char = 'v';
/// Any other number: `0,5`, `1/4`.
pub const NUMBER: char = '1';
/// `dd/mm/yyyy`
pub const DATE: char = 'd';
/// `7:30 - 11:30`
pub const HOURS: char = 'h';
/// Digits and one letter: `2a`.
pub const ORDINAL: char = 'o';
/// One line end or more.
pub const LINE: char = '\n';
/// A comment between two words of a line: they are no phrase.
pub const BREAK: char = '\u{B}';
/// `->`
pub const ARROW: char = '→';
/// What has no place in the language.
pub const OTHER: char = '?';

/// Reserved words come first, then the other syllables, then the keys; each range must have room to grow.
const FIRST_RESERVED: u32 = 0x100;
const FIRST_SYLLABLE: u32 = 0x130;
const FIRST_KEY: u32 = 0x600;
/// The longest syllable in bytes; longer words need not be looked up.
const MAX_SYLLABLE: usize = 10;

struct Table {
    /// Spelling, packed → character.
    spellings: HashMap<u128, char>,
    /// Standard syllable → the characters under which it is accepted.
    accepted: BTreeMap<&'static str, Vec<char>>,
    /// Character → the syllable without diacritics.
    folded: Vec<String>,
    /// The keys in the order of their characters.
    keys: Vec<Key>,
    /// Keys by their syllables from the last to the first: (node, character) → node.
    trie: HashMap<(u16, char), u16>,
    /// The key that ends at a node.
    ends: Vec<Option<char>>,
    /// Phrases of all closed lists and the end states, without diacritics → standard spelling.
    phrases: HashMap<String, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

fn all_phrases() -> Vec<&'static str> {
    let mut all: Vec<&'static str> = WORDS.iter().map(|(_, phrase)| *phrase).collect();
    all.extend(RESERVED);
    all.extend(END_STATES);
    for key in Key::ALL {
        all.push(key.phrase());
        if let ValueKind::Closed(list) = key.kind() {
            all.extend(list);
        }
    }
    all
}

/// The spellings of a syllable: standard, the other placement of its tone mark, without diacritics.
fn spellings_of(syllable: &str) -> BTreeSet<String> {
    let others = [moved_tone(syllable, true), moved_tone(syllable, false), Some(fold(syllable))];
    others.into_iter().flatten().chain([syllable.to_string()]).collect()
}

impl Table {
    fn new() -> Table {
        // Spelling → the syllables it may stand for: `co` is `cơ` and `có`. Spellings that stand for the same
        // syllables are one character.
        let mut meanings: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        for syllable in
            all_phrases().into_iter().flat_map(|phrase| phrase.split(' ')).filter(|syllable| !is_number(syllable))
        {
            for spelling in spellings_of(syllable) {
                meanings.entry(spelling).or_default().insert(syllable);
            }
        }
        let mut sets: BTreeMap<&BTreeSet<&'static str>, Vec<&String>> = BTreeMap::new();
        for (spelling, meaning) in &meanings {
            sets.entry(meaning).or_default().push(spelling);
        }
        let mut table = Table {
            spellings: HashMap::default(),
            accepted: BTreeMap::new(),
            folded: Vec::new(),
            keys: Vec::new(),
            trie: HashMap::default(),
            ends: vec![None],
            phrases: HashMap::default(),
        };
        let (mut next_reserved, mut next) = (FIRST_RESERVED, FIRST_SYLLABLE);
        for (set, spellings) in sets {
            let counter =
                if set.iter().any(|syllable| RESERVED.contains(syllable)) { &mut next_reserved } else { &mut next };
            let Some(code) = char::from_u32(*counter) else { continue };
            *counter += 1;
            for syllable in set {
                table.accepted.entry(syllable).or_default().push(code);
            }
            table.spellings.extend(spellings.into_iter().map(|spelling| (packed(spelling), code)));
            let at = (code as u32 - FIRST_RESERVED) as usize;
            table.folded.resize(table.folded.len().max(at + 1), String::new());
            table.folded[at] = set.first().map(|syllable| fold(syllable)).unwrap_or_default();
        }
        table.add_keys();
        table.add_phrases();
        table
    }

    fn add_keys(&mut self) {
        self.keys = Key::ALL.iter().copied().filter(|key| *key != Key::ShareOf).collect();
        self.keys.sort_by_key(|key| group(key.kind()));
        for (index, key) in self.keys.clone().into_iter().enumerate() {
            let mut nodes = vec![0u16];
            for syllable in key.phrase().split(' ').rev() {
                let codes =
                    if is_number(syllable) { vec![number_code(syllable)] } else { self.accepted[syllable].clone() };
                nodes = self.extend_trie(&nodes, &codes);
            }
            for node in nodes {
                self.ends[node as usize] = char::from_u32(FIRST_KEY + index as u32);
            }
        }
    }

    fn extend_trie(&mut self, nodes: &[u16], codes: &[char]) -> Vec<u16> {
        let mut out = Vec::new();
        for node in nodes {
            for code in codes {
                let fresh = self.ends.len() as u16;
                let next = *self.trie.entry((*node, *code)).or_insert(fresh);
                if next == fresh {
                    self.ends.push(None);
                }
                out.push(next);
            }
        }
        out
    }

    fn add_phrases(&mut self) {
        let closed = Key::ALL.iter().filter_map(|key| match key.kind() {
            ValueKind::Closed(list) => Some(list),
            _ => None,
        });
        for phrase in closed.flatten().chain(END_STATES) {
            self.phrases.insert(fold(phrase), phrase);
        }
    }
}

fn is_number(syllable: &str) -> bool {
    syllable.bytes().all(|byte| byte.is_ascii_digit())
}

/// In the table of keys the numbers in a phrase (`4 tại chỗ`) are told apart; nowhere else.
fn number_code(digits: &str) -> char {
    digits.parse::<u8>().ok().and_then(|value| char::from_u32(0xE000 + u32::from(value))).unwrap_or(OTHER)
}

/// The character of a word.
pub(crate) fn code(word: &str) -> char {
    if word.len() > MAX_SYLLABLE { NAME } else { TABLE.spellings.get(&packed(word)).copied().unwrap_or(NAME) }
}

/// A syllable as one number, for it is looked up faster; no syllable has a zero byte.
fn packed(syllable: &str) -> u128 {
    syllable.bytes().fold(0, |packed, byte| packed << 8 | u128::from(byte))
}

/// The key that the words before a colon end in: its character, and how many words it has.
///
/// `words` are the characters and texts of the words, the last one first.
pub(crate) fn key_before<'a>(words: impl Iterator<Item = (char, &'a str)>) -> Option<(char, usize)> {
    let (mut node, mut found) = (0, None);
    for (count, (code, text)) in words.enumerate() {
        let code = if code == INTEGER { number_code(text) } else { code };
        let Some(next) = TABLE.trie.get(&(node, code)) else { break };
        node = *next;
        if let Some(key) = TABLE.ends[node as usize] {
            found = Some((key, count + 1));
        }
    }
    found
}

/// The key of a character.
pub(crate) fn key_of(code: char) -> Option<Key> {
    TABLE.keys.get((code as usize).checked_sub(FIRST_KEY as usize)?).copied()
}

/// A syllable without diacritics; empty for what is no syllable of a keyword.
pub(crate) fn folded(code: char) -> &'static str {
    let at = (code as usize).checked_sub(FIRST_RESERVED as usize);
    at.and_then(|at| TABLE.folded.get(at)).map_or("", String::as_str)
}

/// Whether a character is a word that may be a name.
pub(crate) fn is_name(code: char) -> bool {
    code == NAME || (FIRST_SYLLABLE..FIRST_KEY).contains(&(code as u32))
}

/// Whether a character is a word or a number.
pub(crate) fn is_word(code: char) -> bool {
    matches!(code, NAME | INTEGER | DOTTED | NUMBER | DATE | HOURS | ORDINAL)
        || (FIRST_RESERVED..FIRST_KEY).contains(&(code as u32))
}

/// The standard spelling of a phrase of a closed list or of an end state, from its folded spelling.
pub(crate) fn phrase(folded: &str) -> Option<&'static str> {
    TABLE.phrases.get(folded).copied()
}

/// The name of the group of keys that take values of a kind; keys of one group have neighbouring characters.
pub fn group(kind: ValueKind) -> &'static str {
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

/// For `keywords.pest`: the characters under which a syllable of a keyword is accepted.
pub fn codes(syllable: &str) -> Vec<char> {
    if is_number(syllable) {
        return vec![INTEGER];
    }
    TABLE.accepted.get(syllable).cloned().unwrap_or_default()
}

/// For `keywords.pest`: every key that ends in a colon, with its character, in the order of the characters.
pub fn keys() -> impl Iterator<Item = (Key, char)> {
    TABLE.keys.iter().enumerate().filter_map(|(index, key)| Some((*key, char::from_u32(FIRST_KEY + index as u32)?)))
}

/// For `keywords.pest`: first and last character of the words that may be names, and of all words.
pub fn ranges() -> [(char, char); 2] {
    let at = |code| char::from_u32(code).unwrap_or(OTHER);
    [(at(FIRST_SYLLABLE), at(FIRST_KEY - 1)), (at(FIRST_RESERVED), at(FIRST_KEY - 1))]
}
