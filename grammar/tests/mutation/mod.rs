//! One wrong token: deleted, inserted, doubled, or the end of the text.

use fastrand::Rng;

/// The tokens of a text: words, numbers, signs, the quotes of strings and what stands between them.
pub fn tokens(text: &str) -> Vec<(usize, usize)> {
    let (mut out, mut at, mut in_string) = (Vec::new(), 0, false);
    while at < text.len() {
        let rest = &text[at..];
        let c = rest.chars().next().unwrap();
        let length = if in_string && c != '"' {
            string_length(rest)
        } else if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else if rest.starts_with("/*") {
            at += comment_length(rest);
            continue;
        } else if rest.starts_with("->") {
            2
        } else if is_word(c) {
            rest.find(|c| !is_word(c) && c != '.' && c != ',')
                .map_or(rest.len(), |end| rest[..end].trim_end_matches(['.', ',']).len())
        } else {
            in_string ^= c == '"';
            c.len_utf8()
        };
        out.push((at, at + length));
        at += length;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    text.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })
    .unwrap_or(text.len())
}

fn comment_length(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        match &text.as_bytes()[at..text.len().min(at + 2)] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// What may be inserted elsewhere: every token, and strings whole.
pub fn insertable(text: &str, tokens: &[(usize, usize)]) -> Vec<String> {
    let mut out = Vec::new();
    for (index, (start, end)) in tokens.iter().enumerate() {
        let in_string = index > 0 && &text[tokens[index - 1].0..*start] == "\"" && text[*end..].starts_with('"');
        out.push(if in_string { text[start - 1..end + 1].to_string() } else { text[*start..*end].to_string() });
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Delete,
    Insert,
    Duplicate,
    Truncate,
}

/// A mutated text and where it was mutated.
pub struct Mutant {
    pub text: String,
    pub kind: Kind,
    /// In the original.
    pub at: usize,
    pub token: String,
}

pub fn mutate(text: &str, tokens: &[(usize, usize)], pool: &[String], random: &mut Rng) -> Mutant {
    let (start, end) = tokens[random.usize(..tokens.len())];
    let token = &text[start..end];
    let (before, after) = (&text[..start], &text[end..]);
    let inserted = &pool[random.usize(..pool.len())];
    let (kind, mutated, token) = match random.usize(..100) {
        0..40 => (Kind::Delete, format!("{before}{after}"), token),
        40..75 => (Kind::Insert, format!("{before}{inserted} {token}{after}"), inserted.as_str()),
        75..95 => (Kind::Duplicate, format!("{before}{token} {token}{after}"), token),
        _ => (Kind::Truncate, before.to_string(), token),
    };
    Mutant { text: mutated, kind, at: start, token: token.to_string() }
}
