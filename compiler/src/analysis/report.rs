//! What `tthc report` says of every procedure: time, slack, the longest way, 4 tại chỗ and why not.

use super::authority::on_site::{self, Obstacle, OnSite};
use super::dated::{Late, OnDates};
use super::verdict::{ClassTime, Clock, Times};
use crate::analysis::CaseAnalysis;
use crate::diagnostic::{Language, Message, say};
use crate::law;
use crate::model::procedure::{Case, Procedure};
use crate::project::Project;
use crate::rules;
use crate::source::FileId;
use serde::Serialize;

/// The whole report; fields may be added, never taken away.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Of the format.
    pub version: u32,
    /// In the order of files and lines.
    pub procedures: Vec<ProcedureReport>,
}

/// What is known of a procedure.
#[derive(Debug, Serialize)]
pub struct ProcedureReport {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// `mã`
    pub code: Option<String>,
    /// The file that declares it.
    pub file: String,
    /// It always ends, and every step is in some run; false too where the text could not be read.
    pub sound: bool,
    /// With `limit_minutes` the pair with the least slack.
    pub worst_minutes: Option<i64>,
    /// The limit of that class.
    pub limit_minutes: Option<i64>,
    /// How time is counted; none where no process could be judged.
    pub clock: Option<&'static str>,
    /// On a mixed clock: what the calendars say, `kept`, `exceeded` or `unknown`; the worst of the classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar_check: Option<&'static str>,
    /// Times are upper bounds.
    #[serde(skip_serializing_if = "is_false")]
    pub approximate: bool,
    /// Some step has no stated time: sums read "at least".
    #[serde(skip_serializing_if = "is_false")]
    pub at_least: bool,
    /// By class of dossiers.
    pub classes: Vec<ClassReport>,
    /// 4 tại chỗ
    pub on_site: OnSiteReport,
}

/// What is known of a class of dossiers.
#[derive(Debug, Clone, Serialize)]
pub struct ClassReport {
    /// `trường hợp`, where the procedure has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The class, as a guard; empty where all dossiers are alike.
    pub when: String,
    /// None on a mixed clock.
    pub worst_minutes: Option<i64>,
    /// None on a mixed clock, and without a limit.
    pub limit_minutes: Option<i64>,
    /// On a mixed clock, where there is a limit: what the calendars say, `kept`, `exceeded` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar_check: Option<&'static str>,
    /// The day of arrival on which a limit is exceeded most (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst_arrival: Option<String>,
    /// The longest way.
    pub path: Vec<String>,
    /// 4 tại chỗ holds for it; none where its runs never return a result.
    pub on_site: Option<bool>,
}

/// The verdict on 4 tại chỗ.
#[derive(Debug, Default, Serialize)]
pub struct OnSiteReport {
    /// It holds for every class.
    pub eligible: bool,
    /// 5 tại chỗ: stamping too.
    pub with_stamping: bool,
    /// Why not.
    pub reasons: Vec<Reason>,
}

