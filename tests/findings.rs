//! What the fuzzers have found stays mended, and what they begin with holds. `fuzz/run` looks for more.
#![allow(clippy::unwrap_used)]

#[path = "../fuzz/src/lib.rs"]
mod properties;

use std::fs;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// How often anything has panicked, in whatever thread: a server goes on when one of its tasks has.
static PANICS: AtomicUsize = AtomicUsize::new(0);

fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            PANICS.fetch_add(1, Ordering::SeqCst);
            usual(info);
        }));
    });
}

/// The names of those for which a property does not hold.
fn broken(inputs: &[(String, Vec<u8>)], holds: properties::Holds) -> Vec<String> {
    count_panics();
    let breaks = |(_, bytes): &&(String, Vec<u8>)| {
        let before = PANICS.load(Ordering::SeqCst);
        catch_unwind(AssertUnwindSafe(|| holds(bytes))).is_err() || PANICS.load(Ordering::SeqCst) > before
    };
    inputs.iter().filter(breaks).map(|(name, _)| name.clone()).collect()
}

fn findings() -> fs::ReadDir {
    fs::read_dir(root().join("fuzz/findings")).unwrap()
}

#[test]
fn what_was_found_stays_mended() {
    assert!(findings().count() > 0);
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
    for entry in findings() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(properties::ALL.iter().any(|(known, _)| *known == name), "no fuzzer is called {name}");
    }
}

/// Each property has a fuzzer, which cargo-fuzz knows.
#[test]
fn each_property_is_fuzzed() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    for (name, _) in properties::ALL {
        assert!(root().join(format!("fuzz/fuzz_targets/{name}.rs")).is_file(), "{name} has no target");
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is not in the manifest");
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
