//! Procedures, standalone processes and shared parts.

use super::agencies::label_or_name;
use super::flow_steps::{FlowBuilder, reckoning};
use super::issue::{Issue, IssueKind, What};
use super::performers::{Binding, Env};
use super::procedure::*;
use super::reader::Reader;
use super::symbols::{Space, Symbol};
use super::{Builder, Named};
use crate::source::Place;
use foldhash::{HashSet, HashSetExt};
use std::rc::Rc;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::canonical;
use tthc_grammar::names::same_name;
use tthc_grammar::tree::{self, Block, Declaration, DeclarationKind, Head, Statement, Value};

/// What holds around the cases of a procedure.
pub(super) struct Around<'a, 't> {
    pub(super) data: &'a Data,
    pub(super) fields: &'a [Field],
    /// Blocks whose limits and steps after the result hold, the nearest last.
    pub(super) bodies: Vec<&'a Body<'t>>,
}

/// What a procedure takes from a standalone process that it uses.
pub(super) struct Body<'t> {
    pub(super) block: &'t Block,
    pub(super) env: Env<'t>,
}

impl<'t> Builder<'t> {
    pub(crate) fn build_procedures(&mut self) {
        let symbols: Vec<(Space, Symbol<'t>)> = self.symbols.all.clone();
        for (space, symbol) in &symbols {
            match space {
                Space::Procedure => self.declare_procedure(*symbol),
                Space::Process => self.declare_process(*symbol),
                Space::Part => self.declare_part(*symbol),
                _ => {}
            }
        }
        let of = |wanted: Space| symbols.iter().filter(move |(space, _)| *space == wanted).map(|(_, symbol)| *symbol);
        for symbol in of(Space::Procedure) {
            self.build_procedure(symbol);
        }
        for symbol in of(Space::Process) {
            self.of_unused(|builder| builder.check_unused_process(symbol));
        }
        for symbol in of(Space::Part) {
            self.of_unused(|builder| builder.check_part_alone(symbol));
        }
        self.call_circles();
    }

    fn declare_procedure(&mut self, symbol: Symbol<'t>) {
        let Some(name) = &symbol.declaration.name else { return };
        let reader = Reader::of(symbol.declaration.block.as_ref());
        let code = reader.values(Key::Code).find_map(|value| match value {
            Value::Text(text) => Some((text.value.clone(), Place { file: symbol.file, span: text.span })),
            _ => None,
        });
        let procedure = Procedure {
            named: Named::new(symbol.file, name),
            label: label_or_name(symbol.declaration.label.as_ref(), &name.text),
            doc: symbol.declaration.doc.clone(),
            declaration: Place { file: symbol.file, span: symbol.declaration.span },
            data: Data::default(),
            code,
            papers: symbol.declaration.block.as_ref().map(papers).unwrap_or_default(),
            fields: Vec::new(),
            cases: Vec::new(),
            shared_process: None,
            calls: Vec::new(),
            rests_on: Vec::new(),
        };
        self.remember(Space::Procedure, symbol, self.model.procedures.len());
        self.model.procedures.push(procedure);
        let fields = symbol.declaration.block.as_ref().map(|block| self.fields(block, symbol)).unwrap_or_default();
        if let Some(last) = self.model.procedures.last_mut() {
            last.fields = fields;
        }
    }

    fn declare_process(&mut self, symbol: Symbol<'t>) {
        let Some(name) = &symbol.declaration.name else { return };
        let process = SharedProcess {
            named: Named::new(symbol.file, name),
            label: label_or_name(symbol.declaration.label.as_ref(), &name.text),
            declaration: Place { file: symbol.file, span: symbol.declaration.span },
            has_flow: symbol.declaration.block.as_ref().is_some_and(has_flow),
        };
        self.remember(Space::Process, symbol, self.model.processes.len());
        self.model.processes.push(process);
    }

    fn declare_part(&mut self, symbol: Symbol<'t>) {
        let Some(name) = &symbol.declaration.name else { return };
        let parameters = match &symbol.declaration.head {
            Head::Parameters(parameters) => parameters.as_slice(),
            _ => &[],
        };
        for (index, parameter) in parameters.iter().enumerate() {
            if let Some(first) = parameters[..index].iter().find(|other| same_name(&other.text, &parameter.text)) {
                self.duplicate(What::Parameter, parameter, first, symbol);
            }
        }
        let part = Part {
            named: Named::new(symbol.file, name),
            declaration: Place { file: symbol.file, span: symbol.declaration.span },
            parameters: parameters.iter().map(|parameter| Named::new(symbol.file, parameter)).collect(),
        };
        self.remember(Space::Part, symbol, self.model.parts.len());
        self.model.parts.push(part);
    }

    pub(super) fn duplicate(&mut self, what: What, name: &tree::Name, first: &tree::Name, symbol: Symbol<'t>) {
        let first = Place { file: symbol.file, span: first.span };
        let kind = IssueKind::Duplicate { what, name: name.text.clone(), first };
        self.issue(Issue::new(Place { file: symbol.file, span: name.span }, kind));
    }

    /// The lines of `thông tin hồ sơ`.
    fn fields(&mut self, block: &'t Block, symbol: Symbol<'t>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let mut names: Vec<&tree::Name> = Vec::new();
        for field in field_lines(block) {
            if let Some(first) = names.iter().find(|other| same_name(&other.text, &field.name.text)) {
                self.duplicate(What::Field, &field.name, first, symbol);
                continue;
            }
            names.push(&field.name);
            if let Some(tree::FieldKind::Values(values)) = &field.kind {
                for (index, (value, _)) in values.iter().enumerate() {
                    if let Some((first, _)) =
                        values[..index].iter().find(|(other, _)| same_name(&other.text, &value.text))
                    {
                        self.duplicate(What::Value, value, first, symbol);
                    }
                }
            }
            fields.push(Field {
                named: Named::new(symbol.file, &field.name),
                label: label_or_name(field.label.as_ref(), &field.name.text),
                kind: match &field.kind {
                    Some(tree::FieldKind::Flag) => FieldKind::Flag,
                    Some(tree::FieldKind::Number(unit)) => {
                        FieldKind::Number(unit.as_ref().map(|unit| unit.value.clone()))
                    }
                    Some(tree::FieldKind::Values(values)) => FieldKind::Values(
                        values
                            .iter()
                            .map(|(value, label)| {
                                (Named::new(symbol.file, value), label_or_name(label.as_ref(), &value.text))
                            })
                            .collect(),
                    ),
                    None => FieldKind::Unknown,
                },
            });
        }
        fields
    }

    fn build_procedure(&mut self, symbol: Symbol<'t>) {
        let Some(id) = self.top_id(Space::Procedure, symbol) else { return };
        let Some(block) = &symbol.declaration.block else { return };
        let reader = Reader::of(Some(block));
        let mut env = Env::of_file(symbol.file);
        env.owner = symbol.declaration.name.as_ref().map(|name| name.text.as_str().into());
        env.since = reader.period(Key::InForce).from;
        let mut data = self.defaults(symbol, &env);
        let shared = self.shared_body(&reader, &env);
        if let Some((_, body)) = &shared {
            let inner = body.env.clone();
            data = self.data(&Reader::of(Some(body.block)), &inner, data);
        }
        data = self.data(&reader, &env, data);
        self.online_level(&reader, &data, &env, name_span(symbol.declaration));
        env.agencies = own_agencies(&self.orgs(reader.names(Key::Agency), &env, What::Agency), &data).into();
        let mut named = reader.all(Key::Agency).chain(reader.all(Key::ExecutingAgency));
        env.agency_unknown = env.agencies.is_empty() && (named.next().is_some() || is_damaged(block));
        env.reckoning = data.reckoning;
        let mut fields = std::mem::take(&mut self.model.procedures[id].fields);
        if let (true, Some((_, body))) = (fields.is_empty(), &shared) {
            let at = Symbol { file: body.env.file, declaration: symbol.declaration };
            fields = self.fields(body.block, at);
        }
        let mut calls = Vec::new();
        let own = Body { block, env };
        let shared_flow = shared.as_ref().map(|(_, body)| self.placed(body, &own.env, &data));
        let around: Vec<&Body<'t>> = shared_flow.iter().chain([&own]).collect();
        let body = shared_flow.as_ref().filter(|_| !has_flow(block)).unwrap_or(&own);
        let cases = self.cases(body, &Around { data: &data, fields: &fields, bodies: around }, &mut calls);
        let rests_on = self.rests_on(&cases, shared.as_ref().map(|(id, _)| *id), &calls);
        let shared_papers = shared.as_ref().map(|(_, body)| papers(body.block)).unwrap_or_default();
        let procedure = &mut self.model.procedures[id];
        if procedure.papers.is_empty() {
            procedure.papers = shared_papers;
        }
        procedure.shared_process = shared.map(|(id, _)| id);
        procedure.data = data;
        procedure.fields = fields;
        procedure.cases = cases;
        procedure.calls = calls;
        procedure.rests_on = rests_on;
    }

    /// A shared process in the place of the procedure that uses it: its bare roles and units of time are decided
    /// there, unless it says so itself.
    pub(super) fn placed(&mut self, shared: &Body<'t>, around: &Env<'t>, data: &Data) -> Body<'t> {
        let mut env = shared.env.clone();
        let own = self.orgs(Reader::of(Some(shared.block)).names(Key::Agency), &env, What::Agency);
        env.agencies = if own.is_empty() { own_agencies(&around.agencies, data).into() } else { own.into() };
        env.agency_unknown = around.agency_unknown && env.agencies.is_empty();
        env.reckoning = data.reckoning;
        env.since = around.since.or(data.in_force.from);
        Body { block: shared.block, env }
    }

