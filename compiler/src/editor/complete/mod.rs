//! What can be written at the cursor.

mod candidates;
pub mod context;
mod snippets;
mod values;

use crate::diagnostic::Message;
use crate::model::keys;
use crate::project::Project;
use crate::source::FileId;
use candidates::Scope;
use context::{Context, Frame, Token, keyword, phrase};
use tthc_grammar::keywords::{END_STATES, Key, ValueKind, key};
use tthc_grammar::names::fold;
use tthc_grammar::tree::{DeclarationKind, Span};

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CandidateKind {
    /// A word of the language.
    Keyword,
    /// A key of `key: value`.
    Key,
    /// A value of a closed list.
    Value,
    /// A piece of text with places to fill in.
    Snippet,
    /// An agency or unit.
    Agency,
    /// A role.
    Role,
    /// A step, stage or block.
    Step,
    /// A dossier field.
    Field,
    /// An outcome of a step.
    Outcome,
    /// A form.
    Form,
    /// A procedure, process or part.
    Declaration,
    /// A path of a file.
    File,
}

/// Something that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub kind: CandidateKind,
    /// What is shown.
    pub label: String,
    /// What is written; `${1:…}` are places to fill in where it is a snippet.
    pub insert: String,
    /// It has places to fill in.
    pub snippet: bool,
    /// A word beside it.
    pub detail: Option<String>,
    /// More about it.
    pub documentation: Option<Message>,
    /// Those with less come first.
    pub rank: u8,
}

/// What can be written, in the place of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What goes.
    pub replace: Span,
    /// What may come.
    pub candidates: Vec<Candidate>,
}

