//! Everything that is written of any project.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tthc_fuzz::outputs::holds(bytes));
