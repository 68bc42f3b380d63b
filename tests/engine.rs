//! snurr, a BPMN engine in Rust, takes the named paths of the examples that our own player takes, and comes to the same ends.
//!
//! It knows no conditions and no durations, and tells elements apart by how they are written; so it is given the skeleton of
//! each file: nodes, flows, borders. What a gateway chooses is worked out here, from the conditions of the file and from what
//! its scripts and tasks have set; whether flows, forks, joins, timers and ends hang together is for the engine to say.
#![allow(clippy::unwrap_used)]

mod examples;
#[path = "engine/feel.rs"]
mod feel;
#[path = "engine/skeleton.rs"]
mod skeleton;

use feel::Value;
use serde_json::Value as Json;
use skeleton::{Drawing, Task};
use snurr::{ProcessBuilder, Symbol};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

/// What cannot be run, and why; the test fails when that is no longer so.
const NOT_RUN: &[(&str, &str)] = &[];

/// A run: what is left to decide, what is known, what has happened.
#[derive(Debug, Default)]
struct Run {
    left: Vec<(String, String)>,
    variables: BTreeMap<String, Value>,
    done: usize,
    ends: Vec<String>,
    faults: Vec<String>,
}

type Shared = Mutex<Run>;

impl Run {
    fn new(path: &Json, drawing: &Drawing) -> Run {
        let word = |value: &Json| value.as_str().unwrap().to_string();
        let left = path["decide"].as_array().unwrap().iter().map(|pair| (word(&pair[0]), word(&pair[1]))).collect();
        let mut run = Run { left, ..Run::default() };
        for (variable, field) in &drawing.fields {
            let value = match &path["dossier"][field] {
                Json::Bool(flag) => Value::Flag(*flag),
                Json::String(text) => text.parse().map_or(Value::Text(text.clone()), Value::Number),
                _ => Value::Nothing,
            };
            run.variables.insert(variable.clone(), value);
        }
        run
    }

    /// Does a task; `true` when its time runs out instead.
    fn task(&mut self, task: &Task) -> bool {
        self.done += usize::from(!task.wait);
        let own =
            |(step, what): &(String, String)| *step == task.step || task.wait && step == "chờ" && what == "quá hạn";
        // Branches are done in the engine's own order.
        let Some(at) = self.left.iter().position(own) else {
            if task.variable.is_some() {
                self.faults.push(format!("nothing is decided at {}, left {:?}", task.step, self.left));
            }
            return false;
        };
        if self.left[at].1 == "quá hạn" {
            self.left.remove(at);
            return true;
        }
        if let Some(variable) = &task.variable {
            let (_, outcome) = self.left.remove(at);
            self.variables.insert(variable.clone(), Value::Text(outcome));
        }
        false
    }

    /// The flow that a gateway takes: the first whose condition holds, else the default.
    fn choose(&mut self, flows: &[(String, Option<String>)], default: Option<&String>) -> String {
        for (flow, condition) in flows.iter().filter(|(flow, _)| Some(flow) != default) {
            let holds = condition.as_ref().is_none_or(|text| feel::holds(text, &self.variables));
            if holds {
                return flow.clone();
            }
        }
        if default.is_none() {
            self.faults.push(format!("no way out of a gateway: {flows:?}"));
        }
        default.or(flows.first().map(|(flow, _)| flow)).unwrap().clone()
    }
}

/// Plays a path on the engine.
fn play(drawing: &Drawing, path: &Json) -> Result<Run, String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(drawing.skeleton.as_bytes()).unwrap();
    let mut builder =
        ProcessBuilder::<Shared>::new(file.path()).map_err(|error| format!("{error}: {:?}", error.source))?;
    for task in drawing.tasks.clone() {
        builder = builder.task(task.id.clone(), move |run: &Shared| match run.lock().unwrap().task(&task) {
            true => Symbol::Timer.into(),
            false => Default::default(),
        });
    }
    for (id, assignments) in drawing.scripts.clone() {
        builder = builder.task(id, move |run: &Shared| {
            feel::assign(&assignments, &mut run.lock().unwrap().variables);
            Default::default()
        });
    }
    for gateway in drawing.choices.clone() {
        builder = builder.exclusive(gateway.id.clone(), move |run: &Shared| {
            run.lock().unwrap().choose(&gateway.flows, gateway.default.as_ref()).into()
        });
    }
    let builder = builder.end_event(|run: &Shared, name, _| {
        run.lock().unwrap().ends.push(name.unwrap_or_default().to_string());
        Ok(())
    });
    let process = builder.build().map_err(|error| error.to_string())?;
    let run = process.run(Mutex::new(Run::new(path, drawing))).map_err(|error| format!("{error:?}"))?;
    run.into_inner().map_err(|error| error.to_string())
}