impl Candidate {
    pub(super) fn new(kind: CandidateKind, label: impl Into<String>) -> Candidate {
        let label = label.into();
        let insert = label.clone();
        Candidate { kind, label, insert, snippet: false, detail: None, documentation: None, rank: 5 }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    fn insert(mut self, insert: impl Into<String>) -> Self {
        self.insert = insert.into();
        self
    }
}

/// Everything that can be written at an offset of a file; `paths` tells those of all files that
/// there are.
pub fn complete(project: &Project, file: FileId, offset: u32, paths: &dyn Fn() -> Vec<String>) -> Completion {
    let text = project.file(file).source.text.parsed();
    let mut context = Context::at(text, offset);
    let scope = Scope::new(project, file, &context, offset);
    let candidates = candidates(&scope, &mut context, paths);
    Completion { replace: context.replace, candidates }
}

fn candidates(scope: &Scope<'_>, context: &mut Context, paths: &dyn Fn() -> Vec<String>) -> Vec<Candidate> {
    if context.in_comment {
        return Vec::new();
    }
    if context.in_text {
        let import = keyword(&context.statement).is_some_and(|(word, _)| word == "import");
        return if import { scope.imports(&paths()) } else { Vec::new() };
    }
    if let Some(Frame::Values(left)) = context.frame() {
        return scope.values_of(left);
    }
    if starts_statement(context) {
        return statements(scope, context);
    }
    let statement = context.statement.clone();
    if let [Token::Word(key_text), Token::Sign(':'), values @ ..] = &statement[..]
        && let Some(key) = key(key_text)
    {
        return value(scope, context, key, values);
    }
    clauses(scope, context, &statement)
}

/// Only words stand before the cursor that begin a phrase: then the whole phrase is being typed.
fn starts_statement(context: &mut Context) -> bool {
    if context.statement.is_empty() {
        return true;
    }
    let Some(before) = phrase(&context.statement) else { return false };
    let before = fold(&format!("{before} {}", context.typed));
    let begins = |phrase: &str| fold(phrase).starts_with(before.trim_end()) && fold(phrase).contains(' ');
    let known = Key::ALL.iter().map(|key| key.phrase());
    let mut known = known.chain(tthc_grammar::keywords::WORDS.iter().map(|(_, word)| *word));
    // `bước ` is the word and not a phrase that begins with it.
    let complete = keyword(&context.statement).is_some_and(|(_, length)| length == context.statement.len());
    if !known.any(begins) || (complete && context.typed.is_empty()) {
        return false;
    }
    context.replace.start = context.starts[0];
    true
}

fn statements(scope: &Scope<'_>, context: &Context) -> Vec<Candidate> {
    let (kind, keys) = match context.frame() {
        None => (None, &[][..]),
        Some(Frame::Block(kind, _)) => {
            (Some(*kind), if *kind == DeclarationKind::Outcomes { &[][..] } else { keys::allowed(*kind) })
        }
        Some(Frame::Arrow) => (None, keys::allowed(DeclarationKind::Outcomes)),
        Some(Frame::Paper) => (None, keys::allowed(DeclarationKind::Papers)),
        Some(Frame::Values(_) | Frame::Unknown) => return Vec::new(),
    };
    let mut found = match context.frame() {
        None => snippets::top(),
        Some(Frame::Block(_, _)) => kind.map(snippets::inside).unwrap_or_default(),
        _ => Vec::new(),
    };
    if kind == Some(DeclarationKind::Papers) {
        return found;
    }
    let stated = context.frames.last().map(|(_, stated)| stated);
    let open =
        keys.iter().filter(|key| keys::repeatable(**key) || stated.is_none_or(|stated| !stated.contains_key(key)));
    found.extend(open.map(|key| snippets::key(*key, kind, scope)));
    found
}

/// After `key:`.
fn value(scope: &Scope<'_>, context: &Context, key: Key, values: &[Token]) -> Vec<Candidate> {
    let last = values.last();
    if let Some(word) = last_word_of(values, &["khi"]) {
        return scope.guard(&values[word + 1..]);
    }
    let kind = match context.frame() {
        Some(Frame::Block(kind, _)) => *kind,
        _ => DeclarationKind::Outcomes,
    };
    let may_begin = matches!(last, None | Some(Token::Sign(',')));
    match key.kind() {
        ValueKind::Closed(_) => match keys::list_of(key, kind) {
            Some(list) => values::phrases(list, values),
            None => Vec::new(),
        },
        ValueKind::Names => match key {
            Key::Form => scope.forms(),
            Key::Process => scope.processes(),
            Key::Calendar => scope.calendars(),
            Key::Notify => values::phrases(&["sms", "email"], &[]),
            Key::Performer => performers(scope, values),
            Key::ReceivedAt => scope.one_stops(None),
            _ => scope.agencies(values),
        },
        ValueKind::Duration => values::durations(values),
        ValueKind::Target => target(scope, values),
        ValueKind::End if may_begin => values::phrases(END_STATES, &[]),
        ValueKind::Overdue => {
            let mut found = values::phrases(&["cảnh báo", "coi như đồng ý"], values);
            found.extend(target(scope, values));
            found
        }
        ValueKind::Period if may_begin => values::phrases(&["từ"], &[]),
        ValueKind::Money => values::phrases(&["không"], values),
        _ => Vec::new(),
    }
}

/// Inside a head or a line with an arrow.
fn clauses(scope: &Scope<'_>, context: &Context, statement: &[Token]) -> Vec<Candidate> {
    if let Some(arrow) = statement.iter().rposition(|token| *token == Token::Arrow) {
        return target(scope, &statement[arrow + 1..]);
    }
    let in_arrows =
        matches!(context.frame(), Some(Frame::Block(DeclarationKind::Outcomes | DeclarationKind::Choice, _)));
    let word = keyword(statement).map(|(word, _)| word);
    if (in_arrows || word == Some("case"))
        && let Some(when) = last_word_of(statement, &["khi"])
    {
        return scope.guard(&statement[when + 1..]);
    }
    if in_arrows {
        return values::phrases(&["->", "khi"], &[]);
    }
    match word {
        Some("step") => step_head(scope, statement),
        Some("insert") => scope.parts(statement),
        Some("call") => scope.procedures(),
        Some("parallel") => values::phrases(&["chờ tất cả", "chờ ít nhất"], &[]),
        Some("post" | "delegate" | "assign") => scope.staff(statement),
        Some("case") if statement.len() > 2 => values::phrases(&["khi"], &[]),
        _ => Vec::new(),
    }
}

fn step_head(scope: &Scope<'_>, statement: &[Token]) -> Vec<Candidate> {
    match last_word_of(statement, &["do", "trong"]) {
        Some(at) if statement[at].folded().as_deref() == Some("trong") => {
            let found = values::durations(&statement[at + 1..]);
            if found.is_empty() { values::phrases(&["do"], &[]) } else { found }
        }
        Some(at) => performers(scope, &statement[at + 1..]),
        // The name comes first.
        None if statement.len() < 2 => Vec::new(),
        None => values::phrases(&["do", "trong", "không tính thời hạn"], &[]),
    }
}

/// After `do` or `thực hiện:`.
fn performers(scope: &Scope<'_>, words: &[Token]) -> Vec<Candidate> {
    match words.last() {
        None | Some(Token::Sign(',' | '(')) => scope.performers(None),
        Some(Token::Word(word)) if word.ends_with('.') => scope.performers(Some(word)),
        Some(word) => match word.folded().as_deref() {
            Some("va" | "hoac") => scope.performers(None),
            Some("tai") => {
                let role = words.iter().rev().nth(1).and_then(|token| match token {
                    Token::Word(word) => Some(word.as_str()),
                    _ => None,
                });
                scope.one_stops(role)
            }
            _ => values::phrases(&["tại", "và", "hoặc", "trong", "không tính thời hạn"], &[]),
        },
    }
}

/// After `->` or `chuyển:`.
fn target(scope: &Scope<'_>, words: &[Token]) -> Vec<Candidate> {
    let folded = phrase(words).map(|phrase| fold(&phrase)).unwrap_or_default();
    let ends = |suffix: &str| folded == suffix || folded.ends_with(&format!(" {suffix}"));
    if words.is_empty() || ends("roi") {
        let mut found = scope.steps();
        found.extend(snippets::targets());
        return found;
    }
    if ends("quay lai") || ends("chuyen lai") || ends("ke tu") {
        return scope.steps();
    }
    if ends("ket thuc") {
        return values::phrases(END_STATES, &[]);
    }
    if ends("coi nhu") {
        return values::phrases(&["đồng ý"], &[]);
    }
    if ends("trong") || ends("toi da") {
        return values::durations(&words[words.len()..]);
    }
    let modifiers = ["tối đa 1 lần", "trong thời gian đã định", "tính lại thời hạn", "hết lượt ->", "rồi"];
    values::phrases(&modifiers, &[])
}

/// Where the last of these words stands.
fn last_word_of(tokens: &[Token], words: &[&str]) -> Option<usize> {
    tokens.iter().rposition(|token| token.folded().is_some_and(|word| words.contains(&word.as_str())))
}
