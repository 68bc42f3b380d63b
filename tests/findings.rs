//! What the fuzzers have found stays mended, and what they begin with holds. `fuzz/run` looks for more.
#![allow(clippy::unwrap_used)]

#[path = "../fuzz/src/lib.rs"]
mod properties;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of those for which a property does not hold.
fn broken(inputs: &[(String, Vec<u8>)], holds: properties::Holds) -> Vec<String> {
    let breaks = |(_, bytes): &&(String, Vec<u8>)| catch_unwind(AssertUnwindSafe(|| holds(bytes))).is_err();
    inputs.iter().filter(breaks).map(|(name, _)| name.clone()).collect()
}

#[test]
fn what_was_found_stays_mended() {
    for (name, holds) in properties::ALL {
        // A fuzzer that has found nothing has no folder.
        let entries = fs::read_dir(root().join("fuzz/findings").join(name)).into_iter().flatten();
        let paths = entries.map(|entry| entry.unwrap().path());
        let found: Vec<_> = paths.map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect();
        assert_eq!(broken(&found, *holds), [""; 0], "{name}");
    }
}

#[test]
fn findings_belong_to_a_fuzzer() {
    for entry in fs::read_dir(root().join("fuzz/findings")).into_iter().flatten() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(properties::ALL.iter().any(|(known, _)| *known == name), "no fuzzer is called {name}");
    }
}

/// Of what each fuzzer begins with no more are tried: they are files that other tests look at, too.
const SEEDS: usize = 40;

#[test]
fn what_the_fuzzers_begin_with_holds() {
    for (name, holds) in properties::ALL {
        let seeds = properties::seeds::of(name, root()).unwrap();
        assert!(seeds.len() > 10, "{name}: {} seeds", seeds.len());
        let step = seeds.len().div_ceil(SEEDS);
        let seeds: Vec<_> =
            seeds.into_iter().enumerate().step_by(step).map(|(at, seed)| (format!("seed {at}"), seed)).collect();
        assert_eq!(broken(&seeds, *holds), [""; 0], "{name}");
        assert!(properties::seeds::dictionary(name, root()).unwrap().lines().count() > 100, "{name}");
    }
}
