//! What `.tthc` texts mean: names resolved, checks, the workflow graph, the targets.
//!
//! Pure: no file system, clock, environment or terminal. A [`project::Project`] is all that the command line,
//! the language server and the tests hold.

pub mod analysis;
pub mod batch;
pub mod calendar;
pub mod compare;
pub mod diagnostic;
pub mod diagram;
pub mod document;
mod edited;
pub mod editor;
pub mod glossary;
pub mod graph;
pub mod import;
pub mod interface;
pub mod law;
pub mod library;
pub mod limits;
pub mod markup;
pub mod model;
pub mod project;
pub mod rules;
pub mod source;
pub mod target;
