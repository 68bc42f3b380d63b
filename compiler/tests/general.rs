//! The general soundness check against a full search of all markings, which shares no code with it.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "general/plain.rs"]
mod plain;

use plain::{Plain, witness};
use tthc_compiler::analysis::general::{
    Defect, Gate, Limits, Logic, Net, NetError, Node, PlaceId, TransitionId, Verdict, Witness, Workflow, check,
    check_with,
};

/// The defects of a net, all confirmed.
fn defects(text: &str) -> Vec<Defect> {
    let plain = Plain::of(text);
    assert_eq!(plain.is_sound(0), Some(false));
    let Verdict::Unsound(defects) = check(&plain.net()) else { panic!("not found: {text}") };
    defects.iter().for_each(|defect| plain.confirm(0, defect));
    defects
}

fn trace(witness: &Option<Witness>) -> Vec<u32> {
    witness.as_ref().unwrap().trace.iter().map(|next| next.0).collect()
}

#[test]
fn sound_nets() {
    let nets = [
        "0>1",
        "0>1;0>2",
        "0>1 2;1>3;2>4;3 4>5",
        // A joint end, and a loop with an exit in a branch.
        "0>1 2;1>3;2>4;4>2;4>5",
        // A free choice of several places.
        "0>1 2;1 2>3;1 2>4",
        // The initial place in a loop.
        "0>1;1>0;1>2",
        // Not made of blocks.
        "0>1 2;1>3;1>4;3>5;4>5;2>6;5 6>7",
    ];
    for text in nets {
        let plain = Plain::of(text);
        assert_eq!(plain.is_sound(0), Some(true), "{text}");
        assert_eq!(check(&plain.net()), Verdict::Sound, "{text}");
    }
}

#[test]
fn deadlock_says_who_waits_for_what_and_why() {
    let found = defects("0>1 2;1>3;1>4;2>5;3 5>6;4>7");
    let [Defect::Deadlock { waiting, ended, decided_by, witness, .. }] = &found[..] else { panic!("{found:?}") };
    assert_eq!(
        (waiting[0].join, &waiting[0].arrived, &waiting[0].missing),
        (TransitionId(4), &vec![PlaceId(5)], &vec![PlaceId(3)])
    );
    assert_eq!((*ended, *decided_by), (true, Some(TransitionId(2))));
    assert!(trace(witness).contains(&2));
    // A choice that meets in an AND join: both gates are known.
    let found = defects("0>1;0>2;1 2>3");
    let [Defect::Deadlock { gates: Some(gates), ended: false, witness: Some(_), .. }] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!((gates.split, gates.join), (Node::Place(PlaceId(0)), Node::Transition(TransitionId(2))));
}

#[test]
fn second_token_says_where_and_names_the_fork() {
    let found = defects("0>1 2;1>3;2>3;3>4");
    let [Defect::SecondToken { place, gates: Some(gates), witness }] = &found[..] else { panic!("{found:?}") };
    assert_eq!((gates.split, gates.join), (Node::Transition(TransitionId(0)), Node::Place(PlaceId(3))));
    assert_eq!(*place, Some(PlaceId(3)));
    assert_eq!(trace(witness).len(), 3);
    // An end that is reached twice.
    let found = defects("0>1 2;1>3;2>4;4>3;4>2;1>5");
    assert!(matches!(found[..], [Defect::SecondToken { place: Some(PlaceId(3)), .. }]), "{found:?}");
}

#[test]
fn endless_processes_are_livelocks_by_structure() {
    // Every branch loops: there is no end at all.
    let found = defects("0>1;1>2;2>1");
    let [Defect::NoExit { nodes, witness }] = &found[..] else { panic!("{found:?}") };
    assert_eq!((nodes.len(), trace(witness)), (4, vec![0]));
    // One of two branches ends, the other loops.
    for text in ["0>1 2;1>3;2>4;4>2", "0>1;0>2;1>3;2>4;4>2"] {
        let found = defects(text);
        let [Defect::NoExit { nodes, witness: Some(_) }] = &found[..] else { panic!("{found:?}") };
        assert!(nodes.contains(&Node::Place(PlaceId(4))) && !nodes.contains(&Node::Place(PlaceId(3))));
    }
}

#[test]
fn unreachable_pieces_are_reported_one_by_one() {
    let found = defects("0>1;2>3;4>5");
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|defect| matches!(defect, Defect::Unreachable { nodes } if nodes.len() == 3)));
}

