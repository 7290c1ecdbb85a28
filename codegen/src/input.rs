//! Reading a schema file: what both doors say when there is none, or when it is not text.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path};

use crate::hidden::visible;
use crate::problem::Problem;

/// The text of the file at `path`; `shown` is how messages name it.
pub(crate) fn read(path: &Path, shown: &str) -> Result<String, Problem> {
    let bytes = fs::read(path).map_err(|error| {
        Problem::of_file(
            shown,
            format!("cannot read this file ({error}); give the path of an identity schema"),
        )
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::of_file(
            shown,
            format!("not UTF-8 (the first {at} bytes are); save the file as UTF-8"),
        )
    })
}

/// How messages and the emitted code name the file: the same on every system, and on one line.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if MAIN_SEPARATOR == '/' {
        path
    } else {
        path.replace(MAIN_SEPARATOR, "/").into()
    };
    visible(&path)
}
