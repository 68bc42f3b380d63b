//! T705: a file with one procedure that has another name.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::model::procedure::Procedure;
use crate::project::Project;
use crate::rules::Rule;
use crate::source::FileId;
use foldhash::{HashMap, HashMapExt};
use tthc_grammar::names::canonical;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T705",
    name: "file-name",
    severity: Severity::Warning,
    page: include_str!("t705_file_name.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    let mut by_file: HashMap<FileId, Vec<&Procedure>> = HashMap::new();
    for procedure in &project.model.procedures {
        by_file.entry(procedure.named.place.file).or_default().push(procedure);
    }
    for (id, file) in (0..).map(FileId).zip(&project.files) {
        let path = &file.source.path;
        let Some(stem) = path.rsplit('/').next().and_then(|name| name.strip_suffix(".tthc")) else { continue };
        let Some([procedure]) = by_file.get(&id).map(Vec::as_slice) else { continue };
        let name = &procedure.named.name;
        let at = procedure.named.place.span.start;
        // Of a name that could not be read as a whole this has been said.
        let is_read = !file.tree.problems.iter().any(|problem| problem.span.start == at);
        if is_read && canonical(stem) != canonical(name) {
            let message = say(
                format!("Tệp “{stem}.tthc” chứa thủ tục “{name}”"),
                format!("The file “{stem}.tthc” holds the procedure “{name}”"),
            );
            let help = say(format!("Đổi tên tệp thành “{name}.tthc”"), format!("Rename the file to “{name}.tthc”"));
            out.push(Diagnostic::new(&RULE, procedure.named.place, message).help(help));
        }
    }
}
