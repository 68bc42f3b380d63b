//! Whether attributes stand where they belong and hold what they may. One pass over the tree; lowering then
//! reads only what is right.

use super::issue::{Issue, IssueKind, ValueSort};
use super::keys::{allowed, homes, list_of, repeatable, required};
use super::reader::fits;
use crate::project::ParsedFile;
use crate::source::{FileId, Place};
use foldhash::{HashMap, HashMapExt};
use smallvec::SmallVec;
use tthc_grammar::keywords::{Key, STATUSES, ValueKind};
use tthc_grammar::names::fold;
use tthc_grammar::tree::*;

/// Checks every block of a file.
pub fn check_file(file: FileId, parsed: &ParsedFile, issues: &mut Vec<Issue>) {
    let mut checker = Checker { file, parsed, issues, owner: None };
    for statement in &parsed.tree.items {
        checker.statement(statement);
    }
    checker.defaults_twice();
}

pub(super) struct Checker<'a> {
    pub(super) file: FileId,
    parsed: &'a ParsedFile,
    issues: &'a mut Vec<Issue>,
    owner: Option<String>,
}

/// The keys of a block and where they stand last: few, and looked at for every block.
type Keys = SmallVec<[(Key, Span); 8]>;

/// Notes where a key stands; answers where it stood before.
fn put(keys: &mut Keys, key: Key, span: Span) -> Option<Span> {
    match keys.iter_mut().find(|(known, _)| *known == key) {
        Some((_, before)) => Some(std::mem::replace(before, span)),
        None => {
            keys.push((key, span));
            None
        }
    }
}

