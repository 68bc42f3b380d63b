//! The types of the workflow net in the JSON definition.

use super::definition::{Duration, Source, none};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A workflow net.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Graph {
    /// The id of the start node.
    pub start: String,
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Transitions; those out of a node in the order in which they are tried.
    pub transitions: Vec<Transition>,
}

/// A node.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("unevaluatedProperties" = false))]
pub struct Node {
    /// Unique in its graph.
    pub id: String,
    /// What it is.
    #[serde(flatten)]
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum NodeKind {
    /// The dossier arrives.
    Start,
    /// Somebody does something.
    Step(Box<Step>),
    /// A way is chosen, taking no time.
    #[serde(rename_all = "camelCase")]
    Choice {
        /// The step whose outcome is decided or behind which it is chosen.
        step: String,
        /// true: somebody decides for one of the outcomes whose guards hold; an end of a called procedure decides
        /// itself. false: the first transition whose guard holds is taken.
        decided: bool,
    },
    /// A wait that is not charged to the agencies: the clock of the limit stands still.
    #[serde(rename_all = "camelCase")]
    Wait {
        /// null: for a supplement of the applicant.
        reason: Option<String>,
        /// How long at most; a transition marked `timeout` says what then, else it goes on.
        limit: Option<Duration>,
    },
    /// All transitions are taken.
    #[serde(rename_all = "camelCase")]
    Fork {
        /// Name of the parallel block.
        block: String,
        /// What it is called.
        label: Option<String>,
        /// The join where the branches meet.
        join: String,
        /// Texts of the block by key: ghi chú.
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        texts: BTreeMap<String, Vec<String>>,
    },
    /// Goes on when `required` branches of one entry of the fork have come; those still running are withdrawn.
    #[serde(rename_all = "camelCase")]
    Join {
        /// Name of the parallel block.
        block: String,
        /// How many branches must come.
        required: u32,
        /// How many branches there are.
        branches: u32,
    },
    /// The procedure ends.
    #[serde(rename_all = "camelCase")]
    End {
        /// The end state: trả kết quả, trả hồ sơ, từ chối tiếp nhận, từ chối giải quyết, rút hồ sơ, dừng xử lý. That the
        /// applicant may withdraw (rút hồ sơ) at any moment before the decision is understood, and in no graph.
        state: String,
        /// Branches still running are stopped.
        stops_branches: bool,
    },
    /// The steps after the result are done.
    Finished,
}

/// A step.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// Its name or printed number in the source.
    pub name: String,
    /// It is named by its printed number.
    pub numbered: bool,
    /// What it is called.
    pub label: String,
    /// The stage it stands in.
    pub stage: Option<String>,
    /// Kinds (loại).
    pub kinds: Vec<String>,
    /// Who performs it.
    pub performers: Option<Performers>,
    /// How long it may take.
    pub time: Time,
    /// Deadline for its end.
    pub deadline: Option<Deadline>,
    /// Forms, by their ids.
    pub forms: Vec<String>,
    /// Texts by key: nội dung, kết quả, ghi chú …
    pub texts: BTreeMap<String, Vec<String>>,
    /// The applicant must be present.
    pub presence: bool,
    /// The calendar of its own; null: the procedure's.
    pub calendar: Option<String>,
    /// What comes after 15:00 counts from the next working day.
    pub after_three_next_day: bool,
    /// What the one-stop software shows and sends.
    pub electronic: Option<Electronic>,
    /// Another procedure that is called as this step.
    pub call: Option<Call>,
    /// When the time has run out only a reminder is sent, unless a transition marked `timeout` leaves the step.
    pub reminds_when_overdue: bool,
    /// Where it stands.
    pub source: Source,
    /// Where the shared part in which it stands was inserted, outermost first.
    #[serde(skip_serializing_if = "none")]
    pub inserted_at: Vec<Source>,
}

/// Who performs a step.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum Performers {
    /// An agency, unit or role.
    #[serde(rename_all = "camelCase")]
    Organization {
        /// Its id.
        id: String,
        /// The one-stop unit at which it acts.
        at: Option<String>,
        /// The wording in print.
        wording: Option<String>,
    },
    /// The applicant.
    #[serde(rename_all = "camelCase")]
    Applicant {
        /// The wording in print.
        wording: Option<String>,
    },
    /// The software.
    #[serde(rename_all = "camelCase")]
    System {
        /// The wording in print.
        wording: Option<String>,
    },
    /// The unit that received the dossier.
    #[serde(rename_all = "camelCase")]
    ReceivingUnit {
        /// The wording in print.
        wording: Option<String>,
    },
    /// All of them jointly; the first is the lane.
    #[serde(rename_all = "camelCase")]
    All {
        /// Who.
        of: Vec<Performers>,
    },
    /// One of them.
    #[serde(rename_all = "camelCase")]
    Any {
        /// Who.
        of: Vec<Performers>,
    },
}

