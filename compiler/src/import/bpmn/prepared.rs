//! What is put into a drawing before it is planned: the gateways that it leaves out, and steps where the language needs one.

use super::drawn::{Drawn, Flow, Kind, Node};
use super::plan::{is_passed, is_wait, real_out};
use std::collections::{HashSet, VecDeque};

/// Several flows out of a task: all are taken; with conditions, some.
pub(super) fn forks_of_tasks(drawn: &mut Drawn) {
    for place in 0..drawn.nodes.len() {
        let out = drawn.out(place);
        let leaf =
            matches!(drawn.nodes[place].kind, Kind::Task | Kind::Wait | Kind::Start | Kind::Pass | Kind::Border(_));
        if out.len() < 2 || !leaf {
            continue;
        }
        let chosen = out.iter().any(|flow| drawn.flows[*flow].condition.is_some());
        let mut gate = Node::pass("", drawn.nodes[place].span.clone());
        gate.kind = if chosen { Kind::Or } else { Kind::And };
        gate.default = drawn.nodes[place].default;
        gate.lane = drawn.nodes[place].lane.clone();
        drawn.nodes.push(gate);
        let gate = drawn.nodes.len() - 1;
        out.iter().for_each(|flow| drawn.flows[*flow].from = gate);
        drawn.flows.push(Flow { from: place, to: gate, ..Flow::default() });
    }
}

/// Several starts are a choice of the first step.
pub(super) fn one_start(drawn: &mut Drawn, lost: &mut Vec<String>) {
    let starts: Vec<usize> = (0..drawn.nodes.len()).filter(|node| drawn.nodes[*node].kind == Kind::Start).collect();
    if starts.len() == 1 {
        return;
    }
    let entered: HashSet<usize> = drawn.flows.iter().map(|flow| flow.to).collect();
    let firsts: Vec<usize> = if starts.is_empty() {
        (0..drawn.nodes.len()).filter(|node| drawn.nodes[*node].kind == Kind::Task && !entered.contains(node)).collect()
    } else {
        starts
    };
    let first = firsts.first().copied().unwrap_or(0);
    let mut start = Node::pass("Hồ sơ đến", drawn.nodes[first].span.clone());
    start.kind = Kind::Start;
    let mut gate = Node::pass("Bắt đầu từ đâu", drawn.nodes[first].span.clone());
    gate.kind = Kind::Xor;
    drawn.nodes.extend([start, gate]);
    let (start, gate) = (drawn.nodes.len() - 2, drawn.nodes.len() - 1);
    drawn.flows.push(Flow { from: start, to: gate, ..Flow::default() });
    for node in &firsts {
        let name = drawn.nodes[*node].name.clone();
        if drawn.nodes[*node].kind == Kind::Start {
            drawn.nodes[*node].kind = Kind::Pass;
        }
        drawn.flows.push(Flow { from: gate, to: *node, name, ..Flow::default() });
    }
    lost.push(format!("BPMN có {} chỗ bắt đầu; ở đây là một bước chọn", firsts.len()));
}

/// A gate that joins and forks is a join and a fork.
pub(super) fn part_joins(drawn: &mut Drawn) {
    for place in 0..drawn.nodes.len() {
        let out = drawn.out(place);
        if drawn.nodes[place].kind != Kind::And || out.len() < 2 || drawn.leading_to(place).len() < 2 {
            continue;
        }
        let fork = drawn.nodes[place].clone();
        drawn.nodes.push(fork);
        let fork = drawn.nodes.len() - 1;
        out.iter().for_each(|flow| drawn.flows[*flow].from = fork);
        drawn.flows.push(Flow { from: place, to: fork, ..Flow::default() });
    }
}

/// Choices and waits stand behind a step.
pub(super) fn steps_before_choices(drawn: &mut Drawn) {
    let mut queue: VecDeque<usize> =
        (0..drawn.nodes.len()).filter(|node| drawn.nodes[*node].kind == Kind::Start).collect();
    let mut seen: HashSet<usize> = queue.iter().copied().collect();
    let mut reached = Vec::new();
    while let Some(node) = queue.pop_front() {
        reached.push(node);
        for next in drawn.out(node).into_iter().map(|flow| drawn.flows[flow].to) {
            if seen.insert(next) {
                queue.push_back(next);
            }
        }
    }
    for place in reached {
        let chooses = matches!(drawn.nodes[place].kind, Kind::Xor | Kind::Pass) && real_out(drawn, place).len() > 1;
        if !(chooses || is_wait(drawn, place)) || !follows_no_step(drawn, place) {
            continue;
        }
        let mut step = Node::pass(&drawn.nodes[place].name, drawn.nodes[place].span.clone());
        step.kind = Kind::Task;
        step.tag = "choice".into();
        step.lane = drawn.nodes[place].lane.clone();
        drawn.nodes.push(step);
        let step = drawn.nodes.len() - 1;
        drawn.leading_to(place).into_iter().for_each(|flow| drawn.flows[flow].to = step);
        drawn.flows.push(Flow { from: step, to: place, ..Flow::default() });
    }
}

/// Whether a start, a fork or a join may come before a node, with no step in between.
fn follows_no_step(drawn: &Drawn, place: usize) -> bool {
    let mut work = vec![place];
    let mut seen = HashSet::new();
    while let Some(node) = work.pop() {
        for before in drawn.leading_to(node).into_iter().map(|flow| drawn.flows[flow].from) {
            match drawn.nodes[before].kind {
                Kind::Start => return true,
                Kind::And if !is_passed(drawn, before) => return true,
                _ if is_passed(drawn, before) && seen.insert(before) => work.push(before),
                _ => {}
            }
        }
    }
    false
}