/// Why 4 tại chỗ does not hold.
#[derive(Debug, Serialize)]
pub struct Reason {
    /// Which step; none where something is missing.
    pub step: Option<String>,
    /// Why.
    pub message: String,
    /// What would mend it.
    pub mend: String,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl ProcedureReport {
    /// What is left of the limit; less than nothing where it is exceeded.
    pub fn slack(&self) -> Option<i64> {
        Some(self.limit_minutes? - self.worst_minutes?)
    }
}

/// Reports on the procedures of the files that are `wanted`; `path` says how a file is called.
pub fn report(
    project: &Project,
    language: Language,
    wanted: impl Fn(FileId) -> bool,
    path: impl Fn(FileId) -> String,
) -> Report {
    let readable: Vec<(usize, usize)> =
        rules::sound_texts(project).map(|analysis| (analysis.procedure, analysis.case)).collect();
    let mut procedures = Vec::new();
    for (index, procedure) in project.model.procedures.iter().enumerate() {
        let file = procedure.declaration.file;
        let cases: Vec<&CaseAnalysis> =
            project.analysis().iter().filter(|analysis| analysis.procedure == index).collect();
        if wanted(file) && !cases.is_empty() {
            let is_readable = |analysis: &&CaseAnalysis| readable.contains(&(analysis.procedure, analysis.case));
            let known = cases.iter().all(is_readable).then_some(cases);
            let found = One { project, procedure, language }.report(known, path(file));
            procedures.push(((file, procedure.declaration.span.start), found));
        }
    }
    procedures.sort_by_key(|(place, _)| *place);
    Report { version: 1, procedures: procedures.into_iter().map(|(_, procedure)| procedure).collect() }
}

/// Reports on one procedure that is known to have no errors; its file is called as in the project.
pub fn of_sound_text(project: &Project, procedure: &Procedure, language: Language) -> ProcedureReport {
    let is_of = |analysis: &&CaseAnalysis| std::ptr::eq(&project.model.procedures[analysis.procedure], procedure);
    let cases = project.analysis().iter().filter(is_of).collect();
    let path = project.source(procedure.declaration.file).path.clone();
    One { project, procedure, language }.report(Some(cases), path)
}

/// One procedure.
struct One<'p> {
    project: &'p Project,
    procedure: &'p Procedure,
    language: Language,
}

