//! The workflow files of E-PAR: steps of groups, in each step a chain of tasks.
//!
//! A step is a stage with the time of the step; its tasks are the steps of the stage. Working days, halves allowed.

mod checked;

use super::draft::{Block, Draft, Exits, Item, Procedure, Remark, Step, Time};
use super::people::People;
use super::words::{self, Names, one_line, quoted};
use super::{Called, Read, Unreadable, decoded, time, xml};
use crate::diagnostic::say;
use crate::source::Source;
use roxmltree::Node;
use std::collections::HashMap;

/// Roles of tasks: the name, label and kind that they have here.
const ROLES: &[(&str, &str, &str)] = &[
    ("TIEP_NHAN", "Tiếp nhận", "tiếp nhận"),
    ("BAN_GIAO", "Bàn giao", "chuyển hồ sơ"),
    ("PHAN_CONG", "Phân công", "phân công"),
    ("THU_LY", "Thụ lý", "thẩm định"),
    ("XET_DUYET", "Xét duyệt", "xem xét"),
    ("KY_DUYET", "Ký duyệt", "phê duyệt"),
    ("THU_PHI", "Thu phí", "thu phí"),
    ("TRA_KET_QUA", "Trả kết quả", "trả kết quả"),
    ("BO_SUNG", "Bổ sung", "bổ sung"),
];
/// Groups that every installation has.
const GROUPS: &[(&str, &str)] = &[("BP_MOT_CUA", "Bộ phận một cửa"), ("LANH_DAO_DON_VI", "Lãnh đạo đơn vị")];
/// Attributes that are read; others are kept as a note.
const READ: [&str; 6] = ["code", "next", "name", "time", "pause", "unpause"];
/// Bare numbers are working days.
const UNIT: Option<&str> = Some("ngày làm việc");

/// Attributes of steps that are read; the number and the role are held against what stands in them.
const READ_OF_STEPS: [&str; 6] = ["order", "group", "name", "time", "role", "no_chain"];

/// The draft of a file, and what is wrong with it.
pub(super) fn read(bytes: &[u8], called: &Called) -> Result<Read, Unreadable> {
    let text = decoded(bytes)?;
    let document = xml::document(&text)?;
    let process = document.root_element();
    let steps: Vec<Node> = xml::children(process, "step").collect();
    if process.tag_name().name() != "process" || steps.is_empty() {
        return Err(say(
            "không phải quy trình của E-PAR: cần <process> với các <step>",
            "this is no workflow of E-PAR: a <process> with <step>s is needed",
        ));
    }
    let (main, aside): (Vec<Node>, Vec<Node>) =
        steps.into_iter().partition(|step| xml::attribute(*step, "no_chain") != Some("true"));
    let mut build = Build::new(&main);
    let mut procedure = head(process, called);
    for (number, step) in (1..).zip(&main) {
        let item = build.step(*step, number);
        procedure.body.extend(item);
    }
    procedure.remarks.extend(build.total(process, &main));
    for step in aside {
        let tasks: Vec<String> = xml::children(step, "task").map(|task| said(task)).collect();
        let text = format!("nhánh phụ “{}”: {}; viết lại thành song song", said(step), tasks.join("; "));
        procedure.remarks.push(Remark::Open(text));
    }
    procedure.lines.splice(0..0, build.people.attributes());
    let (agencies, open) = build.people.finish("nhóm (group) và việc (task) của tệp E-PAR");
    let draft =
        Draft { remarks: open.into_iter().collect(), agencies, declared: Vec::new(), procedures: vec![procedure] };
    Ok(Read { draft, findings: checked::findings(process, &Source::new("", text.as_bytes())) })
}

/// Every attribute of an element, in words.
fn said(node: Node) -> String {
    node.attributes().map(|one| format!("{} = {}", one.name(), one.value())).collect::<Vec<_>>().join(", ")
}

fn head(process: Node, called: &Called) -> Procedure {
    let label = xml::attribute(process, "name").map_or_else(|| called.label.clone(), one_line);
    let mut procedure = Procedure { name: called.name.clone(), label, ..Procedure::default() };
    if let Some(code) = xml::attribute(process, "code") {
        procedure.lines.push(format!("ký hiệu: {}", quoted(code)));
    }
    if let Some(fee) = xml::attribute(process, "fee") {
        procedure.lines.push(format!("lệ phí: {}", quoted(fee)));
    }
    match xml::attribute(process, "totaltime").map(|total| time::read(total, UNIT)) {
        Some(time::Reading::Amount(total, _)) if time::minutes(&total) > Some(0) => {
            procedure.lines.push(format!("thời hạn: {total}"));
        }
        _ => procedure.remarks.push(Remark::Open("tệp không ghi thời hạn; thêm dòng “thời hạn: …”".into())),
    }
    let other = process.attributes().filter(|one| !["name", "code", "fee", "totaltime"].contains(&one.name()));
    procedure.remarks.extend(other.map(|one| Remark::Kept(format!("{}: {}", one.name(), one.value()))));
    procedure
}

