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

    /// A number in Vietnamese notation; foreign notation is reported and read as what it most likely means. An
    /// amount of `money` has no decimals.
    pub(super) fn decimal(&mut self, pair: &P<'_>, money: bool) -> Decimal {
        let at = self.span(pair);
        match vietnamese_number(self.words(at)) {
            Ok((mantissa, scale)) => Decimal { mantissa, scale, span: at },
            Err(mut kind) => {
                let mut read = (0, 0);
                if let ProblemKind::ForeignNumber(spelling) = &mut kind {
                    // A part of a đồng would be the next mistake.
                    *spelling = vietnamese_spelling(self.words(at)).filter(|it| !money || !it.text.contains(','));
                    read = spelling.as_ref().and_then(|it| vietnamese_number(&it.text).ok()).unwrap_or(read);
                }
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
        let decimal = self.decimal(&number, true);
        if decimal.scale > 0 {
            let meant = thousands_by_comma(self.words(decimal.span));
            self.problem(ProblemKind::PartOfDong(meant), decimal.span);
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
                    let slip = ProblemKind::Slip(Slip::MissingPlus, Some("+ ".into()));
                    self.problem(slip, Span { start: next, end: next });
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
                let decimal = self.decimal(&number, false);
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
    let grouped = groups.len() == 1 || are_thousands(&groups);
    let plain = decimals.is_none_or(|decimals| !decimals.is_empty() && decimals.bytes().all(|b| b.is_ascii_digit()));
    if !grouped || !plain || whole.contains('/') {
        return Err(ProblemKind::ForeignNumber(None));
    }
    let digits: String = whole.chars().chain(decimals.unwrap_or("").chars()).filter(char::is_ascii_digit).collect();
    let scale = decimals.map_or(0, str::len) as u32;
    match digits.parse() {
        Ok(mantissa) if scale <= 9 => Ok((mantissa, scale)),
        _ => Err(ProblemKind::TooLargeNumber),
    }
}

/// Groups of three digits with one to three before them that count something: `0.125` is no 125.
fn are_thousands(groups: &[&str]) -> bool {
    let [first, others @ ..] = groups else { return false };
    (1..=3).contains(&first.len()) && !first.bytes().all(|b| b == b'0') && others.iter().all(|group| group.len() == 3)
}

/// What a number in foreign notation was most likely meant to be. It is sure where nothing can be meant but decimals
/// behind a point (`0.5`) or thousands apart by commas (`1,500,000`); where digits are missing or signs mixed nothing is.
fn vietnamese_spelling(text: &str) -> Option<Spelling> {
    let (whole, decimals) = text.rsplit_once('.').unwrap_or((text, ""));
    let by_point: Vec<&str> = text.split('.').collect();
    let by_comma: Vec<&str> = whole.split(',').collect();
    let (text, sure) = match by_point[..] {
        _ if text.contains('/') => return None,
        [_] if by_comma.len() > 2 && are_thousands(&by_comma) => (by_comma.join("."), true),
        [_, _] if by_comma.len() > 1 && are_thousands(&by_comma) => {
            (format!("{},{decimals}", by_comma.join(".")), false)
        }
        [_, _] if by_comma.len() > 1 => return None,
        [whole, decimals] if decimals.len() != 3 || whole.bytes().all(|b| b == b'0') => {
            (format!("{whole},{decimals}"), decimals.len() < 3)
        }
        [_, ref groups @ ..] if !groups.is_empty() && groups.iter().all(|group| group.len() == 3) => {
            (grouped(&by_point.concat()), false)
        }
        _ => return None,
    };
    vietnamese_number(&text).is_ok().then_some(Spelling { text, sure })
}

/// `150,000` → `150.000`: the thousands of an amount of money behind a comma.
fn thousands_by_comma(text: &str) -> Option<String> {
    let (whole, thousands) = text.split_once(',')?;
    let digits = format!("{}{thousands}", whole.replace('.', ""));
    (thousands.len() == 3 && !whole.starts_with('0')).then(|| grouped(&digits))
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

    fn spelling(text: &str) -> Option<(String, bool)> {
        assert_eq!(vietnamese_number(text), Err(ProblemKind::ForeignNumber(None)), "{text}");
        vietnamese_spelling(text).map(|spelling| (spelling.text, spelling.sure))
    }

    #[test]
    fn foreign_numbers_are_refused_with_their_spelling() {
        for (text, fixed) in [("0.5", "0,5"), ("12.25", "12,25"), ("1,500,000", "1.500.000")] {
            assert_eq!(spelling(text), Some((fixed.to_string(), true)), "{text}");
        }
        let choices = [
            ("1000.000", "1.000.000"),
            ("0.125", "0,125"),
            ("0.500", "0,500"),
            ("0.3333", "0,3333"),
            ("1,500.25", "1.500,25"),
        ];
        for (text, fixed) in choices {
            assert_eq!(spelling(text), Some((fixed.to_string(), false)), "{text}");
        }
    }

    #[test]
    fn what_a_number_was_meant_to_be_is_not_guessed() {
        for text in [
            "0,5,5",
            "15.00.000",
            "1.000.00",
            "1.500,2.5",
            "1.2.3",
            "0.000.500",
            "1,50,000",
            "15,00.5",
            "1.000,500,000",
        ] {
            assert_eq!(spelling(text), None, "{text}");
        }
        for (text, meant) in
            [("150,000", Some("150.000")), ("1.500,000", Some("1.500.000")), ("150,5", None), ("0,500", None)]
        {
            assert_eq!(thousands_by_comma(text).as_deref(), meant, "{text}");
        }
    }
}
