//! Steps, stages and blocks as targets and in conditions: what lies before the cursor, what lies behind it.

use super::candidates::Scope;
use super::context::Token;
use super::{Candidate, CandidateKind, values};
use crate::editor::outline::{Item, ItemKind};
use crate::model::flow::StepId;
use std::cmp::Reverse;
use tthc_grammar::names::{canonical, fold};
use tthc_grammar::tree::DeclarationKind as D;

/// Which steps are sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Those before the cursor and the one around it, the nearest first: an arrow back leads there.
    Behind,
    /// Those after the cursor: an arrow leads there.
    Ahead,
    /// Those before the step around the cursor: something was decided there.
    Decided,
    /// All but the one around the cursor.
    Other,
}

/// Something that a target can name, and where it begins.
struct Spot {
    candidate: Candidate,
    at: u32,
}

impl Scope<'_> {
    /// Steps, stages and blocks, shared parts inserted.
    pub fn steps(&self, side: Side) -> Vec<Candidate> {
        let own = self.own_step().map(|item| item.span.start);
        let here = self.own_branch();
        let wanted = |spot: &Spot| match side {
            Side::Behind => spot.at <= self.offset && self.branch(spot.at) == here,
            Side::Ahead => spot.at > self.offset && self.branch(spot.at) == here,
            Side::Decided => own.is_none_or(|own| spot.at < own),
            Side::Other => own != Some(spot.at),
        };
        let mut spots: Vec<Spot> = self.spots().into_iter().filter(wanted).collect();
        match side {
            Side::Behind => spots.sort_by_key(|spot| Reverse(spot.at)),
            _ => spots.sort_by_key(|spot| spot.at),
        }
        let ranked = spots.into_iter().enumerate();
        ranked.map(|(number, spot)| spot.candidate.rank((10 + number).min(99) as u8)).collect()
    }

    /// The same where `bước` is written already.
    pub fn numbers(&self, side: Side) -> Vec<Candidate> {
        let bare = |step: Candidate| {
            let name = step.label.strip_prefix("bước ").unwrap_or(&step.label).to_string();
            Candidate { insert: name.clone(), label: name, ..step }
        };
        self.steps(side).into_iter().map(bare).collect()
    }

    fn spots(&self) -> Vec<Spot> {
        let mut found: Vec<Spot> = Vec::new();
        for item in self.flat() {
            let ItemKind::Declared(kind @ (D::Step | D::Stage | D::Parallel | D::Insert | D::Call)) = item.kind else {
                continue;
            };
            let name = title(&item.name, kind == D::Step);
            let label = item.label.clone().unwrap_or_default();
            let candidate = Candidate::new(CandidateKind::Step, name).detail(label);
            found.push(Spot { candidate, at: item.span.start });
        }
        let cases = self.procedure.iter().flat_map(|procedure| &procedure.cases);
        for (flow, (id, step)) in
            cases.flat_map(|case| case.flow.steps.iter().enumerate().map(|step| (&case.flow, step)))
        {
            let Some(at) = step.inserted_at.first().filter(|place| place.file == self.file) else { continue };
            let name = title(&flow.full_name(StepId(id)), step.numbered);
            if !found.iter().any(|known| known.candidate.label == name) {
                let candidate = Candidate::new(CandidateKind::Step, name).detail(step.label.clone());
                found.push(Spot { candidate, at: at.span.start });
            }
        }
        found
    }

    /// The branch around an offset: no arrow enters or leaves one.
    fn branch(&self, offset: u32) -> Option<u32> {
        let branches = self.flat().into_iter().filter(|item| item.kind == ItemKind::Declared(D::Branch));
        let around = branches.filter(|item| item.span.start < offset && offset <= item.span.end);
        around.map(|item| item.span.start).max()
    }

    /// The branch around the cursor; its block may not be closed yet.
    fn own_branch(&self) -> Option<u32> {
        let branches = self.flat().into_iter().filter(|item| item.kind == ItemKind::Declared(D::Branch));
        let before = branches.map(|item| item.span.start).filter(|start| *start < self.offset);
        self.branch(self.offset).or(before.max()).filter(|_| self.in_branch)
    }

    /// The step around the cursor; its block may not be closed yet.
    pub fn own_step(&self) -> Option<&Item> {
        let mut steps =
            self.flat().into_iter().filter(|item| matches!(item.kind, ItemKind::Declared(D::Step | D::Call)));
        steps.rfind(|item| self.in_step && item.span.start <= self.offset)
    }

    /// The outcomes of the step around the cursor.
    pub fn own_outcomes(&self) -> Vec<Candidate> {
        self.own_step().map(|step| self.outcomes(&step.name)).unwrap_or_default()
    }

    /// A condition, of which something is written.
    pub fn guard(&self, written: &[Token]) -> Vec<Candidate> {
        let begins = |token: Option<&Token>| match token {
            None | Some(Token::Sign('(')) => true,
            Some(token) => token.folded().is_some_and(|word| matches!(word.as_str(), "va" | "hoac" | "khong")),
        };
        if begins(written.last()) {
            let mut found = self.fields();
            found.extend(self.steps(Side::Decided).into_iter().filter(|step| !self.outcomes(&step.label).is_empty()));
            found.extend(values::phrases(&["không", "có"], &[]).into_iter().map(|word| word.rank(99)));
            return found;
        }
        match written {
            [.., Token::Word(step)] if fold(step) == "buoc" => {
                let decided = self.numbers(Side::Decided).into_iter();
                decided.filter(|step| !self.outcomes(&step.label).is_empty()).collect()
            }
            [.., Token::Word(left), Token::Sign('=' | '≠')]
            | [.., Token::Word(left), Token::Sign('!'), Token::Sign('=')] => self.values_of(left),
            [.., Token::Word(left), Token::Sign('=' | '≠'), Token::Word(_)] if !left.is_empty() => {
                values::phrases(&["->", "và", "hoặc"], &[])
            }
            [.., Token::Word(left)] => match self.field_of(left).is_some_and(|field| field.children.is_empty()) {
                true => values::phrases(&["->", "và", "hoặc", "=", "≠", "<", "≤", ">", "≥"], &[]),
                false => values::phrases(&["=", "≠", "thuộc", "->", "và", "hoặc"], &[]),
            },
            _ => Vec::new(),
        }
    }

    fn fields(&self) -> Vec<Candidate> {
        let fields = self.flat().into_iter().filter(|item| item.kind == ItemKind::Field);
        let own: Vec<Candidate> = fields
            .map(|item| {
                let label = item.label.clone().unwrap_or_default();
                Candidate::new(CandidateKind::Field, item.name.clone()).detail(label).rank(1)
            })
            .collect();
        if !own.is_empty() {
            return own;
        }
        // Those of the shared process that the procedure uses.
        let fields = self.procedure.iter().flat_map(|procedure| &procedure.fields);
        fields
            .map(|field| Candidate::new(CandidateKind::Field, field.named.name.clone()).detail(field.label.clone()))
            .collect()
    }

    fn field_of(&self, name: &str) -> Option<&Item> {
        let is_it = |item: &&Item| item.kind == ItemKind::Field && canonical(&item.name) == canonical(name);
        self.flat().into_iter().find(is_it)
    }

    /// The values of a field or the outcomes of a step.
    pub fn values_of(&self, left: &str) -> Vec<Candidate> {
        let Some(field) = self.field_of(left) else { return self.outcomes(left) };
        if field.children.is_empty() {
            return values::phrases(&["có", "không"], &[]);
        }
        let value = |item: &Item| {
            Candidate::new(CandidateKind::Value, item.name.clone()).detail(item.label.clone().unwrap_or_default())
        };
        field.children.iter().map(value).collect()
    }

    /// The outcomes of a step, by its name or number, with or without `bước`.
    fn outcomes(&self, step: &str) -> Vec<Candidate> {
        let name = step.strip_prefix("bước ").unwrap_or(step);
        let last = name.rsplit('.').next().unwrap_or(name);
        let steps = self.flat().into_iter().filter(|item| item.kind == ItemKind::Declared(D::Step));
        let mut found: Vec<Candidate> = Vec::new();
        for step in
            steps.filter(|item| canonical(&item.name) == canonical(name) || canonical(&item.name) == canonical(last))
        {
            for outcome in step.children.iter().filter(|child| child.kind == ItemKind::Outcome) {
                if !found.iter().any(|known| known.label == outcome.name) {
                    let label = outcome.label.clone().unwrap_or_default();
                    found.push(Candidate::new(CandidateKind::Outcome, outcome.name.clone()).detail(label));
                }
            }
        }
        found
    }
}

/// Printed numbers are named with `bước`.
fn title(name: &str, is_step: bool) -> String {
    let numbered = is_step && name.starts_with(|c: char| c.is_ascii_digit());
    if numbered { format!("bước {name}") } else { name.to_string() }
}
