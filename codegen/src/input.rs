//! Reads schema files, names them in messages, and escapes invisible characters.

use std::path::{Component, MAIN_SEPARATOR, Path};
use std::{env, fs};

use crate::diagnostics::Problem;

/// The text of the file at `path`; `shown` is its name in messages.
pub(crate) fn read(path: &Path, shown: &str) -> Result<String, Problem> {
    let bytes = fs::read(path).map_err(|error| {
        Problem::of_file(
            shown,
            format!("cannot read this file ({error}); check its path"),
        )
    })?;
    utf8(bytes, shown)
}

/// The bytes of the file that messages call `shown`, as a text.
pub(crate) fn utf8(bytes: Vec<u8>, shown: &str) -> Result<String, Problem> {
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

/// Control characters, and characters that reorder or hide the text around them.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text on one line, with those characters escaped as in Rust.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
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