#[test]
fn what_is_not_free_choice_is_searched_or_left_open() {
    // What takes from place 3 depends on what another branch has chosen.
    let sound = Plain::of("0>1 2;1>3;2>4;2>5;3 4>6;3 5>6");
    assert!(!sound.is_free_choice());
    assert_eq!(sound.is_sound(0), Some(true));
    assert_eq!(check(&sound.net()), Verdict::Sound);
    let few = Limits { states: 2, ..Limits::default() };
    assert!(matches!(check_with(&sound.net(), few), Verdict::Unknown { states } if states > 2));
    assert!(matches!(defects("0>1 2;1 2>3;2>4")[..], [Defect::Deadlock { .. }]));
}

#[test]
fn nets_are_checked_when_built() {
    let mut net = Net::new(2, PlaceId(0)).unwrap();
    assert_eq!(net.add_transition(&[PlaceId(2)], &[]), Err(NetError::NoSuchPlace(PlaceId(2))));
    assert_eq!(net.add_transition(&[PlaceId(0), PlaceId(0)], &[]), Err(NetError::Twice(PlaceId(0))));
    assert_eq!(Net::new(0, PlaceId(0)).unwrap_err(), NetError::NoSuchPlace(PlaceId(0)));
    // A transition that gives nothing, or takes nothing, is on no way from start to end.
    for (inputs, outputs) in [(vec![PlaceId(0)], vec![]), (vec![], vec![PlaceId(1)])] {
        let mut net = Net::new(2, PlaceId(0)).unwrap();
        net.add_transition(&[PlaceId(0)], &[PlaceId(1)]).unwrap();
        net.add_transition(&inputs, &outputs).unwrap();
        assert!(matches!(check(&net), Verdict::Unsound(_)));
    }
}

/// xorshift64*: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % u64::from(bound)) as u32
    }
}

/// Refines one transition step by step, mostly soundly; then spoils it, at times.
fn refined(random: &mut Random) -> Plain {
    let mut net = Plain { places: 2, transitions: vec![(vec![0], vec![1])] };
    for _ in 0..1 + random.below(9) {
        let at = random.below(net.transitions.len() as u32) as usize;
        let (inputs, outputs) = net.transitions[at].clone();
        let fresh = net.places;
        match random.below(7) {
            0 | 1 => {
                net.transitions[at] = (inputs, vec![fresh]);
                net.transitions.push((vec![fresh], outputs));
                net.places += 1;
            }
            2 => net.transitions.push((inputs, outputs)),
            3 | 4 => {
                net.transitions[at] = (inputs, vec![fresh, fresh + 1]);
                net.transitions.push((vec![fresh, fresh + 1], outputs));
                net.places += 2;
            }
            5 => {
                net.transitions[at] = (inputs, vec![fresh]);
                net.transitions.push((vec![fresh], vec![fresh]));
                net.transitions.push((vec![fresh], outputs));
                net.places += 1;
            }
            _ => {
                // Another end, or a way back to the start.
                let to = if random.below(3) == 0 { 0 } else { fresh };
                net.places += u32::from(to == fresh);
                net.transitions.push((inputs, vec![to]));
            }
        }
    }
    for _ in 0..random.below(3) {
        let at = random.below(net.transitions.len() as u32) as usize;
        let place = random.below(net.places);
        let outputs = &mut net.transitions[at].1;
        if let Some(held) = outputs.iter().position(|output| *output == place) {
            if outputs.len() > 1 {
                outputs.remove(held);
            }
        } else if random.below(2) == 0 {
            outputs.push(place);
        } else {
            let held = random.below(outputs.len() as u32) as usize;
            outputs[held] = place;
        }
    }
    net
}

/// Clusters of one or two places, with any outputs.
fn scattered(random: &mut Random) -> Plain {
    let places = 3 + random.below(7);
    let mut net = Plain { places, transitions: Vec::new() };
    let sinks = 1 + random.below(2);
    let mut place = 0;
    while place < places - sinks {
        let wide = random.below(3) == 0 && place + 1 < places - sinks;
        let inputs: Vec<u32> = (place..=place + u32::from(wide)).collect();
        place += inputs.len() as u32;
        for _ in 0..1 + random.below(2) {
            let mut outputs: Vec<u32> = (0..1 + random.below(2)).map(|_| 1 + random.below(places - 1)).collect();
            outputs.sort();
            outputs.dedup();
            net.transitions.push((inputs.clone(), outputs));
        }
    }
    net
}