/// The time of a step.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Time {
    /// How long; null: it shares its stage's limit, or is not known.
    pub duration: Option<Duration>,
    /// Stated as not set (không quy định).
    pub unstated: bool,
    /// Counts towards the limit; false: the clock stands still.
    pub counted: bool,
    /// Why it does not count.
    pub reason: Option<String>,
}

/// A deadline for the end of a step.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Deadline {
    /// How long.
    pub duration: Duration,
    /// From the end of this step (node id); null: from the arrival of the dossier.
    pub since: Option<String>,
}

/// What the one-stop software shows and sends.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Electronic {
    /// Status code of the national portal, 1–10.
    pub status: Option<u8>,
    /// Its name.
    pub status_name: Option<String>,
    /// A digital signature is needed.
    pub digital_signature: Option<bool>,
    /// Ways of notifying.
    pub notify: Vec<String>,
    /// Remarks (ghi chú).
    #[serde(skip_serializing_if = "none")]
    pub notes: Vec<String>,
}

/// A call of another procedure.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Call {
    /// Its name.
    pub procedure: String,
    /// Its code.
    pub code: Option<String>,
    /// Its field → own field.
    pub fields: BTreeMap<String, String>,
}

/// A transition.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Transition {
    /// Unique in its graph.
    pub id: String,
    /// From which node.
    pub from: String,
    /// To which node.
    pub to: String,
    /// Out of a fork: the name of the branch that begins with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The outcome for which it is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The end of the called procedure for which it is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called_end: Option<String>,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Only for dossiers for which this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guard: Option<Expression>,
    /// Taken where no transition before it is.
    #[serde(skip_serializing_if = "is_false")]
    pub otherwise: bool,
    /// It goes back.
    #[serde(skip_serializing_if = "is_false")]
    pub back: bool,
    /// Taken at most so often for each `countedPer`; then it is not there: its outcome is no longer offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_times: Option<u32>,
    /// What the count belongs to: `dossier`, or the id of the fork whose entries count anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_per: Option<String>,
    /// Where to when it is used up, where nobody decides: out of a step, or of a choice by its guard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_exhausted: Option<String>,
    /// What a round of the way back costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<Round>,
    /// The time limit starts anew.
    #[serde(skip_serializing_if = "is_false")]
    pub restarts_limit: bool,
    /// Taken by the clock when the time of the step or wait has run out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Timeout>,
    /// Forms that the outcome yields.
    #[serde(skip_serializing_if = "none")]
    pub forms: Vec<String>,
    /// Texts of the outcome, or of the branch that begins here, by key: kết quả, ghi chú …
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, Vec<String>>,
    /// The line that says so.
    pub source: Source,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// What happens when the time has run out.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Timeout {
    /// After the whole time of the step or wait.
    pub after: Duration,
    /// The outcome that counts as decided at the choice that follows; null: none is needed. While the choice does not
    /// offer the outcome, the clock takes nothing.
    pub outcome: Option<String>,
    /// The step counts as done with consent (`coi như đồng ý`); otherwise the clock only leads on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub agreed: bool,
}

/// What a round of a way back costs.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum Round {
    /// It is done within the steps' own time.
    SetTime,
    /// Each round at most this.
    Each {
        /// How long.
        duration: Duration,
    },
    /// All rounds together at most this.
    All {
        /// How long.
        duration: Duration,
    },
}

/// A condition.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "op", deny_unknown_fields)]
pub enum Expression {
    /// All hold; evaluated from left to right, only as far as needed.
    And {
        /// Parts.
        args: Vec<Expression>,
    },
    /// One holds; likewise.
    Or {
        /// Parts.
        args: Vec<Expression>,
    },
    /// Does not hold.
    Not {
        /// What.
        arg: Box<Expression>,
    },
    /// A field against a value.
    Compare {
        /// Id of the field.
        field: String,
        /// How.
        operator: Operator,
        /// true or false; the id of a value; or a decimal number as text with a point.
        value: serde_json::Value,
    },
    /// The last outcome of a step.
    Outcome {
        /// Node id of the step.
        step: String,
        /// The outcome.
        outcome: String,
    },
    /// Something has happened outside.
    Event {
        /// What.
        event: String,
    },
}

/// A comparison.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub enum Operator {
    /// equal
    #[serde(rename = "=")]
    Equal,
    /// not equal
    #[serde(rename = "!=")]
    NotEqual,
    /// less
    #[serde(rename = "<")]
    Less,
    /// at most
    #[serde(rename = "<=")]
    AtMost,
    /// greater
    #[serde(rename = ">")]
    Greater,
    /// at least
    #[serde(rename = ">=")]
    AtLeast,
}

impl Operator {
    /// As it is written.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "≠",
            Operator::Less => "<",
            Operator::AtMost => "≤",
            Operator::Greater => ">",
            Operator::AtLeast => "≥",
        }
    }
}
