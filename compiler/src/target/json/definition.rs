//! The types of the JSON definition. What they mean is in their doc comments, which the schema carries.

pub use super::definition_analysis::*;
pub use super::definition_case::*;
pub use super::definition_graph::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of the format.
pub const FORMAT: &str = "tthc-process";
/// Its version (semver): fields are added in minor versions.
pub const FORMAT_VERSION: &str = "1.3.0";

/// A list that is left out where it is empty.
pub(super) fn none<T>(list: &[T]) -> bool {
    list.is_empty()
}

/// An administrative procedure with the process by which it is handled.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Definition {
    /// Always `tthc-process`.
    pub format: String,
    /// Version of the format (semver).
    pub format_version: String,
    /// The program that wrote the file.
    pub generator: String,
    /// What is said of the procedure.
    pub procedure: Procedure,
    /// Agencies, units and roles that occur, with all that they belong to.
    pub organizations: Vec<Organization>,
    /// Forms that occur.
    pub forms: Vec<Form>,
    /// The calendars by which working time is counted; the first is the procedure's.
    pub calendars: Vec<Calendar>,
    /// What a dossier is known by when it arrives.
    pub fields: Vec<Field>,
    /// The cases of the procedure. A dossier is handled by the case whose guard holds; where none does, whoever receives
    /// it chooses among those without a guard.
    pub cases: Vec<Case>,
    /// What was proved of it.
    pub analysis: Analysis,
}

/// A place in the source: lines and columns from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Source {
    /// Relative to the project's root.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One behind the last column.
    pub end_column: u32,
}

/// What is said of the procedure.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Procedure {
    /// Its name in the source.
    pub id: String,
    /// The national code (mã TTHC).
    pub code: Option<String>,
    /// What it is called.
    pub label: String,
    /// Documentation comments.
    pub documentation: Option<String>,
    /// Texts by key in its Vietnamese spelling: căn cứ, lĩnh vực, ban hành theo, kết quả, ghi chú …
    pub texts: BTreeMap<String, Vec<String>>,
    /// Level of execution: tỉnh, huyện, xã, trung ương, khác.
    pub level: Option<String>,
    /// Degree of online service.
    pub online: Option<String>,
    /// Results may come by public post.
    pub public_post: Option<bool>,
    /// Fee in đồng.
    pub fee: Option<u64>,
    /// Charge in đồng.
    pub charge: Option<u64>,
    /// Executing agencies, by their ids.
    pub executing: Vec<String>,
    /// Coordinating agencies.
    pub coordinating: Vec<String>,
    /// Competent authority.
    pub competent: Vec<String>,
    /// Agency to which the competence is delegated.
    pub delegated: Vec<String>,
    /// One-stop units that receive the dossier.
    pub received_at: Vec<String>,
    /// In force from, to (ISO 8601 dates, both included).
    pub in_force: Period,
    /// `4 tại chỗ` as asserted in the source: có, không, rà soát.
    pub four_on_site: Option<String>,
    /// `5 tại chỗ` likewise.
    pub five_on_site: Option<String>,
    /// A dossier received after 15:00 counts from the next working day.
    pub after_three_next_day: bool,
    /// The standalone process that the procedure shares with others.
    pub shared_process: Option<String>,
    /// Papers of the dossier.
    pub papers: Vec<Paper>,
    /// Forms of the procedure as a whole, by their ids; those of steps stand there.
    #[serde(skip_serializing_if = "none")]
    pub forms: Vec<String>,
    /// Where it stands.
    pub source: Source,
}

/// Days from … to …, both included; null: open.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Period {
    /// First day (ISO 8601).
    pub from: Option<String>,
    /// Last day (ISO 8601).
    pub to: Option<String>,
}

impl Period {
    /// Nothing is said.
    pub(super) fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// A paper of the dossier.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Paper {
    /// What it is called.
    pub title: String,
    /// Number of originals.
    pub originals: Option<u64>,
    /// Number of copies.
    pub copies: Option<u64>,
    /// The template.
    pub template: Option<String>,
    /// May be handed in electronically.
    pub electronic: bool,
    /// Remarks (ghi chú).
    #[serde(skip_serializing_if = "none")]
    pub notes: Vec<String>,
}

