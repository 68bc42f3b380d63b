//! 4 tại chỗ: reception, appraisal, approval and return, all at one one-stop unit; 5 tại chỗ: stamping too.
//!
//! Basis: article 6 of Circular 01/2018/TT-VPCP. The four conditions of the circular that a text can show are
//! looked at step by step; whether the unit has the people and rooms (article 6.1c) it cannot show.

use super::days::written;
use super::runs::Runs;
use super::signing::{Standing, appraises, first_day_without, may_be_renewed, standing};
use super::{Whereabouts, belongs_or_posted, kind, org_of, performers, title, whereabouts};
use crate::diagnostic::{Message, say};
use crate::model::Model;
use crate::model::flow::{Performer, Performers, Step, StepId};
use crate::model::organization::{OrgId, Period};
use crate::model::procedure::{Case, Data};

/// The kinds of steps that must occur; the last one only for 5 tại chỗ.
pub const KINDS: [&str; 5] = [kind::RECEPTION, kind::APPRAISAL, kind::APPROVAL, kind::RETURN, kind::STAMPING];

/// Something that keeps a class of dossiers from being 4 tại chỗ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Which step; none where something is missing.
    pub step: Option<StepId>,
    /// Why.
    pub why: Message,
    /// What would mend it.
    pub mend: Message,
    /// It is known to be so. Otherwise the text does not say, and nothing may be asserted.
    pub certain: bool,
    /// It is a mistake by itself, of which another rule speaks.
    pub mistake: bool,
}

/// The verdict on a class of dossiers.
#[derive(Debug, Clone)]
pub struct OnSite {
    /// The class, as a guard.
    pub dossier: String,
    /// Against 4 tại chỗ, in the order of the steps.
    pub obstacles: Vec<Obstacle>,
    /// What 5 tại chỗ lacks besides.
    pub stamping: Option<Obstacle>,
}

impl OnSite {
    /// 4 tại chỗ holds.
    pub fn holds(&self) -> bool {
        self.obstacles.is_empty()
    }
}

/// The verdicts on a case on some days, class by class.
pub fn judge(model: &Model, case: &Case, days: Period, runs: &[Runs]) -> Vec<OnSite> {
    runs.iter().map(|runs| Judge { model, case, days, runs }.verdict()).collect()
}

/// What alone keeps classes of dossiers from being 4 tại chỗ: nothing where several things do.
pub fn only_obstacle(model: &Model, case: &Case, days: Period, runs: &[Runs]) -> Option<Obstacle> {
    let mut only: Option<Obstacle> = None;
    for runs in runs {
        let judge = Judge { model, case, days, runs };
        for obstacle in judge.obstacles() {
            if only.as_ref().is_some_and(|known| *known != obstacle) {
                return None;
            }
            only = Some(obstacle);
        }
    }
    only
}

/// All obstacles of all classes, each once.
pub fn union(verdicts: &[OnSite]) -> Vec<Obstacle> {
    let mut all: Vec<Obstacle> = Vec::new();
    for obstacle in verdicts.iter().flat_map(|verdict| &verdict.obstacles) {
        if !all.contains(obstacle) {
            all.push(obstacle.clone());
        }
    }
    all.sort_by_key(|obstacle| obstacle.step.map_or(usize::MAX, |step| step.0));
    all
}

struct Judge<'a> {
    model: &'a Model,
    case: &'a Case,
    days: Period,
    runs: &'a Runs,
}

