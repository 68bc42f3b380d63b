//! The cases of a procedure: one unnamed, or those of `trường hợp`, each with steps and limits.

use super::agencies::label_or_name;
use super::flow::Flow;
use super::flow_steps::FlowBuilder;
use super::issue::What;
use super::procedure::*;
use super::procedures::{Around, Body, declarations, has_flow};
use super::reader::Reader;
use super::symbols::Symbol;
use super::{Builder, Named};
use tthc_grammar::keywords::Key;
use tthc_grammar::names::same_name;
use tthc_grammar::tree::{self, Block, Declaration, DeclarationKind, Head};

impl<'t> Builder<'t> {
    /// The cases of a body: one unnamed, or those of `trường hợp`.
    pub(super) fn cases(
        &mut self,
        body: &Body<'t>,
        around: &Around<'_, 't>,
        calls: &mut Vec<ProcedureId>,
    ) -> Vec<Case> {
        let declared: Vec<&'t Declaration> = declarations(body.block, DeclarationKind::Case).collect();
        if declared.is_empty() {
            let place = body.env.place(body.block.span);
            let data = around.data.clone();
            let mut case = Case { named: None, label: None, guard: None, data, flow: Flow::default(), place };
            self.fill_case(&mut case, body, around, &[], calls);
            return vec![case];
        }
        let mut cases = Vec::new();
        let mut names: Vec<&tree::Name> = Vec::new();
        for declaration in declared {
            let (Some(name), Some(block)) = (&declaration.name, &declaration.block) else { continue };
            if let Some(first) = names.iter().find(|other| same_name(&other.text, &name.text)) {
                let at = Symbol { file: body.env.file, declaration };
                self.duplicate(What::Case, name, first, at);
            }
            names.push(name);
            cases.push(self.case((declaration, name, block), body, around, calls));
        }
        cases
    }

    fn case(
        &mut self,
        (declaration, name, block): (&'t Declaration, &'t tree::Name, &'t Block),
        body: &Body<'t>,
        around: &Around<'_, 't>,
        calls: &mut Vec<ProcedureId>,
    ) -> Case {
        let reader = Reader::of(Some(block));
        let mut env = body.env.clone();
        let mut data = around.data.clone();
        let shared = self.shared_body(&reader, &env).map(|(_, shared)| shared);
        if let Some(shared) = &shared {
            data = self.data(&Reader::of(Some(shared.block)), &shared.env.clone(), data);
        }
        let data = self.data(&reader, &env, data);
        let agencies = self.orgs(reader.names(Key::Agency), &env, What::Agency);
        if !agencies.is_empty() {
            env.agencies = agencies.into();
        }
        env.reckoning = data.reckoning;
        let guard = match &declaration.head {
            Head::Guard(guard) => Some(FlowBuilder::new(self, Some(around.fields)).guard_alone(guard, &env)),
            _ => None,
        };
        let shared = shared.map(|shared| self.placed(&shared, &env, &data));
        let mut case = Case {
            named: Some(Named::new(env.file, name)),
            label: Some(label_or_name(declaration.label.as_ref(), &name.text)),
            guard,
            data,
            flow: Flow::default(),
            place: env.place(declaration.span),
        };
        let own = Body { block, env };
        let nearer: Vec<&Body<'t>> = shared.iter().chain([&own]).collect();
        let flow = shared.as_ref().filter(|_| !has_flow(block)).unwrap_or(&own);
        self.fill_case(&mut case, flow, around, &nearer, calls);
        case
    }

    /// Steps, steps after the result and limits of a case: of the nearest block that states them.
    fn fill_case(
        &mut self,
        case: &mut Case,
        body: &Body<'t>,
        around: &Around<'_, 't>,
        nearer: &[&Body<'t>],
        calls: &mut Vec<ProcedureId>,
    ) {
        let process =
            declarations(body.block, DeclarationKind::Process).next().and_then(|process| process.block.as_ref());
        let blocks: Vec<&Body<'t>> = around.bodies.iter().chain(nearer).copied().collect();
        let after = blocks.iter().rev().find_map(|body| {
            let after = declarations(body.block, DeclarationKind::After).next()?;
            Some((after.block.as_ref()?, &body.env))
        });
        let mut builder = FlowBuilder::new(self, Some(around.fields));
        builder.read(process.unwrap_or(body.block), after, &body.env);
        for Body { block, env } in blocks {
            let limits = builder.limits(&Reader::of(Some(block)), env);
            limits.put(&mut case.data);
        }
        case.flow = std::mem::take(&mut builder.flow);
        calls.append(&mut builder.calls);
    }
}
