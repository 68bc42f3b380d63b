//! Names that two imports bring to a file, neither of which sees the other: which one is meant there cannot be known.

use super::issue::{Issue, IssueKind};
use super::symbols::{Space, Symbol};
use super::{Import, Reference};
use crate::library;
use crate::source::{FileId, Place};
use foldhash::{HashMap, HashSet};
use tthc_grammar::names::canonical;

/// A name of a kind, as it is compared.
type Key = (Space, String);

/// Says so at the second of the imports, once for the two, where the name is used; not where what a file imports has the
/// two already. Files that are linked may well have parts and forms of their own by one name.
pub(super) fn report(all: &[(Space, Symbol)], imports: &[Import], uses: &[Reference], issues: &mut Vec<Issue>) {
    let clashing = declared_in_several_files(all);
    if clashing.is_empty() {
        return;
    }
    let sees: HashMap<FileId, HashSet<FileId>> = imports.iter().fold(HashMap::default(), |mut sees, import| {
        sees.entry(import.place.file).or_insert_with(HashSet::default).extend(&import.brings);
        sees
    });
    let apart = |a: FileId, b: FileId| {
        let not_seen = |from: FileId, to: FileId| sees.get(&from).is_none_or(|seen| !seen.contains(&to));
        a != b && not_seen(a, b) && not_seen(b, a)
    };
    let used: HashSet<(FileId, Place)> =
        uses.iter().map(|reference| (reference.place.file, reference.declared)).collect();
    // By importing file and name: the declarations that came by earlier imports.
    let mut brought: HashMap<(FileId, &Key), Vec<(usize, Place)>> = HashMap::default();
    for (number, import) in imports.iter().enumerate() {
        let mut told = false;
        let mut files: Vec<FileId> = import.brings.iter().copied().filter(|file| *file != import.place.file).collect();
        files.sort();
        for (key, place) in files.iter().flat_map(|file| clashing.get(file).into_iter().flatten()) {
            let known = brought.entry((import.place.file, key)).or_default();
            let first = known.iter().find(|(earlier, first)| {
                let is_used = [first, place].iter().any(|of| used.contains(&(import.place.file, **of)));
                is_used
                    && *earlier != number
                    && apart(first.file, place.file)
                    && !import.brings.contains(&first.file)
                    && !imports[*earlier].brings.contains(&place.file)
            });
            if let Some((_, first)) = first.filter(|_| !told) {
                let kind = IssueKind::BroughtTwice { what: key.0.what(), first: *first, second: *place };
                issues.push(Issue::new(import.place, kind));
                told = true;
            }
            known.push((number, *place));
        }
    }
}

/// By file: its names that another file declares too, with their places.
fn declared_in_several_files(all: &[(Space, Symbol)]) -> HashMap<FileId, Vec<(Key, Place)>> {
    let mut files: HashMap<Key, Vec<Place>> = HashMap::default();
    for (space, symbol) in all.iter().filter(|(_, symbol)| !library::is_library(symbol.file)) {
        let Some(name) = &symbol.declaration.name else { continue };
        let place = Place { file: symbol.file, span: name.span };
        files.entry((*space, canonical(&name.text).into_owned())).or_default().push(place);
    }
    let mut clashing: HashMap<FileId, Vec<(Key, Place)>> = HashMap::default();
    for (key, places) in files {
        if places.iter().any(|place| place.file != places[0].file) {
            for place in places {
                clashing.entry(place.file).or_default().push((key.clone(), place));
            }
        }
    }
    clashing.values_mut().for_each(|names| names.sort_by_key(|(_, place)| *place));
    clashing
}
