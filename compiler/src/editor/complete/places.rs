//! What each place of a text takes.

use super::candidates::Scope;
use super::context::{Context, Frame, Token, keyword};
use super::steps::Side;
use super::{Candidate, CandidateKind, snippets, values};
use crate::glossary;
use crate::model::keys;
use tthc_grammar::keywords::{END_STATES, Key, ValueKind, key};
use tthc_grammar::names::fold;
use tthc_grammar::tree::DeclarationKind;

/// Everything that can stand behind the statement, whatever is typed of it.
pub fn candidates(scope: &Scope<'_>, context: &Context, paths: &dyn Fn() -> Vec<String>) -> Vec<Candidate> {
    let statement = &context.statement[..];
    let word = keyword(statement).map(|(word, _)| word);
    if word == Some("import") {
        return scope.imports(&paths(), context.in_text);
    }
    if context.in_text {
        return Vec::new();
    }
    if let Some(Frame::Values(left)) = context.frame() {
        return scope.values_of(left);
    }
    if statement.is_empty() {
        return statements(scope, context);
    }
    match statement {
        [Token::Word(key_text), Token::Sign(':'), values @ ..] => key(key_text)
            .map(|key| explained(value(scope, context, key, values), key, home(context)))
            .unwrap_or_default(),
        // `phần của SXD: …`
        [.., Token::Sign(':')] if word == Some("share") => value(scope, context, Key::ShareOf, &[]),
        [.., Token::Sign(':')] if context.frame() == Some(&Frame::Block(DeclarationKind::Fields, None)) => {
            values::phrases(&["có/không", "số"], &[])
        }
        _ => clauses(scope, context, statement),
    }
}

/// The block whose keys stand here.
fn home(context: &Context) -> DeclarationKind {
    match context.frame() {
        Some(Frame::Block(kind, _)) => *kind,
        Some(Frame::Paper) => DeclarationKind::Papers,
        _ => DeclarationKind::Outcomes,
    }
}

/// Values of a key with what they mean.
fn explained(mut found: Vec<Candidate>, key: Key, home: DeclarationKind) -> Vec<Candidate> {
    for candidate in found.iter_mut().filter(|one| one.kind == CandidateKind::Value) {
        candidate.documentation = glossary::value(key, home, &candidate.label);
    }
    found
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
        let mut found = scope.guard(&values[word + 1..]);
        found.retain(|one| one.label != "->");
        return found;
    }
    let kind = home(context);
    let may_begin = matches!(last, None | Some(Token::Sign(',')));
    match key.kind() {
        ValueKind::Closed(_) if !may_begin => Vec::new(),
        ValueKind::Closed(_) if key == Key::Status => scope.statuses(values),
        ValueKind::Closed(_) => match keys::list_of(key, kind) {
            Some(list) => values::phrases(list, values),
            None => Vec::new(),
        },
        ValueKind::Names => names(scope, key, values),
        ValueKind::Duration => duration(scope, key, values),
        ValueKind::Target => target(scope, values),
        ValueKind::End if may_begin => values::phrases(END_STATES, &[]),
        ValueKind::Overdue if ends_with(values, &["coi", "như"]) => scope.own_outcomes(),
        ValueKind::Overdue if values.is_empty() => {
            let mut found = values::phrases(&["cảnh báo", "coi như", "coi như đồng ý"], &[]);
            found.extend(target(scope, &[]));
            found
        }
        ValueKind::Overdue if begins_with(values, "coi") || begins_with(values, "cảnh") => Vec::new(),
        ValueKind::Overdue => target(scope, values),
        ValueKind::Period if may_begin => values::phrases(&["từ"], &[]),
        ValueKind::Period if is_number(last) && last_word_of(values, &["den"]).is_none() => {
            values::phrases(&["đến"], &[])
        }
        ValueKind::Money if is_number(last) => values::phrases(&["đồng"], &[]),
        ValueKind::Money if may_begin => values::phrases(&["không"], values),
        _ => Vec::new(),
    }
}

/// Words between names, without diacritics.
const JOINING: [&str; 2] = ["va", "hoac"];

/// After a key that takes names.
fn names(scope: &Scope<'_>, key: Key, values: &[Token]) -> Vec<Candidate> {
    let is_whole =
        matches!(values.last(), Some(Token::Word(word)) if !word.ends_with('.') && !JOINING.contains(&&*fold(word)));
    match key {
        Key::Performer => performers(scope, values, &[]),
        Key::ReceivedAt if is_whole => values::phrases(&["hoặc"], &[]),
        _ if is_whole => Vec::new(),
        Key::Form => scope.forms(),
        Key::Process => scope.processes(),
        Key::Calendar => scope.calendars(),
        Key::Notify => values::phrases(&["sms", "email"], &[]),
        Key::ReceivedAt => scope.one_stops(None),
        _ => scope.agencies(values),
    }
}

