//! The process of a case: steps with status, time and roles; actions between them; their configuration.

use super::roles::{Role, Roles};
use super::service::{RESULT, text};
use super::{NAME, element, process_code};
use crate::target::json::definition::{Case, Definition, Duration, Node, NodeKind};
use crate::target::one_step::{self, Stop, Walk};
use crate::target::shortened;
use crate::target::xml::Xml;
use std::collections::{BTreeSet, HashSet};
use tthc_grammar::keywords::Key;

/// What the clock of the dossier does in an action: `dateOption`.
const AS_IT_IS: &str = "0";
const PAUSE: &str = "1";
const BEGIN: &str = "2";
const GO_ON: &str = "3";
const BEGIN_ANEW: &str = "6";
const FINISH: &str = "5";
/// Kinds of steps at whose end the result is there.
const DECIDING: [&str; 2] = ["phê duyệt", "ký duyệt"];

/// Paths and contents; none where T503 refuses the process.
pub(super) fn files(definition: &Definition, roles: &Roles<'_>) -> Option<Vec<(String, Vec<u8>)>> {
    let charts = definition.cases.iter().map(|case| Chart::of(definition, roles, case));
    let charts: Vec<Chart> = charts.collect::<Option<_>>()?;
    let steps = charts.iter().flat_map(Chart::step_configs);
    let actions = charts.iter().flat_map(Chart::action_configs);
    let mut files = vec![
        ("StepConfig.xml".to_string(), Xml::new("StepConfigList").children(steps.collect::<Vec<_>>()).document()),
        ("ActionConfig.xml".to_string(), Xml::new("ActionConfigList").children(actions.collect::<Vec<_>>()).document()),
    ];
    files.push(("Users.xml".to_string(), users(&charts).document()));
    files.extend(charts.iter().map(|chart| (format!("processes/{}.xml", chart.number), chart.process().document())));
    Some(files)
}

/// Remarks on the procedure, then on the process.
pub(crate) fn description(definition: &Definition, case: &Case) -> String {
    let of_procedure = Some(text(definition, Key::Note)).filter(|note| !note.is_empty());
    of_procedure.into_iter().chain(case.notes.iter().cloned()).collect::<Vec<_>>().join("; ")
}

/// The positions that occur. The import adds those that are not there yet, and takes none away; people are not its matter.
fn users(charts: &[Chart<'_>]) -> Xml {
    let roles: BTreeSet<&Role> = charts.iter().flat_map(Chart::roles).collect();
    Xml::new("UserManagement").child(Xml::new("roles").children(roles.into_iter().map(Role::position)))
}

/// A step of OpenCPS: a step, a wait or an end.
struct Place<'d> {
    code: String,
    name: String,
    status: &'static str,
    time: Option<&'d Duration>,
    /// The clock of the limit stands still.
    pauses: bool,
    roles: Vec<Role>,
    stage: String,
    /// Help for whoever is at it.
    instruction: String,
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
    positions: &'d Roles<'d>,
    case: &'d Case,
    number: String,
    places: Vec<Place<'d>>,
    actions: Vec<Action<'d>>,
}

