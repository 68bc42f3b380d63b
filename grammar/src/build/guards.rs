//! Guards.

use super::{Builder, P};
use crate::Rule;
use crate::tree::*;

impl Builder<'_> {
    pub(super) fn guard_clause(&mut self, pair: P<'_>) -> Guard {
        let at = self.span(&pair);
        match pair.into_inner().next() {
            Some(inner) if inner.as_rule() == Rule::guard => self.guard(inner),
            Some(bad) => {
                let span = self.unreadable(Expected::Guard, &bad);
                Guard { kind: GuardKind::Error, span }
            }
            None => Guard { kind: GuardKind::Error, span: at },
        }
    }

    fn guard(&mut self, pair: P<'_>) -> Guard {
        let at = self.span(&pair);
        let mut parts: Vec<Guard> = pair.into_inner().map(|inner| self.conjunction(inner)).collect();
        match parts.len() {
            1 => parts.remove(0),
            _ => Guard { kind: GuardKind::Or(parts), span: at },
        }
    }

    fn conjunction(&mut self, pair: P<'_>) -> Guard {
        let at = self.span(&pair);
        let mut parts: Vec<Guard> = pair.into_inner().map(|inner| self.negation(inner)).collect();
        match parts.len() {
            1 => parts.remove(0),
            _ => Guard { kind: GuardKind::And(parts), span: at },
        }
    }

    fn negation(&mut self, pair: P<'_>) -> Guard {
        let at = self.span(&pair);
        let mut negated = false;
        let mut guard = Guard { kind: GuardKind::Error, span: at };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::not_sign => negated = !negated,
                Rule::guard => guard = self.guard(inner),
                Rule::event => {
                    let text = inner.into_inner().next().map(|string| self.string(&string));
                    guard.kind = text.map_or(GuardKind::Error, GuardKind::Event);
                }
                _ => guard = self.comparison(inner),
            }
        }
        if negated { Guard { kind: GuardKind::Not(Box::new(guard)), span: at } } else { guard }
    }

    fn comparison(&mut self, pair: P<'_>) -> Guard {
        let at = self.span(&pair);
        let mut path = None;
        let mut operator = Operator::Equal;
        let mut kind = GuardKind::Error;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::reference => path = Some(self.path(&inner)),
                Rule::operator => operator = operator_of(inner.as_str()),
                Rule::literal => {
                    let literal = self.literal(inner);
                    kind = path.take().map_or(GuardKind::Error, |path| GuardKind::Compare(path, operator, literal));
                }
                _ => {
                    let literals = inner.into_inner().map(|literal| self.literal(literal)).collect();
                    kind = path.take().map_or(GuardKind::Error, |path| GuardKind::In(path, literals));
                }
            }
        }
        if let Some(path) = path {
            kind = GuardKind::Holds(path);
        }
        Guard { kind, span: at }
    }

    fn literal(&mut self, pair: P<'_>) -> Literal {
        let at = self.span(&pair);
        let in_dong = pair.as_str().chars().nth(1).is_some();
        match pair.into_inner().next() {
            Some(inner) => match inner.as_rule() {
                Rule::yes => Literal::Flag(true, at),
                Rule::no => Literal::Flag(false, at),
                Rule::number => Literal::Number(self.decimal(&inner, in_dong)),
                Rule::string => Literal::Text(self.string(&inner)),
                _ => Literal::Name(self.name(&inner)),
            },
            None => Literal::Flag(false, at),
        }
    }
}

fn operator_of(sign: &str) -> Operator {
    match sign {
        "=" => Operator::Equal,
        "≠" => Operator::NotEqual,
        "<" => Operator::Less,
        "≤" => Operator::AtMost,
        ">" => Operator::Greater,
        _ => Operator::AtLeast,
    }
}
