//! Agencies, units, roles, forms and calendars of all files.

use super::issue::{Issue, IssueKind, What};
use super::organization::*;
use super::performers::Env;
use super::reader::Reader;
use super::symbols::{Space, Symbol};
use super::{Builder, Named};
use crate::library;
use crate::source::{FileId, Place};
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::*;

/// What a missing label is: the name with blanks.
pub(crate) fn label_or_name(label: Option<&Text>, name: &str) -> String {
    label.map_or_else(|| name.replace('_', " "), |label| label.value.clone())
}

impl<'t> Builder<'t> {
    pub(crate) fn build_organization(&mut self) {
        let symbols: Vec<(Space, Symbol<'t>)> = self.symbols.all.clone();
        for (space, symbol) in &symbols {
            match space {
                Space::Agency => self.declare_agency(*symbol),
                Space::Form => self.declare_form(*symbol),
                Space::Calendar => self.declare_calendar(*symbol),
                _ => {}
            }
        }
        for (_, symbol) in symbols.iter().filter(|(space, _)| *space == Space::Agency) {
            if let Some(id) = self.top_id(Space::Agency, *symbol) {
                self.staff(OrgId(id), *symbol);
            }
        }
    }

    fn declare_agency(&mut self, symbol: Symbol<'t>) {
        if let Some(id) = self.declare_org(symbol.file, symbol.declaration, None, OrgKind::Agency) {
            self.remember(Space::Agency, symbol, id.0);
        }
    }

    fn declare_org(
        &mut self,
        file: FileId,
        declaration: &'t Declaration,
        parent: Option<OrgId>,
        kind: OrgKind,
    ) -> Option<OrgId> {
        let name = declaration.name.as_ref()?;
        let reader = Reader::of(declaration.block.as_ref());
        let id = OrgId(self.model.orgs.len());
        self.model.orgs.push(Org {
            kind,
            named: Named::new(file, name),
            label: label_or_name(declaration.label.as_ref(), &name.text),
            parent,
            members: Vec::new(),
            code: reader.text(Key::Code),
            code_place: reader.values(Key::Code).next().map(|value| Place { file, span: value.span() }),
            level: reader.phrases(Key::Level).first().copied(),
            agency_kind: reader.phrases(Key::Kind).first().copied(),
            // Who writes the key means it, also where the value cannot be read: that has been said.
            one_stop: reader.flag(Key::OneStop).unwrap_or(reader.all(Key::OneStop).next().is_some()),
            may_sign: reader.flag(Key::MaySign).unwrap_or(reader.all(Key::MaySign).next().is_some()),
            calendar: None,
            after_three: !reader.phrases(Key::AfterThree).is_empty(),
            in_force: reader.period(Key::InForce),
            postings: Vec::new(),
            delegations: Vec::new(),
            assignments: Vec::new(),
            notes: reader.texts(Key::Note),
            declaration: Place { file, span: declaration.span },
        });
        for statement in declaration.block.iter().flat_map(|block| &block.statements) {
            let Statement::Declaration(inner) = statement else { continue };
            let kind = match inner.kind {
                DeclarationKind::Role => OrgKind::Role,
                DeclarationKind::Unit => OrgKind::Unit,
                _ => continue,
            };
            if let Some(name) = &inner.name {
                self.member_twice(id, name, file);
            }
            if let Some(member) = self.declare_org(file, inner, Some(id), kind) {
                self.model.orgs[id.0].members.push(member);
            }
        }
        Some(id)
    }

    fn member_twice(&mut self, of: OrgId, name: &Name, file: FileId) {
        let first = self.member(of, &name.text).map(|member| self.model.org(member).named.place);
        if let Some(first) = first {
            let kind = IssueKind::Duplicate { what: What::Role, name: name.text.clone(), first };
            self.issue(Issue::new(Place { file, span: name.span }, kind));
        }
    }

    fn declare_form(&mut self, symbol: Symbol<'t>) {
        let Some(name) = &symbol.declaration.name else { return };
        let reader = Reader::of(symbol.declaration.block.as_ref());
        let form = Form {
            named: Named::new(symbol.file, name),
            label: label_or_name(symbol.declaration.label.as_ref(), &name.text),
            in_force: reader.period(Key::InForce),
            statutory: library::is_library(symbol.file),
            texts: reader.all_texts(),
        };
        self.remember(Space::Form, symbol, self.model.forms.len());
        self.model.forms.push(form);
    }

    fn declare_calendar(&mut self, symbol: Symbol<'t>) {
        let Some(name) = &symbol.declaration.name else { return };
        let reader = Reader::of(symbol.declaration.block.as_ref());
        let weekdays = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];
        let rest = reader.phrases(Key::WeeklyRest);
        let calendar = Calendar {
            named: Named::new(symbol.file, name),
            label: label_or_name(symbol.declaration.label.as_ref(), &name.text),
            hours: reader
                .values(Key::WorkingHours)
                .filter_map(|value| match value {
                    Value::Hours(from, to, _) => Some((*from, *to)),
                    _ => None,
                })
                .collect(),
            weekly_rest: (1..).zip(weekdays).filter(|(_, day)| rest.contains(day)).map(|(number, _)| number).collect(),
            days_off: reader.dates(Key::DaysOff),
            make_up_days: reader.dates(Key::MakeUpDays),
            known: reader.period(Key::DataYears),
            texts: reader.all_texts(),
        };
        self.remember(Space::Calendar, symbol, self.model.calendars.len());
        self.model.calendars.push(calendar);
    }

