//! Text of a `.tthc` file → tree with positions.
//!
//! [`parse`] never fails: what cannot be read becomes an error node and a [`tree::Problem`]. This crate knows
//! no meaning: whether a name exists or a key belongs to a block is for the compiler.

mod build;
pub mod format;
pub mod keywords;
pub mod names;
mod scan;
pub mod text;
pub mod tree;

use pest::Parser;
use tree::Tree;

pub use scan::MAX_DEPTH;

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
    let scan = scan::scan(text.parsed());
    let mut tree = match TthcParser::parse(Rule::file, &scan.working) {
        Ok(pairs) => build::file(pairs, text.parsed(), &scan.comments),
        // `file` takes any text; should the grammar ever be changed so that it does not, nothing panics.
        Err(error) => build::unreadable(&error),
    };
    // What the scan found is the cause of whatever the parser then could not read around it.
    let caused = |problem: &tree::Problem| {
        scan.problems.iter().any(|cause| problem.span.start <= cause.span.start && cause.span.start < problem.span.end)
    };
    tree.problems.retain(|problem| !caused(problem));
    tree.problems.extend(text.problems.iter().cloned());
    tree.problems.extend(scan.problems);
    tree.problems.sort_by_key(|problem| problem.span);
    tree.comments = scan.comments;
    tree
}
