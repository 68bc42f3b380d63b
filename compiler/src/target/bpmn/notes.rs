//! What BPMN has no element for, as properties: with them a file says as much as the text it was built from.
//!
//! Things with several facts are one line: `id key=value …: label`, blanks in a value written `_`.

use super::variables::{Variables, events};
use crate::target::json::definition::{
    Case, Definition, Duration, FieldType, Limit, NodeKind, Organization, OrganizationKind, Performers, Round,
    Transition,
};
use std::collections::BTreeMap;

type Property = (&'static str, String);

/// An element or flow that is there for the engines: the process has nothing like it.
pub(super) fn helper() -> Property {
    ("helper", "true".into())
}

/// Where a branch leads whose join does not wait for all: the branch has come.
pub(super) fn arrival() -> Property {
    ("helper", "arrival".into())
}

/// How such a join is brought about, behind the arrivals: it says nothing of the process.
pub(super) fn wiring() -> Property {
    ("helper", "wiring".into())
}

/// Of the process: who occurs, the stages, the types of its fields, its events.
pub(super) fn process(definition: &Definition, case: &Case, variables: &mut Variables) -> Vec<Property> {
    let procedure = &definition.procedure;
    let mut all = Vec::new();
    let own = case.otherwise.clone().unwrap_or_default();
    let lists =
        [("executing", &own.executing, &procedure.executing), ("receivedAt", &own.received_at, &procedure.received_at)];
    for (name, list) in lists.map(|(name, own, other)| (name, if own.is_empty() { other } else { own })) {
        all.extend((!list.is_empty()).then(|| (name, list.join("|"))));
    }
    all.extend(definition.organizations.iter().map(|org| ("organization", organization(org))));
    let postings = definition.organizations.iter().flat_map(|org| &org.postings);
    all.extend(postings.map(|posting| ("posting", format!("{}|{}", posting.who, posting.to))));
    let own = definition.forms.iter().filter(|form| !form.statutory);
    all.extend(own.map(|form| ("form", record(&form.id, &[], &form.label))));
    for stage in &case.stages {
        let limit = stage.limit.as_ref().map(|limit| ("limit", amount(limit)));
        let label = stage.label.clone().unwrap_or_default();
        all.push(("stage", record(&stage.id, &limit.into_iter().collect::<Vec<_>>(), &label)));
    }
    for field in &definition.fields {
        let (kind, values) = match &field.kind {
            FieldType::Flag => ("flag", Vec::new()),
            FieldType::Number { unit } => ("number", unit.iter().map(|unit| ("unit", unit.clone())).collect()),
            FieldType::Values { values } => {
                ("values", values.iter().map(|value| ("value", value.id.clone())).collect())
            }
        };
        let facts: Vec<Property> = [("kind", kind.to_string())].into_iter().chain(values).collect();
        all.push(("fieldType", record(&field.id, &facts, &field.label)));
    }
    for event in events(&case.graph) {
        all.push(("event", format!("{}={event}", variables.event(&event))));
    }
    all
}

/// A limit that holds for some dossiers only, behind whose it is, in words for people; an attribute says it too.
pub(super) fn limit(whose: &str, limit: &Limit, condition: &str) -> Property {
    let long = limit.duration.as_ref().map_or("không quy định".into(), amount);
    ("limitWhen", format!("{whose}{long} khi {condition}"))
}

fn organization(org: &Organization) -> String {
    let kind = match org.kind {
        OrganizationKind::Agency => "agency",
        OrganizationKind::Unit => "unit",
        OrganizationKind::Role => "role",
    };
    let mut facts = vec![("kind", kind.to_string())];
    facts.extend(org.code.iter().map(|code| ("code", code.clone())));
    facts.extend(org.level.iter().map(|level| ("level", level.clone())));
    facts.extend(org.agency_kind.iter().map(|kind| ("agencyKind", kind.clone())));
    facts.extend(org.one_stop.then(|| ("oneStop", "true".into())));
    facts.extend(org.may_sign.then(|| ("maySign", "true".into())));
    record(&org.id, &facts, &org.label)
}

fn record(id: &str, facts: &[Property], label: &str) -> String {
    let facts = facts.iter().map(|(name, value)| format!(" {name}={}", value.replace(char::is_whitespace, "_")));
    format!("{id}{}: {label}", facts.collect::<String>())
}

/// Of a fork: the name, label and texts of its block.
pub(super) fn fork(kind: &NodeKind) -> Vec<Property> {
    let NodeKind::Fork { block, label, texts, .. } = kind else { return Vec::new() };
    let label = label.iter().map(|label| ("label", label.clone()));
    [("block", block.clone())].into_iter().chain(label).chain(self::texts(texts, &[])).collect()
}

/// Of a way: which branch begins with it, what a round costs, what it yields.
pub(super) fn way(way: &Transition) -> Vec<Property> {
    let mut all = Vec::new();
    all.extend(way.branch.iter().map(|branch| ("branch", branch.clone())));
    all.extend(way.round.as_ref().map(|round| {
        let text = match round {
            Round::SetTime => "trong thời gian đã định".to_string(),
            Round::Each { duration } => format!("trong {}", amount(duration)),
            Round::All { duration } => format!("trong {} tất cả", amount(duration)),
        };
        ("round", text)
    }));
    all.extend(way.restarts_limit.then(|| ("restarts", "true".into())));
    all.extend((!way.forms.is_empty()).then(|| ("forms", way.forms.join("|"))));
    all.extend(texts(&way.texts, &[]));
    all
}

/// Texts by key, but for those that stand elsewhere.
pub(super) fn texts(texts: &BTreeMap<String, Vec<String>>, but: &[&str]) -> Vec<Property> {
    let others = texts.iter().filter(|(key, _)| !but.contains(&key.as_str()));
    others.flat_map(|(key, texts)| texts.iter().map(move |text| ("text", format!("{key}: {text}")))).collect()
}

/// An amount that means the same wherever it stands: bare units that are working time say so.
pub(super) fn amount(duration: &Duration) -> String {
    if duration.working_minutes == 0 || duration.calendar_minutes > 0 {
        return duration.text.clone();
    }
    let term = |term: &str| {
        let term = term.trim();
        if term.ends_with("ngày") || term.ends_with("giờ") {
            format!("{term} làm việc")
        } else {
            term.to_string()
        }
    };
    duration.text.split('+').map(term).collect::<Vec<_>>().join(" + ")
}

/// Who does it, as a text says it.
pub(super) fn performers(performers: &Performers) -> String {
    let worded = |who: &str, wording: &Option<String>| match wording {
        Some(wording) => format!("{who} {}", tthc_grammar::tree::quoted(wording)),
        None => who.to_string(),
    };
    let joined = |of: &[Performers], word: &str| {
        let part = |one: &Performers| match one {
            Performers::All { .. } | Performers::Any { .. } => format!("({})", self::performers(one)),
            _ => self::performers(one),
        };
        of.iter().map(part).collect::<Vec<_>>().join(word)
    };
    match performers {
        Performers::Organization { id, at, wording } => {
            let place = at.as_ref().map_or(String::new(), |at| format!(" tại {at}"));
            worded(&format!("{id}{place}"), wording)
        }
        Performers::Applicant { wording } => worded("người nộp", wording),
        Performers::System { wording } => worded("hệ thống", wording),
        Performers::ReceivingUnit { wording } => worded("nơi tiếp nhận", wording),
        Performers::All { of } => joined(of, " và "),
        Performers::Any { of } => joined(of, " hoặc "),
    }
}
