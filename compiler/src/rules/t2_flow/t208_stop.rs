//! T208: a branch ends the procedure while others run.

use super::{each_defect, found};
use crate::analysis::Defect;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::source::Place;
use tthc_grammar::tree::Span;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T208", name: "stop", severity: Severity::Error, page: include_str!("t208_stop.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, _, defect) in each_defect(project) {
        let Defect::EndsInBranch { place } = defect else { continue };
        let message = say(
            "Nhánh này kết thúc cả thủ tục trong khi các nhánh khác còn đang chạy",
            "This branch ends the procedure while the others still run",
        );
        let found = found(&RULE, project, analysis, *place, message, &[]).help(say(
            "Nếu đúng là dừng tất cả thì viết “dừng mọi nhánh, kết thúc …”",
            "If everything is to stop, write “dừng mọi nhánh, kết thúc …”",
        ));
        out.push(with_stop(project, *place, found));
    }
}

fn with_stop(project: &Project, place: Place, found: Diagnostic) -> Diagnostic {
    let words = project.source(place.file).words(place.span);
    let Some(at) = words.find("kết thúc ") else { return found };
    let at = place.span.start + at as u32;
    let here = Place { span: Span { start: at, end: at }, ..place };
    found.fix(say("Thêm “dừng mọi nhánh”", "Add “dừng mọi nhánh”"), false, here, "dừng mọi nhánh, ")
}
