//! T204: a circle without a bound, a way back not written as one, a used-up arrow without `hết lượt`.

use super::lines::{Line, writing};
use super::{each_defect, found, route};
use crate::analysis::{CaseAnalysis, Defect};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::flow::StepId;
use crate::project::Project;
use crate::rules::Rule;
use crate::source::Place;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T204",
    name: "unbounded-circle",
    severity: Severity::Error,
    page: include_str!("t204_unbounded_circle.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, flow, defect) in each_defect(project) {
        match defect {
            Defect::Unbounded { steps, place } => {
                let Some(first) = steps.first().filter(|_| !has_unmarked_way_back(analysis, steps)) else { continue };
                let circle = route(flow, steps);
                let message = say(
                    format!("Vòng quay lại này không có giới hạn: {circle}"),
                    format!("This circle has no bound: {circle}"),
                );
                let at = place.unwrap_or(flow.step(*first).head);
                let found = found(&RULE, project, analysis, at, message, steps).help(say(
                    "Ghi sau hướng quay lại: “tối đa 1 lần”, hoặc “trong thời gian đã định” nếu làm lại trong thời gian của chính các bước đó",
                    "Write behind the way back “tối đa 1 lần”, or “trong thời gian đã định” where rework is done within the steps' own time",
                ));
                out.push(bounded(project, at, found));
            }
            Defect::NotBack { place, step } => {
                let message = say(
                    "Nơi đến nằm ở phía trước (hoặc chính bước này) thì phải viết “quay lại …”",
                    "A target that lies behind (or at) the step is written “quay lại …”",
                );
                let found = found(&RULE, project, analysis, *place, message, &[*step]).help(say(
                    "Quay lại thì ghi cả giới hạn: “quay lại … tối đa 1 lần”, hoặc “…, trong thời gian đã định”",
                    "A way back also says its bound: “quay lại … tối đa 1 lần”, or “…, trong thời gian đã định”",
                ));
                out.push(written_back(project, *place, in_unbounded_circle(analysis, *step), found));
            }
            Defect::NotAhead { place, step } => {
                let message = say(
                    "Nơi đến nằm sau bước này, không phải là quay lại",
                    "The target comes after this step: this is no way back",
                );
                let found = found(&RULE, project, analysis, *place, message, &[*step]).help(say(
                    "Đi tới thì chỉ ghi tên nơi đến; muốn quay lại thì ghi một bước đứng trước",
                    "A way on only names its target; a way back names a step before this one",
                ));
                out.push(written_on(project, *place, found));
            }
            Defect::UsedUp { place, path } => {
                let message = say(
                    "Hướng này có giới hạn số lần; khi hết lượt thì chưa biết đi đâu",
                    "This arrow has a bound; nothing says where to go when it is used up",
                );
                out.push(
                    found(&RULE, project, analysis, *place, message, path)
                        .help(say("Thêm “hết lượt -> …” sau số lần", "Add “hết lượt -> …” behind the number of times")),
                );
            }
            _ => {}
        }
    }
}

/// An arrow of the circle goes back without `quay lại`: what is said there speaks of the bound too.
fn has_unmarked_way_back(analysis: &CaseAnalysis, circle: &[StepId]) -> bool {
    let unmarked = |defect: &Defect| matches!(defect, Defect::NotBack { step, .. } if circle.contains(step));
    analysis.defects.iter().any(unmarked)
}

fn in_unbounded_circle(analysis: &CaseAnalysis, step: StepId) -> bool {
    let around = |defect: &Defect| matches!(defect, Defect::Unbounded { steps, .. } if steps.contains(&step));
    analysis.defects.iter().any(around)
}

/// Offers `quay lại` before the target, with a bound behind it where there is none yet, and where the line has one
/// arrow to put it behind.
fn written_back(project: &Project, place: Place, unbounded: bool, mut found: Diagnostic) -> Diagnostic {
    let Some(line) = Line::read(project, place).filter(|line| !line.target().starts_with("chờ")) else {
        return found;
    };
    let back = || line.before("quay lại ");
    if unbounded {
        let bound =
            |(text, title): (&str, &str)| writing(&format!("quay lại … {title}"), vec![back(), line.behind(text)]);
        found.fixes.extend(BOUNDS.map(bound));
    } else {
        found.fixes.push(writing("quay lại", vec![back()]));
    }
    found
}

/// Offers the target without `quay lại`.
fn written_on(project: &Project, place: Place, mut found: Diagnostic) -> Diagnostic {
    let Some(line) = Line::read(project, place) else { return found };
    for back in ["quay lại ", "chuyển lại "] {
        if let Some(target) = line.target().strip_prefix(back) {
            found.fixes.push(writing(target, vec![line.instead(target)]));
        }
    }
    found
}

/// What can end a circle: how it is written behind a way back, and what it is called.
const BOUNDS: [(&str, &str); 2] =
    [(" tối đa 1 lần", "tối đa 1 lần"), (", trong thời gian đã định", "trong thời gian đã định")];

/// Offers what ends a circle, behind the way back.
fn bounded(project: &Project, place: Place, mut found: Diagnostic) -> Diagnostic {
    if let Some(line) = Line::read(project, place) {
        found.fixes.extend(BOUNDS.map(|(text, title)| writing(title, vec![line.behind(text)])));
    }
    found
}
