//! Where a step goes on: the ways behind it as lines of `hướng xử lý` or `rẽ nhánh`.

use super::condition::{self, Condition};
use super::drawn::Kind;
use super::ends;
use super::plan::{Plan, Way};
use super::steps::{Region, Steps};
use super::task::texts;
use crate::import::draft::{Exits, Remark, Step, Way as Line};
use crate::import::reads;
use crate::import::words::{self, Names, one_line, quoted};

impl Steps<'_> {
    pub(super) fn exits(&mut self, place: usize, step: &mut Step, region: &Region, at: usize) {
        let plan = self.plan;
        let all = &plan.ways[&place];
        let flow = |way: &Way, name: &str| {
            way.flows.iter().find_map(|flow| plan.drawn.flows[*flow].properties.get(name)).map(String::from)
        };
        let round = |way: &Way| flow(way, "round").filter(|round| reads::as_round(round));
        let (instead, ways): (Vec<&Way>, Vec<&Way>) = all.iter().partition(|way| flow(way, "usedUp").is_some());
        let modifiers = |way: &Way, most: Option<&String>| {
            let mut goal = String::new();
            goal.extend(most.map(|most| format!(", tối đa {most} lần")));
            goal.extend(round(way).map(|round| format!(", {round}")));
            goal.extend(flow(way, "restarts").map(|_| ", tính lại thời hạn".to_string()));
            let replaced = instead.iter().find(|other| {
                way.flows.iter().any(|own| Some(&plan.drawn.flows[*own].id) == flow(other, "usedUp").as_ref())
            });
            goal.extend(replaced.map(|other| format!(", hết lượt -> {}", self.goal(other, region, at))));
            goal
        };
        let reference = self.called[&place].reference.clone();
        let mut lines = Vec::new();
        let mut remarks: Vec<Remark> = all.iter().filter_map(|way| ends::open(self.node(way.to))).collect();
        let mut decided = false;
        for way in &ways {
            let said = self.said(way, &reference);
            let mut goal = self.goal(way, region, at);
            if goal.contains("quay lại") && said.condition.most.is_none() && round(way).is_none() {
                remarks.push(Remark::Open(
                    "vòng quay lại chưa có giới hạn: thêm “tối đa … lần” hoặc “trong thời gian đã định”".into(),
                ));
            }
            goal.push_str(&modifiers(way, said.condition.most.as_ref()));
            decided |= said.condition.outcome.is_some() || !said.known;
            lines.push((said, goal, way_lines(plan, way)));
        }
        remarks.dedup();
        step.remarks.extend(remarks);
        step.exits = match &lines[..] {
            [] => {
                step.remarks
                    .push(Remark::Open("BPMN không dẫn đi đâu sau việc này: ghi bước tiếp theo vào “chuyển”".into()));
                // To the next row would be a way that nobody has drawn.
                Exits::Only("chuyển: chưa_rõ".into())
            }
            [(said, goal, _)] if said.condition.outcome.is_none() && said.condition.guard.is_none() => {
                if goal == "tiếp" { Exits::Next } else { Exits::Only(statement(goal)) }
            }
            _ if decided => Exits::Outcomes(self.outcomes(lines)),
            _ => Exits::Guards(
                lines
                    .into_iter()
                    .map(|(said, target, lines)| {
                        let head = said.condition.guard.map_or("còn lại".into(), |guard| format!("khi {guard}"));
                        Line { head, target, lines }
                    })
                    .collect(),
            ),
        };
    }

    fn outcomes(&self, lines: Vec<(Said, String, Vec<String>)>) -> Vec<Line> {
        let mut names = Names::default();
        let own = |said: &Said| said.condition.outcome.as_deref().map(words::name);
        lines.iter().filter_map(|(said, ..)| own(said)).for_each(|name| _ = names.fresh(&name));
        let line = |(said, target, mut lines): (Said, String, Vec<String>)| {
            let name = own(&said).unwrap_or_else(|| names.of(&said.name, "hướng"));
            let label = &said.name;
            let shown = if label.is_empty() || *label == name.replace('_', " ") || *label == name {
                String::new()
            } else {
                format!(" {}", quoted(label))
            };
            let guard = said.condition.guard.map_or(String::new(), |guard| format!(" khi {guard}"));
            lines.extend(said.text.map(|text| format!("ghi chú: {}", quoted(&format!("Điều kiện: {text}")))));
            Line { head: format!("{name}{shown}{guard}"), target, lines }
        };
        lines.into_iter().map(line).collect()
    }

    /// What decides for a way.
    fn said(&self, way: &Way, step: &str) -> Said {
        let drawn = &self.plan.drawn;
        let mut said = Said { known: true, ..Said::default() };
        let mut guards: Vec<String> = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for flow in &way.flows {
            let flow = &drawn.flows[*flow];
            let from = flow.from;
            let real = drawn.out(from).into_iter().filter(|other| {
                let properties = &drawn.flows[*other].properties;
                properties.get("helper").is_none() && properties.get("usedUp").is_none()
            });
            let helper = self.node(from).is_helper();
            if real.count() < 2 && flow.condition.is_none() || matches!(self.node(from).kind, Kind::And) {
                continue;
            }
            names.extend((!flow.name.is_empty()).then_some(flow.name.as_str()));
            let Some(text) = &flow.condition else {
                // The default: where all others are guards it is the rest.
                let others = drawn.out(from).into_iter().filter_map(|other| drawn.flows[other].condition.as_deref());
                let mut others = others.peekable();
                let explained = others.peek().is_some();
                said.known &= helper
                    || explained
                        && others.all(|text| {
                            condition::read(text, &self.variables, step).is_some_and(|it| it.outcome.is_none())
                        });
                continue;
            };
            match condition::read(text, &self.variables, step) {
                Some(condition) => {
                    said.condition.outcome = condition.outcome.or(said.condition.outcome);
                    said.condition.most = condition.most.or(said.condition.most);
                    guards.extend(condition.guard);
                }
                None => {
                    said.known = false;
                    said.text = Some(text.clone());
                    if flow.name.is_empty() {
                        names.push(text);
                    }
                }
            }
        }
        let guards: Vec<String> = match guards.len() {
            0 | 1 => guards,
            _ => guards.into_iter().map(|guard| format!("({guard})")).collect(),
        };
        said.condition.guard = (!guards.is_empty()).then(|| guards.join(" và "));
        said.name = names.join(" – ");
        if said.name.is_empty() && said.condition.outcome.is_none() {
            // A way without a name is told by where it leads.
            said.name = self.called.get(&way.to).map_or(self.node(way.to).name.clone(), |called| called.label.clone());
        }
        said
    }
}

