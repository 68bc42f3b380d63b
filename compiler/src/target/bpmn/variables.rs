//! Process variables: outcomes of steps, dossier fields, events, turns of bounded ways. Their names are ASCII.

use crate::target::json::definition::{Expression, Graph, Transition};
use crate::target::names::Names;

#[derive(Debug, Default)]
pub(super) struct Variables {
    names: Names,
}

impl Variables {
    /// Holds the last outcome of a step.
    pub fn outcome(&mut self, step: &str) -> String {
        self.names.of(&format!("outcome {step}"), &format!("outcome_{step}"))
    }

    /// Holds a dossier field.
    pub fn field(&mut self, field: &str) -> String {
        self.names.of(&format!("field {field}"), &format!("field_{field}"))
    }

    /// Says whether something has happened outside.
    pub fn event(&mut self, event: &str) -> String {
        let short: String = event.chars().take(30).collect();
        self.names.of(&format!("event {event}"), &format!("event_{short}"))
    }

    /// Counts the branches of a fork that have come to its join.
    pub fn arrived(&mut self, fork: &str) -> String {
        self.names.of(&format!("arrived {fork}"), &format!("arrived_{fork}"))
    }

    /// Counts how often a way has been taken.
    pub fn turns(&mut self, transition: &Transition) -> String {
        self.names.of(&format!("turns {}", transition.id), &format!("turns_{}", transition.id))
    }
}

/// The events that guards of a graph ask for.
pub(super) fn events(graph: &Graph) -> Vec<String> {
    let mut events = Vec::new();
    let mut waiting: Vec<&Expression> = graph.transitions.iter().filter_map(|way| way.guard.as_ref()).collect();
    while let Some(expression) = waiting.pop() {
        match expression {
            Expression::And { args } | Expression::Or { args } => waiting.extend(args),
            Expression::Not { arg } => waiting.push(arg),
            Expression::Event { event } => events.push(event.clone()),
            Expression::Compare { .. } | Expression::Outcome { .. } => {}
        }
    }
    events.sort();
    events.dedup();
    events
}