impl Checker<'_> {
    pub(super) fn issue(&mut self, span: Span, kind: IssueKind) {
        let place = Place { file: self.file, span };
        self.issues.push(Issue { procedure: self.owner.clone(), ..Issue::new(place, kind) });
    }

    /// Whether something before the sign of an arrow could not be read: that says what is wrong with it.
    pub(super) fn has_unread(&self, arrow: &Arrow) -> bool {
        let end = arrow.target.as_ref().map_or(arrow.span.end, |target| target.span.start);
        let before_sign = Span { end, ..arrow.span };
        self.parsed.tree.problems.iter().any(|problem| before_sign.holds(problem.span))
    }

    /// Two blocks `mặc định` of a file are read as one.
    fn defaults_twice(&mut self) {
        let place = |span| Place { file: self.file, span };
        let words = |span| self.parsed.source.words(span).split_whitespace();
        let blocks = self.parsed.tree.items.iter().filter_map(|item| match item {
            Statement::Declaration(Declaration { kind: DeclarationKind::Defaults, block, .. }) => block.as_ref(),
            _ => None,
        });
        let mut earlier: HashMap<Key, Vec<&Attribute>> = HashMap::new();
        let mut twice = Vec::new();
        for block in blocks {
            let mut own = HashMap::new();
            for statement in &block.statements {
                let Statement::Attribute(attribute) = statement else { continue };
                let Some(key) = attribute.key.filter(|key| !repeatable(*key)) else { continue };
                // What one block says again has been said of it.
                if own.insert(key, attribute).is_none()
                    && let Some([first, others @ ..]) = earlier.get(&key).map(Vec::as_slice)
                {
                    // Only what all of them say may be left out without asking.
                    let differs = |other: &&&Attribute| !words(other.span).eq(words(attribute.span));
                    let first = others.iter().find(differs).unwrap_or(first);
                    let (first, statement) = (place(first.key_span), place(attribute.span));
                    twice.push((attribute.key_span, IssueKind::KeyTwice { key, first, statement }));
                }
            }
            own.into_iter().for_each(|(key, attribute)| earlier.entry(key).or_default().push(attribute));
        }
        twice.into_iter().for_each(|(span, kind)| self.issue(span, kind));
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Declaration(declaration) => self.declaration(declaration),
            Statement::Arrow(Arrow { block: Some(block), .. }) => self.block(DeclarationKind::Outcomes, block),
            Statement::Paper(Paper { block: Some(block), .. }) => self.block(DeclarationKind::Papers, block),
            _ => {}
        }
    }

    fn declaration(&mut self, declaration: &Declaration) {
        let top = matches!(
            declaration.kind,
            DeclarationKind::Procedure
                | DeclarationKind::SharedProcess
                | DeclarationKind::Part
                | DeclarationKind::Agency
        );
        if top {
            self.owner = declaration.name.as_ref().map(|name| name.text.clone());
        }
        match &declaration.block {
            Some(block) => self.block(declaration.kind, block),
            None => self.require(declaration.kind, declaration.span, &[]),
        }
        if let (DeclarationKind::Step, Some(block)) = (declaration.kind, &declaration.block) {
            self.one_way_on(block);
            self.head_and_block(declaration, block);
            self.overdue(declaration, block);
        }
        self.not_empty(declaration);
        if let (DeclarationKind::Step | DeclarationKind::Call, Some(block)) = (declaration.kind, &declaration.block) {
            self.lines(declaration.kind, block);
        }
        if let Some(block) = &declaration.block {
            self.blocks(declaration.kind, block);
            self.texts_behind_performers(block);
            for statement in &block.statements {
                self.statement(statement);
            }
        }
        if top {
            self.owner = None;
        }
    }

    fn block(&mut self, kind: DeclarationKind, block: &Block) {
        let mut seen = Keys::new();
        // Of limits each further one is for dossiers of its own.
        let mut limits = Keys::new();
        for statement in &block.statements {
            let Statement::Attribute(attribute) = statement else { continue };
            let Some(key) = attribute.key else {
                let written = self.parsed.source.words(attribute.key_span).to_string();
                let suggestion = closest_key(&written, allowed(kind));
                self.issue(attribute.key_span, IssueKind::UnknownKey { key: written, suggestion });
                continue;
            };
            if !allowed(kind).contains(&key) {
                self.issue(attribute.key_span, IssueKind::MisplacedKey { key, block: kind, belongs: homes(key) });
                continue;
            }
            let is_limit = matches!(key, Key::Limit | Key::StatutoryLimit) && attribute.guard.is_none();
            let limit = is_limit.then(|| put(&mut limits, key, attribute.key_span)).flatten();
            if let Some(first) = put(&mut seen, key, attribute.key_span).filter(|_| !repeatable(key)).or(limit) {
                let place = |span| Place { file: self.file, span };
                let (first, statement) = (place(first), place(attribute.span));
                self.issue(attribute.key_span, IssueKind::KeyTwice { key, first, statement });
            }
            self.values(kind, key, attribute);
        }
        if !block.broken {
            self.require(kind, Span { start: block.span.start, end: block.span.start + 1 }, &seen);
        }
    }

    /// Blocks that the grammar reads in several places and that mean something only in one, or only once.
    fn blocks(&mut self, around: DeclarationKind, block: &Block) {
        use DeclarationKind as D;
        let mut first: Vec<(D, Span)> =
            declared(block, D::Case).take(1).map(|case| (D::Process, case.head_span)).collect();
        for kind in [D::Process, D::After, D::Electronic] {
            for inner in declared(block, kind) {
                match first.iter().find(|(known, _)| *known == kind) {
                    Some((_, span)) => {
                        let first = Place { file: self.file, span: *span };
                        self.issue(inner.head_span, IssueKind::BlockTwice { kind, first });
                    }
                    None => first.push((kind, inner.head_span)),
                }
            }
        }
        for statement in &block.statements {
            let Statement::Declaration(inner) = statement else { continue };
            let misplaced = match inner.kind {
                D::Electronic => around != D::Step,
                D::Papers | D::Fields => !matches!(around, D::Procedure | D::SharedProcess),
                D::Calendar => true,
                _ => false,
            };
            if misplaced {
                self.issue(inner.head_span, IssueKind::MisplacedBlock { kind: inner.kind, block: around });
            }
        }
    }

    fn require(&mut self, kind: DeclarationKind, at: Span, seen: &[(Key, Span)]) {
        for key in required(kind).iter().filter(|key| !seen.iter().any(|(known, _)| known == *key)) {
            self.issue(at, IssueKind::MissingKey { key: *key, block: kind });
        }
    }

    fn values(&mut self, block: DeclarationKind, key: Key, attribute: &Attribute) {
        for value in &attribute.values {
            let Some(found) = sort_of(value) else { continue };
            if let (Value::Performers(_), Some(allowed)) = (value, list_of(key, block)) {
                self.issue(value.span(), IssueKind::NotInList { key, allowed });
                continue;
            }
            if !fits(key, value) {
                self.issue(value.span(), IssueKind::WrongKind { key: Some(key), expected: needed(key), found });
                continue;
            }
            if let (Value::Phrase(phrase, span), Some(allowed)) = (value, list_of(key, block))
                && !allowed.contains(phrase)
                && key.kind() != ValueKind::Money
            {
                self.issue(*span, IssueKind::NotInList { key, allowed });
            }
            if let Value::Target(target) = value {
                self.modifiers(target);
            }
            if matches!(value, Value::Period(from, Some(to)) if day(*to) < day(*from)) {
                self.issue(value.span(), IssueKind::PeriodBackwards);
            }
            if let (Value::Integer(number, span), Key::Status) = (value, key)
                && !(1..=STATUSES.len() as u64).contains(number)
            {
                self.issue(*span, IssueKind::NotInList { key, allowed: STATUSES });
            }
        }
        let limits = matches!(key, Key::Limit | Key::StatutoryLimit | Key::ShareOf);
        if let Some(guard) = attribute.guard.as_ref().filter(|_| !limits) {
            self.issue(guard.span, IssueKind::ClauseMisplaced { key, clause: "khi" });
        }
        match &attribute.since {
            Some(Since::Reception(span) | Since::Step(Path { span, .. })) if key != Key::AtLatest => {
                self.issue(*span, IssueKind::ClauseMisplaced { key, clause: "kể từ" });
            }
            None if key == Key::AtLatest
                && attribute.values.iter().all(|value| sort_of(value) == Some(ValueSort::Duration)) =>
            {
                self.issue(attribute.span, IssueKind::MissingClause { key, clause: "kể từ" });
            }
            _ => {}
        }
    }

    /// A step has one way on: `hướng xử lý`, `rẽ nhánh`, `chuyển` or `kết thúc`.
    fn one_way_on(&mut self, block: &Block) {
        let mut first: Option<Span> = None;
        for statement in &block.statements {
            let span = match statement {
                Statement::Declaration(Declaration {
                    kind: DeclarationKind::Outcomes | DeclarationKind::Choice,
                    head_span,
                    ..
                }) => *head_span,
                Statement::Attribute(Attribute { key: Some(Key::GoTo | Key::EndWith), key_span, .. }) => *key_span,
                _ => continue,
            };
            match first {
                Some(first) => {
                    let first = Place { file: self.file, span: first };
                    self.issue(span, IssueKind::TwoWaysOn { first });
                }
                None => first = Some(span),
            }
        }
    }

    /// What the head of a step says may not be said again in its block.
    fn head_and_block(&mut self, declaration: &Declaration, block: &Block) {
        let Head::Step(head) = &declaration.head else { return };
        for statement in &block.statements {
            let Statement::Attribute(attribute) = statement else { continue };
            let first = match attribute.key {
                Some(Key::Performer) => head.performers.as_ref().map(Performers::span),
                Some(Key::Time) => head.time.as_ref().map(Value::span),
                _ => None,
            };
            if let (Some(first), Some(key)) = (first, attribute.key) {
                let place = |span| Place { file: self.file, span };
                let kind = IssueKind::KeyTwice { key, first: place(first), statement: place(attribute.span) };
                self.issue(attribute.key_span, kind);
            }
        }
    }
}

