//! What stands in the head of a declaration between its name and its block.

use super::{Builder, P};
use crate::Rule;
use crate::tree::*;

/// What was found in a head, before the kind of the declaration says what it means.
#[derive(Default)]
pub(super) struct HeadParts {
    /// Something in the head could not be read, and this was said.
    pub(super) told: bool,
    pub(super) step: StepHead,
    texts: Vec<Text>,
    join: Option<Join>,
    parameters: Option<Vec<Name>>,
    arguments: Vec<Argument>,
    alias: Option<Name>,
    mapping: Option<Vec<(Name, Name)>>,
    guard: Option<Guard>,
    paths: Vec<Path>,
    place: Option<Path>,
}

impl HeadParts {
    pub(super) fn head(mut self, kind: DeclarationKind) -> Head {
        use DeclarationKind as K;
        match kind {
            K::Import => Head::Import(self.texts),
            K::Step => Head::Step(Box::new(self.step)),
            K::Parallel => Head::Join(self.join.unwrap_or_default()),
            K::Part => Head::Parameters(self.parameters.unwrap_or_default()),
            K::Insert => Head::Insert { arguments: self.arguments, alias: self.alias },
            K::Call => Head::Mapping(self.mapping.unwrap_or_default()),
            K::Case => self.guard.map_or(Head::Plain, Head::Guard),
            K::Posting => match self.paths.pop() {
                Some(to) => Head::Posting { who: self.paths, to },
                None => Head::Plain,
            },
            K::Delegation | K::Assignment => {
                let mut paths = self.paths.into_iter();
                match (paths.next(), paths.next()) {
                    (Some(who), Some(replaces)) => Head::Substitution { who, replaces, at: self.place },
                    _ => Head::Plain,
                }
            }
            _ => Head::Plain,
        }
    }
}

impl Builder<'_> {
    pub(super) fn head_part(&mut self, inner: P<'_>, parts: &mut HeadParts) {
        match inner.as_rule() {
            Rule::string => parts.texts.push(self.string(&inner)),
            Rule::performed_by | Rule::takes | Rule::uncounted => self.step_clause(inner, &mut parts.step),
            Rule::wait_all => parts.join = Some(Join::All),
            Rule::wait_some => parts.join = Some(self.wait_some(inner)),
            Rule::parameters => parts.parameters = Some(inner.into_inner().map(|name| self.name(&name)).collect()),
            Rule::arguments => parts.arguments = self.arguments(inner),
            Rule::bad_list => {
                self.unreadable(Expected::Names, &inner);
            }
            Rule::alias => parts.alias = Some(self.name(&inner)),
            Rule::mapping => {
                parts.mapping = Some(inner.into_inner().filter_map(|pairing| self.pairing(pairing)).collect())
            }
            Rule::guard_clause => parts.guard = Some(self.guard_clause(inner)),
            Rule::reference => parts.paths.push(self.path(&inner)),
            Rule::place => parts.place = inner.into_inner().next().map(|path| self.path(&path)),
            _ => {}
        }
    }

    fn step_clause(&mut self, pair: P<'_>, head: &mut StepHead) {
        let rule = pair.as_rule();
        let again = match rule {
            Rule::performed_by => head.performers.is_some(),
            Rule::takes => head.time.is_some(),
            _ => head.uncounted.is_some(),
        };
        if again {
            self.unreadable(Expected::StepHead, &pair);
            head.broken = true;
            return;
        }
        if rule == Rule::uncounted {
            head.uncounted = Some(self.uncounted(pair));
            return;
        }
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::performers => head.performers = Some(self.performers(inner)),
                Rule::amount => head.time = Some(Value::Amount(self.amount(inner))),
                Rule::parameter => head.time = Some(Value::Parameter(self.name(&inner))),
                Rule::unstated => head.time = Some(Value::Unstated(self.span(&inner))),
                _ => {
                    self.unreadable(if rule == Rule::takes { Expected::Duration } else { Expected::Names }, &inner);
                    head.broken = true;
                }
            }
        }
    }

    pub(super) fn uncounted(&mut self, pair: P<'_>) -> Uncounted {
        let span = self.span(&pair);
        Uncounted { reason: pair.into_inner().next().map(|string| self.string(&string)), span }
    }

    fn wait_some(&mut self, pair: P<'_>) -> Join {
        for inner in pair.into_inner() {
            if inner.as_rule() == Rule::integer {
                return Join::AtLeast(self.integer(&inner).min(u64::from(u32::MAX)) as u32);
            }
            self.unreadable(Expected::BranchCount, &inner);
        }
        Join::Unsaid
    }

    fn arguments(&mut self, pair: P<'_>) -> Vec<Argument> {
        let mut arguments = Vec::new();
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::argument => arguments.extend(self.argument(inner)),
                Rule::bad_list_rest => {
                    self.unreadable(Expected::Names, &inner);
                }
                _ => self.missing(Expected::Names, self.span(&inner)),
            }
        }
        arguments
    }

    fn argument(&mut self, pair: P<'_>) -> Option<Argument> {
        let inner = pair.into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::bad_argument => {
                self.unreadable(Expected::Names, &inner);
                return None;
            }
            Rule::amount => Argument::Amount(self.amount(inner)),
            Rule::string => Argument::Text(self.string(&inner)),
            _ => Argument::Path(self.path(&inner)),
        })
    }

    fn pairing(&mut self, pair: P<'_>) -> Option<(Name, Name)> {
        let mut names = pair.into_inner().map(|name| self.name(&name));
        Some((names.next()?, names.next()?))
    }
}
