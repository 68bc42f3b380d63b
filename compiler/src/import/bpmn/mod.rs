//! BPMN 2.0 → a first text. A process that was built from a text comes back as that process: what BPMN has no element for
//! stands in properties. Of others the drawing itself is read, and somebody decides where they do not say what decides.

mod condition;
mod declared;
mod drawn;
mod ends;
mod exits;
mod heading;
mod kept;
mod late;
mod nested;
mod people;
mod plan;
mod pools;
mod prepared;
mod references;
mod sound;
mod stages;
mod steps;
mod task;

pub(crate) use drawn::{MAX_FLOWS, MAX_NODES};
pub(crate) use plan::MAX_WAYS;

use super::draft::{Draft, Exits, Item, Procedure, Remark, Time};
use super::words::{self, Names, plain, quoted};
use super::{Called, Read, Unreadable, xml};
use crate::diagnostic::say;
use crate::source::Source;
use drawn::{Drawn, Kind, Node};
use people::Performers;
use steps::Steps;
use tthc_grammar::tree::DeclarationKind;

/// The draft of a file, and what is unsound in it.
pub(super) fn read(bytes: &[u8], called: &Called) -> Result<Read, Unreadable> {
    let text = xml::text(bytes)?;
    let document = xml::document(&text)?;
    if document.root_element().tag_name().name() != "definitions" {
        return Err(say("không phải BPMN: cần <definitions>", "this is no BPMN: <definitions> is needed"));
    }
    let mut all = pools::processes(document.root_element())?;
    let source = Source::new("", bytes);
    let mut findings = Vec::new();
    for drawn in &mut all {
        match sound::examined(drawn, &source) {
            Ok(found) => findings.extend(found),
            Err(why) => drawn.lost.insert(0, format!("chưa xét được bản vẽ có chỗ tắc hay không, vì {why}")),
        }
    }
    let mut performers = Performers::of(&all);
    let mut draft = Draft::default();
    let mut names = Names::default();
    for drawn in all {
        draft.declared.extend(declared::of(&drawn.properties));
        let procedure = procedure(drawn, called, &mut names, &mut performers);
        draft.procedures.push(procedure);
    }
    let (agencies, open) = performers.finish();
    draft.agencies = agencies;
    draft.remarks.extend(open);
    Ok(Read { draft, findings })
}

