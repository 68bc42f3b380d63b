//! Numbers, dates and amounts of time.

use super::{Builder, P};
use crate::tree::*;
use crate::{Rule, tree, words};

impl Builder<'_> {
    pub(super) fn integer(&mut self, pair: &P<'_>) -> u64 {
        self.words(self.span(pair)).parse().unwrap_or_else(|_| {
            self.problem(ProblemKind::TooLargeNumber, self.span(pair));
            0
        })
    }

    /// A number in Vietnamese notation; foreign notation is reported and read as what it most likely means.
    pub(super) fn decimal(&mut self, pair: &P<'_>) -> Decimal {
        let at = self.span(pair);
        match vietnamese_number(self.words(at)) {
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
        let at = self.span(pair);
        let parts: Vec<i16> = self.words(at).split('/').filter_map(|part| part.parse().ok()).collect();
        let date = match parts[..] {
            [day, month, year] => valid_date(year, month, day, at),
            _ => None,
        };
        if date.is_none() {
            self.problem(ProblemKind::NoSuchDate, at);
        }
        date
    }

    pub(super) fn hours(&mut self, pair: &P<'_>) -> Value {
        let at = self.span(pair);
        let minutes: Vec<u32> = self
            .words(at)
            .split(['-', '–'])
            .filter_map(|time| time.trim().split_once(':'))
            .filter_map(|(hour, minute)| Some((hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?)))
            .filter(|(hour, minute)| *hour <= 24 && *minute < 60)
            .map(|(hour, minute)| hour * 60 + minute)
            .collect();
        match minutes[..] {
            [from, to] if from < to && to <= 24 * 60 => Value::Hours(from, to, at),
            _ => {
                self.problem(ProblemKind::Unreadable(Expected::Value(crate::keywords::Key::WorkingHours)), at);
                Value::Error(at)
            }
        }
    }

    pub(super) fn money(&mut self, pair: P<'_>) -> Value {
        let at = self.span(&pair);
        let Some(number) = pair.into_inner().next() else { return Value::Error(at) };
        let decimal = self.decimal(&number);
        if decimal.scale > 0 {
            self.problem(ProblemKind::PartOfDong, decimal.span);
            return Value::Error(at);
        }
        Value::Money(decimal.mantissa.unsigned_abs(), at)
    }

    pub(super) fn amount(&mut self, pair: P<'_>) -> Amount {
        let (span, text) = (self.span(&pair), self.words_alone(&pair));
        let mut terms = Vec::new();
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::missing_plus => {
                    let next = self.codes.place(inner.as_span().start()).start;
                    self.problem(ProblemKind::Slip(Slip::MissingPlus, "+ ".into()), Span { start: next, end: next });
                }
                _ => terms.extend(self.term(inner)),
            }
        }
        Amount { terms, text, span }
    }

    fn term(&mut self, pair: P<'_>) -> Option<Term> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let number = inner.next()?;
        let unit = unit_of(inner.next()?.as_str())?;
        let words = self.words(self.span(&number));
        let (numerator, denominator) = match fraction(words) {
            Some(parts) => parts,
            None if words.contains('/') => {
                self.problem(ProblemKind::NoFraction, self.span(&number));
                (0, 1)
            }
            None => {
                let decimal = self.decimal(&number);
                (decimal.mantissa, 10_i64.checked_pow(decimal.scale).unwrap_or(i64::MAX))
            }
        };
        Some(Term { numerator, denominator, unit, span })
    }
}

/// A unit, from its words: `giờ` alone is of the clock, `giờ làm việc` has three.
fn unit_of(codes: &str) -> Option<Unit> {
    let mut codes = codes.chars();
    let first = words::folded(codes.next()?);
    let working = codes.next().is_some();
    Some(match (first, working) {
        ("phut", _) => Unit::Minute,
        ("gio", false) => Unit::Hour,
        ("gio", true) => Unit::WorkingHour,
        ("ngay", false) => Unit::Day,
        ("ngay", true) => Unit::WorkingDay,
        ("thang", _) => Unit::Month,
        _ => return None,
    })
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
        _ => grouped(&parts.concat()),
    };
    vietnamese_number(&guess).is_ok().then_some(guess)
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
