//! Conditions and assignments in the languages of the engines.

use super::model::{Condition, Set};
use super::variables::Variables;
use crate::target::json::definition::{Expression, Operator};
use serde_json::Value;

/// An expression language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// FEEL of DMN: plain BPMN, and Camunda 8 behind `=`.
    Feel,
    /// The unified expression language of Camunda 7 and Flowable.
    Juel,
    /// SpiffWorkflow.
    Python,
    /// bpmn-engine.
    JavaScript,
}

impl Language {
    /// A condition, without the brackets that an attribute may want.
    pub fn condition(self, condition: &Condition, variables: &mut Variables) -> String {
        match condition {
            Condition::All(parts) => {
                self.joined(parts.iter().map(|part| self.condition(part, variables)).collect(), true)
            }
            Condition::Decided { variable, outcome } => {
                format!("{} {} {}", self.variable(variable), self.equal(), self.quoted(outcome))
            }
            Condition::Below { variable, most } => format!("{} < {most}", self.variable(variable)),
            Condition::Guard(expression) => self.expression(expression, variables),
        }
    }

    fn expression(self, expression: &Expression, variables: &mut Variables) -> String {
        match expression {
            Expression::And { args } => {
                self.joined(args.iter().map(|part| self.expression(part, variables)).collect(), true)
            }
            Expression::Or { args } => {
                self.joined(args.iter().map(|part| self.expression(part, variables)).collect(), false)
            }
            Expression::Not { arg } => match self {
                Language::Python => format!("(not ({}))", self.expression(arg, variables)),
                Language::Feel => format!("not({})", self.expression(arg, variables)),
                _ => format!("!({})", self.expression(arg, variables)),
            },
            Expression::Compare { field, operator, value } => {
                let value = match value {
                    Value::Bool(flag) => self.flag(*flag),
                    Value::String(text) if is_number(text) => text.clone(),
                    Value::String(text) => self.quoted(text),
                    other => other.to_string(),
                };
                format!("{} {} {value}", self.variable(&variables.field(field)), self.operator(*operator))
            }
            Expression::Outcome { step, outcome } => {
                format!("{} {} {}", self.variable(&variables.outcome(step)), self.equal(), self.quoted(outcome))
            }
            Expression::Event { event } => {
                format!("{} {} {}", self.variable(&variables.event(event)), self.equal(), self.flag(true))
            }
        }
    }

    fn joined(self, parts: Vec<String>, all: bool) -> String {
        let word = match (self, all) {
            (Language::Feel | Language::Python, true) => " and ",
            (Language::Feel | Language::Python, false) => " or ",
            (_, true) => " && ",
            (_, false) => " || ",
        };
        format!("({})", parts.join(word))
    }

    /// A value as a variable has it.
    fn variable(self, name: &str) -> String {
        match self {
            Language::JavaScript if name.starts_with("field_") => format!("this.environment.variables.{name}"),
            Language::JavaScript => format!("this.environment.output.{name}"),
            _ => name.to_string(),
        }
    }

    fn flag(self, flag: bool) -> String {
        match (self, flag) {
            (Language::Python, true) => "True".into(),
            (Language::Python, false) => "False".into(),
            _ => flag.to_string(),
        }
    }

    fn equal(self) -> &'static str {
        self.operator(Operator::Equal)
    }

    fn operator(self, operator: Operator) -> &'static str {
        match operator {
            Operator::Equal if self == Language::Feel => "=",
            Operator::Equal if self == Language::JavaScript => "===",
            Operator::Equal => "==",
            Operator::NotEqual if self == Language::JavaScript => "!==",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::AtMost => "<=",
            Operator::Greater => ">",
            Operator::AtLeast => ">=",
        }
    }

    /// A string literal that ends only where it should.
    fn quoted(self, text: &str) -> String {
        let quote = if self == Language::Juel { '\'' } else { '"' };
        let mut out = String::from(quote);
        for c in text.chars() {
            match c {
                c if c == quote || c == '\\' => out.extend(['\\', c]),
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
        }
        out.push(quote);
        out
    }

    /// What a variable becomes, as an expression.
    pub fn value(self, variable: &str, set: &Set) -> String {
        match set {
            Set::Zero => "0".into(),
            Set::No => self.flag(false),
            Set::OneMore => format!("{} + 1", self.variable(variable)),
            Set::Text(text) => self.quoted(text),
        }
    }
}

/// A decimal number as the definition writes it.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.') && text.parse::<f64>().is_ok()
}
