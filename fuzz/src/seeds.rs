//! What the fuzzers begin with, made of the files that the repository has anyway, and the words that they know.

use super::import::{BETWEEN, FORMATS};
use super::session::QUESTIONS;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tthc_compiler::rules;
use tthc_grammar::keywords::{AGENCY_KINDS, END_STATES, Key, RESERVED, STATUSES, STEP_KINDS, ValueKind, WORDS};

/// The parts of a small workbook.
const WORKBOOK: [(&str, &str); 4] = [
    (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"B\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
    ("xl/sharedStrings.xml", "<sst><si><t>Nội dung</t></si><si><t>Thời gian</t></si></sst>"),
    (
        "xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
         <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Thẩm định</t></is></c><c r=\"B2\"><v>0.5</v></c></row>\
         </sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells></worksheet>",
    ),
];

/// The seeds of a fuzzer; `root` is the repository.
pub fn of(fuzzer: &str, root: &Path) -> io::Result<Vec<Vec<u8>>> {
    match fuzzer {
        "import" => foreign(root),
        "session" => Ok(conversations()),
        _ => texts(root),
    }
}

/// Every `.tthc` there is, and what the pages of the rules show.
fn texts(root: &Path) -> io::Result<Vec<Vec<u8>>> {
    let mut paths = Vec::new();
    for folder in ["examples", "tests/cases", "tests/docs", "grammar/tests"] {
        below(&root.join(folder), "tthc", &mut paths)?;
    }
    let files = paths.iter().map(fs::read);
    let shown = rules::ALL.iter().flat_map(|rule| ["found", "mended", "near miss"].map(|part| rule.examples(part)));
    files.chain(shown.flatten().map(|block| Ok(block.as_bytes().to_vec()))).collect()
}

fn below(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            below(&path, ending, found)?;
        } else if path.extension().is_some_and(|end| end == ending) {
            found.push(path);
        }
    }
    Ok(())
}

/// Tables, drawings and workflows, each behind the byte of its format.
fn foreign(root: &Path) -> io::Result<Vec<Vec<u8>>> {
    let mut seeds = Vec::new();
    for (ending, format) in [("csv", "csv"), ("bpmn", "bpmn"), ("xml", "epar")] {
        let mut paths = Vec::new();
        below(&root.join("tests/import"), ending, &mut paths)?;
        for path in paths {
            let bytes = fs::read(path)?;
            seeds.extend([marked(format, &bytes), marked("recognised", &bytes)]);
        }
    }
    let drawings = rules::ALL.iter().flat_map(|rule| rule.examples("found")).filter(|block| block.starts_with('<'));
    seeds.extend(drawings.map(|drawing| marked("bpmn", drawing.as_bytes())));
    let parts: Vec<&[u8]> = WORKBOOK.iter().flat_map(|(name, part)| [name.as_bytes(), part.as_bytes()]).collect();
    let parts = parts.join(&BETWEEN);
    seeds.extend([marked("xlsx", &super::import::package(&parts)), marked("parts", &parts)]);
    Ok(seeds)
}

fn marked(format: &str, bytes: &[u8]) -> Vec<u8> {
    let number = FORMATS.iter().position(|known| *known == format).unwrap_or_default();
    [&[number as u8], bytes].concat()
}

/// Each question after an edit, and each kind of message once.
fn conversations() -> Vec<Vec<u8>> {
    let typed = "bước 9 \"Thêm 🙂\" do ".as_bytes();
    let edit = [&[1, 0, 15, 4, 15, 4, typed.len() as u8][..], typed].concat();
    let asked = |question: usize| {
        let place = (question % 16) as u8;
        let ask = [10, 0, question as u8, place, 0, place + 3, 9, place, 13];
        [&[8 * (question as u8 % 2), 0, 0][..], &edit, &ask, &[6, 97, 98, 99, 100, 101, 102]].concat()
    };
    let told = (0..12).map(|kind| [&[0, 0, 1, kind, 1, 1, 2, 3][..], &edit, &[kind, 0, 2, 4, 6]].concat());
    (0..QUESTIONS.len()).map(asked).chain(told).collect()
}

/// The words that a fuzzer knows, as libFuzzer reads them.
pub fn dictionary(fuzzer: &str, root: &Path) -> io::Result<String> {
    let words: BTreeSet<String> = match fuzzer {
        "import" => {
            let texts = of(fuzzer, root)?;
            let all = texts.iter().flat_map(|text| text.split(|byte| !byte.is_ascii_alphanumeric() && *byte < 128));
            all.filter(|word| (3..40).contains(&word.len())).map(|word| String::from_utf8_lossy(word).into()).collect()
        }
        _ => keywords(),
    };
    let escaped = |word: &String| word.bytes().map(|byte| format!("\\x{byte:02X}")).collect::<String>();
    Ok(words.iter().map(|word| format!("\"{}\"\n", escaped(word))).collect())
}

/// Every phrase of the language, and the signs.
fn keywords() -> BTreeSet<String> {
    let signs = ["->", "{", "}", "\"", "(", ")", "//", "///", "/*", "*/", "=", "≠", "≤", "≥", "0,5", "01/07/2025"];
    let keys = Key::ALL.iter().map(|key| key.phrase());
    let values =
        Key::ALL.iter().filter_map(|key| if let ValueKind::Closed(list) = key.kind() { Some(list) } else { None });
    let lists = [STEP_KINDS, AGENCY_KINDS, END_STATES, STATUSES, RESERVED, &signs];
    let words = WORDS.iter().map(|(_, word)| *word);
    keys.chain(values.flatten().copied()).chain(lists.concat()).chain(words).map(String::from).collect()
}
