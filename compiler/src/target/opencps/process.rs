//! The process of a case: steps with status, time and roles; actions between them; their configuration.

use super::roles::{Role, Roles};
use super::service::RESULT;
use super::{NAME, element, process_code};
use crate::target::json::definition::{Case, Definition, Duration, Graph, Node, NodeKind, Transition};
use crate::target::one_step;
use crate::target::shortened;
use crate::target::xml::Xml;

/// What the clock of the dossier does in an action: `dateOption`.
const AS_IT_IS: &str = "0";
const PAUSE: &str = "1";
const BEGIN: &str = "2";
const GO_ON: &str = "3";
const BEGIN_ANEW: &str = "6";
const FINISH: &str = "5";
/// Kinds of steps at whose end the result is there.
const DECIDING: [&str; 2] = ["phê duyệt", "ký duyệt"];

/// Paths and contents.
pub(super) fn files(definition: &Definition, roles: &Roles<'_>) -> Vec<(String, Vec<u8>)> {
    let charts: Vec<Chart> = definition.cases.iter().map(|case| Chart::of(definition, roles, case)).collect();
    let steps = charts.iter().flat_map(Chart::step_configs);
    let actions = charts.iter().flat_map(Chart::action_configs);
    let mut files = vec![
        ("StepConfig.xml".to_string(), Xml::new("StepConfigList").children(steps.collect::<Vec<_>>()).document()),
        ("ActionConfig.xml".to_string(), Xml::new("ActionConfigList").children(actions.collect::<Vec<_>>()).document()),
    ];
    files.extend(charts.iter().map(|chart| (format!("processes/{}.xml", chart.number), chart.process().document())));
    files
}

/// A step of OpenCPS: a step, a wait or an end.
struct Stop<'d> {
    code: String,
    name: String,
    status: &'static str,
    time: Option<&'d Duration>,
    /// The clock of the limit stands still.
    pauses: bool,
    roles: Vec<Role>,
    stage: String,
    node: &'d Node,
}

/// An action of OpenCPS.
struct Action<'d> {
    code: String,
    name: String,
    from: Option<usize>,
    to: usize,
    condition: &'static str,
    date: &'static str,
    forms: Vec<&'d String>,
    hands_out: bool,
    /// The result has been decided with it.
    decides: bool,
    signed: bool,
}

struct Chart<'d> {
    definition: &'d Definition,
    roles: &'d Roles<'d>,
    case: &'d Case,
    number: String,
    stops: Vec<Stop<'d>>,
    actions: Vec<Action<'d>>,
}

fn ways<'d>(graph: &'d Graph, from: &'d str) -> impl Iterator<Item = &'d Transition> {
    graph.transitions.iter().filter(move |way| way.from == from)
}

