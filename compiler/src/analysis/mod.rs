//! What is proved of a process: no dead end, no excess time.
//!
//! One analysis for the command line, the editor and every target; the rules only put it into words.

mod arrivals;
pub mod authority;
mod calendars;
mod calls;
pub mod classes;
pub mod conduct;
pub mod dated;
mod deadlines;
pub mod explore;
mod flow;
pub mod general;
mod levels;
mod pauses;
pub mod report;
pub mod steps;
mod stretches;
mod structure;
pub mod time;
mod tried;
pub mod verdict;

use crate::graph::{self, Net};
use crate::model::Model;
use crate::model::flow::StepId;
use crate::source::Place;
use explore::Bounds;
use petgraph::graph::EdgeIndex;
use verdict::Judge;

/// A defect of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Defect {
    /// No run comes to the step; with guards: some way leads there, but for no dossier.
    Unreachable {
        /// Which.
        step: StepId,
        /// Ways lead there, and no dossier takes them.
        by_guards: bool,
    },
    /// A circle that no way leaves, or states from which no end can be reached.
    NoEnd {
        /// Its steps.
        steps: Vec<StepId>,
        /// The line by which it goes back.
        place: Option<Place>,
    },
    /// A circle in which no arrow has a bound.
    Unbounded {
        /// Its steps.
        steps: Vec<StepId>,
        /// The line by which it goes back.
        place: Option<Place>,
    },
    /// A way to what comes later that is written `quay lại`.
    NotAhead {
        /// The line.
        place: Place,
        /// The step that it leaves.
        step: StepId,
    },
    /// A way back that is not written `quay lại`.
    NotBack {
        /// The line.
        place: Place,
        /// The step that it leaves.
        step: StepId,
    },
    /// An arrow is used up and nothing says what then.
    UsedUp {
        /// The line.
        place: Place,
        /// The way there.
        path: Vec<StepId>,
    },
    /// Some dossiers have no way on.
    Gap {
        /// Behind which step.
        step: StepId,
        /// Such a dossier.
        dossier: String,
        /// The way there.
        path: Vec<StepId>,
    },
    /// An outcome or guard line that no run takes.
    NeverTaken {
        /// The line.
        place: Place,
    },
    /// Two guard lines with different targets that hold for the same dossier.
    Overlap {
        /// The line that is taken.
        first: Place,
        /// The line that is not.
        second: Place,
        /// Such a dossier.
        dossier: String,
    },
    /// An arrow into or out of a branch.
    Crossing {
        /// The line.
        place: Place,
        /// Out of it.
        outward: bool,
    },
    /// `tính lại thời hạn` inside a branch.
    RestartInBranch {
        /// The line.
        place: Place,
    },
    /// A branch ends the procedure while others run.
    EndsInBranch {
        /// The line.
        place: Place,
    },
    /// A join waits for more branches than there are.
    JoinCount {
        /// The block.
        place: Place,
        /// How many it waits for.
        required: u32,
        /// How many there are.
        branches: u32,
    },
    /// A join waits for a branch that never comes.
    JoinWaits {
        /// The block.
        place: Place,
        /// Such a dossier.
        dossier: String,
    },
    /// Too many states, even with rounds counted together: nothing is proved.
    TooManyStates,
    /// A guard reads an outcome that some run has not decided.
    Undecided {
        /// The line.
        place: Place,
        /// The step that was passed by.
        step: StepId,
        /// The way there.
        path: Vec<StepId>,
    },
}

impl Defect {
    /// Makes the process unsound, so that its times mean nothing.
    pub fn is_unsound(&self) -> bool {
        !matches!(
            self,
            Defect::NeverTaken { .. } | Defect::Overlap { .. } | Defect::NotBack { .. } | Defect::NotAhead { .. }
        )
    }
}

/// What is proved of one case of a procedure.
#[derive(Debug)]
pub struct CaseAnalysis {
    /// By its place in the model's list.
    pub procedure: usize,
    /// By its place in the procedure's list.
    pub case: usize,
    /// The workflow net.
    pub net: Net,
    /// What is wrong with the flow.
    pub defects: Vec<Defect>,
    /// Verdicts on time; none where the process is not sound.
    pub times: Option<verdict::Times>,
    /// Fields that made too many classes, by their places.
    pub given_up: Vec<usize>,
}

impl CaseAnalysis {
    /// From every state of every run an end can be reached, and every step is in some run.
    pub fn is_sound(&self) -> bool {
        self.net.dangling.is_empty() && !self.defects.iter().any(Defect::is_unsound)
    }
}

/// Analyses every case that has steps and whose text could be read.
pub fn analyse(model: &Model) -> Vec<CaseAnalysis> {
    analyse_within(model, &Bounds::default())
}

/// The same, looking so far: beyond, times are upper bounds, and where even those cannot be found that is said.
pub fn analyse_within(model: &Model, bounds: &Bounds) -> Vec<CaseAnalysis> {
    let mut analyses = Vec::new();
    let calendars = calendars::Calendars::of(model);
    for (index, procedure) in model.procedures.iter().enumerate() {
        let partition = classes::Partition::of(model, procedure);
        for (number, case) in procedure.cases.iter().enumerate().filter(|(_, case)| !case.flow.body.is_empty()) {
            let net = graph::lower(&case.flow, false);
            let mut defects = structure::defects(&case.flow, &net);
            let mut times = None;
            let runnable = net.dangling.is_empty() && !defects.iter().any(Defect::is_unsound);
            if runnable {
                let judge = Judge::new(model, &calendars, procedure, case, &net, &partition);
                times = flow::analyse(judge, bounds.clone(), &mut defects);
            }
            let given_up = partition.given_up.clone();
            analyses.push(CaseAnalysis { procedure: index, case: number, net, defects, times, given_up });
        }
    }
    analyses
}

/// The line of an edge.
fn line(net: &Net, edge: EdgeIndex) -> Place {
    net.graph[edge].place
}
