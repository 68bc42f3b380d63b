//! Which files a run is about: paths and folders from the command line, and what they import.

use crate::console::{Console, Failure, failure};
use crate::names::suggestion;
use crate::progress::Progress;
use crate::settings;
use crate::workspace::{Read, Workspace, with_slashes};
use ignore::WalkBuilder;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::diagnostic::{Message, say};
use tthc_compiler::model::symbols::imported_paths;
use tthc_compiler::project::ParsedFile;
use tthc_grammar::text::MAX_FILE_BYTES;
use unicode_normalization::UnicodeNormalization;

/// A file that was asked for. The order is that of paths.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// Absolute. For standard input the place that `-` has in the current folder.
    pub path: PathBuf,
    /// Read from standard input.
    pub stdin: bool,
}

impl Input {
    /// The bytes; an error that names the file.
    pub fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let read = if self.stdin { limited(io::stdin().lock(), 0) } else { read_file(&self.path) };
        read.map_err(|error| unreadable(&self.path, &error))
    }
}

/// How much is read beside what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Imports, and what they import in turn.
    Imports,
    /// The rest of the project too: a shared file is judged by who uses it.
    Project,
}

/// The projects to which the paths belong, with the files of each that were asked for and what is needed to judge them.
pub fn open(
    paths: &[PathBuf],
    scope: Scope,
    console: &Console,
    progress: &Progress,
) -> Result<Vec<Workspace>, Failure> {
    asked(paths, console)?.into_iter().map(|(root, inputs)| open_one(root, &inputs, scope, progress)).collect()
}

/// Every file that was asked for, by the root of its project; says so where there is none.
pub fn asked(paths: &[PathBuf], console: &Console) -> Result<BTreeMap<PathBuf, BTreeSet<Input>>, Failure> {
    let inputs = collect(paths)?;
    if inputs.is_empty() {
        console.note(&say("không có tệp .tthc nào", "there are no .tthc files"));
    }
    Ok(inputs)
}

fn open_one(root: PathBuf, inputs: &BTreeSet<Input>, scope: Scope, progress: &Progress) -> Result<Workspace, Failure> {
    progress.expect(inputs.len());
    // Every file is read before one is complained of, so that the complaint does not depend on threads.
    let read: Vec<Result<Read, Failure>> = inputs
        .par_iter()
        .map(|input| {
            let file = ParsedFile::new(source_path(&root, &input.path), &input.bytes()?);
            progress.step();
            Ok(Read { file: Arc::new(file), path: (!input.stdin).then(|| input.path.clone()) })
        })
        .collect();
    let given = read.into_iter().collect::<Result<Vec<_>, _>>()?;
    let files = given.iter().map(|read| read.file.clone()).collect();
    // A text on standard input often is a newer version of a file, which must not stand beside it.
    let scope = if inputs.iter().any(|input| input.stdin) { Scope::Imports } else { scope };
    let others = companions(&root, files, scope, &|source, path| {
        let bytes = read_file(path).map_err(|error| unreadable(path, &error))?;
        Ok(Some(Arc::new(ParsedFile::new(source, &bytes))))
    })?;
    Workspace::new(root, given, others)
}

/// Reads a file by its source path and its place; nothing where it is to be left out.
pub type Load<'l> = dyn Fn(&str, &Path) -> Result<Option<Arc<ParsedFile>>, Failure> + Sync + 'l;

/// What is read beside some files.
///
/// An import that is not there, or that lies outside, is left to the compiler to complain of.
pub fn companions(root: &Path, files: Vec<Arc<ParsedFile>>, scope: Scope, load: &Load) -> Result<Vec<Read>, Failure> {
    let mut seen: HashSet<String> = files.iter().map(|file| file.source.path.clone()).collect();
    let mut found = Vec::new();
    let mut wave = files;
    let mut wanted: BTreeSet<String> = match scope {
        Scope::Imports => BTreeSet::new(),
        Scope::Project => rest_of_project(root)?,
    };
    loop {
        wanted.extend(wave.iter().flat_map(|file| imported_paths(file)));
        let fresh: Vec<String> =
            std::mem::take(&mut wanted).into_iter().filter(|path| seen.insert(path.clone())).collect();
        if fresh.is_empty() {
            return Ok(found);
        }
        let read: Vec<Result<Option<Read>, Failure>> =
            fresh.par_iter().map(|source| load_below(root, source, load)).collect();
        let read: Vec<Read> = read.into_iter().filter_map(Result::transpose).collect::<Result<_, _>>()?;
        wave = read.iter().map(|read| read.file.clone()).collect();
        found.extend(read);
    }
}