impl<'d> Chart<'d> {
    fn of(definition: &'d Definition, roles: &'d Roles<'d>, case: &'d Case) -> Chart<'d> {
        let number = process_code(definition, case.id.as_deref());
        let mut chart = Chart { definition, roles, case, number, stops: Vec::new(), actions: Vec::new() };
        let kept = |node: &&Node| {
            matches!(node.kind, NodeKind::Step(_) | NodeKind::Wait { .. } | NodeKind::End { .. } | NodeKind::Finished)
        };
        let first = ways(&case.graph, &case.graph.start).next().map(|way| way.to.as_str());
        for (place, node) in case.graph.nodes.iter().filter(kept).enumerate() {
            // The configuration of a code is that of every process with it, in whatever package.
            let code = format!("{}_{}", chart.number, 100 + 10 * place);
            let stop = chart.stop(node, code, first == Some(node.id.as_str()));
            chart.stops.push(stop);
        }
        chart.find_actions();
        chart
    }

    fn stop(&self, node: &'d Node, code: String, first: bool) -> Stop<'d> {
        let mut stop = Stop {
            code,
            name: String::new(),
            status: "processing",
            time: None,
            pauses: false,
            roles: Vec::new(),
            stage: "01".into(),
            node,
        };
        match &node.kind {
            NodeKind::Step(step) => {
                stop.name = if step.numbered { format!("{}. {}", node.id, step.label) } else { step.label.clone() };
                stop.status = match one_step::status(step, first) {
                    5 | 6 | 8 => "waiting",
                    9 | 10 => "releasing",
                    1 | 2 if first => "receiving",
                    _ => "processing",
                };
                let stands_still = one_step::stands_still(step, first);
                // The clock begins to run where the dossier arrives, in whatever step that is.
                stop.pauses = stands_still && !first;
                stop.time = step.time.duration.as_ref().filter(|_| !stands_still);
                stop.roles = self.roles.of(step.performers.as_ref());
                let stage = self.case.stages.iter().position(|stage| Some(&stage.id) == step.stage.as_ref());
                stop.stage = format!("{:02}", stage.map_or(1, |stage| stage + 1));
            }
            NodeKind::Wait { reason, .. } => {
                stop.name = reason.as_ref().map_or("Chờ bổ sung hồ sơ".into(), |reason| format!("Chờ {reason}"));
                stop.status = "waiting";
                stop.pauses = true;
            }
            NodeKind::End { state, .. } => {
                stop.name = format!("Kết thúc: {state}");
                stop.status = match state.as_str() {
                    "trả kết quả" => "done",
                    "trả hồ sơ" | "từ chối tiếp nhận" => "denied",
                    "rút hồ sơ" => "cancelled",
                    _ => "unresolved",
                };
            }
            _ => (stop.name, stop.status) = ("Hoàn thành".into(), "done"),
        }
        stop
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.stops.iter().position(|stop| stop.node.id == id)
    }

    fn find_actions(&mut self) {
        let graph = &self.case.graph;
        let mut found: Vec<(Option<usize>, &'d Transition, &'d str, bool)> = Vec::new();
        for way in ways(graph, &graph.start) {
            found.push((None, way, &way.to, false));
        }
        for (from, stop) in self.stops.iter().enumerate() {
            for way in ways(graph, &stop.node.id) {
                match self.place(&way.to) {
                    Some(_) => found.push((Some(from), way, &way.to, way.restarts_limit)),
                    None => found
                        .extend(ways(graph, &way.to).map(|way| (Some(from), way, way.to.as_str(), way.restarts_limit))),
                }
            }
        }
        // The limit that starts anew is said where the wait begins, and holds when it ends.
        let anew: Vec<usize> =
            found.iter().filter(|(.., anew)| *anew).filter_map(|(_, _, to, _)| self.place(to)).collect();
        for (number, (from, way, to, restarts)) in found.into_iter().enumerate() {
            let Some(to) = self.place(to) else { continue };
            let code = format!("{}_{}", self.number, 10_100 + 10 * number);
            let action = self.action(code, from, to, way, restarts, &anew);
            self.actions.push(action);
        }
        self.give_roles();
    }

    fn action(
        &self,
        code: String,
        from: Option<usize>,
        to: usize,
        way: &'d Transition,
        restarts: bool,
        anew: &[usize],
    ) -> Action<'d> {
        let step = from.and_then(|from| match &self.stops[from].node.kind {
            NodeKind::Step(step) => Some(step),
            _ => None,
        });
        let pauses = |place: usize| self.stops[place].pauses;
        let ends = !matches!(self.stops[to].node.kind, NodeKind::Step(_) | NodeKind::Wait { .. });
        let supplemented = from.is_some_and(|from| {
            matches!(self.stops[from].node.kind, NodeKind::Wait { reason: None, .. }) && way.timeout.is_none()
        });
        let date = match from {
            None => BEGIN,
            Some(_) if ends => FINISH,
            Some(from) if pauses(from) && pauses(to) => AS_IT_IS,
            Some(_) if pauses(to) => PAUSE,
            Some(from) if pauses(from) && anew.contains(&from) => BEGIN_ANEW,
            Some(from) if pauses(from) => GO_ON,
            Some(_) if restarts => BEGIN_ANEW,
            Some(_) => AS_IT_IS,
        };
        let name = match (from, &way.timeout) {
            (None, _) => "Nhận hồ sơ".to_string(),
            (_, Some(_)) => "Hết thời gian".to_string(),
            _ if supplemented => "Đã nhận hồ sơ bổ sung".to_string(),
            _ => {
                let outcome = way.outcome.as_ref().map(|outcome| outcome.replace('_', " "));
                way.label.clone().or(outcome).unwrap_or_else(|| "Chuyển xử lý".into())
            }
        };
        Action {
            code,
            name,
            from,
            to,
            condition: if supplemented { "submitting" } else { "" },
            date,
            forms: step.map(|step| step.forms.iter().chain(&way.forms).collect()).unwrap_or_default(),
            hands_out: ends && self.stops[to].status == "done",
            decides: step.is_some_and(|step| step.kinds.iter().any(|kind| DECIDING.contains(&kind.as_str())))
                && !ends
                && !way.back,
            signed: step.and_then(|step| step.electronic.as_ref()?.digital_signature).unwrap_or(false),
        }
    }

    /// A step without roles is seen by nobody: waits and ends have those of the steps that lead there.
    fn give_roles(&mut self) {
        for action in &self.actions {
            if let (Some(from), true) = (action.from, self.stops[action.to].roles.is_empty()) {
                self.stops[action.to].roles = self.stops[from].roles.clone();
            }
        }
        let first = self.stops.iter().find(|stop| !stop.roles.is_empty()).map(|stop| stop.roles.clone());
        for stop in self.stops.iter_mut().filter(|stop| stop.roles.is_empty()) {
            stop.roles = first.clone().unwrap_or_default();
        }
    }

    /// Days where all times are quarters of a day, else hours: the amount as the importer reads it, and the unit.
    fn unit(&self) -> (i64, &'static str) {
        let limit = self.case.limits.iter().filter_map(|limit| limit.duration.as_ref());
        let whole =
            self.stops.iter().filter_map(|stop| stop.time).chain(limit).all(|time| time.working_minutes % 120 == 0);
        if whole { (480, "0") } else { (60, "1") }
    }

    fn amount(&self, time: Option<&Duration>) -> String {
        let minutes = time.map_or(0, |time| time.working_minutes);
        let thousandths = (minutes * 1000 + self.unit().0 / 2) / self.unit().0;
        let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    }

    fn process(&self) -> Xml {
        let label = self.case.label.as_ref().unwrap_or(&self.definition.procedure.label);
        let mut roles: Vec<&Role> = self.stops.iter().flat_map(|stop| &stop.roles).collect();
        roles.sort();
        roles.dedup();
        Xml::new("ServiceProcess")
            .child(element("processNo", self.number.clone()))
            .child(element("processName", shortened(label, NAME)))
            .child(Xml::new("description"))
            .child(element("durationCount", self.amount(one_step::limit(self.case))))
            .child(element("durationUnit", self.unit().1))
            .child(element("generatePassword", "true"))
            .child(Xml::new("serverNo"))
            .child(Xml::new("serverName"))
            .child(element("dossierNoPattern", "{yyyy}{mm}{dd}{nnn}"))
            .child(Xml::new("dossierGroupPattern"))
            .child(Xml::new("dueDatePattern"))
            .child(element("counter", "0"))
            .child(Xml::new("roles").children(roles.into_iter().map(|role| role.element("ProcessRole"))))
            .child(Xml::new("steps").children(self.stops.iter().map(|stop| self.step(stop))))
            .child(Xml::new("actions").children(self.actions.iter().map(|action| self.action_xml(action))))
            .child(Xml::new("sequences").children(self.sequences()))
    }

    fn step(&self, stop: &Stop<'_>) -> Xml {
        Xml::new("ProcessStep")
            .child(element("stepCode", stop.code.clone()))
            .child(element("stepName", shortened(&stop.name, NAME)))
            .child(element("sequenceNo", stop.stage.clone()))
            .child(Xml::new("groupName"))
            .child(element("dossierStatus", stop.status))
            .child(Xml::new("dossierSubStatus"))
            .child(element("durationCount", self.amount(stop.time)))
            .child(Xml::new("instructionNote"))
            .child(Xml::new("briefNote"))
            .child(Xml::new("roleAsStep"))
            .child(element("checkInput", "0"))
            .child(Xml::new("roles").children(stop.roles.iter().map(|role| role.element("StepRole"))))
    }

    fn action_xml(&self, action: &Action<'_>) -> Xml {
        let part = |form: &&String| {
            let at = self.definition.forms.iter().position(|known| known.id == **form)?;
            Some(format!("KQ{}", at + 1))
        };
        let mut created: Vec<String> = action.forms.iter().filter_map(part).collect();
        let decided = self.actions.iter().any(|action| action.decides);
        if action.decides || action.hands_out && !decided {
            created.push(RESULT.to_string());
        }
        let from = action.from.map(|from| self.stops[from].code.clone()).unwrap_or_default();
        Xml::new("ProcessAction")
            .child(element("actionCode", action.code.clone()))
            .child(element("actionName", shortened(&action.name, NAME)))
            .child(element("preStepCode", from))
            .child(element("postStepCode", self.stops[action.to].code.clone()))
            .child(element("autoEvent", if action.from.is_none() { "listener" } else { "" }))
            .child(element("preCondition", action.condition))
            .child(element("allowAssignUser", "0"))
            .child(element("assignUserId", "0"))
            .child(Xml::new("assignUserName"))
            .child(element("requestPayment", "0"))
            .child(Xml::new("paymentFee"))
            .child(element("createDossierFiles", created.join(",")))
            .child(element("returnDossierFiles", if action.hands_out { RESULT } else { "" }))
            .child(element("eSignature", action.signed.to_string()))
            .child(element("signatureType", if action.signed { "plugin" } else { "" }))
            .child(Xml::new("createDossiers"))
            .child(Xml::new("configNote"))
            .child(Xml::new("postAction"))
    }

    /// The stages as the applicant sees them; one where there are none.
    fn sequences(&self) -> Vec<Xml> {
        let one = |number: usize, name: &str, time: Option<&Duration>| {
            Xml::new("ProcessSequence")
                .child(element("sequenceNo", format!("{number:02}")))
                .child(element("sequenceName", shortened(name, NAME)))
                .child(Xml::new("sequenceRole"))
                .child(element("durationCount", self.amount(time)))
        };
        if self.case.stages.is_empty() {
            return vec![one(1, "Giải quyết hồ sơ", None)];
        }
        let stages = self.case.stages.iter().enumerate();
        stages
            .map(|(index, stage)| one(index + 1, stage.label.as_deref().unwrap_or(&stage.id), stage.limit.as_ref()))
            .collect()
    }

    fn step_configs(&self) -> Vec<Xml> {
        let all = self.stops.iter().map(|stop| {
            Xml::new("StepConfig")
                .child(element("stepCode", stop.code.clone()))
                .child(element("stepName", shortened(&stop.name, NAME)))
                .child(element("stepType", "1"))
                .child(element("dossierStatus", stop.status))
                .child(Xml::new("dossierSubStatus"))
                .child(Xml::new("menuGroup"))
                .child(element("menuStepName", shortened(&stop.name, NAME)))
                .child(Xml::new("buttonConfig"))
        });
        all.collect()
    }

    fn action_configs(&self) -> Vec<Xml> {
        let all = self.actions.iter().map(|action| {
            Xml::new("ActionConfig")
                .child(element("actionCode", action.code.clone()))
                .child(element("actionName", shortened(&action.name, NAME)))
                .child(element("extraForm", "false"))
                .child(Xml::new("formConfig"))
                .child(Xml::new("sampleData"))
                .child(element("insideProcess", "true"))
                .child(element("userNote", "0"))
                .child(element("syncType", "0"))
                .child(element("eventType", "0"))
                .child(element("infoType", "0"))
                .child(element("rollbackable", "false"))
                .child(Xml::new("notificationType"))
                .child(Xml::new("documentType"))
                .child(Xml::new("mappingAction"))
                .child(element("dateOption", action.date))
        });
        all.collect()
    }
}
