//! T402: somebody approves who is neither competent nor delegated.

use super::each;
use crate::analysis::authority::{kind, signing, title};
use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::Project;
use crate::rules::Rule;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T402",
    name: "not-entitled",
    severity: Severity::Error,
    page: include_str!("t402_not_entitled.md"),
    check,
};

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    for seen in each(project) {
        let data = &seen.case.data;
        for (id, step) in seen.of_kind(kind::APPROVAL) {
            let Some(performers) = &step.performers else { continue };
            let Some(org) = signing::not_entitled(seen.model, data, performers).first().copied() else { continue };
            let who = title(seen.model, org);
            let competent: Vec<String> = data.competent.iter().map(|id| title(seen.model, *id)).collect();
            let competent = competent.join(", ");
            let message = say(
                format!(
                    "{who} phê duyệt nhưng không có thẩm quyền ký, cũng không được ủy quyền; thẩm quyền là của {competent}"
                ),
                format!("{who} approves but may not sign and is not delegated; competent is {competent}"),
            );
            let mut found = seen.at_step(&RULE, id, message);
            found.basis = Some("Khoản 3 Điều 6 Thông tư 01/2018/TT-VPCP");
            out.push(found.label(seen.model.org(org).named.place, say("khai báo ở đây", "declared here")).help(say(
                "Để người có “thẩm quyền ký: có” phê duyệt, hoặc khai báo “ủy quyền … thay …” hay “phân công … ký thay …”; bước chỉ ký văn bản trung gian thì ghi “loại: ký duyệt”",
                "Let someone with “thẩm quyền ký: có” approve, or declare “ủy quyền … thay …” or “phân công … ký thay …”; a step that only signs an intermediate paper is “loại: ký duyệt”",
            )));
        }
    }
}
