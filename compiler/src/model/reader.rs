//! Reads the attributes of a block for lowering.

use super::organization::Period;
use tthc_grammar::keywords::{Key, ValueKind};
use tthc_grammar::tree::*;

/// Whether a value is of the kind that its key takes.
pub(super) fn fits(key: Key, value: &Value) -> bool {
    match (key.kind(), value) {
        (ValueKind::Text, Value::Text(_)) => true,
        (ValueKind::Duration, Value::Amount(_) | Value::Parameter(_)) => true,
        (ValueKind::Duration, Value::Unstated(_)) => matches!(key, Key::Time | Key::Limit | Key::StatutoryLimit),
        (ValueKind::Period, Value::Period(..)) => true,
        (ValueKind::Closed(_), Value::Phrase(..)) => true,
        (ValueKind::Closed(_), Value::Integer(..)) => key == Key::Status,
        (ValueKind::Names, Value::Performers(_)) => true,
        (ValueKind::Target, Value::Target(_)) => true,
        (ValueKind::Overdue, Value::Target(_) | Value::AsAgreed(_) | Value::AsOutcome(_) | Value::Remind(_)) => true,
        (ValueKind::End, Value::End(..)) => true,
        (ValueKind::Count, Value::Integer(..)) => true,
        (ValueKind::Money, Value::Money(..) | Value::Text(_) | Value::Phrase("không", _)) => true,
        (ValueKind::Days, Value::Date(_)) => true,
        (ValueKind::Hours, Value::Hours(..)) => true,
        _ => false,
    }
}

/// Reads the attributes of a block; what is of the wrong kind is not there.
pub(crate) struct Reader<'t>(&'t [Statement]);

impl<'t> Reader<'t> {
    pub(crate) fn of(block: Option<&'t Block>) -> Reader<'t> {
        Reader(block.map_or(&[], |block| &block.statements))
    }

    fn attributes(&self) -> impl Iterator<Item = &'t Attribute> + use<'t> {
        self.0.iter().filter_map(|statement| match statement {
            Statement::Attribute(attribute) => Some(attribute),
            _ => None,
        })
    }

    /// Every line of a key.
    pub(crate) fn all(&self, key: Key) -> impl Iterator<Item = &'t Attribute> + use<'t> {
        self.attributes().filter(move |attribute| attribute.key == Some(key))
    }

    /// The values of a key that fit it.
    pub(crate) fn values(&self, key: Key) -> impl Iterator<Item = &'t Value> + '_ {
        self.all(key).flat_map(|attribute| &attribute.values).filter(move |value| fits(key, value))
    }

    pub(crate) fn texts(&self, key: Key) -> Vec<String> {
        self.values(key)
            .filter_map(|value| match value {
                Value::Text(text) => Some(text.value.clone()),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn text(&self, key: Key) -> Option<String> {
        self.texts(key).into_iter().next()
    }

    pub(crate) fn phrases(&self, key: Key) -> Vec<&'static str> {
        self.values(key)
            .filter_map(|value| match value {
                Value::Phrase(phrase, _) => Some(*phrase),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn flag(&self, key: Key) -> Option<bool> {
        self.phrases(key).first().map(|phrase| *phrase == "có")
    }

    pub(crate) fn names(&self, key: Key) -> Option<&'t Performers> {
        self.values(key).find_map(|value| match value {
            Value::Performers(performers) => Some(performers),
            _ => None,
        })
    }

    pub(crate) fn count(&self, key: Key) -> Option<u64> {
        self.values(key).find_map(|value| match value {
            Value::Integer(number, _) => Some(*number),
            _ => None,
        })
    }

    pub(crate) fn dates(&self, key: Key) -> Vec<Date> {
        self.values(key)
            .filter_map(|value| match value {
                Value::Date(date) => Some(*date),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn period(&self, key: Key) -> Period {
        self.values(key)
            .find_map(|value| match value {
                Value::Period(from, to) => Some(Period { from: Some(*from), to: *to }),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The texts of those keys that take texts, in the order of [`Key::ALL`].
    pub(crate) fn all_texts(&self) -> Vec<(Key, Vec<String>)> {
        let mut all: Vec<(Key, Vec<String>)> = Vec::new();
        for attribute in self.attributes() {
            let Some(key) = attribute.key.filter(|key| matches!(key.kind(), ValueKind::Text | ValueKind::Money)) else {
                continue;
            };
            let texts = attribute.values.iter().filter_map(|value| match value {
                Value::Text(text) => Some(text.value.clone()),
                _ => None,
            });
            match all.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => known.extend(texts),
                None => all.push((key, texts.collect())),
            }
        }
        all.retain(|(_, texts)| !texts.is_empty());
        all.sort_by_key(|(key, _)| *key);
        all
    }

    /// The same with sums of money, as they are printed: a step has no figures for them.
    pub(crate) fn all_texts_and_sums(&self) -> Vec<(Key, Vec<String>)> {
        let mut all = self.all_texts();
        let mut sums: Vec<(Key, Vec<String>)> = Vec::new();
        for attribute in self.attributes() {
            let Some(key) = attribute.key.filter(|key| key.kind() == ValueKind::Money) else { continue };
            let sum = attribute.values.iter().find_map(|value| match value {
                Value::Money(amount, _) => Some(format!("{} đồng", grouped(&amount.to_string()))),
                _ => None,
            });
            if let Some(sum) = sum.filter(|_| !sums.iter().any(|(known, _)| *known == key)) {
                sums.push((key, vec![sum]));
            }
        }
        sums.sort_by_key(|(key, _)| *key);
        all.append(&mut sums);
        all
    }
}
