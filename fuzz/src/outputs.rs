//! Whatever is written of any project can be read by those for whom it is meant, and stays where it belongs.

use super::project::project;
use std::io::{Cursor, Read};
use tthc_compiler::compare::{self, Version};
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::diagram::{self, Picture};
use tthc_compiler::document;
use tthc_compiler::model::procedure::ProcedureId;
use tthc_compiler::project::Project;
use tthc_compiler::target::{self, Output};
use zip::ZipArchive;

/// Panics where something that is written is broken.
pub fn holds(bytes: &[u8]) {
    let project = project(bytes);
    let findings = project.check();
    target::ALL.iter().flat_map(|target| (target.build)(&project, &findings)).for_each(|output| written(&output));
    let pictures: Vec<Picture> = (0..project.model.procedures.len())
        .flat_map(|procedure| diagram::pictures(&project, ProcedureId(procedure)))
        .collect();
    well_formed("a picture", &diagram::svg::render(&pictures));
    diagram::dot::render(&pictures);
    diagram::mermaid::render(&pictures);
    documents(&project, &findings);
}

fn written(output: &Output) {
    let path = &output.path;
    let strays = path.starts_with('/') || path.split('/').any(|part| matches!(part, "" | "." | ".."));
    assert!(!strays && !path.contains(['\\', '\0', '\n']), "{path:?} leads away");
    match path.rsplit('.').next() {
        Some("json") => {
            let read = serde_json::from_slice::<serde_json::Value>(&output.bytes);
            assert!(read.is_ok(), "{path}: {read:?}");
        }
        Some("bpmn" | "xml") => well_formed(path, &String::from_utf8_lossy(&output.bytes)),
        Some("zip") => unpacked(path, &output.bytes),
        _ => panic!("nobody knows how to read {path}"),
    }
}

fn unpacked(path: &str, bytes: &[u8]) {
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{path}: {error}"));
    for number in 0..package.len() {
        let mut part = package.by_index(number).unwrap_or_else(|error| panic!("{path}: {error}"));
        let name = part.name().unwrap_or_else(|error| panic!("{path}: {error}")).to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap_or_else(|error| panic!("{path}: {name}: {error}"));
        if name.ends_with(".xml") {
            well_formed(&name, &text);
        }
    }
}

fn well_formed(what: &str, xml: &str) {
    if let Err(error) = roxmltree::Document::parse(xml) {
        panic!("{what}: {error}\n{xml}");
    }
}

/// What cannot be approved can be written down all the same, and is no different from itself.
fn documents(project: &Project, findings: &[Diagnostic]) {
    let versions = Version::all(project, findings, |_| true);
    for version in &versions {
        let document = document::document(project, "t".to_string(), version.procedure);
        assert!(document::html::render(std::slice::from_ref(&document)).ends_with("</html>\n"));
        assert!(document::docx::render(&[document]).is_some(), "no DOCX");
    }
    let pairs: Vec<_> = versions.iter().map(|version| (Some(version), Some(version))).collect();
    assert_eq!(compare::compare(&pairs).same, versions.len(), "a procedure differs from itself");
}
