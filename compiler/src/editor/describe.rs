//! What is told about a name under the cursor: Markdown in both languages.

use super::names;
use super::outline::{Item, ItemKind};
use super::times::{self, Time};
use crate::analysis::steps;
use crate::diagnostic::{Diagnostic, Language, Message, say};
use crate::model::flow::{Step, StepId};
use crate::model::organization::{Org, OrgKind, Period};
use crate::project::Project;
use crate::rules;
use crate::rules::words::{self, amount};
use crate::source::Place;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::DeclarationKind;

/// Everything that is known of a declared name.
pub fn describe(project: &Project, declared: Place) -> Option<Message> {
    let item = names::item(project, declared)?;
    let mut page = Page::default();
    page.heading(&item);
    match item.kind {
        ItemKind::Declared(DeclarationKind::Step | DeclarationKind::Call) => step(project, declared, &mut page),
        ItemKind::Declared(DeclarationKind::Agency | DeclarationKind::Unit | DeclarationKind::Role) => {
            org(project, declared, &mut page);
        }
        ItemKind::Declared(DeclarationKind::Procedure) => procedure(project, declared, &mut page),
        ItemKind::Declared(DeclarationKind::Form) => {
            if let Some(form) = project.model.forms.iter().find(|form| form.named.place == declared) {
                page.period(form.in_force);
            }
        }
        _ => {}
    }
    if let Some(doc) = &item.doc {
        page.line(say(doc.clone(), doc.clone()));
    }
    Some(page.0)
}

/// A finding with the law that stands behind it.
pub fn finding(found: &Diagnostic) -> Message {
    let mut page = Page::default();
    let title = |language| rules::find(found.code).map_or(found.name, |rule| rule.title(language));
    page.line(say(
        format!("**{}** {}", found.code, title(Language::Vi)),
        format!("**{}** {}", found.code, title(Language::En)),
    ));
    page.line(found.message.clone());
    if let Some(help) = &found.help {
        page.fact("Gợi ý", "Help", help.clone());
    }
    if let Some(basis) = found.basis {
        page.fact("Căn cứ", "Basis", say(basis, basis));
    }
    page.0
}

/// The keyword and its two names: what something is.
pub fn kind(kind: ItemKind) -> Message {
    match kind {
        ItemKind::Declared(kind) => say(words::keyword(kind), words::keyword(kind)),
        ItemKind::Parameter => say("tham số", "parameter"),
        ItemKind::Field => say("thông tin hồ sơ", "dossier field"),
        ItemKind::Value => say("giá trị", "value"),
        ItemKind::Outcome => say("hướng xử lý", "outcome"),
    }
}

/// Paragraphs in both languages.
#[derive(Default)]
struct Page(Message);

impl Page {
    fn line(&mut self, line: Message) {
        for (text, line) in [(&mut self.0.vi, line.vi), (&mut self.0.en, line.en)] {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&line);
        }
    }

    fn fact(&mut self, vi: &str, en: &str, fact: Message) {
        self.line(say(format!("{vi}: {}", fact.vi), format!("{en}: {}", fact.en)));
    }

    fn heading(&mut self, item: &Item) {
        let kind = kind(item.kind);
        let label = item.label.as_ref().map(|label| format!(" — {label}")).unwrap_or_default();
        let name = &item.name;
        self.line(say(format!("**{} {name}**{label}", kind.vi), format!("**{} {name}**{label}", kind.en)));
    }

    fn period(&mut self, period: Period) {
        let Some(from) = period.from else { return };
        let (from, to) = (from.to_string(), period.to.map(|to| to.to_string()));
        let (vi, en) = match to {
            Some(to) => (format!("từ {from} đến {to}"), format!("from {from} to {to}")),
            None => (format!("từ {from}"), format!("from {from}")),
        };
        self.fact("Hiệu lực", "In force", say(vi, en));
    }
}

