//! Steps and blocks of a flow, with shared parts inserted. Arrows come after, when all steps are known.

use super::agencies::label_or_name;
use super::flow::*;
use super::issue::{IssueKind, What};
use super::lines::outcome_names;
use super::performers::{Binding, Bindings, Env, similar};
use super::procedure::{Field, ProcedureId};
use super::reader::Reader;
use super::symbols::Space;
use super::time::Reckoning;
use super::{Builder, Named};
use crate::source::Place;
use foldhash::{HashMap, HashMapExt};
use std::rc::Rc;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::canonical;
use tthc_grammar::names::same_name;
use tthc_grammar::tree::{self, Declaration, DeclarationKind, Head, Name, Statement, Value};

/// Shared parts are inserted until a process has this many steps.
pub(crate) const MAX_STEPS: usize = 200_000;
/// Parts that insert parts, in a row.
pub(crate) const MAX_INSERTIONS: usize = 64;

/// The printed numbers of a stage so far.
#[derive(Default)]
pub(super) struct SeenNumbers {
    /// Where each number stands first, by its parts.
    pub(super) first: HashMap<Vec<u32>, Place>,
    /// The last one: its parts, as printed, where.
    pub(super) last: Option<(Vec<u32>, String, Place)>,
}

/// Builds one flow.
pub(crate) struct FlowBuilder<'a, 't> {
    pub(super) builder: &'a mut Builder<'t>,
    pub(super) flow: Flow,
    /// The fields that guards may read; none where they are not known.
    pub(super) fields: Option<&'a [Field]>,
    /// The outcomes of every step, each where it first stands.
    pub(super) outcomes: Vec<Vec<Named>>,
    /// What is still to be resolved of every step.
    pub(super) pending: Vec<(StepId, &'t Declaration, Env<'t>)>,
    /// (scope, name) → what has it.
    pub(super) names: HashMap<(Option<BlockId>, String), Vec<Node>>,
    /// Numbers seen in each stage, in order.
    pub(super) numbers: HashMap<Option<BlockId>, SeenNumbers>,
    /// Parts that are being inserted.
    inserting: Vec<usize>,
    pub(super) calls: Vec<ProcedureId>,
}

impl<'a, 't> FlowBuilder<'a, 't> {
    pub(crate) fn new(builder: &'a mut Builder<'t>, fields: Option<&'a [Field]>) -> Self {
        FlowBuilder {
            builder,
            flow: Flow::default(),
            fields,
            outcomes: Vec::new(),
            pending: Vec::new(),
            names: HashMap::new(),
            numbers: HashMap::new(),
            inserting: Vec::new(),
            calls: Vec::new(),
        }
    }

    /// Reads the steps of a process and those after the result, then resolves their arrows.
    pub(crate) fn read(&mut self, block: &'t tree::Block, after: Option<(&'t tree::Block, &Env<'t>)>, env: &Env<'t>) {
        self.flow.place = Some(env.place(block.span));
        let blocks = [Some(block), after.map(|(after, _)| after)];
        self.flow.notes = blocks.into_iter().flat_map(|block| Reader::of(block).texts(Key::Note)).collect();
        let inner = self.inner_env(block, env);
        self.flow.body = self.body(block, &inner, None);
        if let Some((after, env)) = after {
            let inner = self.inner_env(after, env);
            self.flow.after = self.body(after, &inner, None);
        }
        self.resolve_pending();
    }

    /// A part by itself: its own circle of insertions is seen.
    pub(crate) fn inside_part(&mut self, part: usize) {
        self.inserting.push(part);
    }