impl<'d> Chart<'d> {
    /// None where T503 refuses the process.
    fn of(definition: &'d Definition, roles: &'d Roles<'d>, case: &'d Case) -> Option<Chart<'d>> {
        let number = process_code(definition, case.id.as_deref());
        let mut chart = Chart { definition, positions: roles, case, number, places: Vec::new(), actions: Vec::new() };
        let walk = Walk::of(&case.graph)?;
        chart.places = walk.stops.iter().enumerate().map(|(index, stop)| chart.place(index, stop)).collect();
        // The limit that starts anew is said where the wait begins, and holds when it ends.
        let anew: HashSet<usize> = walk.moves.iter().filter(|one| one.restarts).map(|one| one.to).collect();
        chart.actions = (0..walk.moves.len()).map(|index| chart.action(&walk, index, &anew)).collect();
        chart.give_roles();
        let granted = chart.granted();
        chart.actions.iter_mut().for_each(|action| action.decides &= granted[action.to]);
        Some(chart)
    }

    fn place(&self, index: usize, stop: &Stop<'d>) -> Place<'d> {
        let mut place = Place {
            // The configuration of a code is that of every process with it, in whatever package.
            code: format!("{}_{}", self.number, 100 + 10 * index),
            name: stop.name(NAME),
            status: "processing",
            time: None,
            pauses: false,
            roles: Vec::new(),
            stage: "01".into(),
            instruction: one_step::instruction(&self.case.graph, stop.node),
            node: stop.node,
        };
        match &stop.node.kind {
            NodeKind::Step(step) => {
                place.status = match one_step::status(step, stop.first) {
                    5 | 6 | 8 => "waiting",
                    3 => "denied",
                    7 => "cancelling",
                    9 | 10 => "releasing",
                    1 | 2 if stop.first => "receiving",
                    _ => "processing",
                };
                let stands_still = one_step::stands_still(step, stop.first);
                // The clock begins to run where the dossier arrives, in whatever step that is.
                place.pauses = stands_still && !stop.first;
                place.time = step.time.duration.as_ref().filter(|_| !stands_still);
                place.roles = self.positions.of(step.performers.as_ref());
                let stage = self.case.stages.iter().position(|stage| Some(&stage.id) == step.stage.as_ref());
                place.stage = format!("{:02}", stage.map_or(1, |stage| stage + 1));
            }
            NodeKind::Wait { .. } => (place.status, place.pauses) = ("waiting", true),
            NodeKind::End { state, .. } => {
                place.name = format!("Kết thúc: {state}");
                place.status = match state.as_str() {
                    "trả kết quả" => "done",
                    "trả hồ sơ" | "từ chối tiếp nhận" => "denied",
                    "rút hồ sơ" => "cancelled",
                    _ => "unresolved",
                };
            }
            _ => (place.name, place.status) = ("Hoàn thành".into(), "done"),
        }
        place
    }

    fn action(&self, walk: &Walk<'d>, index: usize, anew: &HashSet<usize>) -> Action<'d> {
        let one = &walk.moves[index];
        let (from, to, way) = (one.from, one.to, one.way);
        let step = from.and_then(|from| match &self.places[from].node.kind {
            NodeKind::Step(step) => Some(step),
            _ => None,
        });
        let pauses = |place: usize| self.places[place].pauses;
        let ends = !matches!(self.places[to].node.kind, NodeKind::Step(_) | NodeKind::Wait { .. });
        let waits = |place: usize| matches!(self.places[place].node.kind, NodeKind::Wait { reason: None, .. });
        let supplemented = from.is_some_and(waits) && !one.clock;
        let date = match from {
            None => BEGIN,
            Some(_) if ends => FINISH,
            Some(from) if pauses(from) && pauses(to) => AS_IT_IS,
            Some(_) if pauses(to) => PAUSE,
            Some(from) if pauses(from) && anew.contains(&from) => BEGIN_ANEW,
            Some(from) if pauses(from) => GO_ON,
            Some(_) if one.restarts => BEGIN_ANEW,
            Some(_) => AS_IT_IS,
        };
        let name = match from {
            None => "Nhận hồ sơ".to_string(),
            _ if supplemented => "Đã nhận hồ sơ bổ sung".to_string(),
            _ => walk.called(one),
        };
        Action {
            code: format!("{}_{}", self.number, 10_100 + 10 * index),
            name,
            from,
            to,
            condition: if supplemented { "submitting" } else { "" },
            date,
            forms: step.map(|step| step.forms.iter().chain(&way.forms).collect()).unwrap_or_default(),
            hands_out: ends && self.places[to].status == "done",
            decides: step.is_some_and(|step| step.kinds.iter().any(|kind| DECIDING.contains(&kind.as_str())))
                && !ends
                && !way.back,
            signed: step.and_then(|step| step.electronic.as_ref()?.digital_signature).unwrap_or(false),
        }
    }

    /// From which places a dossier can still come to its result.
    fn granted(&self) -> Vec<bool> {
        let mut granted: Vec<bool> = self.places.iter().map(|place| place.status == "done").collect();
        let mut grown = true;
        while grown {
            grown = false;
            for (from, to) in self.actions.iter().filter_map(|action| Some((action.from?, action.to))) {
                grown |= granted[to] && !granted[from];
                granted[from] |= granted[to];
            }
        }
        granted
    }

    /// A step without roles is seen by nobody: waits and ends have those of the steps that lead there.
    fn give_roles(&mut self) {
        for action in &self.actions {
            if let (Some(from), true) = (action.from, self.places[action.to].roles.is_empty()) {
                self.places[action.to].roles = self.places[from].roles.clone();
            }
        }
        let first = self.places.iter().find(|place| !place.roles.is_empty()).map(|place| place.roles.clone());
        for place in self.places.iter_mut().filter(|place| place.roles.is_empty()) {
            place.roles = first.clone().unwrap_or_default();
        }
    }

    /// Days where all times are quarters of a day, else hours: the amount as the importer reads it, and the unit.
    fn unit(&self) -> (i64, &'static str) {
        let limit = self.case.limits.iter().filter_map(|limit| limit.duration.as_ref());
        let whole =
            self.places.iter().filter_map(|place| place.time).chain(limit).all(|time| time.working_minutes % 120 == 0);
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
        Xml::new("ServiceProcess")
            .child(element("processNo", self.number.clone()))
            .child(element("processName", shortened(label, NAME)))
            .child(element("description", shortened(&description(self.definition, self.case), NAME)))
            .child(element("durationCount", self.amount(one_step::limit(self.case))))
            .child(element("durationUnit", self.unit().1))
            .child(element("generatePassword", "true"))
            .child(Xml::new("serverNo"))
            .child(Xml::new("serverName"))
            .child(element("dossierNoPattern", "{yyyy}{mm}{dd}{nnn}"))
            .child(Xml::new("dossierGroupPattern"))
            .child(Xml::new("dueDatePattern"))
            .child(element("counter", "0"))
            .child(Xml::new("roles").children(self.roles().into_iter().map(|role| role.element("ProcessRole"))))
            .child(Xml::new("steps").children(self.places.iter().map(|place| self.step(place))))
            .child(Xml::new("actions").children(self.actions.iter().map(|action| self.action_xml(action))))
            .child(Xml::new("sequences").children(self.sequences()))
    }

    /// Those of its steps, each once.
    fn roles(&self) -> BTreeSet<&Role> {
        self.places.iter().flat_map(|place| &place.roles).collect()
    }

    fn step(&self, place: &Place<'_>) -> Xml {
        Xml::new("ProcessStep")
            .child(element("stepCode", place.code.clone()))
            .child(element("stepName", shortened(&place.name, NAME)))
            .child(element("sequenceNo", place.stage.clone()))
            .child(Xml::new("groupName"))
            .child(element("dossierStatus", place.status))
            .child(Xml::new("dossierSubStatus"))
            .child(element("durationCount", self.amount(place.time)))
            .child(element("instructionNote", shortened(&place.instruction, NAME)))
            .child(Xml::new("briefNote"))
            .child(Xml::new("roleAsStep"))
            .child(element("checkInput", "0"))
            .child(Xml::new("roles").children(place.roles.iter().map(|role| role.element("StepRole"))))
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
        let from = action.from.map(|from| self.places[from].code.clone()).unwrap_or_default();
        Xml::new("ProcessAction")
            .child(element("actionCode", action.code.clone()))
            .child(element("actionName", shortened(&action.name, NAME)))
            .child(element("preStepCode", from))
            .child(element("postStepCode", self.places[action.to].code.clone()))
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
        let all = self.places.iter().map(|place| {
            Xml::new("StepConfig")
                .child(element("stepCode", place.code.clone()))
                .child(element("stepName", shortened(&place.name, NAME)))
                .child(element("stepType", "1"))
                .child(element("dossierStatus", place.status))
                .child(Xml::new("dossierSubStatus"))
                .child(Xml::new("menuGroup"))
                .child(element("menuStepName", shortened(&place.name, NAME)))
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
