//! Place/transition nets with one start, and the tables that every stage reads.

use std::fmt;

/// A place, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// A transition, in the order in which they were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransitionId(pub u32);

/// A node of a net.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A place.
    Place(PlaceId),
    /// A transition.
    Transition(TransitionId),
}

/// A net that cannot be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetError {
    /// There is no such place.
    NoSuchPlace(PlaceId),
    /// A transition takes from a place, or gives to it, twice.
    Twice(PlaceId),
    /// More nodes than can be numbered.
    TooLarge,
}

impl fmt::Display for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NetError::NoSuchPlace(place) => write!(f, "there is no place {}", place.0),
            NetError::Twice(place) => write!(f, "a transition names place {} twice on one side", place.0),
            NetError::TooLarge => f.write_str("the net has more nodes than can be numbered"),
        }
    }
}

impl std::error::Error for NetError {}

/// Nodes that can be numbered, all kinds together.
const MAX_NODES: usize = (u32::MAX / 4) as usize;

/// A net: one token on the initial place; a final marking is any marking of places without outgoing transitions.
#[derive(Debug, Clone)]
pub struct Net {
    places: u32,
    initial: PlaceId,
    inputs: Lists,
    outputs: Lists,
}

impl Net {
    /// A net with so many places and no transition yet.
    pub fn new(places: usize, initial: PlaceId) -> Result<Net, NetError> {
        if places > MAX_NODES {
            return Err(NetError::TooLarge);
        }
        if initial.0 as usize >= places {
            return Err(NetError::NoSuchPlace(initial));
        }
        Ok(Net { places: places as u32, initial, inputs: Lists::default(), outputs: Lists::default() })
    }

    /// Adds a transition; the places of a side may come in any order.
    pub fn add_transition(&mut self, inputs: &[PlaceId], outputs: &[PlaceId]) -> Result<TransitionId, NetError> {
        let inputs = self.side(inputs)?;
        let outputs = self.side(outputs)?;
        if self.inputs.len() >= MAX_NODES {
            return Err(NetError::TooLarge);
        }
        self.inputs.push(&inputs);
        self.outputs.push(&outputs);
        Ok(TransitionId(self.inputs.len() as u32 - 1))
    }

    fn side(&self, places: &[PlaceId]) -> Result<Vec<u32>, NetError> {
        let mut side: Vec<u32> = places.iter().map(|place| place.0).collect();
        side.sort_unstable();
        if let Some(last) = side.last().filter(|last| **last >= self.places) {
            return Err(NetError::NoSuchPlace(PlaceId(*last)));
        }
        match side.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(NetError::Twice(PlaceId(pair[0]))),
            None => Ok(side),
        }
    }

    /// How many places there are.
    pub fn places(&self) -> usize {
        self.places as usize
    }

    /// How many transitions there are.
    pub fn transitions(&self) -> usize {
        self.inputs.len()
    }

    /// The place that is marked at the start.
    pub fn initial(&self) -> PlaceId {
        self.initial
    }

    /// The places that a transition takes from, in order.
    pub fn inputs(&self, transition: TransitionId) -> impl Iterator<Item = PlaceId> + '_ {
        self.inputs.get(transition.0).iter().map(|place| PlaceId(*place))
    }

    /// The places that a transition gives to, in order.
    pub fn outputs(&self, transition: TransitionId) -> impl Iterator<Item = PlaceId> + '_ {
        self.outputs.get(transition.0).iter().map(|place| PlaceId(*place))
    }
}

/// Lists of numbers in one piece of memory.
#[derive(Debug, Clone)]
pub(super) struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Lists {
        Lists { starts: vec![0], items: Vec::new() }
    }
}

impl Lists {
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn push(&mut self, list: &[u32]) {
        self.items.extend_from_slice(list);
        self.starts.push(self.items.len() as u32);
    }

    pub(super) fn get(&self, list: u32) -> &[u32] {
        &self.items[self.starts[list as usize] as usize..self.starts[list as usize + 1] as usize]
    }

    /// For every number below the bound, the lists that hold it, in order.
    fn transposed(&self, bound: u32) -> Lists {
        let mut starts = vec![0u32; bound as usize + 1];
        for item in &self.items {
            starts[*item as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; self.items.len()];
        for list in 0..self.len() as u32 {
            for item in self.get(list) {
                items[next[*item as usize] as usize] = list;
                next[*item as usize] += 1;
            }
        }
        Lists { starts, items }
    }
}

/// No cluster, no node.
pub(super) const NONE: u32 = u32::MAX;

/// A net with what can be looked up in it.
pub(super) struct Index<'n> {
    pub(super) net: &'n Net,
    /// Place -> transitions that take from it.
    pub(super) post: Lists,
    /// Place -> transitions that give to it.
    pub(super) pre: Lists,
    /// Cluster -> its transitions, which all take from the same places; only of a free-choice net.
    pub(super) clusters: Lists,
    /// Place -> the cluster that takes from it, or [`NONE`] for a sink.
    pub(super) cluster_of: Vec<u32>,
    /// Transitions that share one input share all.
    pub(super) free_choice: bool,
}

impl<'n> Index<'n> {
    pub(super) fn of(net: &'n Net) -> Index<'n> {
        let post = net.inputs.transposed(net.places);
        let pre = net.outputs.transposed(net.places);
        let mut clusters = Lists::default();
        let mut cluster_of = vec![NONE; net.places()];
        let mut free_choice = true;
        for place in 0..net.places {
            let Some((first, others)) = post.get(place).split_first() else { continue };
            let inputs = net.inputs.get(*first);
            free_choice &= others.iter().all(|other| net.inputs.get(*other) == inputs);
            if cluster_of[place as usize] == NONE {
                for input in inputs {
                    cluster_of[*input as usize] = clusters.len() as u32;
                }
                clusters.push(post.get(place));
            }
        }
        Index { net, post, pre, clusters, cluster_of, free_choice }
    }

    pub(super) fn inputs(&self, transition: u32) -> &'n [u32] {
        self.net.inputs.get(transition)
    }

    pub(super) fn outputs(&self, transition: u32) -> &'n [u32] {
        self.net.outputs.get(transition)
    }

    pub(super) fn places(&self) -> usize {
        self.net.places()
    }

    pub(super) fn transitions(&self) -> usize {
        self.net.transitions()
    }

    /// No transition takes from the place.
    pub(super) fn is_sink(&self, place: u32) -> bool {
        self.post.get(place).is_empty()
    }

    /// Places come first, then transitions.
    pub(super) fn node(&self, number: usize) -> Node {
        match number.checked_sub(self.places()) {
            None => Node::Place(PlaceId(number as u32)),
            Some(transition) => Node::Transition(TransitionId(transition as u32)),
        }
    }

    /// The nodes behind a node, or before it.
    pub(super) fn neighbours(&self, number: usize, forward: bool) -> (&[u32], usize) {
        let places = self.places();
        match (number.checked_sub(places), forward) {
            (None, true) => (self.post.get(number as u32), places),
            (None, false) => (self.pre.get(number as u32), places),
            (Some(transition), true) => (self.outputs(transition as u32), 0),
            (Some(transition), false) => (self.inputs(transition as u32), 0),
        }
    }
}
