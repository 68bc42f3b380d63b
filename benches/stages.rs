//! Every stage of the compiler by itself, on the results of those before it.

use super::RUNS;
use super::generator::Generated;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::{graph, target};
use tthc_grammar::text::Text;

fn fastest<T>(mut work: impl FnMut() -> T) -> Duration {
    let once = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    std::iter::repeat_with(once).take(RUNS).min().unwrap_or_default()
}

fn parse(files: &[Generated]) -> Vec<Arc<ParsedFile>> {
    files.iter().map(|file| Arc::new(ParsedFile::new(file.path.as_str(), file.text.as_bytes()))).collect()
}

fn graphs(project: &Project) -> usize {
    let cases = project.model.procedures.iter().flat_map(|procedure| &procedure.cases);
    cases.map(|case| graph::lower(&case.flow, false).graph.node_count()).sum()
}

/// Names of the stages and what each takes on one thread.
pub fn stages(files: &[Generated]) -> Vec<(&'static str, Duration)> {
    let parsed = parse(files);
    let project = Project::new(parsed.clone(), Settings::default());
    let analysis = || tthc_compiler::analysis::analyse(&project.model);
    let findings = project.check();
    assert!(findings.is_empty(), "{}", findings[0].message.en);
    let json = target::find("json").unwrap();
    assert_eq!((json.build)(&project, &findings).len(), files.len() - 2);
    vec![
        (
            "  bytes to text (NFC, marks)",
            fastest(|| files.iter().for_each(|file| drop(black_box(Text::new(file.text.as_bytes()))))),
        ),
        ("  text to tree (with text)", fastest(|| parse(files))),
        ("  model", fastest(|| Project::new(parsed.clone(), Settings::default()))),
        ("  graph", fastest(|| graphs(&project))),
        ("  flow and time (with graph)", fastest(analysis)),
        ("  rules", fastest(|| project.check())),
        ("  JSON definitions", fastest(|| (json.build)(&project, &findings))),
    ]
}