struct Build {
    people: People,
    /// By the code of a task: its name here, and its place.
    tasks: HashMap<String, (String, usize)>,
    /// The codes in order.
    order: Vec<String>,
    blocks: Names,
    /// The clock stands still.
    paused: bool,
    at: usize,
}

impl Build {
    fn new(steps: &[Node]) -> Build {
        let (mut names, mut tasks, mut order) = (Names::default(), HashMap::new(), Vec::new());
        for task in steps.iter().flat_map(|step| xml::children(*step, "task")) {
            let code = xml::attribute(task, "code").unwrap_or_default().to_string();
            let name = names.fresh(&task_name(&code));
            // A code that stands twice leads to its first task.
            tasks.entry(code.clone()).or_insert((name.clone(), order.len()));
            order.push(name);
        }
        Build { people: People::default(), tasks, order, blocks: Names::default(), paused: false, at: 0 }
    }

    fn step(&mut self, step: Node, number: usize) -> Vec<Item> {
        let mut items: Vec<Item> = kept(step, number).map(Remark::Kept).map(Item::Remark).into_iter().collect();
        items.extend(self.tasks(step));
        items
    }

    fn tasks(&mut self, step: Node) -> Vec<Item> {
        let label = xml::attribute(step, "name").map_or_else(String::new, one_line);
        let limit = xml::attribute(step, "time").map(|text| time::read(text, UNIT));
        let (time, shared) = match &limit {
            Some(time::Reading::Amount(amount, _)) if time::minutes(amount) == Some(0) => {
                (Time::Uncounted(None, Some(format!("Bước “{label}” ghi 0 ngày"))), None)
            }
            Some(time::Reading::Amount(amount, _)) => (Time::Within(amount.clone()), Some(amount.clone())),
            _ => (Time::Unknown, None),
        };
        let tasks: Vec<Node> = xml::children(step, "task").collect();
        let group = xml::attribute(step, "group").unwrap_or_default();
        let who = self.people.performer(&group_label(group));
        if tasks.is_empty() {
            return vec![Item::Remark(Remark::Open(format!("bước không có việc nào: {}", said(step))))];
        }
        if let [only] = tasks[..] {
            return vec![Item::Step(Box::new(self.task(only, who, time)))];
        }
        let name = self.blocks.of(&label, "giai_đoạn");
        let lines: Vec<String> = shared.iter().map(|limit| format!("thời hạn: {limit}")).collect();
        let inside = if shared.is_some() { Time::Shared } else { time };
        let items = tasks.into_iter().map(|task| Item::Step(Box::new(self.task(task, who.clone(), inside.clone()))));
        let items = items.collect();
        let (label, _) = words::label(&label);
        vec![Item::Block(Block { keyword: "giai đoạn", name, label, lines, items, ..Block::default() })]
    }

    fn task(&mut self, task: Node, who: Option<String>, otherwise: Time) -> Step {
        let code = xml::attribute(task, "code").unwrap_or_default();
        let at = self.at;
        self.at += 1;
        let role = role(code);
        let text = xml::attribute(task, "name").or(role.map(|(_, label, _)| *label)).unwrap_or(code);
        let (label, whole) = words::label(text);
        let mut step = Step { name: self.order[at].clone(), label, who, time: otherwise, ..Step::default() };
        if xml::attribute(task, "unpause") == Some("true") {
            self.paused = false;
        }
        if self.paused {
            step.time = Time::Uncounted(None, Some("Đang tạm dừng tính thời gian".into()));
        } else if let Some(own) = xml::attribute(task, "time") {
            match time::read(own, UNIT) {
                time::Reading::Amount(amount, _) => step.time = Time::Within(amount),
                _ => step.remarks.push(Remark::Open(format!("không đọc được thời gian “{own}”"))),
            }
        }
        let kinds = role.map_or_else(|| words::kinds(text), |(_, _, kind)| vec![*kind]);
        step.lines.push(format!("loại: {}", kinds.join(", ")));
        step.lines.extend((!whole).then(|| format!("nội dung: {}", quoted(text))));
        let other =
            task.attributes().filter(|one| !READ.contains(&one.name()) && !["", "false"].contains(&one.value()));
        let other: Vec<String> = other.map(|one| format!("{} = {}", one.name(), one.value())).collect();
        step.lines.extend((!other.is_empty()).then(|| format!("ghi chú: {}", quoted(&other.join(", ")))));
        self.exits(task, at, &mut step);
        step
    }

