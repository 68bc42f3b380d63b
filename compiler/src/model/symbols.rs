//! What the files declare at their top, what they import, and what is therefore in sight.

use super::Import;
use super::issue::{Issue, IssueKind, What};
use crate::library;
use crate::project::ParsedFile;
use crate::source::{FileId, Place};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::collections::BTreeMap;
use tthc_grammar::names::canonical;
use tthc_grammar::tree::{Declaration, DeclarationKind, Head, Span, Statement, Text};

/// What can be declared at the top of a file; each kind has names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Space {
    Agency,
    Form,
    Calendar,
    Procedure,
    Process,
    Part,
}

impl Space {
    fn of(kind: DeclarationKind) -> Option<Space> {
        Some(match kind {
            DeclarationKind::Agency => Space::Agency,
            DeclarationKind::Form => Space::Form,
            DeclarationKind::Calendar => Space::Calendar,
            DeclarationKind::Procedure => Space::Procedure,
            DeclarationKind::SharedProcess => Space::Process,
            DeclarationKind::Part => Space::Part,
            _ => return None,
        })
    }

    pub(crate) fn what(self) -> What {
        match self {
            Space::Agency => What::Agency,
            Space::Form => What::Form,
            Space::Calendar => What::Calendar,
            Space::Procedure => What::Procedure,
            Space::Process => What::Process,
            Space::Part => What::Part,
        }
    }
}

/// A declaration at the top of a file.
#[derive(Clone, Copy)]
pub(crate) struct Symbol<'t> {
    pub(crate) file: FileId,
    pub(crate) declaration: &'t Declaration,
}

/// All declarations, imports and what is in sight.
pub(crate) struct Symbols<'t> {
    /// By file, kind and canonical name; several where a name is declared twice.
    names: HashMap<(FileId, Space, String), Vec<Symbol<'t>>>,
    /// In the order of files.
    pub(crate) all: Vec<(Space, Symbol<'t>)>,
    /// Files in sight of a file: itself, what it imports in turn, the standard library.
    sight: HashMap<FileId, Vec<FileId>>,
    pub(crate) imports: Vec<Import>,
    /// Files that import something that cannot be had.
    torn: HashSet<FileId>,
    /// Files with a declaration of this kind that lacks its name.
    nameless: HashSet<(FileId, Space)>,
}

