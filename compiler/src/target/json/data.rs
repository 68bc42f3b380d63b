//! Model → definition: the procedure, organizations, forms, calendar, fields.

use super::definition::*;
use super::flow;
use crate::library;
use crate::model::Model;
use crate::model::flow::{Actor, BlockKind, Round as ModelRound};
use crate::model::organization::{self, OrgId, OrgKind};
use crate::model::procedure::{self, FieldKind};
use crate::model::time;
use crate::project::Project;
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::{self, Date, Decimal};

/// The definition of a procedure.
pub(super) fn definition(project: &Project, procedure: &procedure::Procedure) -> Definition {
    let model = &project.model;
    Definition {
        format: FORMAT.into(),
        format_version: FORMAT_VERSION.into(),
        generator: concat!("tthc ", env!("CARGO_PKG_VERSION")).into(),
        procedure: data(project, procedure),
        organizations: organizations(model, procedure),
        forms: forms(model, procedure),
        calendars: calendars(model, procedure),
        fields: procedure.fields.iter().map(field).collect(),
        cases: procedure.cases.iter().map(|case| flow::case(project, procedure, case)).collect(),
        analysis: super::analysis::analysis(project, procedure),
    }
}

/// A place in the source.
pub(super) fn source(project: &Project, place: Place) -> Source {
    let file = project.source(place.file);
    let (start, end) = (file.position(place.span.start), file.position(place.span.end));
    Source {
        file: file.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// Texts by the Vietnamese spelling of their keys.
pub(super) fn texts(texts: &[(Key, Vec<String>)]) -> BTreeMap<String, Vec<String>> {
    texts
        .iter()
        .filter(|(key, _)| *key != Key::Code)
        .map(|(key, texts)| (key.phrase().to_string(), texts.clone()))
        .collect()
}

/// A duration.
pub(super) fn duration(duration: &time::Duration) -> Duration {
    Duration {
        text: duration.text.clone(),
        working_minutes: duration.working,
        calendar_minutes: duration.calendar,
        months: duration.months,
    }
}

fn data(project: &Project, procedure: &procedure::Procedure) -> Procedure {
    let model = &project.model;
    let data = &procedure.data;
    let paths = |list: &[OrgId]| list.iter().map(|id| model.org_path(*id)).collect::<Vec<_>>();
    let phrase = |key: Key| data.phrase(key).map(String::from);
    Procedure {
        id: procedure.named.name.clone(),
        code: procedure.code.as_ref().map(|(code, _)| code.clone()),
        label: procedure.label.clone(),
        documentation: procedure.doc.clone(),
        texts: texts(&data.texts),
        level: phrase(Key::Level),
        online: phrase(Key::Online),
        public_post: data.phrase(Key::PublicPost).map(|phrase| phrase == "có"),
        fee: data.fee,
        charge: data.charge,
        executing: paths(&data.executing),
        coordinating: paths(&data.coordinating),
        competent: paths(&data.competent),
        delegated: paths(&data.delegated),
        received_at: paths(&data.received_at),
        in_force: period(data.in_force),
        four_on_site: phrase(Key::FourOnSite),
        five_on_site: phrase(Key::FiveOnSite),
        after_three_next_day: data.after_three,
        shared_process: procedure.shared_process.map(|id| model.processes[id].named.name.clone()),
        papers: procedure.papers.iter().map(paper).collect(),
        forms: data.forms.iter().map(|id| model.forms[*id].named.name.clone()).collect(),
        source: source(project, procedure.declaration),
    }
}

/// What a case says itself; none where it says nothing.
pub(super) fn otherwise(model: &Model, of: &procedure::Data, case: &procedure::Data) -> Option<Otherwise> {
    let paths = |list: fn(&procedure::Data) -> &Vec<OrgId>| -> Vec<String> {
        let changed = list(of) != list(case);
        list(case).iter().filter(|_| changed).map(|id| model.org_path(*id)).collect()
    };
    let phrase = |key: Key| case.phrase(key).filter(|phrase| of.phrase(key) != Some(phrase)).map(String::from);
    let forms = case.forms.iter().filter(|_| of.forms != case.forms);
    let (before, in_force) = (period(of.in_force), period(case.in_force));
    let calendar = case.calendar.filter(|_| of.calendar != case.calendar);
    let said = Otherwise {
        code: case.text(Key::Code).first().filter(|code| of.text(Key::Code).first() != Some(*code)).cloned(),
        calendar: calendar.map(|id| model.calendars[id].named.name.clone()),
        level: phrase(Key::Level),
        online: phrase(Key::Online),
        public_post: phrase(Key::PublicPost).map(|phrase| phrase == "có"),
        fee: case.fee.filter(|_| of.fee != case.fee),
        charge: case.charge.filter(|_| of.charge != case.charge),
        executing: paths(|data| &data.executing),
        coordinating: paths(|data| &data.coordinating),
        competent: paths(|data| &data.competent),
        delegated: paths(|data| &data.delegated),
        received_at: paths(|data| &data.received_at),
        in_force: if in_force == before { Period::default() } else { in_force },
        four_on_site: phrase(Key::FourOnSite),
        five_on_site: phrase(Key::FiveOnSite),
        after_three_next_day: (case.after_three && !of.after_three).then_some(true),
        forms: forms.map(|id| model.forms[*id].named.name.clone()).collect(),
    };
    (said != Otherwise::default()).then_some(said)
}

fn paper(paper: &procedure::Paper) -> Paper {
    Paper {
        title: paper.title.clone(),
        originals: paper.originals,
        copies: paper.copies,
        template: paper.template.clone(),
        electronic: paper.electronic,
        notes: paper.notes.clone(),
    }
}

fn field(field: &procedure::Field) -> Field {
    let kind = match &field.kind {
        FieldKind::Flag | FieldKind::Unknown => FieldType::Flag,
        FieldKind::Number(unit) => FieldType::Number { unit: unit.clone() },
        FieldKind::Values(values) => FieldType::Values {
            values: values
                .iter()
                .map(|(name, label)| FieldValue { id: name.name.clone(), label: label.clone() })
                .collect(),
        },
    };
    Field { id: field.named.name.clone(), label: field.label.clone(), kind }
}

fn period(period: organization::Period) -> Period {
    Period { from: period.from.map(iso), to: period.to.map(iso) }
}

fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// The procedure's calendar, else the national one; then those of its cases, steps and agencies.
fn calendars(model: &Model, procedure: &procedure::Procedure) -> Vec<Calendar> {
    let own = procedure.data.calendar.or_else(|| model.national_calendar());
    let cases = procedure.cases.iter().filter_map(|case| case.data.calendar);
    let steps = procedure.cases.iter().flat_map(|case| &case.flow.steps).filter_map(|step| step.calendar);
    let agencies = occurring(model, procedure).into_iter().filter_map(|id| model.org(id).calendar);
    let mut ids: Vec<usize> = Vec::new();
    for id in own.into_iter().chain(cases).chain(steps).chain(agencies) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.into_iter().map(|id| calendar_of(&model.calendars[id])).collect()
}

fn calendar_of(calendar: &organization::Calendar) -> Calendar {
    Calendar {
        id: calendar.named.name.clone(),
        label: calendar.label.clone(),
        standard: library::is_library(calendar.named.place.file),
        minutes_per_working_day: time::WORKING_DAY,
        hours: calendar.hours.clone(),
        weekly_rest: calendar.weekly_rest.clone(),
        days_off: calendar.days_off.iter().copied().map(iso).collect(),
        make_up_days: calendar.make_up_days.iter().copied().map(iso).collect(),
        known: period(calendar.known),
        texts: texts(&calendar.texts),
    }
}

/// Everything that occurs, what it belongs to, and who signs for it.
fn organizations(model: &Model, procedure: &procedure::Procedure) -> Vec<Organization> {
    occurring(model, procedure).into_iter().map(|id| organization(model, id)).collect()
}

fn occurring(model: &Model, procedure: &procedure::Procedure) -> BTreeSet<OrgId> {
    let mut wanted: BTreeSet<OrgId> = BTreeSet::new();
    let mut want = |id: OrgId| {
        let mut up = Some(id);
        while let Some(id) = up.filter(|id| wanted.insert(*id)) {
            up = model.org(id).parent;
        }
    };
    for data in procedure.cases.iter().map(|case| &case.data).chain([&procedure.data]) {
        let lists = [&data.executing, &data.coordinating, &data.competent, &data.delegated, &data.received_at];
        lists.into_iter().flatten().for_each(|id| want(*id));
    }
    for case in &procedure.cases {
        case.data.shares.iter().for_each(|(id, _)| want(*id));
        for performer in
            case.flow.steps.iter().filter_map(|step| step.performers.as_ref()).flat_map(|performers| performers.each())
        {
            if let Actor::Org(id) = performer.actor {
                want(id);
            }
            performer.at.into_iter().for_each(&mut want);
        }
    }
    // Whoever may sign in the place of an agency that occurs.
    let seen: Vec<OrgId> = wanted.iter().copied().collect();
    for org in seen.iter().map(|id| model.org(*id)) {
        org.postings.iter().for_each(|(who, to)| [*who, *to].into_iter().for_each(|id| add(model, &mut wanted, id)));
        for delegation in org.delegations.iter().chain(&org.assignments) {
            [Some(delegation.who), Some(delegation.replaces), delegation.at]
                .into_iter()
                .flatten()
                .for_each(|id| add(model, &mut wanted, id));
        }
    }
    wanted
}

fn add(model: &Model, wanted: &mut BTreeSet<OrgId>, id: OrgId) {
    let mut up = Some(id);
    while let Some(id) = up.filter(|id| wanted.insert(*id)) {
        up = model.org(id).parent;
    }
}

fn organization(model: &Model, id: OrgId) -> Organization {
    let org = model.org(id);
    Organization {
        id: model.org_path(id),
        kind: match org.kind {
            OrgKind::Agency => OrganizationKind::Agency,
            OrgKind::Unit => OrganizationKind::Unit,
            OrgKind::Role => OrganizationKind::Role,
        },
        label: org.label.clone(),
        parent: org.parent.map(|parent| model.org_path(parent)),
        code: org.code.clone(),
        level: org.level.map(String::from),
        agency_kind: org.agency_kind.map(String::from),
        one_stop: org.one_stop,
        may_sign: org.may_sign,
        calendar: org.calendar.map(|id| model.calendars[id].named.name.clone()),
        after_three_next_day: org.after_three,
        in_force: period(org.in_force),
        postings: org
            .postings
            .iter()
            .map(|(who, to)| Posting { who: model.org_path(*who), to: model.org_path(*to) })
            .collect(),
        delegations: org.delegations.iter().map(|one| delegation(model, one)).collect(),
        assignments: org.assignments.iter().map(|one| delegation(model, one)).collect(),
        notes: org.notes.clone(),
    }
}

fn delegation(model: &Model, delegation: &organization::Delegation) -> Delegation {
    Delegation {
        who: model.org_path(delegation.who),
        replaces: model.org_path(delegation.replaces),
        at: delegation.at.map(|at| model.org_path(at)),
        under: delegation.under.clone(),
        scope: delegation.scope.iter().map(|kind| kind.to_string()).collect(),
        in_force: period(delegation.in_force),
        notes: delegation.notes.clone(),
    }
}

fn forms(model: &Model, procedure: &procedure::Procedure) -> Vec<Form> {
    let steps = procedure.cases.iter().flat_map(|case| &case.flow.steps);
    let whole = procedure.cases.iter().map(|case| &case.data).chain([&procedure.data]).flat_map(|data| &data.forms);
    let used: BTreeSet<usize> = whole.copied().chain(steps.flat_map(flow::forms_of)).collect();
    let mut forms: Vec<Form> = used.into_iter().map(|id| form(&model.forms[id])).collect();
    forms.sort_by(|a, b| a.id.cmp(&b.id));
    forms
}

fn form(form: &organization::Form) -> Form {
    Form {
        id: form.named.name.clone(),
        label: form.label.clone(),
        statutory: form.statutory,
        code: form.texts.iter().find(|(key, _)| *key == Key::Code).and_then(|(_, texts)| texts.first().cloned()),
        in_force: period(form.in_force),
        texts: texts(&form.texts),
    }
}

/// The stages of a case.
pub(super) fn stages(project: &Project, case: &procedure::Case) -> Vec<Stage> {
    let flow = &case.flow;
    let mut stages = Vec::new();
    for (index, block) in flow.blocks.iter().enumerate() {
        if let BlockKind::Stage(limit) = &block.kind {
            let id = crate::model::flow::BlockId(index);
            stages.push(Stage {
                id: flow::stage_path(flow, id),
                label: block.label.clone(),
                limit: limit.as_ref().map(duration),
                parent: flow::stage_around(flow, block.parent),
                texts: texts(&block.texts),
                source: source(project, block.place),
            });
        }
    }
    stages
}

/// What a round costs.
pub(super) fn round(round: &ModelRound) -> Round {
    match round {
        ModelRound::SetTime => Round::SetTime,
        ModelRound::Each(each) => Round::Each { duration: duration(each) },
        ModelRound::All(all) => Round::All { duration: duration(all) },
    }
}

/// A number with a point, exact.
pub(super) fn decimal(number: &Decimal) -> String {
    let digits = format!("{:0>width$}", number.mantissa, width = number.scale as usize + 1);
    let (whole, decimals) = digits.split_at(digits.len() - number.scale as usize);
    if decimals.is_empty() { whole.to_string() } else { format!("{whole}.{decimals}") }
}

/// A comparison as the definition names it.
pub(super) fn operator_of(operator: tree::Operator) -> Operator {
    match operator {
        tree::Operator::Equal => Operator::Equal,
        tree::Operator::NotEqual => Operator::NotEqual,
        tree::Operator::Less => Operator::Less,
        tree::Operator::AtMost => Operator::AtMost,
        tree::Operator::Greater => Operator::Greater,
        tree::Operator::AtLeast => Operator::AtLeast,
    }
}
