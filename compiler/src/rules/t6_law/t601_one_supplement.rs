//! T601: a supplement is asked for more than once on some path.

use super::{conduct, path, regime};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::each;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T601",
    name: "one-supplement",
    severity: Severity::Error,
    page: include_str!("t601_one_supplement.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let Some(regime) = regime(&seen, |regime| regime.one_supplement) else { continue };
        let Some(asked) = conduct(&seen).and_then(|conduct| conduct.asked_again.as_ref()) else { continue };
        let message = say(
            "Có hồ sơ bị yêu cầu bổ sung nhiều hơn một lần",
            "Some dossiers are asked for a supplement more than once",
        );
        let Some((last, before)) = asked.places.split_last() else { continue };
        let mut found = seen.found(&RULE, *last, message);
        for place in before.iter().filter(|place| *place != last) {
            found = found.label(*place, say("đã yêu cầu bổ sung ở đây", "asked for here before"));
        }
        found.witness = path(&seen, &asked.path);
        found.basis = Some(regime.one_supplement.text);
        if !regime.one_supplement.read {
            found.severity = Severity::Warning;
        }
        out.push(found.help(say(
            "Yêu cầu bổ sung một lần, đầy đủ: ghi “tối đa 1 lần”, và chỉ ở một bước của mỗi đường đi; lần sau thì trả hồ sơ hoặc từ chối",
            "Ask once, for everything: say “tối đa 1 lần”, at one step of each way only; after that hand the dossier back or refuse",
        )));
    }
}
