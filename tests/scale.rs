//! A province: a thousand procedures that share one file of agencies and one of parts.
#![allow(clippy::unwrap_used)]

#[path = "../benches/generator.rs"]
mod generator;

use generator::Generated;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, OnceLock};
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::target;

const SEED: u64 = 2031;
const PROCEDURES: usize = 1000;
/// What stands once in every file, and what is put in its place.
const ROLE: &str = "do văn_thư trong";
const NOBODY: &str = "do không_có_ai trong";

fn generated() -> &'static [Generated] {
    static FILES: OnceLock<Vec<Generated>> = OnceLock::new();
    FILES.get_or_init(|| generator::project(SEED, PROCEDURES, 0))
}

fn parsed() -> Vec<Arc<ParsedFile>> {
    static FILES: OnceLock<Vec<Arc<ParsedFile>>> = OnceLock::new();
    let parse = |file: &Generated| Arc::new(ParsedFile::new(file.path.as_str(), file.text.as_bytes()));
    FILES.get_or_init(|| generated().iter().map(parse).collect()).clone()
}

/// The file with a name in it that nobody has declared.
fn spoiled(file: &Generated) -> String {
    assert_eq!(file.text.matches(ROLE).count(), 1, "{}", file.path);
    file.text.replace(ROLE, NOBODY)
}

fn found(files: Vec<Arc<ParsedFile>>) -> (Vec<Diagnostic>, usize) {
    let project = Project::new(files, Settings::default());
    let findings = project.check();
    let outputs = (target::find("json").unwrap().build)(&project, &findings);
    (findings, outputs.len())
}

#[test]
fn every_name_resolves_and_nothing_is_found() {
    let files = parsed();
    assert_eq!(files.len(), PROCEDURES + 2);
    let (findings, built) = found(files);
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.en.as_str()).take(5).collect();
    assert!(findings.is_empty(), "{messages:?}");
    assert_eq!(built, PROCEDURES);
}

#[test]
fn one_wrong_name_is_one_finding_in_any_order() {
    let mut files = parsed();
    let index = files.len() / 2;
    let wrong = &generated()[index];
    files[index] = Arc::new(ParsedFile::new(wrong.path.as_str(), spoiled(wrong).as_bytes()));
    let (findings, built) = found(files.clone());
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].code, "T101");
    assert_eq!(built, PROCEDURES - 1, "the others are built all the same");
    fastrand::Rng::with_seed(SEED).shuffle(&mut files);
    assert_eq!(found(files), (findings, built));
}

/// Writes the project below a folder; every hundredth procedure is spoiled.
fn write_below(folder: &Path) -> usize {
    let mut wrong = 0;
    for (index, file) in generated().iter().enumerate() {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let spoil = index % 100 == 50;
        wrong += usize::from(spoil);
        fs::write(path, if spoil { spoiled(file) } else { file.text.clone() }).unwrap();
    }
    wrong
}

#[test]
fn the_command_line_says_the_same_with_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = write_below(folder.path());
    fs::write(folder.path().join("tthc.toml"), "").unwrap();
    let check = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tthc"));
        command.args(["check", ".", "--format", "json"]).current_dir(folder.path());
        let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let one = check("1");
    let report: serde_json::Value = serde_json::from_slice(&one).unwrap();
    assert_eq!(report["files"], PROCEDURES + 2);
    assert_eq!(report["summary"]["errors"], wrong);
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), wrong);
    assert!(one == check("2"), "two threads print other bytes than one");
}
