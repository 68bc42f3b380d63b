//! Whether a drawn process is sound: what the general analysis finds, in the words of the drawing.

use super::drawn::{Drawn, Kind};
use super::kept::with_name;
use crate::analysis::general::{self, Defect, Gate, Node, Origin, Translated, Verdict, Witness, Workflow};
use crate::diagnostic::{Diagnostic, Message, say};
use crate::rules::UNSTRUCTURED;
use crate::source::{FileId, Place, Source};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::HashSet;
use tthc_grammar::text::Text;
use tthc_grammar::tree::Span;

/// The defects of a process, or why it cannot be examined: then nothing is known of it.
pub(super) fn examined(drawn: &Drawn, source: &Source) -> Result<Vec<Diagnostic>, String> {
    if let Some((place, what)) = drawn.unexamined {
        return Err(format!("{} {what}", name_or_line(drawn, place, source)));
    }
    if let Some(gate) = drawn.nodes.iter().position(|node| node.kind == Kind::Or) {
        let name = name_or_line(drawn, gate, source);
        return Err(format!("{name} tách hay chờ tùy theo hồ sơ, không phải một nhánh và cũng không phải mọi nhánh"));
    }
    let conditional = |flow: &usize| drawn.flows[*flow].condition.is_some();
    let some = |place: &usize| match drawn.nodes[*place].kind {
        Kind::Xor | Kind::And => false,
        _ => drawn.out(*place).len() > 1 && drawn.out(*place).iter().any(conditional),
    };
    if let Some(place) = (0..drawn.nodes.len()).find(some) {
        let name = name_or_line(drawn, place, source);
        return Err(format!("các mũi tên ra từ {name} có điều kiện riêng, có thể đi một hay nhiều mũi tên"));
    }
    let model = Model::of(drawn, &source.text);
    let net = model.workflow.to_net().map_err(|_| "bản vẽ không đọc được thành lưới".to_string())?;
    match general::check(&net.net) {
        Verdict::Unsound(defects) => Ok(defects.iter().filter_map(|defect| model.found(&net, defect)).collect()),
        Verdict::Sound => Ok(Vec::new()),
        Verdict::Unknown { states } => Err(format!("có quá nhiều trạng thái (hơn {states})")),
    }
}

/// What a node is, with its name; without one, with its line in the file.
fn name_or_line(drawn: &Drawn, place: usize, source: &Source) -> String {
    let node = &drawn.nodes[place];
    let what = with_name(node);
    if !node.name.is_empty() {
        return what;
    }
    let start = source.text.parsed_offset(node.span.start as u32);
    format!("{what} ở dòng {}", source.position(start).line)
}

/// The drawing as gates, and the way back.
struct Model<'d> {
    drawn: &'d Drawn,
    text: &'d Text,
    workflow: Workflow,
    /// The drawn node of a gate.
    origin: Vec<Option<usize>>,
}

