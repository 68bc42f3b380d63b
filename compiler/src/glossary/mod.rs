//! What every word of the language means, in one or two sentences for whoever writes procedures: completion, hover
//! and the tables of the reference say the same.

mod keys;
mod phrases;
mod words;

use crate::diagnostic::{Message, say};
use tthc_grammar::keywords::Key;
use tthc_grammar::names::fold;
use tthc_grammar::tree::DeclarationKind;

pub use words::GROUPS;

/// A word or phrase with its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// As it is written.
    pub phrase: &'static str,
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Entry {
    /// The meaning.
    pub fn meaning(&self) -> Message {
        say(self.vi, self.en)
    }
}

/// What a key says in a block of this kind.
pub fn key(key: Key, home: DeclarationKind) -> Message {
    let meaning =
        keys::MEANINGS.iter().find(|(known, homes, ..)| *known == key && (homes.is_empty() || homes.contains(&home)));
    meaning.map_or_else(Message::default, |(_, _, vi, en)| say(*vi, *en))
}

/// What a phrase says as the value of a key in a block of this kind; none where it says no more than itself.
pub fn value(key: Key, home: DeclarationKind, phrase: &str) -> Option<Message> {
    find(phrases::of(key, home), phrase)
}

/// What a word that belongs to no key says, or a statement that an editor offers under this title.
pub fn word(phrase: &str) -> Option<Message> {
    let words = GROUPS.iter().find_map(|(_, entries)| find(entries, phrase));
    words.or_else(|| find(phrases::SNIPPETS, phrase))
}

/// The meanings of the values of a key, where they are explained one by one.
pub fn values(key: Key, home: DeclarationKind) -> &'static [Entry] {
    phrases::of(key, home)
}

fn find(entries: &[Entry], phrase: &str) -> Option<Message> {
    let phrase = fold(phrase);
    entries.iter().find(|entry| fold(entry.phrase) == phrase).map(Entry::meaning)
}

const fn entry(phrase: &'static str, vi: &'static str, en: &'static str) -> Entry {
    Entry { phrase, vi, en }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::keys::{BLOCKS, allowed, list_of};
    use tthc_grammar::keywords::{END_STATES, STATUSES, ValueKind, WORDS};
    use tthc_grammar::tree::DeclarationKind as D;

    #[test]
    fn every_key_has_a_meaning_wherever_it_stands() {
        for home in BLOCKS {
            for known in allowed(home) {
                let meaning = key(*known, home);
                assert!(meaning.vi.ends_with('.') && meaning.en.ends_with('.'), "{known:?} in {home:?}");
            }
        }
    }

    #[test]
    fn every_word_has_a_meaning() {
        let kept = |rule: &str| !matches!(rule, "back_alias");
        let missing: Vec<&str> = WORDS
            .iter()
            .filter(|(rule, phrase)| kept(rule) && word(phrase).is_none())
            .map(|(_, phrase)| *phrase)
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        for (list, key) in [(END_STATES, Key::EndWith), (STATUSES, Key::Status)] {
            let missing: Vec<&&str> = list.iter().filter(|phrase| value(key, D::Step, phrase).is_none()).collect();
            assert!(missing.is_empty(), "{missing:?}");
        }
    }

    #[test]
    fn the_values_of_closed_lists_have_meanings() {
        for home in BLOCKS {
            for known in allowed(home).iter().filter(|key| matches!(key.kind(), ValueKind::Closed(_))) {
                let list = list_of(*known, home).unwrap_or_default();
                // What the days of the week are everybody knows, and what `có` says is the meaning of the key.
                let plain = |phrase: &str| matches!(*known, Key::WeeklyRest) || matches!(phrase, "có" | "không");
                let missing: Vec<&&str> =
                    list.iter().filter(|phrase| !plain(phrase) && value(*known, home, phrase).is_none()).collect();
                assert!(missing.is_empty(), "{known:?} in {home:?}: {missing:?}");
            }
        }
    }
}
