//! Who is meant by a path: parameters of a shared part, members of the agency at hand, agencies in sight.

use super::flow::{Actor, Performer, Performers};
use super::issue::{Issue, IssueKind, ValueSort, What};
use super::organization::OrgId;
use super::symbols::Space;
use super::time::{Duration, Reckoning};
use super::{Builder, Named, Reference};
use crate::source::{FileId, Place};
use foldhash::HashMap;
use std::rc::Rc;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::{canonical, same_name};
use tthc_grammar::tree::{self, Amount, Argument, DeclarationKind, Name, Path, Span, Who};

/// Where something stands: decides what its names mean. Every step has one, so that its lists are shared.
#[derive(Clone)]
pub(crate) struct Env<'t> {
    /// The file in which the text stands.
    pub(crate) file: FileId,
    /// Bare roles belong to the first of these that has them.
    pub(crate) agencies: Rc<[OrgId]>,
    /// An agency that should have been at hand is unknown: nothing is to be said of bare roles.
    pub(crate) agency_unknown: bool,
    /// Parameters of the shared part around.
    pub(crate) parameters: Option<Rc<Bindings<'t>>>,
    /// `cách tính`
    pub(crate) reckoning: Reckoning,
    /// The insertions around, outermost first.
    pub(crate) inserted_at: Rc<[Place]>,
    /// First day in force of the procedure: decides which of the statutory forms is meant.
    pub(crate) since: Option<tree::Date>,
    /// The procedure, process or part.
    pub(crate) owner: Option<Rc<str>>,
}

/// A parameter of a shared part and what stands for it.
#[derive(Clone)]
pub(crate) struct Binding<'t> {
    /// Where the parameter is declared.
    pub(crate) declared: Place,
    /// The argument and where it stands; none where the part is looked at by itself.
    pub(crate) given: Option<(&'t Argument, Env<'t>)>,
}

/// By canonical name of the parameter.
pub(crate) type Bindings<'t> = HashMap<String, Binding<'t>>;

impl<'t> Env<'t> {
    pub(crate) fn of_file(file: FileId) -> Env<'t> {
        Env {
            file,
            agencies: Rc::default(),
            agency_unknown: false,
            parameters: None,
            reckoning: Reckoning::default(),
            inserted_at: Rc::default(),
            since: None,
            owner: None,
        }
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub(crate) fn issue(&self, span: Span, kind: IssueKind) -> Issue {
        Issue {
            inserted_at: self.inserted_at.to_vec(),
            procedure: self.owner.as_deref().map(String::from),
            ..Issue::new(self.place(span), kind)
        }
    }

    fn is_parameter(&self, path: &Path) -> bool {
        path.segments.len() == 1 && self.binding(&path.segments[0].text).is_some()
    }

    fn binding(&self, name: &str) -> Option<&Binding<'t>> {
        self.parameters.as_ref()?.get(canonical(name).as_ref())
    }
}

/// What a path of an organization led to.
pub(crate) enum Found {
    Org(OrgId),
    /// Nothing is known of it and nothing is to be said.
    Opaque,
}

impl<'t> Builder<'t> {
    /// Resolves a path to an agency, unit or role; says so where there is none.
    pub(crate) fn org(&mut self, path: &'t Path, env: &Env<'t>, what: What) -> Option<OrgId> {
        match self.find_org(path, env) {
            Ok(Found::Org(id)) => Some(id),
            Ok(_) => None,
            Err(at) => {
                self.unknown_org(path, at, env, what);
                None
            }
        }
    }

    /// `Err` holds the segment that names nothing.
    fn find_org(&mut self, path: &'t Path, env: &Env<'t>) -> Result<Found, usize> {
        let first = &path.segments[0];
        let mut current = match self.given(first, env) {
            Some(None) => return Ok(Found::Opaque),
            Some(Some((Argument::Path(argument), outer))) => {
                match self.find_org(argument, &outer) {
                    Ok(Found::Org(id)) => id,
                    Ok(other) => return Ok(other),
                    // Said at the insertion, once, where the argument stands.
                    Err(at) => {
                        self.unknown_org(argument, at, &outer, What::Performer);
                        return Ok(Found::Opaque);
                    }
                }
            }
            Some(Some(_)) => {
                let kind = IssueKind::ArgumentKind { parameter: first.text.clone(), expected: ValueSort::Names };
                self.issue(env.issue(first.span, kind));
                return Ok(Found::Opaque);
            }
            None => match self.bare_org(first, env) {
                Some(id) => id,
                None => return Err(0),
            },
        };
        for (index, segment) in path.segments.iter().enumerate().skip(1) {
            let Some((wanted, at)) = self.standing(segment, env) else { return Ok(Found::Opaque) };
            match self.member(current, &wanted.text) {
                Some(id) => current = self.used_org(id, wanted, &at),
                None => return Err(index),
            }
        }
        Ok(Found::Org(current))
    }

