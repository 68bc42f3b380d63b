//! What is wrong with a workflow as it stands in the file: what the product itself asks for, and what it would stumble over.

use super::{ROLES, total_and_sum};
use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::import::time::told;
use crate::import::xml::{attribute, children};
use crate::rules::{STAGE_SUM, STEP_NUMBER, UNKNOWN_NAME};
use crate::source::{FileId, Place, Source};
use roxmltree::Node;
use std::collections::HashSet;
use tthc_grammar::tree::Span;

/// Roles of steps that are none of tasks.
const STEP_ROLES: [&str; 1] = ["XU_LY"];
/// Where the last task of a side branch leads.
const BRANCH_END: &str = "FINISH_NO_CHAIN_STEP";

/// The findings, in the order of the file.
pub(super) fn findings(process: Node, source: &Source) -> Vec<Diagnostic> {
    let checked = Checked { process, source };
    let steps: Vec<Node> = children(process, "step").collect();
    let main: Vec<Node> = steps.iter().copied().filter(|step| attribute(*step, "no_chain") != Some("true")).collect();
    let mut found: Vec<Diagnostic> = checked.total(&main).into_iter().collect();
    let tasks: HashSet<&str> =
        steps.iter().flat_map(|step| children(*step, "task")).filter_map(|task| attribute(task, "code")).collect();
    for (number, step) in (1..).zip(&steps) {
        found.extend(checked.order(*step, number));
        found.extend(checked.role(*step));
        found.extend(children(*step, "task").filter_map(|task| checked.next(task, &tasks)));
    }
    found
}

struct Checked<'d, 'i> {
    process: Node<'d, 'i>,
    source: &'d Source,
}

impl Checked<'_, '_> {
    fn found(&self, rule: &'static crate::rules::Rule, severity: Severity, at: Node, message: Message) -> Diagnostic {
        let tag = crate::import::xml::start_tag(at);
        let offset = |at: usize| self.source.text.parsed_offset(at as u32);
        let span = Span { start: offset(tag.start), end: offset(tag.end) };
        let mut found = Diagnostic::new(rule, Place { file: FileId(0), span }, message);
        found.severity = severity;
        found.procedure = attribute(self.process, "name").map(String::from);
        found
    }

    /// The product's own rule: the times of the steps make up the whole.
    fn total(&self, steps: &[Node]) -> Option<Diagnostic> {
        let (total, sum) = total_and_sum(self.process, steps)?;
        let (vi, en) = (format!("{}, nhưng các bước cộng lại là {}", told(total), told(sum)), (total, sum));
        let message = say(
            format!("Tệp ghi thời hạn {vi}"),
            format!("The file says {} working minutes, and its steps take {}", en.0, en.1),
        );
        (sum != total).then(|| self.found(STAGE_SUM, Severity::Error, self.process, message))
    }

    fn order(&self, step: Node, number: usize) -> Option<Diagnostic> {
        let order = attribute(step, "order")?;
        let message = say(
            format!("Bước thứ {number} trong tệp ghi số {order}"),
            format!("Step {number} of the file has the number {order}"),
        );
        (order != number.to_string()).then(|| self.found(STEP_NUMBER, Severity::Warning, step, message))
    }

    fn role(&self, step: Node) -> Option<Diagnostic> {
        let role = attribute(step, "role")?;
        let known = STEP_ROLES.contains(&role) || ROLES.iter().any(|(known, ..)| *known == role);
        let message = say(format!("Không biết vai trò “{role}” của bước"), format!("The role “{role}” is not known"));
        (!known).then(|| self.found(UNKNOWN_NAME, Severity::Warning, step, message))
    }

    fn next(&self, task: Node, tasks: &HashSet<&str>) -> Option<Diagnostic> {
        let next = attribute(task, "next")?.split('[').next().unwrap_or_default();
        let known = matches!(next, "NULL" | BRANCH_END) || tasks.contains(next);
        let message = say(
            format!("Việc này chuyển đến “{next}”, mà trong tệp không có việc nào mang mã ấy"),
            format!("This task leads to “{next}”, and no task of the file has that code"),
        );
        (!known).then(|| self.found(UNKNOWN_NAME, Severity::Error, task, message))
    }
}
