//! What may stand in which block. The grammar reads more than may stand there, so that nothing is lost.

use super::{Builder, P};
use crate::tree::*;
use crate::{Rule, words};
use DeclarationKind as K;

/// What a rule declares.
pub(super) fn kind_of(rule: Rule) -> K {
    match rule {
        Rule::import => K::Import,
        Rule::defaults => K::Defaults,
        Rule::agency => K::Agency,
        Rule::role => K::Role,
        Rule::unit | Rule::broken_unit => K::Unit,
        Rule::posting => K::Posting,
        Rule::delegation => K::Delegation,
        Rule::assignment => K::Assignment,
        Rule::form => K::Form,
        Rule::calendar => K::Calendar,
        Rule::procedure => K::Procedure,
        Rule::process => K::SharedProcess,
        Rule::case => K::Case,
        Rule::after => K::After,
        Rule::papers => K::Papers,
        Rule::fields => K::Fields,
        Rule::electronic => K::Electronic,
        Rule::stage => K::Stage,
        Rule::step => K::Step,
        Rule::parallel => K::Parallel,
        Rule::branch => K::Branch,
        Rule::part => K::Part,
        Rule::insert => K::Insert,
        Rule::call => K::Call,
        Rule::outcomes => K::Outcomes,
        Rule::choice => K::Choice,
        _ => K::Process,
    }
}

/// What the statements of a block of this kind are called in a message.
pub(super) fn expected_in(kind: K) -> Expected {
    match kind {
        K::Outcomes | K::Choice => Expected::Arrow,
        K::Fields => Expected::Field,
        K::Papers => Expected::Paper,
        kind => Expected::StatementIn(kind),
    }
}

fn may_stand(parent: K, rule: Rule) -> bool {
    let flow = matches!(rule, Rule::step | Rule::stage | Rule::parallel | Rule::insert | Rule::call);
    let of_procedure = matches!(
        rule,
        Rule::fields | Rule::papers | Rule::own_process | Rule::after | Rule::calendar | Rule::electronic
    );
    match parent {
        K::Procedure => of_procedure || rule == Rule::case,
        K::Case => of_procedure,
        K::SharedProcess => flow || of_procedure || rule == Rule::case,
        K::Process | K::Stage | K::Branch | K::Part | K::After => flow || rule == Rule::calendar,
        K::Parallel => rule == Rule::branch,
        K::Step | K::Call => {
            matches!(rule, Rule::outcomes | Rule::choice | Rule::electronic | Rule::calendar | Rule::uncounted)
        }
        K::Agency | K::Unit => matches!(
            rule,
            Rule::role | Rule::unit | Rule::posting | Rule::delegation | Rule::assignment | Rule::calendar
        ),
        _ => false,
    }
}

