//! What stands above the table: the items that a decision of approval lists.

use super::Fact;
use super::words::{Words, capital};
use crate::model::Model;
use crate::model::flow::{Actor, Flow};
use crate::model::organization::{Delegation, OrgId, Period};
use crate::model::procedure::{Data, Procedure};
use std::collections::HashSet;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::grouped;

/// Everything that is said of the procedure, in the order of a published decision.
pub(super) fn facts(model: &Model, procedure: &Procedure) -> Vec<Fact> {
    let data = &procedure.data;
    let flow = Flow::default();
    let words = Words::of(model, procedure, procedure.cases.first().map_or(&flow, |case| &case.flow));
    let text = |title, key: Key| Fact { title, texts: data.text(key).to_vec() };
    let orgs =
        |title, list: &[OrgId]| Fact { title, texts: list.iter().map(|id| model.org(*id).label.clone()).collect() };
    let phrase = |title, key: Key| Fact { title, texts: data.phrase(key).map(capital).into_iter().collect() };
    // What cannot be put into a figure is said in words.
    let money = |title, amount: Option<u64>, key| Fact {
        title,
        texts: amount.map(money).into_iter().chain(data.text(key).iter().cloned()).collect(),
    };
    let mut facts = vec![
        Fact { title: "Mã thủ tục", texts: procedure.code.iter().map(|(code, _)| code.clone()).collect() },
        text("Ký hiệu quy trình", Key::Symbol),
        text("Lĩnh vực", Key::Domain),
        phrase("Cấp thực hiện", Key::Level),
        text("Ban hành theo", Key::IssuedBy),
        text("Căn cứ pháp lý", Key::Basis),
        text("Nội dung", Key::Content),
        text("Yêu cầu, điều kiện", Key::Conditions),
        text("Đối tượng thực hiện", Key::Applicants),
        Fact { title: "Cách thức thực hiện", texts: channels(data) },
        phrase("Dịch vụ công trực tuyến", Key::Online),
        orgs("Nơi tiếp nhận hồ sơ", &data.received_at),
        orgs("Cơ quan thực hiện", &data.executing),
        orgs("Cơ quan có thẩm quyền", &data.competent),
        orgs("Cơ quan được ủy quyền", &data.delegated),
        orgs("Cơ quan phối hợp", &data.coordinating),
        Fact { title: "Ủy quyền, phân công ký thay", texts: delegations(model, procedure) },
    ];
    // Several cases have their limits above their own tables.
    facts.extend(match &procedure.cases[..] {
        [only] => limits(&words, &only.data),
        _ => limits(&words, data),
    });
    facts.extend([
        money("Phí", data.fee, Key::Fee),
        money("Lệ phí", data.charge, Key::Charge),
        text("Kết quả", Key::Result),
        text("Lưu hồ sơ", Key::Retention),
        Fact { title: "Hiệu lực", texts: period(data.in_force).into_iter().collect() },
        text("Ghi chú", Key::Note),
    ]);
    facts.retain(|fact| !fact.texts.is_empty());
    facts
}

/// Who signs for whom, of those that perform a step.
fn delegations(model: &Model, procedure: &Procedure) -> Vec<String> {
    let steps = procedure.cases.iter().flat_map(|case| &case.flow.steps);
    let performers = steps.filter_map(|step| step.performers.as_ref()).flat_map(|performers| performers.each());
    let actors: HashSet<OrgId> = performers
        .filter_map(|performer| match performer.actor {
            Actor::Org(id) => Some(id),
            _ => None,
        })
        .collect();
    let label = |id: OrgId| model.org(id).label.as_str();
    let line = |(delegation, how): (&Delegation, &str)| {
        let mut line = format!("{} {how} {}", label(delegation.who), label(delegation.replaces));
        line.extend(delegation.at.map(|at| format!(" tại {}", label(at))));
        line.extend(delegation.under.as_ref().map(|under| format!(", theo {under}")));
        let scope = delegation.scope.join(", ");
        line.extend((!scope.is_empty()).then(|| format!(", phạm vi: {scope}")));
        line.extend(period(delegation.in_force).map(|period| format!(", {}", period.to_lowercase())));
        line
    };
    let delegated = model.orgs.iter().flat_map(|org| org.delegations.iter().map(|one| (one, "thừa ủy quyền của")));
    let assigned = model.orgs.iter().flat_map(|org| org.assignments.iter().map(|one| (one, "được phân công ký thay")));
    delegated.chain(assigned).filter(|(one, _)| actors.contains(&one.who)).map(line).collect()
}

/// What stands above the table of one of several cases: its own code and calendar, its limits.
pub(super) fn case_facts(words: &Words, of: &Data, case: &Data) -> Vec<Fact> {
    let code = case.text(Key::Code);
    let code = if code == of.text(Key::Code) { &[] } else { code };
    let calendar = case.calendar.filter(|id| of.calendar != Some(*id));
    let calendar = calendar.map(|id| words.model.calendars[id].label.clone());
    let mut facts = vec![
        Fact { title: "Mã thủ tục", texts: code.to_vec() },
        Fact { title: "Lịch làm việc", texts: calendar.into_iter().collect() },
    ];
    facts.retain(|fact| !fact.texts.is_empty());
    facts.extend(limits(words, case));
    facts
}

/// Limits and shares, with the dossiers that they are for.
fn limits(words: &Words, data: &Data) -> Vec<Fact> {
    let shares = data.shares.iter().map(|(agency, limit)| {
        let agency = &words.model.org(*agency).label;
        format!("{agency}: {}", words.limit(limit))
    });
    let mut facts = vec![
        Fact {
            title: "Thời hạn theo quy định", texts: data.statutory.iter().map(|it| words.limit(it)).collect()
        },
        Fact { title: "Thời hạn giải quyết", texts: data.limits.iter().map(|it| words.limit(it)).collect() },
        Fact { title: "Trong đó", texts: shares.collect() },
    ];
    if data.after_three {
        let text = "Hồ sơ tiếp nhận sau 15 giờ tính từ ngày làm việc tiếp theo".to_string();
        facts[1].texts.push(text);
    }
    facts.retain(|fact| !fact.texts.is_empty());
    facts
}

fn channels(data: &Data) -> Vec<String> {
    let mut channels = data.text(Key::Channels).to_vec();
    if data.phrase(Key::PublicPost) == Some("có") {
        channels.push("Qua dịch vụ bưu chính công ích".to_string());
    }
    channels
}

fn period(period: Period) -> Option<String> {
    let from = period.from.map(|day| format!("từ {day}"));
    let to = period.to.map(|day| format!("đến {day}"));
    let both: Vec<String> = from.into_iter().chain(to).collect();
    (!both.is_empty()).then(|| capital(&both.join(" ")))
}

/// `150.000 đồng`
fn money(amount: u64) -> String {
    format!("{} đồng", grouped(&amount.to_string()))
}
