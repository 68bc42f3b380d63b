//! What the columns have no room for: where each decision leads, deadlines, what happens when they pass, remarks.

use super::Note;
use super::words::{Words, arrow_name, capital, form, texts};
use crate::model::flow::{Arrow, Block, BlockId, Deadline, Exits, Overdue, Round, Step, StepId};
use tthc_grammar::keywords::Key;

/// The notes of a flow, in the order of its steps.
pub(super) fn notes(words: &Words) -> Vec<Note> {
    let steps = words.flow.steps.iter().enumerate();
    let of_step =
        |(index, step): (usize, &Step)| Note { step: capital(&words.step(StepId(index))), lines: lines(words, step) };
    let mut notes = around(words);
    notes.extend(steps.map(of_step).filter(|note| !note.lines.is_empty()));
    notes
}

/// What is said of the whole and of what steps stand in.
pub(crate) fn around(words: &Words) -> Vec<Note> {
    let blocks = words.flow.blocks.iter().enumerate();
    let of_block = |(index, block): (usize, &Block)| Note {
        step: words.block_title(BlockId(index)).unwrap_or_default(),
        lines: said(&block.texts, &[Key::Result, Key::Note]),
    };
    let mut notes = vec![Note { step: "Cả quy trình".to_string(), lines: words.flow.notes.clone() }];
    notes.extend(blocks.map(of_block));
    notes.retain(|note| !note.lines.is_empty());
    notes
}

/// Those of one step.
fn lines(words: &Words, step: &Step) -> Vec<String> {
    let mut lines = ways(words, step);
    lines.extend(beside(words, step).into_iter().map(|(_, line)| line));
    lines
}

/// Where a step leads.
pub(crate) fn ways(words: &Words, step: &Step) -> Vec<String> {
    match &step.exits {
        Exits::Next => Vec::new(),
        Exits::End(state, _) => vec![format!("Kết thúc, {}", state.phrase())],
        exits => exits.arrows().iter().map(|arrow| line(words, arrow)).collect(),
    }
}

/// What else is said of a step, by the key that says it.
pub(crate) fn beside(words: &Words, step: &Step) -> Vec<(Key, String)> {
    let mut lines = Vec::new();
    if let (Some(duration), Some(_)) = (&step.time.duration, &step.time.reason) {
        lines.push((Key::Time, format!("Tối đa {}, không tính vào thời hạn giải quyết", duration.text)));
    }
    // Where nothing else says when the step must be done, the deadline is its time.
    let in_the_cell = step.time.duration.is_none() && step.time.reason.is_none() && !step.time.uncounted;
    lines.extend(step.deadline.iter().filter(|_| !in_the_cell).map(|it| (Key::AtLatest, deadline(words, it))));
    lines.extend(step.overdue.iter().map(|it| (Key::Overdue, overdue(words, step, it))));
    lines.extend(said_by_key(&step.texts, &[Key::ConsultationContent]));
    if step.presence {
        lines.push((Key::Presence, "Cần có mặt người nộp hồ sơ".to_string()));
    }
    let keys = [Key::Fee, Key::Charge, Key::Conditions, Key::Channels, Key::Applicants, Key::Symbol, Key::Note];
    lines.extend(said_by_key(&step.texts, &keys));
    lines
}

/// `Ghi chú: …`
pub(super) fn said(of: &[(Key, Vec<String>)], keys: &[Key]) -> Vec<String> {
    said_by_key(of, keys).map(|(_, line)| line).collect()
}

fn said_by_key(of: &[(Key, Vec<String>)], keys: &[Key]) -> impl Iterator<Item = (Key, String)> {
    keys.iter().flat_map(move |key| {
        let name = capital(key.phrase());
        texts(of, *key).iter().map(move |text| (*key, format!("{name}: {text}")))
    })
}

/// An arrow: when it is taken, where it leads, what it costs and yields.
fn line(words: &Words, arrow: &Arrow) -> String {
    let name = arrow_name(words, arrow);
    let mut parts = vec![words.target(&arrow.target)];
    parts.extend(arrow.max_times.map(|times| format!("tối đa {times} lần")));
    parts.extend(arrow.exhausted.as_ref().map(|target| format!("hết lượt thì {}", words.target(target))));
    parts.extend(arrow.round.as_ref().map(|round| match round {
        Round::SetTime => "trong thời gian đã định".to_string(),
        Round::Each(duration) => format!("mỗi lần trong {}", duration.text),
        Round::All(duration) => format!("tất cả các lần trong {}", duration.text),
    }));
    if arrow.restarts {
        parts.push("tính lại thời hạn".to_string());
    }
    let forms: Vec<String> = arrow.forms.iter().map(|id| form(words.model, *id)).collect();
    let yields = texts(&arrow.texts, Key::Result).iter().chain(&forms).cloned().collect::<Vec<_>>().join(", ");
    let yields = if yields.is_empty() { yields } else { format!(" – {yields}") };
    let remarks = [Key::Content, Key::Note].into_iter().flat_map(|key| texts(&arrow.texts, key));
    let remarks: String = remarks.map(|text| format!(". {text}")).collect();
    let way = format!("{}{yields}{remarks}", parts.join(", "));
    name.map_or_else(|| capital(&way), |name| capital(&format!("{name}: {way}")))
}

/// `chậm nhất`
pub(super) fn deadline(words: &Words, deadline: &Deadline) -> String {
    let since = deadline
        .since
        .map_or("khi tiếp nhận hồ sơ".to_string(), |step| format!("khi xong {}", words.step(step)));
    format!("Chậm nhất {} kể từ {since}", deadline.duration.text)
}

fn overdue(words: &Words, step: &Step, overdue: &Overdue) -> String {
    match overdue {
        Overdue::Remind => "Quá hạn: cảnh báo".to_string(),
        Overdue::AsAgreed => "Quá hạn: coi như đồng ý".to_string(),
        Overdue::AsOutcome(outcome) => {
            let arrow = step.exits.arrows().iter().find(|arrow| arrow.outcome.as_ref() == Some(outcome));
            let name = arrow.and_then(|arrow| arrow.label.clone()).unwrap_or_else(|| super::words::spoken(outcome));
            format!("Quá hạn: coi như {name}")
        }
        Overdue::Target(arrow) => format!("Quá hạn: {}", words.target(&arrow.target)),
    }
}
