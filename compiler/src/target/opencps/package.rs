//! The ZIP: entries for folders before what lies in them, for the import makes no folder by itself.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The package; `None` where it could not be put together, which in memory does not happen.
pub(super) fn zip(root: &str, files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    // Neither compressed nor dated: the same files always give the same bytes.
    let options = SimpleFileOptions::default();
    let options = options.compression_method(CompressionMethod::Stored).last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let folders: BTreeSet<&str> =
        files.iter().map(|(path, _)| path.rfind('/').map_or("", |end| &path[..=end])).chain([""]).collect();
    for folder in folders {
        writer.add_directory(format!("{root}/{folder}"), options).ok()?;
    }
    for (path, bytes) in files {
        writer.start_file(format!("{root}/{path}"), options).ok()?;
        writer.write_all(bytes).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}