/// After a key that takes a duration: what it counts from, or for whom it is, stands behind.
fn duration(scope: &Scope<'_>, key: Key, values: &[Token]) -> Vec<Candidate> {
    if ends_with(values, &["kể", "từ"]) {
        let mut found = values::phrases(&["tiếp nhận"], &[]);
        found.extend(scope.steps(Side::Other));
        return found;
    }
    let found = values::durations(values);
    let more: &[&str] = match key {
        Key::AtLatest => &["kể từ", "+"],
        Key::Limit | Key::StatutoryLimit | Key::ShareOf => &["khi", "+"],
        _ => &["+"],
    };
    if found.is_empty() && last_word_of(values, &["tu"]).is_none() { values::phrases(more, &[]) } else { found }
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
        let mut found = scope.guard(&statement[when + 1..]);
        found.retain(|one| in_arrows || one.label != "->");
        return found;
    }
    if in_arrows {
        return values::phrases(&["->", "khi"], &[]);
    }
    match word {
        Some("step") => step_head(scope, context, statement),
        Some("insert") => scope.insertion(statement),
        Some("call") if !matches!(statement.last(), Some(Token::Sign(_))) => scope.procedures(),
        Some("parallel") if ends_with(statement, &["ít", "nhất"]) => values::phrases(&["2 nhánh", "1 nhánh"], &[]),
        Some("parallel") if statement.len() > 2 => values::phrases(&["chờ tất cả", "chờ ít nhất"], &[]),
        Some(word @ ("post" | "delegate" | "assign")) => scope.staff(word, statement),
        Some("share") => scope.agencies(statement),
        Some("case") if statement.len() > 2 => values::phrases(&["khi"], &[]),
        _ => Vec::new(),
    }
}

fn step_head(scope: &Scope<'_>, context: &Context, statement: &[Token]) -> Vec<Candidate> {
    let clauses = ["do", "trong", "không tính thời hạn"];
    let written = |clause: &&&str| last_word_of(statement, &[&fold(clause)]).is_none();
    let open: Vec<&str> = clauses.iter().filter(written).copied().collect();
    match last_word_of(statement, &["do", "trong"]) {
        Some(at) if statement[at].folded().as_deref() == Some("trong") => {
            let found = values::durations(&statement[at + 1..]);
            if found.is_empty() { values::phrases(&open, &[]) } else { found }
        }
        Some(at) => {
            let mut found = performers(scope, &statement[at + 1..], &context.behind);
            found.retain(|one| one.label != "trong" || open.contains(&"trong"));
            found
        }
        // The name comes first.
        None if statement.len() < 2 => Vec::new(),
        None => values::phrases(&open, &[]),
    }
}

/// After `do` or `thực hiện:`; what stands behind the cursor may say where.
fn performers(scope: &Scope<'_>, words: &[Token], behind: &[Token]) -> Vec<Candidate> {
    let place = match behind {
        [Token::Word(at), Token::Word(unit), ..] if fold(at) == "tai" => Some(unit.as_str()),
        _ => None,
    };
    match words.last() {
        None | Some(Token::Sign(',' | '(')) => scope.performers(None, place),
        Some(Token::Word(word)) if word.ends_with('.') => scope.performers(Some(word), place),
        Some(word) => match word.folded().as_deref() {
            Some("va" | "hoac") => scope.performers(None, place),
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
    // What is sought behind `bước` is a number.
    if ends_with(words, &["bước"]) {
        let before = &words[..words.len() - 1];
        let side = if is_back(before) { Side::Behind } else { Side::Ahead };
        return scope.numbers(side);
    }
    if words.is_empty() || ends_with(words, &["rồi"]) || matches!(words.last(), Some(Token::Arrow)) {
        let mut found = snippets::targets();
        found.extend(scope.steps(Side::Ahead));
        found.extend(scope.steps(Side::Behind).into_iter().map(|step| {
            let back = format!("quay lại {}", step.label);
            Candidate { label: back.clone(), insert: back, rank: step.rank.saturating_add(100), ..step }
        }));
        return found;
    }
    if is_back(words) {
        return scope.steps(Side::Behind);
    }
    if ends_with(words, &["kết", "thúc"]) {
        return explained(values::phrases(END_STATES, &[]), Key::EndWith, DeclarationKind::Step);
    }
    if ends_with(words, &["chờ"]) || ends_with(words, &["hết", "lượt"]) {
        return Vec::new();
    }
    let waits = last_word_of(words, &["cho"]).is_some() && last_word_of(words, &["roi"]).is_none();
    if ends_with(words, &["tối", "đa"]) {
        return values::phrases(if waits { &["30 ngày", "15 ngày"] } else { &["1 lần", "2 lần"] }, &[]);
    }
    if ends_with(words, &["trong"]) {
        return values::durations(&[]);
    }
    let counts = last_word_of(words, &["da", "trong"]).is_some_and(|at| at + 2 == words.len());
    if counts && is_number(words.last()) {
        let mut found = if waits { Vec::new() } else { values::phrases(&["lần"], &[]) };
        found.extend(values::durations(words));
        return found;
    }
    let list: &[&str] = match waits {
        true => &["tối đa", "rồi"],
        false => &["tối đa", "trong thời gian đã định", "trong", "tính lại thời hạn", "hết lượt ->"],
    };
    values::phrases(list, &[])
}

fn is_back(words: &[Token]) -> bool {
    ends_with(words, &["quay", "lại"]) || ends_with(words, &["chuyển", "lại"])
}

/// Whether the last words are these, with or without diacritics.
fn ends_with(tokens: &[Token], words: &[&str]) -> bool {
    let Some(from) = tokens.len().checked_sub(words.len()) else { return false };
    let same = |(token, word): (&Token, &&str)| token.folded().is_some_and(|folded| folded == fold(word));
    tokens[from..].iter().zip(words).all(same)
}

fn begins_with(tokens: &[Token], word: &str) -> bool {
    tokens.first().and_then(Token::folded).is_some_and(|first| first == fold(word))
}

fn is_number(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::Word(word)) if word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Where the last of these words stands; they are written without diacritics.
fn last_word_of(tokens: &[Token], words: &[&str]) -> Option<usize> {
    tokens.iter().rposition(|token| token.folded().is_some_and(|word| words.contains(&word.as_str())))
}
