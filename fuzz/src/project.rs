//! Bytes as a project: one file, or several, each further one behind a line `//// file: path`.

use std::sync::{Arc, LazyLock};
use tthc_compiler::project::{ParsedFile, Project, Settings};

/// What the examples import; parsed once.
static SHARED: LazyLock<Vec<Arc<ParsedFile>>> = LazyLock::new(|| {
    let texts = [
        ("chung/cơ_quan.tthc", include_str!("../../examples/chung/cơ_quan.tthc")),
        ("chung/phần_dùng_chung.tthc", include_str!("../../examples/chung/phần_dùng_chung.tthc")),
    ];
    texts.map(|(path, text)| Arc::new(ParsedFile::new(path, text.as_bytes()))).to_vec()
});

/// More files are not made of one input: each costs time, and tells nothing new.
const MOST_FILES: usize = 6;

/// The project; what the examples share is there where something is imported at all.
pub fn project(bytes: &[u8]) -> Project {
    let mut files: Vec<(String, Vec<u8>)> = vec![("t.tthc".into(), Vec::new())];
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"//// file: ").filter(|_| files.len() < MOST_FILES) {
            Some(path) => files.push((String::from_utf8_lossy(path).trim().to_string(), Vec::new())),
            None => files.last_mut().into_iter().for_each(|(_, text)| text.extend_from_slice(line)),
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files.dedup_by(|a, b| a.0 == b.0);
    let imports = bytes.windows("chung/".len()).any(|part| part == b"chung/");
    let shared =
        SHARED.iter().filter(|_| imports).filter(|file| files.iter().all(|(path, _)| *path != file.source.path));
    let shared: Vec<Arc<ParsedFile>> = shared.cloned().collect();
    let own = files.iter().map(|(path, text)| Arc::new(ParsedFile::new(path.as_str(), text)));
    Project::new(own.chain(shared).collect(), Settings::default())
}
