//! The types of cases, limits and stages in the JSON definition.

use super::definition::{Duration, Expression, Graph, Period, Source, none};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A time limit.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limit {
    /// How long; null: not set (không quy định).
    pub duration: Option<Duration>,
    /// For which dossiers; null: for all that no guarded line before covers.
    pub guard: Option<Expression>,
    /// The agency whose share it is; null: the whole procedure.
    pub agency: Option<String>,
    /// Where it stands.
    pub source: Source,
}

/// A case: its own graph and limits.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// Its name; null where the procedure has only one.
    pub id: Option<String>,
    /// What it is called.
    pub label: Option<String>,
    /// For which dossiers.
    pub guard: Option<Expression>,
    /// Texts by key that the case states itself.
    pub texts: BTreeMap<String, Vec<String>>,
    /// What holds for the case otherwise than for the procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Otherwise>,
    /// Remarks on the whole process (ghi chú of quy trình).
    #[serde(skip_serializing_if = "none")]
    pub notes: Vec<String>,
    /// What the province commits to.
    pub limits: Vec<Limit>,
    /// What the law sets.
    pub statutory_limits: Vec<Limit>,
    /// Agencies' shares.
    pub shares: Vec<Limit>,
    /// Stages, in order.
    pub stages: Vec<Stage>,
    /// The graph, from the arrival of the dossier to the ends.
    pub graph: Graph,
    /// Steps after the result, outside the limit: they begin when `graph` has ended in `trả kết quả`, and their guards
    /// read the last outcomes of its steps.
    pub follow_up: Option<Graph>,
}

/// What a case says itself of what the procedure says too; what is left out is as there.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Otherwise {
    /// The national code (mã TTHC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The calendar by which its times are counted, one of `calendars`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Level of execution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Degree of online service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub online: Option<String>,
    /// Results may come by public post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_post: Option<bool>,
    /// Fee in đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<u64>,
    /// Charge in đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charge: Option<u64>,
    /// Executing agencies.
    #[serde(skip_serializing_if = "none")]
    pub executing: Vec<String>,
    /// Coordinating agencies.
    #[serde(skip_serializing_if = "none")]
    pub coordinating: Vec<String>,
    /// Competent authority.
    #[serde(skip_serializing_if = "none")]
    pub competent: Vec<String>,
    /// Agency to which the competence is delegated.
    #[serde(skip_serializing_if = "none")]
    pub delegated: Vec<String>,
    /// One-stop units that receive the dossier.
    #[serde(skip_serializing_if = "none")]
    pub received_at: Vec<String>,
    /// In force from, to.
    #[serde(skip_serializing_if = "Period::is_open")]
    pub in_force: Period,
    /// `4 tại chỗ` as asserted in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub four_on_site: Option<String>,
    /// `5 tại chỗ` likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub five_on_site: Option<String>,
    /// A dossier received after 15:00 counts from the next working day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_three_next_day: Option<bool>,
    /// Forms of the case as a whole.
    #[serde(skip_serializing_if = "none")]
    pub forms: Vec<String>,
}

/// A stage: a part of the table with a limit of its own.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stage {
    /// Its name, with the stages around.
    pub id: String,
    /// What it is called.
    pub label: Option<String>,
    /// Its limit; steps in it without a time of their own share it.
    pub limit: Option<Duration>,
    /// The stage around.
    pub parent: Option<String>,
    /// Texts by key: kết quả, ghi chú.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, Vec<String>>,
    /// Where it stands.
    pub source: Source,
}
