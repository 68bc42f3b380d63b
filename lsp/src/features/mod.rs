//! One file per feature of the editor. Each asks the compiler and puts its answer into the words of LSP.

pub mod call_hierarchy;
pub mod code_actions;
pub mod code_lenses;
pub mod completion;
pub mod definition;
pub mod diagnostics;
pub mod diagram;
pub mod folding;
pub mod formatting;
pub mod hover;
pub mod inlay_hints;
pub mod links;
pub mod references;
pub mod rename;
pub mod selection;
pub mod semantic_tokens;
pub mod symbols;
