//! How fast files are compiled, beside what any reader must at least do with their bytes.
//! `cargo bench --bench throughput`
#![allow(clippy::unwrap_used)]

mod generator;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::target;
use tthc_grammar::text::Text;

const SEED: u64 = 1582;
const FILE_BYTES: usize = 4 << 10;

/// A stage is run so often, and the fastest run counts: the others only tell what else the machine did.
const RUNS: usize = 5;

fn fastest<T>(mut work: impl FnMut() -> T) -> Duration {
    let once = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    std::iter::repeat_with(once).take(RUNS).min().unwrap_or_default()
}

type File = (String, Vec<u8>);

fn parse(files: &[File]) -> Vec<Arc<ParsedFile>> {
    files.iter().map(|(path, bytes)| Arc::new(ParsedFile::new(path.as_str(), bytes))).collect()
}

/// Every stage by itself, on the results of those before it.
fn stages(files: &[File]) -> Vec<(&'static str, Duration)> {
    let sum = |bytes: &Vec<u8>| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    let parsed = parse(files);
    let project = Project::new(parsed.clone(), Settings::default());
    let findings = project.check();
    assert!(findings.is_empty(), "{}", findings[0].message.en);
    let json = target::find("json").unwrap();
    assert_eq!((json.build)(&project, &findings).len(), files.len() - 2);
    vec![
        ("read the bytes", fastest(|| files.iter().map(|(_, bytes)| sum(black_box(bytes))).sum::<u64>())),
        ("validate UTF-8", fastest(|| files.iter().all(|(_, bytes)| std::str::from_utf8(black_box(bytes)).is_ok()))),
        ("text (NFC, marks)", fastest(|| files.iter().for_each(|(_, bytes)| drop(black_box(Text::new(bytes)))))),
        ("text and parse", fastest(|| parse(files))),
        ("model", fastest(|| Project::new(parsed.clone(), Settings::default()))),
        ("check", fastest(|| project.check())),
        ("JSON build", fastest(|| (json.build)(&project, &findings))),
    ]
}

fn main() {
    // `cargo test --benches` passes no `--bench`: then one small project shows that it still runs.
    let sizes: &[usize] = if std::env::args().any(|argument| argument == "--bench") { &[1, 10] } else { &[0] };
    for megabytes in sizes {
        let generated = generator::project(SEED, (megabytes << 20).div_ceil(FILE_BYTES).max(4), FILE_BYTES);
        let files: Vec<File> = generated.into_iter().map(|file| (file.path, file.text.into_bytes())).collect();
        let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        let size = bytes as f64 / (1 << 20) as f64;
        println!("{} files, {size:.2} MB, seed {SEED}, one thread, fastest of {RUNS} runs", files.len());
        println!("{:<20} {:>12} {:>12} {:>12}", "", "ms", "MB/s", "× reading");
        let stages = stages(&files);
        let reading = stages[0].1.as_secs_f64();
        let row = |name: &str, time: f64| {
            println!("{name:<20} {:>12.3} {:>12.2} {:>12.1}", time * 1000.0, size / time, time / reading);
        };
        stages.iter().for_each(|(name, time)| row(name, time.as_secs_f64()));
        row("all of a build", stages[3..].iter().map(|(_, time)| time.as_secs_f64()).sum());
        println!();
    }
}