    /// The standalone process that `quy trình: X` names.
    pub(super) fn shared_body(&mut self, reader: &Reader<'t>, env: &Env<'t>) -> Option<(usize, Body<'t>)> {
        let list = reader.names(Key::Process)?;
        let tree::Performers::One(tree::Performer { who: tree::Who::Path(path), .. }) = list else { return None };
        let (id, symbol) = self.named(Space::Process, &path.segments[0], env)?;
        let block = symbol.declaration.block.as_ref()?;
        let mut inner = Env::of_file(symbol.file);
        inner.owner = env.owner.clone();
        Some((id, Body { block, env: inner }))
    }

    /// Data of `mặc định` blocks: the project's, then the file's.
    fn defaults(&mut self, symbol: Symbol<'t>, env: &Env<'t>) -> Data {
        let before = self.model.issues.len();
        let data = self.defaults_of(&self.project_defaults.tree, env, Data::default());
        // The project's stand in no file of it: what they do not find is said of the procedure.
        let place = env.place(name_span(symbol.declaration));
        for issue in &mut self.model.issues[before..] {
            issue.place = place;
            if let IssueKind::Unknown { what, name, .. } = &mut issue.kind {
                issue.kind = IssueKind::UnknownInSettings { what: *what, name: std::mem::take(name) };
            }
        }
        match self.files.get(&symbol.file) {
            Some(file) => self.defaults_of(&file.tree, env, data),
            None => data,
        }
    }