impl One<'_> {
    fn report(&self, cases: Option<Vec<&CaseAnalysis>>, file: String) -> ProcedureReport {
        let mut report = ProcedureReport {
            id: self.procedure.named.name.clone(),
            label: self.procedure.label.clone(),
            code: self.procedure.code.as_ref().map(|(code, _)| code.clone()),
            file,
            sound: false,
            worst_minutes: None,
            limit_minutes: None,
            clock: None,
            calendar_check: None,
            approximate: false,
            at_least: false,
            classes: Vec::new(),
            on_site: OnSiteReport::default(),
        };
        let Some(cases) = cases else {
            report.on_site.reasons.push(self.reason(
                None,
                &say("tệp còn lỗi, chưa xét được", "the file has errors and cannot be judged"),
                &say("Chạy “tthc check”", "Run “tthc check”"),
            ));
            return report;
        };
        report.sound = cases.iter().all(|analysis| analysis.is_sound());
        let judged: Vec<(&Case, &Times)> = cases
            .iter()
            .filter_map(|analysis| Some((&self.procedure.cases[analysis.case], analysis.times.as_ref()?)))
            .collect();
        if judged.len() < cases.len() {
            report.on_site.reasons.push(self.reason(
                None,
                &say("quy trình còn ngõ cụt, chưa xét được", "the process has dead ends and cannot be judged"),
                &say("Chạy “tthc check”", "Run “tthc check”"),
            ));
            return report;
        }
        self.times(&mut report, &judged);
        self.on_site(&mut report, &judged);
        report
    }

    fn times(&self, report: &mut ProcedureReport, judged: &[(&Case, &Times)]) {
        let mut clocks: Vec<Clock> = judged.iter().map(|(_, times)| times.clock).collect();
        clocks.dedup();
        let clock = if let [only] = clocks[..] { only } else { Clock::Mixed };
        report.clock = Some(match clock {
            Clock::Working => "working",
            Clock::Calendar => "calendar",
            Clock::Mixed => "mixed",
        });
        report.approximate = judged.iter().any(|(_, times)| times.approximate);
        report.at_least = judged.iter().any(|(_, times)| times.at_least);
        for (case, times) in judged {
            report.classes.extend(times.classes.iter().map(|class| self.class(case, times, class)));
        }
        if clock == Clock::Mixed {
            report.calendar_check = Some(worst_check(&report.classes));
        } else {
            let tightest = tightest(&report.classes).map(|class| (class.worst_minutes, class.limit_minutes));
            (report.worst_minutes, report.limit_minutes) = tightest.unwrap_or_default();
        }
    }

    fn class(&self, case: &Case, times: &Times, class: &ClassTime) -> ClassReport {
        let pure = times.clock != Clock::Mixed;
        let path = match &class.on_dates {
            Some(OnDates::Exceeded(Late { path, .. }) | OnDates::MayExceed { path, .. }) => path,
            _ => &class.path,
        };
        let worst_arrival = match &class.on_dates {
            Some(OnDates::Exceeded(late)) => Some(late.from.closing_date().to_string()),
            _ => None,
        };
        ClassReport {
            case: case.named.as_ref().map(|named| named.name.clone()),
            when: class.dossier.clone(),
            worst_minutes: pure.then(|| class.worst.part(times.clock)),
            limit_minutes: class.limit.filter(|_| pure).map(|(limit, _)| limit.part(times.clock)),
            calendar_check: class.on_dates.as_ref().map(check),
            worst_arrival,
            path: path.iter().map(|step| case.flow.full_name(*step)).collect(),
            on_site: None,
        }
    }

    fn on_site(&self, report: &mut ProcedureReport, judged: &[(&Case, &Times)]) {
        let mut stamped = true;
        let mut returns = false;
        for (case, times) in judged {
            let days = law::judged_days(&case.data, self.project.settings.date);
            let verdicts = on_site::judge(&self.project.model, case, days, &times.returning);
            let name = case.named.as_ref().map(|named| named.name.clone());
            for class in report.classes.iter_mut().filter(|class| class.case == name) {
                class.on_site = verdicts.iter().find(|verdict| verdict.dossier == class.when).map(OnSite::holds);
            }
            let reasons = on_site::union(&verdicts);
            report.on_site.reasons.extend(reasons.iter().map(|obstacle| self.obstacle(case, obstacle)));
            stamped &= verdicts.iter().all(|verdict| verdict.stamping.is_none());
            returns |= !verdicts.is_empty();
        }
        if !returns {
            report.on_site.reasons.push(self.reason(
                None,
                &say("không có đường đi nào đến trả kết quả", "no way leads to the result"),
                &say("Thêm bước trả kết quả", "Add the step that returns the result"),
            ));
        }
        report.on_site.eligible = report.on_site.reasons.is_empty();
        report.on_site.with_stamping = report.on_site.eligible && stamped;
    }

    fn obstacle(&self, case: &Case, obstacle: &Obstacle) -> Reason {
        self.reason(obstacle.step.map(|step| case.flow.full_name(step)), &obstacle.why, &obstacle.mend)
    }

    fn reason(&self, step: Option<String>, why: &Message, mend: &Message) -> Reason {
        let text = |message: &Message| message.in_language(self.language).to_string();
        Reason { step, message: text(why), mend: text(mend) }
    }
}

fn check(on_dates: &OnDates) -> &'static str {
    match on_dates {
        OnDates::Kept => "kept",
        OnDates::Exceeded(_) | OnDates::MayExceed { .. } => "exceeded",
        OnDates::Unknown => "unknown",
    }
}

/// Of all classes. What is compared with no limit, or in cases on different clocks, is not decided.
fn worst_check(classes: &[ClassReport]) -> &'static str {
    let checks: Vec<&str> = classes.iter().map(|class| class.calendar_check.unwrap_or("unknown")).collect();
    let worst = ["exceeded", "unknown"].into_iter().find(|worst| checks.contains(worst));
    worst.unwrap_or(if checks.is_empty() { "unknown" } else { "kept" })
}

/// The class with the least slack; where there is no limit, the one that takes longest.
fn tightest(classes: &[ClassReport]) -> Option<&ClassReport> {
    let slack = |class: &&ClassReport| class.limit_minutes.zip(class.worst_minutes).map(|(limit, worst)| limit - worst);
    let limited = classes.iter().filter(|class| slack(class).is_some());
    limited.min_by_key(slack).or_else(|| classes.iter().max_by_key(|class| class.worst_minutes))
}
