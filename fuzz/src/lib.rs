//! What must hold for any bytes at all: one file for each part of the program. The fuzzers look for bytes for which it
//! does not; `tests/findings.rs` tries again what they have found, with nothing but stable Rust.

pub mod check;
pub mod format;
pub mod import;
pub mod outputs;
pub mod parse;
pub mod seeds;
pub mod session;

#[allow(dead_code)] // the tests of the formatter ask for more of it
#[path = "../../grammar/tests/format/meaning.rs"]
mod meaning;
mod project;

/// A property: it panics where it does not hold.
pub type Holds = fn(&[u8]);

/// Every property, by the name of its fuzzer.
pub const ALL: &[(&str, Holds)] = &[
    ("parse", parse::holds),
    ("format", format::holds),
    ("check", check::holds),
    ("outputs", outputs::holds),
    ("session", session::holds),
    ("import", import::holds),
];