    fn defaults_of(&mut self, tree: &'t tree::Tree, env: &Env<'t>, mut data: Data) -> Data {
        for statement in &tree.items {
            if let Statement::Declaration(Declaration { kind: DeclarationKind::Defaults, block: Some(block), .. }) =
                statement
            {
                data = self.data(&Reader::of(Some(block)), env, data);
            }
        }
        data
    }

    /// What a block says, put over what held around it. Limits are read with the steps.
    pub(super) fn data(&mut self, reader: &Reader<'t>, env: &Env<'t>, mut data: Data) -> Data {
        for (key, texts) in reader.all_texts() {
            data.texts.retain(|(of, _)| *of != key);
            data.texts.push((key, texts));
        }
        data.texts.sort_by_key(|(key, _)| *key);
        for key in [Key::Level, Key::Online, Key::PublicPost, Key::FourOnSite, Key::FiveOnSite] {
            if let Some(phrase) = reader.phrases(key).first() {
                data.phrases.retain(|(of, _)| *of != key);
                data.phrases.push((key, phrase));
            }
        }
        let lists: [(Key, &mut Vec<super::organization::OrgId>); 5] = [
            (Key::ExecutingAgency, &mut data.executing),
            (Key::CoordinatingAgencies, &mut data.coordinating),
            (Key::CompetentAuthority, &mut data.competent),
            (Key::DelegatedAgency, &mut data.delegated),
            (Key::ReceivedAt, &mut data.received_at),
        ];
        for (key, list) in lists {
            if let Some(names) = reader.names(key) {
                *list = self.orgs(Some(names), env, What::Agency);
            }
        }
        let money = |key: Key| {
            reader.values(key).find_map(|value| match value {
                Value::Money(amount, _) => Some(*amount),
                _ => None,
            })
        };
        data.fee = money(Key::Fee).or(data.fee);
        data.charge = money(Key::Charge).or(data.charge);
        let in_force = reader.period(Key::InForce);
        if in_force.from.is_some() {
            data.in_force = in_force;
        }
        data.reckoning = reckoning(reader, data.reckoning);
        if let Some(calendar) = self.named_list(Space::Calendar, reader.names(Key::Calendar), env).first() {
            data.calendar = Some(*calendar);
        }
        data.after_three |= !reader.phrases(Key::AfterThree).is_empty();
        if let Some(names) = reader.names(Key::Form) {
            data.forms = self.named_list(Space::Form, Some(names), env);
        }
        data
    }

