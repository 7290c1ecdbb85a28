//! The generated code of one schema, and writing it to a file in one step, so that no reader sees half of it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use crate::diagnostics::{Errors, Problem};
use crate::input;

/// The Rust for one schema, or for all those of one Kratos configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// The name of the schema in the [`Config`](crate::Config).
    pub name: String,
    /// The text of the file.
    pub rust: String,
    /// Accepted by Kratos, but surprising.
    pub warnings: Vec<Problem>,
    /// The other files that were read: those that a `$ref` leads to, and the schemas of a Kratos configuration.
    pub files: Vec<PathBuf>,
    /// The files that were looked for and could not be read: a settings file beside the schema, files that a `$ref` leads to, and files
    /// that come before the ones found for a Kratos configuration. None of them was needed, but the result may change if one appears.
    pub absent: Vec<PathBuf>,
}

impl Output {
    /// Writes the text to the file at `path` in one step: a reader sees the old text or the new one. A file that already has the text
    /// is not written again.
    ///
    /// # Errors
    ///
    /// The file cannot be written, as in a folder that does not exist.
    pub fn write_to(&self, path: impl AsRef<Path>) -> Result<(), Errors> {
        let path = path.as_ref();
        if path.is_file() && fs::read(path).is_ok_and(|old| old == self.rust.as_bytes()) {
            return Ok(());
        }
        replace(path, self.rust.as_bytes()).map_err(|error| {
            let advice = match error.kind() {
                io::ErrorKind::NotFound => "name a folder that exists",
                _ => "check the path and who may write there",
            };
            let message = format!("cannot write this file ({error}); {advice}");
            Problem::of_file(input::shown(path), message).into()
        })
    }
}

fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let old = match fs::metadata(path) {
        Ok(old) if !old.is_file() => return write_to_pipe(path, &old, text),
        Ok(old) => Some(old),
        // A link to a file that does not exist: the file is created.
        Err(_) if path.is_symlink() => return fs::write(path, text),
        Err(_) => None,
    };
    // A link stays a link; the file that it leads to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = beside(&path);
    let written = File::create_new(&beside).and_then(|mut file| {
        file.write_all(text)?;
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        drop(file);
        fs::rename(&beside, &path)
    });
    written.inspect_err(|error| {
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&beside);
        }
    })
}

/// Writes to a pipe or a device, which cannot be replaced.
fn write_to_pipe(path: &Path, old: &fs::Metadata, text: &[u8]) -> io::Result<()> {
    let mut options = File::options();
    options.write(true);
    // While this is open, the pipe has a writer, so that the next one does not wait for a reader.
    let _reader_exists = has_reader(path, old)?;
    options.open(path)?.write_all(text)
}

/// Opens a pipe for writing without waiting; an error if it has no reader, because a plain open waits until it has one.
#[cfg(unix)]
fn has_reader(path: &Path, old: &fs::Metadata) -> io::Result<Option<File>> {
    use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};

    /// `O_NONBLOCK`.
    const NONBLOCK: i32 = if cfg!(any(target_os = "linux", target_os = "android")) {
        0o4000
    } else {
        4
    };
    if !old.file_type().is_fifo() {
        return Ok(None);
    }
    let mut options = File::options();
    let opened = options.write(true).custom_flags(NONBLOCK).open(path);
    opened
        .map(Some)
        .map_err(|error| io::Error::new(error.kind(), format!("the pipe has no reader: {error}")))
}

#[cfg(not(unix))]
fn has_reader(_path: &Path, _old: &fs::Metadata) -> io::Result<Option<File>> {
    Ok(None)
}

/// A name in the same folder, because renaming works only within one file system.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::replace;
    use std::fs;
    use tempfile::TempDir;

    fn names(folder: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn the_old_file_is_replaced_and_no_other_file_is_left() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("a.rs");
        for text in ["old", "new"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert_eq!(names(&folder), ["a.rs"]);
        }
        assert!(replace(folder.path(), b"new").is_err());
        assert!(replace(&folder.path().join("none/a.rs"), b"new").is_err());
        assert_eq!(names(&folder), ["a.rs"]);
    }

    #[cfg(unix)]
    #[test]
    fn an_open_file_keeps_the_old_text_and_a_link_stays_a_link() {
        use std::io::Read as _;

        let folder = TempDir::new().unwrap();
        let (path, link) = (folder.path().join("a.rs"), folder.path().join("link.rs"));
        fs::write(&path, "old").unwrap();
        std::os::unix::fs::symlink("a.rs", &link).unwrap();
        let mut open = fs::File::open(&path).unwrap();
        replace(&link, b"new").unwrap();
        let mut text = String::new();
        open.read_to_string(&mut text).unwrap();
        assert_eq!(text, "old");
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
