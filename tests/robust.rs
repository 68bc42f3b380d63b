//! Files damaged at random go through the whole compiler: it never panics, never takes long, and what it says has
//! a place.
//!
//! `TTHC_MUTANTS=1000 cargo test --release --test robust` makes a thousand of each file; `TTHC_SEED` repeats a run.
#![allow(clippy::unwrap_used)]

#[path = "robust/corpus.rs"]
mod corpus;
#[path = "robust/mutate.rs"]
mod mutate;

use corpus::Sample;
use fastrand::Rng;
use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tthc_compiler::compare::{self, Version};
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::document;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::source::{FileId, Place};
use tthc_compiler::target;

/// How long a mutant may take from its bytes to the JSON of the whole project.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });
/// How many mutants the binary is run on.
const RUNS_OF_THE_BINARY: usize = 200;

fn number_from(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Past the test runner's capture, so that it is there even if the process is aborted.
fn announce(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The sample with another text in the place of the file that is damaged, all through the compiler.
fn compile(sample: &Sample, bytes: &[u8]) -> (Project, Vec<Diagnostic>) {
    let damaged = Arc::new(ParsedFile::new(sample.path.as_str(), bytes));
    let files = sample.others.iter().cloned().chain([damaged]).collect();
    let project = Project::new(files, Settings::default());
    let findings = project.check();
    (target::find("json").unwrap().build)(&project, &findings);
    let damaged = project.find(&sample.path).unwrap();
    documents(&project, &findings, damaged);
    (project, findings)
}

/// What cannot be approved can be written down all the same, and is no different from itself.
fn documents(project: &Project, findings: &[Diagnostic], of: FileId) {
    let versions = Version::all(project, findings, |file| file == of);
    for version in &versions {
        let document = document::document(project, "t".to_string(), version.procedure);
        assert!(document::html::render(std::slice::from_ref(&document)).ends_with("</html>\n"));
        assert!(document::docx::render(&[document]).is_some());
    }
    let pairs: Vec<_> = versions.iter().map(|version| (Some(version), Some(version))).collect();
    assert_eq!(compare::compare(&pairs).same, versions.len(), "a procedure differs from itself");
}

fn assert_place(project: &Project, place: Place, what: &str) {
    let source = project.source(place.file);
    let (text, span) = (source.text.parsed(), place.span);
    assert!(span.start <= span.end, "{what}: {place:?} ends before it begins");
    assert!(text.get(span.range()).is_some(), "{what}: {place:?} does not lie in {}", source.path);
    let original = source.original_range(span);
    assert!(source.text.original.get(original).is_some(), "{what}: {place:?} does not lie in the file as it stands");
    assert!(source.position(span.start) <= source.position(span.end), "{what}");
}

fn assert_places(project: &Project, findings: &[Diagnostic]) {
    for finding in findings {
        let what = format!("{} {}", finding.code, finding.message.en);
        assert_place(project, finding.place, &what);
        finding.labels.iter().for_each(|(place, _)| assert_place(project, *place, &what));
        for fix in &finding.fixes {
            let mut places: Vec<Place> = fix.edits.iter().map(|edit| edit.place).collect();
            places.iter().for_each(|place| assert_place(project, *place, &what));
            places.sort();
            let apart = |pair: &[Place]| pair[0].file != pair[1].file || pair[0].span.end <= pair[1].span.start;
            assert!(places.windows(2).all(apart), "{what}: edits of “{}” overlap", fix.title.en);
        }
    }
}

/// What is wrong with a mutant; nothing where all is well.
fn fault(sample: &Sample, bytes: &[u8]) -> Option<String> {
    let judge = || {
        let start = Instant::now();
        let (project, findings) = compile(sample, bytes);
        let time = start.elapsed();
        assert_places(&project, &findings);
        time
    };
    match catch_unwind(AssertUnwindSafe(judge)) {
        Ok(time) => (time > LIMIT).then(|| format!("took {time:?}")),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            Some(text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string())).unwrap_or_default())
        }
    }
}

