//! What the software shows as text, for it has no fields for it: nothing in it reckons with these words.

use crate::target::json::definition::{
    Case, Definition, Duration, Expression, Graph, Limit, Node, NodeKind, Operator, Performers, Round, Step, Transition,
};
use serde_json::Value;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::grouped;

/// How somebody is told what to do at a step or wait: what must be kept first, for a long text is cut at its end.
pub(crate) fn instruction(graph: &Graph, node: &Node) -> String {
    match &node.kind {
        NodeKind::Step(step) => sentences(&of_step(graph, node, step, true)),
        NodeKind::Wait { limit: Some(limit), .. } => format!("Tối đa {}", limit.text),
        _ => String::new(),
    }
}

/// What of it is lost without a word where there is no place for it: the time of a wait has one, and of deadlines and of
/// who must be present T503 speaks.
pub(crate) fn remarks(graph: &Graph, node: &Node) -> String {
    match &node.kind {
        NodeKind::Step(step) => sentences(&of_step(graph, node, step, false)),
        _ => String::new(),
    }
}

fn of_step(graph: &Graph, node: &Node, step: &Step, all_of_it: bool) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let time = &step.time;
    all.extend(time.duration.as_ref().filter(|_| !time.counted).map(|limit| format!("Tối đa {}", limit.text)));
    if all_of_it {
        all.extend(step.deadline.as_ref().map(|deadline| {
            let since = deadline
                .since
                .as_ref()
                .map_or("khi tiếp nhận hồ sơ".into(), |id| format!("khi xong {}", spoken(graph, id)));
            format!("Chậm nhất {} kể từ {since}", deadline.duration.text)
        }));
        all.extend(step.presence.then(|| "Cần có mặt người nộp hồ sơ".into()));
    }
    all.extend(step.after_three_next_day.then(|| "Nhận sau 15 giờ thì tính từ ngày làm việc tiếp theo".into()));
    all.extend(time.reason.as_ref().map(|reason| format!("Không tính vào thời hạn: {reason}")));
    all.extend(ways(graph, node).filter_map(|way| Some(named(way, round(way.round.as_ref()?)))));
    // Money before prose.
    let (amounts, prose): (Vec<_>, Vec<_>) =
        step.texts.iter().partition(|(key, _)| [Key::Fee, Key::Charge].iter().any(|money| money.phrase() == *key));
    all.extend(amounts.into_iter().chain(prose).map(|(key, texts)| format!("{key}: {}", texts.join("; "))));
    all.extend(
        ways(graph, node).flat_map(|way| {
            way.texts.iter().map(move |(key, texts)| named(way, format!("{key}: {}", texts.join("; "))))
        }),
    );
    let who = step.performers.as_ref().filter(|_| all_of_it).filter(|of| says_more_than_a_role(of));
    all.extend(who.map(|performers| format!("Người thực hiện: {}", who_performs(performers))));
    all
}

/// Whether those who perform a step are called otherwise in print, or are several.
fn says_more_than_a_role(performers: &Performers) -> bool {
    match performers {
        Performers::All { .. } | Performers::Any { .. } => true,
        Performers::Organization { wording, .. }
        | Performers::Applicant { wording }
        | Performers::System { wording }
        | Performers::ReceivingUnit { wording } => wording.as_ref().is_some_and(|words| !words.is_empty()),
    }
}

/// How those who perform a step are called in print, and whether all of them do.
fn who_performs(performers: &Performers) -> String {
    let joined = |of: &[Performers], word: &str| {
        let part = |one: &Performers| match one {
            Performers::All { .. } | Performers::Any { .. } => format!("({})", who_performs(one)),
            one => who_performs(one),
        };
        of.iter().map(part).collect::<Vec<_>>().join(word)
    };
    let called = |wording: &Option<String>, otherwise: &str| {
        wording.clone().filter(|words| !words.is_empty()).unwrap_or_else(|| otherwise.to_string())
    };
    match performers {
        Performers::All { of } => joined(of, " và "),
        Performers::Any { of } => joined(of, " hoặc "),
        Performers::Organization { id, wording, .. } => called(wording, id),
        Performers::Applicant { wording } => called(wording, "người nộp"),
        Performers::System { wording } => called(wording, "hệ thống"),
        Performers::ReceivingUnit { wording } => called(wording, "nơi tiếp nhận"),
    }
}