/// The source paths of all files of a project; none where no `tthc.toml` says what the project is.
pub fn rest_of_project(root: &Path) -> Result<BTreeSet<String>, Failure> {
    if !root.join(settings::FILE).is_file() {
        return Ok(BTreeSet::new());
    }
    let mut roots = Roots::default();
    let files = walk(root)?.into_iter().filter(|file| roots.of(file, root) == root);
    Ok(files.map(|file| source_path(root, &file)).collect())
}

fn load_below(root: &Path, source: &str, load: &Load) -> Result<Option<Read>, Failure> {
    let Some(path) = find_below(root, source) else { return Ok(None) };
    Ok(load(source, &path)?.map(|file| Read { file, path: Some(path) }))
}

/// The file with this source path, if it lies below the root. Names on the disk may be written in another
/// normal form than in the text.
pub fn find_below(root: &Path, path: &str) -> Option<PathBuf> {
    let mut place = root.to_path_buf();
    for part in path.split('/') {
        let plain = place.join(part);
        place = if plain.exists() { plain } else { sibling_like(&place, part)? };
    }
    let real = place.canonicalize().ok()?;
    (real.is_file() && real.starts_with(root)).then_some(place)
}

fn sibling_like(folder: &Path, name: &str) -> Option<PathBuf> {
    let wanted: String = name.nfc().collect();
    let mut entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    entries.find(|entry| entry.file_name().to_string_lossy().nfc().eq(wanted.chars())).map(|entry| entry.path())
}

/// Every file that was asked for, by the root of its project.
pub fn collect(paths: &[PathBuf]) -> Result<BTreeMap<PathBuf, BTreeSet<Input>>, Failure> {
    let current = current_folder()?;
    let start = [project_above(&current).unwrap_or_else(|| current.clone())];
    let mut roots = Roots::default();
    let mut inputs: BTreeMap<PathBuf, BTreeSet<Input>> = BTreeMap::new();
    for path in if paths.is_empty() { &start } else { paths } {
        if path == Path::new("-") {
            let path = current.join("-");
            inputs.entry(roots.of(&path, &current)).or_default().insert(Input { path, stdin: true });
            continue;
        }
        let place = real_place(&current.join(path)).map_err(|error| unreadable(path, &error))?;
        let (folder, files) = match place.parent() {
            Some(folder) if !place.is_dir() => (folder.to_path_buf(), vec![place]),
            _ => (place.clone(), walk(&place)?),
        };
        // Where no file says what the project is, it is the current folder, or what was named outside of it.
        let root = if folder.starts_with(&current) { &current } else { &folder };
        for path in files {
            inputs.entry(roots.of(&path, root)).or_default().insert(Input { path, stdin: false });
        }
    }
    Ok(inputs)
}

/// The current folder, without symbolic links.
pub fn current_folder() -> Result<PathBuf, Failure> {
    let current = std::env::current_dir().and_then(fs::canonicalize);
    current.map_err(|error| unreadable(Path::new("."), &error))
}

/// The path without `..` and without symbolic links among its folders; a link at its end stays, because the
/// project is where the link lies.
fn real_place(path: &Path) -> io::Result<PathBuf> {
    fs::metadata(path)?;
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if !path.is_dir() => Ok(folder.canonicalize()?.join(name)),
        _ => path.canonicalize(),
    }
}

/// The `.tthc` files below a folder, but for those that ignore files name.
fn walk(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let entry = entry.map_err(|error| not_walked(folder, &error))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && entry.path().extension().is_some_and(|extension| extension == "tthc") {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Something below a folder cannot be read: named as nearly as it is known.
fn not_walked(folder: &Path, error: &ignore::Error) -> Failure {
    let place = place_of(error).unwrap_or(folder).display();
    let why = error.io_error().map_or_else(|| detailed("lỗi", "an error", error), reason);
    failure(
        format!("không đọc hết được thư mục '{place}': {}", why.vi),
        format!("cannot read all of the folder '{place}': {}", why.en),
    )
}

/// Where a walk has met an error.
fn place_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place_of(err),
        _ => None,
    }
}

