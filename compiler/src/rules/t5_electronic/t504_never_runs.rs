//! T504: an automatic step or a timeout that a target would never run.

use super::needs::{self, Need};
use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::target::Target;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T504",
    name: "never-runs",
    severity: Severity::Warning,
    page: include_str!("t504_never_runs.md"),
    check,
};

const NEEDS: &[Need] = &[
    Need {
        carried: |target| target.automatic,
        places: needs::automatic,
        what: || say("bước do hệ thống tự làm", "the step that the system does by itself"),
    },
    Need {
        carried: |target| target.timeouts,
        places: needs::timeouts,
        what: || say("việc tự chuyển khi hết thời gian", "the way that the clock takes"),
    },
];

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    needs::check(project, &RULE, NEEDS, message, help, out);
}

fn message(target: &Target, need: &Need) -> Message {
    let what = (need.what)();
    say(
        format!("Đích “{}” sẽ không bao giờ chạy {}", target.name, what.vi),
        format!("The target “{}” would never run {}", target.name, what.en),
    )
}

fn help() -> Message {
    say(
        "Giao việc này cho một người, hoặc chấp nhận rằng ở đích này phải có người theo dõi và tự chuyển",
        "Give it to somebody, or accept that with this target somebody has to watch and move the dossier",
    )
}
