//! Nets, their full state space and a player of runs, as simple as can be; nothing of the checker is used.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use tthc_compiler::analysis::general::{Defect, Net, Node, PlaceId, TransitionId, Witness};

pub type Sides = (Vec<u32>, Vec<u32>);

/// A net as the tests know it.
#[derive(Debug, Clone)]
pub struct Plain {
    pub places: u32,
    pub transitions: Vec<Sides>,
}

impl Plain {
    /// `0>1 2;1>3;2>4`, from place 0.
    pub fn of(text: &str) -> Plain {
        let side = |text: &str| text.split_whitespace().map(|place| place.parse().unwrap()).collect::<Vec<u32>>();
        let transitions: Vec<Sides> =
            text.split(';').map(|next| next.split_once('>').unwrap()).map(|(a, b)| (side(a), side(b))).collect();
        let places = transitions.iter().flat_map(|(a, b)| a.iter().chain(b)).max().unwrap() + 1;
        Plain { places, transitions }
    }

    pub fn read(net: &Net) -> Plain {
        let transitions = (0..net.transitions() as u32)
            .map(|id| {
                let inputs = net.inputs(TransitionId(id)).map(|place| place.0).collect();
                (inputs, net.outputs(TransitionId(id)).map(|place| place.0).collect())
            })
            .collect();
        Plain { places: net.places() as u32, transitions }
    }

    pub fn net(&self) -> Net {
        let ids = |side: &[u32]| side.iter().copied().map(PlaceId).collect::<Vec<_>>();
        let mut net = Net::new(self.places as usize, PlaceId(0)).unwrap();
        for (inputs, outputs) in &self.transitions {
            net.add_transition(&ids(inputs), &ids(outputs)).unwrap();
        }
        net
    }

    fn is_sink(&self, place: u32) -> bool {
        !self.transitions.iter().any(|(inputs, _)| inputs.contains(&place))
    }

    fn is_final(&self, marking: &[u8]) -> bool {
        (0..self.places).all(|place| marking[place as usize] == 0 || self.is_sink(place))
    }

    fn start(&self, initial: u32) -> Vec<u8> {
        let mut marking = vec![0; self.places as usize];
        marking[initial as usize] = 1;
        marking
    }

    fn fire(&self, marking: &[u8], transition: usize) -> Option<Vec<u8>> {
        let (inputs, outputs) = &self.transitions[transition];
        if inputs.is_empty() {
            // On no way from the start.
            return None;
        }
        let mut after = marking.to_vec();
        for place in inputs {
            after[*place as usize] = after[*place as usize].checked_sub(1)?;
        }
        outputs.iter().for_each(|place| after[*place as usize] += 1);
        Some(after)
    }

    /// Every marking that can be reached; none where one is unsafe, or there are too many.
    fn space(&self, from: Vec<u8>, cap: usize) -> Result<Vec<Vec<u8>>, Stop> {
        let mut seen: HashSet<Vec<u8>> = HashSet::from([from.clone()]);
        let mut queue = VecDeque::from([from]);
        let mut all = Vec::new();
        while let Some(marking) = queue.pop_front() {
            for after in (0..self.transitions.len()).filter_map(|next| self.fire(&marking, next)) {
                if after.iter().any(|tokens| *tokens > 1) {
                    return Err(Stop::Unsafe);
                }
                if seen.insert(after.clone()) {
                    queue.push_back(after);
                }
            }
            all.push(marking);
            if all.len() > cap {
                return Err(Stop::TooMany);
            }
        }
        Ok(all)
    }

    /// Safe, an end can be reached from everywhere, every place and transition in some run; none if too large.
    pub fn is_sound(&self, initial: u32) -> Option<bool> {
        let all = match self.space(self.start(initial), 3_000) {
            Ok(all) => all,
            Err(Stop::Unsafe) => return Some(false),
            Err(Stop::TooMany) => return None,
        };
        let number: HashMap<&[u8], usize> =
            all.iter().enumerate().map(|(at, marking)| (marking.as_slice(), at)).collect();
        let mut before = vec![Vec::new(); all.len()];
        let mut fired = vec![false; self.transitions.len()];
        for (at, marking) in all.iter().enumerate() {
            for (next, after) in (0..fired.len()).filter_map(|next| Some((next, self.fire(marking, next)?))) {
                fired[next] = true;
                before[number[after.as_slice()]].push(at);
            }
        }
        let mut ends = vec![false; all.len()];
        let mut work: Vec<usize> = (0..all.len()).filter(|at| self.is_final(&all[*at])).collect();
        while let Some(at) = work.pop() {
            if !std::mem::replace(&mut ends[at], true) {
                work.extend(&before[at]);
            }
        }
        let marked = (0..self.places as usize).all(|place| all.iter().any(|marking| marking[place] > 0));
        Some(marked && fired.into_iter().all(|fired| fired) && ends.into_iter().all(|ends| ends))
    }

