//! What a call of another procedure costs: its `thời hạn`, for the dossiers that come to it.

use super::classes::{Class, Last, Partition, Truth};
use crate::model::Model;
use crate::model::flow::{Call, Guard};
use crate::model::procedure::{FieldKind, FieldValue, Limit, Procedure};
use crate::model::time::Duration;
use tthc_grammar::names::same_name;

/// The limits of a called procedure, their guards in terms of the caller's fields; unmapped fields are unknown.
pub(super) fn limits<'m>(model: &'m Model, caller: &Procedure, call: &Call) -> Vec<(Option<Guard>, &'m Duration)> {
    let Some(called) = call.procedure.map(|id| &model.procedures[id.0]) else { return Vec::new() };
    let lines = called.cases.iter().flat_map(|case| &case.data.limits);
    lines
        .filter_map(|Limit { duration, guard, .. }| {
            let guard = guard.as_ref().map(|guard| translate(guard, caller, called, call));
            Some((guard, duration.as_ref()?))
        })
        .collect()
}

/// The limits that may hold for a class: guarded lines first, unmapped fields taken as any value.
pub(super) fn candidates<'m>(
    limits: &[(Option<Guard>, &'m Duration)],
    partition: &Partition,
    class: &Class,
) -> Vec<&'m Duration> {
    let mut may_hold = Vec::new();
    for (guard, duration) in limits {
        let Some(guard) = guard else { continue };
        let truth = partition.holds(guard, class, &|_| Last::Unknown);
        if truth != Truth::No {
            may_hold.push(*duration);
        }
        if truth == Truth::Yes {
            return may_hold;
        }
    }
    may_hold.extend(limits.iter().filter(|(guard, _)| guard.is_none()).map(|(_, duration)| *duration));
    may_hold
}
fn translate(guard: &Guard, caller: &Procedure, called: &Procedure, call: &Call) -> Guard {
    let all = |parts: &[Guard]| parts.iter().map(|part| translate(part, caller, called, call)).collect();
    match guard {
        Guard::And(parts) => Guard::And(all(parts)),
        Guard::Or(parts) => Guard::Or(all(parts)),
        Guard::Not(inner) => Guard::Not(Box::new(translate(inner, caller, called, call))),
        Guard::Field(field, operator, value) => field_of(*field, value, caller, called, call)
            .map_or(Guard::Unknown(String::new()), |(own, value)| Guard::Field(own, *operator, value)),
        // What is decided or happens inside the other procedure is not known here.
        Guard::Outcome(..) | Guard::Event(_) | Guard::Unknown(_) => Guard::Unknown(String::new()),
    }
}

/// The caller's field and value for one of the called procedure.
fn field_of(
    field: usize,
    value: &FieldValue,
    caller: &Procedure,
    called: &Procedure,
    call: &Call,
) -> Option<(usize, FieldValue)> {
    let theirs = called.fields.get(field)?;
    let (own, _) = call.mapping.iter().find(|(_, their)| same_name(their, &theirs.named.name))?;
    let index = caller.fields.iter().position(|field| same_name(&field.named.name, own))?;
    let value = match (value, &theirs.kind, &caller.fields[index].kind) {
        (FieldValue::Value(value), FieldKind::Values(their_values), FieldKind::Values(own_values)) => {
            let name = &their_values.get(*value)?.0.name;
            FieldValue::Value(own_values.iter().position(|(own, _)| same_name(&own.name, name))?)
        }
        (FieldValue::Flag(flag), _, FieldKind::Flag) => FieldValue::Flag(*flag),
        (FieldValue::Number(number), _, FieldKind::Number(_)) => FieldValue::Number(*number),
        _ => return None,
    };
    Some((index, value))
}
