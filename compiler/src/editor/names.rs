//! Which name stands for what, and where else.

use super::outline::{self, Item};
use crate::model::{Model, Reference};
use crate::project::Project;
use crate::source::{FileId, Place};
use std::collections::BTreeSet;

/// Every name that stands for something declared, each once, found from either side.
#[derive(Debug, Default)]
pub struct Names {
    by_place: Vec<Reference>,
    by_declared: Vec<Reference>,
}

/// A name under the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Where it stands.
    pub place: Place,
    /// Where the name is declared. Several in a shared part whose bare roles belong to whoever inserts it.
    pub declared: Vec<Place>,
}

impl Names {
    pub(crate) fn of(model: &Model) -> Names {
        let mut by_place = model.references.clone();
        by_place.sort_unstable();
        by_place.dedup();
        let mut by_declared = by_place.clone();
        by_declared.sort_unstable_by_key(|reference| (reference.declared, reference.place));
        Names { by_place, by_declared }
    }

    /// How many uses there are.
    pub fn count(&self) -> usize {
        self.by_place.len()
    }

    /// What is used in a file.
    pub fn in_file(&self, file: FileId) -> &[Reference] {
        let from = self.by_place.partition_point(|reference| reference.place.file < file);
        let to = self.by_place.partition_point(|reference| reference.place.file <= file);
        &self.by_place[from..to]
    }

    /// Where the names are declared for which the one at this place stands.
    pub fn declared_by(&self, place: Place) -> impl Iterator<Item = Place> + '_ {
        let from = self.by_place.partition_point(|reference| reference.place < place);
        self.by_place[from..].iter().take_while(move |reference| reference.place == place).map(|found| found.declared)
    }

    /// Where a declared name is used.
    pub fn uses(&self, declared: Place) -> impl Iterator<Item = Place> + '_ {
        let from = self.by_declared.partition_point(|reference| reference.declared < declared);
        self.by_declared[from..]
            .iter()
            .take_while(move |reference| reference.declared == declared)
            .map(|found| found.place)
    }

    /// All places that must change together with this one: uses, declarations, and what else those uses stand for.
    pub fn together(&self, place: Place) -> BTreeSet<Place> {
        let mut found = BTreeSet::from([place]);
        let mut waiting = vec![place];
        while let Some(at) = waiting.pop() {
            for next in self.uses(at).chain(self.declared_by(at)) {
                if found.insert(next) {
                    waiting.push(next);
                }
            }
        }
        found
    }
}

/// The name at an offset; the cursor may also stand right behind it.
pub fn symbol(project: &Project, file: FileId, offset: u32) -> Option<Symbol> {
    let touches = |span: tthc_grammar::tree::Span| span.start <= offset && offset <= span.end;
    let used = project.names().in_file(file).iter().filter(|reference| touches(reference.place.span));
    // Of `2.1` in `II.2.1` the shortest is meant.
    let used = used.min_by_key(|reference| reference.place.span.end - reference.place.span.start);
    if let Some(reference) = used {
        let place = reference.place;
        return Some(Symbol { place, declared: project.names().declared_by(place).collect() });
    }
    let items = outline::outline(&project.file(file).tree);
    let item = outline::flat(&items).into_iter().find(|item| touches(item.name_span))?;
    let place = Place { file, span: item.name_span };
    Some(Symbol { place, declared: vec![place] })
}

/// The declaration whose name stands at a place.
pub fn item(project: &Project, declared: Place) -> Option<Item> {
    let items = outline::outline(&project.any_file(declared.file).tree);
    outline::flat(&items).into_iter().find(|item| item.name_span == declared.span).cloned()
}
