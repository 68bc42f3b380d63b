//! What a file is to others: what it imports, declares and is numbered by; and from that, which files are needed
//! to judge one of them.
//!
//! A province has thousands of files, and most know nothing of each other. Whoever holds them all (an editor)
//! keeps their interfaces, and puts together a [`crate::project::Project`] of those that matter.

use crate::model::symbols::imported_paths;
use crate::project::ParsedFile;
use std::collections::{BTreeMap, BTreeSet};
use tthc_grammar::keywords::Key;
use tthc_grammar::names::canonical;
use tthc_grammar::tree::{Attribute, DeclarationKind, Statement, Value};

/// What a file is to others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interface {
    /// Paths of the files that it imports, as far as they lie in the project.
    pub imports: Vec<String>,
    /// What it declares at its top.
    pub declares: Vec<Declared>,
    /// `mã` of its procedures, without blanks.
    pub codes: Vec<String>,
}

/// Something declared at the top of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// What.
    pub kind: DeclarationKind,
    /// Its name as written.
    pub name: String,
    /// What it is called.
    pub label: Option<String>,
}

impl Interface {
    /// The interface of a file.
    pub fn of(file: &ParsedFile) -> Interface {
        let mut interface = Interface { imports: imported_paths(file), ..Interface::default() };
        for statement in &file.tree.items {
            let Statement::Declaration(declaration) = statement else { continue };
            let Some(name) = &declaration.name else { continue };
            interface.declares.push(Declared {
                kind: declaration.kind,
                name: name.text.clone(),
                label: declaration.label.as_ref().map(|label| label.value.clone()),
            });
            if declaration.kind == DeclarationKind::Procedure {
                let statements = declaration.block.iter().flat_map(|block| &block.statements);
                interface.codes.extend(statements.filter_map(code));
            }
        }
        interface
    }
}

fn code(statement: &Statement) -> Option<String> {
    let Statement::Attribute(Attribute { key: Some(Key::Code), values, .. }) = statement else { return None };
    values.iter().find_map(|value| match value {
        Value::Text(text) => Some(text.value.chars().filter(|c| !c.is_whitespace()).collect()),
        _ => None,
    })
}

/// Who needs whom, over all files of a project.
#[derive(Debug, Default)]
pub struct Index {
    imports: BTreeMap<String, Vec<String>>,
    importers: BTreeMap<String, Vec<String>>,
    codes: BTreeMap<String, Vec<String>>,
    names: BTreeMap<String, Vec<(Declared, String)>>,
}

impl Index {
    /// The index of files, by path.
    pub fn of<'a>(files: impl Iterator<Item = (&'a str, &'a Interface)>) -> Index {
        let mut index = Index::default();
        for (path, interface) in files {
            for import in &interface.imports {
                index.importers.entry(import.clone()).or_default().push(path.to_string());
            }
            for code in &interface.codes {
                index.codes.entry(code.clone()).or_default().push(path.to_string());
            }
            for declared in &interface.declares {
                let name = canonical(&declared.name).into_owned();
                index.names.entry(name).or_default().push((declared.clone(), path.to_string()));
            }
            index.imports.insert(path.to_string(), interface.imports.clone());
        }
        index
    }

    /// The files that are needed to judge these: those that use them, those that bear the same code, and what all
    /// of them import; themselves included.
    pub fn needed(&self, paths: &[String]) -> BTreeSet<String> {
        let mut users = reach(paths.iter().cloned(), &self.importers);
        for files in self.codes.values().filter(|files| files.len() > 1) {
            if files.iter().any(|file| paths.contains(file)) {
                users.extend(files.iter().cloned());
            }
        }
        reach(users.into_iter(), &self.imports)
    }

    /// The first file that declares something of this name at its top.
    pub fn declares(&self, name: &str) -> Option<&str> {
        let found = self.names.get(canonical(name).as_ref())?;
        found.iter().map(|(_, path)| path.as_str()).min()
    }

    /// Everything that is declared at the top of files, with the file.
    pub fn declared(&self) -> impl Iterator<Item = (&Declared, &str)> {
        self.names.values().flatten().map(|(declared, path)| (declared, path.as_str()))
    }

    /// Every path.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.imports.keys().map(String::as_str)
    }
}

/// Everything to which the edges lead in turn.
fn reach(from: impl Iterator<Item = String>, edges: &BTreeMap<String, Vec<String>>) -> BTreeSet<String> {
    let mut waiting: Vec<String> = from.collect();
    let mut reached: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(path) = waiting.pop() {
        for next in edges.get(&path).into_iter().flatten() {
            if reached.insert(next.clone()) {
                waiting.push(next.clone());
            }
        }
    }
    reached
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn index(files: &[(&str, &str)]) -> Index {
        let interfaces: Vec<(&str, Interface)> =
            files.iter().map(|(path, text)| (*path, Interface::of(&ParsedFile::new(*path, text.as_bytes())))).collect();
        Index::of(interfaces.iter().map(|(path, interface)| (*path, interface)))
    }

    #[test]
    fn only_users_imports_and_bearers_of_the_same_code_are_needed() {
        let index = index(&[
            ("chung.tthc", "cơ quan A {}\n"),
            ("một.tthc", "dùng \"chung.tthc\"\nthủ tục một { mã: \"1.0 01\" }\n"),
            ("hai.tthc", "dùng \"chung.tthc\"\nthủ tục hai { mã: \"1.002\" }\n"),
            ("ba.tthc", "thủ tục ba { mã: \"1.001\" }\n"),
        ]);
        let needed = |path: &str| index.needed(&[path.to_string()]).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(needed("hai.tthc"), "chung.tthc hai.tthc");
        assert_eq!(needed("một.tthc"), "ba.tthc chung.tthc một.tthc");
        assert_eq!(needed("chung.tthc"), "chung.tthc hai.tthc một.tthc");
        assert_eq!(index.declares("A"), Some("chung.tthc"));
        assert!(index.declared().any(|(declared, path)| declared.name == "A" && path == "chung.tthc"));
    }
}
