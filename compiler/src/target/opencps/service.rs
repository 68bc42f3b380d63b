//! The files beside the process: service, template of the dossier, days off, working hours.

use super::{NAME, TEXT, element, process_code, service_code, template_code};
use crate::model::Model;
use crate::model::organization::Calendar;
use crate::model::procedure::Procedure;
use crate::target::json::definition::{Definition, OrganizationKind};
use crate::target::names::ascii;
use crate::target::one_step::{Service, paper_tip};
use crate::target::shortened;
use crate::target::xml::Xml;
use std::collections::BTreeSet;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::Date;

/// Paths and contents.
pub(super) fn files(definition: &Definition, model: &Model, procedure: &Procedure) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let national = model.national_calendar().map(|id| &model.calendars[id]);
    if let Some(calendar) = model.calendar_of_limits(&procedure.data).map(|id| &model.calendars[id]) {
        files.push(("Holiday.xml".to_string(), holidays(calendar, national).document()));
        let hours = working_time(calendar, national);
        files.extend(hours.map(|xml| ("WorkingTime.xml".to_string(), xml.document())));
    }
    files.push((format!("templates/{}.xml", template_code(definition)), template(definition).document()));
    files.push((format!("services/{}.xml", ascii(&service_code(definition))), service(definition).document()));
    files
}

fn holidays(calendar: &Calendar, national: Option<&Calendar>) -> Xml {
    let days = |list: fn(&Calendar) -> &Vec<Date>| -> BTreeSet<(i16, i8, i8)> {
        let all = list(calendar).iter().chain(calendar.base(national).map(list).into_iter().flatten());
        all.map(|date| (date.year, date.month, date.day)).collect()
    };
    // A calendar has no name there; its days say whose they are.
    let own = (!crate::library::is_library(calendar.named.place.file)).then_some(&calendar.label);
    let named = |what: &str| shortened(&own.map_or(what.to_string(), |label| format!("{what} – {label}")), NAME);
    let off = days(|calendar| &calendar.days_off).into_iter().map(|date| (date, "Ngày nghỉ", "0"));
    let make_up = days(|calendar| &calendar.make_up_days).into_iter().map(|date| (date, "Làm bù", "1"));
    let all = off.chain(make_up).map(|((year, month, day), what, kind)| {
        let holiday = Xml::new("Holiday").child(element("holidayDate", format!("{day:02}/{month:02}/{year:04}")));
        holiday.child(element("description", named(what))).child(element("holidayType", kind))
    });
    Xml::new("HolidayList").children(all)
}

/// None where T503 was not asked and a day has more parts than two.
fn working_time(calendar: &Calendar, national: Option<&Calendar>) -> Option<Xml> {
    let [morning, afternoon] = halves(calendar.hours(national))?;
    let hour = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let range = |(from, to): (u32, u32)| format!("{}-{}", hour(from), hour(to));
    let hours = format!("{},{}", range(morning), range(afternoon));
    // There 1 is Sunday; here 7.
    let days = (1..=7_u8).filter(|day| !calendar.weekly_rest.contains(day)).map(|day| day % 7 + 1);
    let all = days.map(|day| {
        let time = Xml::new("WorkingTime").child(element("workTimeDay", day.to_string()));
        time.child(element("workTimeHours", hours.clone()))
    });
    Some(Xml::new("WorkingTimeList").children(all))
}

/// Working hours are exactly a morning and an afternoon there: what is worked without a break is parted in its middle.
fn halves(hours: &[(u32, u32)]) -> Option<[(u32, u32); 2]> {
    match *hours {
        [(from, to)] => Some([(from, from.midpoint(to)), (from.midpoint(to), to)]),
        [first, second] => Some([first.min(second), first.max(second)]),
        _ => None,
    }
}

/// The number of the part that is the result.
pub(super) const RESULT: &str = "KQ0";

/// A part of a dossier.
struct Part {
    number: String,
    name: String,
    tip: String,
    /// 1: handed in; 2: made.
    kind: &'static str,
}

/// The parts of a dossier: what is handed in, and what comes out of it.
fn parts(definition: &Definition) -> Vec<Part> {
    let papers = definition.procedure.papers.iter().enumerate();
    let papers = papers.map(|(index, paper)| Part {
        number: format!("TP{}", index + 1),
        name: paper.title.clone(),
        tip: paper_tip(paper),
        kind: "1",
    });
    let result = definition.procedure.texts.get("kết quả").map(|texts| texts.join("; "));
    let made = |number: String, name: String| Part { number, name, tip: String::new(), kind: "2" };
    let result = made(RESULT.to_string(), result.unwrap_or_else(|| "Kết quả giải quyết".into()));
    let forms = definition.forms.iter().enumerate();
    let forms = forms.map(|(index, form)| made(format!("KQ{}", index + 1), form.label.clone()));
    papers.chain([result]).chain(forms).collect()
}

