//! The files that are damaged: examples, test cases, and what the rules' pages show.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::project::ParsedFile;
use tthc_compiler::rules;

/// How many files there are.
const COUNT: usize = 100;

/// A file with those that it needs.
pub struct Sample {
    /// For messages.
    pub name: String,
    /// Its path in its project.
    pub path: String,
    /// Its text.
    pub bytes: Vec<u8>,
    /// The rest of the project.
    pub others: Vec<Arc<ParsedFile>>,
}

fn tthc_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            tthc_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "tthc") {
            found.push(path);
        }
    }
}

/// Cases that are as large as is looked at: undamaged they take a second by themselves.
const AT_THE_LIMITS: &str = "tests/cases/limits";

/// A hundred files: every example and other test case, and pages from all rules until there are enough.
pub fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut samples = examples();
    for folder in ["tests/cases", "grammar/tests/samples"] {
        let mut paths = Vec::new();
        tthc_below(&root.join(folder), &mut paths);
        for path in paths.iter().filter(|path| !path.starts_with(root.join(AT_THE_LIMITS))) {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            samples.extend(split(&name, &fs::read(path).unwrap()));
        }
    }
    let mut pages = Vec::new();
    for rule in rules::ALL {
        for part in ["found", "mended", "near miss"] {
            for (index, block) in rule.examples(part).iter().enumerate() {
                pages.extend(split(&format!("{} {part} {index}", rule.code), block.as_bytes()));
            }
        }
    }
    let wanted = COUNT.saturating_sub(samples.len());
    let step = (pages.len() / wanted.max(1)).max(1);
    samples.extend(pages.into_iter().step_by(step).take(wanted));
    assert_eq!(samples.len(), COUNT);
    samples
}

/// Procedures with the shared files, and the shared files themselves with one procedure.
pub fn examples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut paths = Vec::new();
    tthc_below(&folder, &mut paths);
    let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
    let parsed = |path: &PathBuf| Arc::new(ParsedFile::new(name(path), &fs::read(path).unwrap()));
    let files: Vec<Arc<ParsedFile>> = paths.iter().map(parsed).collect();
    let sample = |path: &PathBuf| {
        let own = name(path);
        let shared = |other: &&Arc<ParsedFile>| other.source.path.starts_with("chung/") || own.starts_with("chung/");
        let others = files.iter().filter(shared).filter(|other| other.source.path != own).cloned().collect();
        Sample { name: own.clone(), path: own.clone(), bytes: fs::read(path).unwrap(), others }
    };
    paths.iter().map(sample).collect()
}

/// A text that holds several files, each behind a line `//// file: …`, once for each of them.
fn split(name: &str, bytes: &[u8]) -> Vec<Sample> {
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| text.contains("//// file: ")) else {
        let sample = Sample { name: name.into(), path: "chính.tthc".into(), bytes: bytes.into(), others: Vec::new() };
        return vec![sample];
    };
    let mut files: Vec<(String, String)> = vec![("chính.tthc".into(), String::new())];
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("//// file: ") {
            Some(path) => files.push((path.trim().into(), String::new())),
            None => files.last_mut().unwrap().1.push_str(line),
        }
    }
    files.retain(|(_, text)| !text.trim().is_empty());
    let sample = |(path, text): &(String, String)| {
        let others = files.iter().filter(|(other, _)| other != path);
        let others = others.map(|(path, text)| Arc::new(ParsedFile::new(path.as_str(), text.as_bytes())));
        let name = format!("{name} {path}");
        Sample { name, path: path.clone(), bytes: text.clone().into_bytes(), others: others.collect() }
    };
    files.iter().map(sample).collect()
}
