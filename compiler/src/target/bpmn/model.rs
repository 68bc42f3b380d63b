//! A BPMN process before it is written in a dialect.

use crate::target::json::definition::{Duration, Expression};

/// A process.
#[derive(Debug, Default)]
pub(super) struct Process {
    /// Of the file and the process.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What is said of it.
    pub documentation: Option<String>,
    /// Name and value.
    pub properties: Vec<(&'static str, String)>,
    /// By agency.
    pub lanes: Vec<Lane>,
    /// The first is the start.
    pub elements: Vec<Element>,
    /// Sequence flows; those out of a gateway in the order in which they are tried.
    pub flows: Vec<Flow>,
}

/// A lane.
#[derive(Debug)]
pub(super) struct Lane {
    /// Of the agency in the source; what the lane is found by.
    pub key: String,
    /// What it is called.
    pub label: String,
}

/// A flow node.
#[derive(Debug)]
pub(super) struct Element {
    /// Unique.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// By its place in [`Process::lanes`].
    pub lane: usize,
    /// The subprocess in which it stands, by its place.
    pub inside: Option<usize>,
    /// What is said of it.
    pub documentation: Option<String>,
    /// Name and value.
    pub properties: Vec<(&'static str, String)>,
}

/// What an element is.
#[derive(Debug)]
pub(super) enum Kind {
    Start,
    /// Somebody does something; groups of people who may.
    User(Vec<String>),
    Script(Script),
    /// A way is chosen.
    Exclusive,
    /// Ways come together.
    Merge,
    /// Branches begin or meet.
    Parallel,
    /// An end; with `true` all branches are stopped.
    End(bool),
    /// Interrupts the task with this place when its time has run out.
    Timer {
        host: usize,
        after: Duration,
    },
    /// Holds elements of its own.
    Subprocess,
    /// Leaves the subprocess around it, so that the whole process ends in this state.
    Raise(String),
    /// Interrupts the subprocess with this place when it is left for this state.
    Caught {
        host: usize,
        state: String,
    },
}

impl Kind {
    /// What it sits at the border of.
    pub fn host(&self) -> Option<usize> {
        match self {
            Kind::Timer { host, .. } | Kind::Caught { host, .. } => Some(*host),
            _ => None,
        }
    }
}

/// What an engine does by itself.
#[derive(Debug)]
pub(super) struct Script {
    /// First, what is known passes the border of a subprocess that would not see it.
    pub known: Option<Known>,
    /// Then variables are set.
    pub sets: Vec<(String, Set)>,
}

impl Script {
    /// Sets variables, and nothing else.
    pub fn setting(sets: Vec<(String, Set)>) -> Script {
        Script { known: None, sets }
    }
}

/// How what is known passes the border of a subprocess.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    /// Before it, to whatever may come.
    Given,
    /// In it, at its beginning.
    Taken,
}

/// What a variable is set to.
#[derive(Debug, Clone)]
pub(super) enum Set {
    Zero,
    No,
    OneMore,
    Text(String),
}

/// A sequence flow.
#[derive(Debug)]
pub(super) struct Flow {
    /// By its place in [`Process::elements`].
    pub from: usize,
    /// Likewise.
    pub to: usize,
    /// What it is called.
    pub name: Option<String>,
    /// When it is taken; none: always, or when no other is.
    pub condition: Option<Condition>,
    /// Taken when no other is.
    pub default: bool,
    /// Name and value.
    pub properties: Vec<(&'static str, String)>,
    /// What is said of it.
    pub documentation: Option<String>,
}

/// A condition over process variables.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    /// A guard of the source.
    Guard(Expression),
    /// This has been decided at the last passage of a step.
    Decided {
        variable: String,
        outcome: String,
    },
    /// A way has been taken fewer times.
    Below {
        variable: String,
        most: u32,
    },
    All(Vec<Condition>),
}
