//! The critical path: the longest way of the dossiers whose limit is nearest.

use crate::analysis::CaseAnalysis;
use crate::analysis::verdict::ClassTime;
use crate::graph::{Net, NodeKind};
use petgraph::graph::{EdgeIndex, NodeIndex};
use std::collections::{HashMap, HashSet, VecDeque};
use tthc_grammar::tree::EndState;

/// The lines of the longest way of the class with the least slack.
pub(super) fn lines(net: &Net, analysis: &CaseAnalysis) -> HashSet<EdgeIndex> {
    let Some(times) = &analysis.times else { return HashSet::new() };
    let slack = |class: &&ClassTime| {
        let worst = class.worst.part(times.clock);
        class.limit.map_or((1, -worst), |(limit, _)| (0, limit.part(times.clock) - worst))
    };
    let Some(class) = times.classes.iter().min_by_key(slack) else { return HashSet::new() };
    let mut edges = HashSet::new();
    let mut at = net.start;
    for step in &class.path {
        let here = |node: NodeIndex| matches!(&net.graph[node], NodeKind::Step(id) if id == step);
        if let Some(node) = follow(net, at, here, &mut edges) {
            at = node;
        } else if let Some(node) = net.graph.node_indices().find(|node| here(*node)) {
            at = node;
        }
    }
    let returned = |node: NodeIndex| matches!(net.graph[node], NodeKind::End(EndState::Returned, _));
    let ended = |node: NodeIndex| matches!(net.graph[node], NodeKind::End(..));
    if follow(net, at, returned, &mut edges).is_none() {
        follow(net, at, ended, &mut edges);
    }
    edges
}

/// The shortest way to such a node with no step between; its lines are put down.
fn follow(
    net: &Net,
    from: NodeIndex,
    wanted: impl Fn(NodeIndex) -> bool,
    edges: &mut HashSet<EdgeIndex>,
) -> Option<NodeIndex> {
    let mut came: HashMap<NodeIndex, EdgeIndex> = HashMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        for edge in net.ways(node) {
            let (_, to) = net.graph.edge_endpoints(edge)?;
            if came.contains_key(&to) || to == from && !wanted(to) {
                continue;
            }
            came.insert(to, edge);
            if wanted(to) {
                let mut at = to;
                loop {
                    let edge = came[&at];
                    edges.insert(edge);
                    at = net.graph.edge_endpoints(edge)?.0;
                    if at == from {
                        return Some(to);
                    }
                }
            }
            if !matches!(net.graph[to], NodeKind::Step(_) | NodeKind::End(..)) {
                queue.push_back(to);
            }
        }
    }
    None
}
