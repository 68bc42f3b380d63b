//! Dossiers, and conditions on them.

use super::net::{list, text};
use serde_json::Value;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// More classes of dossiers than this are not played.
const MAX_CLASSES: usize = 10_000;

/// A decimal number, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    fn parse(text: &str) -> Result<Decimal, String> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let mantissa = format!("{whole}{fraction}").parse().map_err(|_| format!("no number: {text}"))?;
        Ok(Decimal { mantissa, scale: fraction.len() as u32 })
    }

    fn aligned(self, other: Decimal) -> (i128, i128, u32) {
        let scale = self.scale.max(other.scale);
        let raise = |number: Decimal| number.mantissa * 10i128.pow(scale - number.scale);
        (raise(self), raise(other), scale)
    }

    fn compare(self, other: Decimal) -> Ordering {
        let (mine, others, _) = self.aligned(other);
        mine.cmp(&others)
    }

    fn plus_one(self, sign: i128) -> Decimal {
        Decimal { mantissa: self.mantissa + sign * 10i128.pow(self.scale), scale: self.scale }
    }

    /// A half is five tenths.
    fn middle(self, other: Decimal) -> Decimal {
        let (mine, others, scale) = self.aligned(other);
        Decimal { mantissa: (mine + others) * 5, scale: scale + 1 }
    }
}

/// What a field of a dossier holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Held {
    Flag(bool),
    Number(Decimal),
    Value(String),
}

/// A dossier: values of the fields that some guard reads.
pub type Dossier = BTreeMap<String, Held>;
/// The last outcomes of steps.
pub type Outcomes = BTreeMap<String, String>;

/// A condition.
#[derive(Debug, Clone)]
pub enum Expression {
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
    Compare { field: String, operator: String, value: Value },
    Outcome { step: String, outcome: String },
    Event(String),
}

impl Expression {
    /// Reads a condition.
    pub fn new(value: &Value) -> Result<Expression, String> {
        let args = || list(value, "args")?.iter().map(Expression::new).collect::<Result<Vec<_>, _>>();
        Ok(match text(value, "op")?.as_str() {
            "and" => Expression::And(args()?),
            "or" => Expression::Or(args()?),
            "not" => Expression::Not(Box::new(Expression::new(&value["arg"])?)),
            "compare" => Expression::Compare {
                field: text(value, "field")?,
                operator: text(value, "operator")?,
                value: value["value"].clone(),
            },
            "outcome" => Expression::Outcome { step: text(value, "step")?, outcome: text(value, "outcome")? },
            "event" => Expression::Event(text(value, "event")?),
            other => return Err(format!("unknown operation {other}")),
        })
    }

