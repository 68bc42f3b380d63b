//! Laying out keeps the meaning, and does it once.

use crate::generate::Random;
use crate::meaning::difference;
use crate::programs::{hold, project};
use proptest::prelude::*;
use tthc_compiler::editor::refactor::meaning;
use tthc_grammar::format::format;
use tthc_grammar::parse;
use tthc_grammar::text::Text;

/// The text with blanks, line ends and comments that say nothing at some places between words.
pub fn disturbed(text: &str, random: &mut Random) -> String {
    const BETWEEN: [&str; 7] = ["  ", "\t", "\u{A0}", "\n", "\n\n\n", " /* x */ ", " // x\n"];
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        inside ^= c == '"';
        out.push(c);
        if matches!(c, '{' | '}' | '\n') && !inside && random.chance(20) {
            out.push_str(BETWEEN[random.below(BETWEEN.len())]);
        }
        if c == ' ' && !inside && random.chance(10) {
            out.push_str(BETWEEN[random.below(3)]);
        }
    }
    out
}

/// What a text means, without the blanks in its durations, which are kept as they are written.
fn meaning(text: &str) -> String {
    let blanks = ["\\u{a0}", "\\t", " "];
    blanks.iter().fold(meaning::of(&project(text)), |meaning, blank| meaning.replace(blank, ""))
}

#[test]
fn laying_out_keeps_the_meaning() {
    hold(|sample| {
        let text = disturbed(&sample.program.text(), &mut Random(sample.random));
        let read = Text::new(text.as_bytes());
        let tree = parse(&read);
        let Some(out) = format(&read, &tree) else {
            return Err(TestCaseError::fail(format!("it is not laid out: {:?}\n{text}", tree.problems)));
        };
        prop_assert_eq!(difference(&read, &tree, &out), None, "{}", text);
        let again = Text::new(out.as_bytes());
        let twice = format(&again, &parse(&again));
        prop_assert_eq!(twice.as_ref(), Some(&out));
        prop_assert_eq!(meaning(&text), meaning(&out), "{}", text);
        Ok(text != out)
    });
}

#[test]
fn blanks_and_comments_mean_nothing() {
    hold(|sample| {
        let text = sample.program.text();
        let disturbed = disturbed(&text, &mut Random(sample.random));
        prop_assert_eq!(meaning(&text), meaning(&disturbed), "{}", disturbed);
        Ok(text != disturbed)
    });
}