/// Keeps what went wrong, for whoever mends it.
fn keep(name: &str, bytes: &[u8]) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.tthc", name.replace(['/', ' '], "_")));
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn damaged_files_are_judged_calmly() {
    let samples = corpus::samples();
    let (each, seed) = (number_from("TTHC_MUTANTS", 5), number_from("TTHC_SEED", 1490));
    announce(&format!("robust: {} files, {each} mutants of each, seed {seed}", samples.len()));
    let mut faults = Vec::new();
    let mut slowest = Duration::ZERO;
    for (index, sample) in samples.iter().enumerate() {
        for mutant in 0..each {
            // Each has a seed of its own, so that one can be made again without those before it.
            let own = seed ^ (index as u64) << 40 ^ mutant << 8;
            let bytes = mutate::mutant(&mut Rng::with_seed(own), &sample.bytes);
            let start = Instant::now();
            if let Some(fault) = fault(sample, &bytes) {
                let kept = keep(&format!("mutant-{}-{own}", sample.name), &bytes);
                faults.push(format!("{} ({own}): {fault}\n  {kept}", sample.name));
            }
            slowest = slowest.max(start.elapsed());
        }
    }
    announce(&format!("robust: {} mutants, the slowest took {slowest:?}", samples.len() as u64 * each));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What no hand writes, and a broken program may.
#[test]
fn monsters_are_judged_calmly() {
    let many = |text: &str, count: usize| text.repeat(count);
    let monsters = [
        String::new(),
        many("}", 10_000),
        many("(", 100_000),
        many("/*", 100_000),
        many("\"", 2_001),
        many("thủ tục ", 200),
        many("thủ tục\n", 5_000),
        many("thủ tục a \"a\" { ", 500),
        format!("thủ tục a \"a\" {{ quy trình {{ {} }} }}", many("giai đoạn x { ", 1_000)),
        format!("thủ tục a \"a\" {{ quy trình {{ {} }} }}", many("song song s { nhánh x { ", 2_000)),
        format!("thủ tục a \"a\" {{ thời hạn: {} ngày }}", many("9", 50_000)),
        format!("thủ tục a \"a\" {{ thời hạn: {} 1 ngày }}", many("1 ngày + ", 20_000)),
        format!("thủ tục a \"a\" {{ thời hạn: 1 ngày khi {}a }}", many("không ", 50_000)),
        format!("thủ tục a \"a\" {{ thời hạn: 1 ngày khi {}a }}", many("(", 50_000)),
        format!("thủ tục a \"a\" {{ thời hạn: 1 ngày khi {}a }}", many("a và ", 2_000)),
        format!("thủ tục {} \"a\" {{ }}", many("ầ", 50_000)),
        format!("thủ tục a \"a\" {{ tiếp nhận tại: {}a }}", many("a.", 50_000)),
        format!("thủ tục a \"a\" {{ quy trình {{ {} }} }}", many("bước 1 do a trong 1 ngày\n", 1_000)),
        many("a\u{301}\u{302}", 30_000),
        many("\u{200B}", 50_000),
        many("\0", 100_000),
        many("\r", 100_000),
    ];
    assert_calm(&monsters);
}

fn assert_calm(monsters: &[String]) {
    let sample = Sample { name: "monster".into(), path: "t.tthc".into(), bytes: Vec::new(), others: Vec::new() };
    for (index, text) in monsters.iter().enumerate() {
        let fault = fault(&sample, text.as_bytes());
        assert!(fault.is_none(), "monster {index}: {}", fault.unwrap());
    }
}

#[test]
fn braces_that_are_never_closed_are_judged_calmly() {
    let open = "{ ".repeat(25);
    assert_calm(&[open.clone(), format!("thủ tục a \"a\" {{\n  cơ quan thực hiện: {open}\n}}"), "{".repeat(1_000)]);
}

#[test]
fn the_binary_only_ever_says_clean_or_not_clean() {
    let samples = corpus::samples();
    let seed = number_from("TTHC_SEED", 1490);
    let mut random = Rng::with_seed(seed);
    let folder = tempfile::tempdir().unwrap();
    for number in 0..RUNS_OF_THE_BINARY {
        let sample = &samples[random.usize(..samples.len())];
        let bytes = mutate::mutant(&mut random, &sample.bytes);
        let root = folder.path().join(number.to_string());
        let write = |path: &str, bytes: &[u8]| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        };
        sample.others.iter().for_each(|other| write(&other.source.path, other.source.text.original.as_bytes()));
        write(&sample.path, &bytes);
        let format = ["human", "json", "sarif", "github", "gitlab"][number % 5];
        let mut command = Command::new(env!("CARGO_BIN_EXE_tthc"));
        let output = command.args(["check", ".", "--format", format]).current_dir(&root).output().unwrap();
        if !matches!(output.status.code(), Some(0 | 1)) {
            let kept = keep(&format!("binary-{}-{number}", sample.name), &bytes);
            panic!("seed {seed}, {kept}: {:?}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
        }
    }
}