/// The ways that somebody takes out of a step.
fn ways<'d>(graph: &'d Graph, node: &'d Node) -> impl Iterator<Item = &'d Transition> {
    let is_its = |other: &Node| match &other.kind {
        NodeKind::Choice { step, .. } => *step == node.id,
        _ => other.id == node.id,
    };
    let from: Vec<&str> = graph.nodes.iter().filter(|other| is_its(other)).map(|other| other.id.as_str()).collect();
    graph.transitions.iter().filter(move |way| way.timeout.is_none() && from.contains(&way.from.as_str()))
}

/// What is said of a way, behind its name.
fn named(way: &Transition, said: String) -> String {
    let name = way.label.clone().or_else(|| way.outcome.as_ref().map(|outcome| outcome.replace('_', " ")));
    name.map_or(said.clone(), |name| format!("{name}: {said}"))
}

/// What a round costs; within the steps' own time it costs nothing.
fn round(round: &Round) -> String {
    match round {
        Round::SetTime => "trong thời gian đã định".into(),
        Round::Each { duration } => format!("mỗi lần trong {}", duration.text),
        Round::All { duration } => format!("tất cả các lần trong {}", duration.text),
    }
}

fn spoken(graph: &Graph, id: &str) -> String {
    let label = graph.nodes.iter().find(|node| node.id == id).and_then(|node| match &node.kind {
        NodeKind::Step(step) if !step.numbered => Some(format!("“{}”", step.label)),
        _ => None,
    });
    label.unwrap_or_else(|| format!("bước {id}"))
}

/// What of a condition people have to judge, for nothing that was decided says it; none where all of it is decided.
pub(super) fn left_to_people(condition: &Expression) -> Option<String> {
    let all = |parts: &[Expression], word: &str| {
        let parts: Vec<String> = parts.iter().filter_map(left_to_people).collect();
        (!parts.is_empty()).then(|| parts.join(word))
    };
    match condition {
        Expression::And { args } => all(args, " và "),
        Expression::Or { args } => all(args, " hoặc "),
        Expression::Not { arg } => left_to_people(arg).map(|said| match &**arg {
            Expression::Event { .. } | Expression::Compare { value: Value::Bool(_), .. } => format!("không {said}"),
            _ => format!("không ({said})"),
        }),
        Expression::Event { event } => Some(format!("có {event}")),
        Expression::Compare { field, operator, value } => Some(compared(&field.replace('_', " "), *operator, value)),
        Expression::Outcome { .. } => None,
    }
}

fn compared(field: &str, operator: Operator, value: &Value) -> String {
    match value {
        Value::Bool(yes) if *yes == matches!(operator, Operator::Equal) => field.to_string(),
        Value::Bool(_) => format!("không {field}"),
        value => format!("{field} {} {}", operator.sign(), written(value.as_str().unwrap_or_default())),
    }
}

/// A number as it is written in Vietnam, or the name of a value.
fn written(value: &str) -> String {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    match (whole.bytes().all(|byte| byte.is_ascii_digit()), decimals) {
        (false, _) => value.replace('_', " "),
        (true, "") => grouped(whole),
        (true, decimals) => format!("{},{decimals}", grouped(whole)),
    }
}

/// What is said of a service to those who apply.
#[derive(Debug)]
pub(crate) struct Service {
    /// `cách thức`, post, online
    pub method: String,
    /// `thành phần hồ sơ`, with how many of each
    pub dossier: String,
    /// `yêu cầu`
    pub condition: String,
    /// `thời hạn`
    pub duration: String,
    /// `đối tượng`
    pub applicant: String,
    /// `kết quả`
    pub result: String,
    /// `căn cứ`, `ban hành theo`
    pub regular: String,
    /// `phí`, `lệ phí`
    pub fee: String,
}

