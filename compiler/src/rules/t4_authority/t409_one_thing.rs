//! T409: 4 tại chỗ but for one thing.

use super::each;
use crate::analysis::authority::on_site;
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use tthc_grammar::keywords::Key;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T409", name: "one-thing", severity: Severity::Note, page: include_str!("t409_one_thing.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        // What is asserted is T401's; what is declined is settled.
        let open = |key| !matches!(seen.case.data.phrase(key), Some("có" | "không"));
        let Some(times) = seen.analysis.times.as_ref().filter(|_| open(Key::FourOnSite) && open(Key::FiveOnSite))
        else {
            continue;
        };
        let Some(obstacle) = on_site::only_obstacle(seen.model, seen.case, seen.days, &times.returning) else {
            continue;
        };
        let Some(step) = obstacle.step.filter(|_| obstacle.certain && !obstacle.mistake) else { continue };
        let message = say(
            format!("Chỉ còn một điều nữa là đạt 4 tại chỗ: {}", obstacle.why.vi),
            format!("But for one thing this is 4 tại chỗ: {}", obstacle.why.en),
        );
        let mut found = seen.at_step(&RULE, step, message);
        found.basis = Some("Điều 6 Thông tư 01/2018/TT-VPCP");
        out.push(found.help(obstacle.mend));
    }
}
