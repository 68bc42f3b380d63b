//! What each engine wants said in its own way.

use super::language::Language;
use super::model::{Condition, Known, Script, Set};
use super::variables::Variables;
use crate::calendar::{Calendar, Moment};
use crate::model;
use crate::project::Settings;
use crate::target::json::definition::Duration;
use crate::target::xml::Xml;
use std::sync::LazyLock;

/// A dialect of BPMN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Plain,
    Camunda7,
    Camunda8,
    Flowable,
    Spiff,
    Engine,
}

use Dialect::*;

impl Dialect {
    pub fn language(self) -> Language {
        match self {
            Plain | Camunda8 => Language::Feel,
            Camunda7 | Flowable => Language::Juel,
            Spiff => Language::Python,
            Engine => Language::JavaScript,
        }
    }

    /// Its namespace, and what it wants on the root.
    pub fn root(self, root: Xml) -> Xml {
        let own = match self {
            Plain | Engine => ("xmlns:tthc", "urn:tthc:bpmn:1"),
            Camunda7 => ("xmlns:camunda", "http://camunda.org/schema/1.0/bpmn"),
            Camunda8 => ("xmlns:zeebe", "http://camunda.org/schema/zeebe/1.0"),
            Flowable => ("xmlns:flowable", "http://flowable.org/bpmn"),
            Spiff => ("xmlns:spiffworkflow", "http://spiffworkflow.org/bpmn/schema/1.0/core"),
        };
        let root = root.attribute(own.0, own.1);
        let platform = match self {
            Camunda7 => ("Camunda Platform", "7.21.0"),
            Camunda8 => ("Camunda Cloud", "8.6.0"),
            _ => return root,
        };
        let root = root.attribute("xmlns:modeler", "http://camunda.org/schema/modeler/1.0");
        let root = root.attribute("modeler:executionPlatform", platform.0);
        root.attribute("modeler:executionPlatformVersion", platform.1)
    }

    pub fn process(self, process: Xml) -> Xml {
        match self {
            // Camunda 7 asks for it. Its own default; how long a dossier is kept is another matter.
            Camunda7 => process.attribute("camunda:historyTimeToLive", "P180D"),
            _ => process,
        }
    }

