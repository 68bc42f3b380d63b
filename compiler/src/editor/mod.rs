//! What an editor asks, answered from a [`crate::project::Project`] in plain data.
//!
//! One file per question. Nothing here knows a protocol: places are spans in files, sentences are in both
//! languages.

pub mod complete;
pub mod describe;
pub mod names;
pub mod outline;
pub mod refactor;
pub mod rename;
pub mod spans;
pub mod times;
pub mod tokens;
pub mod ways;
pub mod witness;
pub mod words;
