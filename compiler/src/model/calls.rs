//! Procedures that call each other in a circle.

use super::Builder;
use super::issue::{Issue, IssueKind};
use super::procedure::ProcedureId;
use crate::source::Place;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

impl Builder<'_> {
    /// Procedures that call each other in a circle, each circle once.
    pub(super) fn call_circles(&mut self) {
        let calls: HashMap<usize, Vec<(usize, Place)>> = self.call_edges();
        let mut done: HashSet<usize> = HashSet::new();
        for start in 0..self.model.procedures.len() {
            let mut way: Vec<usize> = vec![start];
            let mut places: Vec<(usize, Place)> = Vec::new();
            if done.contains(&start) || !find_circle(start, &calls, &mut way, &mut places, &mut HashSet::new()) {
                continue;
            }
            done.extend(&way);
            let names: Vec<String> = way.iter().map(|id| self.model.procedures[*id].named.name.clone()).collect();
            if let Some((_, place)) = places.first() {
                let mut issue = Issue::new(*place, IssueKind::Circle(names));
                issue.procedure = Some(self.model.procedures[start].named.name.clone());
                self.issue(issue);
            }
        }
    }

    fn call_edges(&self) -> HashMap<usize, Vec<(usize, Place)>> {
        let mut edges: HashMap<usize, Vec<(usize, Place)>> = HashMap::new();
        for (id, procedure) in self.model.procedures.iter().enumerate() {
            for step in procedure.cases.iter().flat_map(|case| &case.flow.steps) {
                if let Some(ProcedureId(called)) = step.call.as_ref().and_then(|call| call.procedure) {
                    edges.entry(id).or_default().push((called, step.named.place));
                }
            }
        }
        edges
    }
}

/// Depth first from the last of `way` back to its first.
fn find_circle(
    start: usize,
    calls: &HashMap<usize, Vec<(usize, Place)>>,
    way: &mut Vec<usize>,
    places: &mut Vec<(usize, Place)>,
    seen: &mut HashSet<usize>,
) -> bool {
    // An explicit stack: a chain of calls may be as long as a province has procedures.
    let mut stack: Vec<(usize, usize)> = vec![(start, 0)];
    while let Some((at, index)) = stack.pop() {
        let Some((next, place)) = calls.get(&at).and_then(|edges| edges.get(index)).copied() else {
            if stack.is_empty() {
                return false;
            }
            way.pop();
            places.pop();
            continue;
        };
        stack.push((at, index + 1));
        if next == start {
            way.push(next);
            places.push((next, place));
            return true;
        }
        if seen.insert(next) {
            way.push(next);
            places.push((next, place));
            stack.push((next, 0));
        }
    }
    false
}
