//! T005: nested too deep, too large, too many ways to run.

use super::problems;
use crate::analysis::classes::MAX_CLASSES;
use crate::analysis::explore::{MAX_STATES, MAX_STATES_IN_ALL};
use crate::analysis::{CaseAnalysis, Defect};
use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::model::issue::IssueKind;
use crate::project::Project;
use crate::rules::{self, Rule, issue_found};
use tthc_grammar::tree::ProblemKind;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T005", name: "limits", severity: Severity::Error, page: include_str!("t005_limits.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (place, kind) in problems(project) {
        let message = match kind {
            ProblemKind::TooDeep(limit) => say(
                format!("Lồng nhau quá sâu: nhiều nhất {limit} lớp ngoặc; phần trong ngoặc này không được đọc"),
                format!("Nested too deep: at most {limit} braces and parentheses; what is inside here is not read"),
            ),
            ProblemKind::TooLarge(limit) => say(
                format!("Tệp quá lớn: nhiều nhất {} MB; tệp này không được đọc", limit / 1024 / 1024),
                format!("The file is too large: at most {} MB; it is not read", limit / 1024 / 1024),
            ),
            _ => continue,
        };
        out.push(Diagnostic::new(&RULE, place, message));
    }
    for issue in &project.model.issues {
        let IssueKind::TooManyInserted { steps, depth } = issue.kind else { continue };
        let message = say(
            format!(
                "Các phần dùng chung chèn lẫn nhau tạo ra quá nhiều bước (nhiều nhất {steps} bước, {depth} lần chèn lồng nhau)"
            ),
            format!(
                "Shared parts that insert each other make too many steps (at most {steps} steps, {depth} insertions in a row)"
            ),
        );
        out.push(issue_found(&RULE, issue, message));
    }
    for analysis in rules::sound_texts(project) {
        out.extend(analysis.defects.contains(&Defect::TooManyStates).then(|| too_many_states(project, analysis)));
        let pooled = analysis.times.as_ref().is_some_and(|times| times.pooled);
        out.extend(pooled.then(|| counted_together(project, analysis)));
        out.extend((!analysis.given_up.is_empty()).then(|| too_many_classes(project, analysis)));
    }
}

/// The process runs in so many ways that its rounds were counted together.
fn counted_together(project: &Project, analysis: &CaseAnalysis) -> Diagnostic {
    let message = say(
        format!("Quy trình có quá nhiều trạng thái (hơn {MAX_STATES}): các lần quay lại được tính gộp"),
        format!("The process has too many states (over {MAX_STATES}): its rounds are counted together"),
    );
    of_procedure(project, analysis, Severity::Warning, message).help(say(
        "Các thời gian nêu ra là mức không vượt quá, có thể lớn hơn thật; bớt số “tối đa … lần”, hoặc ghi “trong thời gian đã định”",
        "Times are upper bounds and may be larger than the true ones; lower “tối đa … lần”, or write “trong thời gian đã định”",
    ))
}

/// The process runs in so many ways that not all of them were looked at.
fn too_many_states(project: &Project, analysis: &CaseAnalysis) -> Diagnostic {
    let message = say(
        format!(
            "Quy trình có quá nhiều trạng thái (hơn {MAX_STATES} của một loại hồ sơ, hoặc {MAX_STATES_IN_ALL} của mọi loại): chưa xét hết được, nên chưa kết luận gì"
        ),
        format!(
            "The process has too many states (over {MAX_STATES} of a class of dossiers, or {MAX_STATES_IN_ALL} of all): not all were looked at, and nothing is proved"
        ),
    );
    of_procedure(project, analysis, Severity::Error, message).help(say(
        "Số trạng thái là tích của các số lần quay lại và của các kết quả mà điều kiện về sau còn đọc; bớt số “tối đa … lần”, hoặc bớt điều kiện đọc kết quả của các bước trước",
        "States multiply with every way back and every outcome that a later condition reads; lower “tối đa … lần”, or let fewer conditions read the outcomes of earlier steps",
    ))
}

/// Fields whose values are no longer told apart: figures are upper bounds.
fn too_many_classes(project: &Project, analysis: &CaseAnalysis) -> Diagnostic {
    let fields = &project.model.procedures[analysis.procedure].fields;
    let names: Vec<&str> = analysis
        .given_up
        .iter()
        .filter_map(|field| fields.get(*field))
        .map(|field| field.named.name.as_str())
        .collect();
    let names = names.join(", ");
    let message = say(
        format!("Quá nhiều loại hồ sơ (hơn {MAX_CLASSES}): không xét riêng từng giá trị của {names}"),
        format!("Too many classes of dossiers (over {MAX_CLASSES}): values of {names} are not told apart"),
    );
    of_procedure(project, analysis, Severity::Warning, message).help(say(
        "Các thời gian nêu ra là mức không vượt quá, có thể lớn hơn thật; bớt các điều kiện đọc những thông tin này",
        "Times are upper bounds and may be larger than the true ones; let fewer conditions read these fields",
    ))
}

fn of_procedure(project: &Project, analysis: &CaseAnalysis, severity: Severity, message: Message) -> Diagnostic {
    let named = &project.model.procedures[analysis.procedure].named;
    Diagnostic { severity, procedure: Some(named.name.clone()), ..Diagnostic::new(&RULE, named.place, message) }
}
