//! What the runs of a process do that the law of the day has a word on: how often a supplement is asked for, how soon
//! a dossier is handed over or handed back, which statuses follow each other.
//!
//! Decided on the explored states of every class, so that it holds for all runs; the rules compare it with the law.

mod supplements;
mod transitions;

use super::authority::{self, Whereabouts, kind, org_of, whereabouts};
use super::time::{Longest, Ways, Weights};
use crate::graph::{Net, NodeKind};
use crate::model::Model;
use crate::model::flow::{Actor, Flow, Step, StepId};
use crate::model::organization::OrgId;
use crate::model::procedure::Case;
use crate::source::Place;
use petgraph::graph::{EdgeIndex, NodeIndex};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use tthc_grammar::tree::EndState;

pub use supplements::Asked;

/// A time that passes until something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Until {
    /// Working minutes from the receipt of the dossier, at the longest; what is counted by the calendar left out.
    pub minutes: i64,
    /// The step at whose end it is done.
    pub step: StepId,
    /// The way there.
    pub path: Vec<StepId>,
}

/// What runs do.
#[derive(Debug, Default)]
pub struct Conduct {
    /// A run on which a supplement is asked for more than once.
    pub asked_again: Option<Asked>,
    /// Until the dossier reaches whoever resolves it, where that is not the one-stop unit; none where it never does.
    pub handed_over: Option<Until>,
    /// Until an insufficient dossier goes back, by the node at which it does.
    pub handed_back: BTreeMap<NodeIndex, Until>,
    /// Steps that follow each other with statuses that may not, with the way to the second.
    pub wrong_statuses: BTreeMap<(StepId, StepId), Vec<StepId>>,
}

/// One class of dossiers.
pub(super) struct Look<'a> {
    pub(super) model: &'a Model,
    pub(super) case: &'a Case,
    pub(super) net: &'a Net,
    pub(super) ways: &'a Ways<'a>,
}

impl Conduct {
    /// Looks at the runs of one class; `elapsed` counts the working time of every step, anew after a supplement was
    /// asked for.
    pub(super) fn class(&mut self, look: &Look<'_>, elapsed: &Weights) {
        if self.asked_again.is_none() {
            self.asked_again = supplements::asked_again(look);
        }
        transitions::wrong(look, &mut self.wrong_statuses);
        let found = look.handed_over(elapsed);
        if found.as_ref().map(|until| until.minutes) > self.handed_over.as_ref().map(|until| until.minutes) {
            self.handed_over = found;
        }
        look.handed_back(elapsed, &mut self.handed_back);
    }
}

