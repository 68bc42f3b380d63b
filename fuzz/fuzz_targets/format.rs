//! Text of any bytes, laid out.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tthc_fuzz::format::holds(bytes));