impl Judge<'_> {
    fn data(&self) -> &Data {
        &self.case.data
    }

    fn verdict(&self) -> OnSite {
        let obstacles = self.obstacles().collect();
        OnSite { dossier: self.runs.dossier.clone(), obstacles, stamping: self.missing(kind::STAMPING) }
    }

    /// One after another, in the order of the steps: each is put into words, and often the first few tell enough.
    fn obstacles(&self) -> impl Iterator<Item = Obstacle> {
        let (units, nowhere) = match self.units() {
            Ok(units) => (units, None),
            Err(obstacle) => (Vec::new(), Some(obstacle)),
        };
        let at_steps = self.runs.steps.iter().flat_map(move |id| {
            // Where it can be received at several units, the first that fails tells enough.
            let found = units.iter().map(|unit| self.step(*id, *unit)).find(|found| !found.is_empty());
            found.unwrap_or_default()
        });
        let missing = KINDS[..4].iter().filter_map(|kind| self.missing(kind));
        nowhere.into_iter().chain(at_steps).chain(missing)
    }

    /// The one-stop units at which a dossier can be received: all must happen there.
    fn units(&self) -> Result<Vec<OrgId>, Obstacle> {
        let receives = |id: &&StepId| self.step_of(**id).kinds.contains(&kind::RECEPTION);
        let first = self.runs.steps.iter().find(receives);
        let places = first.map(|id| self.places(*id)).unwrap_or_default();
        let mut units = Vec::new();
        for place in places {
            match place {
                Whereabouts::OneStop(found) => units.extend(found),
                Whereabouts::Elsewhere => {
                    return Err(Obstacle {
                        step: first.copied(),
                        why: say(
                            "hồ sơ không được tiếp nhận tại bộ phận một cửa",
                            "the dossier is not received at a one-stop unit",
                        ),
                        mend: say(
                            "Tiếp nhận tại một nơi có “một cửa: có”; người của nơi khác thì ghi thêm “tại …”",
                            "Receive it at a unit with “một cửa: có”; for staff of another agency add “tại …”",
                        ),
                        certain: true,
                        mistake: true,
                    });
                }
                Whereabouts::Nowhere | Whereabouts::Unknown => {}
            }
        }
        units.sort();
        units.dedup();
        if !units.is_empty() {
            return Ok(units);
        }
        Err(Obstacle {
            step: first.copied(),
            why: say("chưa biết hồ sơ được tiếp nhận ở đâu", "it is not said where the dossier is received"),
            mend: say("Ghi “tiếp nhận tại: …”", "Say “tiếp nhận tại: …”"),
            certain: false,
            mistake: false,
        })
    }

    fn step_of(&self, id: StepId) -> &Step {
        self.case.flow.step(id)
    }

    fn places(&self, id: StepId) -> Vec<Whereabouts> {
        let step = self.step_of(id);
        performers(step).into_iter().map(|performer| whereabouts(self.model, self.data(), performer)).collect()
    }

    /// What keeps a step from being done at the unit.
    fn step(&self, id: StepId, unit: OrgId) -> Vec<Obstacle> {
        let step = self.step_of(id);
        let mut found: Vec<Obstacle> = self.nature(id, step, unit).into_iter().collect();
        if found.is_empty() {
            found.extend(self.location(id, step, unit));
        }
        if step.kinds.contains(&kind::APPROVAL) {
            found.extend(step.performers.as_ref().and_then(|performers| self.approval(id, performers)));
        }
        found
    }

    /// Some work cannot be done at a counter at all.
    fn nature(&self, id: StepId, step: &Step, unit: OrgId) -> Option<Obstacle> {
        let is = |kind: &str| step.kinds.contains(&kind);
        let (why, mend) = if step.call.is_some() {
            (
                say("hồ sơ đi sang một thủ tục khác", "the dossier goes into another procedure"),
                say("Bỏ việc liên thông", "Drop the linked procedure"),
            )
        } else if is(kind::INSPECTION) {
            (
                say("phải kiểm tra thực tế, ngoài bộ phận một cửa", "a field inspection, away from the one-stop unit"),
                say("Bỏ việc kiểm tra thực tế, nếu luật không buộc", "Drop the inspection, unless the law demands it"),
            )
        } else if is(kind::COUNCIL) {
            (
                say("phải qua hội đồng", "a council has to meet"),
                say("Bỏ việc lập hội đồng, nếu luật không buộc", "Drop the council, unless the law demands it"),
            )
        } else if is(kind::CONSULTATION) && !self.all_there(step, unit) {
            let who = self.names(step);
            (
                say(
                    format!("phải lấy ý kiến của {who}, không có người tại bộ phận một cửa"),
                    format!("consults {who}, without staff at the one-stop unit"),
                ),
                say(
                    format!("Bỏ việc lấy ý kiến, hoặc cử người của {who} đến bộ phận một cửa và ghi thêm “tại …”"),
                    format!("Drop the consultation, or post staff of {who} to the one-stop unit and add “tại …”"),
                ),
            )
        } else if is(kind::SENDING) && !self.stays(id, unit) {
            (
                say("hồ sơ bị chuyển đi nơi khác", "the dossier is sent away"),
                say(
                    "Giải quyết tiếp ngay tại bộ phận một cửa, không chuyển đi",
                    "Go on at the one-stop unit, without sending it away",
                ),
            )
        } else {
            return None;
        };
        Some(Obstacle { step: Some(id), why, mend, certain: true, mistake: false })
    }

    /// A hand-over from one desk of the unit to the next: everything that follows stays there.
    fn stays(&self, id: StepId, unit: OrgId) -> bool {
        let later = self.runs.steps.range(id..);
        later.clone().all(|step| self.all_there(self.step_of(*step), unit))
    }

    fn all_there(&self, step: &Step, unit: OrgId) -> bool {
        let list = performers(step);
        !list.is_empty() && list.into_iter().all(|performer| self.is_there(performer, unit))
    }

    fn is_there(&self, performer: &Performer, unit: OrgId) -> bool {
        match whereabouts(self.model, self.data(), performer) {
            Whereabouts::OneStop(units) => {
                let posted = org_of(performer).is_none_or(|org| belongs_or_posted(self.model, org, unit));
                units.contains(&unit) && posted
            }
            Whereabouts::Nowhere => true,
            Whereabouts::Elsewhere | Whereabouts::Unknown => false,
        }
    }

    fn names(&self, step: &Step) -> String {
        let names: Vec<String> = performers(step)
            .into_iter()
            .filter_map(org_of)
            .map(|id| title(self.model, self.model.agency_of(id)))
            .collect();
        if names.is_empty() { "cơ quan khác".to_string() } else { names.join(", ") }
    }

    /// Everyone who performs the step must sit there.
    fn location(&self, id: StepId, step: &Step, unit: OrgId) -> Option<Obstacle> {
        let at = &self.model.org(unit).label;
        let list = performers(step);
        let unknown = |performer: &&Performer| whereabouts(self.model, self.data(), performer) == Whereabouts::Unknown;
        if list.is_empty() || list.iter().any(unknown) {
            return Some(Obstacle {
                step: Some(id),
                why: say("chưa biết ai thực hiện, ở đâu", "it is not said who performs it, and where"),
                mend: say("Ghi người thực hiện: “do … tại …”", "Say who performs it: “do … tại …”"),
                certain: false,
                mistake: false,
            });
        }
        let away = list.into_iter().find(|performer| !self.is_there(performer, unit))?;
        let org = org_of(away)?;
        let who = title(self.model, org);
        let (path, unit_path) = (self.model.org_path(org), self.model.org_path(unit));
        let mend = if belongs_or_posted(self.model, org, unit) {
            say(format!("Ghi thêm “tại {unit_path}” sau “{path}”"), format!("Add “tại {unit_path}” after “{path}”"))
        } else {
            say(
                format!("Cử “{path}” đến “{unit_path}” và ghi “tại {unit_path}”, hoặc để người tại {at} làm"),
                format!("Post “{path}” to “{unit_path}” and add “tại {unit_path}”, or let staff of {at} do it"),
            )
        };
        let why = say(format!("{who} không làm việc này tại {at}"), format!("{who} does not do this at {at}"));
        let mistake = away.at.is_some_and(|at| !belongs_or_posted(self.model, org, at));
        Some(Obstacle { step: Some(id), why, mend, certain: true, mistake })
    }

    /// Whoever decides is competent, or holds delegations that cover appraisal and approval (article 6.1b).
    fn approval(&self, id: StepId, performers: &Performers) -> Option<Obstacle> {
        match performers {
            Performers::One(performer) => self.decides(id, performer),
            Performers::Any(list) => list.iter().find_map(|one| self.approval(id, one)),
            Performers::All(list) => {
                let each: Vec<Option<Obstacle>> = list.iter().map(|one| self.approval(id, one)).collect();
                if each.iter().any(Option::is_none) { None } else { each.into_iter().flatten().next() }
            }
        }
    }

    fn decides(&self, id: StepId, performer: &Performer) -> Option<Obstacle> {
        let who = org_of(performer).map_or_else(|| "nơi tiếp nhận".to_string(), |org| title(self.model, org));
        let delegate = say(
            "Ủy quyền “thẩm định, phê duyệt” tại bộ phận một cửa cho người ký, còn hiệu lực suốt thời gian áp dụng quy trình",
            "Delegate “thẩm định, phê duyệt” at the one-stop unit to whoever signs, for the whole time the process is in force",
        );
        let standing = standing(self.model, self.data(), performer);
        let mistake = matches!(standing, Standing::NotEntitled | Standing::Delegated(_));
        let obstacle = |why: Message, certain: bool| {
            Some(Obstacle { step: Some(id), why, mend: delegate.clone(), certain, mistake })
        };
        match standing {
            Standing::Competent => None,
            Standing::NotEntitled => obstacle(
                say(
                    format!("{who} không có thẩm quyền, cũng không được ủy quyền"),
                    format!("{who} is neither competent nor delegated"),
                ),
                true,
            ),
            Standing::Unknown => obstacle(
                say(
                    format!("chưa biết {who} có thẩm quyền ký hay không"),
                    format!("it is not said whether {who} may sign"),
                ),
                false,
            ),
            Standing::Assigned => obstacle(
                say(
                    format!("{who} ký thay trong cơ quan, chưa được ủy quyền phê duyệt tại bộ phận một cửa"),
                    format!("{who} signs for the head inside the agency, without a delegation for the one-stop unit"),
                ),
                true,
            ),
            Standing::Delegated(delegations) => {
                let both: Vec<_> = delegations.into_iter().filter(|delegation| appraises(delegation)).collect();
                if both.is_empty() {
                    return obstacle(
                        say(
                            format!("{who} được ủy quyền phê duyệt mà không được ủy quyền thẩm định"),
                            format!("{who} is delegated to approve but not to appraise"),
                        ),
                        true,
                    );
                }
                let day = first_day_without(&both, self.days).filter(|day| !may_be_renewed(*day, self.days))?;
                let day = written(day);
                obstacle(
                    say(
                        format!("ủy quyền cho {who} không có hiệu lực ngày {day}"),
                        format!("the delegation to {who} is not in force on {day}"),
                    ),
                    true,
                )
            }
        }
    }

    /// A kind of step that some run does without.
    fn missing(&self, kind: &'static str) -> Option<Obstacle> {
        if !self.runs.without.contains(kind) {
            return None;
        }
        // A step that does not say its kind may be the one.
        let certain = self.runs.steps.iter().all(|step| !self.step_of(*step).kinds.is_empty());
        let why = say(
            format!("có đường đi đến trả kết quả mà không có bước “{kind}”"),
            format!("some way to the result has no step of kind “{kind}”"),
        );
        let mend = say(
            format!("Ghi “loại: {kind}” ở bước làm việc ấy, hoặc thêm bước"),
            format!("Say “loại: {kind}” at the step that does it, or add one"),
        );
        Some(Obstacle { step: None, why, mend, certain, mistake: false })
    }
}