impl<'t> Symbols<'t> {
    pub(crate) fn collect(files: &[(FileId, &'t ParsedFile)], issues: &mut Vec<Issue>) -> Symbols<'t> {
        let mut symbols = Symbols {
            names: HashMap::new(),
            all: Vec::new(),
            sight: HashMap::new(),
            imports: Vec::new(),
            torn: HashSet::new(),
            nameless: HashSet::new(),
        };
        for (id, file) in files {
            symbols.declare(*id, file);
        }
        symbols.import(files, issues);
        symbols.duplicates(issues);
        symbols
    }

    fn declare(&mut self, file: FileId, parsed: &'t ParsedFile) {
        for statement in &parsed.tree.items {
            let Statement::Declaration(declaration) = statement else { continue };
            let Some(space) = Space::of(declaration.kind) else { continue };
            let symbol = Symbol { file, declaration };
            self.all.push((space, symbol));
            match &declaration.name {
                Some(name) => {
                    let key = (file, space, canonical(&name.text).into_owned());
                    self.names.entry(key).or_default().push(symbol);
                }
                None => drop(self.nameless.insert((file, space))),
            }
        }
    }

    /// Every declaration of this name in sight of a file, nearest first.
    pub(crate) fn find(&self, from: FileId, space: Space, name: &str) -> Vec<Symbol<'t>> {
        let name = canonical(name).into_owned();
        let mut key = (from, space, name);
        let mut found = Vec::new();
        for file in self.in_sight(from) {
            key.0 = *file;
            found.extend(self.names.get(&key).into_iter().flatten().copied());
        }
        found
    }

    /// Files in sight of a file, itself first.
    pub(crate) fn in_sight(&self, file: FileId) -> &[FileId] {
        self.sight.get(&file).map_or(&[], Vec::as_slice)
    }

    /// Whether a name that is not found may be one that an import would bring or a declaration has lost.
    pub(crate) fn may_lack(&self, from: FileId, what: What) -> bool {
        let space = match what {
            What::Agency | What::Performer => Space::Agency,
            What::Form => Space::Form,
            What::Calendar => Space::Calendar,
            What::Procedure => Space::Procedure,
            What::Process => Space::Process,
            // Steps may be those of a part.
            What::Part | What::Step | What::FieldOrStep => Space::Part,
            _ => return false,
        };
        let lacks = |file: &FileId| self.torn.contains(file) || self.nameless.contains(&(*file, space));
        self.in_sight(from).iter().any(lacks)
    }

    /// Names of one kind in sight.
    pub(crate) fn names(&self, from: FileId, space: Space) -> Vec<&'t str> {
        let sight: HashSet<&FileId> = self.in_sight(from).iter().collect();
        let here = self.all.iter().filter(|(of, symbol)| *of == space && sight.contains(&symbol.file));
        here.filter_map(|(_, symbol)| symbol.declaration.name.as_ref()).map(|name| name.text.as_str()).collect()
    }

    fn import(&mut self, files: &[(FileId, &'t ParsedFile)], issues: &mut Vec<Issue>) {
        let by_path: BTreeMap<&str, FileId> = files.iter().map(|(id, file)| (file.source.path.as_str(), *id)).collect();
        let mut edges: BTreeMap<FileId, Vec<(FileId, Span)>> = BTreeMap::new();
        let mut written: Vec<(FileId, Span, &'t Text, FileId)> = Vec::new();
        for (id, file) in files {
            // A path that stands where it cannot be read.
            if file.tree.problems.iter().any(|problem| file.source.words(problem.span).contains(".tthc")) {
                self.torn.insert(*id);
            }
            for (statement, text) in imports_of(file) {
                match find_import(&file.source.path, &text.value, &by_path) {
                    Ok(target) => {
                        edges.entry(*id).or_default().push((target, text.span));
                        written.push((*id, statement, text, target));
                    }
                    Err(kind) => {
                        self.torn.insert(*id);
                        issues.push(Issue::new(Place { file: *id, span: text.span }, kind));
                    }
                }
            }
        }
        let library: Vec<FileId> = library::files().map(|(id, _)| id).collect();
        for (id, _) in files {
            let mut sight = reach(*id, &edges);
            sight.extend(library.iter().filter(|file| *file != id));
            self.sight.insert(*id, sight);
        }
        let content: HashMap<FileId, bool> = files.iter().map(|(id, file)| (*id, has_content(file))).collect();
        for (id, statement, text, target) in written {
            self.imports.push(Import {
                place: Place { file: id, span: text.span },
                statement,
                path: text.value.clone(),
                file: target,
                brings: reach(target, &edges).into_iter().collect(),
                in_file_with_content: content.get(&id).copied().unwrap_or(true),
            });
        }
        report_circles(&edges, files, issues);
    }

    /// Two declarations of one name in sight of each other.
    fn duplicates(&self, issues: &mut Vec<Issue>) {
        for (space, symbol) in &self.all {
            let Some(name) = &symbol.declaration.name else { continue };
            let here = Place { file: symbol.file, span: name.span };
            let others = self.find(symbol.file, *space, &name.text);
            let first = others.iter().filter_map(|other| {
                let name = other.declaration.name.as_ref()?;
                let place = Place { file: other.file, span: name.span };
                let earlier = other.file != symbol.file || place < here;
                (earlier && place != here).then_some(place)
            });
            // Statutory forms stand once for each regime, under one name.
            let both_library = |place: &Place| library::is_library(place.file) && library::is_library(here.file);
            if let Some(first) = first.filter(|place| !both_library(place)).min() {
                let kind = IssueKind::Duplicate { what: space.what(), name: name.text.clone(), first };
                issues.push(Issue::new(here, kind));
            }
        }
    }
}

fn imports_of(file: &ParsedFile) -> impl Iterator<Item = (Span, &Text)> {
    file.tree.items.iter().flat_map(|statement| match statement {
        Statement::Declaration(Declaration { head: Head::Import(paths), span, .. }) => {
            paths.iter().map(|path| (*span, path)).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    })
}

fn has_content(file: &ParsedFile) -> bool {
    file.tree.items.iter().any(|statement| match statement {
        Statement::Declaration(declaration) => declaration.kind != DeclarationKind::Import,
        _ => true,
    })
}

/// The paths that a file imports, relative to the project's root; none for those outside of it.
pub fn imported_paths(file: &ParsedFile) -> Vec<String> {
    imports_of(file).filter_map(|(_, text)| imported_path(&file.source.path, &text.value)).collect()
}

/// `written` as seen from the folder of `importer`; none where it leaves the root.
pub(crate) fn imported_path(importer: &str, written: &str) -> Option<String> {
    if written.starts_with(['/', '\\']) || written.contains('\\') || written.contains(':') {
        return None;
    }
    let mut segments: Vec<&str> = importer.split('/').collect();
    segments.pop();
    for segment in written.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

fn find_import(importer: &str, written: &str, by_path: &BTreeMap<&str, FileId>) -> Result<FileId, IssueKind> {
    let path = imported_path(importer, written).ok_or(IssueKind::ImportOutside)?;
    if let Some(id) = by_path.get(path.as_str()) {
        return Ok(*id);
    }
    let near = near(&path, by_path.keys().copied()).filter(|known| *known != importer);
    let suggestions = near.map(|known| relative(importer, known)).collect();
    Err(IssueKind::ImportMissing { suggestions })
}

/// The name of the file at a path.
fn file_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".tthc").unwrap_or(name)
}

/// The few files whose paths are most like one that there is not.
pub(crate) fn near<'p>(path: &str, known: impl Iterator<Item = &'p str>) -> impl Iterator<Item = &'p str> {
    let mut near: Vec<(usize, &str)> = known
        .filter(|known| !known.starts_with(library::FOLDER))
        .map(|known| (strsim::levenshtein(known, path), known))
        // People count from another folder, and leave out the end of the name.
        .filter(|(distance, known)| *distance <= 2 + known.len() / 8 || file_name(known) == file_name(path))
        .collect();
    near.sort();
    near.into_iter().take(3).map(|(_, known)| known)
}

/// How an import of `target` is written in `importer`; both relative to the project's root.
pub(crate) fn relative(importer: &str, target: &str) -> String {
    let from: Vec<&str> = importer.split('/').collect();
    let to: Vec<&str> = target.split('/').collect();
    let folders = &from[..from.len() - 1];
    let common = folders.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut segments = vec![".."; folders.len() - common];
    segments.extend(&to[common..]);
    segments.join("/")
}

/// A file and all it imports in turn, nearest first.
fn reach(from: FileId, edges: &BTreeMap<FileId, Vec<(FileId, Span)>>) -> Vec<FileId> {
    let mut order = vec![from];
    let mut seen: HashSet<FileId> = order.iter().copied().collect();
    let mut next = 0;
    while next < order.len() {
        for (target, _) in edges.get(&order[next]).into_iter().flatten() {
            if seen.insert(*target) {
                order.push(*target);
            }
        }
        next += 1;
    }
    order
}

/// Each circle of imports once, at its first file.
fn report_circles(
    edges: &BTreeMap<FileId, Vec<(FileId, Span)>>,
    files: &[(FileId, &ParsedFile)],
    issues: &mut Vec<Issue>,
) {
    let path =
        |id: FileId| files.iter().find(|(of, _)| *of == id).map_or(String::new(), |(_, file)| file.source.path.clone());
    let mut in_circle: HashSet<FileId> = HashSet::new();
    for (start, targets) in edges {
        for (target, span) in targets {
            if in_circle.contains(start) {
                break;
            }
            let Some(way) = way_back(*target, *start, edges) else { continue };
            in_circle.extend(&way);
            let mut names: Vec<String> = std::iter::once(*start).chain(way).map(path).collect();
            names.dedup();
            if names.len() == 1 {
                names.push(names[0].clone());
            }
            issues.push(Issue::new(Place { file: *start, span: *span }, IssueKind::ImportCircle(names)));
        }
    }
}

/// A shortest way from one file to another along imports.
fn way_back(from: FileId, to: FileId, edges: &BTreeMap<FileId, Vec<(FileId, Span)>>) -> Option<Vec<FileId>> {
    let mut parents: HashMap<FileId, FileId> = HashMap::new();
    let mut queue = std::collections::VecDeque::from([from]);
    let mut seen = HashSet::from_iter([from]);
    while let Some(file) = queue.pop_front() {
        if file == to {
            let mut way: Vec<FileId> = std::iter::successors(Some(to), |file| parents.get(file).copied()).collect();
            way.reverse();
            return Some(way);
        }
        for (next, _) in edges.get(&file).into_iter().flatten() {
            if seen.insert(*next) {
                parents.insert(*next, file);
                queue.push_back(*next);
            }
        }
    }
    None
}
