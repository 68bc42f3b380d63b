//! Text of any bytes → tree.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tthc_fuzz::parse::holds(bytes));
