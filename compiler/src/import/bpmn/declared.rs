//! What a file that was built from a text declares beside its steps: calendars, forms, what a dossier is known by.

use super::drawn::Properties;
use super::heading::Attributes;
use super::people::{Record, is_path};
use crate::import::draft::Declared;
use crate::import::words::{self, quoted};
use tthc_grammar::tree::DeclarationKind;

/// Calendars and forms of its own.
pub(super) fn of(own: &Properties) -> Vec<Declared> {
    let kinds = [
        ("ownCalendar", "lịch", "calendarAttribute", DeclarationKind::Calendar),
        ("form", "biểu mẫu", "formAttribute", DeclarationKind::Form),
    ];
    let mut all = Vec::new();
    for (name, keyword, attributes, kind) in kinds {
        let attributes = Attributes::of(own, attributes);
        all.extend(own.all(name).filter_map(Record::of).map(|record| Declared {
            keyword,
            name: words::name(record.id),
            label: record.label.to_string(),
            lines: attributes.lines(record.id, kind),
        }));
    }
    all
}

/// The names of its own calendars.
pub(super) fn calendars(own: &Properties) -> Vec<&str> {
    own.all("ownCalendar").filter_map(Record::of).map(|record| record.id).collect()
}

/// A line of `thông tin hồ sơ`.
pub(super) fn field(line: &str, own: &Properties) -> Option<String> {
    let record = Record::of(line)?;
    let kind = match record.fact("kind")? {
        "flag" => "có/không".to_string(),
        "number" => record.fact("unit").map_or("số".into(), |unit| format!("số {}", quoted(unit))),
        _ => {
            // Blanks are none in names.
            let values: Vec<String> = record.all("value").map(|value| value.replace(' ', "_")).collect();
            let values: Vec<String> =
                values.iter().map(|value| labelled(value, record.id, own)).collect::<Option<_>>()?;
            Some(values.join(" | ")).filter(|_| !values.is_empty())?
        }
    };
    Some(format!("{} {}: {kind}", record.id, quoted(record.label)))
}

/// A value, with what it is called where that is something else.
fn labelled(value: &str, field: &str, own: &Properties) -> Option<String> {
    let of =
        |line: &&str| line.strip_prefix(field)?.strip_prefix('|')?.strip_prefix(value)?.strip_prefix('|').map(quoted);
    let label = own.all("valueLabel").find_map(|line| of(&line)).map_or(String::new(), |label| format!(" {label}"));
    is_path(value).then(|| format!("{value}{label}"))
}