/// The projects of files, looked up once for each folder.
#[derive(Default)]
struct Roots {
    known: BTreeMap<PathBuf, Option<PathBuf>>,
}

impl Roots {
    /// The nearest folder above a file with a `tthc.toml`; without one, `otherwise`.
    fn of(&mut self, file: &Path, otherwise: &Path) -> PathBuf {
        let folder = file.parent().unwrap_or(file);
        let project = match self.known.get(folder) {
            Some(known) => known,
            None => self.known.entry(folder.to_path_buf()).or_insert(project_above(folder)),
        };
        project.clone().unwrap_or_else(|| otherwise.to_path_buf())
    }
}

/// The nearest folder, this one or above, with a `tthc.toml`.
pub fn project_above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|above| above.join(settings::FILE).is_file()).map(Path::to_path_buf)
}

/// How the compiler knows a file: relative to the root, with `/`, in NFC as imports are written.
pub fn source_path(root: &Path, path: &Path) -> String {
    with_slashes(path.strip_prefix(root).unwrap_or(path)).nfc().collect()
}

/// Reads a file, but no more of it than the compiler would look at.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata().map_or(0, |data| data.len());
    limited(file, size)
}

/// Of about so many bytes, as far as that is known before.
fn limited(from: impl io::Read, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity((size as usize).min(MAX_FILE_BYTES) + 1);
    from.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file or folder cannot be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    let (why, near) = match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => {
            (say("là liên kết đến chỗ không có", "it is a link to nowhere"), Message::default())
        }
        io::ErrorKind::NotFound => (reason(error), beside(path)),
        _ => (reason(error), Message::default()),
    };
    failure(
        format!("không đọc được '{shown}': {}{}", why.vi, near.vi),
        format!("cannot read '{shown}': {}{}", why.en, near.en),
    )
}

/// What there is of a like name in the folder of something that is not there, as it can be typed.
fn beside(path: &Path) -> Message {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().nfc().collect::<String>()) else {
        return Message::default();
    };
    let written = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(written.unwrap_or(Path::new("."))).into_iter().flatten().filter_map(Result::ok);
    let names = entries.map(|entry| {
        let name: String = entry.file_name().to_string_lossy().nfc().collect();
        let typed = written.map_or_else(|| name.clone(), |folder| folder.join(&name).display().to_string());
        (name, typed)
    });
    let names: Vec<(String, String)> = names.collect();
    suggestion(&name, names.iter().map(|(name, typed)| (name.as_str(), typed.as_str())))
}

/// A file cannot be written.
pub fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let (path, why) = (path.display(), reason(error));
    failure(format!("không ghi được '{path}': {}", why.vi), format!("cannot write '{path}': {}", why.en))
}

/// What the system says, in both languages; its own words only where it is not common.
pub fn reason(error: &io::Error) -> Message {
    use io::ErrorKind::*;
    match error.kind() {
        NotFound => say("không có tệp hay thư mục này", "there is no such file or folder"),
        PermissionDenied => say("không có quyền", "permission denied"),
        NotADirectory => say("không phải là thư mục", "not a folder"),
        IsADirectory => say("là một thư mục", "is a folder"),
        ReadOnlyFilesystem => say("ổ đĩa chỉ cho đọc", "the disk is read-only"),
        StorageFull | QuotaExceeded => say("ổ đĩa đã đầy", "the disk is full"),
        InvalidInput | InvalidFilename => say("tên không hợp lệ", "the name is not valid"),
        ResourceBusy | ExecutableFileBusy => say("đang được dùng ở chỗ khác", "it is in use elsewhere"),
        UnexpectedEof | BrokenPipe => say("bị ngắt giữa chừng", "it broke off"),
        _ => detailed("lỗi của hệ thống", "an error of the system", error),
    }
}

/// A sentence with the words of a library behind it.
pub fn detailed(vi: &str, en: &str, detail: &dyn std::fmt::Display) -> Message {
    say(format!("{vi} ({detail})"), format!("{en} ({detail})"))
}