impl<'d> Model<'d> {
    fn of(drawn: &'d Drawn, text: &'d Text) -> Model<'d> {
        let mut graph = DiGraph::new();
        let start = graph.add_node(Gate::XOR);
        let mut origin = vec![None];
        let mut gates = Vec::new();
        for (place, node) in drawn.nodes.iter().enumerate() {
            let gate = match node.kind {
                Kind::Xor | Kind::Or => Gate::XOR,
                Kind::And => Gate::AND,
                _ => Gate::TASK,
            };
            gates.push(graph.add_node(gate));
            origin.push(Some(place));
        }
        // A node with events at its border ends in one of several ways.
        let mut leaves = gates.clone();
        for place in 0..drawn.nodes.len() {
            let borders = drawn.borders(place);
            if borders.is_empty() {
                continue;
            }
            let (choice, done) = (graph.add_node(Gate::XOR), graph.add_node(Gate::TASK));
            origin.extend([Some(place), Some(place)]);
            graph.add_edge(gates[place], choice, ());
            graph.add_edge(choice, done, ());
            borders.iter().for_each(|border| _ = graph.add_edge(choice, gates[*border], ()));
            leaves[place] = done;
        }
        for flow in &drawn.flows {
            graph.add_edge(leaves[flow.from], gates[flow.to], ());
        }
        let starts = |place: &usize| drawn.nodes[*place].kind == Kind::Start;
        let entered: HashSet<usize> = drawn.flows.iter().map(|flow| flow.to).collect();
        // Without a start, a process begins where nothing leads to.
        let begins = |place: &usize| !entered.contains(place) && !matches!(drawn.nodes[*place].kind, Kind::Border(_));
        let mut first: Vec<usize> = (0..drawn.nodes.len()).filter(starts).collect();
        if first.is_empty() {
            first = (0..drawn.nodes.len()).filter(begins).collect();
        }
        first.into_iter().for_each(|place| _ = graph.add_edge(start, gates[place], ()));
        Model { drawn, text, workflow: Workflow { graph, start }, origin }
    }

    fn found(&self, net: &Translated, defect: &Defect) -> Option<Diagnostic> {
        let (nodes, message, witness) = match defect {
            Defect::Unreachable { nodes } => {
                let places = self.places(net, nodes);
                let names = self.names(&places);
                let message = say(format!("Không hồ sơ nào đến được {names}"), format!("No dossier comes to {names}"));
                (places, message, None)
            }
            Defect::NoExit { nodes, witness } => {
                let places = self.places(net, nodes);
                let names = self.names(&places);
                let message = say(
                    format!("Vào {names} rồi thì không đến được kết thúc nào nữa"),
                    format!("From {names} no end can be reached any more"),
                );
                (places, message, witness.as_ref())
            }
            Defect::Deadlock { waiting, ended, witness, gates, .. } => {
                let joins = waiting.iter().map(|one| net.transitions[one.join.0 as usize]);
                let mut places: Vec<usize> = joins.filter_map(|gate| self.origin[gate.index()]).collect();
                places.extend(gates.iter().flat_map(|gates| self.places(net, &[gates.join])));
                if *ended && self.stops(net, witness.as_ref()) {
                    return None;
                }
                let names = self.names(&places);
                (places, waits(&names, *ended), witness.as_ref())
            }
            Defect::SecondToken { place, gates, witness } => {
                let at: Vec<Node> = place.iter().map(|place| Node::Place(*place)).collect();
                let mut places = self.places(net, &at);
                places.extend(gates.iter().flat_map(|gates| self.places(net, &[gates.split])));
                let names = self.names(&places);
                let message = say(
                    format!("Các nhánh song song không gặp nhau trước {names}: việc sau đó được làm nhiều lần"),
                    format!("Parallel branches do not meet before {names}: what follows is done more than once"),
                );
                (places, message, witness.as_ref())
            }
        };
        let mut nodes = nodes;
        nodes.dedup();
        let mut found = Diagnostic::new(UNSTRUCTURED, self.place(nodes.first().copied()), message);
        found.procedure = Some(self.drawn.name.clone()).filter(|name| !name.is_empty());
        found.witness = witness.map_or_else(Vec::new, |witness| self.route(net, witness));
        for node in nodes.iter().skip(1).take(3) {
            found = found.label(self.place(Some(*node)), say("chỗ liên quan", "concerned"));
        }
        Some(found)
    }

    /// An end that stops everything was reached: nothing is left behind.
    fn stops(&self, net: &Translated, witness: Option<&Witness>) -> bool {
        witness.is_some_and(|witness| {
            witness.marking.iter().any(|place| match net.places[place.0 as usize] {
                Origin::At(gate) => {
                    self.origin[gate.index()].is_some_and(|node| self.drawn.nodes[node].kind == Kind::End(true))
                }
                Origin::Way(_) => false,
            })
        })
    }

    /// The drawn nodes, each once; those with a name first.
    fn places(&self, net: &Translated, nodes: &[Node]) -> Vec<usize> {
        let gate = |node: &Node| -> NodeIndex {
            match node {
                Node::Transition(transition) => net.transitions[transition.0 as usize],
                Node::Place(place) => match net.places[place.0 as usize] {
                    Origin::At(gate) => gate,
                    Origin::Way(way) => {
                        self.workflow.graph.edge_endpoints(way).map_or(self.workflow.start, |(_, to)| to)
                    }
                },
            }
        };
        let mut places: Vec<usize> = Vec::new();
        for place in nodes.iter().filter_map(|node| self.origin[gate(node).index()]) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.sort_by_key(|place| self.drawn.nodes[*place].name.is_empty());
        places
    }

    fn names(&self, places: &[usize]) -> String {
        let mut names: Vec<String> = places.iter().map(|place| super::called(&self.drawn.nodes[*place])).collect();
        names.dedup();
        let more = if names.len() > 4 { ", …" } else { "" };
        names.truncate(4);
        if names.is_empty() { "…".into() } else { format!("{}{more}", names.join(", ")) }
    }

    fn route(&self, net: &Translated, witness: &Witness) -> Vec<String> {
        let nodes = witness.trace.iter().filter_map(|next| self.origin[net.transitions[next.0 as usize].index()]);
        let mut names: Vec<String> = nodes
            .filter(|node| matches!(self.drawn.nodes[*node].kind, Kind::Task | Kind::Wait))
            .map(|node| self.drawn.nodes[node].name.clone())
            .collect();
        names.dedup();
        names
    }

    fn place(&self, node: Option<usize>) -> Place {
        let offset = |at: usize| self.text.parsed_offset(at as u32);
        let span = node.map_or(Span::default(), |node| {
            let range = &self.drawn.nodes[node].span;
            Span { start: offset(range.start), end: offset(range.end) }
        });
        Place { file: FileId(0), span }
    }
}

fn waits(names: &str, ended: bool) -> Message {
    if ended {
        return say(
            format!("Quy trình kết thúc mà còn nhánh dang dở ở {names}"),
            format!("The process ends while something is left at {names}"),
        );
    }
    say(format!("{names} chờ một nhánh không bao giờ đến"), format!("{names} waits for a branch that never comes"))
}