    /// What stands for a name that is a parameter of the shared part around; the inner `None`: nothing is known.
    fn given(&mut self, name: &Name, env: &Env<'t>) -> Option<Option<(&'t Argument, Env<'t>)>> {
        let binding = env.binding(&name.text)?.clone();
        self.refer(binding.declared, name, env);
        Some(binding.given)
    }

    /// What stands for a segment of a path, and where. An argument stands in the text of whoever inserts the part, and
    /// may be a parameter there. None: nothing is known.
    fn standing(&mut self, segment: &'t Name, env: &Env<'t>) -> Option<(&'t Name, Env<'t>)> {
        match self.given(segment, env) {
            Some(None) => None,
            Some(Some((Argument::Path(path), outer))) if path.segments.len() == 1 => {
                self.standing(&path.segments[0], &outer)
            }
            _ => Some((segment, env.clone())),
        }
    }

    fn bare_org(&mut self, name: &Name, env: &Env<'t>) -> Option<OrgId> {
        let member = env.agencies.iter().find_map(|agency| self.member(*agency, &name.text));
        let id = member.or_else(|| self.agency(env.file, &name.text))?;
        Some(self.used_org(id, name, env))
    }

    /// An agency in sight of a file.
    pub(crate) fn agency(&self, from: FileId, name: &str) -> Option<OrgId> {
        let symbol = self.symbols.find(from, Space::Agency, name).into_iter().next()?;
        self.top_id(Space::Agency, symbol).map(OrgId)
    }

    pub(crate) fn member(&self, of: OrgId, name: &str) -> Option<OrgId> {
        let members = &self.model.org(of).members;
        members.iter().copied().find(|member| same_name(&self.model.org(*member).named.name, name))
    }

    fn used_org(&mut self, id: OrgId, name: &Name, env: &Env<'t>) -> OrgId {
        let declared = self.model.org(id).named.clone();
        self.model.uses.files.insert((env.file, declared.place.file));
        self.spelled(&declared, name, env);
        let mut up = Some(id);
        while let Some(org) = up {
            self.model.uses.orgs.insert(org.0);
            up = self.model.org(org).parent;
        }
        id
    }

    /// Remembers a name that stands for something declared.
    pub(crate) fn refer(&mut self, declared: Place, used: &Name, env: &Env<'t>) {
        self.model.references.push(Reference { place: env.place(used.span), declared });
    }

    /// Remembers a name, and whether it is written in another way than where it is declared.
    pub(crate) fn spelled(&mut self, declared: &Named, used: &Name, env: &Env<'t>) {
        self.refer(declared.place, used, env);
        if declared.name != used.text {
            self.model.spellings.push((declared.clone(), used.text.clone(), env.place(used.span)));
        }
    }

    fn unknown_org(&mut self, path: &Path, at: usize, env: &Env<'t>, what: What) {
        let bare = at == 0 && what == What::Performer;
        if bare && env.agency_unknown {
            return;
        }
        let segment = &path.segments[at];
        let of: Vec<OrgId> = match at {
            0 => env.agencies.to_vec(),
            _ => self.prefix(path, at, env).into_iter().collect(),
        };
        if of.into_iter().any(|agency| self.declared_again(agency, env)) {
            return self.issue(env.issue(segment.span, IssueKind::Consequence));
        }
        let within = (at > 0).then(|| path.segments[at - 1].text.clone());
        let mut known: Vec<String> = Vec::new();
        if at == 0 {
            for agency in env.agencies.iter() {
                self.member_paths(*agency, "", &mut known);
            }
            known.extend(self.symbols.names(env.file, Space::Agency).into_iter().map(String::from));
        } else if let Some(parameters) = env.binding(&path.segments[0].text).and(env.parameters.as_ref()) {
            known.extend(parameters.keys().cloned());
        } else if let Some(id) = self.prefix(path, at, env) {
            self.member_paths(id, "", &mut known);
        }
        let suggestions = similar(&segment.text, known.iter().map(String::as_str));
        let kind = match bare && env.agencies.is_empty() && suggestions.is_empty() && path.segments.len() == 1 {
            true => self.without_agency(env),
            false => IssueKind::Unknown { what, name: segment.text.clone(), suggestions, within },
        };
        self.issue(env.issue(segment.span, kind));
    }

    /// A bare role where no agency is at hand: what lacks is the agency, and that is said once.
    fn without_agency(&self, env: &Env<'t>) -> IssueKind {
        let missing = IssueKind::MissingKey { key: Key::ExecutingAgency, block: DeclarationKind::Procedure };
        let said = self
            .model
            .issues
            .iter()
            .any(|issue| issue.procedure.as_deref() == env.owner.as_deref() && issue.kind == missing);
        if said { IssueKind::Consequence } else { missing }
    }

    /// The name of an agency stands for two declarations: which one has the role cannot be told.
    fn declared_again(&self, id: OrgId, env: &Env<'t>) -> bool {
        let agency = self.model.agency_of(id);
        self.symbols.find(env.file, Space::Agency, &self.model.org(agency).named.name).len() > 1
    }