impl Look<'_> {
    fn flow(&self) -> &Flow {
        &self.case.flow
    }

    fn step_at(&self, level: usize, state: usize) -> Option<StepId> {
        match self.net.graph[self.ways.explored.levels[level].states[state].node] {
            NodeKind::Step(step) => Some(step),
            _ => None,
        }
    }

    /// The head of a step, or the parallel block that starts.
    fn head_of(&self, level: usize, state: usize) -> Option<Place> {
        match self.net.graph[self.ways.explored.levels[level].states[state].node] {
            NodeKind::Step(step) => Some(self.flow().step(step).head),
            NodeKind::Fork(block) => Some(self.flow().block(block).place),
            _ => None,
        }
    }

    fn place(&self, edge: EdgeIndex) -> Place {
        self.net.graph[edge].place
    }

    /// The longest time from receipt to the first step that is done elsewhere. Only what belongs to receiving counts:
    /// where the one-stop unit goes on to appraise, nothing is handed over.
    fn handed_over(&self, elapsed: &Weights) -> Option<Until> {
        let level = self.ways.explored.levels.first()?;
        let received = (0..level.states.len()).find(|state| self.step_at(0, *state).is_some())?;
        let first = self.flow().step(self.step_at(0, received)?);
        if !first.kinds.contains(&kind::RECEPTION) || self.is_away(first) {
            return None;
        }
        let mut best: Vec<Option<(i64, Option<usize>)>> = vec![None; level.states.len()];
        best[received] = Some((0, None));
        let mut waiting = VecDeque::from([received]);
        let mut found: Option<(i64, usize)> = None;
        let mut passes = 0;
        while let Some(at) = waiting.pop_front() {
            passes += 1;
            if passes > level.states.len().saturating_mul(64) {
                return None;
            }
            let Some((before, _)) = best[at] else { continue };
            let step = self.step_at(0, at);
            if let Some(step) = step {
                if self.is_away(self.flow().step(step)) {
                    found = found.max(Some((before, at)));
                    continue;
                }
                if self.flow().step(step).kinds.iter().any(|kind| RESOLVING.contains(kind)) {
                    continue;
                }
            }
            let own = step.map_or(0, |step| elapsed.steps.get(step.0).copied().unwrap_or(0));
            for next in &level.moves[at] {
                // A dossier that comes again is received again.
                let again = next.edge.is_some_and(|edge| self.net.graph[edge].back)
                    || matches!(self.net.graph[level.states[next.to].node], NodeKind::Wait { .. });
                let minutes = if again { 0 } else { before + own };
                if !next.branches.is_empty() || best[next.to].is_some_and(|(known, _)| known >= minutes) {
                    continue;
                }
                best[next.to] = Some((minutes, (!again).then_some(at)));
                waiting.push_back(next.to);
            }
        }
        let (minutes, state) = found?;
        let way = std::iter::successors(Some(state), |at| best[*at].and_then(|(_, before)| before));
        let mut path: Vec<StepId> = way.filter_map(|state| self.step_at(0, state)).collect();
        path.reverse();
        let step = *path.iter().rev().nth(1)?;
        Some(Until { minutes, step, path })
    }

    /// Everybody who performs it is known to be elsewhere and not posted to a one-stop unit.
    fn is_away(&self, step: &Step) -> bool {
        let performers = authority::performers(step);
        let posted = |id: OrgId| {
            let units = (0..self.model.orgs.len()).map(OrgId).filter(|unit| self.model.org(*unit).one_stop);
            units.into_iter().any(|unit| authority::belongs_or_posted(self.model, id, unit))
        };
        let away = |performer: &&crate::model::flow::Performer| {
            performer.actor != Actor::Unknown
                && whereabouts(self.model, &self.case.data, performer) == Whereabouts::Elsewhere
                && !org_of(performer).is_some_and(|id| performer.at.is_none() && posted(id))
        };
        !performers.is_empty() && performers.iter().all(away)
    }

    /// Where an insufficient dossier goes back: to be handed in again, or to wait for what is missing.
    fn handed_back(&self, elapsed: &Weights, known: &mut BTreeMap<NodeIndex, Until>) {
        let back = |node: &NodeIndex| {
            matches!(
                self.net.graph[*node],
                NodeKind::End(EndState::HandedBack, _) | NodeKind::Wait { reason: None, .. }
            )
        };
        let nodes: BTreeSet<NodeIndex> = self.net.graph.node_indices().filter(back).collect();
        if nodes.is_empty() {
            return;
        }
        let Some(longest) = Longest::of(self.ways, elapsed, None) else { return };
        for node in nodes {
            let Some((minutes, state)) = longest.to_step(node) else { continue };
            let path = longest.path(state);
            let Some(step) = path.last().copied() else { continue };
            if known.get(&node).is_none_or(|until| until.minutes < minutes) {
                known.insert(node, Until { minutes, step, path });
            }
        }
    }
}

/// Kinds of steps with which resolving has begun.
const RESOLVING: &[&str] = &[
    kind::APPRAISAL,
    kind::INSPECTION,
    kind::CONSULTATION,
    kind::COUNCIL,
    kind::DRAFTING,
    kind::APPROVAL,
    kind::RETURN,
    "xem xét",
    "trình ký",
    "ký duyệt",
];
