//! Sessions with the server: fixtures with a cursor, on lines with Vietnamese marks and an emoji.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod changes;
mod completion;
mod harness;
mod meaning;
mod navigation;
mod province;
mod random;
mod reading;
mod refactoring;
mod writing;

use province::{PROVINCE, cursor};
