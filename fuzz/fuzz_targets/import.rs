//! Any file of a foreign format.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tthc_fuzz::import::holds(bytes));
