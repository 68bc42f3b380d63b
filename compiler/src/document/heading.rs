//! What stands above the table: the items that a decision of approval lists.

use super::Fact;
use super::words::{Words, capital};
use crate::model::Model;
use crate::model::flow::Flow;
use crate::model::organization::{OrgId, Period};
use crate::model::procedure::{Data, Procedure};
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

/// Limits and shares, with the dossiers that they are for.
pub(super) fn limits(words: &Words, data: &Data) -> Vec<Fact> {
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