    /// Where a task goes on: to the next one, elsewhere, or to an end; a pause is a wait on the way.
    fn exits(&mut self, task: Node, at: usize, step: &mut Step) {
        let next = xml::attribute(task, "next").unwrap_or("NULL");
        // `MAIN[BRANCH]` begins a side branch as well.
        let (next, branch) = next.split_once('[').map_or((next, None), |(main, branch)| (main, Some(branch)));
        if let Some(branch) = branch {
            let branch = branch.trim_end_matches(']');
            step.remarks.push(Remark::Open(format!("ở đây bắt đầu nhánh phụ {branch}; viết lại thành song song")));
        }
        let pauses = xml::attribute(task, "pause") == Some("true");
        let target = match self.tasks.get(next) {
            _ if next == "NULL" => "kết thúc trả kết quả".to_string(),
            Some((_, place)) if *place == at + 1 => "tiếp".to_string(),
            Some((name, place)) if *place <= at => format!("quay lại {name}"),
            Some((name, _)) => name.clone(),
            None => {
                step.remarks.push(Remark::Open(format!("tệp chuyển đến “{next}”, mà không có việc nào như thế")));
                words::name(&task_name(next))
            }
        };
        step.exits = match target.as_str() {
            "tiếp" if !pauses => Exits::Next,
            _ if pauses && next != "NULL" => Exits::Only(format!(
                "chuyển: chờ {} rồi {target}",
                quoted(&format!("Tạm dừng sau bước “{}”", step.label))
            )),
            _ => match target.strip_prefix("kết thúc ") {
                Some(state) => Exits::Only(format!("kết thúc: {state}")),
                None => Exits::Only(format!("chuyển: {target}")),
            },
        };
        self.paused |= pauses;
    }

    /// The product's own rule: the times of the steps make up the whole.
    fn total(&self, process: Node, steps: &[Node]) -> Option<Remark> {
        let (total, sum) = total_and_sum(process, steps)?;
        let said = format!("tệp ghi thời hạn {}, nhưng các bước cộng lại là {}", time::told(total), time::told(sum));
        (sum != total).then_some(Remark::Open(said))
    }
}

/// What of a step has no place in the text: another number than its own, a role that its tasks do not have, more attributes.
fn kept(step: Node, number: usize) -> Option<String> {
    let of_a_task = |said: &str| {
        let codes = xml::children(step, "task").filter_map(|task| xml::attribute(task, "code"));
        said == "XU_LY" || codes.filter_map(role).any(|(known, ..)| *known == said)
    };
    let said = step.attributes().filter(|one| match one.name() {
        "order" => one.value() != number.to_string(),
        "role" => !of_a_task(one.value()),
        name => !READ_OF_STEPS.contains(&name),
    });
    let said: Vec<String> = said.map(|one| format!("{} = {}", one.name(), one.value())).collect();
    (!said.is_empty()).then(|| format!("tệp ghi thêm ở bước này: {}", said.join(", ")))
}

/// The limit and the times of the steps together, in working minutes; none where there is no limit.
fn total_and_sum(process: Node, steps: &[Node]) -> Option<(i64, i64)> {
    let minutes = |node: Node, name: &str| match time::read(xml::attribute(node, name)?, UNIT) {
        time::Reading::Amount(amount, _) => time::minutes(&amount),
        _ => None,
    };
    let total = minutes(process, "totaltime").filter(|total| *total > 0)?;
    Some((total, steps.iter().filter_map(|step| minutes(*step, "time")).sum()))
}

/// The role is the last part of a code: `LD02::THU_LY`.
fn role(code: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let last = code.rsplit("::").next().unwrap_or(code);
    ROLES.iter().find(|(role, ..)| *role == last)
}

fn task_name(code: &str) -> String {
    let last = code.rsplit("::").next().unwrap_or(code);
    let label = role(code).map_or_else(|| last.replace('_', " "), |(_, label, _)| label.to_string());
    words::slug(&label).unwrap_or_else(|| "việc".into())
}

fn group_label(group: &str) -> String {
    let known = GROUPS.iter().find(|(code, _)| *code == group);
    known.map_or_else(|| group.replace('_', " "), |(_, label)| label.to_string())
}
