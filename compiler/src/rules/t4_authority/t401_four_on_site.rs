//! T401: `4 tại chỗ: có` or `5 tại chỗ: có` does not hold.

use super::{Seen, each};
use crate::analysis::authority::on_site::{self, Obstacle};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use tthc_grammar::keywords::Key;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T401",
    name: "four-on-site",
    severity: Severity::Error,
    page: include_str!("t401_four_on_site.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let asserted = |key| seen.case.data.phrase(key) == Some("có");
        let (four, five) = (asserted(Key::FourOnSite), asserted(Key::FiveOnSite));
        let Some(times) = seen.analysis.times.as_ref().filter(|_| four || five) else { continue };
        let verdicts = on_site::judge(seen.model, seen.case, seen.days, &times.returning);
        let mut obstacles = on_site::union(&verdicts);
        if five {
            obstacles.extend(verdicts.iter().find_map(|verdict| verdict.stamping.clone()));
        }
        // What is not said yet is no contradiction.
        obstacles.retain(|obstacle| obstacle.certain);
        if !obstacles.is_empty() {
            out.push(contradicted(&seen, &obstacles, if five { "5 tại chỗ" } else { "4 tại chỗ" }));
        }
    }
}

/// One finding, which shows every obstacle at its step.
fn contradicted(seen: &Seen<'_>, obstacles: &[Obstacle], what: &str) -> Diagnostic {
    let place = seen.case.named.as_ref().map_or(seen.procedure.named.place, |named| named.place);
    let name = |obstacle: &Obstacle| obstacle.step.map(|step| seen.case.flow.full_name(step));
    let line = |obstacle: &Obstacle, text: &str| match name(obstacle) {
        Some(step) => format!("“{step}”: {text}"),
        None => text.to_string(),
    };
    let join = |lines: Vec<String>| lines.join("; ");
    let message = say(
        format!(
            "Ghi “{what}: có” nhưng chưa đạt: {}",
            join(obstacles.iter().map(|one| line(one, &one.why.vi)).collect())
        ),
        format!("“{what}: có” does not hold: {}", join(obstacles.iter().map(|one| line(one, &one.why.en)).collect())),
    );
    let mut found = seen.found(&RULE, place, message);
    for obstacle in obstacles {
        if let Some(step) = obstacle.step {
            found = found.label(seen.case.flow.step(step).head, obstacle.why.clone());
        }
    }
    found.witness = obstacles.iter().filter_map(name).collect();
    found.witness.dedup();
    found.basis = Some("Điều 6 Thông tư 01/2018/TT-VPCP");
    found.help(say(
        join(obstacles.iter().map(|one| line(one, &one.mend.vi)).collect()),
        join(obstacles.iter().map(|one| line(one, &one.mend.en)).collect()),
    ))
}
