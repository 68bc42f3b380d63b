//! What the analysis says of a procedure: part of the JSON definition.

use schemars::JsonSchema;
use serde::Serialize;

/// What was proved of the procedure when the file was written.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Analysis {
    /// From every state of every run an end is reached, and every step is in some run.
    pub sound: bool,
    /// `working`, `calendar` or `mixed`.
    pub clock: Option<String>,
    /// Worst agency time in minutes of that clock, with `limitMinutes` the pair with the least slack; none on a mixed one.
    pub worst_minutes: Option<i64>,
    /// The limit of that class, in minutes.
    pub limit_minutes: Option<i64>,
    /// On a mixed clock: what the calendars say, `kept`, `exceeded` or `unknown`.
    pub calendar_check: Option<String>,
    /// The times are upper bounds.
    pub approximate: bool,
    /// Some step has no stated time: the sums say "at least".
    pub at_least: bool,
    /// By class of dossiers.
    pub classes: Vec<ClassAnalysis>,
    /// 4 tại chỗ
    pub on_site: OnSite,
}

/// What was proved of a class of dossiers.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClassAnalysis {
    /// The case, where the procedure has several.
    pub case: Option<String>,
    /// The class, as a guard in the language; empty where all dossiers are alike.
    pub when: String,
    /// Worst agency time in minutes; none on a mixed clock.
    pub worst_minutes: Option<i64>,
    /// None on a mixed clock, and without a limit.
    pub limit_minutes: Option<i64>,
    /// On a mixed clock, where there is a limit: `kept`, `exceeded` or `unknown`.
    pub calendar_check: Option<String>,
    /// The steps of the longest way.
    pub path: Vec<String>,
    /// 4 tại chỗ holds for it; none where its runs never return a result.
    pub on_site: Option<bool>,
}

/// The verdict on 4 tại chỗ.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OnSite {
    /// It holds for every class.
    pub eligible: bool,
    /// With stamping on the spot too (5 tại chỗ).
    pub with_stamping: bool,
    /// Why not, in Vietnamese.
    pub reasons: Vec<OnSiteReason>,
}

/// Why 4 tại chỗ does not hold.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OnSiteReason {
    /// Which step; none where something is missing.
    pub step: Option<String>,
    /// Why.
    pub message: String,
    /// What would mend it.
    pub mend: String,
}
