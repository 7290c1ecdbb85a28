//! Reads schema files, and names them in messages.

use std::path::{Component, MAIN_SEPARATOR, Path};
use std::{env, fs};

use crate::diagnostics::Problem;
use crate::hidden::visible;

/// The text of the file at `path`; `shown` is its name in messages.
pub(crate) fn read(path: &Path, shown: &str) -> Result<String, Problem> {
    let bytes = fs::read(path).map_err(|error| {
        Problem::of_file(
            shown,
            format!("cannot read this file ({error}); check its path"),
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

/// The name of the file in messages: the same on every system, and on one line.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if MAIN_SEPARATOR == '/' {
        path
    } else {
        path.replace(MAIN_SEPARATOR, "/").into()
    };
    visible(&path)
}

/// How the emitted code names the file that messages call `shown`: from the working directory if it is below, else by its name alone,
/// so that no path of one machine gets into it. A build script works in the folder of its package.
pub(crate) fn emitted(shown: &str) -> String {
    let path = Path::new(shown);
    let here = env::current_dir().ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok());
    let relative = relative.unwrap_or(path);
    let mut parts: Vec<&str> = Vec::new();
    for component in relative.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(part) => parts.push(part.to_str().unwrap_or_default()),
            Component::ParentDir if parts.pop().is_some() => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                let name = path.file_name().and_then(|name| name.to_str());
                return name.unwrap_or(shown).to_owned();
            }
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::emitted;
    use std::env;

    #[test]
    fn no_folder_above_the_working_directory_is_emitted() {
        let here = env::current_dir().expect("there is a working directory");
        let below = here.join("schemas/a.json");
        for (shown, expected) in [
            ("a.json", "a.json"),
            ("./schemas/a.json", "schemas/a.json"),
            ("schemas/b/../a.json", "schemas/a.json"),
            (below.to_str().expect("UTF-8"), "schemas/a.json"),
            ("../schemas/a.json", "a.json"),
            ("/elsewhere/a.json", "a.json"),
            ("conf/kratos.yml#id", "conf/kratos.yml#id"),
        ] {
            assert_eq!(emitted(shown), expected, "{shown}");
        }
    }
}
