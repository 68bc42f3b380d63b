//! Conditions of flows: FEEL, JUEL, Python and JavaScript, as far as they compare variables that the file itself explains.
//!
//! Anything else is no guard here: somebody decides, and the text of the condition is kept.

use super::drawn::Node;
use super::people::is_path;
use super::steps::Steps;
use crate::import::words;
use std::collections::HashMap;

/// Parentheses deeper than this are not followed.
const MAX_DEPTH: usize = 32;

/// What a variable stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Variable {
    /// A field of the dossier: its name.
    Field(String),
    /// The last outcome of a step: as guards name it.
    Outcome(String),
    /// Something that happens outside.
    Event(String),
    /// How often a way has been taken.
    Turns,
}

/// A condition in the words of the language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Condition {
    /// The decision of the step itself.
    pub outcome: Option<String>,
    /// The guard, without `khi`.
    pub guard: Option<String>,
    /// The way can be taken so often.
    pub most: Option<String>,
}

/// Reads a condition on a way behind a step; none where it has anything that is not known.
pub(super) fn read(text: &str, variables: &HashMap<String, Variable>, step: &str) -> Option<Condition> {
    let tokens = tokens(without_shell(text));
    let mut reader = Reader { tokens: &tokens, at: 0, variables, step, found: Condition::default() };
    let guard = reader.all_of(0)?;
    if reader.at != tokens.len() {
        return None;
    }
    reader.found.guard = guard.map(|guard| guard.text);
    Some(reader.found)
}

/// `${…}`, `=…`, `next(null, …)`: what an engine wants around an expression.
fn without_shell(text: &str) -> &str {
    let text = text.trim();
    let shell = |open: &str, close: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    shell("${", "}").or_else(|| shell("next(null,", ")")).or_else(|| text.strip_prefix('=')).unwrap_or(text)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(String),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '"' | '\'' => quoted(rest, first),
            c if c.is_alphanumeric() || c == '_' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).unwrap_or(rest.len());
                (Token::Word(rest[..end].to_string()), end)
            }
            _ => {
                let signs = ["===", "!==", "==", "!=", "<=", ">=", "&&", "||"];
                let sign = signs.into_iter().find(|sign| rest.starts_with(sign));
                let end = sign.map_or(first.len_utf8(), str::len);
                (Token::Sign(rest[..end].to_string()), end)
            }
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    tokens
}

fn quoted(text: &str, quote: char) -> (Token, usize) {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c if c == quote => return (Token::Text(value), at + 1),
            c => value.push(c),
        }
    }
    (Token::Text(value), text.len())
}

/// A part of a guard; parts of `hoặc` need parentheses around them within `và`.
struct Part {
    text: String,
    or: bool,
}

struct Reader<'r> {
    tokens: &'r [Token],
    at: usize,
    variables: &'r HashMap<String, Variable>,
    step: &'r str,
    found: Condition,
}

impl Reader<'_> {
    fn sign(&mut self, signs: &[&str]) -> bool {
        let here = match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) => signs.contains(&sign.as_str()),
            Some(Token::Word(word)) => signs.contains(&word.as_str()),
            _ => false,
        };
        self.at += usize::from(here);
        here
    }

    /// `None`: not understood. `Some(None)`: nothing that a guard says.
    fn all_of(&mut self, depth: usize) -> Option<Option<Part>> {
        let mut parts = vec![self.one(depth)?];
        let mut or = None;
        loop {
            let is_or = if self.sign(&["or", "||"]) {
                true
            } else if self.sign(&["and", "&&"]) {
                false
            } else {
                break;
            };
            // Mixed without parentheses: engines do not all read it alike.
            if or.is_some_and(|before| before != is_or) {
                return None;
            }
            or = Some(is_or);
            parts.push(self.one(depth)?);
        }
        let many = parts.len() > 1;
        let mut said: Vec<Part> = parts.into_iter().flatten().collect();
        let or = or.unwrap_or(false);
        if said.len() < 2 {
            return if or && many { None } else { Some(said.pop()) };
        }
        let texts = said.iter().map(|part| if part.or && !or { format!("({})", part.text) } else { part.text.clone() });
        let text = texts.collect::<Vec<_>>().join(if or { " hoặc " } else { " và " });
        Some(Some(Part { text, or }))
    }

    fn one(&mut self, depth: usize) -> Option<Option<Part>> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.sign(&["not", "!"]) {
            let inner = self.one(depth + 1)??;
            return Some(Some(Part { text: format!("không ({})", inner.text), or: false }));
        }
        if self.sign(&["("]) {
            let inner = self.all_of(depth + 1)?;
            return self.sign(&[")"]).then_some(inner);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Option<Option<Part>> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else { return None };
        let name = word.rsplit('.').next().unwrap_or(word);
        let variable = self.variables.get(name)?;
        self.at += 1;
        let operator = match self.tokens.get(self.at)? {
            Token::Sign(sign) => match sign.as_str() {
                "=" | "==" | "===" => "=",
                "!=" | "!==" => "≠",
                "<" => "<",
                "<=" => "≤",
                ">" => ">",
                ">=" => "≥",
                _ => return None,
            },
            _ => return None,
        };
        self.at += 1;
        let value = match self.tokens.get(self.at)? {
            Token::Word(word) | Token::Text(word) => word.clone(),
            Token::Sign(_) => return None,
        };
        self.at += 1;
        // Nothing else may come into the text.
        let is_name = is_path(&value) && value.starts_with(char::is_alphabetic);
        if !is_number(&value) && !is_name {
            return None;
        }
        let said = |text: String| Some(Some(Part { text, or: false }));
        match variable {
            Variable::Turns if operator == "<" && value.parse::<u32>().is_ok() => {
                self.found.most = Some(value);
                Some(None)
            }
            Variable::Outcome(step) if step == self.step && operator == "=" => {
                self.found.outcome = Some(value);
                Some(None)
            }
            Variable::Event(event) if matches!(value.as_str(), "true" | "True") => said(format!("có {event}")),
            Variable::Field(field) => said(format!("{field} {operator} {}", literal(&value))),
            Variable::Outcome(step) => said(format!("{step} {operator} {value}")),
            Variable::Turns | Variable::Event(_) => None,
        }
    }
}