impl Service {
    pub fn of(definition: &Definition) -> Service {
        let procedure = &definition.procedure;
        let text = |key: Key| procedure.texts.get(key.phrase()).cloned().unwrap_or_default();
        let mut method = text(Key::Channels);
        method.extend(procedure.online.as_ref().map(|online| format!("Dịch vụ công trực tuyến {online}")));
        method.extend(procedure.public_post.filter(|post| *post).map(|_| "Qua dịch vụ bưu chính công ích".into()));
        let papers = procedure.papers.iter().enumerate().map(|(index, paper)| {
            let tip = paper_tip(paper);
            let tip = if tip.is_empty() { tip } else { format!(" ({tip})") };
            format!("{}. {}{tip}", index + 1, paper.title)
        });
        let mut regular = text(Key::IssuedBy);
        regular.extend(text(Key::Basis));
        let money = |key: Key, amount: Option<u64>| {
            let amount = amount.map(|amount| format!("{} đồng", grouped(&amount.to_string())));
            let words: Vec<String> = amount.into_iter().chain(text(key)).collect();
            (!words.is_empty()).then(|| format!("{}: {}", capital(key.phrase()), words.join("; ")))
        };
        let fees = [money(Key::Fee, procedure.fee), money(Key::Charge, procedure.charge)];
        Service {
            method: method.join("; "),
            dossier: papers.collect::<Vec<_>>().join("; "),
            condition: text(Key::Conditions).join("; "),
            duration: durations(definition),
            applicant: text(Key::Applicants).join("; "),
            result: text(Key::Result).join("; "),
            regular: regular.join("; "),
            fee: fees.into_iter().flatten().collect::<Vec<_>>().join("; "),
        }
    }

    /// All of it.
    pub fn texts(self) -> [String; 8] {
        let Service { method, dossier, condition, duration, applicant, result, regular, fee } = self;
        [method, dossier, condition, duration, applicant, result, regular, fee]
    }
}

/// How many of a paper, and on which form.
pub(crate) fn paper_tip(paper: &crate::target::json::definition::Paper) -> String {
    let mut all: Vec<String> = Vec::new();
    all.extend(paper.originals.map(|count| format!("bản chính: {count:02}")));
    all.extend(paper.copies.map(|count| format!("bản sao: {count:02}")));
    all.extend(paper.template.clone());
    all.extend(paper.electronic.then(|| "bản điện tử".into()));
    all.extend(paper.notes.iter().map(|note| note.trim_end_matches('.').to_string()));
    all.join(", ")
}

/// Limits, of each case where there are several.
fn durations(definition: &Definition) -> String {
    let of = |case: &Case| {
        let name = case.label.as_ref().or(case.id.as_ref()).filter(|_| definition.cases.len() > 1);
        let name = name.map(|name| format!("{name}: ")).unwrap_or_default();
        let mut all: Vec<String> = case.limits.iter().map(long).collect();
        all.extend(case.statutory_limits.iter().map(|limit| format!("theo quy định {}", long(limit))));
        all.extend(case.shares.iter().filter_map(|share| {
            let agency = definition.organizations.iter().find(|org| Some(&org.id) == share.agency.as_ref())?;
            Some(format!("trong đó {}: {}", agency.label, long(share)))
        }));
        (!all.is_empty()).then(|| format!("{name}{}", all.join("; ")))
    };
    let mut all: Vec<String> = definition.cases.iter().filter_map(of).collect();
    let after_three = definition.procedure.after_three_next_day;
    all.extend(after_three.then(|| "Nhận sau 15 giờ thì tính từ ngày làm việc tiếp theo".into()));
    sentences(&all)
}

fn long(limit: &Limit) -> String {
    let text = |duration: &Duration| duration.text.clone();
    limit.duration.as_ref().map_or("không quy định".into(), text)
}

fn sentences(all: &[String]) -> String {
    all.iter().map(|one| capital(one.trim_end_matches('.'))).collect::<Vec<_>>().join(". ")
}

fn capital(text: &str) -> String {
    crate::document::words::capital(text)
}
