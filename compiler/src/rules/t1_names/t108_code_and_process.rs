//! T108: one code twice; a procedure without a process, a process without a procedure.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::{Rule, has_unread_words};
use crate::source::{FileId, Place};
use foldhash::{HashMap, HashMapExt};
use tthc_grammar::tree::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T108",
    name: "code-and-process",
    severity: Severity::Warning,
    page: include_str!("t108_code_and_process.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    let mut codes: HashMap<String, Place> = HashMap::new();
    for procedure in &project.model.procedures {
        let name = &procedure.named.name;
        if let Some((code, place)) = &procedure.code {
            let normal: String = code.chars().filter(|c| !c.is_whitespace()).collect();
            if let Some(first) = codes.get(&normal) {
                let message = say(
                    format!("Mã “{code}” đã có ở thủ tục khác"),
                    format!("The code “{code}” belongs to another procedure"),
                );
                let mut found = Diagnostic::new(&RULE, *place, message)
                    .label(*first, say("mã này đã có ở đây", "it stands here already"));
                found.severity = Severity::Error;
                found.procedure = Some(name.clone());
                out.push(found);
            } else {
                codes.insert(normal, *place);
            }
        }
        let empty = procedure.cases.iter().all(|case| case.flow.body.is_empty());
        if empty && !was_broken(project, procedure.declaration) {
            let message =
                say(format!("Thủ tục “{name}” chưa có quy trình"), format!("The procedure “{name}” has no process"));
            let mut found = Diagnostic::new(&RULE, procedure.named.place, message).help(say(
                "Thêm “quy trình { … }”, hoặc “quy trình: tên” nếu dùng chung",
                "Add “quy trình { … }”, or “quy trình: name” where it is shared",
            ));
            found.procedure = Some(name.clone());
            out.push(found);
        }
    }
    for (index, process) in project.model.processes.iter().enumerate() {
        let name = &process.named.name;
        if !project.model.uses.processes.contains(&index) && !may_be_lost(project, process.named.place.file) {
            let message = say(
                format!("Quy trình “{name}” không thuộc thủ tục nào"),
                format!("The process “{name}” belongs to no procedure"),
            );
            let help = say(
                format!("Ghi “quy trình: {name}” ở thủ tục dùng nó"),
                format!("Write “quy trình: {name}” in the procedure that uses it"),
            );
            out.push(Diagnostic::new(&RULE, process.named.place, message).help(help).absence(None));
        }
    }
}

/// The procedure may stand where something could not be read, here or in a file that imports this one.
fn may_be_lost(project: &Project, file: FileId) -> bool {
    let importers = project.model.imports.iter().filter(|import| import.brings.contains(&file));
    let seers = importers.map(|import| import.place.file).chain([file]);
    seers.filter_map(|file| project.files.get(file.0 as usize)).any(|file| has_unread_words(file))
}

/// Something in the declaration could not be read: its steps may be there.
fn was_broken(project: &Project, declaration: Place) -> bool {
    let at = |span: Span| Place { span, ..declaration };
    project.file(declaration.file).tree.problems.iter().any(|problem| declaration.holds(at(problem.span)))
        || project.model.issues.iter().any(|issue| declaration.holds(issue.place))
}
