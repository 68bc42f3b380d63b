//! Arrows, targets and guards.

use super::{Builder, P, span, trimmed};
use crate::tree::*;
use crate::{Rule, keywords};

impl Builder<'_> {
    pub(super) fn arrow(&mut self, pair: P<'_>) -> Arrow {
        let at = trimmed(&pair);
        let mut arrow = Arrow {
            outcome: Outcome::Guarded,
            label: None,
            guard: None,
            target: None,
            block: None,
            span: at,
            head_span: at,
        };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::otherwise => arrow.outcome = Outcome::Otherwise(span(&inner)),
                Rule::outcome => arrow.outcome = self.outcome(inner),
                Rule::label => arrow.label = inner.into_inner().next().map(|string| self.string(&string)),
                Rule::guard_clause => arrow.guard = Some(self.guard_clause(inner)),
                Rule::late_guard => self.late_guard(inner, &mut arrow),
                Rule::target => arrow.target = Some(self.target(inner)),
                Rule::missing_arrow => self.missing(Expected::ArrowSign, span(&inner)),
                Rule::attribute_body => {
                    arrow.head_span.end = self.text[..inner.as_span().start()].trim_end().len() as u32;
                    arrow.block = Some(self.block(inner, Expected::Attribute, None));
                }
                _ => {
                    self.unreadable(Expected::Target, &inner, at.end as usize);
                }
            }
        }
        arrow
    }

    fn outcome(&mut self, pair: P<'_>) -> Outcome {
        let at = span(&pair);
        match pair.into_inner().next() {
            Some(inner) if inner.as_rule() == Rule::end_state => Outcome::End(end_state(inner.as_str()), at),
            Some(inner) => Outcome::Named(self.name(&inner)),
            None => Outcome::Guarded,
        }
    }

    /// `-> X khi …` should have been `khi … -> X`; the words are swapped by the fix.
    fn late_guard(&mut self, pair: P<'_>, arrow: &mut Arrow) {
        let Some(clause) = pair.into_inner().next() else { return };
        let clause_text = clause.as_str().trim_end().to_string();
        let clause_span = trimmed(&clause);
        let guard = self.guard_clause(clause);
        let target = arrow.target.as_ref().map_or(arrow.span, |target| target.span);
        let sign = self.text[arrow.span.start as usize..target.start as usize]
            .rfind(['-', '→'])
            .map_or(arrow.span.start as usize, |at| arrow.span.start as usize + at);
        let fixed = format!("{clause_text} -> {}", &self.text[target.range()]);
        self.problem(ProblemKind::Slip(Slip::GuardAfterTarget, fixed), Span::new(sign, clause_span.end as usize));
        if arrow.guard.is_none() {
            arrow.guard = Some(guard);
        }
    }

    pub(super) fn target(&mut self, pair: P<'_>) -> Target {
        let at = trimmed(&pair);
        let mut core = TargetCore::Error(at);
        let mut modifiers = Modifiers::default();
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::max_times => self.max_times(inner, &mut modifiers),
                Rule::exhausted => {
                    let end = trimmed(&inner).end as usize;
                    modifiers.exhausted = inner.into_inner().next().map(|target| Box::new(self.core(target, end)));
                }
                Rule::set_time => modifiers.set_time = Some(span(&inner)),
                Rule::restart => modifiers.restart = Some(span(&inner)),
                Rule::each_round => {
                    for part in inner.into_inner() {
                        match part.as_rule() {
                            Rule::amount => modifiers.each_round = Some(self.amount(part)),
                            _ => modifiers.all_rounds = true,
                        }
                    }
                }
                _ => core = self.core(inner, at.end as usize),
            }
        }
        Target { core, modifiers, span: at }
    }

    fn max_times(&mut self, pair: P<'_>, modifiers: &mut Modifiers) {
        let at = trimmed(&pair);
        if let Some(count) = pair.into_inner().next() {
            modifiers.max_times = Some((self.integer(&count).min(u64::from(u32::MAX)) as u32, at));
        }
    }

    fn core(&mut self, pair: P<'_>, end: usize) -> TargetCore {
        let at = trimmed(&pair);
        match pair.as_rule() {
            Rule::next => TargetCore::Next(at),
            Rule::go_to => match pair.into_inner().next() {
                Some(path) => TargetCore::To(self.path(path)),
                None => TargetCore::Error(at),
            },
            Rule::back => match pair.into_inner().next() {
                Some(path) if path.as_rule() == Rule::reference => TargetCore::Back(self.path(path), at),
                _ => {
                    self.missing(Expected::Name, Span { start: at.end, end: at.end });
                    TargetCore::Error(at)
                }
            },
            Rule::stop_all => match pair.into_inner().next().map(|ending| self.core(ending, end)) {
                Some(TargetCore::End { state, .. }) => TargetCore::End { state, stop_all: true, span: at },
                _ => TargetCore::Error(at),
            },
            Rule::ending => match pair.into_inner().next() {
                Some(state) if state.as_rule() == Rule::end_state => {
                    TargetCore::End { state: end_state(state.as_str()), stop_all: false, span: at }
                }
                Some(bad) => TargetCore::Error(self.unreadable(Expected::EndState, &bad, at.end as usize)),
                None => TargetCore::Error(at),
            },
            Rule::wait_supplement | Rule::wait_other => self.wait(pair),
            _ => TargetCore::Error(self.unreadable(Expected::Target, &pair, end)),
        }
    }

    fn wait(&mut self, pair: P<'_>) -> TargetCore {
        let at = trimmed(&pair);
        let (mut reason, mut limit, mut then) = (None, None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::string => reason = Some(self.string(&inner)),
                Rule::wait_limit => limit = self.wait_limit(inner),
                Rule::missing_then => self.missing(Expected::Then, Span { start: at.end, end: at.end }),
                _ => then = Some(self.core(inner, at.end as usize)),
            }
        }
        let then = Box::new(then.unwrap_or(TargetCore::Error(Span { start: at.end, end: at.end })));
        TargetCore::Wait { reason, limit, then, span: at }
    }

    fn wait_limit(&mut self, pair: P<'_>) -> Option<Amount> {
        let at = trimmed(&pair);
        let words = pair.as_str().trim_end().to_string();
        let inner = pair.into_inner().next()?;
        match inner.as_rule() {
            Rule::amount => Some(self.amount(inner)),
            Rule::integer => {
                self.problem(ProblemKind::Slip(Slip::TimesInWait, words), at);
                None
            }
            _ => {
                self.unreadable(Expected::Duration, &inner, at.end as usize);
                None
            }
        }
    }

    pub(super) fn guard_clause(&mut self, pair: P<'_>) -> Guard {
        let at = trimmed(&pair);
        match pair.into_inner().next() {
            Some(inner) if inner.as_rule() == Rule::guard => self.guard(inner),
            Some(bad) => {
                let span = self.unreadable(Expected::Guard, &bad, at.end as usize);
                Guard { kind: GuardKind::Error, span }
            }
            None => Guard { kind: GuardKind::Error, span: at },
        }
    }

    fn guard(&mut self, pair: P<'_>) -> Guard {
        let at = trimmed(&pair);
        let mut parts: Vec<Guard> = pair.into_inner().map(|inner| self.conjunction(inner)).collect();
        match parts.len() {
            1 => parts.remove(0),
            _ => Guard { kind: GuardKind::Or(parts), span: at },
        }
    }

    fn conjunction(&mut self, pair: P<'_>) -> Guard {
        let at = trimmed(&pair);
        let mut parts: Vec<Guard> = pair.into_inner().map(|inner| self.negation(inner)).collect();
        match parts.len() {
            1 => parts.remove(0),
            _ => Guard { kind: GuardKind::And(parts), span: at },
        }
    }

    fn negation(&mut self, pair: P<'_>) -> Guard {
        let at = trimmed(&pair);
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
        let at = trimmed(&pair);
        let mut path = None;
        let mut operator = Operator::Equal;
        let mut kind = GuardKind::Error;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::reference => path = Some(self.path(inner)),
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
        let at = trimmed(&pair);
        match pair.into_inner().next() {
            Some(inner) => match inner.as_rule() {
                Rule::yes => Literal::Flag(true, at),
                Rule::no => Literal::Flag(false, at),
                Rule::number => Literal::Number(self.decimal(&inner)),
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
        "≠" | "!=" => Operator::NotEqual,
        "<" => Operator::Less,
        "≤" | "<=" => Operator::AtMost,
        ">" => Operator::Greater,
        _ => Operator::AtLeast,
    }
}

pub(super) fn end_state(words: &str) -> EndState {
    let index = keywords::phrase(words, keywords::END_STATES)
        .and_then(|phrase| keywords::END_STATES.iter().position(|state| *state == phrase));
    EndState::ALL[index.unwrap_or(0)]
}