fn template(definition: &Definition) -> Xml {
    let parts = parts(definition).into_iter().map(|Part { number, name, tip, kind }| {
        Xml::new("DossierPart")
            .child(element("partNo", number))
            .child(element("partName", shortened(&name, NAME)))
            .child(element("partTip", shortened(&tip, NAME)))
            .child(element("partType", kind))
            .child(element("multiple", "false"))
            .child(element("required", if kind == "1" { "true" } else { "false" }))
            .child(element("esign", "false"))
            .child(Xml::new("fileTemplateNo"))
            .child(Xml::new("deliverableType"))
            .child(element("deliverableAction", "0"))
            .child(element("eForm", "false"))
            .child(Xml::new("sampleData"))
            .child(element("fileMark", "0"))
    });
    Xml::new("DossierTemplate")
        .child(element("templateNo", template_code(definition)))
        .child(element("templateName", shortened(&definition.procedure.label, NAME)))
        .child(Xml::new("description"))
        .child(Xml::new("newFormScript"))
        .child(Xml::new("parts").children(parts.collect::<Vec<_>>()))
}

/// What the procedure says by this key.
pub(super) fn text(definition: &Definition, key: Key) -> String {
    definition.procedure.texts.get(key.phrase()).map(|texts| texts.join("; ")).unwrap_or_default()
}

/// Code and name of the domain; empty where the procedure names none.
pub(super) fn domain(definition: &Definition) -> (String, String) {
    let domain = text(definition, Key::Domain);
    (ascii(&domain).chars().take(64).collect(), domain)
}

/// Code and name of the agency that offers the service.
pub(super) fn agency(definition: &Definition) -> (String, String) {
    let all = &definition.organizations;
    let agency = all.iter().find(|org| Some(&org.id) == definition.procedure.executing.first());
    let agency = agency.or_else(|| all.iter().find(|org| matches!(org.kind, OrganizationKind::Agency)));
    agency.map_or((String::new(), String::new()), |org| {
        (org.code.clone().unwrap_or_else(|| ascii(&org.id)), org.label.clone())
    })
}

fn service(definition: &Definition) -> Xml {
    let procedure = &definition.procedure;
    let (code, name) = agency(definition);
    let (domain_code, domain) = domain(definition);
    let texts = Service::of(definition);
    let said = |name, text: &str| element(name, shortened(text, TEXT));
    let options = definition.cases.iter().enumerate().map(|(index, case)| option(definition, index, case));
    let config = Xml::new("ServiceConfig")
        .child(element("govAgencyCode", code.clone()))
        .child(element("govAgencyName", shortened(&name, NAME)))
        .child(Xml::new("serviceInstruction"))
        .child(element("serviceLevel", level(procedure.online.as_deref())))
        .child(Xml::new("serviceUrl"))
        .child(element("forCitizen", "true"))
        .child(element("forBusiness", "true"))
        .child(element("postalService", procedure.public_post.unwrap_or(false).to_string()))
        .child(element("registration", "false"))
        .child(Xml::new("processes").children(options.collect::<Vec<_>>()));
    Xml::new("ServiceInfo")
        .child(element("serviceCode", service_code(definition)))
        .child(element("serviceName", shortened(&procedure.label, TEXT)))
        .child(element("processText", shortened(&text(definition, Key::Content), NAME)))
        .child(said("methodText", &texts.method))
        .child(said("dossierText", &texts.dossier))
        .child(said("conditionText", &texts.condition))
        .child(said("durationText", &texts.duration))
        .child(said("applicantText", &texts.applicant))
        .child(said("resultText", &texts.result))
        .child(said("regularText", &texts.regular))
        .child(said("feeText", &texts.fee))
        .child(element("administrationCode", code))
        .child(element("administrationName", shortened(&name, NAME)))
        .child(element("domainCode", domain_code))
        .child(element("domainName", shortened(&domain, NAME)))
        .child(element("maxLevel", level(procedure.online.as_deref())))
        .child(element("public_", "true"))
        .child(Xml::new("fileTemplates"))
        .child(Xml::new("configs").child(config))
}

/// Degrees of online service as they were numbered until 2022.
fn level(online: Option<&str>) -> &'static str {
    match online {
        Some("toàn trình") => "4",
        Some("một phần") => "3",
        _ => "2",
    }
}

fn option(definition: &Definition, index: usize, case: &crate::target::json::definition::Case) -> Xml {
    let name = case.label.clone().or(case.id.clone()).unwrap_or_else(|| definition.procedure.label.clone());
    Xml::new("ProcessOption")
        .child(element("optionCode", format!("OPT{}", index + 1)))
        .child(element("optionName", shortened(&name, NAME)))
        .child(element("seqOrder", (index + 1).to_string()))
        .child(element("sampleCount", "0"))
        .child(Xml::new("autoSelect"))
        .child(Xml::new("instructionNote"))
        .child(Xml::new("submissionNote"))
        .child(element("templateNo", template_code(definition)))
        .child(element("templateName", shortened(&definition.procedure.label, NAME)))
        .child(element("processNo", process_code(definition, case.id.as_deref())))
        .child(element("processName", shortened(&name, NAME)))
        .child(Xml::new("registerBookCode"))
}