fn literal(value: &str) -> String {
    match value {
        "true" | "True" => "có".into(),
        "false" | "False" => "không".into(),
        number if is_number(number) => number.replace('.', ","),
        value => value.to_string(),
    }
}

/// Digits, and more of them behind a point.
fn is_number(text: &str) -> bool {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    [whole, rest].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Steps<'_> {
    /// What the file says of its variables.
    pub(super) fn know_variables(&mut self) {
        let own = &self.plan.drawn.properties;
        for pair in own.all("field") {
            if let Some((variable, field)) = pair.split_once('=').filter(|(_, field)| is_path(field)) {
                self.variables.insert(variable.into(), Variable::Field(field.into()));
            }
        }
        for pair in own.all("event") {
            if let Some((variable, event)) = pair.split_once('=') {
                self.variables.insert(variable.into(), Variable::Event(words::quoted(event)));
            }
        }
        for (place, called) in &self.called {
            if let Some(variable) = self.node(*place).properties.get("variable") {
                self.variables.insert(variable.into(), Variable::Outcome(called.reference.clone()));
            }
        }
        // What counts turns is set by elements that are there for the engine.
        let conditions = self.plan.drawn.flows.iter().filter_map(|flow| flow.condition.as_deref());
        let words = conditions.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
        let helped = self.plan.drawn.nodes.iter().any(Node::is_helper);
        let turns = words.filter(|word| helped && word.starts_with("turns_"));
        self.variables.extend(turns.map(|word| (word.to_string(), Variable::Turns)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> HashMap<String, Variable> {
        [
            ("field_san", Variable::Field("sân".into())),
            ("field_lon", Variable::Field("lớn".into())),
            ("outcome_7", Variable::Outcome("bước 7".into())),
            ("turns_t1", Variable::Turns),
            ("event_x", Variable::Event("\"chứng từ\"".into())),
        ]
        .into_iter()
        .map(|(name, variable)| (name.to_string(), variable))
        .collect()
    }

    #[test]
    fn the_same_in_every_dialect() {
        for text in [
            "(outcome_7 = \"đạt\" and (field_san = true or field_lon > 10.5) and turns_t1 < 2)",
            "${(outcome_7 == 'đạt' && (field_san == true || field_lon > 10.5) && turns_t1 < 2)}",
            "=(outcome_7 = \"đạt\" and (field_san = true or field_lon > 10.5) and turns_t1 < 2)",
            "(outcome_7 == \"đạt\" and (field_san == True or field_lon > 10.5) and turns_t1 < 2)",
            "next(null, (this.environment.output.outcome_7 === \"đạt\" && (this.environment.variables.field_san === true || field_lon > 10.5) && turns_t1 < 2))",
        ] {
            let own = read(text, &known(), "bước 7");
            let guard = Some("sân = có hoặc lớn > 10,5".to_string());
            assert_eq!(own, Some(Condition { outcome: Some("đạt".into()), guard, most: Some("2".into()) }), "{text}");
            let other = read(text, &known(), "bước 8").and_then(|other| other.guard);
            assert_eq!(other.as_deref(), Some("bước 7 = đạt và (sân = có hoặc lớn > 10,5)"));
        }
        let event = read("not(event_x = true)", &known(), "").and_then(|it| it.guard);
        assert_eq!(event.as_deref(), Some("không (có \"chứng từ\")"));
    }

    #[test]
    fn what_is_not_known_is_no_guard() {
        let deep = format!("{}field_san = true{}", "(".repeat(100), ")".repeat(100));
        for text in
            ["${approved}", "x = 1", "field_san = ", "field_san", "", "f(field_san)", "field_san = true)", &deep]
        {
            assert_eq!(read(text, &known(), ""), None, "{text}");
        }
        assert_eq!(read("field_san = true and field_lon > 1 or field_san = false", &known(), ""), None);
    }

    #[test]
    fn a_number_is_digits_with_at_most_one_point() {
        for text in ["1e5", "1.", ".5", "\"+3\"", "\"-3\"", "1.5.2", "٣"] {
            assert_eq!(read(&format!("field_lon > {text}"), &known(), ""), None, "{text}");
        }
        let guard = |text: &str| read(text, &known(), "").and_then(|it| it.guard);
        assert_eq!(guard("field_lon >= 1.500").as_deref(), Some("lớn ≥ 1,500"));
        assert_eq!(guard("field_lon = 07").as_deref(), Some("lớn = 07"));
    }
}
