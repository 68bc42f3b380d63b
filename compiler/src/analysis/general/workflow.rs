//! Graphs of XOR and AND gates, as they are drawn, and the nets that they mean.

use super::net::{Net, NetError, PlaceId};
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

/// How many ways of a gate are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logic {
    /// One of them.
    Xor,
    /// All of them.
    And,
}

/// A node: what it waits for and what it starts. One way is one way in either logic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// Of the ways in.
    pub join: Logic,
    /// Of the ways out.
    pub split: Logic,
}

impl Gate {
    /// A choice or a merge; also a step.
    pub const XOR: Gate = Gate { join: Logic::Xor, split: Logic::Xor };
    /// A fork or a join.
    pub const AND: Gate = Gate { join: Logic::And, split: Logic::And };
    /// What several ways into and out of a BPMN task mean.
    pub const TASK: Gate = Gate { join: Logic::Xor, split: Logic::And };
}

/// A process as a graph; nodes without ways out are ends.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// Gates and ways.
    pub graph: DiGraph<Gate, ()>,
    /// Where it starts.
    pub start: NodeIndex,
}

/// What a place of the net of a workflow stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A token on this way.
    Way(EdgeIndex),
    /// The node was come to: the start before it begins, an end, a merge before its choice.
    At(NodeIndex),
}

/// The net of a workflow, and what its nodes stand for.
#[derive(Debug, Clone)]
pub struct Translated {
    /// The net; free-choice.
    pub net: Net,
    /// Of every place.
    pub places: Vec<Origin>,
    /// Of every transition.
    pub transitions: Vec<NodeIndex>,
}

impl Workflow {
    /// The workflow net (van der Aalst, Hirnschall, Verbeek: An alternative way to analyze workflow graphs).
    pub fn to_net(&self) -> Result<Translated, NetError> {
        let mut places: Vec<Origin> = self.graph.edge_indices().map(Origin::Way).collect();
        let initial = places.len();
        places.push(Origin::At(self.start));
        let mut fires: Vec<(NodeIndex, Vec<PlaceId>, Vec<PlaceId>)> = Vec::new();
        for node in self.graph.node_indices() {
            let ways = |edge: EdgeIndex| PlaceId(edge.index() as u32);
            let mut ins: Vec<PlaceId> =
                self.graph.edges_directed(node, petgraph::Incoming).map(|edge| ways(edge.id())).collect();
            let mut outs: Vec<PlaceId> = self.graph.edges(node).map(|edge| ways(edge.id())).collect();
            let mut own = || {
                places.push(Origin::At(node));
                PlaceId(places.len() as u32 - 1)
            };
            if node == self.start {
                ins.push(PlaceId(initial as u32));
            }
            if outs.is_empty() {
                outs.push(own());
            }
            let gate = self.graph[node];
            let joins = gate.join == Logic::And || ins.len() == 1;
            let splits = gate.split == Logic::And || outs.len() == 1;
            let ins: Vec<Vec<PlaceId>> = if joins { vec![ins] } else { ins.into_iter().map(|way| vec![way]).collect() };
            let outs: Vec<Vec<PlaceId>> =
                if splits { vec![outs] } else { outs.into_iter().map(|way| vec![way]).collect() };
            if ins.len() > 1 && outs.len() > 1 {
                let middle = vec![own()];
                fires.extend(ins.into_iter().map(|side| (node, side, middle.clone())));
                fires.extend(outs.into_iter().map(|side| (node, middle.clone(), side)));
            } else {
                fires.extend(
                    ins.iter().flat_map(|side| outs.iter().map(move |other| (node, side.clone(), other.clone()))),
                );
            }
        }
        let mut net = Net::new(places.len(), PlaceId(initial as u32))?;
        for (_, inputs, outputs) in &fires {
            net.add_transition(inputs, outputs)?;
        }
        Ok(Translated { net, places, transitions: fires.into_iter().map(|(node, ..)| node).collect() })
    }
}
