//! Soundness of processes that are not written in blocks: imports, drawn models, foreign nets.
//!
//! Sound: no place ever gets a second token, from every marking a final one can be reached, and every node is in
//! some run. A final marking is any marking of places without outgoing transitions: several ends are a joint end.
//! Fairness: a choice that is met again and again does not always fall the same way.
//!
//! - S1: every node on a way from the start to an end, O(V+E).
//! - S2: reduction by worklist, near-linear; block-structured models are decided here.
//! - S3: one-cluster search of what is left, by stubborn sets; exact for free-choice nets. In the worst case
//!   exponential, so it has a cap as well; polynomial methods exist (Esparza, Silva: rank theorem; Favre, Völzer,
//!   Müller: Diagnostic Information for Control-Flow Analysis of Workflow Graphs, TACAS 2016).
//! - S5: all markings, up to a cap, of what is not free-choice; beyond it [`Verdict::Unknown`].
//!
//! A model has several defects at once, perhaps: what is reported is true of it, not all that is true of it. At
//! least one defect has a run that shows it, unless it is unreachable by its shape or the search for the run came
//! to its limit; a definite defect of the reduction that lies behind another one has its gates and no run.

mod explain;
mod full;
mod net;
mod reduce;
mod search;
mod structure;
mod workflow;

use net::Index;
use reduce::{Clash, Finding, Reduced};
use search::{Event, Order, Outcome, Search};
use structure::Shape;

pub use net::{Net, NetError, Node, PlaceId, TransitionId};
pub use workflow::{Gate, Logic, Origin, Translated, Workflow};

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Markings that a proof may keep.
    pub states: usize,
    /// Markings that the search for a run may keep, once it is clear that there is a defect.
    pub witness: usize,
    /// Definite defects of the reduction for which a run of their own is looked for.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { states: 200_000, witness: 20_000, findings: 16 }
    }
}

/// What is known of a net.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Proved.
    Sound,
    /// At least one defect; one without a run shows when those with a run are mended.
    Unsound(Vec<Defect>),
    /// Not decided after so many markings.
    Unknown {
        /// How many.
        states: usize,
    },
}

/// A run that shows a defect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// What is fired, from the initial marking; by the fewest decisions in the order of the search.
    pub trace: Vec<TransitionId>,
    /// The marked places at its end; with a second token, those before the last firing gives.
    pub marking: Vec<PlaceId>,
}

/// A join that waits for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub join: TransitionId,
    /// What has come.
    pub arrived: Vec<PlaceId>,
    /// What never comes.
    pub missing: Vec<PlaceId>,
}

/// The two gates between which it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gates {
    /// Where the ways part.
    pub split: Node,
    /// Where they meet.
    pub join: Node,
}

/// Something that makes a net unsound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Defect {
    /// No run comes to these connected nodes.
    Unreachable {
        /// Which.
        nodes: Vec<Node>,
    },
    /// No end can be reached any more: these nodes go round for ever, or it is a transition that gives nothing.
    NoExit {
        /// Which.
        nodes: Vec<Node>,
        /// A run that enters them; none where another defect is in the way.
        witness: Option<Witness>,
    },
    /// Joins wait for what never comes.
    Deadlock {
        /// Which joins; empty if only the reduction knows it.
        waiting: Vec<Waiting>,
        /// An end was reached nevertheless, and this is left behind.
        ended: bool,
        /// The choice after which it could not come any more.
        decided_by: Option<TransitionId>,
        /// The gates, where the reduction found them.
        gates: Option<Gates>,
        /// A run; none where another defect is in the way, or the limits are.
        witness: Option<Witness>,
    },
    /// Two runs meet where only one is expected (lack of synchronisation), or an end is reached twice.
    SecondToken {
        /// Where; none if only the reduction knows it.
        place: Option<PlaceId>,
        /// The fork and the merge.
        gates: Option<Gates>,
        /// A run whose last firing gives the second token; none where another defect is in the way, or the limits are.
        witness: Option<Witness>,
    },
}

