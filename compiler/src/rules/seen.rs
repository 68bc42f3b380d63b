//! What a rule looks at: a case whose text could be read, and findings at its steps.

use crate::analysis::CaseAnalysis;
use crate::analysis::authority::kind;
use crate::diagnostic::{Diagnostic, Message, say};
use crate::graph::NodeKind;
use crate::model::Model;
use crate::model::flow::{Step, StepId};
use crate::model::procedure::{Case, Procedure};
use crate::project::Project;
use crate::rules::{self, Rule};
use crate::source::Place;
use petgraph::Direction;

/// A case whose text could be read.
pub(super) struct Seen<'p> {
    pub(super) model: &'p Model,
    pub(super) analysis: &'p CaseAnalysis,
    pub(super) procedure: &'p Procedure,
    pub(super) case: &'p Case,
}

/// Every case whose text could be read.
pub(super) fn each(project: &Project) -> impl Iterator<Item = Seen<'_>> {
    rules::sound_texts(project).map(|analysis| {
        let procedure = &project.model.procedures[analysis.procedure];
        Seen { model: &project.model, analysis, procedure, case: &procedure.cases[analysis.case] }
    })
}

impl<'p> Seen<'p> {
    /// A finding at a place.
    pub(super) fn found(&self, rule: &Rule, place: Place, message: Message) -> Diagnostic {
        let mut found = Diagnostic::new(rule, place, message);
        found.procedure = Some(self.procedure.named.name.clone());
        found
    }

    /// A finding at the head of a step, with the places that inserted it.
    pub(super) fn at_step(&self, rule: &Rule, step: StepId, message: Message) -> Diagnostic {
        let data = self.case.flow.step(step);
        let mut found = self.found(rule, data.head, message);
        found.witness = vec![self.case.flow.full_name(step)];
        for place in &data.inserted_at {
            found = found.label(*place, say("được chèn từ đây", "inserted from here"));
        }
        found
    }

    /// The steps of a kind that stand before the result is returned.
    pub(super) fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = (StepId, &'p Step)> + '_ {
        self.steps().into_iter().filter(move |(_, step)| step.kinds.contains(&kind))
    }

    /// The steps of the process, without those after the result.
    pub(super) fn steps(&self) -> Vec<(StepId, &'p Step)> {
        let net = &self.analysis.net.graph;
        let mut steps: Vec<StepId> = net
            .node_weights()
            .filter_map(|node| match node {
                NodeKind::Step(step) => Some(*step),
                _ => None,
            })
            .collect();
        steps.sort();
        steps.into_iter().map(|step| (step, self.case.flow.step(step))).collect()
    }

    /// The step with which the process begins, where there is only one.
    pub(super) fn first(&self) -> Option<(StepId, &'p Step)> {
        let net = &self.analysis.net;
        let mut next = net.graph.neighbors_directed(net.start, Direction::Outgoing);
        match (next.next().map(|node| &net.graph[node]), next.next()) {
            (Some(NodeKind::Step(step)), None) => Some((*step, self.case.flow.step(*step))),
            _ => None,
        }
    }

    /// The first step that receives the dossier.
    pub(super) fn reception(&self) -> Option<(StepId, &'p Step)> {
        self.of_kind(kind::RECEPTION).next()
    }
}
