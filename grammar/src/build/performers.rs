//! Who performs a step: names joined by `và`, `,`, `hoặc`.

use super::{Builder, P};
use crate::tree::*;
use crate::{Rule, words};

impl Builder<'_> {
    /// A chain of performers; `và` and `hoặc` may not be mixed in one.
    pub(super) fn performers(&mut self, pair: P<'_>) -> Performers {
        let at = self.span(&pair);
        let mut items = Vec::new();
        let mut all: Option<bool> = None;
        let mut mixed_from: Option<Span> = None;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::connective => {
                    let is_all = inner.as_str().chars().all(|code| words::folded(code) != "hoac");
                    if all.is_some_and(|all| all != is_all) {
                        mixed_from = Some(self.span(&inner));
                    }
                    all.get_or_insert(is_all);
                }
                Rule::performers => items.push(self.performers(inner)),
                _ => items.push(Performers::One(self.performer(inner))),
            }
        }
        if let Some(second) = mixed_from {
            // Put the part before the second connective into parentheses: it is read first.
            let head = self.text[at.start as usize..second.start as usize].trim_end().to_string();
            let place = Span::new(at.start as usize, at.start as usize + head.len());
            self.problem(ProblemKind::Slip(Slip::MixedPerformers, Some(format!("({head})"))), place);
        }
        if items.len() == 1 {
            return items.remove(0);
        }
        if all == Some(false) { Performers::Any(items, at) } else { Performers::All(items, at) }
    }

    pub(super) fn performer(&mut self, pair: P<'_>) -> Performer {
        let span = self.span(&pair);
        let mut performer = Performer { who: Who::Applicant, at: None, wording: None, span };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::who => performer.who = self.who(&inner),
                Rule::place => performer.at = inner.into_inner().next().map(|path| self.path(&path)),
                Rule::string => performer.wording = Some(self.string(&inner)),
                _ => {}
            }
        }
        performer
    }

    fn who(&self, pair: &P<'_>) -> Who {
        let mut codes = pair.as_str().chars().map(words::folded);
        match (codes.next(), codes.next()) {
            (Some("nguoi"), Some("nop")) => Who::Applicant,
            (Some("he"), Some("thong")) => Who::System,
            (Some("noi"), Some("tiep")) => Who::ReceivingUnit,
            _ => Who::Path(self.path(pair)),
        }
    }
}
