//! Classes of dossiers: the guards and limits that occur partition the dossier fields.

use super::calls;
use super::stretches::Stretches;
use crate::model::Model;
use crate::model::flow::{Call, Flow, Guard, Overdue, StepId};
use crate::model::procedure::{Case, FieldKind, FieldValue, Limit, Procedure};
use indexmap::IndexMap;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use tthc_grammar::tree::{Decimal, Operator, grouped};

/// More classes than this are not told apart: the fields that made too many are taken as unknown.
pub const MAX_CLASSES: usize = 4096;

/// What is known of one field in a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Region {
    /// No guard reads it, or it was given up.
    Any,
    /// có/không
    Flag(bool),
    /// A value of the field's list.
    Value(usize),
    /// The n-th stretch of the number line: guards do not tell its numbers apart.
    Number(usize),
}

/// A class of dossiers: one region for each field of the procedure.
pub type Class = Vec<Region>;

/// How the dossiers of a procedure are told apart.
#[derive(Debug)]
pub struct Partition {
    /// All classes.
    pub classes: Vec<Class>,
    /// Fields that made too many classes; verdicts are then bounds.
    pub given_up: Vec<usize>,
    /// How guards cut the numbers, by field.
    numbers: Vec<Stretches>,
}

/// What a guard says of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// It may: an event outside, or a field that was given up.
    Perhaps,
    /// It reads the outcome of a step that has not been decided.
    Undecided(StepId),
}

impl Truth {
    pub(super) fn of(flag: bool) -> Truth {
        if flag { Truth::Yes } else { Truth::No }
    }
}

/// The last outcome of a step, as guards see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Last<'a> {
    /// None yet.
    None,
    /// This one.
    Outcome(&'a str),
    /// Some one.
    Unknown,
}

/// Compares two decimals exactly.
pub fn compare(a: &Decimal, b: &Decimal) -> Ordering {
    let wide = |value: &Decimal, other: &Decimal| i128::from(value.mantissa) * 10_i128.pow(other.scale.min(9));
    wide(a, b).cmp(&wide(b, a))
}

impl Partition {
    /// Tells the dossiers of a procedure apart by everything that its cases read.
    pub fn of(model: &Model, procedure: &Procedure) -> Partition {
        let mut read = Read::default();
        for case in &procedure.cases {
            read.case(case);
            for call in calls_of(&case.flow) {
                let limits = calls::limits(model, procedure, call);
                limits.iter().filter_map(|(guard, _)| guard.as_ref()).for_each(|guard| read.guard(guard));
            }
        }
        let fields = &procedure.fields;
        let mut compared: Vec<Vec<(Operator, Decimal)>> = vec![Vec::new(); fields.len()];
        for (field, operator, number) in read.numbers {
            if let Some(list) = compared.get_mut(field) {
                list.push((operator, number));
            }
        }
        let numbers: Vec<Stretches> = compared.into_iter().map(Stretches::of).collect();
        let mut regions: Vec<Vec<Region>> = fields
            .iter()
            .enumerate()
            .map(|(index, field)| match &field.kind {
                _ if !read.fields.contains(&index) => vec![Region::Any],
                FieldKind::Flag => vec![Region::Flag(false), Region::Flag(true)],
                FieldKind::Number(_) => (0..numbers[index].count()).map(Region::Number).collect(),
                FieldKind::Values(values) if !values.is_empty() => (0..values.len()).map(Region::Value).collect(),
                FieldKind::Values(_) | FieldKind::Unknown => vec![Region::Any],
            })
            .collect();
        let given_up = give_up(&mut regions);
        Partition { classes: product(&regions), given_up, numbers }
    }

