//! T209: a join that can wait for ever.

use super::{each_defect, found};
use crate::analysis::Defect;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T209", name: "join", severity: Severity::Error, page: include_str!("t209_join.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for (analysis, _, defect) in each_defect(project) {
        match defect {
            Defect::JoinCount { place, required, branches } => {
                let message = say(
                    format!("Chờ {required} nhánh nhưng chỉ có {branches} nhánh"),
                    format!("It waits for {required} branches and there are {branches}"),
                );
                out.push(found(&RULE, project, analysis, *place, message, &[]));
            }
            Defect::JoinWaits { place, dossier } => {
                let for_whom = if dossier.is_empty() { String::new() } else { format!(" ({dossier})") };
                let message = say(
                    format!("Khối song song này có thể chờ mãi: có nhánh không bao giờ xong{for_whom}"),
                    format!("This parallel block can wait for ever: a branch never arrives{for_whom}"),
                );
                out.push(found(&RULE, project, analysis, *place, message, &[]));
            }
            _ => {}
        }
    }
}