fn step(project: &Project, declared: Place, page: &mut Page) {
    let mut flows = project.model.procedures.iter().flat_map(|procedure| &procedure.cases).map(|case| &case.flow);
    let found = flows.find_map(|flow| flow.steps.iter().find(|step| step.named.place == declared));
    let Some(step) = found else { return };
    let source = |place: Place| project.source(place.file).words(place.span).to_string();
    if let Some(performers) = performers(project, step) {
        page.fact("Thực hiện", "Performed by", say(performers.clone(), performers));
    }
    if let Some(time) = step.time.place.map(source) {
        page.fact("Thời gian", "Time", say(time.clone(), time));
    }
    if !step.inserted_at.is_empty() {
        return page.line(say(
            "Bước của phần dùng chung: thời gian tùy nơi chèn.",
            "A step of a shared part: its times depend on where it is inserted.",
        ));
    }
    let Some((analysis, id)) = times::step_at(project, declared) else { return };
    let Some((times, approximate)) = times::of_case(project, analysis) else { return };
    let Some(time) = times[id.0] else { return };
    let at_most = if approximate { say("không quá ", "at most ") } else { Message::default() };
    let (end, clock) = match time {
        Time::OneClock(end, clock) => (end, clock),
        Time::Mixed(total) => {
            let amounts = words::total(&total);
            let latest = say(format!("không quá {}", amounts.vi), format!("at most {}", amounts.en));
            return page.fact("Xong sau", "Done after", latest);
        }
    };
    let minutes = amount(end.minutes, clock);
    let latest = say(format!("{}{}", at_most.vi, minutes.vi), format!("{}{}", at_most.en, minutes.en));
    page.fact("Xong chậm nhất sau", "Done at the latest after", latest);
    if let Some(left) = end.left.filter(|left| *left < 0) {
        page.fact("Quá thời hạn", "Beyond the limit by", amount(-left, clock));
    } else if let Some(slack) = steps::slack(&project.model, analysis, StepId(id.0)) {
        page.fact("Có thể kéo dài thêm", "May take longer by", amount(slack, clock));
    }
}

fn performers(project: &Project, step: &Step) -> Option<String> {
    use crate::model::flow::Actor;
    let name = |actor: Actor| match actor {
        Actor::Org(id) => project.model.org(id).label.clone(),
        Actor::Applicant => "người nộp".to_string(),
        Actor::System => "hệ thống".to_string(),
        Actor::ReceivingUnit => "nơi tiếp nhận".to_string(),
        Actor::Unknown => "?".to_string(),
    };
    let each = step.performers.as_ref()?.each();
    let words = each.into_iter().map(|performer| match (&performer.wording, performer.at) {
        (Some(wording), _) => wording.clone(),
        (None, Some(at)) => format!("{} tại {}", name(performer.actor), project.model.org(at).label),
        (None, None) => name(performer.actor),
    });
    Some(words.collect::<Vec<_>>().join(", "))
}

fn org(project: &Project, declared: Place, page: &mut Page) {
    let model = &project.model;
    let Some(org) = model.orgs.iter().find(|org| org.named.place == declared) else { return };
    if let Some(parent) = org.parent {
        let above = &model.org(parent).label;
        page.fact("Thuộc", "Belongs to", say(above.clone(), above.clone()));
    }
    facts_of(org, page);
    let posted: Vec<&str> = model
        .orgs
        .iter()
        .flat_map(|org| &org.postings)
        .filter(|(who, _)| model.org(*who).named.place == declared)
        .map(|(_, to)| model.org(*to).label.as_str())
        .collect();
    if !posted.is_empty() {
        let where_to = posted.join(", ");
        page.fact("Được cử đến", "Posted to", say(where_to.clone(), where_to));
    }
    page.period(org.in_force);
}

fn facts_of(org: &Org, page: &mut Page) {
    if let Some(level) = org.level.filter(|_| org.kind == OrgKind::Agency) {
        page.fact("Cấp", "Level", say(level, level));
    }
    if org.may_sign {
        page.line(say("Có thẩm quyền ký.", "May sign."));
    }
    if org.one_stop {
        page.line(say("Bộ phận một cửa.", "A one-stop unit."));
    }
}

fn procedure(project: &Project, declared: Place, page: &mut Page) {
    let model = &project.model;
    let Some(procedure) = model.procedures.iter().find(|procedure| procedure.named.place == declared) else { return };
    if let Some((code, _)) = &procedure.code {
        page.fact("Mã", "Code", say(code.clone(), code.clone()));
    }
    for limit in procedure.cases.iter().flat_map(|case| &case.data.limits) {
        let words = project.source(limit.place.file).words(limit.place.span);
        page.line(say(words, words));
    }
    for basis in procedure.data.text(Key::Basis) {
        page.fact("Căn cứ", "Basis", say(basis.clone(), basis.clone()));
    }
    page.period(procedure.data.in_force);
}
