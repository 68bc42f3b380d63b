//! What exists today → a first `.tthc`: one file for each format that is read.
//!
//! Tables and graphs are brought to one `draft`, which is written in one way. Nothing of the source is dropped: what has no
//! place in the language becomes a comment, and what somebody has to look at is marked with words that can be searched for.

mod bpmn;
mod csv;
mod draft;
mod epar;
mod people;
mod reads;
mod table;
mod time;
mod words;
mod write;
mod xlsx;
mod xml;

use crate::diagnostic::{Diagnostic, Message, say};
use draft::Draft;
use tthc_grammar::text::MAX_FILE_BYTES;

/// How much is read.
pub(crate) mod limits {
    pub(crate) use super::bpmn::{MAX_FLOWS as MAX_BPMN_FLOWS, MAX_NODES as MAX_BPMN_NODES, MAX_WAYS as MAX_BPMN_WAYS};
    pub(crate) use super::table::{MAX_COLUMNS, MAX_ROWS};
    pub(crate) use super::xlsx::{MAX_MERGED, MAX_PARTS, MAX_SHEETS, MAX_UNPACKED};
    pub(crate) const MAX_XML_NODES: usize = super::xml::MAX_NODES as usize;
}

/// Why a file cannot be read at all.
pub type Unreadable = Message;

/// A format that can be read.
pub struct Format {
    /// As in `--from`.
    pub name: &'static str,
    /// One line of help, Vietnamese and English.
    pub about: (&'static str, &'static str),
    read: fn(&[u8], &Called) -> Result<Read, Unreadable>,
}

/// What a file is called: the name and the label of a procedure whose file says neither.
struct Called {
    name: String,
    label: String,
}

/// What a format has made of a file.
struct Read {
    draft: Draft,
    /// What is wrong with the file itself.
    findings: Vec<Diagnostic>,
}

impl From<Draft> for Read {
    fn from(draft: Draft) -> Read {
        Read { draft, findings: Vec::new() }
    }
}

/// A file that has been read.
#[derive(Debug)]
pub struct Imported {
    /// The `.tthc`.
    pub text: String,
    /// How many places somebody has to look at.
    pub open: usize,
    /// What is wrong with the process as it stands in the source, which is their only file.
    pub findings: Vec<Diagnostic>,
}

/// Every format.
pub const ALL: &[&Format] = &[&CSV, &XLSX, &BPMN, &EPAR];

const CSV: Format = Format {
    name: "csv",
    about: ("bảng bước trong tệp CSV", "a table of steps as CSV"),
    read: |bytes, called| csv::draft(bytes, called).map(Read::from),
};
const XLSX: Format = Format {
    name: "xlsx",
    about: ("bảng bước trong tệp Excel", "a table of steps in a workbook of Excel"),
    read: |bytes, called| xlsx::draft(bytes, called).map(Read::from),
};
const BPMN: Format =
    Format {
        name: "bpmn", about: ("quy trình vẽ bằng BPMN 2.0", "a process drawn in BPMN 2.0"), read: bpmn::read
    };
const EPAR: Format = Format {
    name: "epar",
    about: ("quy trình của phần mềm E-PAR (XML)", "a workflow of the E-PAR software (XML)"),
    read: epar::read,
};

/// Finds a format by name.
pub fn find(name: &str) -> Option<&'static Format> {
    ALL.iter().copied().find(|format| format.name == name)
}

/// The format of a file, by what is in it. What it is called does not count: names are often wrong.
pub fn recognise(bytes: &[u8]) -> Result<&'static Format, Unreadable> {
    let start = &bytes[..bytes.len().min(4096)];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(say("tệp trống", "the file is empty"));
    }
    if start.starts_with(b"PK") {
        return Ok(&XLSX);
    }
    if start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(say(
            "tệp Office kiểu cũ (.xls, .doc) không đọc được; lưu lại thành .xlsx",
            "an Office file of the old kind (.xls, .doc) cannot be read; save it as .xlsx",
        ));
    }
    if start.starts_with(b"%PDF") {
        return Err(say(
            "tệp PDF không đọc được; chép bảng sang Excel",
            "a PDF cannot be read; copy its table to Excel",
        ));
    }
    let text = decoded(bytes)?;
    if !text.trim_start().starts_with('<') {
        return Ok(&CSV);
    }
    xml::document(&text).map(|document| match document.root_element().tag_name().name() {
        "definitions" => &BPMN,
        _ => &EPAR,
    })
}

/// Reads a file. `name` is what it is called, without folders and ending: the procedure is named after it.
pub fn import(format: &Format, name: &str, bytes: &[u8]) -> Result<Imported, Unreadable> {
    if bytes.len() > MAX_FILE_BYTES {
        let most = MAX_FILE_BYTES / (1024 * 1024);
        return Err(say(format!("tệp quá lớn (hơn {most} MiB)"), format!("the file is too large (over {most} MiB)")));
    }
    let name = words::one_line(name);
    let label = words::capitalised(&name.replace('_', " "));
    let called = Called { name: words::name(&name.replace(' ', "_")), label };
    let Read { draft, findings } = (format.read)(bytes, &called)?;
    let (text, open) = write::text(&draft);
    Ok(Imported { text, open, findings })
}

/// A file is broken; the words of the library stand behind where they are in the same language.
fn broken(vi: &str, en: &str, detail: &dyn std::fmt::Display) -> Unreadable {
    say(vi, format!("{en} ({detail})"))
}

/// The text of a file in UTF-8 or, as spreadsheets write it, in UTF-16.
fn decoded(bytes: &[u8]) -> Result<String, Unreadable> {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(String::from),
        _ => std::str::from_utf8(bytes).ok().map(String::from),
    };
    text.ok_or_else(|| {
        say(
            "tệp không ghi bằng bảng mã UTF-8; trong Excel: Lưu thành, chọn “CSV UTF-8”",
            "the file is not in UTF-8; in Excel: Save as, “CSV UTF-8”",
        )
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok().filter(|_| bytes.len().is_multiple_of(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_read_or_refused() {
        let units: Vec<u8> = "\u{FEFF}Bước".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&units).ok().as_deref(), Some("Bước"));
        assert_eq!(decoded("\u{FEFF}Bước".as_bytes()).ok().as_deref(), Some("Bước"));
        assert!(decoded(b"B\xADc").is_err());
    }
}
