//! What is built from a procedure, compared where its document says the same: what documents do not show.

use super::Difference;
use crate::model::procedure::Procedure;
use crate::project::Project;
use crate::target::json;
use serde_json::Value;

/// More differences of a definition are counted, not listed.
pub(crate) const MOST: usize = 50;

/// The JSON definition without all places in texts and the name of the procedure.
pub(super) fn of(project: &Project, procedure: &Procedure) -> Value {
    // Strings, numbers and lists of them always have a JSON form.
    let mut definition = serde_json::to_value(json::definition(project, procedure)).unwrap_or_default();
    forget_places(&mut definition);
    // Versions that belong together may have other names.
    if let Some(Value::Object(procedure)) = definition.get_mut("procedure") {
        procedure.remove("id");
    }
    definition
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("source");
            fields.remove("insertedAt");
            fields.values_mut().for_each(forget_places);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}

/// The innermost values that differ, by their pointers, and how many more there are: of versions whose documents are
/// alike all, else what no document shows of steps that stand at the same places. Of what has errors nothing is known.
pub(super) fn differences(before: Option<&Value>, after: Option<&Value>, alike: bool) -> (Vec<Difference>, usize) {
    const BESIDE: [&str; 4] = ["electronic", "forms", "presence", "remindsWhenOverdue"];
    let (mut found, mut more) = (Vec::new(), 0);
    if let (Some(before), Some(after)) = (before, after) {
        differ("", Some(before), Some(after), &mut |difference: Difference| {
            // What is said of a form itself is printed.
            let beside = |what: &str| !what.starts_with("/forms") && what.split('/').any(|part| BESIDE.contains(&part));
            let is_wanted = alike || beside(&difference.what);
            match found.len() {
                _ if !is_wanted => {}
                MOST => more += 1,
                _ => found.push(difference),
            }
        });
    }
    (found, more)
}

fn differ(at: &str, before: Option<&Value>, after: Option<&Value>, tell: &mut dyn FnMut(Difference)) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let more = new.keys().filter(|key| !old.contains_key(*key));
            for key in old.keys().chain(more) {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                differ(&at, old.get(key), new.get(key), tell);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                differ(&format!("{at}/{index}"), Some(old), Some(new), tell);
            }
        }
        _ => {
            let text = |value: Option<&Value>| value.map(Value::to_string);
            tell(Difference { what: at.to_string(), before: text(before), after: text(after), only: None });
        }
    }
}
