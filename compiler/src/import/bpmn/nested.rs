//! What does not stand in the row of the process: subprocesses, which are gone into, events that start subprocesses of their
//! own, and links, which are arrows that are drawn in two parts.

use super::drawn::{Drawn, Flow, Kind, Node, SUBPROCESSES, properties, text};
use super::kept::with_name;
use crate::import::words::{one_line, plain};
use crate::import::xml::{attribute, children};
use roxmltree::{Node as Xml, NodeId};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The property of an end by which a subprocess and the whole process are left: the state of the process.
pub(super) const LEAVES: &str = "leaves";
/// The definition of an event that is one half of an arrow.
pub(super) const LINK: &str = "linkEventDefinition";

/// Elements that are not read: the wiring of a join, and subprocesses that an event starts, whose texts are put down. What
/// somebody has to do is read, whatever a property says of it.
pub(super) fn hidden(process: Xml, drawn: &mut Drawn) -> HashSet<NodeId> {
    let mut hidden = HashSet::new();
    let mut ids: HashSet<&str> = HashSet::new();
    for element in process.descendants().filter(Xml::is_element) {
        let inner = element.parent().is_some_and(|parent| hidden.contains(&parent.id()));
        let started =
            SUBPROCESSES.contains(&element.tag_name().name()) && attribute(element, "triggeredByEvent") == Some("true");
        if started && !inner {
            drawn.lost.push(started_by_event(element));
        }
        let tag = element.tag_name().name();
        let wires = tag.ends_with("Gateway") || tag.ends_with("Event") || tag == "sequenceFlow";
        if inner || started || wires && properties(element).get("helper") == Some("wiring") {
            hidden.insert(element.id());
            ids.extend(attribute(element, "id"));
        }
    }
    // Nor are the flows from or to them.
    for flow in process.descendants().filter(|node| node.tag_name().name() == "sequenceFlow") {
        let ends = ["sourceRef", "targetRef"].into_iter().filter_map(|name| attribute(flow, name));
        if ends.into_iter().any(|id| ids.contains(id)) {
            hidden.insert(flow.id());
        }
    }
    hidden
}

/// Everything that a subprocess says that no arrow leads to.
fn started_by_event(subprocess: Xml) -> String {
    let said = |element: Xml| {
        let name = attribute(element, "name").map(one_line);
        let texts = children(element, "documentation").map(|node| one_line(&plain(&text(node))));
        name.into_iter().chain(texts).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ")
    };
    let own = Some(said(subprocess)).filter(|own| !own.is_empty());
    let own = own.map_or("chưa có tên".to_string(), |own| format!("“{own}”"));
    let inner =
        subprocess.descendants().skip(1).filter(|node| node.is_element() && node.tag_name().name() != "documentation");
    let timers = ["timeDuration", "timeDate", "timeCycle", "condition"];
    let texts: Vec<String> = inner
        .map(|element| match timers.contains(&element.tag_name().name()) {
            true => one_line(&text(element)),
            false => said(element),
        })
        .filter(|text| !text.is_empty())
        .collect();
    format!(
        "quy trình con {own} bắt đầu khi có sự kiện, vào lúc nào cũng được: chưa viết thành bước, bản vẽ xét không có nó; trong đó có: {}",
        texts.join("; ")
    )
}

/// A subprocess that is drawn as one box.
pub(super) fn is_empty(subprocess: Xml) -> bool {
    !subprocess.children().any(is_node)
}

/// Something that stands in a process, not what is said of it.
fn is_node(element: Xml) -> bool {
    let tag = element.tag_name().name();
    let ends = ["Task", "task", "Event", "Gateway", "Activity"];
    ends.iter().any(|end| tag.ends_with(end)) || SUBPROCESSES.contains(&tag)
}

/// The elements that say something of an element: those of the nodes in a subprocess say nothing of it.
pub(super) fn own<'d, 'i: 'd>(element: Xml<'d, 'i>) -> impl Iterator<Item = Xml<'d, 'i>> {
    element.children().filter(|child| !is_node(*child)).flat_map(|child| child.descendants()).filter(Xml::is_element)
}

/// What a subprocess leads to; where it is left before all its branches have come, their join.
pub(super) fn exit(subprocess: &Node) -> Node {
    let mut exit = Node::pass("", subprocess.span.clone());
    if subprocess.required().is_some() {
        exit.kind = Kind::And;
        exit.properties = subprocess.properties.clone();
    }
    exit
}

/// An event that throws leads to the event of the same name that catches, in the same process or subprocess.
pub(super) fn links(elements: &[Xml], places: &HashMap<&str, usize>, drawn: &mut Drawn) {
    let name = |element: &Xml| {
        let link = children(*element, LINK).next()?;
        Some(one_line(attribute(link, "name").or(attribute(*element, "name"))?))
    };
    let of = |tag: &'static str| {
        let events = elements.iter().filter(move |element| element.tag_name().name() == tag);
        events.filter_map(|event| {
            let level = event.parent().map(|parent| parent.id());
            Some(((level, name(event)?), *places.get(attribute(*event, "id")?)?))
        })
    };
    let mut caught: HashMap<(Option<NodeId>, String), usize> = HashMap::new();
    for (key, to) in of("intermediateCatchEvent") {
        let name = key.1.clone();
        match caught.entry(key) {
            Entry::Vacant(first) => _ = first.insert(to),
            Entry::Occupied(_) => {
                drawn.lost.push(format!("mũi tên nối “{name}” có nhiều chỗ đến; ở đây chỉ viết chỗ đầu tiên"));
            }
        }
    }
    for (key, from) in of("intermediateThrowEvent") {
        match caught.get(&key) {
            Some(to) => drawn.flows.push(Flow { from, to: *to, ..Flow::default() }),
            None => drawn.lost.push(format!("mũi tên nối “{}” không có chỗ đến", key.1)),
        }
    }
}

