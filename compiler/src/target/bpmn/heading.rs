//! The head of a procedure, as lines of a text: BPMN has no elements for it, and an import writes them back as they are.

use super::attributes::AFTER_THREE;
use super::notes;
use crate::target::json::definition::{
    Case, Definition, Expression, Limit, Operator, Organization, Paper, Period, Procedure,
};
use serde_json::Value;
use std::fmt::Write;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::quoted;

type Property = (&'static str, String);

/// Attributes and papers, each as one line of `thủ tục`; but for those that have properties of their own.
pub(super) fn heading(definition: &Definition, case: &Case) -> Vec<Property> {
    let procedure = &definition.procedure;
    let mut lines: Vec<String> = Vec::new();
    let mut say = |key: Key, value: Option<String>| {
        lines.extend(value.filter(|value| !value.is_empty()).map(|value| format!("{}: {value}", key.phrase())));
    };
    let flag = |is: bool| if is { "có" } else { "không" }.to_string();
    let own = case.otherwise.clone().unwrap_or_default();
    let list = |own: &[String], other: &[String]| Some(if own.is_empty() { other } else { own }.join(", "));
    say(Key::Level, own.level.or(procedure.level.clone()));
    say(Key::Online, own.online.or(procedure.online.clone()));
    say(Key::PublicPost, own.public_post.or(procedure.public_post).map(flag));
    say(Key::Fee, own.fee.or(procedure.fee).map(money));
    say(Key::Charge, own.charge.or(procedure.charge).map(money));
    say(Key::CoordinatingAgencies, list(&own.coordinating, &procedure.coordinating));
    say(Key::CompetentAuthority, list(&own.competent, &procedure.competent));
    say(Key::DelegatedAgency, list(&own.delegated, &procedure.delegated));
    say(Key::InForce, period(&own.in_force).or_else(|| period(&procedure.in_force)));
    say(Key::FourOnSite, own.four_on_site.or(procedure.four_on_site.clone()));
    say(Key::FiveOnSite, own.five_on_site.or(procedure.five_on_site.clone()));
    let after_three = own.after_three_next_day.unwrap_or(procedure.after_three_next_day);
    say(Key::AfterThree, after_three.then(|| AFTER_THREE.to_string()));
    say(Key::Form, list(&own.forms, &procedure.forms));
    for (key, texts) in texts(procedure, case) {
        lines.push(format!("{key}: {}", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")));
    }
    // The limit of all other dossiers has properties of its own.
    let own = case.limits.iter().filter(|limit| limit.guard.is_some()).filter_map(|it| line(it, Key::Limit.phrase()));
    let of_law = case.statutory_limits.iter().filter_map(|limit| line(limit, Key::StatutoryLimit.phrase()));
    let shares = case.shares.iter().filter_map(|share| {
        let head = format!("{} {}", Key::ShareOf.phrase(), share.agency.as_ref()?);
        line(share, &head)
    });
    lines.extend(own.chain(of_law).chain(shares));
    let attributes = lines.into_iter().map(|line| ("attribute", line));
    let delegations = definition.organizations.iter().flat_map(delegations);
    attributes.chain(procedure.papers.iter().map(|paper| ("paper", self::paper(paper)))).chain(delegations).collect()
}

/// Who may sign for whom, behind the agency that says so.
fn delegations(agency: &Organization) -> impl Iterator<Item = Property> + '_ {
    let own = |path: &str| path.strip_prefix(&format!("{}.", agency.id)).unwrap_or(path).to_string();
    let delegated = agency.delegations.iter().map(|one| (one, "ủy quyền", "thay"));
    let assigned = agency.assignments.iter().map(|one| (one, "phân công", "ký thay"));
    delegated.chain(assigned).map(move |(delegation, verb, instead)| {
        let mut line = format!("{verb} {} {instead} {}", own(&delegation.who), own(&delegation.replaces));
        line.extend(delegation.at.iter().flat_map(|at| [" tại ", at]));
        let mut facts: Vec<String> = Vec::new();
        facts.extend(delegation.under.as_ref().map(|under| format!("{}: {}", Key::Under.phrase(), quoted(under))));
        let scope = delegation.scope.join(", ");
        facts.extend((!scope.is_empty()).then(|| format!("{}: {scope}", Key::Scope.phrase())));
        facts.extend(period(&delegation.in_force).map(|period| format!("{}: {period}", Key::InForce.phrase())));
        facts.extend(delegation.notes.iter().map(|note| format!("{}: {}", Key::Note.phrase(), quoted(note))));
        let facts = if facts.is_empty() { String::new() } else { format!(" {{ {} }}", facts.join("  ")) };
        ("delegation", format!("{}|{line}{facts}", agency.id))
    })
}

/// A limit as a text says it; none where its condition cannot be said so.
fn line(limit: &Limit, head: &str) -> Option<String> {
    let long = limit.duration.as_ref().map_or("không quy định".into(), notes::amount);
    Some(match &limit.guard {
        Some(guard) => format!("{head}: {long} khi {}", condition(guard)?),
        None if limit.duration.is_none() => return None,
        None => format!("{head}: {long}"),
    })
}

/// A condition on the dossier, in the words of the language.
fn condition(expression: &Expression) -> Option<String> {
    let inner = |part: &Expression| match part {
        Expression::And { .. } | Expression::Or { .. } => Some(format!("({})", condition(part)?)),
        _ => condition(part),
    };
    let joined =
        |parts: &[Expression], word: &str| Some(parts.iter().map(inner).collect::<Option<Vec<_>>>()?.join(word));
    match expression {
        Expression::And { args } => joined(args, " và "),
        Expression::Or { args } => joined(args, " hoặc "),
        Expression::Not { arg } => Some(format!("không {}", inner(arg)?)),
        Expression::Compare { field, operator, value } => Some(match value {
            Value::Bool(yes) if *yes == matches!(operator, Operator::Equal) => field.clone(),
            Value::Bool(_) => format!("không {field}"),
            value => {
                let value = value.as_str()?;
                // Decimals stand behind a comma; names of values have no points.
                format!("{field} {} {}", operator.sign(), value.replace('.', ","))
            }
        }),
        Expression::Outcome { .. } | Expression::Event { .. } => None,
    }
}

/// Those that a case states itself stand in place of the procedure's.
fn texts<'d>(procedure: &'d Procedure, case: &'d Case) -> impl Iterator<Item = (&'d String, &'d Vec<String>)> {
    let general = procedure.texts.iter().filter(|(key, _)| !case.texts.contains_key(*key));
    general.chain(&case.texts)
}

fn money(amount: u64) -> String {
    format!("{} đồng", tthc_grammar::tree::grouped(&amount.to_string()))
}

/// Days are kept as ISO 8601; a text writes them as they are written in Vietnam.
pub(super) fn period(period: &Period) -> Option<String> {
    let from = day(period.from.as_deref()?);
    Some(match &period.to {
        Some(to) => format!("từ {from} đến {}", day(to)),
        None => format!("từ {from}"),
    })
}

/// A day, likewise.
pub(super) fn day(iso: &str) -> String {
    let mut parts: Vec<&str> = iso.split('-').collect();
    parts.reverse();
    parts.join("/")
}

fn paper(paper: &Paper) -> String {
    let mut out = quoted(&paper.title);
    let mut facts: Vec<String> = Vec::new();
    facts.extend(paper.originals.map(|number| format!("{}: {number}", Key::Originals.phrase())));
    facts.extend(paper.copies.map(|number| format!("{}: {number}", Key::Copies.phrase())));
    facts.extend(paper.template.as_ref().map(|name| format!("{}: {}", Key::Template.phrase(), quoted(name))));
    facts.extend(paper.electronic.then(|| format!("{}: có", Key::ElectronicCopy.phrase())));
    let notes: Vec<String> = paper.notes.iter().map(|note| quoted(note)).collect();
    facts.extend((!notes.is_empty()).then(|| format!("{}: {}", Key::Note.phrase(), notes.join(", "))));
    if !facts.is_empty() {
        let _ = write!(out, " {{ {} }}", facts.join("  "));
    }
    out
}
