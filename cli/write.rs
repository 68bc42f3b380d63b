//! Files are written whole or not at all.

use crate::interrupt::not_now;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Puts a file in place: written beside it under another name, then renamed.
///
/// An existing file keeps its permissions; a symbolic link is replaced, never followed.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _until_it_is_there = not_now();
    let mut file = new_file().tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(old) = fs::symlink_metadata(path)
        && old.is_file()
    {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}

/// A temporary file with the permissions that any new file has.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tthc-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// The place of `relative` below `folder`, with the folders on the way made; an error where it would lie
/// elsewhere, be it by `..` or by a symbolic link.
///
/// `folder` must be canonical.
pub fn place_below(folder: &Path, relative: &str) -> io::Result<PathBuf> {
    let relative = Path::new(relative);
    let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    let (Some(name), true) = (relative.file_name(), plain) else { return Err(outside(relative)) };
    let mut at = folder.to_path_buf();
    for part in relative.parent().into_iter().flat_map(Path::components) {
        at.push(part);
        match fs::create_dir(&at) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => at = at.canonicalize()?,
        }
        if !at.starts_with(folder) {
            return Err(outside(relative));
        }
    }
    Ok(at.join(name))
}

fn outside(path: &Path) -> io::Error {
    io::Error::other(format!("{} nằm ngoài thư mục (lies outside the folder)", path.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn stays_below_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        assert_eq!(place_below(&root, "a/b/c.json").unwrap(), root.join("a/b/c.json"));
        for bad in ["../x", "a/../../x", "/etc/x", "", ".", "a/.."] {
            assert!(place_below(&root, bad).is_err(), "{bad}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::os::unix::fs::symlink(other.path(), root.join("link")).unwrap();
        assert!(place_below(&root, "link/x.json").is_err());
        std::os::unix::fs::symlink(other.path().join("victim"), root.join("x.json")).unwrap();
        replace(&place_below(&root, "x.json").unwrap(), b"new").unwrap();
        assert!(!other.path().join("victim").exists());
        assert_eq!(fs::read(root.join("x.json")).unwrap(), b"new");
    }
}
