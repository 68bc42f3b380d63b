//! Phrases and durations.

use super::context::{Token, phrase};
use super::{Candidate, CandidateKind};
use tthc_grammar::names::fold;

/// Phrases of a list that have not been written yet.
pub fn phrases(list: &[&str], written: &[Token]) -> Vec<Candidate> {
    let written: Vec<String> = written
        .split(|token| *token == Token::Sign(','))
        .filter_map(|tokens| Some(fold(&phrase(tokens)?)))
        .filter(|phrase| !phrase.is_empty())
        .collect();
    let free = list.iter().filter(|phrase| !written.contains(&fold(phrase)));
    free.enumerate().map(|(at, phrase)| Candidate::new(CandidateKind::Value, *phrase).rank(at.min(200) as u8)).collect()
}

/// Units behind a number; before it a few amounts.
pub fn durations(written: &[Token]) -> Vec<Candidate> {
    let units = ["ngày làm việc", "giờ làm việc", "ngày", "giờ", "phút", "tháng"];
    let is_number =
        |token: &Token| matches!(token, Token::Word(word) if word.starts_with(|c: char| c.is_ascii_digit()));
    match written.last() {
        None | Some(Token::Sign('+')) => {
            phrases(&["1 ngày làm việc", "0,5 ngày làm việc", "4 giờ làm việc", "không quy định"], &[])
        }
        Some(token) if is_number(token) => phrases(&units, &[]),
        _ => Vec::new(),
    }
}
