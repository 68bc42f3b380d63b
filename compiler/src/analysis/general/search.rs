//! S3: one-cluster search of a free-choice net.
//!
//! In every marking only the earliest enabled cluster is fired. A free-choice cluster is disabled by nothing but
//! itself, so it is a stubborn set and every dead marking is found (Valmari's stubborn sets); if no marking that
//! is met gets a second token on a place, a run that always chooses the way to an end terminates, so that from
//! every marking an end can be reached. Markings are kept only where there is a choice.

use super::net::{Index, NONE};
use foldhash::HashSet;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::rc::Rc;

/// Marked places, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Marking(pub(super) Rc<[u32]>);

/// What stops a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// A second token for a place.
    Second(u32),
    /// A watched place is marked.
    Marked(u32),
    /// Nothing can go on, and not only ends are marked.
    Dead,
}

/// How a search ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// With an event that was wanted, and the run to it.
    Found(Event, Vec<u32>),
    /// There is none.
    Exhausted,
    /// So many markings were kept, and it is not done.
    Capped(usize),
}

/// In which order the markings are taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Fewest decisions first.
    Breadth,
    /// The newest first.
    Depth,
}

/// A marking with a choice.
struct State {
    marking: Marking,
    /// The cluster that is fired here.
    cluster: u32,
    parent: u32,
    /// The transition that was chosen in the parent.
    via: u32,
}

/// The markings that were met.
#[derive(Default)]
struct Store {
    states: Vec<State>,
    seen: HashSet<Marking>,
    queue: VecDeque<u32>,
}

/// Where a run stands when it stops going on by itself.
enum Pause {
    Choice(u32),
    Ended,
    Event(Event),
}

/// The search and its working memory, which serves any number of searches.
pub(super) struct Search<'i, 'n> {
    index: &'i Index<'n>,
    /// Cluster -> its place in reverse postorder.
    rank: Vec<u32>,
    /// Rank -> cluster.
    ranked: Vec<u32>,
    marked: Vec<bool>,
    /// Where a marked place stands in `tokens`.
    position: Vec<u32>,
    tokens: Vec<u32>,
    /// Tokens that are not on sinks.
    open: usize,
    /// Cluster -> how many of its places are marked.
    have: Vec<u32>,
    /// Ranks of the enabled clusters.
    enabled: BinaryHeap<Reverse<u32>>,
    /// Places whose marking is an event; empty for none.
    watched: Vec<bool>,
    /// What is fired, while a run is replayed.
    recorded: Option<Vec<u32>>,
}

impl<'i, 'n> Search<'i, 'n> {
    pub(super) fn new(index: &'i Index<'n>) -> Search<'i, 'n> {
        let ranked = reverse_postorder(index);
        let mut rank = vec![0; ranked.len()];
        for (at, cluster) in ranked.iter().enumerate() {
            rank[*cluster as usize] = at as u32;
        }
        Search {
            index,
            rank,
            marked: vec![false; index.places()],
            position: vec![0; index.places()],
            tokens: Vec::new(),
            open: 0,
            have: vec![0; ranked.len()],
            ranked,
            enabled: BinaryHeap::new(),
            watched: Vec::new(),
            recorded: None,
        }
    }

    /// Makes the marking of these places an event that every search stops at; none for an empty list.
    pub(super) fn watch(&mut self, places: Vec<bool>) {
        self.watched = places;
    }

    /// Looks for an event that is wanted; the function gets the marked places, too.
    pub(super) fn run(&mut self, order: Order, cap: usize, wanted: impl Fn(Event, &[u32]) -> bool) -> Outcome {
        let mut store = Store::default();
        let initial = Marking(Rc::from([self.index.net.initial().0]));
        if let Some(found) = self.step(&mut store, &initial, NONE, NONE, &wanted) {
            return found;
        }
        while let Some(number) = match order {
            Order::Breadth => store.queue.pop_front(),
            Order::Depth => store.queue.pop_back(),
        } {
            if store.states.len() > cap {
                return Outcome::Capped(store.states.len());
            }
            let State { marking, cluster, .. } = &store.states[number as usize];
            let (marking, cluster) = (marking.clone(), *cluster);
            for choice in self.index.clusters.get(cluster) {
                if let Some(found) = self.step(&mut store, &marking, number, *choice, &wanted) {
                    return found;
                }
            }
        }
        Outcome::Exhausted
    }

    /// Goes on from a marking by a transition, until there is a choice again.
    fn step(
        &mut self,
        store: &mut Store,
        from: &Marking,
        parent: u32,
        via: u32,
        wanted: &impl Fn(Event, &[u32]) -> bool,
    ) -> Option<Outcome> {
        match self.advance(from, via) {
            Pause::Ended => None,
            Pause::Event(event) if wanted(event, &self.tokens) => {
                Some(Outcome::Found(event, self.replay(store, parent, via)))
            }
            Pause::Event(_) => None,
            Pause::Choice(cluster) => {
                let mut places = self.tokens.clone();
                places.sort_unstable();
                let marking = Marking(Rc::from(places));
                if store.seen.insert(marking.clone()) {
                    store.queue.push_back(store.states.len() as u32);
                    store.states.push(State { marking, cluster, parent, via });
                }
                None
            }
        }
    }

