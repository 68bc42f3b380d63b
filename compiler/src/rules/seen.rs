//! What a rule looks at: a case whose text could be read, and findings at its steps.

use crate::analysis::CaseAnalysis;
use crate::analysis::authority::days::{Day, written};
use crate::analysis::authority::kind;
use crate::diagnostic::{Diagnostic, Message, say};
use crate::graph::NodeKind;
use crate::law;
use crate::model::Model;
use crate::model::flow::{Step, StepId};
use crate::model::organization::Period;
use crate::model::procedure::{Case, Procedure};
use crate::project::Project;
use crate::rules::{self, Rule};
use crate::source::Place;
use crate::target::json::{self, definition::Definition};
use petgraph::Direction;
use std::cell::OnceCell;
use std::rc::Rc;

/// A case whose text could be read.
pub(super) struct Seen<'p> {
    pub(super) project: &'p Project,
    pub(super) model: &'p Model,
    pub(super) analysis: &'p CaseAnalysis,
    pub(super) procedure: &'p Procedure,
    pub(super) case: &'p Case,
    /// The days on which it is judged.
    pub(super) days: Period,
    /// They are the one day that was asked for.
    asked: bool,
    /// What the procedure is built to, once it was asked for; its cases share it.
    definition: Rc<OnceCell<Definition>>,
}

/// Every case whose text could be read.
pub(super) fn each(project: &Project) -> impl Iterator<Item = Seen<'_>> {
    let mut last: Option<(usize, Rc<OnceCell<Definition>>)> = None;
    rules::sound_texts(project).map(move |analysis| {
        let fresh = || (analysis.procedure, Rc::default());
        let (_, definition) = last.take().filter(|(of, _)| *of == analysis.procedure).unwrap_or_else(fresh);
        last = Some((analysis.procedure, Rc::clone(&definition)));
        let procedure = &project.model.procedures[analysis.procedure];
        let case = &procedure.cases[analysis.case];
        let days = law::judged_days(&case.data, project.settings.date);
        let asked = project.settings.date.is_some_and(|date| law::is_asked(&case.data, date));
        Seen { project, model: &project.model, analysis, procedure, case, days, asked, definition }
    })
}

impl<'p> Seen<'p> {
    /// The beginning of a sentence on a day in force, or on the one that was asked for.
    pub(super) fn on(&self, day: Day) -> Message {
        let day = written(day);
        match self.asked {
            true => say(format!("Xét ngày {day}:"), format!("As of {day}:")),
            false => {
                say(format!("Ngày {day} quy trình có hiệu lực mà"), format!("On {day} the process is in force and"))
            }
        }
    }

    /// What the procedure is built to.
    pub(super) fn definition(&self) -> &Definition {
        self.definition.get_or_init(|| json::definition(self.project, self.procedure))
    }

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
        self.steps().filter(move |(_, step)| step.kinds.contains(&kind))
    }

    /// The steps of the process, without those after the result.
    pub(super) fn steps(&self) -> impl Iterator<Item = (StepId, &'p Step)> + use<'p> {
        let case = self.case;
        self.analysis.net.steps.iter().map(move |step| (*step, case.flow.step(*step)))
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
