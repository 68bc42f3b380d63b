//! What does not stand in the row of the process: subprocesses, which are gone into, events that start subprocesses of their
//! own, and links, which are arrows that are drawn in two parts.

use super::drawn::{Drawn, Flow, Kind, Node, SUBPROCESSES, properties, text};
use crate::import::words::{one_line, plain};
use crate::import::xml::{attribute, children};
use roxmltree::{Node as Xml, NodeId};
use std::collections::{HashMap, HashSet};

/// The property of an end by which a subprocess and the whole process are left: the state of the process.
pub(super) const LEAVES: &str = "leaves";
/// The definition of an event that is one half of an arrow.
pub(super) const LINK: &str = "linkEventDefinition";

/// Elements that are not read: the wiring of a join, and subprocesses that an event starts, whose texts are put down.
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
        if inner || started || properties(element).get("helper") == Some("wiring") {
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
    let own = said(subprocess);
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
        "quy trình con “{own}” bắt đầu khi có sự kiện, vào lúc nào cũng được: chưa viết thành bước, bản vẽ xét không có nó; trong đó có: {}",
        texts.join("; ")
    )
}

/// A subprocess that is drawn as one box.
pub(super) fn is_empty(subprocess: Xml) -> bool {
    let node = |tag: &str| {
        let ends = ["Task", "task", "Event", "Gateway", "Activity"];
        ends.iter().any(|end| tag.ends_with(end)) || SUBPROCESSES.contains(&tag)
    };
    !subprocess.children().any(|child| child.is_element() && node(child.tag_name().name()))
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

/// An event that throws leads to the event of the same name that catches.
pub(super) fn links(elements: &[Xml], places: &HashMap<&str, usize>, drawn: &mut Drawn) {
    let name = |element: &Xml| {
        let link = children(*element, LINK).next()?;
        Some(one_line(attribute(link, "name").or(attribute(*element, "name"))?))
    };
    let of = |tag: &'static str| {
        let events = elements.iter().filter(move |element| element.tag_name().name() == tag);
        events.filter_map(|event| Some((name(event)?, *places.get(attribute(*event, "id")?)?)))
    };
    let caught: HashMap<String, usize> = of("intermediateCatchEvent").collect();
    for (name, from) in of("intermediateThrowEvent") {
        match caught.get(&name) {
            Some(to) => drawn.flows.push(Flow { from, to: *to, ..Flow::default() }),
            None => drawn.lost.push(format!("mũi tên nối “{name}” không có chỗ đến")),
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
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    for element in elements {
        let own = attribute(*element, "id").and_then(|id| places.get(id)).copied();
        let around = element.parent().and_then(|parent| places.get(attribute(parent, "id")?)).copied();
        if let (Some(own), Some(around)) = (own, around.filter(|around| exits.contains_key(around))) {
            members.entry(around).or_default().push(own);
        }
    }
    let mut flows: Vec<Flow> = Vec::new();
    for (around, inner) in members {
        let exit = exits[&around];
        // A subprocess in this one is left at its own exit.
        let leave = |node: usize| exits.get(&node).copied().unwrap_or(node);
        let entered: HashSet<usize> = drawn.flows.iter().map(|flow| flow.to).collect();
        let left: HashSet<usize> = drawn.flows.iter().map(|flow| flow.from).collect();
        let kinds: Vec<Kind> = inner.iter().map(|node| drawn.nodes[*node].kind).collect();
        let starts = kinds.contains(&Kind::Start);
        if drawn.nodes[around].required().is_none() && is_beyond(drawn, around, &inner) {
            let name = super::called(&drawn.nodes[around]);
            drawn.unexamined.get_or_insert(format!("quy trình con {name} có nhánh song song và nhiều chỗ kết thúc"));
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
            if matches!(kind, Kind::Start | Kind::End(_)) && !leads || properties.get("helper") == Some("arrival") {
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
