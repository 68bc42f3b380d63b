//! The calendars of a model, prepared when they are first asked for.

use crate::calendar::Calendar;
use crate::model::Model;
use crate::model::flow::Step;
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

    /// The calendar by which limits count.
    pub(super) fn of_limits(&self, data: &Data) -> Option<&Calendar> {
        self.get(self.model.calendar_of_limits(data)?)
    }

    /// The calendar of a step: one of its own, else that of the procedure.
    pub(super) fn of_step(&self, step: &Step, data: &Data) -> Option<&Calendar> {
        match self.model.calendar_of_step(step) {
            Some(index) => self.get(index),
            None => self.of_limits(data),
        }
    }
}
