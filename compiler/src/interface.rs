//! What a file is to others: what it imports, declares and is numbered by; and from that, which files are needed
//! to judge one of them.
//!
//! A province has thousands of files, and most know nothing of each other. Whoever holds them all (an editor)
//! keeps their interfaces, and puts together a [`crate::project::Project`] of those that matter.

use crate::model::symbols::imported_paths;
use crate::project::ParsedFile;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
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
#[derive(Debug, Default, Clone)]
pub struct Index {
    /// Of files of their own each: those that change often stand apart from the many that do not.
    layers: Vec<Arc<Layer>>,
}

/// Some files of an index.
#[derive(Debug, Default)]
struct Layer {
    imports: BTreeMap<String, Vec<String>>,
    importers: BTreeMap<String, Vec<String>>,
    codes: BTreeMap<String, Vec<String>>,
    /// The codes of a file.
    coded: BTreeMap<String, Vec<String>>,
    names: BTreeMap<String, Vec<(Declared, String)>>,
}

/// One of the lists of a layer.
type Lists = fn(&Layer) -> &BTreeMap<String, Vec<String>>;

impl Layer {
    fn of<'a>(files: impl Iterator<Item = (&'a str, &'a Interface)>) -> Layer {
        let mut layer = Layer::default();
        for (path, interface) in files {
            for import in &interface.imports {
                layer.importers.entry(import.clone()).or_default().push(path.to_string());
            }
            for code in &interface.codes {
                layer.codes.entry(code.clone()).or_default().push(path.to_string());
            }
            for declared in &interface.declares {
                let name = canonical(&declared.name).into_owned();
                layer.names.entry(name).or_default().push((declared.clone(), path.to_string()));
            }
            layer.coded.insert(path.to_string(), interface.codes.clone());
            layer.imports.insert(path.to_string(), interface.imports.clone());
        }
        layer
    }
}

impl Index {
    /// The index of files, by path.
    pub fn of<'a>(files: impl Iterator<Item = (&'a str, &'a Interface)>) -> Index {
        Index::default().with(files)
    }

    /// With more files, which it does not know yet.
    pub fn with<'a>(&self, files: impl Iterator<Item = (&'a str, &'a Interface)>) -> Index {
        let layers = self.layers.iter().cloned().chain([Arc::new(Layer::of(files))]);
        Index { layers: layers.collect() }
    }

    /// What all layers know under a key.
    fn known<'i>(&'i self, map: Lists, key: &'i str) -> impl Iterator<Item = &'i String> {
        self.layers.iter().filter_map(move |layer| map(layer).get(key)).flatten()
    }

    /// The files that are needed to judge these: those that use them, those that bear the same code, and what all
    /// of them import; themselves included.
    pub fn needed(&self, paths: &[String]) -> BTreeSet<String> {
        let users = self.reach(paths.iter().cloned(), |layer| &layer.importers);
        self.imported(users.into_iter().chain(self.bearers(paths)))
    }

    /// The same without those that only use them: enough to know what stands in them, not what it is used for.
    pub fn rested_on(&self, paths: &[String]) -> BTreeSet<String> {
        self.imported(paths.iter().cloned().chain(self.bearers(paths)))
    }

    /// The files that bear a code which one of these bears.
    fn bearers(&self, paths: &[String]) -> Vec<String> {
        let codes = paths.iter().flat_map(|path| self.known(|layer| &layer.coded, path));
        codes.flat_map(|code| self.known(|layer| &layer.codes, code)).cloned().collect()
    }

    /// Files with all that they import in turn.
    fn imported(&self, files: impl Iterator<Item = String>) -> BTreeSet<String> {
        self.reach(files, |layer| &layer.imports)
    }

    /// The first file that declares something of this name at its top.
    pub fn declares(&self, name: &str) -> Option<&str> {
        let name = canonical(name);
        let found = self.layers.iter().filter_map(|layer| layer.names.get(name.as_ref())).flatten();
        found.map(|(_, path)| path.as_str()).min()
    }

    /// Everything that is declared at the top of files, with the file.
    pub fn declared(&self) -> impl Iterator<Item = (&Declared, &str)> {
        let found = self.layers.iter().flat_map(|layer| layer.names.values().flatten());
        found.map(|(declared, path)| (declared, path.as_str()))
    }

    /// Every path.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().flat_map(|layer| layer.imports.keys().map(String::as_str))
    }

    /// Everything to which the edges lead in turn.
    fn reach(&self, from: impl Iterator<Item = String>, edges: Lists) -> BTreeSet<String> {
        let mut waiting: Vec<String> = from.collect();
        let mut reached: BTreeSet<String> = waiting.iter().cloned().collect();
        while let Some(path) = waiting.pop() {
            for next in self.known(edges, &path) {
                if reached.insert(next.clone()) {
                    waiting.push(next.clone());
                }
            }
        }
        reached
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn index(files: &[(&str, &str)]) -> Index {
        let interfaces: Vec<(&str, Interface)> =
            files.iter().map(|(path, text)| (*path, Interface::of(&ParsedFile::new(*path, text.as_bytes())))).collect();
        let (closed, open) = interfaces.split_at(files.len() / 2);
        Index::of(closed.iter().map(|(path, interface)| (*path, interface)))
            .with(open.iter().map(|(path, interface)| (*path, interface)))
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
        let rested_on = |path: &str| index.rested_on(&[path.to_string()]).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(rested_on("một.tthc"), "ba.tthc chung.tthc một.tthc");
        assert_eq!(rested_on("chung.tthc"), "chung.tthc");
        assert_eq!(index.declares("A"), Some("chung.tthc"));
        assert!(index.declared().any(|(declared, path)| declared.name == "A" && path == "chung.tthc"));
    }
}
