//! Attributes and their values.

use super::{Builder, P};
use crate::keywords::{Key, ValueKind};
use crate::tree::*;
use crate::{Rule, keywords, words};

impl Builder<'_> {
    pub(super) fn attribute(&mut self, pair: P<'_>) -> Attribute {
        let span = self.span(&pair);
        let key = pair.as_str().chars().next().and_then(words::key_of);
        let mut attribute =
            Attribute { key, key_span: span, argument: None, values: Vec::new(), since: None, guard: None, span };
        if key.is_some() {
            // The colon belongs to the key's token.
            let start = pair.as_span().start();
            attribute.key_span = self.without_colon(self.codes.place(start));
        }
        let parts = pair.into_inner();
        attribute.values.reserve_exact(parts.len());
        for inner in parts {
            self.attribute_part(inner, &mut attribute);
        }
        self.join_dates(&mut attribute);
        attribute
    }

    fn attribute_part(&mut self, inner: P<'_>, attribute: &mut Attribute) {
        match inner.as_rule() {
            Rule::share_of => {
                attribute.key = Some(Key::ShareOf);
                attribute.key_span.end = self.span(&inner).end;
                attribute.argument = inner.into_inner().next().map(|path| self.path(&path));
            }
            Rule::unknown_key | Rule::half_known_key => attribute.key_span = self.without_colon(self.span(&inner)),
            Rule::unknown_value => {}
            Rule::since => attribute.since = self.since(inner),
            Rule::guard_clause => attribute.guard = Some(self.guard_clause(inner)),
            Rule::missing_colon => {
                let here = self.span(&inner);
                attribute.key_span.end = here.end;
                attribute.key = attribute.key.or_else(|| keywords::key(self.words(attribute.key_span)));
                self.problem(ProblemKind::Slip(Slip::MissingColon, Some(":".into())), here);
            }
            Rule::missing_from => {
                let next = self.codes.place(inner.as_span().start()).start;
                self.problem(ProblemKind::Slip(Slip::MissingFrom, Some("từ ".into())), Span { start: next, end: next });
            }
            _ => self.attribute_value(inner, attribute),
        }
    }

    /// A key without its colon, and without a comment before that.
    pub(super) fn without_colon(&self, span: Span) -> Span {
        let mut text = self.words(span).trim_end_matches(':').trim_end();
        let end = |text: &str| span.start as usize + text.len();
        while let Ok(index) = self.comments.binary_search_by_key(&end(text), |comment| comment.span.end as usize) {
            text = text[..(self.comments[index].span.start.max(span.start) - span.start) as usize].trim_end();
        }
        Span::new(span.start as usize, end(text))
    }

    fn attribute_value(&mut self, inner: P<'_>, attribute: &mut Attribute) {
        let key = attribute.key.unwrap_or(Key::Note);
        if let (Rule::bad_value | Rule::other_value, ValueKind::Closed(list)) = (inner.as_rule(), key.kind())
            && let Some(values) = self.in_capitals(self.span(&inner), list)
        {
            attribute.values.extend(values);
            return;
        }
        let value = match inner.as_rule() {
            Rule::bad_value | Rule::bad_rest => Value::Error(self.unreadable(expected_for(key), &inner)),
            Rule::missing_value => {
                let at = self.span(&inner);
                self.missing(expected_for(key), at);
                Value::Error(at)
            }
            Rule::other_value => match inner.into_inner().next() {
                Some(other) => self.value(other, key),
                None => return,
            },
            _ => self.value(inner, key),
        };
        attribute.values.push(value);
    }

    fn value(&mut self, pair: P<'_>, key: Key) -> Value {
        let at = self.span(&pair);
        match pair.as_rule() {
            Rule::string => Value::Text(self.string(&pair)),
            Rule::amount => Value::Amount(self.amount(pair)),
            Rule::unstated => Value::Unstated(at),
            Rule::parameter => Value::Parameter(self.name(&pair)),
            Rule::closed_phrase => self.phrase(&pair, key),
            Rule::integer => Value::Integer(self.integer(&pair), at),
            // A code without its quotes is no number, and nothing is wrong with its digits.
            Rule::number if key.kind() == ValueKind::Text => Value::Number(Decimal { mantissa: 0, scale: 0, span: at }),
            Rule::number => Value::Number(self.decimal(&pair, false)),
            Rule::date => self.date(&pair).map_or(Value::Error(at), Value::Date),
            Rule::money => self.money(pair),
            Rule::hour_range => self.hours(&pair),
            Rule::performers => Value::Performers(self.performers(pair)),
            Rule::performer => Value::Performers(Performers::One(self.performer(pair))),
            Rule::target => Value::Target(Box::new(self.target(pair))),
            Rule::end_state => Value::End(self.end_state(&pair), at),
            Rule::as_agreed => Value::AsAgreed(at),
            Rule::as_outcome => match pair.into_inner().next() {
                Some(name) => Value::AsOutcome(self.name(&name)),
                None => Value::Error(at),
            },
            Rule::remind => Value::Remind(at),
            Rule::no => Value::Phrase("không", at),
            _ => Value::Error(at),
        }
    }

    /// A phrase in its standard spelling.
    fn phrase(&mut self, pair: &P<'_>, key: Key) -> Value {
        let at = self.span(pair);
        let mut folded = String::new();
        let mut place = pair.as_span().start();
        for code in pair.as_str().chars() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(if code == words::INTEGER {
                self.words(self.codes.place(place))
            } else {
                words::folded(code)
            });
            place += code.len_utf8();
        }
        match words::phrase(&folded) {
            Some(phrase) => Value::Phrase(phrase, at),
            // `mức 7`
            None => {
                self.problem(ProblemKind::Unreadable(expected_for(key)), at);
                Value::Error(at)
            }
        }
    }

    /// Values of a list that begin with a capital, as those that are meant.
    fn in_capitals(&mut self, at: Span, list: &[&'static str]) -> Option<Vec<Value>> {
        let words = self.words(at);
        if !words.contains(char::is_uppercase) {
            return None;
        }
        let phrase = |word: &str| keywords::phrase(&word.trim().to_lowercase(), list);
        let meant = words.split(',').map(phrase).collect::<Option<Vec<_>>>()?;
        self.problem(ProblemKind::Slip(Slip::Capital, Some(meant.join(", "))), at);
        Some(meant.into_iter().map(|phrase| Value::Phrase(phrase, at)).collect())
    }

    /// `từ … đến …` arrives as two dates.
    fn join_dates(&mut self, attribute: &mut Attribute) {
        if attribute.key.is_none_or(|key| key.kind() != ValueKind::Period) {
            return;
        }
        if let [Value::Date(from), rest @ ..] = attribute.values.as_slice() {
            let to = match rest {
                [Value::Date(to)] => Some(*to),
                _ => None,
            };
            attribute.values = vec![Value::Period(*from, to)];
        }
    }

    fn since(&mut self, pair: P<'_>) -> Option<Since> {
        let inner = pair.into_inner().next()?;
        match inner.as_rule() {
            Rule::since_reception => Some(Since::Reception(self.span(&inner))),
            Rule::reference => Some(Since::Step(self.path(&inner))),
            _ => {
                self.unreadable(Expected::Name, &inner);
                None
            }
        }
    }
}

fn expected_for(key: Key) -> Expected {
    match key.kind() {
        ValueKind::Text => Expected::Text,
        ValueKind::Duration => Expected::Duration,
        ValueKind::Names => Expected::Names,
        ValueKind::Target => Expected::Target,
        ValueKind::End => Expected::EndState,
        _ => Expected::Value(key),
    }
}