/// Decides soundness, and shows what is wrong.
pub fn check(net: &Net) -> Verdict {
    check_with(net, Limits::default())
}

/// The same within other limits.
pub fn check_with(net: &Net, limits: Limits) -> Verdict {
    let index = Index::of(net);
    let shape = structure::shape(&index);
    if !shape.is_clean() {
        return Verdict::Unsound(shape_defects(&index, shape, limits));
    }
    if !index.free_choice {
        return full_verdict(&index, full::explore(&index, limits.states));
    }
    let mut reduced = reduce::reduce(&index);
    if reduced.findings.is_empty() {
        if reduced.is_done() {
            return Verdict::Sound;
        }
        match decide(&index, &reduced, limits) {
            Outcome::Exhausted => return Verdict::Sound,
            Outcome::Capped(states) => return Verdict::Unknown { states },
            Outcome::Found(event, _) => return Verdict::Unsound(vec![any_defect(&index, event, limits)]),
        }
    }
    Verdict::Unsound(finding_defects(&index, &mut reduced, limits))
}

fn any(_: Event, _: &[u32]) -> bool {
    true
}

/// Searches what the reduction left.
fn decide(index: &Index, reduced: &Reduced, limits: Limits) -> Outcome {
    match reduced.residue() {
        Ok(residue) => Search::new(&Index::of(&residue)).run(Order::Depth, limits.states, any),
        // It has no more nodes than the net.
        Err(_) => Search::new(index).run(Order::Depth, limits.states, any),
    }
}

/// Fewest decisions first; if that is too much, any run.
fn look(search: &mut Search, limits: Limits, wanted: impl Fn(Event, &[u32]) -> bool) -> Option<(Event, Vec<u32>)> {
    for order in [Order::Breadth, Order::Depth] {
        match search.run(order, limits.witness, &wanted) {
            Outcome::Found(event, trace) => return Some((event, trace)),
            Outcome::Exhausted => return None,
            Outcome::Capped(_) => {}
        }
    }
    None
}

fn described(index: &Index, event: Event, trace: Vec<u32>, gates: Option<Gates>) -> Defect {
    if matches!(event, Event::Second(_)) {
        let Some((place, fork, witness)) = explain::second(index, trace) else {
            return Defect::SecondToken { place: None, gates, witness: None };
        };
        let own =
            fork.map(|fork| Gates { split: Node::Transition(TransitionId(fork)), join: Node::Place(PlaceId(place)) });
        return Defect::SecondToken { place: Some(PlaceId(place)), gates: gates.or(own), witness: Some(witness) };
    }
    let (waiting, ended, decided) = explain::dead(index, &trace);
    let witness = Some(explain::witness(index, &trace));
    Defect::Deadlock { waiting, ended, decided_by: decided.map(TransitionId), gates, witness }
}

/// A defect that is known to be there, of the kind that was met first.
fn any_defect(index: &Index, event: Event, limits: Limits) -> Defect {
    match look(&mut Search::new(index), limits, any) {
        Some((event, trace)) => described(index, event, trace, None),
        None => undescribed(matches!(event, Event::Second(_)), None),
    }
}

fn undescribed(second: bool, gates: Option<Gates>) -> Defect {
    match second {
        true => Defect::SecondToken { place: None, gates, witness: None },
        false => Defect::Deadlock { waiting: Vec::new(), ended: false, decided_by: None, gates, witness: None },
    }
}

