//! Any project, judged.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tthc_fuzz::check::holds(bytes));
