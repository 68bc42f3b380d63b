//! Parallel blocks: one move of the level around them.

use super::{ANY_JOINED, Explorer, FORGOTTEN, MAX_COMBINATIONS, Memory, Move, Open, State, Stuck};
use crate::graph::NodeKind;
use petgraph::graph::NodeIndex;
use smallvec::smallvec;

impl Explorer<'_> {
    /// All branches run; the level around sees only how each came out.
    pub(super) fn fork(&mut self, open: &mut Open, at: usize, state: &State) {
        let NodeKind::Fork(block) = self.net.graph[state.node] else { return };
        let Some(join) = self
            .net
            .graph
            .node_indices()
            .find(|node| matches!(self.net.graph[*node], NodeKind::Join(of, _) if of == block))
        else {
            return;
        };
        let NodeKind::Join(_, required) = self.net.graph[join] else { return };
        let mut branches: Vec<usize> = Vec::new();
        for edge in self.net.ways(state.node) {
            self.explored.seen.edges.insert(edge.index());
            let Some((_, entry)) = self.net.graph.edge_endpoints(edge) else { continue };
            branches.push(self.level(entry, Some(join), state.memory.clone()));
        }
        for at_branch in 0..branches.len() {
            self.stops(open, at, state, &branches, at_branch);
        }
        let arriving = branches.iter().filter(|level| !self.explored.levels[**level].joined.is_empty()).count();
        if (arriving as u32) < required {
            if self.explored.levels[open.id].moves[at].is_empty() {
                self.explored.seen.stuck.push((open.id, at, Stuck::Join));
            }
            return;
        }
        let never: Vec<usize> =
            branches.iter().filter(|level| self.explored.levels[**level].joined.is_empty()).copied().collect();
        for (memory, branches) in self.combinations(state, &branches, required as usize) {
            let to = self.reach(open, State { node: join, memory, ..state.clone() });
            let beside = never.clone();
            let whole = Move { to, edge: None, branches, stopped: false, beside };
            self.add(open, at, whole);
        }
    }

    /// Ends that a branch reaches by stopping everything.
    fn stops(&mut self, open: &mut Open, at: usize, state: &State, branches: &[usize], which: usize) {
        let level = branches[which];
        let ends: Vec<(usize, NodeIndex, Memory)> = self.explored.levels[level]
            .states
            .iter()
            .enumerate()
            .filter(|(_, inner)| matches!(self.net.graph[inner.node], NodeKind::End(..)))
            .map(|(number, inner)| (number, inner.node, inner.memory.clone()))
            .collect();
        let beside: Vec<usize> =
            branches.iter().enumerate().filter(|(index, _)| *index != which).map(|(_, level)| *level).collect();
        for (number, node, memory) in ends {
            let to = self.reach(open, State { node, memory, ..state.clone() });
            let branches = vec![(level, number)];
            self.add(open, at, Move { to, edge: None, branches, stopped: true, beside: beside.clone() });
        }
    }

    /// How a branch can stand when its block goes on: arrived, or with `withdrawn` at any state on its way.
    fn standings(&self, level: usize, withdrawn: bool) -> Vec<Standing> {
        let explored = &self.explored.levels[level];
        let joined = &explored.joined;
        let alike = joined.windows(2).all(|pair| explored.states[pair[0]].memory == explored.states[pair[1]].memory);
        let mut standings: Vec<Standing> = match joined.first() {
            Some(first) if alike => {
                vec![Standing { memory: explored.states[*first].memory.clone(), way: Some(ANY_JOINED), arrived: true }]
            }
            _ => joined
                .iter()
                .map(|state| Standing {
                    memory: explored.states[*state].memory.clone(),
                    way: Some(*state),
                    arrived: true,
                })
                .collect(),
        };
        if withdrawn {
            let way = (!joined.is_empty()).then_some(ANY_JOINED);
            for state in &explored.states {
                if standings.iter().all(|known| known.memory != state.memory) {
                    standings.push(Standing { memory: state.memory.clone(), way, arrived: false });
                }
            }
        }
        standings
    }

    /// What can be remembered behind a join, each with the branches' states that lead to it.
    #[expect(clippy::type_complexity, reason = "a list that lives in this function alone")]
    fn combinations(
        &mut self,
        state: &State,
        branches: &[usize],
        required: usize,
    ) -> Vec<(Memory, Vec<(usize, usize)>)> {
        let joins = |level: usize| !self.explored.levels[level].joined.is_empty();
        let most = branches.len() - required;
        let mut all: Vec<(Memory, Vec<(usize, usize)>, usize)> = vec![(state.memory.clone(), Vec::new(), 0)];
        for level in branches {
            let mut next: Vec<(Memory, Vec<(usize, usize)>, usize)> = Vec::new();
            for standing in self.standings(*level, most > 0) {
                for (memory, ways, missing) in &all {
                    let missing = missing + usize::from(!standing.arrived);
                    let way = standing.way.map(|way| (*level, way));
                    let ways = ways.iter().copied().chain(way).collect();
                    let merged = merge(memory, &standing.memory, &state.memory);
                    let known =
                        next.iter().any(|(known, same, fewer)| *known == merged && *same == ways && *fewer <= missing);
                    if missing <= most && !known {
                        next.push((merged, ways, missing));
                    }
                }
            }
            if next.len() > MAX_COMBINATIONS {
                let ways = branches.iter().filter(|level| joins(**level)).map(|level| (*level, ANY_JOINED)).collect();
                self.explored.seen.approximate = true;
                return vec![(smallvec![FORGOTTEN; state.memory.len()], ways)];
            }
            all = next;
        }
        all.into_iter().map(|(memory, ways, _)| (memory, ways)).collect()
    }
}

/// How a branch stands when its block goes on.
struct Standing {
    memory: Memory,
    /// The state by which its time is counted; none where it never arrives.
    way: Option<usize>,
    arrived: bool,
}

/// What a branch has changed since the block was entered, put over what others have.
fn merge(memory: &Memory, branch: &Memory, entry: &Memory) -> Memory {
    let changed = |(old, (now, before)): (&u8, (&u8, &u8))| if now != before { *now } else { *old };
    memory.iter().zip(branch.iter().zip(entry)).map(changed).collect()
}