/// Agency, unit or role.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OrganizationKind {
    /// cơ quan
    Agency,
    /// bộ phận
    Unit,
    /// vai trò
    Role,
}

/// An agency, unit or role.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Organization {
    /// Its path: agency, units, role, with dots.
    pub id: String,
    /// Which of the three.
    pub kind: OrganizationKind,
    /// What it is called.
    pub label: String,
    /// What it belongs to.
    pub parent: Option<String>,
    /// Identification code.
    pub code: Option<String>,
    /// tỉnh, huyện, xã, trung ương, khác.
    pub level: Option<String>,
    /// cơ quan nhà nước, đơn vị sự nghiệp, ngành dọc, doanh nghiệp, hội đồng, nhóm cơ quan.
    pub agency_kind: Option<String>,
    /// Dossiers are received and results returned here.
    pub one_stop: bool,
    /// May sign the result.
    pub may_sign: bool,
    /// The calendar of its own; null: the procedure's.
    pub calendar: Option<String>,
    /// What comes after 15:00 counts from the next working day.
    pub after_three_next_day: bool,
    /// Exists from, to.
    pub in_force: Period,
    /// Staff posted elsewhere.
    #[serde(skip_serializing_if = "none")]
    pub postings: Vec<Posting>,
    /// Delegations to sign (thừa ủy quyền).
    #[serde(skip_serializing_if = "none")]
    pub delegations: Vec<Delegation>,
    /// Assignments to sign inside the agency (phân công … ký thay).
    #[serde(skip_serializing_if = "none")]
    pub assignments: Vec<Delegation>,
    /// Remarks (ghi chú).
    #[serde(skip_serializing_if = "none")]
    pub notes: Vec<String>,
}

/// Staff posted to a one-stop unit.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Posting {
    /// Who.
    pub who: String,
    /// Where to.
    pub to: String,
}

/// Who may sign for whom.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delegation {
    /// Who signs.
    pub who: String,
    /// For whom.
    pub replaces: String,
    /// At which one-stop unit.
    pub at: Option<String>,
    /// The document.
    pub under: Option<String>,
    /// Kinds of steps that it covers; empty: all.
    pub scope: Vec<String>,
    /// Valid from, to.
    pub in_force: Period,
    /// Remarks (ghi chú).
    #[serde(skip_serializing_if = "none")]
    pub notes: Vec<String>,
}

/// A form.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Form {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Set by the regulations.
    pub statutory: bool,
    /// Its code (mã).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Holds from, to; open where nothing is said.
    #[serde(skip_serializing_if = "Period::is_open")]
    pub in_force: Period,
    /// Texts by key: theo, mẫu, ghi chú.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, Vec<String>>,
}

/// A calendar.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Calendar {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// The national calendar, which the program brings with it.
    pub standard: bool,
    /// Minutes of a working day.
    pub minutes_per_working_day: i64,
    /// Working hours: minutes of the day, from and to.
    pub hours: Vec<(u32, u32)>,
    /// Days of weekly rest: 1 Monday … 7 Sunday.
    pub weekly_rest: Vec<u8>,
    /// Days off (ISO 8601).
    pub days_off: Vec<String>,
    /// Days of weekly rest that are worked (ISO 8601).
    pub make_up_days: Vec<String>,
    /// Outside of it nothing is known.
    pub known: Period,
    /// Texts by key: căn cứ, ghi chú.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, Vec<String>>,
}

/// A dossier field.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Field {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: FieldType,
}

/// What a field holds.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum FieldType {
    /// true or false.
    Flag,
    /// A decimal number.
    Number {
        /// Of what.
        unit: Option<String>,
    },
    /// One of the values.
    Values {
        /// The values.
        values: Vec<FieldValue>,
    },
}

/// A value of an enumeration.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldValue {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub label: String,
}

/// A duration: as written, and in whole minutes by clock.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Duration {
    /// As written.
    pub text: String,
    /// Minutes of working time (480 a day).
    pub working_minutes: i64,
    /// Minutes of calendar time (1440 a day).
    pub calendar_minutes: i64,
    /// Civil months.
    pub months: i64,
}
