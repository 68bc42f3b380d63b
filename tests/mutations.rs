//! One mistake, one message, as `tthc check` tells it: single-token mutations of the example province, with all that
//! the rules of text and names (T0, T1) find.
//!
//! `TTHC_MUTATIONS=100000` makes more of them, `TTHC_SEED=7` others, `TTHC_SHOW=20` prints those with several findings.
#![allow(clippy::unwrap_used)]

#[path = "robust/corpus.rs"]
#[allow(dead_code)]
mod corpus;
#[path = "../grammar/tests/mutation/mod.rs"]
#[allow(dead_code)]
mod mutation;

use corpus::Sample;
use fastrand::Rng;
use mutation::{insertable, mutate, tokens};
use std::sync::Arc;
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::project::{ParsedFile, Project, Settings};

/// On average over the mutants in which anything is found; the measured value is printed.
const MOST_EACH: f64 = 1.1;

fn from_env(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// What is wrong with text and names of the file, as it is told.
fn told(sample: &Sample, text: &str) -> Vec<String> {
    let file = Arc::new(ParsedFile::new(sample.path.as_str(), text.as_bytes()));
    let project = Project::new(sample.others.iter().cloned().chain([file]).collect(), Settings::default());
    let own = |found: &&Diagnostic| project.source(found.place.file).path == sample.path;
    let of_text = |found: &&Diagnostic| found.code < "T2";
    let line = |found: &Diagnostic| project.source(found.place.file).position(found.place.span.start).line;
    let tell = |found: &Diagnostic| format!("{} {}: {}", line(found), found.code, found.message.vi);
    project.check().iter().filter(own).filter(of_text).map(tell).collect()
}

#[test]
fn one_wrong_token_is_one_finding() {
    let mut samples = corpus::examples();
    // A name taken out of a shared file is missing in every file that uses it, and is missed there.
    samples.retain(|sample| !sample.path.starts_with("chung/"));
    let texts: Vec<String> = samples.iter().map(|sample| String::from_utf8(sample.bytes.clone()).unwrap()).collect();
    let all_tokens: Vec<_> = texts.iter().map(|text| tokens(text)).collect();
    let mut pool: Vec<String> =
        texts.iter().zip(&all_tokens).flat_map(|(text, tokens)| insertable(text, tokens)).collect();
    pool.sort();
    pool.dedup();
    for (sample, text) in samples.iter().zip(&texts) {
        assert_eq!(told(sample, text), Vec::<String>::new(), "{}", sample.name);
    }
    let (seed, count, show) =
        (from_env("TTHC_SEED", 20_250_701), from_env("TTHC_MUTATIONS", 600), from_env("TTHC_SHOW", 0));
    let mut random = Rng::with_seed(seed);
    let (mut faulty, mut findings, mut shown) = (0, 0, 0);
    for _ in 0..count {
        let index = random.usize(..texts.len());
        let mutant = mutate(&texts[index], &all_tokens[index], &pool, &mut random);
        let told = told(&samples[index], &mutant.text);
        faulty += usize::from(!told.is_empty());
        findings += told.len();
        if told.len() > 1 && shown < show {
            shown += 1;
            let line = mutant.text[..mutant.at.min(mutant.text.len())].matches('\n').count() + 1;
            println!(
                "--- {}:{line} {:?} {:?}\n  {}",
                samples[index].name,
                mutant.kind,
                mutant.token,
                told.join("\n  ")
            );
        }
    }
    let each = findings as f64 / faulty.max(1) as f64;
    println!("seed {seed}, {count} mutations, {faulty} with a finding: {each:.3} findings each");
    assert!(faulty as u64 * 10 > count * 8, "mistakes were not found");
    assert!(each <= MOST_EACH, "more than one finding for a mistake: {each:.3}");
}
