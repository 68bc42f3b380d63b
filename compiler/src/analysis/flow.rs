//! Runs every class of dossiers through the flow: what is never reached, where there is no way on, how long.

use super::classes::{Class, Last, Partition, Read, Truth};
use super::explore::{Bounds, Explored, Stuck, explore};
use super::verdict::{Judge, Times};
use super::{Defect, line};
use crate::graph::{Net, NodeKind, Way};
use crate::model::flow::{BlockId, Flow, StepId};
use crate::model::procedure::Procedure;
use crate::source::Place;
use fixedbitset::FixedBitSet;
use petgraph::graph::NodeIndex;
use std::collections::{BTreeSet, VecDeque};

/// Explores all classes; adds what is wrong, answers the times where nothing is.
pub(super) fn analyse(mut judge: Judge, mut bounds: Bounds, defects: &mut Vec<Defect>) -> Option<Times> {
    let (procedure, case, net, partition) = (judge.procedure, judge.case, judge.net, judge.partition);
    let mut read = Read::default();
    read.case(case);
    let mut nodes = FixedBitSet::with_capacity(net.graph.node_count());
    let mut edges = FixedBitSet::with_capacity(net.graph.edge_count());
    let applies = |class: &Class| {
        let guard = case.guard.as_ref();
        guard.is_none_or(|guard| partition.holds(guard, class, &|_| Last::Unknown) != Truth::No)
    };
    let applying = (0..partition.classes.len()).filter(|place| applies(&partition.classes[*place]));
    for alike in partition.alike(applying, judge.model, procedure, &case.flow) {
        let class = &partition.classes[alike[0]];
        let explored = explore(&case.flow, net, partition, class, &read.steps, &mut bounds);
        if explored.seen.cut_off || bounds.are_passed() {
            // What seems wrong may only look so where states are missing.
            defects.push(Defect::TooManyStates);
            return None;
        }
        let run = Run { procedure, flow: &case.flow, net, partition, class, explored: &explored };
        let before = defects.len();
        run.defects(defects);
        nodes.union_with(&explored.seen.nodes);
        edges.union_with(&explored.seen.edges);
        if !defects[before..].iter().any(Defect::is_unsound) {
            judge.classes(&alike, &explored);
        }
    }
    unpassed_joins(&case.flow, net, &nodes, defects);
    // What stands behind a join that is never passed is the same mistake.
    if !defects
        .iter()
        .any(|defect| matches!(defect, Defect::JoinWaits { .. } | Defect::Gap { .. } | Defect::UsedUp { .. }))
    {
        unreached(&case.flow, net, &nodes, defects);
    }
    never_taken(net, &nodes, &edges, defects);
    if defects.iter().any(Defect::is_unsound) { None } else { Some(judge.verdict()) }
}

/// T202: steps that no run of any class reaches.
fn unreached(flow: &Flow, net: &Net, seen: &FixedBitSet, defects: &mut Vec<Defect>) {
    let mut found: Vec<(StepId, bool)> = Vec::new();
    for node in net.graph.node_indices().filter(|node| !seen.contains(node.index())) {
        if let NodeKind::Step(step) = net.graph[node] {
            found.push((step, petgraph::algo::has_path_connecting(&net.graph, net.start, node, None)));
        }
    }
    found.sort();
    // A row of steps behind a jump is one mistake: the first of them is named.
    let first = found.iter().enumerate().filter(|(index, (step, _))| {
        let before = found[..*index].last();
        before.is_none_or(|(last, _)| last.0 + 1 != step.0 || flow.step(*last).parent != flow.step(*step).parent)
    });
    defects.extend(first.map(|(_, (step, by_guards))| Defect::Unreachable { step: *step, by_guards: *by_guards }));
}

/// T209: parallel blocks that are entered and never passed: a branch that stops everything never arrives.
fn unpassed_joins(flow: &Flow, net: &Net, seen: &FixedBitSet, defects: &mut Vec<Defect>) {
    for node in net.graph.node_indices().filter(|node| !seen.contains(node.index())) {
        let NodeKind::Join(block, _) = net.graph[node] else { continue };
        let entered =
            seen.ones().any(|node| matches!(net.graph[NodeIndex::new(node)], NodeKind::Fork(of) if of == block));
        let found = Defect::JoinWaits { place: flow.block(block).place, dossier: String::new() };
        if entered && !defects.iter().any(|known| same_mistake(known, &found)) {
            defects.push(found);
        }
    }
}

/// T206: lines out of steps that are reached, which no run takes.
fn never_taken(net: &Net, nodes: &FixedBitSet, edges: &FixedBitSet, defects: &mut Vec<Defect>) {
    for edge in net.graph.edge_indices().filter(|edge| !edges.contains(edge.index())) {
        let Some((from, to)) = net.graph.edge_endpoints(edge) else { continue };
        // A step that nothing else leads to has been named as unreachable.
        let choice = matches!(net.graph[from], NodeKind::Choice { .. })
            && nodes.contains(from.index())
            && nodes.contains(to.index());
        let place = line(net, edge);
        if choice
            && !matches!(net.graph[edge].way, Way::Only)
            && !defects.iter().any(|defect| overlaps_at(defect, place))
        {
            defects.push(Defect::NeverTaken { place });
        }
    }
}

