//! Names that somebody types: found among those that there are, or else the nearest is suggested.

use crate::console::{Failure, failure};
use std::collections::BTreeSet;
use tthc_compiler::diagnostic::{Message, say};
use tthc_compiler::document::words::capital;
use tthc_compiler::import::{self, Format};
use tthc_compiler::target::{self, Target};
use tthc_grammar::names::fold;

/// More names are not suggested.
const MOST: usize = 3;

/// What the nearest names stand for, the nearest first; marks and capitals do not count.
pub fn nearest<'n, T: Ord + Clone>(written: &str, names: impl IntoIterator<Item = (&'n str, T)>) -> Vec<T> {
    // The end of a file's name says nothing of which it is.
    let plain = |name: &str| fold(name.to_lowercase().trim_end_matches(".tthc"));
    let written = plain(written);
    let letters = written.chars().count();
    let most = (letters / 3).min(2).max(letters / 4);
    let near = names.into_iter().map(|(name, of)| (strsim::damerau_levenshtein(&plain(name), &written), of));
    let near: BTreeSet<(usize, T)> = near.filter(|(distance, _)| *distance <= most).collect();
    let mut found: Vec<T> = Vec::new();
    for (_, of) in near {
        if !found.contains(&of) {
            found.push(of);
        }
    }
    found.truncate(MOST);
    found
}

/// `; có phải là 'a', 'b'?`, as the end of a sentence; nothing where nothing is near. Names, with what to type.
pub fn suggestion<'n>(written: &str, names: impl IntoIterator<Item = (&'n str, &'n str)>) -> Message {
    let near: Vec<String> = nearest(written, names).iter().map(|typed| format!("'{typed}'")).collect();
    match near.is_empty() {
        true => Message::default(),
        false => say(format!("; có phải là {}?", near.join(", ")), format!("; did you mean {}?", near.join(", "))),
    }
}

/// Something that is chosen by its name.
pub trait Named {
    /// As it is typed.
    fn name(&self) -> &'static str;
    /// One line of help, Vietnamese and English.
    fn about(&self) -> (&'static str, &'static str);
}

impl Named for Target {
    fn name(&self) -> &'static str {
        self.name
    }
    fn about(&self) -> (&'static str, &'static str) {
        self.about
    }
}

impl Named for Format {
    fn name(&self) -> &'static str {
        self.name
    }
    fn about(&self) -> (&'static str, &'static str) {
        self.about
    }
}

/// The target with this name.
pub fn target(name: &str) -> Result<&'static Target, Failure> {
    find(target::ALL, name, ("không có đích", "các đích hiện có"), "there is no target")
}

/// The format to import with this name.
pub fn format(name: &str) -> Result<&'static Format, Failure> {
    find(import::ALL, name, ("không nhập được dạng", "các dạng"), "there is no format")
}

/// The names of a list, for help.
pub fn list<T: Named>(all: &[&'static T]) -> String {
    all.iter().map(|one| one.name()).collect::<Vec<_>>().join(", ")
}

/// What has this name; otherwise the failure says what is near, and lists what there is.
fn find<T: Named>(all: &[&'static T], name: &str, vi: (&str, &str), en: &str) -> Result<&'static T, Failure> {
    if let Some(found) = all.iter().find(|one| one.name() == name) {
        return Ok(found);
    }
    let near = suggestion(name, all.iter().map(|one| (one.name(), one.name())));
    let list = |about: fn((&'static str, &'static str)) -> &'static str| {
        let one = |one: &&T| format!("{} ({})", one.name(), about(one.about()));
        all.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let sentence = |missing: &str, near: &str, there_are: &str, list: String| match near {
        "" => format!("{missing} '{name}'; {there_are}: {list}"),
        near => format!("{missing} '{name}'{near} {}: {list}", capital(there_are)),
    };
    Err(failure(
        sentence(vi.0, &near.vi, vi.1, list(|about| about.0)),
        sentence(en, &near.en, "there are", list(|about| about.1)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_suggested_and_nothing_else() {
        let names = ["json", "bpmn", "bpmn-engine", "cấp_phép_xây_dựng"];
        let near = |written| suggestion(written, names.map(|name| (name, name))).vi;
        assert_eq!(near("jsno"), "; có phải là 'json'?");
        assert_eq!(near("CAP_PHEP_XAY_DUNG"), "; có phải là 'cấp_phép_xây_dựng'?");
        assert_eq!(near("cấp_phép_xd"), "");
        assert_eq!((near("x"), near("")), (String::new(), String::new()));
        // The letters of an ending are in all files.
        let files = |written| suggestion(written, [("lớn.tthc", "lớn.tthc")]).vi;
        assert_eq!((files("none.tthc"), files("lon.tthc")), (String::new(), "; có phải là 'lớn.tthc'?".to_string()));
    }
}
