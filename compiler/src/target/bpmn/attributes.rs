//! What is said of the parts of a process beside their names – of the whole, agencies, stages, forms, calendars – as lines
//! of the language: each stands behind the name of its part, and an import writes it back there.

use super::heading::period;
use crate::target::json::definition::{Calendar, Case, Definition, FieldType, Form, Organization, Stage};
use std::collections::BTreeMap;
use tthc_grammar::keywords::{Key, WEEKDAYS};
use tthc_grammar::tree::quoted;

type Property = (&'static str, String);

/// `tiếp nhận sau 15 giờ: …` has this one value.
pub(super) const AFTER_THREE: &str = "tính từ ngày làm việc tiếp theo";

/// All of it.
pub(super) fn attributes(definition: &Definition, case: &Case) -> Vec<Property> {
    let mut all: Vec<Property> = Vec::new();
    all.extend(case.notes.iter().map(|note| ("processAttribute", said(Key::Note, &quoted(note)))));
    let of = |name: &'static str, id: &str, lines: Vec<String>| -> Vec<Property> {
        lines.into_iter().map(|line| (name, format!("{id}|{line}"))).collect()
    };
    let organizations = definition.organizations.iter();
    all.extend(organizations.flat_map(|org| of("organizationAttribute", &org.id, organization(org))));
    all.extend(case.stages.iter().flat_map(|stage| of("stageAttribute", &stage.id, self::stage(stage))));
    let own = definition.forms.iter().filter(|form| !form.statutory);
    all.extend(own.flat_map(|form| of("formAttribute", &form.id, self::form(form))));
    for calendar in definition.calendars.iter().filter(|calendar| !calendar.standard) {
        all.push(("ownCalendar", format!("{}: {}", calendar.id, calendar.label)));
        all.extend(of("calendarAttribute", &calendar.id, self::calendar(calendar)));
    }
    for field in &definition.fields {
        if let FieldType::Values { values } = &field.kind {
            let labelled = values.iter().filter(|value| value.label != value.id.replace('_', " "));
            all.extend(labelled.map(|value| ("valueLabel", format!("{}|{}|{}", field.id, value.id, value.label))));
        }
    }
    all
}

fn organization(org: &Organization) -> Vec<String> {
    let mut lines = texts(&BTreeMap::from([(Key::Note.phrase().to_string(), org.notes.clone())]));
    lines.extend(period(&org.in_force).map(|period| said(Key::InForce, &period)));
    lines.extend(org.calendar.iter().map(|calendar| said(Key::Calendar, calendar)));
    lines.extend(org.after_three_next_day.then(|| said(Key::AfterThree, AFTER_THREE)));
    lines
}

fn stage(stage: &Stage) -> Vec<String> {
    texts(&stage.texts)
}

fn form(form: &Form) -> Vec<String> {
    let mut lines: Vec<String> = form.code.iter().map(|code| said(Key::Code, &quoted(code))).collect();
    lines.extend(texts(&form.texts));
    lines.extend(period(&form.in_force).map(|period| said(Key::InForce, &period)));
    lines
}

fn calendar(calendar: &Calendar) -> Vec<String> {
    let hour = |minutes: u32| format!("{}:{:02}", minutes / 60, minutes % 60);
    let hours = calendar.hours.iter().map(|(from, to)| format!("{} - {}", hour(*from), hour(*to)));
    let rest = calendar.weekly_rest.iter().filter_map(|day| WEEKDAYS.get(usize::from(*day).checked_sub(1)?));
    let days = |days: &[String]| days.iter().map(|day| super::heading::day(day)).collect::<Vec<_>>().join(", ");
    let lists = [
        (Key::WorkingHours, hours.collect::<Vec<_>>().join(", ")),
        (Key::WeeklyRest, rest.copied().collect::<Vec<_>>().join(", ")),
        (Key::DaysOff, days(&calendar.days_off)),
        (Key::MakeUpDays, days(&calendar.make_up_days)),
    ];
    let mut lines: Vec<String> =
        lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| said(key, &list)).collect();
    lines.extend(period(&calendar.known).map(|period| said(Key::DataYears, &period)));
    lines.extend(texts(&calendar.texts));
    lines
}

fn texts(texts: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let line = |(key, texts): (&String, &Vec<String>)| {
        format!("{key}: {}", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
    };
    texts.iter().filter(|(_, texts)| !texts.is_empty()).map(line).collect()
}

fn said(key: Key, value: &str) -> String {
    format!("{}: {value}", key.phrase())
}
