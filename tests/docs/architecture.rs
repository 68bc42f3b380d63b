//! What docs/ARCHITECTURE.md says of the layers is so.

use std::fs;
use std::path::{Path, PathBuf};

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// What may not be named in the sources of a layer, tests aside.
const LAYERS: [(&str, &[&str]); 3] = [
    (
        "grammar/src",
        &["tthc_compiler", "tthc_lsp", "tower_lsp", "std::fs", "std::env", "std::time", "std::io", "println!("],
    ),
    ("compiler/src", &["tthc_lsp", "tower_lsp", "miette", "std::fs", "std::env", "std::time", "std::io", "println!("]),
    ("cli", &["tower_lsp"]),
];

#[test]
fn the_layers_hold() {
    let mut wrong = Vec::new();
    for (layer, forbidden) in LAYERS {
        let mut files = Vec::new();
        rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(layer), &mut files);
        assert!(!files.is_empty(), "{layer} has moved");
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            // What is written into memory goes nowhere, and what is read from it has been read.
            let memory = [
                "use std::io::{Cursor, Write};",
                "use std::io::{Cursor, Read};",
                "use std::io::{Cursor, Read, Write};",
            ];
            let text = memory.iter().fold(text, |text, line| text.replace(line, ""));
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let named = forbidden.iter().filter(|word| code.contains(*word));
            wrong.extend(named.map(|word| format!("{}: {word}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The tests that the page names are there.
#[test]
fn invariants_are_kept_by_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = crate::pages::read("docs/ARCHITECTURE.md");
    let mut files = Vec::new();
    for folder in ["grammar", "compiler", "lsp", "cli", "tests"] {
        rust_files(&root.join(folder), &mut files);
    }
    let sources: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let is_test_name =
        |word: &&str| word.matches('_').count() >= 2 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let named: Vec<&str> = page.split('`').skip(1).step_by(2).filter(is_test_name).collect();
    assert!(named.len() > 5, "the page names its tests");
    let missing: Vec<&&str> = named.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "docs/ARCHITECTURE.md names tests that are not there: {missing:?}");
}
