//! What exists today → a first `.tthc`: every file of `tests/import` has its snapshot, and nothing of it is lost.
//! `INSTA_UPDATE=always cargo test --test import` rewrites them; read the difference before you keep it.
#![allow(clippy::unwrap_used)]

mod examples;

#[path = "import/broken.rs"]
mod broken;
#[path = "import/limits.rs"]
mod limits;
#[path = "import/round.rs"]
mod round;
#[path = "import/workbook.rs"]
mod workbook;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::import::{self, Imported};
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_grammar::format::format;
use tthc_grammar::text::Text;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

/// Imports what is in a file, whatever it is called.
fn imported(name: &str, bytes: &[u8]) -> Imported {
    let read = import::recognise(bytes).and_then(|format| import::import(format, name, bytes));
    read.unwrap_or_else(|why| panic!("{name}: {}", why.vi))
}

/// What is found in it, but for what it is called.
fn findings(text: &str) -> Vec<Diagnostic> {
    let file = ParsedFile::new("thủ_tục.tthc", text.as_bytes());
    assert_eq!(file.tree.problems, [], "{text}");
    let project = Project::new(vec![Arc::new(file)], Settings::default());
    project.check().into_iter().filter(|found| found.code != "T705").collect()
}

/// What is imported is laid out as the formatter would, and can be read.
fn assert_well_written(name: &str, imported: &Imported) {
    let text = Text::new(imported.text.as_bytes());
    let formatted = format(&text, &tthc_grammar::parse(&text));
    assert_eq!(formatted.as_deref(), Some(imported.text.as_str()), "{name}");
    assert_eq!(imported.text.matches("CẦN XEM LẠI").count(), imported.open, "{name}");
}

#[test]
fn files_are_imported_as_their_snapshots_say() {
    insta::glob!("import/*.{csv,xml,bpmn}", |path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let imported = imported(&name, &fs::read(path).unwrap());
        assert_well_written(&name, &imported);
        let found = findings(&imported.text);
        let found: Vec<String> =
            found.iter().map(|one| format!("// {} {}: {}\n", one.code, one.severity.word(), one.message.vi)).collect();
        let own: Vec<String> =
            imported.findings.iter().map(|one| format!("// {}: {}\n", one.code, one.message.vi)).collect();
        let out = format!("{}{}\n{}", own.concat(), found.concat(), imported.text);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        settings.bind(|| insta::assert_snapshot!(name.as_str(), out));
    });
}

/// Words as they can be found again: no punctuation, small letters.
fn words(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[test]
fn no_text_of_a_table_is_lost() {
    let mut cells = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "csv") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let written = words(&imported("bảng", &bytes).text);
        let text = String::from_utf8(bytes).unwrap();
        // The header goes into the language itself.
        let header =
            text.lines().position(|line| words(line).contains(" nội dung ") || line.contains("THOI HAN")).unwrap();
        for cell in text.lines().skip(header + 1).flat_map(|line| line.split([',', ';', '\t'])) {
            let cell = words(cell);
            if cell.trim().chars().any(char::is_alphabetic) && !cell.starts_with(" bước ") {
                assert!(written.contains(&cell), "{}: {cell} is lost", path.display());
                cells += 1;
            }
        }
    }
    assert!(cells > 60, "{cells}");
}

#[test]
fn no_text_of_a_drawing_is_lost() {
    let mut texts = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "bpmn") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let written = words(&imported("bản vẽ", &bytes).text.replace('_', " "));
        let text = String::from_utf8(bytes).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        for element in document.descendants().filter(|node| node.is_element()) {
            let tag = element.tag_name().name();
            // Where a link leads is an arrow.
            let name = element.attribute("name").filter(|_| !matches!(tag, "linkEventDefinition" | "property"));
            let own = element.text().filter(|text| !text.trim().is_empty() && tag != "flowNodeRef");
            let read = matches!(tag, "timeDuration" | "conditionExpression");
            for said in name.into_iter().chain(own.filter(|_| !read)) {
                assert!(written.contains(&words(said)), "{}: {tag} “{said}” is lost", path.display());
                texts += 1;
            }
        }
    }
    assert!(texts > 60, "{texts}");
}
