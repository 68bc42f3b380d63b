//! The *quy trình nội bộ* as it is published: what stands in it, in the words and amounts of the text, without any format.
//!
//! [`Document`] is what the tables say; [`layout`] puts it into sections, [`html`] and [`docx`] write them down.

pub mod docx;
mod drawing;
mod heading;
pub mod html;
pub mod layout;
pub(crate) mod notes;
pub(crate) mod rows;
pub(crate) mod slices;
pub mod words;

use crate::diagnostic::Diagnostic;
use crate::diagram::{self, Picture};
use crate::model::procedure::{Case, Paper, Procedure, ProcedureId};
use crate::project::Project;
use crate::target::ready;
use std::collections::BTreeMap;
use tthc_grammar::keywords::Key;

/// A procedure as it is put before whoever approves it.
#[derive(Debug)]
pub struct Document {
    /// A name that no other document has, fit for a file.
    pub id: String,
    /// `mã`
    pub code: Option<String>,
    /// What the procedure is called.
    pub title: String,
    /// What is said of the procedure, in the order of a published decision.
    pub facts: Vec<Fact>,
    /// `thành phần hồ sơ`
    pub papers: Vec<Paper>,
    /// A table for each case.
    pub parts: Vec<Part>,
    /// Forms that occur, each with the steps that use it.
    pub forms: Vec<FormUse>,
    /// The diagrams.
    pub pictures: Vec<Picture>,
}

/// A line of the heading.
#[derive(Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub title: &'static str,
    /// One text, or several items.
    pub texts: Vec<String>,
}

/// The table of a case.
#[derive(Debug)]
pub struct Part {
    /// What the case is called; none where there is only one.
    pub title: Option<String>,
    /// For which dossiers.
    pub when: Option<String>,
    /// The limits, as they stand beside the heading of the table.
    pub limit: Option<String>,
    /// Time limits of its own, where there are several cases.
    pub facts: Vec<Fact>,
    /// The rows, in the order of the text.
    pub lines: Vec<Line>,
    /// What the columns have no room for, by step.
    pub notes: Vec<Note>,
}

/// What the columns of [`Row`] are called.
pub const COLUMNS: [&str; 5] = ["Bước", "Nội dung công việc", "Người thực hiện", "Thời gian", "Kết quả"];

/// What the time of the whole process is called.
pub const WHOLE: &str = "Tổng thời gian giải quyết";

/// A line of a table.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// A stage, parallel branches, or what follows the result.
    Heading(String),
    /// A step.
    Step(Row),
    /// The time of a stage, or of all.
    Total {
        /// Of what.
        title: String,
        /// As written.
        amount: String,
    },
}

/// The cells of a step, by [`COLUMNS`].
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Number, content, who, time, result.
    pub cells: [Cell; 5],
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it; lines are kept.
    pub text: String,
    /// How many rows it reaches over; 0: it belongs to the one above.
    pub span: usize,
}

/// What is said of a step below the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// `Bước 3`
    pub step: String,
    /// Where each decision leads, deadlines, remarks.
    pub lines: Vec<String>,
}

/// A form with the steps that use it.
#[derive(Debug, PartialEq, Eq)]
pub struct FormUse {
    /// What it is called.
    pub title: String,
    /// Its code, what it is issued under, remarks.
    pub about: Vec<String>,
    /// `bước 1, bước 3`
    pub steps: String,
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, span: 1 }
    }
}

/// The documents of all procedures without errors among these findings, in the order of the files.
pub fn documents(project: &Project, findings: &[Diagnostic]) -> Vec<Document> {
    let ready = ready::procedures(project, findings);
    ready.into_iter().map(|(id, procedure)| document(project, id, procedure)).collect()
}

/// The document of a procedure, whatever is wrong with it.
pub fn document(project: &Project, id: String, procedure: &Procedure) -> Document {
    Document { pictures: pictures(project, procedure), ..text(project, id, procedure) }
}

/// The diagrams of a procedure.
pub fn pictures(project: &Project, procedure: &Procedure) -> Vec<Picture> {
    let place = project.model.procedures.iter().position(|other| std::ptr::eq(other, procedure));
    place.map(|place| diagram::pictures(project, ProcedureId(place))).unwrap_or_default()
}

/// The document without its diagrams, which take longest.
pub fn text(project: &Project, id: String, procedure: &Procedure) -> Document {
    Document {
        id,
        code: procedure.code.as_ref().map(|(code, _)| code.clone()),
        title: procedure.label.clone(),
        facts: heading::facts(&project.model, procedure),
        papers: procedure.papers.clone(),
        parts: procedure.cases.iter().map(|case| part(project, procedure, case)).collect(),
        forms: forms(project, procedure),
        pictures: Vec::new(),
    }
}

fn part(project: &Project, procedure: &Procedure, case: &Case) -> Part {
    let words = words::Words::of(&project.model, procedure, &case.flow);
    let own = |named: &crate::model::Named| case.label.clone().unwrap_or_else(|| words::spoken(&named.name));
    Part {
        title: case.named.as_ref().map(own),
        when: case.guard.as_ref().map(|guard| words.guard(guard)),
        limit: rows::limits(case, &words),
        facts: if procedure.cases.len() > 1 {
            heading::case_facts(&words, &procedure.data, &case.data)
        } else {
            Vec::new()
        },
        lines: rows::lines(project, procedure, case, &words),
        notes: notes::notes(&words),
    }
}

fn forms(project: &Project, procedure: &Procedure) -> Vec<FormUse> {
    let whole = procedure.data.forms.iter().map(|form| (*form, vec!["cả thủ tục".to_string()]));
    let mut uses: BTreeMap<usize, Vec<String>> = whole.collect();
    for case in &procedure.cases {
        let words = words::Words::of(&project.model, procedure, &case.flow);
        for (index, step) in case.flow.steps.iter().enumerate() {
            let name = words.step(crate::model::flow::StepId(index));
            for form in words::forms_of(step) {
                let steps = uses.entry(form).or_default();
                if !steps.contains(&name) {
                    steps.push(name.clone());
                }
            }
        }
    }
    let used = uses.into_iter();
    let keys = [Key::Code, Key::Under, Key::Template, Key::Note];
    let form_use = |(form, steps): (usize, Vec<String>)| FormUse {
        title: words::form(&project.model, form),
        about: notes::said(&project.model.forms[form].texts, &keys),
        steps: steps.join(", "),
    };
    used.map(form_use).collect()
}