/// Every definite defect of the reduction with its gates and, within the limits, a run of its own; and one run to
/// some defect in any case.
fn finding_defects(index: &Index, reduced: &mut Reduced, limits: Limits) -> Vec<Defect> {
    let mut search = Search::new(index);
    let mut defects = Vec::new();
    for (number, finding) in std::mem::take(&mut reduced.findings).into_iter().enumerate() {
        let node = |number: u32| index.node(number as usize);
        let gates = Some(Gates { split: node(finding.split), join: node(finding.join) });
        let second = finding.clash == Clash::SecondToken;
        let own = if number < limits.findings { own_run(index, &mut search, reduced, finding, limits) } else { None };
        defects.push(match own {
            Some((event, trace)) => described(index, event, trace, gates),
            None => undescribed(second, gates),
        });
    }
    let shown = |defect: &Defect| match defect {
        Defect::Deadlock { witness, .. } | Defect::SecondToken { witness, .. } => witness.is_some(),
        _ => false,
    };
    if !defects.iter().any(shown)
        && let Some((event, trace)) = look(&mut search, limits, any)
    {
        defects.insert(0, described(index, event, trace, None));
    }
    defects
}

/// A run into exactly this defect: the gates that were merged with its join are where it shows.
fn own_run(
    index: &Index,
    search: &mut Search,
    reduced: &Reduced,
    finding: Finding,
    limits: Limits,
) -> Option<(Event, Vec<u32>)> {
    let at = |node: u32| reduced.merged.equiv(node, finding.join);
    let places = index.places() as u32;
    let joins = |place: u32| index.post.get(place).iter().any(|transition| at(places + transition));
    let wanted = |event: Event, tokens: &[u32]| match event {
        // A deadlock that is gone through again may first show as a second token before the join.
        Event::Second(place) => at(place) || finding.clash == Clash::Deadlock && joins(place),
        Event::Dead => finding.clash == Clash::Deadlock && tokens.iter().any(|place| joins(*place)),
        Event::Marked(_) => false,
    };
    look(search, limits, wanted)
}

/// What the shape says, and then what a search of the net finds besides.
fn shape_defects(index: &Index, shape: Shape, limits: Limits) -> Vec<Defect> {
    let mut defects: Vec<Defect> = shape.unreachable.into_iter().map(|nodes| Defect::Unreachable { nodes }).collect();
    if !index.free_choice {
        let shown = full_verdict(index, full::explore(index, limits.witness));
        defects.extend(shape.no_exit.into_iter().map(|nodes| Defect::NoExit { nodes, witness: None }));
        if let Verdict::Unsound(shown) = shown {
            // What never fires may be what the shape has said already.
            let said = defects.iter().any(|defect| matches!(defect, Defect::Unreachable { .. }));
            let again = |defect: &Defect| said && matches!(defect, Defect::Unreachable { .. });
            defects.extend(shown.into_iter().filter(|defect| !again(defect)));
        }
        return defects;
    }
    let mut search = Search::new(index);
    for nodes in shape.no_exit {
        let mut watched = vec![false; index.places()];
        for node in &nodes {
            match node {
                Node::Place(place) => watched[place.0 as usize] = true,
                Node::Transition(next) => index.inputs(next.0).iter().for_each(|place| watched[*place as usize] = true),
            }
        }
        search.watch(watched);
        let entered = look(&mut search, limits, |event, _| matches!(event, Event::Marked(_)));
        let witness = entered.map(|(_, trace)| explain::entering(index, trace, &nodes));
        defects.push(Defect::NoExit { nodes, witness });
    }
    search.watch(Vec::new());
    let found = look(&mut search, limits, any);
    defects.extend(found.map(|(event, trace)| described(index, event, trace, None)));
    defects
}

fn full_verdict(index: &Index, full: full::Full) -> Verdict {
    use full::Full;
    let defect = match full {
        Full::Sound => return Verdict::Sound,
        Full::Capped(states) => return Verdict::Unknown { states },
        Full::Never(transitions) => Defect::Unreachable { nodes: explain::nodes(index, &transitions) },
        Full::Second(place, trace) => described(index, Event::Second(place), trace, None),
        Full::Dead(trace) => described(index, Event::Dead, trace, None),
        Full::NoExit(trace, transitions) => Defect::NoExit {
            nodes: explain::nodes(index, &transitions),
            witness: Some(explain::witness(index, &trace)),
        },
    };
    Verdict::Unsound(vec![defect])
}
