//! Attributes and their values: numbers, dates, durations, performers.

use super::arrows::end_state;
use super::{Builder, P, span, trimmed};
use crate::keywords::{self, Key, ValueKind};
use crate::tree::*;
use crate::{Rule, tree};

impl Builder<'_> {
    pub(super) fn attribute(&mut self, pair: P<'_>) -> Attribute {
        let at = trimmed(&pair);
        let mut attribute = Attribute {
            key: None,
            key_span: at,
            argument: None,
            values: Vec::new(),
            since: None,
            guard: None,
            span: at,
        };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::share_key => {
                    attribute.key = Some(Key::ShareOf);
                    attribute.key_span = trimmed(&inner);
                    attribute.argument = inner.into_inner().next().map(|path| self.path(path));
                }
                rule if is_key(rule) => {
                    attribute.key = keywords::key(inner.as_str());
                    attribute.key_span = trimmed(&inner);
                }
                Rule::unknown_key => attribute.key_span = trimmed(&inner),
                Rule::unknown_value => {}
                Rule::since => attribute.since = self.since(inner),
                Rule::guard_clause => attribute.guard = Some(self.guard_clause(inner)),
                Rule::missing_colon => {
                    let colon = attribute.key_span.end as usize;
                    self.problem(ProblemKind::Slip(Slip::MissingColon, ":".into()), Span::new(colon, colon));
                }
                Rule::missing_from => {
                    let here = span(&inner);
                    self.problem(ProblemKind::Slip(Slip::MissingFrom, "từ ".into()), here);
                }
                _ => self.attribute_value(inner, &mut attribute),
            }
        }
        self.join_dates(&mut attribute);
        attribute
    }

    fn attribute_value(&mut self, inner: P<'_>, attribute: &mut Attribute) {
        let key = attribute.key.unwrap_or(Key::Note);
        let value = match inner.as_rule() {
            Rule::bad_value => {
                let expected = expected_for(key);
                let colon = self.text[attribute.key_span.end as usize..].find(':').map_or(0, |at| at + 1);
                Value::Error(self.unreadable(expected, &inner, attribute.key_span.end as usize + colon))
            }
            Rule::missing_value => {
                let at = span(&inner);
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
        let at = trimmed(&pair);
        match pair.as_rule() {
            Rule::string => Value::Text(self.string(&pair)),
            Rule::amount => Value::Amount(self.amount(pair)),
            Rule::unstated => Value::Unstated(at),
            Rule::parameter => Value::Parameter(self.name(&pair)),
            Rule::closed_phrase => self.closed(&pair, key),
            Rule::integer => Value::Integer(self.integer(&pair), at),
            Rule::number => Value::Number(self.decimal(&pair)),
            Rule::date => self.date(&pair).map_or(Value::Error(at), Value::Date),
            Rule::money => self.money(pair),
            Rule::hour_range => self.hours(&pair),
            Rule::performers => Value::Performers(self.performers(pair)),
            Rule::performer => Value::Performers(Performers::One(self.performer(pair))),
            Rule::target => Value::Target(self.target(pair)),
            Rule::end_state => Value::End(end_state(pair.as_str()), at),
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

    /// A phrase in its standard spelling: of the key's own list, else of whatever list has it.
    fn closed(&mut self, pair: &P<'_>, key: Key) -> Value {
        let at = span(pair);
        let own = match key.kind() {
            ValueKind::Closed(list) => keywords::phrase(pair.as_str(), list),
            _ => None,
        };
        let any = || {
            Key::ALL.iter().find_map(|key| match key.kind() {
                ValueKind::Closed(list) => keywords::phrase(pair.as_str(), list),
                _ => None,
            })
        };
        own.or_else(any).map_or(Value::Error(at), |phrase| Value::Phrase(phrase, at))
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
        let end = trimmed(&pair).end as usize;
        let inner = pair.into_inner().next()?;
        match inner.as_rule() {
            Rule::since_reception => Some(Since::Reception(trimmed(&inner))),
            Rule::reference => Some(Since::Step(self.path(inner))),
            _ => {
                self.unreadable(Expected::Name, &inner, end);
                None
            }
        }
    }

    pub(super) fn integer(&mut self, pair: &P<'_>) -> u64 {
        pair.as_str().parse().unwrap_or_else(|_| {
            self.problem(ProblemKind::TooLargeNumber, span(pair));
            0
        })
    }

    fn money(&mut self, pair: P<'_>) -> Value {
        let at = trimmed(&pair);
        let Some(number) = pair.into_inner().next() else { return Value::Error(at) };
        let decimal = self.decimal(&number);
        if decimal.scale > 0 {
            self.problem(ProblemKind::ForeignNumber(None), decimal.span);
            return Value::Error(at);
        }
        Value::Money(decimal.mantissa.unsigned_abs(), at)
    }

    fn hours(&mut self, pair: &P<'_>) -> Value {
        let at = span(pair);
        let minutes: Vec<u32> = pair
            .as_str()
            .split(['-', '–'])
            .filter_map(|time| time.trim().split_once(':'))
            .filter_map(|(hour, minute)| Some((hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?)))
            .filter(|(hour, minute)| *hour <= 24 && *minute < 60)
            .map(|(hour, minute)| hour * 60 + minute)
            .collect();
        match minutes[..] {
            [from, to] if from < to && to <= 24 * 60 => Value::Hours(from, to, at),
            _ => {
                self.problem(ProblemKind::Unreadable(Expected::Value(Key::WorkingHours)), at);
                Value::Error(at)
            }
        }
    }

    /// A number in Vietnamese notation; foreign notation is reported and read as what it most likely means.
    pub(super) fn decimal(&mut self, pair: &P<'_>) -> Decimal {
        let at = span(pair);
        match vietnamese_number(pair.as_str()) {
            Ok((mantissa, scale)) => Decimal { mantissa, scale, span: at },
            Err(kind) => {
                let read = match &kind {
                    ProblemKind::ForeignNumber(Some(fixed)) => vietnamese_number(fixed).unwrap_or((0, 0)),
                    _ => (0, 0),
                };
                self.problem(kind, at);
                Decimal { mantissa: read.0, scale: read.1, span: at }
            }
        }
    }

    pub(super) fn date(&mut self, pair: &P<'_>) -> Option<tree::Date> {
        let at = span(pair);
        let parts: Vec<i16> = pair.as_str().split('/').filter_map(|part| part.parse().ok()).collect();
        let date = match parts[..] {
            [day, month, year] => valid_date(year, month, day, at),
            _ => None,
        };
        if date.is_none() {
            self.problem(ProblemKind::NoSuchDate, at);
        }
        date
    }

    pub(super) fn amount(&mut self, pair: P<'_>) -> Amount {
        let at = trimmed(&pair);
        let text = pair.as_str().trim_end().to_string();
        let mut terms = Vec::new();
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::missing_plus => {
                    let here = span(&inner);
                    self.problem(ProblemKind::Slip(Slip::MissingPlus, "+ ".into()), here);
                }
                _ => terms.extend(self.term(inner)),
            }
        }
        Amount { terms, text, span: at }
    }

    fn term(&mut self, pair: P<'_>) -> Option<Term> {
        let at = trimmed(&pair);
        let mut inner = pair.into_inner();
        let number = inner.next()?;
        let unit = unit_of(inner.next()?.as_str())?;
        let (numerator, denominator) = match fraction(number.as_str()) {
            Some(parts) => parts,
            None => {
                let decimal = self.decimal(&number);
                (decimal.mantissa, 10_i64.checked_pow(decimal.scale).unwrap_or(i64::MAX))
            }
        };
        Some(Term { numerator, denominator, unit, span: at })
    }

    /// A chain of performers; `và` and `hoặc` may not be mixed in one.
    pub(super) fn performers(&mut self, pair: P<'_>) -> Performers {
        let at = trimmed(&pair);
        let mut items = Vec::new();
        let mut all: Option<bool> = None;
        let mut mixed_from: Option<Span> = None;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::connective => {
                    let is_all = keywords::phrase(inner.as_str(), &["hoặc"]).is_none();
                    if all.is_some_and(|all| all != is_all) {
                        mixed_from = Some(span(&inner));
                    }
                    all.get_or_insert(is_all);
                }
                Rule::performers => items.push(self.performers(inner)),
                _ => items.push(Performers::One(self.performer(inner))),
            }
        }
        if let Some(second) = mixed_from {
            // Put the part before the second connective into parentheses: it is read first.
            let head = self.text[at.start as usize..second.start as usize].trim_end().to_string();
            let place = Span::new(at.start as usize, at.start as usize + head.len());
            self.problem(ProblemKind::Slip(Slip::MixedPerformers, format!("({head})")), place);
        }
        if items.len() == 1 {
            return items.remove(0);
        }
        if all == Some(false) { Performers::Any(items, at) } else { Performers::All(items, at) }
    }

    fn performer(&mut self, pair: P<'_>) -> Performer {
        let at = trimmed(&pair);
        let mut performer = Performer { who: Who::Applicant, at: None, wording: None, span: at };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::reference => performer.who = Who::Path(self.path(inner)),
                Rule::system => performer.who = Who::System,
                Rule::receiving_unit => performer.who = Who::ReceivingUnit,
                Rule::place => performer.at = inner.into_inner().next().map(|path| self.path(path)),
                Rule::string => performer.wording = Some(self.string(&inner)),
                _ => {}
            }
        }
        performer
    }
}

