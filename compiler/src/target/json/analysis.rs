//! Analysis → definition: the verdicts that `tthc report` prints.

use super::definition::{Analysis, ClassAnalysis, OnSite, OnSiteReason};
use crate::analysis::report::{self, ClassReport, Reason};
use crate::diagnostic::Language;
use crate::model::procedure::Procedure;
use crate::project::Project;

/// The verdicts on a procedure without errors.
pub(super) fn analysis(project: &Project, procedure: &Procedure) -> Analysis {
    let found = report::of_sound_text(project, procedure, Language::Vi);
    Analysis {
        sound: found.sound,
        clock: found.clock.map(String::from),
        worst_minutes: found.worst_minutes,
        limit_minutes: found.limit_minutes,
        calendar_check: found.calendar_check.map(String::from),
        approximate: found.approximate,
        at_least: found.at_least,
        classes: found.classes.into_iter().map(class).collect(),
        on_site: OnSite {
            eligible: found.on_site.eligible,
            with_stamping: found.on_site.with_stamping,
            reasons: found.on_site.reasons.into_iter().map(reason).collect(),
        },
    }
}

fn class(class: ClassReport) -> ClassAnalysis {
    ClassAnalysis {
        case: class.case,
        when: class.when,
        worst_minutes: class.worst_minutes,
        limit_minutes: class.limit_minutes,
        calendar_check: class.calendar_check.map(String::from),
        path: class.path,
        on_site: class.on_site,
    }
}

fn reason(Reason { step, message, mend }: Reason) -> OnSiteReason {
    OnSiteReason { step, message, mend }
}
