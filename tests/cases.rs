//! Every `tests/cases/**/*.tthc` is checked; what is found stands in the snapshot beside it.
//!
//! A case may hold several files, each behind a line `//// file: path`. To add one, write the file and run
//! `cargo insta test --accept` or `INSTA_UPDATE=always cargo test --test cases`, then read the snapshot.

use std::fmt::Write;
use std::sync::Arc;
use tthc_compiler::diagnostic::{Diagnostic, Language};
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::source::Place;

/// A case's files; the first is named after the case.
fn files(name: &str, text: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(name.to_string(), Vec::new())];
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"//// file: ") {
            Some(path) => files.push((String::from_utf8_lossy(path).trim().to_string(), Vec::new())),
            None => files.last_mut().expect("there is a first file").1.extend_from_slice(line),
        }
    }
    files.retain(|(path, bytes)| path != name || !bytes.trim_ascii().is_empty() || text.is_empty());
    files
}

fn place(project: &Project, place: Place) -> String {
    let source = project.source(place.file);
    let (start, end) = (source.position(place.span.start), source.position(place.span.end));
    let words: String =
        source.words(place.span).split_whitespace().collect::<Vec<_>>().join(" ").chars().take(50).collect();
    format!("{}:{}:{}-{}:{} «{words}»", source.path, start.line, start.column, end.line, end.column)
}

fn describe(project: &Project, found: &Diagnostic, language: Language, out: &mut String) {
    let say = |message: &tthc_compiler::diagnostic::Message| message.in_language(language).to_string();
    writeln!(out, "{} {}: {}", found.code, found.severity.word(), say(&found.message)).expect("a String takes all");
    writeln!(out, "  at {}", place(project, found.place)).expect("a String takes all");
    for (at, message) in &found.labels {
        writeln!(out, "  see {}: {}", place(project, *at), say(message)).expect("a String takes all");
    }
    if !found.witness.is_empty() {
        writeln!(out, "  path {}", found.witness.join(" → ")).expect("a String takes all");
    }
    if let Some(help) = &found.help {
        writeln!(out, "  help {}", say(help)).expect("a String takes all");
    }
    for fix in &found.fixes {
        let safe = if fix.safe { "fix" } else { "choice" };
        writeln!(out, "  {safe} {}", say(&fix.title)).expect("a String takes all");
    }
}

#[test]
fn cases_find_what_their_snapshots_say() {
    insta::glob!("cases/**/*.tthc", |path| {
        let bytes = std::fs::read(path).expect("the case can be read");
        let name = path.file_name().and_then(|name| name.to_str()).expect("the case has a name");
        let parsed = files(name, &bytes).into_iter().map(|(path, bytes)| Arc::new(ParsedFile::new(path, &bytes)));
        let project = Project::new(parsed.collect(), Settings::default());
        // A case is named after what it shows, not after its procedure.
        let found: Vec<Diagnostic> =
            project.check_with_fixes().into_iter().filter(|found| found.code != "T705").collect();
        let mut out = String::new();
        for (title, language) in [("tiếng Việt", Language::Vi), ("English", Language::En)] {
            writeln!(out, "# {title}: {} findings", found.len()).expect("a String takes all");
            found.iter().for_each(|found| describe(&project, found, language, &mut out));
        }
        let folder = path.parent().expect("the case has a folder");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        settings.bind(|| insta::assert_snapshot!(name.trim_end_matches(".tthc"), out));
    });
}