    /// `cơ quan` and `cách tính` of a block hold for what stands in it.
    fn inner_env(&mut self, block: &'t tree::Block, env: &Env<'t>) -> Env<'t> {
        let reader = Reader::of(Some(block));
        let mut inner = env.clone();
        if let Some(names) = reader.names(Key::Agency) {
            let agencies = self.builder.orgs(Some(names), env, What::Agency);
            inner.agency_unknown = agencies.is_empty();
            if !agencies.is_empty() {
                inner.agencies = agencies.into();
            }
        }
        inner.reckoning = reckoning(&reader, env.reckoning);
        inner
    }

    fn body(&mut self, block: &'t tree::Block, env: &Env<'t>, parent: Option<BlockId>) -> Vec<Node> {
        let mut nodes = Vec::new();
        for statement in &block.statements {
            let Statement::Declaration(declaration) = statement else { continue };
            match declaration.kind {
                DeclarationKind::Step => nodes.extend(self.step(declaration, env, parent)),
                DeclarationKind::Call => nodes.extend(self.call(declaration, env, parent)),
                DeclarationKind::Stage => nodes.extend(self.stage(declaration, env, parent)),
                DeclarationKind::Parallel => nodes.extend(self.parallel(declaration, env, parent)),
                DeclarationKind::Branch => nodes.extend(self.branch(declaration, env, parent)),
                DeclarationKind::Insert => nodes.extend(self.insert(declaration, env, parent)),
                _ => {}
            }
        }
        nodes
    }

    fn block(
        &mut self,
        kind: BlockKind,
        declaration: &'t Declaration,
        env: &Env<'t>,
        parent: Option<BlockId>,
    ) -> BlockId {
        let id = BlockId(self.flow.blocks.len());
        let named = declaration.name.as_ref().map(|name| Named::new(env.file, name));
        self.flow.blocks.push(Block {
            kind,
            named,
            label: declaration.label.as_ref().map(|label| label.value.clone()),
            parent,
            children: Vec::new(),
            texts: Reader::of(declaration.block.as_ref()).all_texts(),
            place: env.place(declaration.span),
        });
        id
    }

    fn fill(&mut self, id: BlockId, declaration: &'t Declaration, env: &Env<'t>) -> Option<Node> {
        if let Some(block) = &declaration.block {
            let env = self.inner_env(block, env);
            self.flow.blocks[id.0].children = self.body(block, &env, Some(id));
        }
        Some(Node::Block(id))
    }

    fn stage(&mut self, declaration: &'t Declaration, env: &Env<'t>, parent: Option<BlockId>) -> Option<Node> {
        let name = declaration.name.as_ref()?;
        let reader = Reader::of(declaration.block.as_ref());
        let mut own = env.clone();
        own.reckoning = reckoning(&reader, env.reckoning);
        let limit = reader.values(Key::Limit).find_map(|value| self.duration_of(value, &own));
        let id = self.block(BlockKind::Stage(limit), declaration, env, parent);
        self.register(name, Node::Block(id), env, parent, What::Stage);
        self.fill(id, declaration, env)
    }

    fn parallel(&mut self, declaration: &'t Declaration, env: &Env<'t>, parent: Option<BlockId>) -> Option<Node> {
        let name = declaration.name.as_ref()?;
        let join = match declaration.head {
            Head::Join(join) => join,
            _ => tree::Join::Unsaid,
        };
        let id = self.block(BlockKind::Parallel(join), declaration, env, parent);
        self.register(name, Node::Block(id), env, parent, What::Step);
        self.fill(id, declaration, env)
    }

    fn branch(&mut self, declaration: &'t Declaration, env: &Env<'t>, parent: Option<BlockId>) -> Option<Node> {
        let name = declaration.name.as_ref()?;
        let id = self.block(BlockKind::Branch, declaration, env, parent);
        self.register(name, Node::Block(id), env, parent, What::Branch);
        self.fill(id, declaration, env)
    }

    fn insert(&mut self, declaration: &'t Declaration, env: &Env<'t>, parent: Option<BlockId>) -> Option<Node> {
        let Head::Insert { arguments, alias } = &declaration.head else { return None };
        let name = declaration.name.as_ref()?;
        let (part, symbol) = self.builder.named(Space::Part, name, env)?;
        if self.inserting.contains(&part) {
            let from = self.inserting.iter().position(|other| *other == part).unwrap_or(0);
            let mut circle: Vec<String> =
                self.inserting[from..].iter().map(|id| self.builder.model.parts[*id].named.name.clone()).collect();
            circle.push(name.text.clone());
            self.builder.issue(env.issue(name.span, IssueKind::Circle(circle)));
            return None;
        }
        if self.flow.steps.len() >= MAX_STEPS || self.inserting.len() >= MAX_INSERTIONS {
            self.builder
                .issue(env.issue(name.span, IssueKind::TooManyInserted { steps: MAX_STEPS, depth: MAX_INSERTIONS }));
            return None;
        }
        let id = self.block(BlockKind::Inserted(part), declaration, env, parent);
        self.flow.blocks[id.0].named = alias.as_ref().map(|alias| Named::new(env.file, alias));
        if let Some(alias) = alias {
            self.register(alias, Node::Block(id), env, parent, What::Step);
        }
        let parameters = match &symbol.declaration.head {
            Head::Parameters(parameters) => parameters.as_slice(),
            _ => &[],
        };
        if parameters.len() != arguments.len() {
            let kind = IssueKind::ArgumentCount {
                expected: parameters.iter().map(|parameter| parameter.text.clone()).collect(),
                found: arguments.len(),
                declared: self.builder.model.parts[part].named.place,
            };
            self.builder.issue(env.issue(name.span, kind));
        }
        let bindings: Bindings<'t> = parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| {
                let declared = Place { file: symbol.file, span: parameter.span };
                let given = arguments.get(index).map(|argument| (argument, env.clone()));
                (canonical(&parameter.text).into_owned(), Binding { declared, given })
            })
            .collect();
        let mut inner = env.clone();
        inner.file = symbol.file;
        inner.parameters = Some(Rc::new(bindings));
        let here = env.place(declaration.head_span);
        inner.inserted_at = env.inserted_at.iter().copied().chain([here]).collect();
        for note in Reader::of(symbol.declaration.block.as_ref()).texts(Key::Note) {
            // A part that is inserted twice says it once.
            if !self.flow.notes.contains(&note) {
                self.flow.notes.push(note);
            }
        }
        self.inserting.push(part);
        let node = self.fill(id, symbol.declaration, &inner);
        self.inserting.pop();
        node
    }

    fn step(&mut self, declaration: &'t Declaration, env: &Env<'t>, parent: Option<BlockId>) -> Option<Node> {
        let name = declaration.name.as_ref()?;
        let env = match &declaration.block {
            Some(block) => self.inner_env(block, env),
            None => env.clone(),
        };
        let reader = Reader::of(declaration.block.as_ref());
        let mut step = self.blank_step(declaration, name, &env, parent);
        step.numbered = name.text.starts_with(|c: char| c.is_ascii_digit());
        let head = match &declaration.head {
            Head::Step(head) => Some(head),
            _ => None,
        };
        let performers = head.and_then(|head| head.performers.as_ref()).or_else(|| reader.names(Key::Performer));
        step.performers = performers.map(|performers| self.builder.performers(performers, &env));
        step.time = self.time(declaration, &reader, &env);
        step.presence = reader.flag(Key::Presence).unwrap_or(false);
        step.electronic = declaration.block.as_ref().and_then(electronic);
        Some(self.add_step(step, name, declaration, env, parent))
    }

    fn blank_step(
        &mut self,
        declaration: &'t Declaration,
        name: &'t Name,
        env: &Env<'t>,
        parent: Option<BlockId>,
    ) -> Step {
        let reader = Reader::of(declaration.block.as_ref());
        Step {
            named: Named::new(env.file, name),
            numbered: false,
            label: label_or_name(declaration.label.as_ref(), &name.text),
            place: env.place(declaration.span),
            head: env.place(declaration.head_span),
            parent,
            inserted_at: env.inserted_at.to_vec(),
            call: None,
            performers: None,
            time: StepTime::default(),
            kinds: reader.phrases(Key::Kind),
            forms: self.builder.named_list(Space::Form, reader.names(Key::Form), env),
            texts: reader.all_texts_and_sums(),
            presence: false,
            calendar: self.builder.named_list(Space::Calendar, reader.names(Key::Calendar), env).first().copied(),
            after_three: !reader.phrases(Key::AfterThree).is_empty(),
            deadline: None,
            overdue: None,
            electronic: None,
            exits: Exits::Next,
        }
    }

    fn add_step(
        &mut self,
        step: Step,
        name: &'t Name,
        declaration: &'t Declaration,
        env: Env<'t>,
        parent: Option<BlockId>,
    ) -> Node {
        let id = StepId(self.flow.steps.len());
        self.flow.steps.push(step);
        let outcomes = self.outcomes_of(declaration, &env);
        self.outcomes.push(outcomes);
        self.register(name, Node::Step(id), &env, parent, What::Step);
        self.pending.push((id, declaration, env));
        Node::Step(id)
    }

    fn call(&mut self, declaration: &'t Declaration, env: &Env<'t>, parent: Option<BlockId>) -> Option<Node> {
        let name = declaration.name.as_ref()?;
        let called = self.builder.named(Space::Procedure, name, env);
        let procedure = called.map(|(id, _)| ProcedureId(id));
        let mapping = match &declaration.head {
            Head::Mapping(mapping) => mapping.as_slice(),
            _ => &[],
        };
        if let Some(procedure) = procedure {
            self.calls.push(procedure);
            self.check_mapping(mapping, procedure, env);
        }
        let mut step = self.blank_step(declaration, name, env, parent);
        if declaration.label.is_none()
            && let Some(ProcedureId(id)) = procedure
        {
            step.label = self.builder.model.procedures[id].label.clone();
        }
        let pairs = mapping.iter().map(|(own, theirs)| (own.text.clone(), theirs.text.clone())).collect();
        step.call = Some(Call { procedure, mapping: pairs });
        Some(self.add_step(step, name, declaration, env.clone(), parent))
    }

    fn check_mapping(&mut self, mapping: &[(Name, Name)], procedure: ProcedureId, env: &Env<'t>) {
        let theirs: Vec<Named> =
            self.builder.model.procedures[procedure.0].fields.iter().map(|field| field.named.clone()).collect();
        for (own, their) in mapping {
            if let Some(fields) = self.fields {
                let field = fields.iter().find(|field| same_name(&field.named.name, &own.text));
                match field {
                    Some(field) => {
                        self.builder.refer(field.named.place, own, env);
                        self.builder.model.uses.fields.insert(field.named.place);
                    }
                    None => self.unknown_field(
                        own,
                        &fields.iter().map(|field| field.named.name.clone()).collect::<Vec<_>>(),
                        env,
                    ),
                }
            }
            match theirs.iter().find(|field| same_name(&field.name, &their.text)) {
                Some(field) => self.builder.refer(field.place, their, env),
                None => {
                    let names: Vec<String> = theirs.iter().map(|field| field.name.clone()).collect();
                    self.unknown_field(their, &names, env);
                }
            }
        }
    }

    fn unknown_field(&mut self, name: &Name, known: &[String], env: &Env<'t>) {
        let suggestions = similar(&name.text, known.iter().map(String::as_str));
        let kind = IssueKind::Unknown { what: What::Field, name: name.text.clone(), suggestions, within: None };
        self.builder.issue(env.issue(name.span, kind));
    }

    fn time(&mut self, declaration: &'t Declaration, reader: &Reader<'t>, env: &Env<'t>) -> StepTime {
        let head = match &declaration.head {
            Head::Step(head) => Some(head),
            _ => None,
        };
        let said = head.and_then(|head| head.time.as_ref()).or_else(|| reader.values(Key::Time).next());
        let stated =
            declaration.block.iter().flat_map(|block| &block.statements).find_map(|statement| match statement {
                Statement::Uncounted(uncounted) => Some(uncounted),
                _ => None,
            });
        let uncounted = head.and_then(|head| head.uncounted.as_ref()).or(stated);
        StepTime {
            duration: said.and_then(|value| self.duration_of(value, env)),
            unstated: matches!(said, Some(Value::Unstated(_))),
            uncounted: uncounted.is_some(),
            reason: uncounted.and_then(|uncounted| uncounted.reason.as_ref()).map(|reason| reason.value.clone()),
            place: said.map(Value::span).or(uncounted.map(|uncounted| uncounted.span)).map(|span| env.place(span)),
        }
    }

    /// The outcomes of a step; one that stands several times refers to where it first stands.
    fn outcomes_of(&mut self, declaration: &Declaration, env: &Env<'t>) -> Vec<Named> {
        let mut outcomes: Vec<Named> = Vec::new();
        for name in declaration.block.iter().flat_map(outcome_names) {
            match outcomes.iter().find(|known| same_name(&known.name, &name.text)) {
                Some(first) => self.builder.refer(first.place, name, env),
                None => outcomes.push(Named::new(env.file, name)),
            }
        }
        outcomes
    }

    pub(super) fn duration_of(&mut self, value: &Value, env: &Env<'t>) -> Option<super::time::Duration> {
        match value {
            Value::Amount(amount) => self.builder.duration(amount, env),
            Value::Parameter(name) => self.builder.parameter_duration(name, env),
            _ => None,
        }
    }
}

