//! T503: a target cannot carry what the process needs.

use super::needs::{self, Need};
use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::target::Target;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T503", name: "target", severity: Severity::Error, page: include_str!("t503_target.md"), check };

const NEEDS: &[Need] = &[
    Need { carried: |target| target.parallel, place: needs::parallel, what: ("nhánh song song", "parallel branches") },
    Need {
        carried: |target| target.early_join || !target.parallel,
        place: needs::early_join,
        what: ("“chờ ít nhất … nhánh”", "a join that does not wait for every branch"),
    },
    Need {
        carried: |target| target.wide_early_join || !target.early_join,
        place: needs::wide_early_join,
        what: ("“chờ ít nhất … nhánh” trong hơn 6 nhánh", "a join that waits for some of more than 6 branches"),
    },
    Need {
        carried: |target| target.stop_all || !target.parallel,
        place: needs::stop_all,
        what: ("“dừng mọi nhánh”", "a branch that stops all others"),
    },
    Need {
        carried: |target| target.guards,
        place: needs::guards,
        what: ("điều kiện “khi …”", "ways that depend on the dossier"),
    },
    Need {
        carried: |target| target.bounded_arrows,
        place: needs::bounded_arrows,
        what: ("“tối đa … lần”", "arrows that can be used up"),
    },
    Need {
        carried: |target| target.waits,
        place: needs::waits,
        what: ("“chờ …” không tính thời hạn", "waits that stop the clock"),
    },
    Need {
        carried: |target| target.restarts,
        place: needs::restarts,
        what: ("“tính lại thời hạn”", "a limit that starts anew"),
    },
    Need {
        carried: |target| target.calls,
        place: needs::calls,
        what: ("“liên thông thủ tục”", "another procedure as a step"),
    },
    Need {
        carried: |target| target.cases,
        place: needs::cases,
        what: ("nhiều “trường hợp”", "several cases of one procedure"),
    },
    Need {
        carried: |target| target.after,
        place: needs::after,
        what: ("“sau khi trả kết quả”", "steps after the result"),
    },
    Need {
        carried: |target| target.mixed_times,
        place: needs::mixed_times,
        what: ("thời gian tính bằng tháng hoặc theo hai cách tính", "times in months or on both clocks"),
    },
    Need {
        carried: |target| target.calendar_times,
        place: needs::calendar_times,
        what: ("thời gian tính theo ngày lịch", "times on the calendar"),
    },
];

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    needs::check(project, &RULE, NEEDS, message, needs::other_target, out);
}

fn message(target: &Target, need: &Need) -> Message {
    say(
        format!("Đích “{}” không có {}", target.name, need.what.0),
        format!("The target “{}” has no {}", target.name, need.what.1),
    )
}
