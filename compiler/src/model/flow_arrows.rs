//! Arrows, deadlines and what happens on overdue, once all steps of a flow are known.

use super::flow::*;
use super::flow_steps::FlowBuilder;
use super::issue::{IssueKind, What};
use super::performers::Env;
use super::reader::Reader;
use super::symbols::Space;
use crate::source::Place;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::same_name;
use tthc_grammar::tree::{self, Declaration, DeclarationKind, Modifiers, Outcome, Since, Statement, TargetCore, Value};

impl<'t> FlowBuilder<'_, 't> {
    pub(super) fn resolve_pending(&mut self) {
        for (id, declaration, env) in std::mem::take(&mut self.pending) {
            let scope = self.flow.step(id).parent;
            let exits = self.exits(declaration, &env, scope);
            let deadline = self.deadline(declaration, &env, scope);
            let overdue = self.overdue(id, declaration, &env, scope);
            let step = &mut self.flow.steps[id.0];
            step.exits = exits;
            step.deadline = deadline;
            step.overdue = overdue;
        }
    }

    fn exits(&mut self, declaration: &'t Declaration, env: &Env<'t>, scope: Option<BlockId>) -> Exits {
        let Some(block) = &declaration.block else { return Exits::Next };
        for statement in &block.statements {
            match statement {
                Statement::Declaration(Declaration { kind: DeclarationKind::Outcomes, block: Some(block), .. }) => {
                    self.outcomes_twice(block, env);
                    return Exits::Outcomes(self.arrows(block, env, scope));
                }
                Statement::Declaration(Declaration { kind: DeclarationKind::Choice, block: Some(block), .. }) => {
                    return Exits::Choice(self.arrows(block, env, scope));
                }
                _ => {}
            }
        }
        let reader = Reader::of(Some(block));
        for value in reader.values(Key::GoTo) {
            if let Value::Target(target) = value {
                return Exits::To(Box::new(self.bare_arrow(target, env, scope)));
            }
        }
        for value in reader.values(Key::EndWith) {
            if let Value::End(state, span) = value {
                return Exits::End(*state, env.place(*span));
            }
        }
        Exits::Next
    }

    /// One outcome may stand several times only under guards.
    fn outcomes_twice(&mut self, block: &'t tree::Block, env: &Env<'t>) {
        let named: Vec<(&tree::Name, bool)> = block
            .statements
            .iter()
            .filter_map(|statement| match statement {
                Statement::Arrow(arrow) => match &arrow.outcome {
                    Outcome::Named(name) => Some((name, arrow.guard.is_some())),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        for (index, (name, guarded)) in named.iter().enumerate() {
            let before = named[..index].iter().find(|(other, _)| same_name(&other.text, &name.text));
            if let Some((first, _)) = before.filter(|(_, first_guarded)| !(*guarded && *first_guarded)) {
                let first = env.place(first.span);
                let kind = IssueKind::Duplicate { what: What::Outcome, name: name.text.clone(), first };
                self.builder.issue(env.issue(name.span, kind));
            }
        }
    }

    fn arrows(&mut self, block: &'t tree::Block, env: &Env<'t>, scope: Option<BlockId>) -> Vec<Arrow> {
        let lines = block.statements.iter().filter_map(|statement| match statement {
            Statement::Arrow(arrow) => Some(arrow),
            _ => None,
        });
        lines.map(|arrow| self.arrow(arrow, env, scope)).collect()
    }

    fn arrow(&mut self, arrow: &'t tree::Arrow, env: &Env<'t>, scope: Option<BlockId>) -> Arrow {
        let guard = arrow.guard.as_ref().map(|guard| self.guard(guard, env, scope));
        let reader = Reader::of(arrow.block.as_ref());
        let mut resolved = match &arrow.target {
            Some(target) => self.bare_arrow(target, env, scope),
            None => no_arrow(env.place(arrow.span)),
        };
        resolved.place = env.place(arrow.span);
        resolved.label = arrow.label.as_ref().map(|label| label.value.clone());
        resolved.guard = guard;
        match &arrow.outcome {
            Outcome::Named(name) => resolved.outcome = Some(name.text.clone()),
            Outcome::End(state, _) => resolved.called_end = Some(*state),
            Outcome::Otherwise(_) => resolved.otherwise = true,
            Outcome::Guarded => {}
        }
        resolved.forms = self.builder.named_list(Space::Form, reader.names(Key::Form), env);
        resolved.texts = reader.all_texts();
        resolved
    }

    /// A target with its modifiers.
    fn bare_arrow(&mut self, target: &'t tree::Target, env: &Env<'t>, scope: Option<BlockId>) -> Arrow {
        let Modifiers { max_times, exhausted, each_round, all_rounds, set_time, restart, .. } = &target.modifiers;
        let mut arrow = no_arrow(env.place(target.span));
        arrow.target = self.target(&target.core, env, scope);
        arrow.max_times = max_times.map(|(times, _)| times);
        arrow.exhausted = exhausted.as_ref().map(|core| self.target(core, env, scope));
        arrow.restarts = restart.is_some();
        arrow.round = if set_time.is_some() {
            Some(Round::SetTime)
        } else {
            let duration = each_round.as_ref().and_then(|amount| self.builder.duration(amount, env));
            duration.map(|duration| if *all_rounds { Round::All(duration) } else { Round::Each(duration) })
        };
        arrow
    }

    fn target(&mut self, core: &'t TargetCore, env: &Env<'t>, scope: Option<BlockId>) -> Target {
        match core {
            TargetCore::Next(_) => Target::Next,
            TargetCore::To(path) => self.node(path, env, scope, What::Step, &[]).map_or(Target::Unknown, Target::To),
            TargetCore::Back(path, _) => {
                self.node(path, env, scope, What::Step, &[]).map_or(Target::Unknown, Target::Back)
            }
            TargetCore::End { state, stop_all, .. } => Target::End { state: *state, stop_all: *stop_all },
            TargetCore::Wait { reason, limit, then, .. } => Target::Wait {
                reason: reason.as_ref().map(|reason| reason.value.clone()),
                limit: limit.as_ref().and_then(|limit| self.builder.duration(limit, env)),
                then: Box::new(self.target(then, env, scope)),
            },
            TargetCore::Error(_) => Target::Unknown,
        }
    }

    fn deadline(&mut self, declaration: &'t Declaration, env: &Env<'t>, scope: Option<BlockId>) -> Option<Deadline> {
        let reader = Reader::of(declaration.block.as_ref());
        let attribute = reader.all(Key::AtLatest).next()?;
        let since = match attribute.since.as_ref()? {
            Since::Reception(_) => None,
            Since::Step(path) => match self.node(path, env, scope, What::Step, &[])? {
                Node::Step(step) => Some(step),
                Node::Block(block) => self.last_step_of(block),
            },
        };
        let duration = reader.values(Key::AtLatest).find_map(|value| self.duration_of(value, env))?;
        Some(Deadline { duration, since, place: env.place(attribute.span) })
    }

    /// A deadline that counts from a block counts from the end of its last step.
    fn last_step_of(&self, block: BlockId) -> Option<StepId> {
        match self.flow.block(block).children.last()? {
            Node::Step(step) => Some(*step),
            Node::Block(inner) => self.last_step_of(*inner),
        }
    }

    fn overdue(
        &mut self,
        id: StepId,
        declaration: &'t Declaration,
        env: &Env<'t>,
        scope: Option<BlockId>,
    ) -> Option<Overdue> {
        let reader = Reader::of(declaration.block.as_ref());
        let value = reader.values(Key::Overdue).next()?;
        Some(match value {
            Value::Remind(_) => Overdue::Remind,
            Value::AsAgreed(_) => Overdue::AsAgreed,
            Value::AsOutcome(name) => Overdue::AsOutcome(self.outcome_of(id, name, env)?),
            Value::Target(target) => Overdue::Target(Box::new(self.bare_arrow(target, env, scope))),
            _ => return None,
        })
    }
}

fn no_arrow(place: Place) -> Arrow {
    Arrow {
        outcome: None,
        called_end: None,
        label: None,
        guard: None,
        otherwise: false,
        target: Target::Unknown,
        max_times: None,
        exhausted: None,
        round: None,
        restarts: false,
        forms: Vec::new(),
        texts: Vec::new(),
        place,
    }
}