fn is_key(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::text_key
            | Rule::names_key
            | Rule::closed_key
            | Rule::duration_key
            | Rule::period_key
            | Rule::target_key
            | Rule::end_key
            | Rule::overdue_key
            | Rule::count_key
            | Rule::money_key
            | Rule::days_key
            | Rule::hours_key
    )
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

fn unit_of(words: &str) -> Option<Unit> {
    let units = ["phút", "giờ làm việc", "ngày làm việc", "giờ", "ngày", "tháng"];
    let all = [Unit::Minute, Unit::WorkingHour, Unit::WorkingDay, Unit::Hour, Unit::Day, Unit::Month];
    let phrase = keywords::phrase(words, &units)?;
    units.iter().position(|unit| *unit == phrase).map(|index| all[index])
}

fn fraction(text: &str) -> Option<(i64, i64)> {
    let (above, below) = text.split_once('/')?;
    let (above, below) = (above.parse().ok()?, below.parse().ok()?);
    (below != 0).then_some((above, below))
}

/// `3.000.000`, `0,5`, `1.500,25` as (mantissa, digits behind the comma).
fn vietnamese_number(text: &str) -> Result<(i64, u32), ProblemKind> {
    let (whole, decimals) = match text.split_once(',') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let groups: Vec<&str> = whole.split('.').collect();
    let grouped =
        groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    let plain = decimals.is_none_or(|decimals| !decimals.is_empty() && decimals.bytes().all(|b| b.is_ascii_digit()));
    if !grouped || !plain || whole.contains('/') {
        return Err(ProblemKind::ForeignNumber(vietnamese_spelling(text)));
    }
    let digits: String = whole.chars().chain(decimals.unwrap_or("").chars()).filter(char::is_ascii_digit).collect();
    let scale = decimals.map_or(0, str::len) as u32;
    match digits.parse() {
        Ok(mantissa) if scale <= 9 => Ok((mantissa, scale)),
        _ => Err(ProblemKind::TooLargeNumber),
    }
}

