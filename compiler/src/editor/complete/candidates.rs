//! Names that mean something at the cursor.

use super::context::{Context, Token};
use super::{Candidate, CandidateKind, values};
use crate::editor::outline::{self, Item, ItemKind};
use crate::library;
use crate::model::organization::{Form, Org, OrgId, OrgKind};
use crate::model::procedure::Procedure;
use crate::model::symbols;
use crate::project::Project;
use crate::source::{FileId, Place};
use std::collections::HashSet;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::{canonical, same_name};
use tthc_grammar::tree::{Date, DeclarationKind as D};

/// What is in sight of the cursor.
pub struct Scope<'p> {
    pub(super) project: &'p Project,
    pub(super) file: FileId,
    /// Where the cursor stands.
    pub(super) offset: u32,
    /// It stands in a step.
    pub(super) in_step: bool,
    /// It stands in a branch.
    pub(super) in_branch: bool,
    /// The file, what it imports in turn, the standard library.
    sight: HashSet<FileId>,
    /// Bare roles belong to these.
    agencies: Vec<OrgId>,
    pub(super) procedure: Option<&'p Procedure>,
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
        let procedure = project.model.procedures.iter().find(|procedure| {
            procedure.named.place.file == file && owner.is_some_and(|(_, name)| same_name(name, &procedure.named.name))
        });
        let all = outline::outline(&project.file(file).tree);
        let around = all.iter().find(|item| {
            let is_owner = owner.is_some_and(|(_, name)| same_name(name, &item.name));
            is_owner && item.span.start <= offset
        });
        let items = around.map_or_else(|| all.clone(), |item| item.children.clone());
        let parameters = items.iter().filter(|item| item.kind == ItemKind::Parameter);
        let parameters = parameters.map(|item| item.name.clone()).collect();
        let (in_step, in_branch) = (context.is_within(D::Step), context.is_within(D::Branch));
        let agencies = Vec::new();
        let mut scope =
            Scope { project, file, offset, in_step, in_branch, sight, agencies, procedure, items, parameters };
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

    /// Whether what a file declares can be named here.
    pub(super) fn sees(&self, file: FileId) -> bool {
        self.sight.contains(&file)
    }

    pub(super) fn orgs(&self) -> impl Iterator<Item = (OrgId, &'p Org)> + '_ {
        let all = self.project.model.orgs.iter().enumerate().map(|(id, org)| (OrgId(id), org));
        all.filter(|(_, org)| self.sight.contains(&org.named.place.file))
    }

    /// An agency, unit or role by its path.
    pub(super) fn find(&self, path: &str) -> Option<OrgId> {
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

    pub(super) fn described(&self, mut candidate: Candidate, declared: Place) -> Candidate {
        let around = self.project.any_file(declared.file).tree.around(declared.span);
        let doc = around.last().and_then(|declaration| declaration.doc.clone());
        candidate.documentation = doc.map(|doc| crate::diagnostic::say(doc.clone(), doc));
        candidate
    }

    /// Everything below an agency, as it is written from there.
    pub(super) fn below(&self, of: OrgId, before: &str, rank: u8, out: &mut Vec<Candidate>) {
        for member in &self.project.model.org(of).members {
            let path = format!("{before}{}", self.project.model.org(*member).named.name);
            out.push(self.candidate(*member, path.clone()).rank(rank));
            self.below(*member, &format!("{path}."), rank, out);
        }
    }

    /// Who can perform a step; `prefix` is a path that ends with a point. Those who are posted at the unit `place`
    /// or belong to it come first.
    pub fn performers(&self, prefix: Option<&str>, place: Option<&str>) -> Vec<Candidate> {
        let mut found = match prefix {
            Some(prefix) => self.members(prefix),
            None => self.everybody(),
        };
        let unit = place.and_then(|unit| self.find(unit));
        let postings = self.orgs().flat_map(|(_, org)| &org.postings);
        let mut there: Vec<OrgId> = postings.filter(|(_, at)| Some(*at) == unit).map(|(who, _)| *who).collect();
        there.extend(unit.iter().flat_map(|unit| &self.project.model.org(*unit).members));
        for candidate in &mut found {
            let path = format!("{}{}", prefix.unwrap_or_default(), candidate.label);
            if !there.is_empty() && self.find(&path).is_some_and(|id| there.contains(&id)) {
                candidate.rank = 0;
            }
        }
        found
    }

    /// What belongs to the agency or unit before a point.
    pub(super) fn members(&self, prefix: &str) -> Vec<Candidate> {
        let mut found = Vec::new();
        if let Some(id) = self.find(prefix) {
            self.below(id, "", 1, &mut found);
        }
        found
    }

    /// Everybody in sight who can perform a step.
    fn everybody(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        found.extend(self.own_parameters());
        for agency in &self.agencies {
            self.below(*agency, "", 1, &mut found);
        }
        found.extend(
            values::phrases(&["nơi tiếp nhận", "người nộp", "hệ thống"], &[]).into_iter().map(|one| one.rank(2)),
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
            return self.members(word);
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

    /// After `cử`, `ủy quyền`, `phân công` and what joins two roles: roles; after `đến` and `tại`: where.
    pub fn staff(&self, word: &str, statement: &[Token]) -> Vec<Candidate> {
        let last = statement.last().and_then(Token::folded).unwrap_or_default();
        let who = || {
            self.agencies.iter().fold(Vec::new(), |mut found, agency| {
                self.below(*agency, "", 1, &mut found);
                found
            })
        };
        match (last.as_str(), word) {
            ("den" | "tai", _) => self.one_stops(None),
            ("cu" | "quyen" | "cong" | "thay" | "", _) => who(),
            (path, _) if path.ends_with('.') => self.members(path),
            (_, "post") => values::phrases(&["đến"], &[]),
            (_, "delegate") => values::phrases(&["thay", "tại"], statement),
            _ => values::phrases(&["ký thay"], statement),
        }
    }

    /// The parameters of the shared part around the cursor.
    pub(super) fn own_parameters(&self) -> impl Iterator<Item = Candidate> + '_ {
        self.parameters.iter().map(|name| Candidate::new(CandidateKind::Field, name.clone()).rank(0))
    }

    pub(super) fn flat(&self) -> Vec<&Item> {
        outline::flat(&self.items)
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

    /// Paths of the other files of the project, as they are written here.
    pub fn imports(&self, paths: &[String], in_quotes: bool) -> Vec<Candidate> {
        let here = &self.project.file(self.file).source.path;
        let known: HashSet<FileId> = self.imported();
        let is_known = |path: &String| self.project.find(path).is_some_and(|file| known.contains(&file));
        let others =
            paths.iter().filter(|path| *path != here).map(|path| (symbols::relative(here, path), is_known(path)));
        let candidate = |(path, known): (String, bool)| {
            let written = if in_quotes { path.clone() } else { format!("\"{path}\"") };
            Candidate::new(CandidateKind::File, path).insert(written).rank(if known { 6 } else { 5 })
        };
        others.map(candidate).collect()
    }

    /// The files that this one imports itself.
    fn imported(&self) -> HashSet<FileId> {
        let imports = self.project.model.imports.iter().filter(|import| import.place.file == self.file);
        imports.map(|import| import.file).collect()
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