    pub fn is_free_choice(&self) -> bool {
        let sorted = |side: &[u32]| side.iter().copied().collect::<BTreeSet<_>>();
        self.transitions.iter().all(|(one, _)| {
            self.transitions
                .iter()
                .all(|(two, _)| !one.iter().any(|place| two.contains(place)) || sorted(one) == sorted(two))
        })
    }

    /// The marking after a run; every firing must be enabled and, but for the last, safe.
    fn play(&self, initial: u32, witness: &Witness) -> Vec<u8> {
        let mut marking = self.start(initial);
        for (at, next) in witness.trace.iter().enumerate() {
            marking = self.fire(&marking, next.0 as usize).unwrap_or_else(|| panic!("{at} of {witness:?} in {self:?}"));
            assert!(
                at + 1 == witness.trace.len() || marking.iter().all(|tokens| *tokens <= 1),
                "unsafe early: {witness:?}"
            );
        }
        marking
    }

    /// The defect is one: its run replays, and ends as it says.
    pub fn confirm(&self, initial: u32, defect: &Defect) {
        match defect {
            Defect::Unreachable { nodes } => assert!(!nodes.is_empty()),
            Defect::NoExit { nodes, witness } => {
                assert!(!nodes.is_empty());
                let Some(witness) = witness else { return };
                let marking = self.play(initial, witness);
                assert_eq!(marked(&marking), witness.marking);
                // Where a transition gives nothing, the other tokens may well come to an end.
                if let [Node::Transition(only)] = nodes[..]
                    && self.transitions[only.0 as usize].1.is_empty()
                {
                    return;
                }
                if let Ok(all) = self.space(marking, 3_000) {
                    assert!(all.iter().all(|marking| !self.is_final(marking)), "{defect:?} in {self:?}");
                }
            }
            Defect::Deadlock { waiting, ended, decided_by, witness, .. } => {
                let Some(witness) = witness else { return };
                let marking = self.play(initial, witness);
                assert_eq!(marked(&marking), witness.marking);
                assert!(marking.iter().all(|tokens| *tokens <= 1));
                assert!((0..self.transitions.len()).all(|next| self.fire(&marking, next).is_none()));
                assert!(!self.is_final(&marking) && !waiting.is_empty());
                assert_eq!(*ended, (0..self.places).any(|place| self.is_sink(place) && marking[place as usize] > 0));
                for join in waiting {
                    assert!(!join.arrived.is_empty() && !join.missing.is_empty());
                    assert!(join.arrived.iter().all(|place| marking[place.0 as usize] == 1));
                    assert!(join.missing.iter().all(|place| marking[place.0 as usize] == 0));
                    let mut all: Vec<u32> = join.arrived.iter().chain(&join.missing).map(|place| place.0).collect();
                    all.sort();
                    let mut inputs = self.transitions[join.join.0 as usize].0.clone();
                    inputs.sort();
                    assert_eq!(all, inputs);
                }
                assert!(decided_by.is_none_or(|choice| witness.trace.contains(&choice)));
            }
            Defect::SecondToken { place, witness, .. } => {
                let Some(witness) = witness else { return };
                let marking = self.play(initial, witness);
                assert_eq!(marking[place.unwrap().0 as usize], 2, "{defect:?} in {self:?}");
            }
        }
    }
}

enum Stop {
    Unsafe,
    TooMany,
}

fn marked(marking: &[u8]) -> Vec<PlaceId> {
    (0..marking.len()).filter(|place| marking[*place] > 0).map(|place| PlaceId(place as u32)).collect()
}

/// The run of a defect.
pub fn witness(defect: &Defect) -> Option<&Witness> {
    match defect {
        Defect::Unreachable { .. } => None,
        Defect::NoExit { witness, .. } | Defect::Deadlock { witness, .. } | Defect::SecondToken { witness, .. } => {
            witness.as_ref()
        }
    }
}