    fn prefix(&self, path: &Path, upto: usize, env: &Env<'t>) -> Option<OrgId> {
        let first = &path.segments[0].text;
        let mut id = env
            .agencies
            .iter()
            .find_map(|agency| self.member(*agency, first))
            .or_else(|| self.agency(env.file, first))?;
        for segment in &path.segments[1..upto] {
            id = self.member(id, &segment.text)?;
        }
        Some(id)
    }

    /// Paths of everything below an agency, as they can be written.
    fn member_paths(&self, of: OrgId, before: &str, out: &mut Vec<String>) {
        for member in &self.model.org(of).members {
            let path = format!("{before}{}", self.model.org(*member).named.name);
            self.member_paths(*member, &format!("{path}."), out);
            out.push(path);
        }
    }

    /// Every agency, unit or role of a list.
    pub(crate) fn orgs(&mut self, performers: Option<&'t tree::Performers>, env: &Env<'t>, what: What) -> Vec<OrgId> {
        let mut found = Vec::new();
        for performer in performers.map(tree::Performers::each).unwrap_or_default() {
            if let Who::Path(path) = &performer.who {
                found.extend(self.org(path, env, what));
            }
        }
        found
    }

    /// Performers with their names resolved.
    pub(crate) fn performers(&mut self, performers: &'t tree::Performers, env: &Env<'t>) -> Performers {
        match performers {
            tree::Performers::All(list, _) => {
                Performers::All(list.iter().map(|one| self.performers(one, env)).collect())
            }
            tree::Performers::Any(list, _) => {
                Performers::Any(list.iter().map(|one| self.performers(one, env)).collect())
            }
            tree::Performers::One(one) => {
                let actor = match &one.who {
                    Who::Applicant => Actor::Applicant,
                    Who::System => Actor::System,
                    Who::ReceivingUnit => Actor::ReceivingUnit,
                    Who::Path(path) => self.org(path, env, What::Performer).map_or(Actor::Unknown, Actor::Org),
                };
                let at = one.at.as_ref().and_then(|path| self.org(path, env, What::Agency));
                Performers::One(Performer { actor, at, wording: one.wording.as_ref().map(|text| text.value.clone()) })
            }
        }
    }

    /// A duration; says so where it cannot be counted.
    pub(crate) fn duration(&mut self, amount: &Amount, env: &Env<'t>) -> Option<Duration> {
        let duration = Duration::of(amount, env.reckoning);
        duration.map_err(|why| self.issue(env.issue(amount.span, IssueKind::Uncountable(why)))).ok()
    }

    /// The duration that a parameter of the shared part stands for.
    pub(crate) fn parameter_duration(&mut self, name: &Name, env: &Env<'t>) -> Option<Duration> {
        match self.given(name, env) {
            Some(Some((Argument::Amount(amount), outer))) => self.duration(amount, &outer),
            // A parameter of the part around, handed on.
            Some(Some((Argument::Path(path), outer))) if outer.is_parameter(path) => {
                self.parameter_duration(&path.segments[0], &outer)
            }
            Some(Some(_)) => {
                let kind = IssueKind::ArgumentKind { parameter: name.text.clone(), expected: ValueSort::Duration };
                self.issue(env.issue(name.span, kind));
                None
            }
            Some(None) => None,
            None if env.parameters.is_none() => {
                let kind = IssueKind::WrongKind { key: None, expected: ValueSort::Duration, found: ValueSort::Names };
                self.issue(env.issue(name.span, kind));
                None
            }
            None => {
                let known = env.parameters.iter().flat_map(|bindings| bindings.keys().map(String::as_str));
                let suggestions = similar(&name.text, known);
                let kind =
                    IssueKind::Unknown { what: What::Parameter, name: name.text.clone(), suggestions, within: None };
                self.issue(env.issue(name.span, kind));
                None
            }
        }
    }
}

/// Names that are like `wanted`, best first, at most three.
pub(crate) fn similar<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    // A number that is not there is not a misspelled other number.
    if wanted.starts_with(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let folded = tthc_grammar::names::fold(wanted).to_lowercase();
    let length = folded.chars().count();
    let most = 1 + length / 4;
    // Letters that one has more than the other are all changed: then the two need not be compared.
    let distance = |other: &str| {
        let comparable = other.chars().count().abs_diff(length) <= most;
        comparable.then(|| strsim::damerau_levenshtein(&folded, other))
    };
    let mut near: Vec<(usize, &str)> = known
        .filter_map(|name| {
            let other = tthc_grammar::names::fold(name).to_lowercase();
            // `chuyên_viên` for `phòng_A.chuyên_viên`: the last segment may be what was meant.
            let last = other.rsplit_once('.').and_then(|(_, last)| distance(last));
            Some((distance(&other).into_iter().chain(last).min()?, name))
        })
        // With as many changes as letters every short name is like every other.
        .filter(|(distance, _)| *distance <= most && *distance < length)
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name.to_string()).collect()
}
