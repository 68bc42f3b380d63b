//! What holds for any process, and for any text: properties that say how two answers belong together.
//!
//! `PROPTEST_CASES=5000 cargo test --release --test properties` tries longer, `PROPTEST_RNG_SEED` elsewhere.
#![allow(clippy::unwrap_used)]

#[path = "../../compiler/tests/oracle/classes.rs"]
mod classes;
#[path = "../../compiler/tests/oracle/generate.rs"]
#[allow(dead_code)] // those for whom these were written ask for more of them
mod generate;
mod layout;
#[path = "../../grammar/tests/format/meaning.rs"]
#[allow(dead_code)]
mod meaning;
mod names;
mod order;
mod positions;
#[path = "../../compiler/tests/oracle/program.rs"]
#[allow(dead_code)]
mod program;
mod programs;
mod strangers;
mod times;

use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestRunner};

/// Few, so that all of them take seconds; `PROPTEST_CASES` says otherwise.
const CASES: u32 = 64;

/// A runner that always begins with the same seed, and keeps what has failed once.
fn runner(file: &'static str) -> TestRunner {
    let mut config = Config::default();
    let set = |name: &str| std::env::var_os(name).is_some();
    if !set("PROPTEST_CASES") {
        config.cases = CASES;
    }
    if !set("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(1490);
    }
    println!("PROPTEST_CASES={} PROPTEST_RNG_SEED={}", config.cases, config.rng_seed);
    config.failure_persistence = Some(Box::new(FileFailurePersistence::Direct(file)));
    TestRunner::new(config)
}
