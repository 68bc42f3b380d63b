//! T505: a service wholly online in which the applicant has to come.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::each;
use tthc_grammar::keywords::Key;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T505", name: "presence", severity: Severity::Warning, page: include_str!("t505_presence.md"), check };

/// What it is called now, and by the levels before 2022.
const WHOLLY: [&str; 2] = ["toàn trình", "mức 4"];

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let Some(online) = seen.case.data.phrase(Key::Online).filter(|phrase| WHOLLY.contains(phrase)) else {
            continue;
        };
        for (id, _) in seen.steps().filter(|(_, step)| step.presence) {
            let message = say(
                format!("Ghi “trực tuyến: {online}” nhưng bước này cần người nộp có mặt"),
                format!("“trực tuyến: {online}”, but at this step the applicant has to be present"),
            );
            let mut found = seen.at_step(&RULE, id, message);
            found.basis = Some("Điều 14 Nghị định 224/2026/NĐ-CP; trước 01/07/2026: Nghị định 42/2022/NĐ-CP");
            out.push(found.help(say(
                "Ghi “trực tuyến: một phần”, hoặc bỏ “cần có mặt” nếu làm được từ xa",
                "Say “trực tuyến: một phần”, or drop “cần có mặt” if it can be done from afar",
            )));
        }
    }
}