fn procedure(drawn: Drawn, called: &Called, names: &mut Names, performers: &mut Performers) -> Procedure {
    let own = drawn.properties.clone();
    let wish = own.get("procedure").map(words::name).unwrap_or_else(|| called.name.clone());
    let wish = own.get("case").map_or(wish.clone(), |case| format!("{wish}_{}", words::name(case)));
    let label = if drawn.name.is_empty() { called.label.clone() } else { drawn.name.clone() };
    let mut procedure = Procedure { name: names.fresh(&wish), label, ..Procedure::default() };
    procedure.remarks.extend(drawn.other.iter().cloned().map(Remark::Kept));
    procedure.remarks.extend(drawn.documentation.lines().map(|line| Remark::Kept(plain(line))));
    let plan = plan::plan(drawn);
    if let Some(when) = own.get("caseWhen") {
        procedure.remarks.push(Remark::Open(format!("trường hợp này chỉ dành cho hồ sơ: {}", plain(when))));
    }
    let mut steps = Steps::new(&plan, performers);
    procedure.body = steps.body();
    procedure.remarks.extend(steps.keep_rest());
    let heading = heading::Heading::of(&own);
    procedure.lines = performers.attributes(&plan.drawn);
    procedure.lines.extend(own.get("code").map(|code| format!("mã: {}", quoted(code))));
    let calendar = own.get("calendar").filter(|id| declared::calendars(&own).contains(id));
    procedure.lines.extend(calendar.map(|id| format!("lịch: {id}")));
    let limit =
        own.get("limit").map(|limit| task::explicit(limit, &own, ["limitWorkingMinutes", "limitCalendarMinutes"]));
    match limit {
        Some(limit) => procedure.lines.push(format!("thời hạn: {limit}")),
        None if heading.attributes.iter().any(|line| line.starts_with("thời hạn:")) => {}
        None => procedure.remarks.push(Remark::Open("BPMN không ghi thời hạn; thêm dòng “thời hạn: …”".into())),
    }
    // Each is said for people; what is read stands among the attributes.
    let is_limit =
        |line: &&String| line.contains(" khi ") && ["thời hạn", "phần của "].iter().any(|key| line.starts_with(key));
    let conditional = heading.attributes.iter().filter(is_limit).count();
    for limit in own.all("limitWhen").skip(conditional) {
        procedure.remarks.push(Remark::Open(format!("thời hạn theo điều kiện trong bản vẽ: {}", plain(limit))));
    }
    if has_open_time(&procedure.body) {
        let said = "BPMN không ghi thời gian của việc; thay “không quy định” bằng thời gian của từng bước";
        procedure.remarks.push(Remark::Open(said.into()));
    }
    procedure.lines.extend(heading.attributes);
    procedure.papers = heading.papers;
    procedure.remarks.extend(heading.remarks);
    procedure.fields = own.all("fieldType").filter_map(|line| declared::field(line, &own)).collect();
    let process = own.all("processAttribute").map(words::one_line);
    procedure.process.extend(process.filter(|line| heading::is_attribute(line, DeclarationKind::Process)));
    let mut lost = plan.lost;
    lost.dedup();
    procedure.remarks.extend(lost.into_iter().map(Remark::Open));
    end(&mut procedure.body);
    procedure
}

fn has_open_time(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Step(step) => step.time == Time::Unknown,
        Item::Block(block) => has_open_time(&block.items),
        Item::Remark(_) => false,
    })
}

/// The last row must say how the process ends.
fn end(items: &mut [Item]) {
    if let Some(Item::Step(step)) = items.last_mut()
        && matches!(step.exits, Exits::Next)
        && !step.lines.iter().any(|line| line.starts_with("loại:") && line.contains("trả kết quả"))
    {
        step.exits = Exits::Only("kết thúc: trả kết quả".into());
        step.remarks.push(Remark::Open("BPMN không nói quy trình kết thúc thế nào".into()));
    }
}

/// What a node is called in a sentence.
fn called(node: &Node) -> String {
    if !node.name.is_empty() {
        return format!("“{}”", node.name);
    }
    let kind = match node.kind {
        Kind::Task | Kind::Pass => "việc chưa có tên",
        _ => kept::word(node),
    };
    kind.to_string()
}

/// A duration of ISO 8601 with one unit that the language has: `P5D`, `PT4H`, `PT30M`, `P2M`.
fn duration(text: &str) -> Option<String> {
    let (rest, timed) = match text.strip_prefix("PT") {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('P')?, false),
    };
    let unit = rest.chars().next_back()?;
    let number: u32 = rest[..rest.len() - unit.len_utf8()].parse().ok()?;
    let (number, unit) = match (unit, timed) {
        ('D', false) => (number, "ngày"),
        ('W', false) => (number.checked_mul(7)?, "ngày"),
        ('M', false) => (number, "tháng"),
        ('H', true) => (number, "giờ"),
        ('M', true) => (number, "phút"),
        _ => return None,
    };
    Some(format!("{number} {unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_one_unit_are_read() {
        let read: Vec<Option<String>> = ["P5D", "PT4H", "P2M", "P1W", "P1DT2H", "5 ngày", "P", "PT", "P99999999999D"]
            .into_iter()
            .map(duration)
            .collect();
        let said = ["5 ngày", "4 giờ", "2 tháng", "7 ngày"].map(|text| Some(text.to_string()));
        assert_eq!(read[..4], said);
        assert!(read[4..].iter().all(Option::is_none));
    }
}
