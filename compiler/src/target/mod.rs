//! What an approved process is compiled to: one folder per target.

pub mod bpmn;
pub mod json;
mod names;
pub(crate) mod one_step;
pub(crate) mod opencps;
pub(crate) mod reactflow;
pub(crate) mod ready;
pub(crate) mod said;
mod xml;

use said::Said;

use crate::diagnostic::Diagnostic;
use crate::project::Project;
use std::fmt;

/// A file to be written below `--out`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Relative, with `/`; no `..`.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The JSON Schema of what is written: a field that may be left out is not required, one that is always there is.
pub(crate) fn schema_of<T: schemars::JsonSchema>() -> String {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// A target of `tthc build`.
pub struct Target {
    /// As in `--target`.
    pub name: &'static str,
    /// One line of help, Vietnamese and English.
    pub about: (&'static str, &'static str),
    /// What it can carry.
    pub capabilities: Capabilities,
    /// Builds every procedure that has no error among these findings.
    pub build: fn(&Project, &[Diagnostic]) -> Vec<Output>,
    /// The schema of the output, where there is one.
    pub schema: Option<fn() -> String>,
}

/// A text of at most so many letters; of a longer one the words that fit, and a mark that there were more.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let words = kept.rsplit_once(char::is_whitespace).map_or(kept.as_str(), |(words, _)| words.trim_end());
    format!("{words}…")
}

/// Branches among which any target that carries [`Capabilities::early_join`] can wait for several.
pub(crate) const FEW_BRANCHES: usize = 6;

/// What a target can carry. What a process needs beyond it is said by T503 and T504, and never dropped.
///
/// A target that carries something by rewriting it into what its engine has (branches as child dossiers, a limit of
/// rounds as a guard) says `true`. Written as what it lacks: `Capabilities { parallel: false, ..Capabilities::ALL }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Branches that run at the same time: `song song`.
    pub parallel: bool,
    /// A join that goes on before all branches have come: `chờ ít nhất n nhánh`.
    pub early_join: bool,
    /// The same among many branches, of which several must come: more than a handful.
    pub wide_early_join: bool,
    /// A branch that ends the procedure while others run: `dừng mọi nhánh`.
    pub stop_all: bool,
    /// Ways that depend on the dossier's fields: `rẽ nhánh`, `khi`.
    pub guards: bool,
    /// What has happened to a dossier: how often an arrow was taken (`tối đa n lần`), what was decided before (`khi bước 2 =
    /// …`). Where it is not remembered, a step is written once for each past, as long as these are few.
    pub memory: bool,
    /// Several limits, each for dossiers of its own: `thời hạn: … khi …`.
    pub guarded_limits: bool,
    /// Waits that stop the clock: `chờ bổ sung`, `chờ "…"`.
    pub waits: bool,
    /// A limit that starts anew: `tính lại thời hạn`.
    pub restarts: bool,
    /// Another procedure as a step: `liên thông thủ tục`.
    pub calls: bool,
    /// Several tables under one code: `trường hợp`.
    pub cases: bool,
    /// Steps after the result: `sau khi trả kết quả`.
    pub after: bool,
    /// Steps that nobody performs: `do hệ thống`.
    pub automatic: bool,
    /// Ways that the clock takes: `quá hạn: …`, and the end of `chờ bổ sung tối đa …`.
    pub timeouts: bool,
    /// A time in months, or one that is counted on both clocks: `15 ngày + 10 ngày làm việc`.
    pub mixed_times: bool,
    /// Times on the calendar, nights and holidays included: `giờ`, `ngày`. Waits have theirs apart.
    pub calendar_times: bool,
    /// Steps or cases that are counted by another calendar than the procedure: `lịch` of a step, an agency or a case.
    pub own_calendars: bool,
    /// A working day in more parts than a morning and an afternoon: `giờ làm việc`.
    pub split_days: bool,
    /// Deadlines for the end of a step: `chậm nhất`.
    pub deadlines: bool,
    /// That the applicant must be there: `cần có mặt`.
    pub presence: bool,
    /// Messages at a step: `thông báo` in `điện tử`.
    pub notices: bool,
    /// Forms of steps and of their outcomes.
    pub forms: bool,
    /// That a step is signed digitally: `ký số`.
    pub signatures: bool,
    /// That money is asked for and paid at a step, or for the procedure.
    pub payments: bool,
    /// Remarks in `điện tử`.
    pub electronic_notes: bool,
    /// What is said beside the steps and has no place.
    pub left_out: &'static [Said],
    /// A procedure without a limit.
    pub unlimited: bool,
    /// A procedure without `lĩnh vực`.
    pub without_domain: bool,
    /// The most letters of what is told at a step: `nội dung`, `kết quả`, and what there are no fields for.
    pub longest_note: usize,
    /// The most letters of the name of a step, wait or performer.
    pub longest_name: usize,
    /// The most letters of other names: of a procedure, way, paper, agency.
    pub longest_title: usize,
    /// The most letters of any other text.
    pub longest_text: usize,
}

impl Capabilities {
    /// Everything that the language can say.
    pub const ALL: Capabilities = Capabilities {
        parallel: true,
        early_join: true,
        wide_early_join: true,
        stop_all: true,
        guards: true,
        memory: true,
        guarded_limits: true,
        waits: true,
        restarts: true,
        calls: true,
        cases: true,
        after: true,
        automatic: true,
        timeouts: true,
        mixed_times: true,
        calendar_times: true,
        own_calendars: true,
        split_days: true,
        deadlines: true,
        presence: true,
        notices: true,
        forms: true,
        signatures: true,
        payments: true,
        electronic_notes: true,
        left_out: &[],
        unlimited: true,
        without_domain: true,
        longest_note: usize::MAX,
        longest_name: usize::MAX,
        longest_title: usize::MAX,
        longest_text: usize::MAX,
    };
}

/// Targets are told apart by their names.
impl PartialEq for Target {
    fn eq(&self, other: &Target) -> bool {
        self.name == other.name
    }
}

impl Eq for Target {}

impl fmt::Debug for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)
    }
}

/// Every target.
pub const ALL: &[&Target] = &[
    &json::TARGET,
    &bpmn::BPMN,
    &bpmn::CAMUNDA7,
    &bpmn::CAMUNDA8,
    &bpmn::FLOWABLE,
    &bpmn::SPIFF,
    &bpmn::BPMN_ENGINE,
    &reactflow::TARGET,
    &opencps::TARGET,
];

/// Finds a target by name.
pub fn find(name: &str) -> Option<&'static Target> {
    ALL.iter().copied().find(|target| target.name == name)
}