/// Gates with ways mostly forward, read as a workflow graph.
fn drawn(random: &mut Random) -> (Plain, u32) {
    let mut graph = petgraph::graph::DiGraph::new();
    let count = 3 + random.below(7);
    let logic = |random: &mut Random| if random.below(2) == 0 { Logic::Xor } else { Logic::And };
    let nodes: Vec<_> = (0..count)
        .map(|_| {
            let gate = match random.below(4) {
                0 => Gate { join: logic(random), split: logic(random) },
                1 => Gate::AND,
                2 => Gate::TASK,
                _ => Gate::XOR,
            };
            graph.add_node(gate)
        })
        .collect();
    for node in 1..count {
        graph.add_edge(nodes[random.below(node) as usize], nodes[node as usize], ());
    }
    for _ in 0..random.below(5) {
        let (one, two) = (random.below(count), random.below(count));
        let back = random.below(6) == 0;
        let (from, to) = if back { (one.max(two), one.min(two)) } else { (one.min(two), one.max(two)) };
        graph.add_edge(nodes[from as usize], nodes[to as usize], ());
    }
    let translated = Workflow { graph, start: nodes[0] }.to_net().unwrap();
    (Plain::read(&translated.net), translated.net.initial().0)
}

/// The two verdicts agree and every run replays; whether it was decided, sound, and whether there is a run.
fn compare(plain: &Plain, initial: u32, sloppy: bool) -> Option<bool> {
    let expected = plain.is_sound(initial)?;
    let mut net = Net::new(plain.places as usize, PlaceId(initial)).unwrap();
    for (inputs, outputs) in &plain.transitions {
        let ids = |side: &[u32]| side.iter().rev().copied().map(PlaceId).collect::<Vec<_>>();
        net.add_transition(&ids(inputs), &ids(outputs)).unwrap();
    }
    let verdict = check(&net);
    match &verdict {
        Verdict::Sound => assert!(expected, "called sound: {plain:?}"),
        Verdict::Unsound(defects) => {
            assert!(!expected, "called unsound: {plain:?}: {defects:?}");
            assert!(!defects.is_empty());
            defects.iter().for_each(|defect| plain.confirm(initial, defect));
            let structural = defects.iter().any(|defect| matches!(defect, Defect::Unreachable { .. }));
            assert!(
                structural || defects.iter().any(|defect| witness(defect).is_some()),
                "no run: {plain:?}: {defects:?}"
            );
        }
        Verdict::Unknown { .. } => assert!(sloppy, "left open: {plain:?}"),
    }
    Some(expected)
}

#[test]
fn verdicts_equal_a_full_search() {
    let nets: u64 = std::env::var("TTHC_NETS").ok().and_then(|nets| nets.parse().ok()).unwrap_or(20_000);
    let (mut sound, mut unsound, mut large) = (0, 0, 0);
    for seed in 0..nets {
        let mut random = Random((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let (plain, initial) = match seed % 4 {
            0 | 1 => (refined(&mut random), 0),
            2 => (scattered(&mut random), 0),
            _ => drawn(&mut random),
        };
        match compare(&plain, initial, false) {
            Some(true) => sound += 1,
            Some(false) => unsound += 1,
            None => large += 1,
        }
    }
    println!("{nets} nets: {sound} sound, {unsound} unsound, {large} too large for the full search");
    assert!(
        sound * 10 > nets && unsound * 10 > nets && large * 20 < nets,
        "{sound} sound, {unsound} unsound, {large} too large"
    );
}

#[test]
fn other_nets_equal_a_full_search() {
    let nets: u64 = std::env::var("TTHC_NETS").ok().and_then(|nets| nets.parse().ok()).unwrap_or(20_000) / 5;
    for seed in 0..nets {
        let mut random = Random((seed + 77).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut plain = refined(&mut random);
        // A transition waits for one place more, so that choices are no longer free.
        let at = random.below(plain.transitions.len() as u32) as usize;
        let place = random.below(plain.places);
        if !plain.transitions[at].0.contains(&place) {
            plain.transitions[at].0.push(place);
        }
        compare(&plain, 0, false);
    }
}
