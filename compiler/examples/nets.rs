//! Prints workflow nets with the verdict of the general soundness check, a line each, for engines outside to judge:
//! `cargo run -p tthc-compiler --example nets -- SEED COUNT FILE…`
//!
//! `name|sound or unsound|places|initial place|inputs>outputs;…`. First the processes of the files, as far as they
//! are plain gates: guards and counts are left out, and so are blocks that do not wait for all of their branches.
//! Then so many random graphs of gates.

use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::Arc;
use tthc_compiler::analysis::general::{Gate, Net, TransitionId, Verdict, Workflow, check};
use tthc_compiler::graph::{Net as Flow, NodeKind};
use tthc_compiler::project::{ParsedFile, Project, Settings};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(seed), Some(count)) = (number(arguments.first()), number(arguments.get(1))) else {
        eprintln!("nets SEED COUNT FILE…");
        return ExitCode::from(2);
    };
    let mut files = Vec::new();
    for path in arguments.iter().skip(2) {
        match std::fs::read(path) {
            Ok(bytes) => files.push(Arc::new(ParsedFile::new(path.as_str(), &bytes))),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::from(2);
            }
        }
    }
    let project = Project::new(files, Settings::default());
    for analysis in project.analysis() {
        let name = &project.model.procedures[analysis.procedure].named.name;
        if let Some(workflow) = gates(&analysis.net) {
            print(&format!("{name}.{}", analysis.case), &workflow);
        }
    }
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for at in 0..count {
        print(&format!("random {at}"), &drawn(&mut random));
    }
    ExitCode::SUCCESS
}

fn number(text: Option<&String>) -> Option<u64> {
    text?.parse().ok()
}

fn print(name: &str, workflow: &Workflow) {
    let Ok(net) = workflow.to_net().map(|translated| translated.net) else { return };
    let verdict = match check(&net) {
        Verdict::Sound => "sound",
        Verdict::Unsound(_) => "unsound",
        Verdict::Unknown { .. } => return,
    };
    println!("{name}|{verdict}|{}|{}|{}", net.places(), net.initial().0, transitions(&net));
}

fn transitions(net: &Net) -> String {
    let sides = (0..net.transitions() as u32).map(TransitionId).map(|id| {
        let inputs: Vec<String> = net.inputs(id).map(|place| place.0.to_string()).collect();
        let outputs: Vec<String> = net.outputs(id).map(|place| place.0.to_string()).collect();
        format!("{}>{}", inputs.join(" "), outputs.join(" "))
    });
    sides.collect::<Vec<_>>().join(";")
}

/// A process as gates with one end; none where it is more than gates.
fn gates(flow: &Flow) -> Option<Workflow> {
    if !flow.dangling.is_empty() {
        return None;
    }
    let mut graph = DiGraph::new();
    let end = graph.add_node(Gate::XOR);
    let mut nodes: HashMap<NodeIndex, NodeIndex> = HashMap::new();
    for node in flow.graph.node_indices() {
        let gate = match flow.graph[node] {
            NodeKind::Fork(_) => Gate::AND,
            NodeKind::Join(_, required) => {
                let arriving = flow.graph.edges_directed(node, petgraph::Incoming).count();
                (arriving == required as usize).then_some(Gate::AND)?
            }
            // Whatever still runs is stopped: no gate does that.
            NodeKind::End(_, true) => return None,
            _ => Gate::XOR,
        };
        let own = match flow.graph[node] {
            NodeKind::End(..) | NodeKind::Finished => end,
            _ => graph.add_node(gate),
        };
        nodes.insert(node, own);
    }
    for edge in flow.graph.edge_indices() {
        let (from, to) = flow.graph.edge_endpoints(edge)?;
        graph.add_edge(nodes[&from], nodes[&to], ());
        if let Some(instead) = flow.graph[edge].exhausted {
            graph.add_edge(nodes[&from], nodes[&instead], ());
        }
    }
    Some(Workflow { graph, start: nodes[&flow.start] })
}

/// xorshift64*: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % bound as u64) as usize
    }
}

/// Gates with ways mostly forward, from a start without ways in to one end.
fn drawn(random: &mut Random) -> Workflow {
    let mut graph = DiGraph::new();
    let count = 4 + random.below(7);
    let nodes: Vec<NodeIndex> = (0..count)
        .map(|number| graph.add_node(if number > 0 && random.below(3) == 0 { Gate::AND } else { Gate::XOR }))
        .collect();
    for node in 1..count {
        graph.add_edge(nodes[random.below(node)], nodes[node], ());
    }
    for _ in 0..random.below(4) {
        let (one, two) = (1 + random.below(count - 1), 1 + random.below(count - 1));
        let back = random.below(5) == 0;
        let (from, to) = if back { (one.max(two), one.min(two)) } else { (one.min(two), one.max(two)) };
        graph.add_edge(nodes[from], nodes[to], ());
    }
    let last: Vec<NodeIndex> = nodes.into_iter().filter(|node| graph.neighbors(*node).next().is_none()).collect();
    let join = if random.below(2) == 0 { Gate::AND } else { Gate::XOR };
    let end = graph.add_node(join);
    last.into_iter().for_each(|node| {
        graph.add_edge(node, end, ());
    });
    Workflow { graph, start: NodeIndex::new(0) }
}