    /// Parts classes, given by their places, into those that go the same ways through a flow and for which its calls
    /// take the same time.
    pub(super) fn alike(
        &self,
        classes: impl Iterator<Item = usize>,
        model: &Model,
        procedure: &Procedure,
        flow: &Flow,
    ) -> Vec<Vec<usize>> {
        let called: Vec<Guard> = calls_of(flow)
            .flat_map(|call| calls::limits(model, procedure, call))
            .filter_map(|(guard, _)| guard)
            .collect();
        let mut lasting = Vec::new();
        arrow_guards(flow).chain(&called).for_each(|guard| find_lasting(guard, &mut lasting));
        let mut parts: IndexMap<Vec<Truth>, Vec<usize>> = IndexMap::new();
        for place in classes {
            let truths = lasting.iter().map(|guard| self.holds(guard, &self.classes[place], &|_| Last::Unknown));
            parts.entry(truths.collect()).or_default().push(place);
        }
        parts.into_values().collect()
    }

    /// What a guard says of a class; read from left to right, only as far as needed.
    pub fn holds<'a>(&self, guard: &Guard, class: &Class, last: &impl Fn(StepId) -> Last<'a>) -> Truth {
        match guard {
            Guard::And(parts) => self.all(parts, class, last, Truth::No, Truth::Yes),
            Guard::Or(parts) => self.all(parts, class, last, Truth::Yes, Truth::No),
            Guard::Not(inner) => match self.holds(inner, class, last) {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                other => other,
            },
            Guard::Event(_) | Guard::Unknown(_) => Truth::Perhaps,
            Guard::Outcome(step, outcome) => match last(*step) {
                Last::None => Truth::Undecided(*step),
                Last::Outcome(decided) => Truth::of(tthc_grammar::names::same_name(decided, outcome)),
                Last::Unknown => Truth::Perhaps,
            },
            Guard::Field(field, operator, value) => self.field(*field, *operator, value, class),
        }
    }

    /// `and` stops at the first No, `or` at the first Yes.
    fn all<'a>(
        &self,
        parts: &[Guard],
        class: &Class,
        last: &impl Fn(StepId) -> Last<'a>,
        stop: Truth,
        otherwise: Truth,
    ) -> Truth {
        let mut answer = otherwise;
        for part in parts {
            match self.holds(part, class, last) {
                truth if truth == stop => return stop,
                // Behind a part that may stop the reading, nothing is read for certain.
                Truth::Undecided(step) if answer == otherwise => return Truth::Undecided(step),
                Truth::Perhaps | Truth::Undecided(_) => answer = Truth::Perhaps,
                _ => {}
            }
        }
        answer
    }

    fn field(&self, field: usize, operator: Operator, value: &FieldValue, class: &Class) -> Truth {
        let equal = |same: bool| Truth::of(same == (operator == Operator::Equal));
        match (class.get(field), value) {
            (Some(Region::Flag(is)), FieldValue::Flag(wanted)) => equal(is == wanted),
            (Some(Region::Value(is)), FieldValue::Value(wanted)) => equal(is == wanted),
            (Some(Region::Number(at)), FieldValue::Number(number)) => self.numbers[field].holds(*at, operator, number),
            _ => Truth::Perhaps,
        }
    }

    /// An example dossier of a class, as it could be written in a guard; empty where all dossiers are alike.
    pub fn describe(&self, procedure: &Procedure, class: &Class) -> String {
        let mut parts = Vec::new();
        for (index, (region, field)) in class.iter().zip(&procedure.fields).enumerate() {
            let name = &field.named.name;
            parts.push(match (region, &field.kind) {
                (Region::Flag(true), _) => name.clone(),
                (Region::Flag(false), _) => format!("không {name}"),
                (Region::Value(value), FieldKind::Values(values)) => format!("{name} = {}", values[*value].0.name),
                (Region::Number(at), _) => self.numbers[index].describe(name, *at),
                _ => continue,
            });
        }
        parts.join(" và ")
    }
}

/// `10.000`, `0,5`
pub fn vietnamese(number: &Decimal) -> String {
    let digits = format!("{:0>width$}", number.mantissa, width = number.scale as usize + 1);
    let (whole, decimals) = digits.split_at(digits.len() - number.scale as usize);
    let out = grouped(whole);
    if decimals.is_empty() { out } else { format!("{out},{decimals}") }
}