    /// Properties as the engine's modeler shows them.
    pub fn properties(self, all: &[(&'static str, String)]) -> Option<Xml> {
        let (list, one) = match self {
            Plain | Engine => ("tthc:properties", "tthc:property"),
            Camunda7 => ("camunda:properties", "camunda:property"),
            Camunda8 => ("zeebe:properties", "zeebe:property"),
            Flowable => ("flowable:properties", "flowable:property"),
            Spiff => ("spiffworkflow:properties", "spiffworkflow:property"),
        };
        let property = |(name, value): &(&'static str, String)| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            Xml::new(one).attribute("name", name).attribute("value", value)
        };
        (!all.is_empty()).then(|| Xml::new(list).children(all.iter().map(property)))
    }

    /// Who may take a task: an attribute, an extension or a child of the task.
    pub fn groups(self, task: Xml, extensions: &mut Vec<Xml>, groups: &[String]) -> (Xml, Option<Xml>) {
        let joined = groups.join(",");
        if self == Camunda8 {
            extensions.push(Xml::new("zeebe:userTask"));
        }
        if groups.is_empty() {
            return (task, None);
        }
        match self {
            Camunda7 => (task.attribute("camunda:candidateGroups", joined), None),
            Flowable => (task.attribute("flowable:candidateGroups", joined), None),
            Camunda8 => {
                extensions.push(Xml::new("zeebe:assignmentDefinition").attribute("candidateGroups", joined));
                (task, None)
            }
            Plain | Spiff | Engine => {
                let who: Vec<String> = groups.iter().map(|group| format!("group({group})")).collect();
                let expression = Xml::new("bpmn:formalExpression").text(who.join(", "));
                let assignment = Xml::new("bpmn:resourceAssignmentExpression").child(expression);
                (task, Some(Xml::new("bpmn:potentialOwner").child(assignment)))
            }
        }
    }

    /// The body of a condition; `None` for attributes that it does not need.
    pub fn condition(self, condition: &Condition, variables: &mut Variables) -> Xml {
        let text = self.language().condition(condition, variables);
        let expression = Xml::new("bpmn:conditionExpression").attribute("xsi:type", "bpmn:tFormalExpression");
        match self {
            Plain | Spiff => expression.text(text),
            Camunda7 | Flowable => expression.text(format!("${{{text}}}")),
            Camunda8 => expression.text(format!("={text}")),
            Engine => expression.attribute("language", "javascript").text(format!("next(null, {text})")),
        }
    }

    /// A script task that sets variables.
    pub fn script(self, task: Xml, extensions: &mut Vec<Xml>, script: &Script) -> (Xml, Option<Xml>) {
        let Script { known, sets } = script;
        let value = |(name, set): &(String, Set)| self.language().value(name, set);
        let lines = |each: &dyn Fn(&(String, Set)) -> String, between: &str| {
            sets.iter().map(each).collect::<Vec<_>>().join(between)
        };
        let (format, text) = match self {
            Camunda8 => {
                extensions.extend(feel(sets, &value));
                return (task, None);
            }
            Plain => ("feel", format!("{{ {} }}", lines(&|set| format!("{}: {}", set.0, value(set)), ", "))),
            Camunda7 | Flowable => {
                let call = |set: &(String, Set)| format!("${{execution.setVariable('{}', {})}}", set.0, value(set));
                ("juel", lines(&call, ""))
            }
            Spiff => ("python", lines(&|set| format!("{} = {}", set.0, value(set)), "\n")),
            Engine => {
                let known = match known {
                    Some(Known::Given) => "Object.assign(this.environment.variables, this.environment.output); ",
                    Some(Known::Taken) => "Object.assign(this.environment.output, this.environment.variables); ",
                    None => "",
                };
                let set = |set: &(String, Set)| format!("this.environment.output.{} = {}; ", set.0, value(set));
                ("javascript", format!("{known}{}next();", lines(&set, "")))
            }
        };
        (task.attribute("scriptFormat", format), Some(Xml::new("bpmn:script").text(text)))
    }

    /// Whether subprocesses are a world apart. In bpmn-engine they do not see what is known outside, but all branches see the
    /// same; its parallel gateways take a way that is not taken for one that has come, so that branches are counted.
    pub fn keeps_subprocesses_apart(self) -> bool {
        self == Engine
    }

    /// The duration of a timer.
    pub fn duration(self, after: &Duration) -> String {
        match self {
            Spiff => format!("\"{}\"", iso(after)),
            _ => iso(after),
        }
    }
}

/// One variable is the result of the script; several are given out by a mapping.
fn feel(sets: &[(String, Set)], value: &dyn Fn(&(String, Set)) -> String) -> Vec<Xml> {
    let Some(first) = sets.first() else { return Vec::new() };
    let script = Xml::new("zeebe:script").attribute("expression", format!("={}", value(first)));
    let mut all = vec![script.attribute("resultVariable", &first.0)];
    if sets.len() > 1 {
        let output = |set: &(String, Set)| {
            let source = if set.0 == first.0 { set.0.clone() } else { value(set) };
            Xml::new("zeebe:output").attribute("source", format!("={source}")).attribute("target", &set.0)
        };
        all.push(Xml::new("zeebe:ioMapping").children(sets.iter().map(output)));
    }
    all
}

/// ISO 8601 for engines that know calendar time alone. Working time gets the weekends and holidays that it can run into,
/// so that no timer fires early; the working minutes stand beside it as a property.
pub(super) fn iso(duration: &Duration) -> String {
    let days = longest(duration.working_minutes);
    let months = if duration.months > 0 { format!("{}M", duration.months) } else { String::new() };
    let (whole, rest) = (days + duration.calendar_minutes / 1440, duration.calendar_minutes % 1440);
    let whole = if whole > 0 || (months.is_empty() && rest == 0) { format!("{whole}D") } else { String::new() };
    let rest = if rest > 0 { format!("T{rest}M") } else { String::new() };
    format!("P{months}{whole}{rest}")
}

/// The calendar days that working minutes take at the most, begun at the end of any working day of the national
/// calendar; a generous guess where they are longer than its years.
fn longest(minutes: i64) -> i64 {
    static NATIONAL: LazyLock<Option<Calendar>> =
        LazyLock::new(|| Calendar::national(&model::build(&[], &Settings::default())));
    if minutes == 0 {
        return 0;
    }
    let known = NATIONAL.as_ref().and_then(|calendar| {
        let begins = |day| Moment::at(day, calendar.hours().last().map_or(0, |(_, end)| *end));
        let taken = |from: Moment| Some((calendar.after_working(from, minutes)?.0 - from.0 + DAY - 1) / DAY);
        calendar.open_days().filter_map(|day| taken(begins(day))).max()
    });
    known.unwrap_or(minutes / 480 * 2 + 14)
}

/// Minutes.
const DAY: i64 = 24 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_never_fire_early() {
        let of = |working_minutes, calendar_minutes, months| {
            iso(&Duration { text: String::new(), working_minutes, calendar_minutes, months })
        };
        // Before the New Year of 2026 begins, seven working days are holidays.
        assert_eq!(of(5 * 480, 0, 0), "P14D");
        assert_eq!(of(240, 0, 0), "P10D");
        assert_eq!(of(5000 * 480, 0, 0), "P10014D");
        assert_eq!(of(0, 30 * 1440, 0), "P30D");
        assert_eq!(of(0, 90, 2), "P2MT90M");
        assert_eq!(of(0, 0, 0), "P0D");
    }
}
