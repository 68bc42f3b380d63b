//! What is known of a task by itself, as the attributes of a step.

use super::drawn::{Node, Properties};
use super::heading::is_attribute;
use crate::import::draft::Time;
use crate::import::words::{self, quoted};
use tthc_grammar::keywords::{STEP_KINDS, ValueKind, key};
use tthc_grammar::tree::DeclarationKind;

/// `2. Thẩm định` → number and text.
pub(super) fn numbered(name: &str) -> (Option<String>, &str) {
    let end = name.find(|c: char| c.is_whitespace()).unwrap_or(name.len());
    let (first, rest) = name.split_at(end);
    let number = first.trim_end_matches(['.', ':', ')']);
    let own = number.rsplit('.').next().is_some_and(words::is_number) && !rest.is_empty() && first != number;
    if own {
        (Some(number.to_string()).filter(|number| words::is_number(number)), rest.trim())
    } else {
        (None, name.trim())
    }
}

/// What a task without a name is called.
pub(super) fn tag_label(tag: &str) -> &'static str {
    match tag {
        "choice" => "Chọn đường đi",
        "callActivity" => "Gọi quy trình khác",
        _ => "Việc chưa có tên",
    }
}

/// The time of a task.
pub(super) fn time(node: &Node) -> Time {
    let own = &node.properties;
    let within = own.get("time").map(|text| explicit(text, own, ["workingMinutes", "calendarMinutes"]));
    if own.get("clock") == Some("paused") {
        let within = within.or_else(|| own.get("timeUnstated").map(|_| "không quy định".to_string()));
        return Time::Uncounted(within, own.get("reason").map(String::from));
    }
    match within {
        Some(amount) => Time::Within(amount),
        None if own.get("timeUnstated").is_none() && own.get("stage").is_some() => Time::Shared,
        None => Time::Unknown,
    }
}

/// An amount, where bare units mean working time said so.
///
/// `minutes`: the properties that hold its working and its calendar time.
pub(super) fn explicit(text: &str, own: &Properties, minutes: [&str; 2]) -> String {
    let [is_working, is_calendar] = minutes.map(|name| own.get(name).is_some_and(|minutes| minutes != "0"));
    let is_working = is_working && !is_calendar;
    let terms = text.split('+').map(str::trim).map(|term| {
        let bare = term.ends_with("ngày") || term.ends_with("giờ");
        if is_working && bare { format!("{term} làm việc") } else { term.to_string() }
    });
    let amount = terms.collect::<Vec<_>>().join(" + ");
    let read = crate::model::time::Duration::read(&amount, Default::default());
    if read.is_some() { amount } else { "không quy định".into() }
}

/// Everything else that is known of a task.
///
/// `calendars`: those that the file declares.
pub(super) fn lines(node: &Node, long: Option<&str>, calendars: &[&str]) -> Vec<String> {
    let own = &node.properties;
    let mut lines = Vec::new();
    let listed = |name: &str, known: &dyn Fn(&str) -> bool| {
        let values = own.get(name)?.split('|').map(str::trim).filter(|value| known(value)).map(String::from);
        Some(values.collect::<Vec<_>>()).filter(|values| !values.is_empty())
    };
    let kinds = listed("kinds", &|kind| STEP_KINDS.contains(&kind));
    let is_own = own.get("step").is_some();
    let kinds =
        kinds.or_else(|| (!is_own).then(|| words::kinds(&node.name).iter().map(|kind| kind.to_string()).collect()));
    lines.extend(kinds.map(|kinds| format!("loại: {}", kinds.join(", "))));
    let content: Vec<&str> =
        long.into_iter().chain([node.documentation.as_str()]).filter(|text| !text.is_empty()).collect();
    lines.extend((!content.is_empty()).then(|| format!("nội dung: {}", quoted(&content.join("\n")))));
    lines.extend(listed("forms", &super::people::is_path).map(|forms| format!("biểu mẫu: {}", forms.join(", "))));
    lines.extend(own.get("result").map(|result| format!("kết quả: {}", quoted(result))));
    lines.extend(texts(own));
    lines.extend(own.get("presence").map(|_| "cần có mặt: có".to_string()));
    lines.extend(own.get("calendar").filter(|id| calendars.contains(id)).map(|id| format!("lịch: {id}")));
    let after_three = own.get("afterThree").map(|value| format!("tiếp nhận sau 15 giờ: {value}"));
    lines.extend(after_three.filter(|line| is_attribute(line, DeclarationKind::Step)));
    lines.extend(electronic(own));
    const READ: &[&str] = &[
        "step",
        "time",
        "workingMinutes",
        "calendarMinutes",
        "months",
        "clock",
        "reason",
        "timeUnstated",
        "performers",
        "deadline",
        "deadlineSince",
        "status",
        "digitalSignature",
        "notify",
        "electronicNote",
        "afterThree",
        "kinds",
        "forms",
        "result",
        "text",
        "stage",
        "presence",
        "source",
        "outcomes",
        "variable",
        "wait",
        "limit",
        "limitWorkingMinutes",
        "calledProcedure",
    ];
    let is_read = |name: &str, value: &str| READ.contains(&name) || name == "calendar" && calendars.contains(&value);
    let other = own.iter().filter(|(name, value)| !is_read(name, value) && !value.is_empty());
    lines.extend(other.map(|(name, value)| format!("ghi chú: {}", quoted(&format!("{name}: {value}")))));
    lines
}

/// Texts by key; a key that the language does not have is a note.
pub(super) fn texts(own: &Properties) -> Vec<String> {
    const KEYS: [&str; 8] =
        ["ghi chú", "nội dung", "nội dung lấy ý kiến", "kết quả", "ký hiệu", "yêu cầu", "đối tượng", "cách thức"];
    let is_sum = |name: &str| key(name).is_some_and(|key| key.kind() == ValueKind::Money);
    let line = |text: &str| match text.split_once(": ") {
        Some((name, _)) if is_sum(name) && is_attribute(text, DeclarationKind::Step) => text.to_string(),
        Some((name, words)) if is_sum(name) => format!("{name}: {}", quoted(words)),
        Some((key, rest)) if KEYS.contains(&key) => format!("{key}: {}", quoted(rest)),
        _ => format!("ghi chú: {}", quoted(text)),
    };
    let mut lines: Vec<String> = Vec::new();
    for text in own.all("text") {
        let line = line(text);
        let key = line.split(':').next().unwrap_or_default().to_string();
        // Several texts of a key are one list.
        match lines.iter_mut().find(|known| known.starts_with(&format!("{key}: ")) && key != "ghi chú") {
            Some(known) => known.push_str(&format!(", {}", line.trim_start_matches(&format!("{key}: ")))),
            None => lines.push(line),
        }
    }
    lines
}

fn electronic(own: &Properties) -> Option<String> {
    let mut parts = Vec::new();
    let status = own.get("status").filter(|status| status.parse::<u8>().is_ok_and(|number| (1..=10).contains(&number)));
    parts.extend(status.map(|status| format!("trạng thái: {status}")));
    parts.extend(
        own.get("digitalSignature").map(|signed| format!("ký số: {}", if signed == "true" { "có" } else { "không" })),
    );
    let notify =
        own.get("notify").map(|list| list.split('|').filter(|name| super::people::is_path(name)).collect::<Vec<_>>());
    parts.extend(notify.filter(|list| !list.is_empty()).map(|list| format!("thông báo: {}", list.join(", "))));
    parts.extend(own.all("electronicNote").map(|note| format!("ghi chú: {}", quoted(note))));
    (!parts.is_empty()).then(|| format!("điện tử {{ {} }}", parts.join("  ")))
}