/// `cách tính` of a block, else that around it.
pub(crate) fn reckoning(reader: &Reader<'_>, around: Reckoning) -> Reckoning {
    let phrases = reader.phrases(Key::Reckoning);
    if phrases.is_empty() {
        return around;
    }
    Reckoning {
        days_are_working: phrases.contains(&"ngày là ngày làm việc"),
        hours_are_working: phrases.contains(&"giờ là giờ làm việc"),
    }
}

fn electronic(block: &tree::Block) -> Option<Electronic> {
    let block = block.statements.iter().find_map(|statement| match statement {
        Statement::Declaration(Declaration { kind: DeclarationKind::Electronic, block, .. }) => block.as_ref(),
        _ => None,
    })?;
    let reader = Reader::of(Some(block));
    let by_name = || {
        let phrase = reader.phrases(Key::Status).first().copied()?;
        tthc_grammar::keywords::STATUSES.iter().position(|status| *status == phrase).map(|index| index as u64 + 1)
    };
    let notify = reader.names(Key::Notify).map(tree::Performers::each).unwrap_or_default();
    Some(Electronic {
        status: reader.count(Key::Status).or_else(by_name).and_then(|number| u8::try_from(number).ok()),
        digital_signature: reader.flag(Key::DigitalSignature),
        notify: notify
            .iter()
            .filter_map(|one| match &one.who {
                tree::Who::Path(path) => Some(path.text()),
                _ => None,
            })
            .collect(),
        notes: reader.texts(Key::Note),
    })
}