/// Subprocesses are gone into: from their border to their start, from their ends to what comes behind them. Without a start or
/// an end they begin where nothing leads to, and end where nothing leads on.
pub(super) fn inside(
    elements: &[Xml],
    places: &HashMap<&str, usize>,
    exits: &HashMap<usize, usize>,
    drawn: &mut Drawn,
) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for element in elements {
        let own = attribute(*element, "id").and_then(|id| places.get(id)).copied();
        let around = element.parent().and_then(|parent| places.get(attribute(parent, "id")?)).copied();
        if let (Some(own), Some(around)) = (own, around.filter(|around| exits.contains_key(around))) {
            members.entry(around).or_default().push(own);
        }
    }
    let entered: HashSet<usize> = drawn.flows.iter().map(|flow| flow.to).collect();
    let left: HashSet<usize> = drawn.flows.iter().map(|flow| flow.from).collect();
    let mut flows: Vec<Flow> = Vec::new();
    for (around, inner) in members {
        let exit = exits[&around];
        // A subprocess in this one is left at its own exit.
        let leave = |node: usize| exits.get(&node).copied().unwrap_or(node);
        let kinds: Vec<Kind> = inner.iter().map(|node| drawn.nodes[*node].kind).collect();
        let starts = kinds.contains(&Kind::Start);
        if drawn.nodes[around].required().is_none() && is_beyond(drawn, around, &inner) {
            drawn.unexamined.get_or_insert((around, "có nhánh song song và nhiều chỗ kết thúc"));
        }
        for (node, kind) in inner.into_iter().zip(kinds) {
            let properties = &drawn.nodes[node].properties;
            let leads = properties.get(LEAVES).is_some();
            let ends = match kind {
                Kind::End(_) => !leads,
                Kind::Start | Kind::Border(_) => false,
                _ => !left.contains(&leave(node)),
            };
            let begins = match kind {
                Kind::Start => true,
                Kind::End(_) | Kind::Border(_) => false,
                _ => !starts && !entered.contains(&node),
            };
            let arrives = kind != Kind::Task && properties.get("helper") == Some("arrival");
            if matches!(kind, Kind::Start | Kind::End(_)) && !leads || arrives {
                drawn.nodes[node].kind = Kind::Pass;
            }
            flows.extend(begins.then(|| Flow { from: around, to: node, ..Flow::default() }));
            flows.extend(ends.then(|| Flow { from: leave(node), to: exit, ..Flow::default() }));
        }
    }
    flows.sort_by_key(|flow| (flow.from, flow.to));
    drawn.flows.extend(flows);
}

/// A subprocess ends when everything in it has come to an end, or at an end that stops the rest; and what an ad-hoc one does
/// stands in no arrow: no net of arrows can say that.
fn is_beyond(drawn: &Drawn, around: usize, inner: &[usize]) -> bool {
    let out = |node: &usize| drawn.out(*node).len();
    let forks = |node: &&usize| match drawn.nodes[**node].kind {
        Kind::Xor | Kind::Or => false,
        _ => out(node) > 1,
    };
    let ends = inner.iter().filter(|node| out(node) == 0 && !matches!(drawn.nodes[**node].kind, Kind::Border(_)));
    let stops = inner.iter().any(|node| drawn.nodes[*node].kind == Kind::End(true));
    let begins = inner
        .iter()
        .filter(|node| drawn.leading_to(**node).is_empty() && !matches!(drawn.nodes[**node].kind, Kind::Border(_)));
    let several = inner.iter().any(|node| forks(&node)) || begins.count() > 1;
    drawn.nodes[around].tag == "adHocSubProcess" || several && (stops || ends.count() > 1)
}

/// Events at the border of a subprocess that is gone into: no line of a text can say where they lead.
pub(super) fn borders(drawn: &mut Drawn) {
    for (place, node) in drawn.nodes.iter().enumerate() {
        let Kind::Border(host) = node.kind else { continue };
        if drawn.nodes[host].kind != Kind::Pass {
            continue;
        }
        let after = node.timer.as_ref().map(|timer| super::duration(timer).unwrap_or_else(|| timer.clone()));
        let after = after.map_or(String::new(), |after| format!(" (sau {after})"));
        let goals = drawn.out(place).into_iter().map(|flow| with_name(&drawn.nodes[drawn.flows[flow].to]));
        let goals: Vec<String> = goals.collect();
        let goals = if goals.is_empty() { String::new() } else { format!(" đến {}", goals.join(", ")) };
        let (event, host) = (with_name(node), with_name(&drawn.nodes[host]));
        drawn.lost.push(format!("{event}{after} ở viền {host}: chưa viết được đường từ đó{goals}"));
    }
}