    /// The transitions of the run that goes by this choice in this state.
    fn replay(&mut self, store: &Store, mut parent: u32, mut via: u32) -> Vec<u32> {
        let mut choices = Vec::new();
        while parent != NONE {
            choices.push(via);
            (parent, via) = (store.states[parent as usize].parent, store.states[parent as usize].via);
        }
        self.recorded = Some(Vec::new());
        self.advance(&Marking(Rc::from([self.index.net.initial().0])), NONE);
        while let Some(choice) = choices.pop() {
            self.choose(choice);
        }
        self.recorded.take().unwrap_or_default()
    }

    fn advance(&mut self, from: &Marking, via: u32) -> Pause {
        if let Err(event) = self.load(from) {
            return Pause::Event(event);
        }
        if via == NONE { self.run_on() } else { self.choose(via) }
    }

    /// Fires a transition of the earliest enabled cluster, and what follows without a choice.
    fn choose(&mut self, transition: u32) -> Pause {
        self.enabled.pop();
        match self.fire(transition) {
            Ok(()) => self.run_on(),
            Err(event) => Pause::Event(event),
        }
    }

    /// Fires as long as there is no choice. A very long run pauses as at a choice, so that circles end.
    fn run_on(&mut self) -> Pause {
        for _ in 0..2 * self.ranked.len() + 64 {
            let Some(Reverse(rank)) = self.enabled.peek() else {
                return if self.open == 0 { Pause::Ended } else { Pause::Event(Event::Dead) };
            };
            let cluster = self.ranked[*rank as usize];
            let &[only] = self.index.clusters.get(cluster) else { return Pause::Choice(cluster) };
            self.enabled.pop();
            if let Err(event) = self.fire(only) {
                return Pause::Event(event);
            }
        }
        match self.enabled.peek() {
            Some(Reverse(rank)) => Pause::Choice(self.ranked[*rank as usize]),
            None if self.open == 0 => Pause::Ended,
            None => Pause::Event(Event::Dead),
        }
    }

    fn load(&mut self, marking: &Marking) -> Result<(), Event> {
        while let Some(place) = self.tokens.last().copied() {
            self.take(place);
        }
        self.enabled.clear();
        self.put_all(&marking.0)
    }

    fn fire(&mut self, transition: u32) -> Result<(), Event> {
        if let Some(recorded) = &mut self.recorded {
            recorded.push(transition);
        }
        let index = self.index;
        index.inputs(transition).iter().for_each(|place| self.take(*place));
        self.put_all(index.outputs(transition))
    }

    fn take(&mut self, place: u32) {
        let at = self.position[place as usize] as usize;
        self.tokens.swap_remove(at);
        if let Some(moved) = self.tokens.get(at) {
            self.position[*moved as usize] = at as u32;
        }
        self.marked[place as usize] = false;
        let cluster = self.index.cluster_of[place as usize];
        if cluster != NONE {
            self.open -= 1;
            self.have[cluster as usize] -= 1;
        }
    }

    fn put_all(&mut self, places: &[u32]) -> Result<(), Event> {
        places.iter().try_for_each(|place| self.put(*place))?;
        match places.iter().find(|place| self.watched.get(**place as usize) == Some(&true)) {
            Some(place) => Err(Event::Marked(*place)),
            None => Ok(()),
        }
    }

    fn put(&mut self, place: u32) -> Result<(), Event> {
        if std::mem::replace(&mut self.marked[place as usize], true) {
            return Err(Event::Second(place));
        }
        self.position[place as usize] = self.tokens.len() as u32;
        self.tokens.push(place);
        let cluster = self.index.cluster_of[place as usize];
        if cluster != NONE {
            self.open += 1;
            self.have[cluster as usize] += 1;
            let any = self.index.clusters.get(cluster)[0];
            if self.have[cluster as usize] as usize == self.index.inputs(any).len() {
                self.enabled.push(Reverse(self.rank[cluster as usize]));
            }
        }
        Ok(())
    }
}

/// Clusters in reverse postorder from the start, so that a join comes behind all that leads to it.
fn reverse_postorder(index: &Index) -> Vec<u32> {
    let count = index.clusters.len();
    let mut seen = vec![false; index.places() + index.transitions()];
    let mut listed = vec![false; count];
    let mut order = Vec::with_capacity(count);
    let start = index.net.initial().0 as usize;
    seen[start] = true;
    let mut stack = vec![(start, 0)];
    while let Some((node, next)) = stack.last_mut() {
        let (neighbours, offset) = index.neighbours(*node, true);
        if let Some(neighbour) = neighbours.get(*next) {
            *next += 1;
            let neighbour = *neighbour as usize + offset;
            if !std::mem::replace(&mut seen[neighbour], true) {
                stack.push((neighbour, 0));
            }
        } else {
            // A cluster is done with the first of its places that is done.
            let cluster = index.cluster_of.get(*node).copied().unwrap_or(NONE);
            if cluster != NONE && !std::mem::replace(&mut listed[cluster as usize], true) {
                order.push(cluster);
            }
            stack.pop();
        }
    }
    order.extend((0..count as u32).filter(|cluster| !listed[*cluster as usize]));
    order.reverse();
    order
}