/// Takes fields with many regions as unknown until few enough classes are left; answers which.
fn give_up(regions: &mut [Vec<Region>]) -> Vec<usize> {
    let mut given_up = Vec::new();
    while regions
        .iter()
        .try_fold(1_usize, |count, list| count.checked_mul(list.len()))
        .is_none_or(|count| count > MAX_CLASSES)
    {
        let Some((index, list)) = regions.iter_mut().enumerate().max_by_key(|(_, list)| list.len()) else { break };
        *list = vec![Region::Any];
        given_up.push(index);
    }
    given_up
}

fn product(regions: &[Vec<Region>]) -> Vec<Class> {
    let mut classes: Vec<Class> = vec![Vec::new()];
    for list in regions {
        classes = classes
            .iter()
            .flat_map(|class| list.iter().map(|region| [class.as_slice(), &[*region]].concat()))
            .collect();
    }
    classes
}

/// Which fields, numbers and outcomes guards read.
#[derive(Default)]
pub(super) struct Read {
    fields: BTreeSet<usize>,
    numbers: Vec<(usize, Operator, Decimal)>,
    /// Steps whose outcome is read.
    pub(super) steps: BTreeSet<StepId>,
}

impl Read {
    pub(super) fn case(&mut self, case: &Case) {
        case.guard.iter().for_each(|guard| self.guard(guard));
        let shares = case.data.shares.iter().map(|(_, limit)| limit);
        for Limit { guard, .. } in case.data.limits.iter().chain(&case.data.statutory).chain(shares) {
            guard.iter().for_each(|guard| self.guard(guard));
        }
        arrow_guards(&case.flow).for_each(|guard| self.guard(guard));
    }

    fn guard(&mut self, guard: &Guard) {
        match guard {
            Guard::And(parts) | Guard::Or(parts) => parts.iter().for_each(|part| self.guard(part)),
            Guard::Not(inner) => self.guard(inner),
            Guard::Field(field, operator, value) => {
                self.fields.insert(*field);
                if let FieldValue::Number(number) = value {
                    self.numbers.push((*field, *operator, *number));
                }
            }
            Guard::Outcome(step, _) => {
                self.steps.insert(*step);
            }
            Guard::Event(_) | Guard::Unknown(_) => {}
        }
    }
}

fn calls_of(flow: &Flow) -> impl Iterator<Item = &Call> {
    flow.steps.iter().filter_map(|step| step.call.as_ref())
}

/// The guards of all ways.
fn arrow_guards(flow: &Flow) -> impl Iterator<Item = &Guard> {
    let arrows = flow.steps.iter().flat_map(|step| {
        let overdue = match &step.overdue {
            Some(Overdue::Target(arrow)) => Some(arrow.as_ref()),
            _ => None,
        };
        step.exits.arrows().iter().chain(overdue)
    });
    arrows.filter_map(|arrow| arrow.guard.as_ref())
}

/// The largest parts of a guard that read no outcome: what they say of a class, they say on all its ways.
fn find_lasting<'g>(guard: &'g Guard, found: &mut Vec<&'g Guard>) {
    match guard {
        _ if !reads_outcome(guard) => found.push(guard),
        Guard::And(parts) | Guard::Or(parts) => parts.iter().for_each(|part| find_lasting(part, found)),
        Guard::Not(inner) => find_lasting(inner, found),
        _ => {}
    }
}

fn reads_outcome(guard: &Guard) -> bool {
    match guard {
        Guard::And(parts) | Guard::Or(parts) => parts.iter().any(reads_outcome),
        Guard::Not(inner) => reads_outcome(inner),
        Guard::Outcome(..) => true,
        Guard::Field(..) | Guard::Event(_) | Guard::Unknown(_) => false,
    }
}