fn declared(block: &Block, kind: DeclarationKind) -> impl Iterator<Item = &Declaration> {
    block.statements.iter().filter_map(move |statement| match statement {
        Statement::Declaration(inner) if inner.kind == kind => Some(inner),
        _ => None,
    })
}

fn day(date: Date) -> (i16, i8, i8) {
    (date.year, date.month, date.day)
}

/// What tables call the columns and lines for which there are keys.
const SYNONYMS: &[(&str, &[Key])] = &[
    ("do", &[Key::Performer]),
    ("người thực hiện", &[Key::Performer]),
    ("đơn vị thực hiện", &[Key::Performer]),
    ("bộ phận thực hiện", &[Key::Performer]),
    ("trách nhiệm", &[Key::Performer]),
    ("trong", &[Key::Time]),
    ("thời gian thực hiện", &[Key::Time, Key::Limit]),
    ("thời gian giải quyết", &[Key::Time, Key::Limit]),
    ("thời hạn giải quyết", &[Key::Limit, Key::Time]),
    ("nội dung công việc", &[Key::Content]),
    ("nội dung thực hiện", &[Key::Content]),
    ("mô tả", &[Key::Content, Key::Note]),
    ("sản phẩm", &[Key::Result]),
    ("kết quả thực hiện", &[Key::Result]),
    ("cơ sở pháp lý", &[Key::Basis]),
    ("căn cứ pháp lý", &[Key::Basis]),
    ("mã thủ tục", &[Key::Code]),
    ("mã số", &[Key::Code]),
    ("cơ quan giải quyết", &[Key::ExecutingAgency]),
    ("nơi tiếp nhận", &[Key::ReceivedAt]),
    ("nơi nộp hồ sơ", &[Key::ReceivedAt]),
    ("loại việc", &[Key::Kind]),
    ("quyết định", &[Key::IssuedBy]),
    ("số quyết định", &[Key::IssuedBy]),
    ("cấp thẩm quyền", &[Key::CompetentAuthority]),
    ("cơ quan có thẩm quyền", &[Key::CompetentAuthority]),
    ("thẩm quyền giải quyết", &[Key::CompetentAuthority]),
    ("ký", &[Key::MaySign]),
    ("được ký", &[Key::MaySign]),
    ("mức độ", &[Key::Online]),
    ("dịch vụ công", &[Key::Online]),
    ("thời gian xử lý", &[Key::Time, Key::Limit]),
];

