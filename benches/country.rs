//! What the command line costs on a whole country: every program run by itself, beside walking and reading the files.
//!
//! Then every stage of the compiler by itself.
//!
//! `cargo bench --bench country` makes 100, 1,000 and 10,000 files; `TTHC_FILES=100000` makes as many as it says.
#![allow(clippy::unwrap_used)]

mod generator;
mod stages;

use ignore::WalkBuilder;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

const SEED: u64 = 1582;
const FILE_BYTES: usize = 4 << 10;
/// Each is run so often, and the fastest run counts: the others only tell what else the machine did.
const RUNS: usize = 3;
/// Of more files only `check` is measured, which forgets them again: the others hold all trees at once.
const MOST_AT_ONCE: usize = 10_000;

/// One run: how long, and how much memory at most.
struct Cost {
    time: Duration,
    peak: Option<u64>,
}

fn fastest(mut run: impl FnMut() -> Cost) -> Cost {
    (0..RUNS).map(|_| run()).min_by_key(|cost| cost.time).unwrap()
}

/// Walks and reads as the command line does, and looks at nothing.
fn read(folder: &Path, threads: usize) -> Cost {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let start = Instant::now();
    let walk = WalkBuilder::new(folder).require_git(false).build();
    let files: Vec<PathBuf> = walk.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file()).collect();
    let bytes: usize = pool.install(|| files.par_iter().map(|path| fs::read(path).unwrap().len()).sum());
    assert!(bytes > 0);
    Cost { time: start.elapsed(), peak: None }
}

fn run(arguments: &[&str], folder: &Path, threads: usize) -> Cost {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tthc"));
    command.args(arguments).current_dir(folder).env("RAYON_NUM_THREADS", threads.to_string());
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let used = child.wait4().unwrap();
    assert!(used.status.success(), "tthc {arguments:?} ended with {}", used.status);
    Cost { time: start.elapsed(), peak: Some(used.rusage.maxrss) }
}

fn measure(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (province, out) = (folder.path().join("p"), folder.path().join("out"));
    let mut bytes = 0;
    for file in generator::files(SEED, count, FILE_BYTES) {
        let path = province.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
        bytes += file.text.len();
    }
    fs::write(province.join("tthc.toml"), "").unwrap();
    let size = bytes as f64 / (1 << 20) as f64;
    println!("{} files, {size:.1} MB, seed {SEED}, fastest of {RUNS} runs", count + 2);
    println!("{:<28} {:>7} {:>10} {:>9} {:>10} {:>9}", "", "threads", "s", "MB/s", "× reading", "peak MB");
    let reading = [1, 2].map(|threads| fastest(|| read(&province, threads)));
    let row = |name: &str, threads: usize, cost: &Cost| {
        let (time, read) = (cost.time.as_secs_f64(), reading[threads - 1].time.as_secs_f64());
        let peak = cost.peak.map_or(String::new(), |bytes| format!("{:.0}", bytes as f64 / (1 << 20) as f64));
        println!("{name:<28} {threads:>7} {time:>10.4} {:>9.1} {:>10.1} {peak:>9}", size / time, time / read);
    };
    for (threads, cost) in [1, 2].into_iter().zip(&reading) {
        row("walk and read", threads, cost);
    }
    for threads in [1, 2] {
        row("tthc check", threads, &fastest(|| run(&["check"], &province, threads)));
    }
    if count <= MOST_AT_ONCE {
        let out = out.to_str().unwrap();
        row("tthc build", 2, &fastest(|| run(&["build", "--out", out], &province, 2)));
        row("tthc report --format json", 2, &fastest(|| run(&["report", "--format", "json"], &province, 2)));
    }
    let alone = fastest(|| run(&["check", "-"], &province, 1));
    println!("{:<28} {:>7} {:>10.4}", "tthc check - (empty)", 1, alone.time.as_secs_f64());
    // Last: from here on this process is large.
    if count <= MOST_AT_ONCE {
        for (name, time) in stages::stages(&generator::project(SEED, count, FILE_BYTES)) {
            row(name, 1, &Cost { time, peak: None });
        }
    }
    println!();
}

/// The peak of a program's memory is at least that of whoever starts it: each size has a process of its own.
fn measure_apart(count: usize) {
    let mut own = Command::new(std::env::current_exe().unwrap());
    assert!(own.arg("--bench").env("TTHC_FILES", count.to_string()).status().unwrap().success());
}

fn main() {
    // `cargo test --benches` passes no `--bench`: then one small project shows that it still runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return measure(4);
    }
    match std::env::var("TTHC_FILES").ok().and_then(|count| count.parse().ok()) {
        Some(count) => measure(count),
        None => [100, 1_000, 10_000].into_iter().for_each(measure_apart),
    }
}
