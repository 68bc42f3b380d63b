//! The tables of the reference say what the editor says: their last column is the meaning that both have from one place.

use crate::pages::{keep_current, read};
use crate::reference::PAGE;
use tthc_compiler::glossary;
use tthc_compiler::model::keys::BLOCKS;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::DeclarationKind as D;

/// What says what the table behind it is about.
enum Mark {
    /// `<!-- mục: Step -->`: keys of these blocks.
    Keys(Vec<D>),
    /// `<!-- giá trị: Step loại -->`: values of a key in a block.
    Values(D, Key),
    /// `<!-- từ khóa -->`: all other words; the whole table is written anew.
    Words,
}

fn kind(name: &str) -> D {
    *BLOCKS.iter().find(|kind| format!("{kind:?}") == name).unwrap_or_else(|| panic!("{name} is no block"))
}

fn mark(line: &str) -> Option<Mark> {
    let inside = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    if let Some(blocks) = inside.strip_prefix("mục: ") {
        return Some(Mark::Keys(blocks.split(", ").map(kind).collect()));
    }
    if let Some((block, key)) = inside.strip_prefix("giá trị: ").and_then(|rest| rest.split_once(' ')) {
        return Some(Mark::Values(kind(block), tthc_grammar::keywords::key(key).unwrap()));
    }
    (inside == "từ khóa").then_some(Mark::Words)
}

/// The row with the meaning in its last cell; a link to the chapter that says more stays.
fn row(row: &str, mark: &Mark) -> String {
    let Some(word) = row.strip_prefix("| `").and_then(|rest| rest.split('`').next()) else { return row.to_string() };
    let meaning = match mark {
        Mark::Keys(blocks) => {
            let key = tthc_grammar::keywords::key(word).unwrap();
            let mut meanings: Vec<String> = blocks.iter().map(|block| glossary::key(key, *block).vi).collect();
            meanings.dedup();
            assert_eq!(meanings.len(), 1, "one row says what {word} says in {blocks:?}: {meanings:?}");
            meanings.remove(0)
        }
        Mark::Values(block, key) => glossary::value(*key, *block, word).unwrap_or_else(|| panic!("{word}")).vi,
        Mark::Words => return row.to_string(),
    };
    let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
    let (last, before) = cells.split_last().unwrap();
    let link = last.find("[mục ").map(|at| {
        let end = last[at..].find(')').map_or(last.len(), |end| at + end + 1);
        format!(" Xem {}.", &last[at..end])
    });
    format!("|{}| {meaning}{} |", before.join("|"), link.unwrap_or_default())
}

fn words() -> Vec<String> {
    let mut rows = vec!["| từ khóa | nghĩa |".to_string(), "|---|---|".to_string()];
    for (group, entries) in glossary::GROUPS {
        rows.push(format!("| *{group}* | |"));
        rows.extend(entries.iter().map(|entry| format!("| `{}` | {} |", entry.phrase, entry.vi)));
    }
    rows
}

#[test]
fn the_tables_say_what_the_editor_says() {
    let mut page: Vec<String> = Vec::new();
    let mut about: Option<Mark> = None;
    let mut in_table = false;
    for line in read(PAGE).lines() {
        let is_row = line.starts_with('|');
        if in_table && !is_row {
            about = None;
        }
        if let Some(found) = mark(line) {
            about = Some(found);
        }
        match &about {
            Some(_) if !is_row => page.push(line.to_string()),
            Some(Mark::Words) if in_table => {}
            Some(Mark::Words) => page.extend(words()),
            Some(mark) if in_table => page.push(row(line, mark)),
            _ => page.push(line.to_string()),
        }
        in_table = is_row;
    }
    keep_current(PAGE, &(page.join("\n") + "\n"));
}
