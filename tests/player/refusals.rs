//! The player itself: it must refuse what is no sound process, or the tests that rest on it are worth nothing.

use super::player::Player;
use serde_json::{Value, json};

/// A definition with one case: nodes by id, and transitions `from -> to` with more fields.
fn definition(nodes: &[(&str, Value)], ways: &[(&str, &str, Value)]) -> Value {
    let with = |mut value: Value, fields: Value| {
        value.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        value
    };
    let nodes: Vec<Value> = nodes.iter().map(|(id, fields)| with(json!({ "id": id }), fields.clone())).collect();
    let ways = ways.iter().enumerate().map(|(index, (from, to, fields))| {
        with(json!({ "id": format!("t{index}"), "from": from, "to": to }), fields.clone())
    });
    let graph = json!({ "start": "start", "nodes": nodes, "transitions": ways.collect::<Vec<_>>() });
    json!({ "fields": [{ "id": "lớn", "type": { "kind": "flag" } }], "cases": [{ "id": null, "graph": graph }] })
}

fn step() -> Value {
    json!({ "type": "step" })
}

fn end(stops: bool) -> Value {
    json!({ "type": "end", "state": "trả kết quả", "stopsBranches": stops })
}

fn choice(step: &str, decided: bool) -> Value {
    json!({ "type": "choice", "step": step, "decided": decided })
}

fn plain() -> Value {
    json!({})
}

/// What the player has to say.
fn refusal(nodes: &[(&str, Value)], ways: &[(&str, &str, Value)]) -> String {
    let mut all = vec![("start", json!({ "type": "start" }))];
    all.extend(nodes.iter().cloned());
    let played = Player::new(&definition(&all, ways)).and_then(|player| player.play());
    match played {
        Ok(played) => panic!("played: {played:?}"),
        Err(fault) => fault,
    }
}

#[test]
fn a_choice_without_a_way_is_stuck() {
    let large = json!({ "guard": { "op": "compare", "field": "lớn", "operator": "=", "value": true } });
    let fault = refusal(
        &[("a", step()), ("c", choice("a", false)), ("e", end(false))],
        &[("start", "a", plain()), ("a", "c", plain()), ("c", "e", large.clone())],
    );
    assert!(fault.contains("no guard holds at c") && fault.contains("Flag(false)"), "{fault}");
    let mut outcome = large;
    outcome["outcome"] = "được".into();
    let fault = refusal(
        &[("a", step()), ("c", choice("a", true)), ("e", end(false))],
        &[("start", "a", plain()), ("a", "c", plain()), ("c", "e", outcome)],
    );
    assert!(fault.contains("stuck at c"), "{fault}");
}

#[test]
fn a_circle_without_a_way_out_never_ends() {
    let fault = refusal(
        &[("a", step()), ("c", choice("a", true)), ("b", step()), ("e", end(false))],
        &[
            ("start", "a", plain()),
            ("a", "c", plain()),
            ("c", "e", json!({ "outcome": "được" })),
            ("c", "b", json!({ "outcome": "lại" })),
            ("b", "b", json!({})),
        ],
    );
    assert!(fault.contains("no end can be reached from b"), "{fault}");
}

#[test]
fn nothing_may_be_left_running() {
    let fork = json!({ "type": "fork", "join": "j" });
    let join = json!({ "type": "join", "required": 2, "branches": 2 });
    let nodes = [("f", fork), ("a", step()), ("b", step()), ("j", join), ("e", end(false))];
    let fault = refusal(
        &nodes,
        &[
            ("start", "f", plain()),
            ("f", "a", plain()),
            ("f", "b", plain()),
            ("a", "j", plain()),
            ("b", "e", plain()),
            ("j", "e", plain()),
        ],
    );
    assert!(fault.contains("e is reached while branches are still running"), "{fault}");
}

#[test]
fn an_outcome_is_decided_before_it_is_read() {
    let read = json!({ "guard": { "op": "outcome", "step": "b", "outcome": "được" } });
    let fault = refusal(
        &[("a", step()), ("c", choice("a", false)), ("b", step()), ("d", choice("b", true)), ("e", end(false))],
        &[
            ("start", "a", plain()),
            ("a", "c", plain()),
            ("c", "e", read),
            ("c", "b", json!({ "otherwise": true })),
            ("b", "d", plain()),
            ("d", "e", json!({ "outcome": "được" })),
        ],
    );
    assert!(fault.contains("the outcome of b is read before it is decided"), "{fault}");
}

#[test]
fn what_is_used_up_and_has_nowhere_to_go_is_stuck() {
    let back = json!({ "maxTimes": 1, "countedPer": "dossier", "otherwise": true });
    let fault = refusal(
        &[("a", step()), ("c", choice("a", false)), ("e", end(false))],
        &[
            ("start", "a", plain()),
            ("a", "c", plain()),
            ("c", "e", json!({ "guard": { "op": "compare", "field": "lớn", "operator": "=", "value": true } })),
            ("c", "a", back),
        ],
    );
    assert!(fault.contains("no guard holds at c"), "{fault}");
}

#[test]
fn more_states_than_the_cap_are_an_error() {
    // Six branches of seven steps each: 8⁶ states.
    let mut nodes: Vec<(String, Value)> = vec![("f".into(), json!({ "type": "fork", "join": "j" }))];
    let mut ways: Vec<(String, String, Value)> = vec![("start".into(), "f".into(), plain())];
    for branch in 0..6 {
        for place in 0..7 {
            nodes.push((format!("{branch}.{place}"), step()));
            let from = if place == 0 { "f".into() } else { format!("{branch}.{}", place - 1) };
            ways.push((from, format!("{branch}.{place}"), plain()));
        }
        ways.push((format!("{branch}.6"), "j".into(), plain()));
    }
    nodes.push(("j".into(), json!({ "type": "join", "required": 6, "branches": 6 })));
    nodes.push(("e".into(), end(false)));
    ways.push(("j".into(), "e".into(), plain()));
    let nodes: Vec<(&str, Value)> = nodes.iter().map(|(id, value)| (id.as_str(), value.clone())).collect();
    let ways: Vec<(&str, &str, Value)> =
        ways.iter().map(|(from, to, value)| (from.as_str(), to.as_str(), value.clone())).collect();
    let fault = refusal(&nodes, &ways);
    assert!(fault.contains("more than"), "{fault}");
}

#[test]
fn what_is_no_net_is_refused() {
    let fault = refusal(&[("e", end(false))], &[("start", "x", plain())]);
    assert!(fault.contains("no node x"), "{fault}");
    let fault = refusal(&[("a", step()), ("e", end(false))], &[("start", "a", plain())]);
    assert!(fault.contains("a: 0 transitions"), "{fault}");
}