    /// Postings, delegations and assignments of an agency and its units.
    fn staff(&mut self, agency: OrgId, symbol: Symbol<'t>) {
        let mut env = Env::of_file(symbol.file);
        env.agencies = [agency].into();
        env.owner = symbol.declaration.name.as_ref().map(|name| name.text.as_str().into());
        let reader = Reader::of(symbol.declaration.block.as_ref());
        self.model.orgs[agency.0].calendar =
            self.named_list(Space::Calendar, reader.names(Key::Calendar), &env).first().copied();
        self.staff_of(agency, symbol.declaration, &env);
    }

    fn staff_of(&mut self, id: OrgId, declaration: &'t Declaration, env: &Env<'t>) {
        for statement in declaration.block.iter().flat_map(|block| &block.statements) {
            let Statement::Declaration(inner) = statement else { continue };
            match (&inner.kind, &inner.head) {
                (DeclarationKind::Unit, _) => {
                    let unit = inner.name.as_ref().and_then(|name| self.member(id, &name.text));
                    if let Some(unit) = unit {
                        let mut env = env.clone();
                        env.agencies = [unit].iter().chain(env.agencies.iter()).copied().collect();
                        self.staff_of(unit, inner, &env);
                    }
                }
                (_, Head::Posting { who, to }) => {
                    let to = self.org(to, env, What::Agency);
                    for path in who {
                        if let (Some(who), Some(to)) = (self.org(path, env, What::Role), to) {
                            self.model.orgs[id.0].postings.push((who, to));
                        }
                    }
                }
                (_, Head::Substitution { who, replaces, at }) => {
                    let who = self.org(who, env, What::Role);
                    let replaces = self.org(replaces, env, What::Role);
                    let at = at.as_ref().and_then(|at| self.org(at, env, What::Agency));
                    if let (Some(who), Some(replaces)) = (who, replaces) {
                        self.substitution(id, inner, env, (who, replaces, at));
                    }
                }
                _ => {}
            }
        }
    }

    fn substitution(
        &mut self,
        id: OrgId,
        declaration: &'t Declaration,
        env: &Env<'t>,
        (who, replaces, at): (OrgId, OrgId, Option<OrgId>),
    ) {
        let reader = Reader::of(declaration.block.as_ref());
        let delegation = Delegation {
            who,
            replaces,
            at,
            under: reader.text(Key::Under),
            scope: reader.phrases(Key::Scope),
            in_force: reader.period(Key::InForce),
            notes: reader.texts(Key::Note),
            place: env.place(declaration.span),
        };
        let org = &mut self.model.orgs[id.0];
        match declaration.kind {
            DeclarationKind::Delegation => org.delegations.push(delegation),
            _ => org.assignments.push(delegation),
        }
    }

    /// A form, calendar or other thing declared at the top, by name; says so where there is none.
    pub(crate) fn named(&mut self, space: Space, name: &Name, env: &Env<'t>) -> Option<(usize, Symbol<'t>)> {
        let found: Vec<(Symbol<'t>, usize)> = self
            .symbols
            .find(env.file, space, &name.text)
            .into_iter()
            .filter_map(|symbol| Some((symbol, self.top_id(space, symbol)?)))
            .collect();
        // Statutory forms stand once for each regime: the one in force is meant, else the newest.
        let in_force = found.iter().find(|(_, id)| space == Space::Form && self.form_in_force(*id, env.since));
        let chosen = in_force.or(if space == Space::Form { found.last() } else { found.first() });
        let Some((symbol, id)) = chosen.copied() else {
            let suggestions = super::performers::similar(&name.text, self.symbols.names(env.file, space).into_iter());
            let kind = IssueKind::Unknown { what: space.what(), name: name.text.clone(), suggestions, within: None };
            self.issue(env.issue(name.span, kind));
            return None;
        };
        self.model.uses.files.insert((env.file, symbol.file));
        if let Some(declared) = &symbol.declaration.name {
            self.spelled(&Named::new(symbol.file, declared), name, env);
        }
        match space {
            Space::Form => {
                self.model.uses.forms.insert(id);
                self.model.uses.form_places.insert((env.place(name.span), id));
            }
            Space::Part => drop(self.model.uses.parts.insert(id)),
            Space::Process => drop(self.model.uses.processes.insert(id)),
            _ => {}
        }
        Some((id, symbol))
    }

    fn form_in_force(&self, id: usize, day: Option<Date>) -> bool {
        let period = self.model.forms[id].in_force;
        let key = |date: Date| (date.year, date.month, date.day);
        day.is_some_and(|day| {
            period.from.is_none_or(|from| key(from) <= key(day)) && period.to.is_none_or(|to| key(day) <= key(to))
        })
    }

    /// Names of a list that stands for things declared at the top.
    pub(crate) fn named_list(&mut self, space: Space, list: Option<&'t Performers>, env: &Env<'t>) -> Vec<usize> {
        let mut found = Vec::new();
        for performer in list.map(Performers::each).unwrap_or_default() {
            if let Who::Path(path) = &performer.who {
                found.extend(self.named(space, &path.segments[0], env).map(|(id, _)| id));
            }
        }
        found
    }

    pub(crate) fn remember(&mut self, space: Space, symbol: Symbol<'t>, id: usize) {
        self.top_ids.insert((space, symbol.file, symbol.declaration.span.start), id);
    }

    pub(crate) fn top_id(&self, space: Space, symbol: Symbol<'t>) -> Option<usize> {
        self.top_ids.get(&(space, symbol.file, symbol.declaration.span.start)).copied()
    }
}
