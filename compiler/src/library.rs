//! The standard library: `.tthc` files under `chuẩn/` that ship inside the program and are always in scope.

use crate::project::ParsedFile;
use crate::source::FileId;
use std::sync::LazyLock;

/// Where the files of the library stand, as seen by imports and diagnostics.
pub const FOLDER: &str = "chuẩn/";

static FILES: LazyLock<Vec<ParsedFile>> = LazyLock::new(|| {
    let texts = [
        ("chuẩn/biểu_mẫu.tthc", include_str!("../chuẩn/biểu_mẫu.tthc")),
        ("chuẩn/lịch.tthc", include_str!("../chuẩn/lịch.tthc")),
    ];
    texts.into_iter().map(|(path, text)| ParsedFile::new(path, text.as_bytes())).collect()
});

/// The first number of a library file: behind every project.
const FIRST: u32 = u32::MAX - 16;

/// The files with their numbers.
pub fn files() -> impl Iterator<Item = (FileId, &'static ParsedFile)> {
    (FIRST..).map(FileId).zip(FILES.iter())
}

/// Whether a file belongs to the library.
pub fn is_library(file: FileId) -> bool {
    file.0 >= FIRST
}

/// A library file by its number.
///
/// A number that is no library file's is a mistake in the compiler; it then shows the first file.
pub fn file(file: FileId) -> &'static ParsedFile {
    let index = file.0.saturating_sub(FIRST) as usize;
    FILES.get(index).unwrap_or(&FILES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_reads_without_a_problem() {
        for (_, file) in files() {
            assert!(file.tree.problems.is_empty(), "{}: {:?}", file.source.path, file.tree.problems);
        }
    }
}
