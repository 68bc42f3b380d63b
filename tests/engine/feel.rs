//! Conditions and assignments in FEEL, as far as our files have them; written from FEEL, not from what writes it.

use std::collections::BTreeMap;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Nothing,
    Flag(bool),
    Number(f64),
    Text(String),
}

type Variables = BTreeMap<String, Value>;

/// Whether a condition holds; a comparison with nothing does not.
pub fn holds(text: &str, variables: &Variables) -> bool {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, variables };
    let holds = reader.any();
    assert_eq!(reader.at, tokens.len(), "{text}");
    holds
}

/// `{ a: 0, b: "x", c: c + 1 }`
pub fn assign(text: &str, variables: &mut Variables) {
    let inner = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).expect(text);
    for pair in inner.split(", ") {
        let (name, value) = pair.trim().split_once(": ").expect(pair);
        let value = match value.strip_suffix(" + 1") {
            Some(name) => match variables.get(name) {
                Some(Value::Number(number)) => Value::Number(number + 1.0),
                other => panic!("{name} is {other:?}"),
            },
            None => literal(value).unwrap_or_else(|| panic!("{value}")),
        };
        variables.insert(name.to_string(), value);
    }
}

fn literal(text: &str) -> Option<Value> {
    match text {
        "true" | "false" => Some(Value::Flag(text == "true")),
        _ => match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(text) => Some(Value::Text(text.to_string())),
            None => text.parse().ok().map(Value::Number),
        },
    }
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => rest[1..].find('"').unwrap() + 2,
            '(' | ')' => 1,
            '=' | '<' | '>' | '!' => rest.find(|c: char| !"=<>!".contains(c)).unwrap_or(rest.len()),
            _ => rest.find(|c: char| c.is_whitespace() || "()=<>!".contains(c)).unwrap_or(rest.len()),
        };
        tokens.push(rest[..length].to_string());
        rest = rest[length..].trim_start();
    }
    tokens
}

struct Reader<'r> {
    tokens: &'r [String],
    at: usize,
    variables: &'r Variables,
}

impl Reader<'_> {
    fn next_is(&mut self, word: &str) -> bool {
        let here = self.tokens.get(self.at).is_some_and(|token| token == word);
        self.at += usize::from(here);
        here
    }

    fn any(&mut self) -> bool {
        let mut holds = self.all();
        while self.next_is("or") {
            holds |= self.all();
        }
        holds
    }

    fn all(&mut self) -> bool {
        let mut holds = self.one();
        while self.next_is("and") {
            holds &= self.one();
        }
        holds
    }

    fn one(&mut self) -> bool {
        if self.next_is("not") {
            return !self.one();
        }
        if self.next_is("(") {
            let holds = self.any();
            assert!(self.next_is(")"), "{:?}", self.tokens);
            return holds;
        }
        let [name, operator, value] = &self.tokens[self.at..self.at + 3] else { panic!("{:?}", self.tokens) };
        self.at += 3;
        let (own, other) = (self.variables.get(name).unwrap_or(&Value::Nothing), literal(value).expect(value));
        match (own, operator.as_str(), &other) {
            (Value::Nothing, ..) => false,
            (own, "=", other) => own == other,
            (own, "!=", other) => own != other,
            (Value::Number(own), "<", Value::Number(other)) => own < other,
            (Value::Number(own), "<=", Value::Number(other)) => own <= other,
            (Value::Number(own), ">", Value::Number(other)) => own > other,
            (Value::Number(own), ">=", Value::Number(other)) => own >= other,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn conditions_are_read_as_feel_means_them() {
    let mut variables = Variables::new();
    assign("{ a: 0, b: \"đạt\", c: false }", &mut variables);
    assign("{ a: a + 1 }", &mut variables);
    for (text, expected) in [
        ("a = 1", true),
        ("(b = \"đạt\" and a < 1)", false),
        ("(b = \"đạt\" and (a >= 2 or not(c = true)))", true),
        ("d = true", false),
        ("b != \"đạt\"", false),
    ] {
        assert_eq!(holds(text, &variables), expected, "{text}");
    }
}
