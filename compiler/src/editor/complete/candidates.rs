//! Names that mean something at the cursor.

use super::context::{Context, Token};
use super::{Candidate, CandidateKind};
use crate::editor::names;
use crate::editor::outline::{self, Item, ItemKind};
use crate::library;
use crate::model::flow::StepId;
use crate::model::organization::{Form, Org, OrgId, OrgKind};
use crate::model::procedure::Procedure;
use crate::model::symbols;
use crate::project::Project;
use crate::source::{FileId, Place};
use std::collections::HashSet;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::canonical;
use tthc_grammar::tree::{Date, DeclarationKind as D};

/// What is in sight of the cursor.
pub struct Scope<'p> {
    project: &'p Project,
    file: FileId,
    /// The file, what it imports in turn, the standard library.
    sight: HashSet<FileId>,
    /// Bare roles belong to these.
    agencies: Vec<OrgId>,
    procedure: Option<&'p Procedure>,
    /// What the procedure, process or part around the cursor declares; without one, what the file does.
    items: Vec<Item>,
    parameters: Vec<String>,
}

impl<'p> Scope<'p> {
    pub fn new(project: &'p Project, file: FileId, context: &Context, offset: u32) -> Scope<'p> {
        let imports = project.model.imports.iter().filter(|import| import.place.file == file);
        let mut sight: HashSet<FileId> = imports.flat_map(|import| import.brings.iter().copied()).collect();
        sight.insert(file);
        sight.extend(library::files().map(|(id, _)| id));
        let owners = [D::Procedure, D::SharedProcess, D::Part, D::Agency];
        let owner = context.around(&owners);
        let same = |a: &str, b: &str| canonical(a) == canonical(b);
        let procedure = project.model.procedures.iter().find(|procedure| {
            procedure.named.place.file == file && owner.is_some_and(|(_, name)| same(name, &procedure.named.name))
        });
        let all = outline::outline(&project.file(file).tree);
        let around = all.iter().find(|item| {
            let is_owner = owner.is_some_and(|(_, name)| same(name, &item.name));
            is_owner && item.span.start <= offset
        });
        let items = around.map_or_else(|| all.clone(), |item| item.children.clone());
        let parameters = items.iter().filter(|item| item.kind == ItemKind::Parameter);
        let parameters = parameters.map(|item| item.name.clone()).collect();
        let mut scope = Scope { project, file, sight, agencies: Vec::new(), procedure, items, parameters };
        scope.agencies = scope.own_agencies(context, owner);
        scope
    }

    fn own_agencies(&self, context: &Context, owner: Option<(D, &str)>) -> Vec<OrgId> {
        if let Some((D::Agency, name)) = owner {
            return self.find(name).into_iter().collect();
        }
        let stated = context.stated(Key::Agency).or(context.stated(Key::ExecutingAgency));
        match stated.and_then(|path| self.find(path)) {
            Some(agency) => vec![agency],
            None => self.procedure.map(|procedure| procedure.data.executing.clone()).unwrap_or_default(),
        }
    }

    fn orgs(&self) -> impl Iterator<Item = (OrgId, &'p Org)> + '_ {
        let all = self.project.model.orgs.iter().enumerate().map(|(id, org)| (OrgId(id), org));
        all.filter(|(_, org)| self.sight.contains(&org.named.place.file))
    }

    /// An agency, unit or role by its path.
    fn find(&self, path: &str) -> Option<OrgId> {
        let mut segments = path.split('.').filter(|segment| !segment.is_empty());
        let first = canonical(segments.next()?).into_owned();
        let model = &self.project.model;
        let is_it = |id: &OrgId, name: &str| canonical(&model.org(*id).named.name) == name;
        let members = self.agencies.iter().flat_map(|agency| model.org(*agency).members.iter().copied());
        let mut found = members
            .chain(self.orgs().filter(|(_, org)| org.parent.is_none()).map(|(id, _)| id))
            .find(|id| is_it(id, &first))?;
        for segment in segments {
            let name = canonical(segment).into_owned();
            found = model.org(found).members.iter().copied().find(|id| is_it(id, &name))?;
        }
        Some(found)
    }

    fn candidate(&self, id: OrgId, path: String) -> Candidate {
        let org = self.project.model.org(id);
        let kind = if org.kind == OrgKind::Role { CandidateKind::Role } else { CandidateKind::Agency };
        self.described(Candidate::new(kind, path).detail(org.label.clone()), org.named.place)
    }

    fn described(&self, mut candidate: Candidate, declared: Place) -> Candidate {
        let label = names::item(self.project, declared).and_then(|item| item.doc);
        candidate.documentation = label.map(|doc| crate::diagnostic::say(doc.clone(), doc));
        candidate
    }

    /// Everything below an agency, as it is written from there.
    fn below(&self, of: OrgId, before: &str, rank: u8, out: &mut Vec<Candidate>) {
        for member in &self.project.model.org(of).members {
            let path = format!("{before}{}", self.project.model.org(*member).named.name);
            out.push(self.candidate(*member, path.clone()).rank(rank));
            self.below(*member, &format!("{path}."), rank, out);
        }
    }

    /// Who can perform a step; `prefix` is a path that ends with a point.
    pub fn performers(&self, prefix: Option<&str>) -> Vec<Candidate> {
        let mut found = Vec::new();
        if let Some(prefix) = prefix {
            if let Some(id) = self.find(prefix) {
                self.below(id, "", 1, &mut found);
            }
            return found;
        }
        found.extend(self.parameters.iter().map(|name| Candidate::new(CandidateKind::Field, name.clone()).rank(0)));
        for agency in &self.agencies {
            self.below(*agency, "", 1, &mut found);
        }
        found.extend(
            super::values::phrases(&["nơi tiếp nhận", "người nộp", "hệ thống"], &[]).into_iter().map(|one| one.rank(2)),
        );
        for (id, org) in self.orgs().filter(|(_, org)| org.parent.is_none()) {
            found.push(self.candidate(id, org.named.name.clone()).rank(3));
            if !self.agencies.contains(&id) {
                self.below(id, &format!("{}.", org.named.name), 4, &mut found);
            }
        }
        found
    }

    /// Agencies; after a point what belongs to the path before it.
    pub fn agencies(&self, written: &[Token]) -> Vec<Candidate> {
        if let Some(Token::Word(word)) = written.last()
            && word.ends_with('.')
        {
            return self.performers(Some(word));
        }
        let agencies = self.orgs().filter(|(_, org)| org.parent.is_none());
        agencies.map(|(id, org)| self.candidate(id, org.named.name.clone())).collect()
    }

    /// One-stop units: those to which the role is posted come first.
    pub fn one_stops(&self, role: Option<&str>) -> Vec<Candidate> {
        let role = role.and_then(|role| self.find(role));
        let postings: Vec<(OrgId, OrgId)> = self.orgs().flat_map(|(_, org)| org.postings.clone()).collect();
        let posted = |to: OrgId| postings.iter().any(|(who, at)| Some(*who) == role && *at == to);
        let units = self.orgs().filter(|(id, org)| org.parent.is_none() && (org.one_stop || posted(*id)));
        units.map(|(id, org)| self.candidate(id, org.named.name.clone()).rank(if posted(id) { 0 } else { 4 })).collect()
    }

    /// After `cử`, `ủy quyền`, `phân công`: roles; after `đến` and `tại`: where.
    pub fn staff(&self, statement: &[Token]) -> Vec<Candidate> {
        let last = statement.last().and_then(Token::folded).unwrap_or_default();
        match last.as_str() {
            "den" | "tai" => self.one_stops(None),
            _ => {
                let mut found = Vec::new();
                for agency in &self.agencies {
                    self.below(*agency, "", 1, &mut found);
                }
                found.extend(super::values::phrases(&["đến", "thay", "ký thay", "tại"], &[]));
                found
            }
        }
    }

    fn flat(&self) -> Vec<&Item> {
        outline::flat(&self.items)
    }

    /// Steps, stages and blocks, shared parts inserted.
    pub fn steps(&self) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for (at, item) in self.flat().into_iter().enumerate() {
            let ItemKind::Declared(kind @ (D::Step | D::Stage | D::Parallel | D::Insert | D::Call)) = item.kind else {
                continue;
            };
            let numbered = item.name.starts_with(|c: char| c.is_ascii_digit());
            let name = if numbered && kind == D::Step { format!("bước {}", item.name) } else { item.name.clone() };
            let label = item.label.clone().unwrap_or_default();
            found.push(Candidate::new(CandidateKind::Step, name).detail(label).rank((10 + at).min(200) as u8));
        }
        let inserted = self.procedure.iter().flat_map(|procedure| &procedure.cases).flat_map(|case| {
            let steps = case.flow.steps.iter().enumerate().filter(|(_, step)| !step.inserted_at.is_empty());
            steps.map(|(id, step)| (case.flow.full_name(StepId(id)), step))
        });
        for (name, step) in inserted {
            let name = if step.numbered && !name.contains('.') { format!("bước {name}") } else { name };
            if !found.iter().any(|known| known.label == name) {
                found.push(Candidate::new(CandidateKind::Step, name).detail(step.label.clone()).rank(201));
            }
        }
        found
    }

    /// A condition, of which something is written.
    pub fn guard(&self, written: &[Token]) -> Vec<Candidate> {
        let begins = |token: Option<&Token>| match token {
            None | Some(Token::Sign('(')) => true,
            Some(token) => token.folded().is_some_and(|word| matches!(word.as_str(), "va" | "hoac" | "khong")),
        };
        if begins(written.last()) {
            let mut found = self.fields();
            found.extend(self.steps().into_iter().filter(|step| !self.outcomes(&step.label).is_empty()));
            found.extend(super::values::phrases(&["không", "có"], &[]));
            return found;
        }
        match written {
            [.., Token::Word(left), Token::Sign('=' | '≠')]
            | [.., Token::Word(left), Token::Sign('!'), Token::Sign('=')] => self.values_of(left),
            [.., Token::Word(_)] => super::values::phrases(&["=", "≠", "thuộc", "và", "hoặc", "->"], &[]),
            _ => Vec::new(),
        }
    }

    fn fields(&self) -> Vec<Candidate> {
        let fields = self.flat().into_iter().filter(|item| item.kind == ItemKind::Field);
        let own: Vec<Candidate> = fields
            .map(|item| {
                let label = item.label.clone().unwrap_or_default();
                Candidate::new(CandidateKind::Field, item.name.clone()).detail(label).rank(1)
            })
            .collect();
        if !own.is_empty() {
            return own;
        }
        // Those of the shared process that the procedure uses.
        let fields = self.procedure.iter().flat_map(|procedure| &procedure.fields);
        fields
            .map(|field| Candidate::new(CandidateKind::Field, field.named.name.clone()).detail(field.label.clone()))
            .collect()
    }

    /// The values of a field or the outcomes of a step.
    pub fn values_of(&self, left: &str) -> Vec<Candidate> {
        let is_it = |item: &&Item| item.kind == ItemKind::Field && canonical(&item.name) == canonical(left);
        let Some(field) = self.flat().into_iter().find(is_it) else { return self.outcomes(left) };
        if field.children.is_empty() {
            return super::values::phrases(&["có", "không"], &[]);
        }
        let value = |item: &Item| {
            Candidate::new(CandidateKind::Value, item.name.clone()).detail(item.label.clone().unwrap_or_default())
        };
        field.children.iter().map(value).collect()
    }

    /// The outcomes of a step, by its name or number, with or without `bước`.
    fn outcomes(&self, step: &str) -> Vec<Candidate> {
        let name = step.strip_prefix("bước ").unwrap_or(step);
        let last = name.rsplit('.').next().unwrap_or(name);
        let steps = self.flat().into_iter().filter(|item| item.kind == ItemKind::Declared(D::Step));
        let mut found: Vec<Candidate> = Vec::new();
        for step in
            steps.filter(|item| canonical(&item.name) == canonical(name) || canonical(&item.name) == canonical(last))
        {
            for outcome in step.children.iter().filter(|child| child.kind == ItemKind::Outcome) {
                if !found.iter().any(|known| known.label == outcome.name) {
                    let label = outcome.label.clone().unwrap_or_default();
                    found.push(Candidate::new(CandidateKind::Outcome, outcome.name.clone()).detail(label));
                }
            }
        }
        found
    }

    /// Forms of the regime in force, and those of one's own.
    pub fn forms(&self) -> Vec<Candidate> {
        let since = self.procedure.and_then(|procedure| procedure.data.in_force.from);
        let in_sight = |form: &&Form| self.sight.contains(&form.named.place.file) && in_force(form, since);
        let forms = self.project.model.forms.iter().filter(in_sight);
        forms
            .map(|form| {
                let candidate = Candidate::new(CandidateKind::Form, form.named.name.clone()).detail(form.label.clone());
                candidate.rank(if form.statutory { 3 } else { 2 })
            })
            .collect()
    }

    pub fn calendars(&self) -> Vec<Candidate> {
        let calendars = self.project.model.calendars.iter();
        let here = calendars.filter(|calendar| self.sight.contains(&calendar.named.place.file));
        here.map(|one| Candidate::new(CandidateKind::Declaration, one.named.name.clone()).detail(one.label.clone()))
            .collect()
    }

    pub fn processes(&self) -> Vec<Candidate> {
        let processes = self.project.model.processes.iter();
        let here = processes.filter(|process| self.sight.contains(&process.named.place.file));
        here.map(|one| Candidate::new(CandidateKind::Declaration, one.named.name.clone()).detail(one.label.clone()))
            .collect()
    }

    pub fn procedures(&self) -> Vec<Candidate> {
        let procedures = self.project.model.procedures.iter();
        let here = procedures.filter(|procedure| self.sight.contains(&procedure.named.place.file));
        here.map(|one| Candidate::new(CandidateKind::Declaration, one.named.name.clone()).detail(one.label.clone()))
            .collect()
    }

    /// Shared parts with their parameters; behind the name nothing but `đặt tên`.
    pub fn parts(&self, statement: &[Token]) -> Vec<Candidate> {
        if statement.len() > 1 {
            return super::values::phrases(&["đặt tên"], &[]);
        }
        let parts = self.project.model.parts.iter().filter(|part| self.sight.contains(&part.named.place.file));
        parts
            .map(|part| {
                let names = part.parameters.iter().map(|parameter| parameter.name.as_str());
                let places = names.clone().enumerate().map(|(at, name)| format!("${{{}:{name}}}", at + 1));
                let name = &part.named.name;
                let insert = format!("{name}({})", places.collect::<Vec<_>>().join(", "));
                let mut candidate = Candidate::new(CandidateKind::Declaration, name.clone()).insert(insert);
                candidate.snippet = true;
                let detail = format!("({})", names.collect::<Vec<_>>().join(", "));
                self.described(candidate.detail(detail), part.named.place)
            })
            .collect()
    }

    /// Paths of the other files of the project, as they are written here.
    pub fn imports(&self, paths: &[String]) -> Vec<Candidate> {
        let here = &self.project.file(self.file).source.path;
        let others = paths.iter().filter(|path| *path != here);
        others.map(|path| Candidate::new(CandidateKind::File, symbols::relative(here, path))).collect()
    }

    /// Keys that nearly every file states.
    pub fn is_usual(&self, key: Key) -> bool {
        matches!(
            key,
            Key::Code
                | Key::ExecutingAgency
                | Key::CompetentAuthority
                | Key::ReceivedAt
                | Key::InForce
                | Key::Limit
                | Key::Kind
                | Key::Form
                | Key::Result
        )
    }
}

fn in_force(form: &Form, since: Option<Date>) -> bool {
    let key = |date: Date| (date.year, date.month, date.day);
    match since {
        Some(day) => {
            form.in_force.from.is_none_or(|from| key(from) <= key(day))
                && form.in_force.to.is_none_or(|to| key(day) <= key(to))
        }
        None => form.in_force.to.is_none(),
    }
}