    /// Whether it holds; from left to right, only as far as needed. Reading what is not decided is an error.
    pub fn holds(&self, dossier: &Dossier, outcomes: &Outcomes, happened: &BTreeSet<String>) -> Result<bool, String> {
        match self {
            Expression::And(args) => {
                for arg in args {
                    if !arg.holds(dossier, outcomes, happened)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Expression::Or(args) => {
                for arg in args {
                    if arg.holds(dossier, outcomes, happened)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expression::Not(arg) => Ok(!arg.holds(dossier, outcomes, happened)?),
            Expression::Compare { field, operator, value } => {
                let held = dossier.get(field).ok_or_else(|| format!("no field {field}"))?;
                compare(held, operator, value)
            }
            Expression::Outcome { step, outcome } => match outcomes.get(step) {
                Some(last) => Ok(last == outcome),
                None => Err(format!("the outcome of {step} is read before it is decided")),
            },
            Expression::Event(event) => Ok(happened.contains(event)),
        }
    }

    fn each(&self, visit: &mut dyn FnMut(&Expression)) {
        visit(self);
        match self {
            Expression::And(args) | Expression::Or(args) => args.iter().for_each(|arg| arg.each(visit)),
            Expression::Not(arg) => arg.each(visit),
            _ => {}
        }
    }

    /// Steps whose outcomes it reads.
    pub fn steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        self.each(&mut |part| {
            if let Expression::Outcome { step, .. } = part {
                steps.push(step.clone());
            }
        });
        steps
    }

    /// Events that it reads.
    pub fn events(&self) -> Vec<String> {
        let mut events = Vec::new();
        self.each(&mut |part| {
            if let Expression::Event(event) = part {
                events.push(event.clone());
            }
        });
        events
    }
}

fn compare(held: &Held, operator: &str, value: &Value) -> Result<bool, String> {
    let order = match held {
        Held::Number(number) => {
            let against = value.as_str().ok_or("a number is not compared with a number")?;
            number.compare(Decimal::parse(against)?)
        }
        Held::Flag(_) | Held::Value(_) => {
            let same = match held {
                Held::Flag(flag) => Some(*flag) == value.as_bool(),
                Held::Value(name) => Some(name.as_str()) == value.as_str(),
                Held::Number(_) => false,
            };
            return match operator {
                "=" => Ok(same),
                "!=" => Ok(!same),
                other => Err(format!("{held:?} has no order, but is compared with {other}")),
            };
        }
    };
    Ok(match operator {
        "=" => order.is_eq(),
        "!=" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        other => return Err(format!("unknown operator {other}")),
    })
}

/// The fields of a dossier with what they may hold.
pub struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// Reads the fields.
    pub fn new(definition: &Value) -> Result<Fields, String> {
        let fields = list(definition, "fields")?;
        let fields = fields.iter().map(|field| Ok((text(field, "id")?, field["type"].clone())));
        Ok(Fields(fields.collect::<Result<_, String>>()?))
    }

    /// One dossier for each class that the guards tell apart: both flags, every value, and numbers at, between
    /// and around the constants. Fields that no guard reads are left out.
    pub fn classes<'e>(&self, guards: impl Iterator<Item = &'e Expression>) -> Result<Vec<Dossier>, String> {
        let mut constants: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for guard in guards {
            guard.each(&mut |part| {
                if let Expression::Compare { field, value, .. } = part {
                    constants.entry(field.clone()).or_default().push(value.clone());
                }
            });
        }
        let mut classes = vec![Dossier::new()];
        for (field, against) in constants {
            let values = self.values(&field, &against)?;
            if classes.len() * values.len() > MAX_CLASSES {
                return Err(format!("more than {MAX_CLASSES} classes of dossiers"));
            }
            let with = |class: &Dossier, value: &Held| {
                let mut class = class.clone();
                class.insert(field.clone(), value.clone());
                class
            };
            classes = classes.iter().flat_map(|class| values.iter().map(|value| with(class, value))).collect();
        }
        Ok(classes)
    }

    fn values(&self, field: &str, against: &[Value]) -> Result<Vec<Held>, String> {
        let kind = self.0.get(field).ok_or_else(|| format!("a guard reads {field}, which is no field"))?;
        match text(kind, "kind")?.as_str() {
            "flag" => Ok(vec![Held::Flag(false), Held::Flag(true)]),
            "values" => list(kind, "values")?.iter().map(|value| Ok(Held::Value(text(value, "id")?))).collect(),
            "number" => {
                let numbers = against.iter().map(|value| Decimal::parse(value.as_str().unwrap_or("?")));
                Ok(around(numbers.collect::<Result<_, _>>()?).into_iter().map(Held::Number).collect())
            }
            other => Err(format!("unknown kind of field {other}")),
        }
    }

    /// A dossier with some of its values replaced by those of a named path.
    pub fn with(&self, class: &Dossier, known: &BTreeMap<String, Value>) -> Result<Dossier, String> {
        let mut dossier = class.clone();
        for (field, value) in known {
            let kind = self.0.get(field).ok_or_else(|| format!("no field {field}"))?;
            let held = match (text(kind, "kind")?.as_str(), value) {
                ("flag", Value::Bool(flag)) => Held::Flag(*flag),
                ("number", Value::String(number)) => Held::Number(Decimal::parse(number)?),
                ("values", Value::String(name)) => Held::Value(name.clone()),
                _ => return Err(format!("{field} cannot hold {value}")),
            };
            dossier.insert(field.clone(), held);
        }
        Ok(dossier)
    }
}

/// Numbers at, between and around some others.
fn around(mut constants: Vec<Decimal>) -> Vec<Decimal> {
    constants.sort_by(|a, b| a.compare(*b));
    constants.dedup_by(|a, b| a.compare(*b).is_eq());
    let (Some(first), Some(last)) = (constants.first(), constants.last()) else { return Vec::new() };
    let mut numbers = vec![first.plus_one(-1), last.plus_one(1)];
    numbers.extend(constants.windows(2).map(|pair| pair[0].middle(pair[1])));
    numbers.extend(constants);
    numbers
}
