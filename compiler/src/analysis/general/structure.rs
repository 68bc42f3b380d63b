//! S1: every node must lie on a way from the start to an end. O(V+E).
//!
//! In a bounded free-choice net this is the whole question of livelock.

use super::net::{Index, Node};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use petgraph::unionfind::UnionFind;

/// What the shape of a net says.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Connected pieces that no way from the start leads to.
    pub(super) unreachable: Vec<Vec<Node>>,
    /// Circles that no way leaves, and transitions that give nothing.
    pub(super) no_exit: Vec<Vec<Node>>,
}

impl Shape {
    pub(super) fn is_clean(&self) -> bool {
        self.unreachable.is_empty() && self.no_exit.is_empty()
    }
}

pub(super) fn shape(index: &Index) -> Shape {
    let nodes = index.places() + index.transitions();
    let from_start = reach(index, [index.net.initial().0 as usize], true);
    let to_end = reach(index, (0..index.places()).filter(|place| index.is_sink(*place as u32)), false);
    let mut shape = Shape::default();
    if from_start.iter().any(|reached| !reached) {
        shape.unreachable = pieces(index, &from_start);
    }
    let lost: Vec<usize> = (0..nodes).filter(|node| from_start[*node] && !to_end[*node]).collect();
    if !lost.is_empty() {
        shape.no_exit = bottoms(index, &lost);
    }
    shape
}

fn reach(index: &Index, from: impl IntoIterator<Item = usize>, forward: bool) -> Vec<bool> {
    let mut reached = vec![false; index.places() + index.transitions()];
    let mut work: Vec<usize> = from.into_iter().collect();
    work.iter().for_each(|node| reached[*node] = true);
    while let Some(node) = work.pop() {
        let (neighbours, offset) = index.neighbours(node, forward);
        for neighbour in neighbours.iter().map(|neighbour| *neighbour as usize + offset) {
            if !std::mem::replace(&mut reached[neighbour], true) {
                work.push(neighbour);
            }
        }
    }
    reached
}

/// The nodes that are not reached, by connected pieces.
fn pieces(index: &Index, reached: &[bool]) -> Vec<Vec<Node>> {
    let mut joined = UnionFind::<usize>::new(reached.len());
    let missing = || (0..reached.len()).filter(|node| !reached[*node]);
    for node in missing() {
        let (neighbours, offset) = index.neighbours(node, true);
        for neighbour in neighbours.iter().map(|neighbour| *neighbour as usize + offset) {
            if !reached[neighbour] {
                joined.union(node, neighbour);
            }
        }
    }
    let mut pieces: Vec<Vec<Node>> = Vec::new();
    let mut piece_of = vec![usize::MAX; reached.len()];
    for node in missing() {
        let root = joined.find_mut(node);
        if piece_of[root] == usize::MAX {
            piece_of[root] = pieces.len();
            pieces.push(Vec::new());
        }
        pieces[piece_of[root]].push(index.node(node));
    }
    pieces
}

/// The strongly connected components of these nodes that nothing leaves.
fn bottoms(index: &Index, nodes: &[usize]) -> Vec<Vec<Node>> {
    let mut graph = DiGraph::<usize, ()>::with_capacity(nodes.len(), nodes.len());
    let mut number = vec![None; index.places() + index.transitions()];
    for node in nodes {
        number[*node] = Some(graph.add_node(*node));
    }
    for node in nodes {
        let (neighbours, offset) = index.neighbours(*node, true);
        for neighbour in neighbours {
            // What lies behind a node that reaches no end reaches none either.
            if let (Some(from), Some(to)) = (number[*node], number[*neighbour as usize + offset]) {
                graph.add_edge(from, to, ());
            }
        }
    }
    let components = kosaraju_scc(&graph);
    let mut component_of = vec![0; graph.node_count()];
    for (component, members) in components.iter().enumerate() {
        members.iter().for_each(|member| component_of[member.index()] = component);
    }
    let stays = |component: usize| {
        let members = components[component].iter();
        members.flat_map(|member| graph.neighbors(*member)).all(|to| component_of[to.index()] == component)
    };
    let mut bottoms: Vec<Vec<Node>> = Vec::new();
    for component in (0..components.len()).filter(|component| stays(*component)) {
        let mut members: Vec<usize> = components[component].iter().map(|member| graph[*member]).collect();
        members.sort_unstable();
        bottoms.push(members.into_iter().map(|member| index.node(member)).collect());
    }
    bottoms.sort();
    bottoms
}
