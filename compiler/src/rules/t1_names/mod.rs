//! T1: names and structure. What the model found, in words.

pub(super) mod t101_unknown_name;
pub(super) mod t102_duplicate;
pub(super) mod t103_attribute;
pub(super) mod t104_wrong_kind;
pub(super) mod t105_import;
pub(super) mod t106_unused;
pub(super) mod t107_circle;
pub(super) mod t108_code_and_process;
pub(super) mod t109_step_number;
pub(super) mod t110_silence;

pub(crate) use t101_unknown_name::import_it;
pub(crate) use t105_import::suggest;