/// The same, but no longer than it may take: an engine can wait for ever.
fn play_in_time(drawing: &Arc<Drawing>, path: &Json) -> Result<Run, String> {
    let (send, receive) = mpsc::channel();
    let (drawing, path) = (drawing.clone(), path.clone());
    std::thread::spawn(move || send.send(play(&drawing, &path)));
    receive.recv_timeout(Duration::from_secs(30)).unwrap_or_else(|_| Err("it does not end".into()))
}

#[test]
fn an_engine_takes_the_named_paths_and_comes_to_the_same_ends() {
    let project = examples::project();
    let drawings: BTreeMap<String, Arc<Drawing>> = examples::built(&project, "bpmn")
        .into_iter()
        .map(|output| (output.path.trim_end_matches(".bpmn").replace('.', "/"), Arc::new(Drawing::of(&output.bytes))))
        .collect();
    let paths: BTreeMap<String, BTreeMap<String, Json>> =
        serde_json::from_str(include_str!("player/paths.json")).unwrap();
    let (mut wrong, mut taken, mut late) = (Vec::new(), 0, 0);
    for (case, named) in &paths {
        let drawing = drawings.get(case).unwrap_or_else(|| panic!("{case} is not built"));
        for (name, path) in named.iter().filter(|(_, path)| path.get("end").is_some()) {
            let fault = match play_in_time(drawing, path) {
                Err(fault) => Some(fault),
                Ok(run) if !run.faults.is_empty() => Some(run.faults.join("; ")),
                Ok(run) if !run.left.is_empty() => Some(format!("left to decide: {:?}", run.left)),
                Ok(run) if run.ends != [path["end"].as_str().unwrap()] => Some(format!("ends {:?}", run.ends)),
                Ok(run) if Some(run.done as u64) != path["steps"].as_u64() => Some(format!("{} steps", run.done)),
                Ok(_) => None,
            };
            let known = NOT_RUN.iter().find(|(own, _)| own == case);
            match (fault, known) {
                (None, None) => taken += 1,
                (Some(fault), None) => wrong.push(format!("{case}, {name}: {fault}")),
                (Some(_), Some((_, why))) => eprintln!("NOT RUN on snurr: {case}, {name}: {why}"),
                (None, Some(_)) => wrong.push(format!("{case}, {name}: it runs; take it out of NOT_RUN")),
            }
            late += usize::from(path["decide"].to_string().contains("quá hạn"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(taken > 30 && late > 2, "{taken} paths, {late} of them by the clock");
}

/// An engine that takes anything would make the test above worthless.
#[test]
fn a_drawing_that_is_wrong_does_not_come_to_its_end() {
    let project = examples::project();
    let output = examples::built(&project, "bpmn").into_iter().find(|output| output.path == "cấp_phép_xây_dựng.bpmn");
    let paths: Json = serde_json::from_str(include_str!("player/paths.json")).unwrap();
    let path = &paths["cấp_phép_xây_dựng"]["lấy ý kiến vì diện tích"];
    let good = Drawing::of(&output.unwrap().bytes);
    let run = play_in_time(&Arc::new(good.clone()), path).unwrap();
    assert_eq!(run.ends, ["trả kết quả"]);
    // Both branches would be waited for, and one is taken.
    let mut stuck = good.clone();
    let fork = stuck.skeleton.find("<parallelGateway id=\"fork_").unwrap();
    stuck.skeleton.replace_range(fork..fork + 16, "<exclusiveGateway");
    let close = fork + stuck.skeleton[fork..].find("</parallelGateway>").unwrap();
    stuck.skeleton.replace_range(close..close + 18, "</exclusiveGateway>");
    let run = play_in_time(&Arc::new(stuck), path);
    assert!(run.as_ref().is_err() || run.as_ref().is_ok_and(|run| run.ends != ["trả kết quả"]), "{run:?}");
}
