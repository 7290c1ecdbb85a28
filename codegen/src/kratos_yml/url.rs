//! Reads the `url` of a schema in a Kratos configuration.

use std::path::{Path, PathBuf};

use crate::schema::decode_base64;

/// Where a schema is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    File(PathBuf),
    /// The text of the schema, which the URL itself contains.
    Text(String),
}

/// Reads the URL; paths are relative to `folder`, that of the configuration.
pub(super) fn place(url: &str, folder: &Path) -> Result<Place, String> {
    if let Some(encoded) = url.strip_prefix("base64://") {
        let text = decode_base64(encoded).and_then(|bytes| String::from_utf8(bytes).ok());
        return text.map(Place::Text).ok_or_else(|| {
            "the text after `base64://` is not padded standard base64 of UTF-8 text; encode the schema again".into()
        });
    }
    if url.starts_with("http://") || url.starts_with("https://") {
        return Err(format!(
            "the schema is at {url:?}, and the generator does not use the network; save it beside this file, and give a copy of the configuration that names it as `file://…`"
        ));
    }
    if let Some((scheme, _)) = url.split_once("://")
        && scheme != "file"
    {
        return Err(format!(
            "Kratos reads no schema at `{scheme}://`; write `file://…` or `base64://…`"
        ));
    }
    let path = Path::new(url.strip_prefix("file://").unwrap_or(url));
    let given = folder.join(path);
    // A path in the container that Kratos runs in: here the file usually is in the folder of the configuration.
    let beside = path.file_name().map(|name| folder.join(name));
    Ok(Place::File(match beside {
        Some(beside) if path.is_absolute() && !given.exists() && beside.exists() => beside,
        _ => given,
    }))
}

#[cfg(test)]
mod tests {
    use super::{Place, place};
    use std::path::Path;

    #[test]
    fn files_and_texts() {
        let at = |url| place(url, Path::new("conf"));
        let file = |path: &str| Ok(Place::File(path.into()));
        assert_eq!(at("file://a.json"), file("conf/a.json"));
        assert_eq!(at("a/b.json"), file("conf/a/b.json"));
        assert_eq!(at("file:///etc/none.json"), file("/etc/none.json"));
        assert_eq!(at("base64://e30="), Ok(Place::Text("{}".into())));
    }

    #[test]
    fn a_path_of_a_container_is_found_in_the_folder() {
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::write(folder.path().join("a.json"), "{}").unwrap();
        let found = place("file:///etc/none/a.json", folder.path());
        assert_eq!(found, Ok(Place::File(folder.path().join("a.json"))));
    }

    #[test]
    fn refused() {
        for (url, word) in [
            ("https://example.org/a.json", "network"),
            ("http://example.org/a.json", "network"),
            ("s3://a", "`s3://`"),
            ("base64://e30", "padded"),
            ("base64://gA==", "UTF-8"),
        ] {
            let message = place(url, Path::new("")).unwrap_err();
            assert!(message.contains(word), "{message}");
        }
    }
}