fn overlaps_at(defect: &Defect, place: Place) -> bool {
    matches!(defect, Defect::Overlap { second, .. } if *second == place)
}

/// One class on its way through the flow.
struct Run<'a> {
    procedure: &'a Procedure,
    flow: &'a Flow,
    net: &'a Net,
    partition: &'a Partition,
    class: &'a Class,
    explored: &'a Explored,
}

impl Run<'_> {
    fn defects(&self, defects: &mut Vec<Defect>) {
        for (level, state, stuck) in &self.explored.seen.stuck {
            let node = self.explored.levels[*level].states[*state].node;
            let path = self.path(*level, *state);
            let found = match (stuck, &self.net.graph[node]) {
                (Stuck::UsedUp(edge), _) => Defect::UsedUp { place: line(self.net, *edge), path },
                (Stuck::Join, NodeKind::Fork(block)) => self.waiting_join(*block),
                (_, NodeKind::Choice { step, .. } | NodeKind::Step(step)) => {
                    Defect::Gap { step: *step, dossier: self.dossier(), path }
                }
                _ => continue,
            };
            if !defects.iter().any(|known| same_mistake(known, &found)) {
                defects.push(found);
            }
        }
        for ((edge, step), (level, state)) in &self.explored.seen.undecided {
            let found =
                Defect::Undecided { place: line(self.net, *edge), step: *step, path: self.path(*level, *state) };
            if !defects.iter().any(|known| same_mistake(known, &found)) {
                defects.push(found);
            }
        }
        for (first, second) in &self.explored.seen.overlaps {
            let (first, second) = (line(self.net, *first), line(self.net, *second));
            let known = |defect: &Defect| matches!(defect, Defect::Overlap { first: a, second: b, .. } if (*a, *b) == (first, second));
            if !defects.iter().any(known) {
                defects.push(Defect::Overlap { first, second, dossier: self.dossier() });
            }
        }
        self.no_end(defects);
    }

    fn waiting_join(&self, block: BlockId) -> Defect {
        Defect::JoinWaits { place: self.flow.block(block).place, dossier: self.dossier() }
    }

    fn dossier(&self) -> String {
        self.partition.describe(self.procedure, self.class)
    }

    /// T203: states from which neither an end nor the level's join can be reached, though none is stuck.
    fn no_end(&self, defects: &mut Vec<Defect>) {
        for level in &self.explored.levels {
            let ends = |state: usize| {
                matches!(self.net.graph[level.states[state].node], NodeKind::End(..) | NodeKind::Finished)
                    || level.moves[state].is_empty()
            };
            let good = level.leading_to((0..level.states.len()).filter(|state| ends(*state)));
            let bad = good.zeroes().map(|state| level.states[state].node);
            let steps: BTreeSet<StepId> = bad
                .filter_map(|node| match self.net.graph[node] {
                    NodeKind::Step(step) => Some(step),
                    _ => None,
                })
                .collect();
            if !steps.is_empty() && !defects.iter().any(|defect| matches!(defect, Defect::NoEnd { .. })) {
                defects.push(Defect::NoEnd { steps: steps.into_iter().collect(), place: None });
            }
        }
    }

    /// A shortest way of steps to a state: through its level, and to the level from the process around it.
    fn path(&self, level: usize, state: usize) -> Vec<StepId> {
        let mut steps = self.path_within(level, state);
        let outer = self.explored.levels.iter().enumerate().find_map(|(number, outer)| {
            let at = outer
                .moves
                .iter()
                .position(|moves| moves.iter().any(|next| next.branches.iter().any(|(inner, _)| *inner == level)))?;
            Some((number, at))
        });
        if let Some((outer, at)) = outer.filter(|(outer, _)| *outer < level) {
            let mut before = self.path(outer, at);
            before.append(&mut steps);
            return before;
        }
        steps
    }

    fn path_within(&self, level: usize, state: usize) -> Vec<StepId> {
        let level = &self.explored.levels[level];
        let mut parent: Vec<Option<usize>> = vec![None; level.states.len()];
        let mut queue = VecDeque::from([0]);
        let mut seen = vec![false; level.states.len()];
        seen[0] = true;
        while let Some(at) = queue.pop_front() {
            for next in &level.moves[at] {
                if !std::mem::replace(&mut seen[next.to], true) {
                    parent[next.to] = Some(at);
                    queue.push_back(next.to);
                }
            }
        }
        let mut way: Vec<usize> = std::iter::successors(Some(state), |at| parent[*at]).collect();
        way.reverse();
        way.into_iter()
            .filter_map(|at| match self.net.graph[level.states[at].node] {
                NodeKind::Step(step) => Some(step),
                _ => None,
            })
            .collect()
    }
}

/// The same place is wrong for the same reason, seen with another dossier or on another way.
fn same_mistake(a: &Defect, b: &Defect) -> bool {
    match (a, b) {
        (Defect::UsedUp { place: a, .. }, Defect::UsedUp { place: b, .. }) => a == b,
        (Defect::Gap { step: a, .. }, Defect::Gap { step: b, .. }) => a == b,
        (Defect::JoinWaits { place: a, .. }, Defect::JoinWaits { place: b, .. }) => a == b,
        (Defect::Undecided { place: a, step: s, .. }, Defect::Undecided { place: b, step: t, .. }) => a == b && s == t,
        _ => false,
    }
}
