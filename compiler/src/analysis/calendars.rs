//! The calendars of a model, prepared when they are first asked for.

use crate::calendar::Calendar;
use crate::model::Model;
use crate::model::flow::{Actor, Step};
use crate::model::organization::OrgId;
use crate::model::procedure::Data;
use std::cell::OnceCell;

/// By their place in [`Model::calendars`]; none where there are no data.
pub(super) struct Calendars<'m> {
    model: &'m Model,
    national: Option<usize>,
    prepared: Vec<OnceCell<Option<Calendar>>>,
}

impl<'m> Calendars<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let national = model.national_calendar();
        Calendars { model, national, prepared: model.calendars.iter().map(|_| OnceCell::new()).collect() }
    }

    fn get(&self, index: usize) -> Option<&Calendar> {
        let national = self.national.map(|index| &self.model.calendars[index]);
        self.prepared[index].get_or_init(|| Calendar::of(&self.model.calendars[index], national)).as_ref()
    }

    /// The calendar by which limits count: the procedure's, else the national one.
    pub(super) fn of_limits(&self, data: &Data) -> Option<&Calendar> {
        self.get(data.calendar.or(self.national)?)
    }

    /// The calendar of a step: its own, that of its first performer, else that of the procedure.
    pub(super) fn of_step(&self, step: &Step, data: &Data) -> Option<&Calendar> {
        let called = step.call.as_ref().and_then(|call| self.model.procedures[call.procedure?.0].data.calendar);
        let performer = || {
            let performers = step.performers.as_ref()?.each();
            let first = performers.iter().find_map(|performer| match performer.actor {
                Actor::Org(id) => Some(id),
                _ => None,
            });
            self.of_org(first?)
        };
        match step.calendar.or(called).or_else(performer) {
            Some(index) => self.get(index),
            None => self.of_limits(data),
        }
    }

    fn of_org(&self, id: OrgId) -> Option<usize> {
        self.model.org(id).calendar.or_else(|| self.model.org(self.model.agency_of(id)).calendar)
    }
}
