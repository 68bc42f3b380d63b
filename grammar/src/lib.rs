//! Text of a `.tthc` file → tree with positions.
//!
//! [`parse`] never fails: what cannot be read becomes an error node and a [`tree::Problem`]. This crate knows
//! no meaning: whether a name exists or a key belongs to a block is for the compiler.

extern crate alloc; // the code that pest derives without `std` names it

mod braces;
mod build;
mod codes;
pub mod format;
pub mod keywords;
pub mod names;
mod scan;
pub mod text;
pub mod tree;
pub mod words;

use pest::Parser;
use tree::Tree;

pub use braces::MAX_DEPTH;

/// Apart, because the derived `Rule` cannot be documented line by line.
#[allow(missing_docs)]
mod parser {
    #[derive(pest_derive::Parser)]
    #[grammar = "keywords.pest"]
    #[grammar = "tthc.pest"]
    pub struct TthcParser;
}
use parser::{Rule, TthcParser};

/// Parses a text. Spans are offsets into [`text::Text::parsed`].
pub fn parse(text: &text::Text) -> Tree {
    let mut scan = scan::scan(text.parsed());
    braces::balance(&mut scan);
    let codes = codes::Codes::new(&scan.tokens, text.parsed().len());
    let mut problems = text.problems.clone();
    problems.append(&mut scan.problems);
    let mut tree = match TthcParser::parse(Rule::file, &codes.text) {
        Ok(pairs) => {
            let before = build::Before { problems, breaks_off: scan.breaks_off };
            build::file(pairs, text.parsed(), &codes, &scan.comments, before)
        }
        // `file` takes any text; should the grammar ever be changed so that it does not, nothing panics.
        Err(error) => build::unreadable(&error, &codes),
    };
    tree.comments = scan.comments;
    tree
}