    /// The levels 2 to 4 of online service were replaced in 2022.
    fn online_level(&mut self, reader: &Reader<'t>, data: &Data, env: &Env<'t>, at: tree::Span) {
        let level = data.phrases.iter().any(|(key, phrase)| *key == Key::Online && phrase.starts_with("mức"));
        if level && data.in_force.from.is_some_and(|from| from.year >= 2022) {
            let at = reader.values(Key::Online).next().map_or(at, Value::span);
            self.issue(env.issue(at, IssueKind::OldOnlineLevel));
        }
    }

    fn of_unused(&mut self, read: impl FnOnce(&mut Self)) {
        let before = self.model.issues.len();
        read(self);
        self.model.issues[before..].iter_mut().for_each(|issue| issue.unused = true);
    }

    /// A process that no procedure uses is still read, so that its mistakes are seen.
    fn check_unused_process(&mut self, symbol: Symbol<'t>) {
        let Some(id) = self.top_id(Space::Process, symbol) else { return };
        let Some(block) = symbol.declaration.block.as_ref().filter(|_| !self.model.uses.processes.contains(&id)) else {
            return;
        };
        let reader = Reader::of(Some(block));
        let mut env = Env::of_file(symbol.file);
        env.owner = symbol.declaration.name.as_ref().map(|name| name.text.as_str().into());
        let data = self.defaults(symbol, &env);
        let data = self.data(&reader, &env, data);
        env.agencies = own_agencies(&self.orgs(reader.names(Key::Agency), &env, What::Agency), &data).into();
        // They belong to whoever would use it.
        env.agency_unknown = env.agencies.is_empty();
        env.reckoning = data.reckoning;
        let fields = self.fields(block, symbol);
        let body = Body { block, env };
        let around = Around { data: &data, fields: &fields, bodies: vec![&body] };
        self.cases(&body, &around, &mut Vec::new());
    }