fn closest_key(written: &str, among: &[Key]) -> Option<Key> {
    let folded = fold(written).to_lowercase();
    let synonym = SYNONYMS.iter().filter(|(called, _)| fold(called) == folded).flat_map(|(_, keys)| *keys);
    if let Some(key) = synonym.copied().find(|key| among.contains(key)) {
        return Some(key);
    }
    among
        .iter()
        .map(|key| (strsim::damerau_levenshtein(&folded, &fold(key.phrase())), *key))
        .filter(|(distance, key)| *distance <= 1 + key.phrase().chars().count() / 5)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, key)| key)
}

/// What a value is; none for what could not be read.
fn sort_of(value: &Value) -> Option<ValueSort> {
    Some(match value {
        Value::Text(_) => ValueSort::Text,
        Value::Amount(_) | Value::Unstated(_) | Value::Parameter(_) => ValueSort::Duration,
        Value::Phrase("có" | "không", _) => ValueSort::Flag,
        Value::Phrase(..) => ValueSort::Phrase,
        Value::Integer(..) | Value::Number(_) => ValueSort::Number,
        Value::Date(_) => ValueSort::Date,
        Value::Period(..) => ValueSort::Period,
        Value::Money(..) => ValueSort::Money,
        Value::Hours(..) => ValueSort::Hours,
        Value::Performers(_) => ValueSort::Names,
        Value::Target(_) | Value::AsAgreed(_) | Value::AsOutcome(_) | Value::Remind(_) => ValueSort::Target,
        Value::End(..) => ValueSort::End,
        Value::Error(_) => return None,
    })
}

fn needed(key: Key) -> ValueSort {
    match key.kind() {
        ValueKind::Text => ValueSort::Text,
        ValueKind::Duration => ValueSort::Duration,
        ValueKind::Period => ValueSort::Period,
        ValueKind::Closed(list) if list == ["có", "không"] => ValueSort::Flag,
        ValueKind::Closed(_) => ValueSort::Phrase,
        ValueKind::Names => ValueSort::Names,
        ValueKind::Target | ValueKind::Overdue => ValueSort::Target,
        ValueKind::End => ValueSort::End,
        ValueKind::Count => ValueSort::Count,
        ValueKind::Money => ValueSort::Money,
        ValueKind::Days => ValueSort::Date,
        ValueKind::Hours => ValueSort::Hours,
    }
}
