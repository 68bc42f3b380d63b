//! The cases of a procedure: one unnamed, or those of `trường hợp`, each with steps and limits.

use super::agencies::{label_or_name, same_name};
use super::flow::Flow;
use super::flow_steps::FlowBuilder;
use super::issue::What;
use super::performers::Env;
use super::procedure::*;
use super::procedures::{Body, declarations, has_flow};
use super::reader::Reader;
use super::symbols::Symbol;
use super::{Builder, Named};
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::{self, Block, Declaration, DeclarationKind, Head};

impl<'t> Builder<'t> {
    /// The cases of a body: one unnamed, or those of `trường hợp`.
    pub(super) fn cases(
        &mut self,
        body: &Body<'t>,
        data: &Data,
        fields: &[Field],
        calls: &mut Vec<ProcedureId>,
    ) -> Vec<Case> {
        let declared: Vec<&'t Declaration> = declarations(body.block, DeclarationKind::Case).collect();
        if declared.is_empty() {
            let place = body.env.place(body.block.span);
            let mut case =
                Case { named: None, label: None, guard: None, data: data.clone(), flow: Flow::default(), place };
            self.fill_case(&mut case, body.block, &body.env, fields, None, calls);
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
            cases.push(self.case(declaration, name, block, body, data, fields, calls));
        }
        cases
    }

    #[expect(clippy::too_many_arguments, reason = "the context of a case, used once")]
    fn case(
        &mut self,
        declaration: &'t Declaration,
        name: &'t tree::Name,
        block: &'t Block,
        body: &Body<'t>,
        data: &Data,
        fields: &[Field],
        calls: &mut Vec<ProcedureId>,
    ) -> Case {
        let reader = Reader::of(Some(block));
        let mut env = body.env.clone();
        let mut own = data.clone();
        let shared = self.shared_body(&reader, &env);
        if let Some((_, shared)) = &shared {
            own = self.data(&Reader::of(Some(shared.block)), &shared.env.clone(), own);
        }
        let own = self.data(&reader, &env, own);
        let agencies = self.orgs(reader.names(Key::Agency), &env, What::Agency);
        if !agencies.is_empty() {
            env.agencies = agencies;
        }
        env.reckoning = own.reckoning;
        let guard = match &declaration.head {
            Head::Guard(guard) => Some(FlowBuilder::new(self, Some(fields)).guard_alone(guard, &env)),
            _ => None,
        };
        let mut case = Case {
            named: Some(Named::new(env.file, name)),
            label: Some(label_or_name(declaration.label.as_ref(), &name.text)),
            guard,
            data: own,
            flow: Flow::default(),
            place: env.place(declaration.span),
        };
        match shared.filter(|_| !has_flow(block)) {
            Some((_, mut shared)) => {
                shared.env.agencies = env.agencies.clone();
                shared.env.reckoning = env.reckoning;
                shared.env.since = env.since;
                self.fill_case(&mut case, shared.block, &shared.env, fields, Some((block, &env)), calls);
            }
            None => self.fill_case(&mut case, block, &env, fields, None, calls),
        }
        case
    }

    /// Steps and limits of a case. `also`: a block around the shared process whose limits count too.
    fn fill_case(
        &mut self,
        case: &mut Case,
        block: &'t Block,
        env: &Env<'t>,
        fields: &[Field],
        also: Option<(&'t Block, &Env<'t>)>,
        calls: &mut Vec<ProcedureId>,
    ) {
        let process = declarations(block, DeclarationKind::Process).next().and_then(|process| process.block.as_ref());
        let after = declarations(block, DeclarationKind::After).next().and_then(|after| after.block.as_ref());
        let mut builder = FlowBuilder::new(self, Some(fields));
        builder.read(process.unwrap_or(block), after, env);
        let (outer, outer_env) = also.unwrap_or((block, env));
        let limits = builder.limits(&Reader::of(Some(outer)), outer_env);
        limits.put(&mut case.data);
        case.flow = std::mem::take(&mut builder.flow);
        calls.append(&mut builder.calls);
    }
}