    /// A part by itself: its parameters and the fields it reads are not known.
    fn check_part_alone(&mut self, symbol: Symbol<'t>) {
        let Some(id) = self.top_id(Space::Part, symbol) else { return };
        let Some(block) = symbol.declaration.block.as_ref().filter(|_| !self.model.uses.parts.contains(&id)) else {
            return;
        };
        let mut env = Env::of_file(symbol.file);
        env.owner = symbol.declaration.name.as_ref().map(|name| name.text.as_str().into());
        let unknown =
            |named: &Named| (canonical(&named.name).into_owned(), Binding { declared: named.place, given: None });
        let names = self.model.parts[id].parameters.iter().map(unknown);
        env.parameters = Some(Rc::new(names.collect()));
        // Its bare roles belong to whoever would insert it.
        env.agency_unknown = true;
        let used = std::mem::take(&mut self.model.uses);
        let mut builder = FlowBuilder::new(self, None);
        builder.inside_part(id);
        builder.read(block, None, &env);
        // What only an unused part uses is not used.
        self.model.uses = used;
    }

    /// The declarations outside its own on which a procedure rests.
    fn rests_on(&self, cases: &[Case], shared: Option<usize>, calls: &[ProcedureId]) -> Vec<Place> {
        let mut places: HashSet<Place> = HashSet::new();
        places.extend(shared.map(|id| self.model.processes[id].declaration));
        places.extend(calls.iter().map(|id| self.model.procedures[id.0].declaration));
        for case in cases {
            for block in &case.flow.blocks {
                if let super::flow::BlockKind::Inserted(part) = block.kind {
                    places.insert(self.model.parts[part].declaration);
                }
            }
        }
        let mut places: Vec<Place> = places.into_iter().collect();
        places.sort();
        places
    }
}

fn own_agencies(agencies: &[super::organization::OrgId], data: &Data) -> Vec<super::organization::OrgId> {
    if agencies.is_empty() { data.executing.clone() } else { agencies.to_vec() }
}

/// A line of it could not be read or has an unknown key: what seems to be missing may be there.
fn is_damaged(block: &Block) -> bool {
    block.broken
        || block.statements.iter().any(|statement| match statement {
            Statement::Attribute(attribute) => attribute.key.is_none(),
            Statement::Error(_) => true,
            _ => false,
        })
}

fn name_span(declaration: &Declaration) -> tree::Span {
    declaration.name.as_ref().map_or(declaration.head_span, |name| name.span)
}

pub(super) fn declarations(block: &Block, kind: DeclarationKind) -> impl Iterator<Item = &Declaration> {
    block.statements.iter().filter_map(move |statement| match statement {
        Statement::Declaration(declaration) if declaration.kind == kind => Some(declaration),
        _ => None,
    })
}

fn field_lines(block: &Block) -> impl Iterator<Item = &tree::Field> {
    let blocks = declarations(block, DeclarationKind::Fields).filter_map(|declaration| declaration.block.as_ref());
    blocks.flat_map(|block| &block.statements).filter_map(|statement| match statement {
        Statement::Field(field) => Some(field),
        _ => None,
    })
}

/// Whether a block has steps or cases of its own.
pub(super) fn has_flow(block: &Block) -> bool {
    use DeclarationKind as D;
    block.statements.iter().any(|statement| match statement {
        Statement::Declaration(declaration) => {
            matches!(declaration.kind, D::Case | D::Process | D::Step | D::Stage | D::Parallel | D::Insert | D::Call)
        }
        _ => false,
    })
}

fn papers(block: &Block) -> Vec<Paper> {
    let blocks = declarations(block, DeclarationKind::Papers).filter_map(|declaration| declaration.block.as_ref());
    let lines = blocks.flat_map(|block| &block.statements).filter_map(|statement| match statement {
        Statement::Paper(paper) => Some(paper),
        _ => None,
    });
    lines
        .map(|paper| {
            let reader = Reader::of(paper.block.as_ref());
            Paper {
                title: paper.title.value.clone(),
                originals: reader.count(Key::Originals),
                copies: reader.count(Key::Copies),
                template: reader.text(Key::Template),
                electronic: reader.flag(Key::ElectronicCopy).unwrap_or(false),
                notes: reader.texts(Key::Note),
            }
        })
        .collect()
}
