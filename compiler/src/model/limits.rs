//! Time limits, read when the steps of the process are known.

use super::flow::Guard;
use super::flow_steps::FlowBuilder;
use super::issue::What;
use super::organization::OrgId;
use super::performers::Env;
use super::procedure::{Data, Limit};
use super::reader::Reader;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::{self, Value};

/// The limits that a block states itself.
#[derive(Default)]
pub(crate) struct Limits {
    limits: Vec<Limit>,
    statutory: Vec<Limit>,
    shares: Vec<(OrgId, Limit)>,
}

impl Limits {
    /// Puts the stated limits in the place of those that held around.
    pub(crate) fn put(self, data: &mut Data) {
        if !self.limits.is_empty() {
            data.limits = self.limits;
        }
        if !self.statutory.is_empty() {
            data.statutory = self.statutory;
        }
        if !self.shares.is_empty() {
            data.shares = self.shares;
        }
    }
}

impl<'t> FlowBuilder<'_, 't> {
    /// The limits of a block; their guards may read fields and outcomes.
    pub(crate) fn limits(&mut self, reader: &Reader<'t>, env: &Env<'t>) -> Limits {
        let limits = self.lines(reader, Key::Limit, env);
        let statutory = self.lines(reader, Key::StatutoryLimit, env);
        let mut shares = Vec::new();
        for attribute in reader.all(Key::ShareOf) {
            let of = attribute.argument.as_ref().and_then(|path| self.builder.org(path, env, What::Agency));
            if let (Some(of), Some(limit)) = (of, self.line(attribute, env)) {
                shares.push((of, limit));
            }
        }
        Limits { limits, statutory, shares }
    }

    fn lines(&mut self, reader: &Reader<'t>, key: Key, env: &Env<'t>) -> Vec<Limit> {
        reader.all(key).filter_map(|attribute| self.line(attribute, env)).collect()
    }

    fn line(&mut self, attribute: &'t tree::Attribute, env: &Env<'t>) -> Option<Limit> {
        let duration = match attribute.values.first()? {
            Value::Unstated(_) => None,
            value => Some(self.duration_of(value, env)?),
        };
        let guard = attribute.guard.as_ref().map(|guard| self.guard(guard, env, None));
        Some(Limit { duration, guard, place: env.place(attribute.span) })
    }

    /// The guard of a case.
    pub(crate) fn guard_alone(&mut self, guard: &'t tree::Guard, env: &Env<'t>) -> Guard {
        self.guard(guard, env, None)
    }
}
