//! T503: a target cannot carry what the process needs.

use super::needs::{self, Need};
use super::{left_out, long_texts};
use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::target::one_step::MAX_COPIES;
use crate::target::{FEW_BRANCHES, Target};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T503", name: "target", severity: Severity::Error, page: include_str!("t503_target.md"), check };

const NEEDS: &[Need] = &[
    Need {
        carried: |target| target.parallel,
        places: needs::parallel,
        what: || say("nhánh song song", "parallel branches"),
    },
    Need {
        carried: |target| target.early_join || !target.parallel,
        places: needs::early_join,
        what: || say("“chờ ít nhất … nhánh”", "a join that does not wait for every branch"),
    },
    Need {
        carried: |target| target.stop_all || !target.parallel,
        places: needs::stop_all,
        what: || say("“dừng mọi nhánh”", "a branch that stops all others"),
    },
    Need {
        carried: |target| target.guards,
        places: needs::guards,
        what: || say("điều kiện “khi …” về thông tin hồ sơ", "ways that depend on the dossier"),
    },
    Need {
        carried: |target| target.guarded_limits,
        places: needs::guarded_limits,
        what: || {
            say(
                "thời hạn theo điều kiện “khi …”; nếu vẫn ghi ra thì mọi hồ sơ có thời hạn dài nhất",
                "limits under a condition; where it is written all the same, the longest holds for every dossier",
            )
        },
    },
    Need {
        carried: |target| target.waits,
        places: needs::waits,
        what: || say("“chờ …” không tính thời hạn", "waits that stop the clock"),
    },
    Need {
        carried: |target| target.restarts,
        places: needs::restarts,
        what: || say("“tính lại thời hạn”", "a limit that starts anew"),
    },
    Need {
        carried: |target| target.calls,
        places: needs::calls,
        what: || say("“liên thông thủ tục”", "another procedure as a step"),
    },
    Need {
        carried: |target| target.cases,
        places: needs::cases,
        what: || say("nhiều “trường hợp”", "several cases of one procedure"),
    },
    Need {
        carried: |target| target.after,
        places: needs::after,
        what: || say("“sau khi trả kết quả”", "steps after the result"),
    },
    Need {
        carried: |target| target.mixed_times,
        places: needs::mixed_times,
        what: || say("thời gian tính bằng tháng hoặc theo hai cách tính", "times in months or on both clocks"),
    },
    Need {
        carried: |target| target.calendar_times,
        places: needs::calendar_times,
        what: || say("thời gian tính theo ngày lịch", "times on the calendar"),
    },
    Need {
        carried: |target| target.own_calendars,
        places: needs::own_calendars,
        what: || {
            say(
                "lịch làm việc riêng của bước, cơ quan hay trường hợp",
                "a calendar that a step, agency or case has of its own",
            )
        },
    },
    Need {
        carried: |target| target.split_days,
        places: needs::split_days,
        what: || say("ngày làm việc chia hơn hai buổi", "a working day in more than two parts"),
    },
];

/// What is left out while the process stays the same: only a warning.
const LEFT_OUT: &[Need] = &[
    Need {
        carried: |target| target.deadlines,
        places: needs::deadlines,
        what: || say("hạn “chậm nhất …” của bước", "deadlines of steps"),
    },
    Need {
        carried: |target| target.presence,
        places: needs::presence,
        what: || say("“cần có mặt”", "that the applicant must be present"),
    },
    Need {
        carried: |target| target.notices,
        places: needs::notices,
        what: || {
            say(
                "“thông báo” của bước (phải tự lập mẫu thông báo ở đó)",
                "messages of steps: their templates are made there",
            )
        },
    },
    Need {
        carried: |target| target.guards,
        places: needs::case_guards,
        what: || {
            say(
                "điều kiện “khi …” của trường hợp (người tiếp nhận tự chọn trường hợp)",
                "guards of cases: whoever receives the dossier chooses the case",
            )
        },
    },
    Need {
        carried: |target| target.forms,
        places: needs::forms,
        what: || say("biểu mẫu của bước và của hướng xử lý", "forms of steps and outcomes"),
    },
    Need {
        carried: |target| target.signatures,
        places: needs::signatures,
        what: || say("“ký số” của bước", "digital signatures of steps"),
    },
    Need {
        carried: |target| target.electronic_notes,
        places: needs::electronic_notes,
        what: || say("“ghi chú” trong “điện tử” của bước", "remarks in the block “điện tử”"),
    },
    Need {
        carried: |target| target.payments,
        places: needs::payments,
        what: || {
            say(
                "việc yêu cầu nộp và xác nhận đã nộp phí, lệ phí (ở đây chỉ có lời văn)",
                "asking for fees and confirming them: there are only words for them",
            )
        },
    },
    Need {
        carried: |target| target.unlimited,
        places: needs::unlimited,
        what: || say("chỗ cho thủ tục thiếu thời hạn (ở đây ghi 0)", "procedures without a limit; 0 is written"),
    },
    Need {
        carried: |target| target.without_domain,
        places: needs::without_domain,
        what: || {
            say("chỗ cho thủ tục thiếu “lĩnh vực” (ở đây để trống)", "procedures without a domain; it is left empty")
        },
    },
];

/// Nobody can ask for it in spite of the rule: there would be more gateways, or copies, than can be written.
const NEVER_WRITTEN: &[Need] = &[
    Need {
        carried: |target| target.wide_early_join || !target.early_join,
        places: needs::wide_early_join,
        what: || {
            say(
                format!("“chờ ít nhất … nhánh” trong hơn {FEW_BRANCHES} nhánh"),
                format!("a join that waits for some of more than {FEW_BRANCHES} branches"),
            )
        },
    },
    Need {
        carried: |target| target.memory,
        places: needs::many_pasts,
        what: || {
            say(
                format!("bộ đếm và bộ nhớ; “tối đa … lần”, “khi bước … = …” ở đây cần thêm hơn {MAX_COPIES} bước"),
                format!("counters and memory; the bounds and guards here take more than {MAX_COPIES} copies of steps"),
            )
        },
    },
];

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    needs::check(project, &RULE, NEEDS, message, needs::other_target, out);
    long_texts::check(project, &RULE, out);
    left_out::check(project, &RULE, out);
    let mut dropped = Vec::new();
    needs::check(project, &RULE, LEFT_OUT, message, needs::added_there, &mut dropped);
    out.extend(dropped.into_iter().map(|found| Diagnostic { severity: Severity::Warning, ..found }));
    let mut refused = Vec::new();
    needs::check(project, &RULE, NEVER_WRITTEN, message, needs::other_target, &mut refused);
    out.extend(refused.into_iter().map(Diagnostic::firm));
}

fn message(target: &Target, need: &Need) -> Message {
    let what = (need.what)();
    say(
        format!("Đích “{}” không có {}", target.name, what.vi),
        format!("The target “{}” cannot carry {}", target.name, what.en),
    )
}
