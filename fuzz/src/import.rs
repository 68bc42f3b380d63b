//! A file of any foreign format is refused with a sentence, or becomes a text that can be read. The first byte says
//! which format.

use std::io::{Cursor, Write};
use std::sync::Arc;
use tthc_compiler::import::{self, Imported};
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_grammar::format::format;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What the first byte stands for.
pub const FORMATS: [&str; 6] = ["csv", "bpmn", "epar", "parts", "xlsx", "recognised"];
/// Between the parts of a workbook that is put together here: first the name, then its bytes, and so on.
pub const BETWEEN: u8 = 0x1E;

/// Panics where what is imported is not well written.
pub fn holds(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let packed;
    let (name, bytes) = match FORMATS[*first as usize % FORMATS.len()] {
        // Nobody guesses check sums: the package is made here, of parts that may be anything.
        "parts" => {
            packed = package(bytes);
            ("xlsx", packed.as_slice())
        }
        name => (name, bytes),
    };
    let read = match import::find(name) {
        Some(format) => import::import(format, "tệp", bytes),
        None => import::recognise(bytes).and_then(|format| import::import(format, "tệp", bytes)),
    };
    match read {
        Ok(imported) => well_written(&imported),
        Err(why) => assert!(!why.vi.is_empty() && !why.en.is_empty(), "refused without a word"),
    }
}

/// A workbook of the parts in these bytes.
pub fn package(bytes: &[u8]) -> Vec<u8> {
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == BETWEEN).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for pair in parts.chunks_exact(2) {
        // A name that stands twice is refused, and then the part is left out.
        if zip.start_file(String::from_utf8_lossy(pair[0]), options).is_ok() {
            // Writing into memory does not fail.
            let _ = zip.write_all(pair[1]);
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn well_written(imported: &Imported) {
    let file = ParsedFile::new("t.tthc", imported.text.as_bytes());
    assert_eq!(file.tree.problems, [], "it cannot be read:\n{}", imported.text);
    let laid_out = format(&file.source.text, &file.tree);
    assert_eq!(laid_out.as_deref(), Some(imported.text.as_str()), "it is laid out otherwise");
    let marked = imported.text.matches("CẦN XEM LẠI").count();
    assert!(marked >= imported.open, "{marked} marks, {} said:\n{}", imported.open, imported.text);
    Project::new(vec![Arc::new(file)], Settings::default()).check();
}