impl Builder<'_> {
    /// Tells a statement that may not stand in this block.
    pub(super) fn place_in_block(&mut self, pair: &P<'_>, parent: Option<K>, expected: Expected) {
        let fits = match pair.as_rule() {
            Rule::junk
            | Rule::top_junk
            | Rule::colonless
            | Rule::unknown
            | Rule::half_known
            | Rule::broken
            | Rule::top_broken
            | Rule::broken_unit => true,
            Rule::attribute | Rule::share => !matches!(parent, Some(K::Outcomes | K::Choice | K::Papers | K::Fields)),
            Rule::arrow => matches!(parent, Some(K::Outcomes | K::Choice)),
            Rule::field => parent == Some(K::Fields),
            Rule::paper => parent == Some(K::Papers),
            rule => parent.is_some_and(|parent| may_stand(parent, rule)),
        };
        if !fits {
            self.misplaced(pair, expected);
        }
    }

    /// The same for the file itself.
    pub(super) fn place_in_file(&mut self, pair: &P<'_>) {
        let fits = matches!(
            pair.as_rule(),
            Rule::import
                | Rule::procedure
                | Rule::agency
                | Rule::form
                | Rule::process
                | Rule::part
                | Rule::calendar
                | Rule::defaults
                | Rule::junk
                | Rule::top_junk
                | Rule::stray
                | Rule::top_broken
        );
        if pair.as_rule() == Rule::own_process {
            // A process that stands alone needs a name.
            let block = pair.as_str().find('{').unwrap_or(0);
            return self.missing(Expected::Name, self.codes.behind(pair.as_span().start() + block));
        }
        if !fits {
            self.misplaced(pair, Expected::TopStatement);
        }
    }

    /// A statement that was read where it cannot stand, so that it is not lost: its head is shown.
    fn misplaced(&mut self, pair: &P<'_>, expected: Expected) {
        let start = pair.as_span().start();
        let length = pair.as_str().find(['\n', '{']).unwrap_or(pair.as_str().len());
        let span = self.codes.span(start, start + length.max(1));
        self.problem(ProblemKind::Unreadable(expected), span);
    }

    /// What a block with an unreadable head most likely is: by the words that are left of its keyword, then by
    /// where it stands and what it holds.
    pub(super) fn kind_of_broken(&self, pair: &P<'_>, parent: Option<K>, before: &[Statement]) -> K {
        let mut body = Rule::block;
        let mut first = None;
        let mut head = "";
        for inner in pair.clone().into_inner() {
            match inner.as_rule() {
                Rule::block | Rule::arrow_block | Rule::field_block | Rule::paper_block | Rule::agency_block => {
                    body = inner.as_rule();
                    first = inner
                        .into_inner()
                        .map(|pair| pair.as_rule())
                        .find(|rule| !matches!(rule, Rule::attribute | Rule::share | Rule::unknown | Rule::half_known));
                }
                Rule::bad_words => head = inner.as_str().split(words::STRING).next().unwrap_or_default(),
                _ => {}
            }
        }
        let has = |kind: K| {
            before.iter().any(|statement| matches!(statement, Statement::Declaration(other) if other.kind == kind))
        };
        let by_place = match (body, first, parent) {
            (Rule::arrow_block, ..) => return if self.is_choice(pair) { K::Choice } else { K::Outcomes },
            (Rule::field_block, ..) => return K::Fields,
            (Rule::paper_block, ..) => return K::Papers,
            (Rule::agency_block, ..) => return if parent.is_none() { K::Agency } else { K::Unit },
            (_, Some(Rule::branch), _) => K::Parallel,
            (
                _,
                Some(Rule::own_process | Rule::fields | Rule::papers | Rule::after),
                Some(K::Procedure | K::SharedProcess),
            ) => K::Case,
            (.., Some(K::Procedure | K::Case)) => {
                if has(K::Process) || has(K::Case) {
                    K::After
                } else {
                    K::Process
                }
            }
            (.., Some(K::Parallel)) => K::Branch,
            (_, Some(Rule::step | Rule::stage | Rule::parallel | Rule::insert | Rule::call), None) => K::SharedProcess,
            (_, Some(Rule::own_process | Rule::fields | Rule::papers | Rule::after | Rule::case), None) => K::Procedure,
            (.., None) => {
                if head.is_empty() {
                    K::Procedure
                } else {
                    K::Calendar
                }
            }
            _ => K::Stage,
        };
        kind_by_words(head, parent).unwrap_or(by_place)
    }

    /// A guard or `còn lại` before the first arrow makes a `rẽ nhánh`.
    fn is_choice(&self, pair: &P<'_>) -> bool {
        let mut inside = pair.clone().into_inner().flatten();
        inside
            .find(|pair| matches!(pair.as_rule(), Rule::guard_clause | Rule::otherwise | Rule::outcome))
            .is_some_and(|pair| pair.as_rule() != Rule::outcome)
    }
}

/// The declaration of this block whose keyword shares most words with a head that cannot be read.
fn kind_by_words(head: &str, parent: Option<K>) -> Option<K> {
    let candidates: &[(K, &[&str])] = match parent {
        None => &[
            (K::Procedure, &["thu", "tuc"]),
            (K::SharedProcess, &["quy", "trinh"]),
            (K::Part, &["phan", "dung", "chung"]),
            (K::Agency, &["co", "quan"]),
            (K::Defaults, &["mac", "dinh"]),
            (K::Form, &["bieu", "mau"]),
            (K::Calendar, &["lich"]),
        ],
        Some(K::Procedure | K::Case) => &[
            (K::Process, &["quy", "trinh"]),
            (K::Case, &["truong", "hop"]),
            (K::After, &["sau", "khi", "tra", "ket", "qua"]),
        ],
        Some(K::SharedProcess) => {
            &[(K::Stage, &["giai", "doan"]), (K::Parallel, &["song"]), (K::Case, &["truong", "hop"])]
        }
        Some(_) => &[(K::Stage, &["giai", "doan"]), (K::Parallel, &["song"]), (K::Branch, &["nhanh"])],
    };
    let shared =
        |words: &[&str]| words.iter().filter(|word| head.chars().any(|code| words::folded(code) == **word)).count();
    // Of equals the first.
    let (kind, count) =
        candidates.iter().rev().map(|(kind, words)| (*kind, shared(words))).max_by_key(|(_, count)| *count)?;
    (count > 0).then_some(kind)
}
