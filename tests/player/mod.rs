//! A player of process definitions: it runs a process from its JSON alone.
//!
//! Written from the doc comments of the format, as the maker of a one-stop software would write it: it knows
//! nothing of the language, the compiler or its types, and shares no code with them. It goes through every state
//! of every run, so that what it says holds for all dossiers and all decisions.

#![allow(clippy::unwrap_used)]

mod dossier;
mod explore;
mod net;
mod state;

use dossier::Dossier;
use explore::Exploration;
use net::Net;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A definition that can be played.
pub struct Player {
    fields: dossier::Fields,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    guard: Option<dossier::Expression>,
    net: Net,
    follow_up: Option<Net>,
}

/// How many steps are done on the way to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// On the shortest run.
    pub fewest: usize,
    /// On the longest; none where a way back without a bound makes runs as long as one likes.
    pub most: Option<usize>,
}

/// What is found in a case by playing all its runs.
#[derive(Debug, Default)]
pub struct Played {
    /// Ends that runs reach.
    pub ends: BTreeMap<String, Steps>,
    /// Steps that no run comes to, those after the result included.
    pub idle_steps: BTreeSet<String>,
    /// States seen in all classes of dossiers.
    pub states: usize,
    /// The same of the steps after the result; none where there are none.
    pub follow_up: Option<Steps>,
}

/// A run by what is decided in it.
#[derive(Debug, Default)]
pub struct Path {
    /// The case; empty where there is one only.
    pub case: String,
    /// What is known of the dossier; the rest is tried.
    pub dossier: BTreeMap<String, Value>,
    /// In order: (step, outcome), (call, end of the called procedure), (step or `chờ`, `quá hạn`).
    pub decisions: Vec<(String, String)>,
    /// The end it comes to; none for the beginning of a run.
    pub end: Option<String>,
}

impl Player {
    /// Reads a definition and checks that it is a net at all.
    pub fn new(definition: &Value) -> Result<Player, String> {
        let fields = dossier::Fields::new(definition)?;
        let cases = net::list(definition, "cases")?;
        let cases = cases.iter().map(Case::new).collect::<Result<Vec<_>, _>>()?;
        if cases.is_empty() {
            return Err("no case".into());
        }
        Ok(Player { fields, cases })
    }

    /// Plays every run of every class of dossiers. An error says which dossier gets stuck where.
    pub fn play(&self) -> Result<BTreeMap<String, Played>, String> {
        let mut all: BTreeMap<String, Played> = BTreeMap::new();
        let mut visited: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for dossier in self.classes()? {
            for case in self.cases_of(&dossier)? {
                let played = all.entry(case.name.clone()).or_default();
                let seen = visited.entry(&case.name).or_default();
                case.explore(&dossier, played, seen).map_err(|fault| format!("{dossier:?}: {fault}"))?;
            }
        }
        for case in &self.cases {
            let seen = visited.remove(case.name.as_str()).unwrap_or_default();
            let steps = case.net.steps().chain(case.follow_up.iter().flat_map(Net::steps));
            let idle = steps.filter(|step| !seen.contains(*step)).map(String::from).collect();
            all.entry(case.name.clone()).or_default().idle_steps = idle;
        }
        Ok(all)
    }

    /// How many steps are done on a run that decides just so; none where there is no such run.
    pub fn run(&self, path: &Path) -> Result<Option<usize>, String> {
        for class in self.classes()? {
            let dossier = self.fields.with(&class, &path.dossier)?;
            for case in self.cases_of(&dossier)?.into_iter().filter(|case| case.name == path.case) {
                let steps = explore::find_run(&case.net, &case.relevant(), &dossier, path)?;
                if steps.is_some() {
                    return Ok(steps);
                }
            }
        }
        Ok(None)
    }

    fn classes(&self) -> Result<Vec<Dossier>, String> {
        let guards = self.cases.iter().flat_map(|case| case.guard.iter().chain(case.nets().flat_map(Net::guards)));
        self.fields.classes(guards)
    }

    /// The guarded case that holds; else every case without a guard, for then somebody chooses.
    fn cases_of(&self, dossier: &Dossier) -> Result<Vec<&Case>, String> {
        let mut guarded = Vec::new();
        for case in &self.cases {
            if let Some(guard) = &case.guard
                && guard.holds(dossier, &BTreeMap::new(), &BTreeSet::new())?
            {
                guarded.push(case);
            }
        }
        match guarded.as_slice() {
            [] => {
                let open: Vec<&Case> = self.cases.iter().filter(|case| case.guard.is_none()).collect();
                if open.is_empty() { Err(format!("no case takes the dossier {dossier:?}")) } else { Ok(open) }
            }
            [one] => Ok(vec![*one]),
            several => Err(format!("{} cases take the dossier {dossier:?}", several.len())),
        }
    }
}

impl Case {
    fn new(value: &Value) -> Result<Case, String> {
        let follow_up = value.get("followUp").filter(|graph| !graph.is_null());
        let guard = value.get("guard").filter(|guard| !guard.is_null());
        Ok(Case {
            name: value.get("id").and_then(Value::as_str).unwrap_or_default().to_string(),
            guard: guard.map(dossier::Expression::new).transpose()?,
            net: Net::new(value.get("graph").ok_or("a case without a graph")?)?,
            follow_up: follow_up.map(Net::new).transpose()?,
        })
    }

    fn nets(&self) -> impl Iterator<Item = &Net> {
        [&self.net].into_iter().chain(&self.follow_up)
    }

    /// Steps whose outcomes some guard reads; the others need not be remembered.
    fn relevant(&self) -> BTreeSet<String> {
        self.nets().flat_map(Net::guards).flat_map(dossier::Expression::steps).collect()
    }

    fn explore(&self, dossier: &Dossier, played: &mut Played, seen: &mut BTreeSet<String>) -> Result<(), String> {
        let relevant = self.relevant();
        let main = Exploration::of(&self.net, &relevant, dossier, BTreeMap::new())?;
        played.states += main.states;
        seen.extend(main.visited);
        for (end, steps) in main.ends {
            played.ends.entry(end).and_modify(|known| known.widen(steps)).or_insert(steps);
        }
        // The steps after the result begin once the result has been returned, whatever was decided before.
        let Some(after) = &self.follow_up else { return Ok(()) };
        for outcomes in main.outcomes_at_end.get("trả kết quả").into_iter().flatten() {
            let more = Exploration::of(after, &relevant, dossier, outcomes.clone())?;
            played.states += more.states;
            seen.extend(more.visited);
            for steps in more.ends.into_values() {
                played.follow_up.get_or_insert(steps).widen(steps);
            }
        }
        Ok(())
    }
}

impl Steps {
    fn widen(&mut self, other: Steps) {
        self.fewest = self.fewest.min(other.fewest);
        self.most = self.most.zip(other.most).map(|(mine, others)| mine.max(others));
    }
}
