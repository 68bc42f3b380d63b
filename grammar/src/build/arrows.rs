//! Arrows and their targets.

use super::{Builder, P};
use crate::tree::*;
use crate::{Rule, words};

impl Builder<'_> {
    pub(super) fn arrow(&mut self, pair: P<'_>) -> Arrow {
        let span = self.span(&pair);
        let sign = pair.as_str().find(words::ARROW).map(|at| self.codes.place(pair.as_span().start() + at));
        let mut arrow = Arrow {
            outcome: Outcome::Guarded,
            label: None,
            guard: None,
            target: None,
            block: None,
            span,
            head_span: span,
        };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::otherwise => arrow.outcome = Outcome::Otherwise(self.span(&inner)),
                Rule::outcome => arrow.outcome = self.outcome(inner),
                Rule::label => arrow.label = Some(self.string(&inner)),
                Rule::guard_clause => arrow.guard = Some(self.guard_clause(inner)),
                Rule::late_guard => self.late_guard(inner, sign, &mut arrow),
                Rule::target | Rule::broken_target => arrow.target = Some(Box::new(self.target(inner))),
                Rule::missing_arrow => self.missing(Expected::ArrowSign, self.span(&inner)),
                Rule::bad_outcome => {
                    let guarded = arrow.guard.is_some();
                    self.unreadable(if guarded { Expected::Guard } else { Expected::ArrowSign }, &inner);
                    if let Some(guard) = &mut arrow.guard {
                        guard.kind = GuardKind::Error;
                    }
                }
                Rule::block => {
                    arrow.head_span.end = self.codes.behind(inner.as_span().start()).end;
                    arrow.block = Some(self.block(inner, Expected::Attribute, None));
                }
                _ => {
                    self.unreadable(Expected::Target, &inner);
                }
            }
        }
        arrow
    }

    fn outcome(&mut self, pair: P<'_>) -> Outcome {
        let at = self.span(&pair);
        match pair.into_inner().next() {
            Some(inner) if inner.as_rule() == Rule::end_state => Outcome::End(self.end_state(&inner), at),
            Some(inner) => Outcome::Named(self.name(&inner)),
            None => Outcome::Guarded,
        }
    }

    /// `-> X khi …` should have been `khi … -> X`; the words are swapped by the fix, unless the arrow takes no other
    /// condition or what follows may belong to this one.
    fn late_guard(&mut self, pair: P<'_>, sign: Option<Span>, arrow: &mut Arrow) {
        let Some(clause) = pair.into_inner().next() else { return };
        let clause_span = self.span(&clause);
        let ends = self.ends_its_line(clause.as_span().end());
        let before = self.problems.len();
        let guard = self.guard_clause(clause);
        let takes_one = arrow.guard.is_none() && !matches!(arrow.outcome, Outcome::Otherwise(_));
        let place = Span { start: sign.map_or(arrow.span.start, |sign| sign.start), ..clause_span };
        let is_clear = takes_one && ends && self.problems.len() == before && !self.has_comment(place);
        let behind_sign = |target: &&Target| sign.is_some_and(|sign| sign.start < target.span.start);
        let swapped = arrow.target.as_deref().filter(behind_sign).filter(|_| is_clear);
        let fixed = swapped.map(|target| format!("{} -> {}", self.words(clause_span), self.words(target.span)));
        self.problem(ProblemKind::Slip(Slip::GuardAfterTarget, fixed), place);
        if arrow.guard.is_none() {
            arrow.guard = Some(guard);
        }
    }

    /// Whether nothing but a block follows on the line.
    fn ends_its_line(&self, at: usize) -> bool {
        let next = self.codes.text[at..].chars().find(|code| *code != words::BREAK);
        next.is_none_or(|code| matches!(code, words::LINE | '{' | '}'))
    }

    fn has_comment(&self, place: Span) -> bool {
        let behind = self.comments.partition_point(|comment| comment.span.end <= place.start);
        self.comments.get(behind).is_some_and(|comment| comment.span.start < place.end)
    }

    pub(super) fn target(&mut self, pair: P<'_>) -> Target {
        let span = self.span(&pair);
        let mut modifiers = Modifiers::default();
        let mut cores = Vec::new();
        let mut said: Vec<(Rule, Span)> = Vec::new();
        let before = self.problems.len();
        for inner in pair.into_inner() {
            if let Some(which) = modifier_of(&inner) {
                let here = self.span(&inner);
                match said.iter().find(|(other, _)| *other == which) {
                    Some((_, first)) => modifiers.repeated.push((*first, here)),
                    None => said.push((which, here)),
                }
            }
            match inner.as_rule() {
                Rule::max_times => self.max_times(inner, &mut modifiers),
                Rule::exhausted => {
                    let cores = inner.into_inner().collect();
                    modifiers.exhausted = Some(Box::new(self.core(cores)));
                }
                Rule::set_time => modifiers.set_time = Some(self.span(&inner)),
                Rule::restart => modifiers.restart = Some(self.span(&inner)),
                Rule::each_round => {
                    for part in inner.into_inner() {
                        match part.as_rule() {
                            Rule::amount => modifiers.each_round = Some(self.amount(part)),
                            _ => modifiers.all_rounds = true,
                        }
                    }
                }
                Rule::bad_tail => {}
                _ => cores.push(inner),
            }
        }
        let core = self.core(cores);
        if modifiers.max_times.is_none() {
            self.place_of_times(before, core.span());
        }
        Target { core, modifiers, span }
    }

    /// A number of times in the wait of a target that has no other belongs behind it, if all of the target can be read.
    fn place_of_times(&mut self, before: usize, core: Span) {
        if let [Problem { kind: ProblemKind::TimesInWait(place), span }] = &mut self.problems[before..]
            && core.holds(*span)
        {
            *place = Some(core.end);
        }
    }

    fn max_times(&mut self, pair: P<'_>, modifiers: &mut Modifiers) {
        let at = self.span(&pair);
        if let Some(count) = pair.into_inner().next() {
            modifiers.max_times = Some((self.integer(&count).min(u64::from(u32::MAX)) as u32, at));
        }
    }

    /// Waits arrive one behind the other, and then where they lead.
    fn core(&mut self, pairs: Vec<P<'_>>) -> TargetCore {
        let end = pairs.last().map_or(Span::default(), |last| self.span(last)).end;
        let mut waits = Vec::new();
        let mut core = TargetCore::Error(Span { start: end, end });
        for pair in pairs {
            match pair.as_rule() {
                Rule::wait_supplement | Rule::wait_other => waits.push(self.wait(pair)),
                Rule::bad_limit => {
                    self.unreadable(Expected::Duration, &pair);
                }
                Rule::missing_then => self.missing(Expected::Then, self.span(&pair)),
                _ => core = self.one_core(pair),
            }
        }
        for (reason, limit, start) in waits.into_iter().rev() {
            core = TargetCore::Wait { reason, limit, then: Box::new(core), span: Span { start, end } };
        }
        core
    }

    fn one_core(&mut self, pair: P<'_>) -> TargetCore {
        let at = self.span(&pair);
        match pair.as_rule() {
            Rule::next => TargetCore::Next(at),
            Rule::go_to => match pair.into_inner().next() {
                Some(path) => TargetCore::To(self.path(&path)),
                None => TargetCore::Error(at),
            },
            Rule::back => match pair.into_inner().next() {
                Some(path) if path.as_rule() == Rule::reference => TargetCore::Back(self.path(&path), at),
                Some(bad) => TargetCore::Error(self.unreadable(Expected::Name, &bad)),
                None => TargetCore::Error(at),
            },
            Rule::stop_all => match pair.into_inner().next().map(|ending| self.one_core(ending)) {
                Some(TargetCore::End { state, .. }) => TargetCore::End { state, stop_all: true, span: at },
                _ => TargetCore::Error(at),
            },
            Rule::ending => match pair.into_inner().next() {
                Some(state) if state.as_rule() == Rule::end_state => {
                    TargetCore::End { state: self.end_state(&state), stop_all: false, span: at }
                }
                Some(bad) => TargetCore::Error(self.unreadable(Expected::EndState, &bad)),
                None => TargetCore::Error(at),
            },
            _ => TargetCore::Error(self.unreadable(Expected::Target, &pair)),
        }
    }

    /// Its reason, its limit and where it begins.
    fn wait(&mut self, pair: P<'_>) -> (Option<Text>, Option<Amount>, u32) {
        let start = self.span(&pair).start;
        let (mut reason, mut limit) = (None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::string => reason = Some(self.string(&inner)),
                _ => limit = self.wait_limit(inner),
            }
        }
        (reason, limit, start)
    }

    fn wait_limit(&mut self, pair: P<'_>) -> Option<Amount> {
        let at = self.span(&pair);
        let inner = pair.into_inner().next()?;
        match inner.as_rule() {
            Rule::amount => return Some(self.amount(inner)),
            Rule::integer => self.problem(ProblemKind::TimesInWait(None), at),
            _ => {
                self.unreadable(Expected::Duration, &inner);
            }
        }
        None
    }

    pub(super) fn end_state(&self, pair: &P<'_>) -> EndState {
        let mut codes = pair.as_str().chars().map(words::folded);
        match (codes.next(), codes.next(), codes.next()) {
            (Some("tra"), Some("ho"), _) => EndState::HandedBack,
            (Some("tu"), _, Some("tiep")) => EndState::NotReceived,
            (Some("tu"), ..) => EndState::Refused,
            (Some("rut"), ..) => EndState::Withdrawn,
            (Some("dung"), ..) => EndState::Stopped,
            _ => EndState::Returned,
        }
    }
}

/// Which modifier a part of a target is; the ways to say what a round costs are one.
fn modifier_of(pair: &P<'_>) -> Option<Rule> {
    match pair.as_rule() {
        Rule::set_time | Rule::each_round => Some(Rule::each_round),
        rule @ (Rule::max_times | Rule::exhausted | Rule::restart) => Some(rule),
        _ => None,
    }
}