/// What a number in foreign notation was most likely meant to be: `0.5` → `0,5`, `1000.000` → `1.000.000`,
/// `1,500,000` → `1.500.000`.
fn vietnamese_spelling(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['.', ',']).collect();
    let commas = text.matches(',').count();
    let guess = match parts[..] {
        _ if text.contains('/') => return None,
        [whole, decimals] if commas == 0 && decimals.len() != 3 => format!("{whole},{decimals}"),
        _ if commas > 1 && parts[1..].iter().any(|part| part.len() != 3) => return None,
        _ => group_digits(&parts.concat()),
    };
    vietnamese_number(&guess).is_ok().then_some(guess)
}

fn group_digits(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

fn valid_date(year: i16, month: i16, day: i16, span: Span) -> Option<tree::Date> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    ((1900..=2199).contains(&year) && (1..=days).contains(&day)).then_some(tree::Date {
        year,
        month: month as i8,
        day: day as i8,
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_the_vietnamese_way() {
        for (text, expected) in
            [("05", (5, 0)), ("0,5", (5, 1)), ("1.500,25", (150_025, 2)), ("3.000.000", (3_000_000, 0))]
        {
            let expected = (expected.0, expected.1 as u32);
            assert_eq!(vietnamese_number(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn foreign_numbers_are_refused_with_their_spelling() {
        for (text, fixed) in
            [("0.5", Some("0,5")), ("1000.000", Some("1.000.000")), ("0,5,5", None), ("1,500,000", Some("1.500.000"))]
        {
            assert_eq!(vietnamese_number(text), Err(ProblemKind::ForeignNumber(fixed.map(String::from))), "{text}");
        }
    }
}
