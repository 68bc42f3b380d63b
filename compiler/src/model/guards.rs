//! Conditions: fields of the dossier and outcomes of earlier steps.

use super::flow::{Guard, Node};
use super::flow_steps::FlowBuilder;
use super::issue::{IssueKind, ValueSort, What};
use super::performers::{Env, similar};
use super::procedure::{Field, FieldKind, FieldValue};
use tthc_grammar::names::same_name;
use tthc_grammar::tree::{self, GuardKind, Literal, Name, Operator, Path};

impl<'t> FlowBuilder<'_, 't> {
    /// Resolves a condition that stands in this scope.
    pub(super) fn guard(
        &mut self,
        guard: &'t tree::Guard,
        env: &Env<'t>,
        scope: Option<super::flow::BlockId>,
    ) -> Guard {
        let known = match &guard.kind {
            GuardKind::Or(parts) => Some(Guard::Or(parts.iter().map(|part| self.guard(part, env, scope)).collect())),
            GuardKind::And(parts) => Some(Guard::And(parts.iter().map(|part| self.guard(part, env, scope)).collect())),
            GuardKind::Not(inner) => Some(Guard::Not(Box::new(self.guard(inner, env, scope)))),
            GuardKind::Compare(path, operator, literal) => self.compare(path, *operator, literal, env, scope),
            GuardKind::In(path, literals) => {
                let each = literals.iter().map(|literal| self.compare(path, Operator::Equal, literal, env, scope));
                // Each is judged, and says what is wrong with it.
                let each: Vec<Option<Guard>> = each.collect();
                each.into_iter().collect::<Option<_>>().map(Guard::Or)
            }
            GuardKind::Holds(path) => self.holds(path, env, scope),
            GuardKind::Event(text) => Some(Guard::Event(text.value.clone())),
            GuardKind::Error => None,
        };
        known.unwrap_or_else(|| {
            let words = self.builder.files.get(&env.file).map(|file| file.source.words(guard.span));
            Guard::Unknown(words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
        })
    }

    fn field(&mut self, path: &Path, env: &Env<'t>) -> Option<usize> {
        let [name] = path.segments.as_slice() else { return None };
        let fields = self.fields.filter(|_| !path.step)?;
        let index = fields.iter().position(|field| same_name(&field.named.name, &name.text))?;
        let declared = fields[index].named.clone();
        self.builder.model.uses.fields.insert(declared.place);
        self.builder.spelled(&declared, name, env);
        Some(index)
    }

    fn compare(
        &mut self,
        path: &'t Path,
        operator: Operator,
        literal: &'t Literal,
        env: &Env<'t>,
        scope: Option<super::flow::BlockId>,
    ) -> Option<Guard> {
        if let Some(index) = self.field(path, env) {
            let value = self.fields.and_then(|fields| self.field_value(&fields[index], operator, literal, env));
            return value.map(|value| Guard::Field(index, operator, value));
        }
        let Some(Node::Step(step)) = self.left_side(path, env, scope) else { return None };
        let Literal::Name(name) = literal else {
            self.wrong_kind(literal, ValueSort::Names, env);
            return None;
        };
        let outcome = Guard::Outcome(step, self.outcome_of(step, name, env)?);
        match operator {
            Operator::Equal => Some(outcome),
            Operator::NotEqual => Some(Guard::Not(Box::new(outcome))),
            _ => {
                self.wrong_kind(literal, ValueSort::Names, env);
                None
            }
        }
    }

    /// The outcome of a step by name; says so where the step has none of that name.
    pub(super) fn outcome_of(&mut self, step: super::flow::StepId, name: &Name, env: &Env<'t>) -> Option<String> {
        let outcomes = &self.outcomes[step.0];
        if let Some(outcome) = outcomes.iter().find(|outcome| same_name(&outcome.name, &name.text)).cloned() {
            self.builder.refer(outcome.place, name, env);
            return Some(outcome.name);
        }
        let suggestions = similar(&name.text, outcomes.iter().map(|outcome| outcome.name.as_str()));
        let within = Some(self.flow.full_name(step));
        let kind = IssueKind::Unknown { what: What::Outcome, name: name.text.clone(), suggestions, within };
        self.builder.issue(env.issue(name.span, kind));
        None
    }

    fn holds(&mut self, path: &'t Path, env: &Env<'t>, scope: Option<super::flow::BlockId>) -> Option<Guard> {
        let Some(index) = self.field(path, env) else {
            if let Some(Node::Step(_)) = self.left_side(path, env, scope) {
                let kind = IssueKind::WrongKind { key: None, expected: ValueSort::Flag, found: ValueSort::Names };
                self.builder.issue(env.issue(path.span, kind));
            }
            return None;
        };
        match self.fields.map(|fields| &fields[index].kind) {
            Some(FieldKind::Flag) => Some(Guard::Field(index, Operator::Equal, FieldValue::Flag(true))),
            Some(FieldKind::Unknown) | None => None,
            Some(kind) => {
                let found = if matches!(kind, FieldKind::Number(_)) { ValueSort::Number } else { ValueSort::Phrase };
                let kind = IssueKind::WrongKind { key: None, expected: ValueSort::Flag, found };
                self.builder.issue(env.issue(path.span, kind));
                None
            }
        }
    }

    /// The step on the left of a comparison; says so where there is neither field nor step of that name.
    fn left_side(&mut self, path: &'t Path, env: &Env<'t>, scope: Option<super::flow::BlockId>) -> Option<Node> {
        if self.fields.is_none() && !path.step && self.find(path, scope).is_err() {
            // A part looked at by itself does not know the fields of the procedures that insert it.
            return None;
        }
        let fields: Vec<String> =
            self.fields.unwrap_or_default().iter().map(|field| field.named.name.clone()).collect();
        let what = if path.step { What::Step } else { What::FieldOrStep };
        self.node(path, env, scope, what, &fields)
    }

    fn field_value(
        &mut self,
        field: &Field,
        operator: Operator,
        literal: &Literal,
        env: &Env<'t>,
    ) -> Option<FieldValue> {
        let ordered = !matches!(operator, Operator::Equal | Operator::NotEqual);
        match (&field.kind, literal) {
            (FieldKind::Flag, Literal::Flag(flag, _)) if !ordered => Some(FieldValue::Flag(*flag)),
            (FieldKind::Number(_), Literal::Number(number)) => Some(FieldValue::Number(*number)),
            (FieldKind::Values(values), Literal::Name(name)) if !ordered => {
                let index = values.iter().position(|(value, _)| same_name(&value.name, &name.text));
                if let Some((value, _)) = index.map(|index| &values[index]) {
                    self.builder.refer(value.place, name, env);
                } else {
                    let suggestions = similar(&name.text, values.iter().map(|(value, _)| value.name.as_str()));
                    let within = Some(field.named.name.clone());
                    let kind = IssueKind::Unknown { what: What::Value, name: name.text.clone(), suggestions, within };
                    self.builder.issue(env.issue(name.span, kind));
                }
                index.map(FieldValue::Value)
            }
            (FieldKind::Unknown, _) => None,
            (FieldKind::Flag | FieldKind::Values(_), literal) if ordered => {
                let kind = IssueKind::Unordered { field: field.named.name.clone() };
                self.builder.issue(env.issue(literal.span(), kind));
                None
            }
            (kind, literal) => {
                let expected = match kind {
                    FieldKind::Flag => ValueSort::Flag,
                    FieldKind::Number(_) => ValueSort::Number,
                    _ => ValueSort::Phrase,
                };
                self.wrong_kind(literal, expected, env);
                None
            }
        }
    }

    fn wrong_kind(&mut self, literal: &Literal, expected: ValueSort, env: &Env<'t>) {
        let found = match literal {
            Literal::Name(_) => ValueSort::Name,
            Literal::Number(_) => ValueSort::Number,
            Literal::Flag(..) => ValueSort::Flag,
            Literal::Text(_) => ValueSort::Text,
        };
        self.builder.issue(env.issue(literal.span(), IssueKind::WrongKind { key: None, expected, found }));
    }
}