#[derive(Debug, Default)]
struct Said {
    condition: Condition,
    /// What the flows are called.
    name: String,
    /// A condition that is no guard here.
    text: Option<String>,
    /// Guards say everything; otherwise somebody decides.
    known: bool,
}

/// An arrow as a statement of its own.
pub(super) fn statement(goal: &str) -> String {
    match goal.strip_prefix("kết thúc ") {
        Some(state) => format!("kết thúc: {state}"),
        None => format!("chuyển: {goal}"),
    }
}

/// What a way yields.
fn way_lines(plan: &Plan, way: &Way) -> Vec<String> {
    let mut lines = Vec::new();
    for flow in way.flows.iter().map(|flow| &plan.drawn.flows[*flow]) {
        let forms: Vec<&str> = flow
            .properties
            .get("forms")
            .into_iter()
            .flat_map(|list| list.split('|'))
            .filter(|form| super::people::is_path(form))
            .collect();
        lines.extend((!forms.is_empty()).then(|| format!("biểu mẫu: {}", forms.join(", "))));
        lines.extend(texts(&flow.properties));
        let foreign = plan.drawn.nodes.iter().all(|node| node.properties.get("step").is_none());
        if foreign && !flow.documentation.is_empty() {
            lines.push(format!("ghi chú: {}", quoted(&one_line(&flow.documentation))));
        }
    }
    lines
}
