//! Finds the schemas that the URLs of a Kratos configuration name: the paths in it are usually those of a container.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use super::entries::Entry;
use crate::diagnostics::Problem;
use crate::input;
use crate::schema::decode_base64;
use crate::settings::Options;

/// Where to look for the files.
pub(super) struct Search<'a> {
    /// The working directory, or the folder of the package.
    pub(super) base: &'a Path,
    /// The folder of the configuration.
    pub(super) folder: &'a Path,
    /// The settings, which map folders of the container.
    pub(super) options: &'a Options,
}

/// Where a schema is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    File(Located),
    /// The text of the schema, which the URL itself contains.
    Text(String),
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Located {
    pub(super) path: PathBuf,
    /// The path in the configuration, without `.`.
    written: PathBuf,
    /// The number of its last names by which the file was found beside the configuration; `None` if it was found by the whole path.
    suffix: Option<usize>,
    /// The places that come first and have no file.
    pub(super) absent: Vec<PathBuf>,
}

impl Search<'_> {
    /// Reads the URL and finds its file; the error is a message.
    pub(super) fn place(&self, url: &str) -> Result<Place, String> {
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
        self.file(url).map(Place::File)
    }

    fn file(&self, url: &str) -> Result<Located, String> {
        let written: PathBuf = Path::new(url.strip_prefix("file://").unwrap_or(url))
            .components()
            .filter(|part| *part != Component::CurDir)
            .collect();
        let candidates = self.candidates(&written);
        let found = candidates.iter().position(|(path, _)| path.is_file());
        if let Some(index) = found {
            let (path, suffix) = candidates[index].clone();
            let before = candidates[..index].iter();
            return Ok(Located {
                path,
                written,
                suffix,
                absent: before.map(|(path, _)| path.clone()).collect(),
            });
        }
        let looked: Vec<String> = candidates
            .iter()
            .map(|(path, _)| input::shown(path.strip_prefix(self.base).unwrap_or(path)))
            .collect();
        Err(format!(
            "there is no file for {url:?}; looked for `{}`; correct the path, or {}",
            looked.join("`, `"),
            map_folder(&written)
        ))
    }

    /// The files to try, in order, each with the number of names of the suffix that it is.
    fn candidates(&self, written: &Path) -> Vec<(PathBuf, Option<usize>)> {
        if let Some(mapped) = self.options.mapped_path(written) {
            return vec![(mapped, None)];
        }
        let mut candidates = vec![(self.folder.join(written), None)];
        if written.is_relative() {
            // Kratos resolves a relative path from its own working directory.
            candidates.push((self.base.join(written), None));
        }
        let names: Vec<_> = written
            .components()
            .filter(|part| matches!(part, Component::Normal(_)))
            .collect();
        let whole = usize::from(written.is_relative());
        for first in whole..names.len() {
            let suffix: PathBuf = names[first..].iter().collect();
            candidates.push((self.folder.join(suffix), Some(names.len() - first)));
        }
        let mut seen = std::collections::HashSet::new();
        candidates.retain(|(path, _)| seen.insert(path.clone()));
        candidates
    }
}

/// The advice to map the folder of a path.
fn map_folder(written: &Path) -> String {
    let folder = written.parent().unwrap_or(written);
    let folder = input::shown(folder);
    format!(
        "map the folder of the container to one here: `path_map.{folder:?} = \"FOLDER\"` in kratos-traits.toml, `Options::path_map` in a build script, or `--path-map {folder}=FOLDER`"
    )
}

/// A problem for each schema that was found at the file of another one although their paths differ: the same base name does not make
/// two paths of a container one file.
pub(super) fn shared<'e>(
    located: impl Iterator<Item = (&'e Entry, &'e Located)>,
    shown: &str,
) -> Vec<Problem> {
    let mut first: HashMap<&Path, (&Entry, &Located)> = HashMap::new();
    let mut problems = Vec::new();
    for (entry, own) in located {
        let Some((other_entry, other)) = first.get(&*own.path) else {
            first.insert(&own.path, (entry, own));
            continue;
        };
        let is_guess = match (own.suffix, other.suffix) {
            (None, None) => false,
            (Some(_), Some(_)) => own.written != other.written,
            (Some(names), None) | (None, Some(names)) => names == 1,
        };
        if is_guess {
            let message = format!(
                "`{}` would be read from the file of {:?} (at {}), `{}`, because only the ends of their paths are the same; {}",
                input::shown(&own.written),
                other_entry.id(),
                other_entry.place(shown),
                input::shown(&other.written),
                map_folder(&own.written)
            );
            problems.push(entry.problem(shown, message));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{Place, Search};
    use crate::settings::Options;
    use std::fs;
    use std::path::Path;
    use tempfile::TempDir;

    fn refused(url: &str) -> String {
        let search = Search {
            base: Path::new(""),
            folder: Path::new("conf"),
            options: &Options::new(),
        };
        search.place(url).unwrap_err()
    }

    #[test]
    fn urls_that_are_refused() {
        for (url, word) in [
            ("https://example.org/a.json", "network"),
            ("http://example.org/a.json", "network"),
            ("s3://a", "`s3://`"),
            ("base64://e30", "padded"),
            ("base64://gA==", "UTF-8"),
        ] {
            let message = refused(url);
            assert!(message.contains(word), "{message}");
        }
    }

    /// Each file is removed after it was found, so that the next one is found.
    #[test]
    fn the_longest_suffix_is_found_first() {
        let folder = TempDir::new().unwrap();
        let base = folder.path();
        let at = |path: &str| base.join(path);
        for path in [
            "conf/etc/config/a.json",
            "conf/config/a.json",
            "conf/a.json",
        ] {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), "{}").unwrap();
        }
        let conf = at("conf");
        let options = Options::new();
        let search = Search {
            base,
            folder: &conf,
            options: &options,
        };
        let place = |url| match search.place(url) {
            Ok(Place::File(located)) => Ok((located.path, located.suffix)),
            Ok(Place::Text(text)) => Err(text),
            Err(message) => Err(message),
        };
        let url = "file:///etc/config/a.json";
        for (path, names) in [
            ("conf/etc/config/a.json", 3),
            ("conf/config/a.json", 2),
            ("conf/a.json", 1),
        ] {
            assert_eq!(place(url), Ok((at(path), Some(names))));
            fs::remove_file(at(path)).unwrap();
        }
        assert_eq!(
            place(url),
            Err("there is no file for \"file:///etc/config/a.json\"; looked for `/etc/config/a.json`, `conf/etc/config/a.json`, `conf/config/a.json`, `conf/a.json`; correct the path, or map the folder of the container to one here: `path_map.\"/etc/config\" = \"FOLDER\"` in kratos-traits.toml, `Options::path_map` in a build script, or `--path-map /etc/config=FOLDER`".into())
        );
        // Relative to the configuration, then to the working directory.
        fs::write(at("a.json"), "{}").unwrap();
        assert_eq!(place("file://./a.json"), Ok((at("a.json"), None)));
        fs::write(at("conf/a.json"), "{}").unwrap();
        assert_eq!(place("a.json"), Ok((at("conf/a.json"), None)));
        assert_eq!(place("base64://e30="), Err("{}".into()));
    }

    #[test]
    fn a_mapped_folder_is_the_only_place() {
        let folder = TempDir::new().unwrap();
        let base = folder.path();
        fs::write(base.join("a.json"), "{}").unwrap();
        let options = Options::new()
            .path_map("/etc", base.join("none"))
            .path_map("/etc/config/", base);
        let search = Search {
            base: Path::new(""),
            folder: base,
            options: &options,
        };
        let Ok(Place::File(located)) = search.place("file:///etc/config/a.json") else {
            panic!("it is mapped");
        };
        assert_eq!(located.path, base.join("a.json"));
        // A name is mapped only as a whole, and what is mapped is not looked for anywhere else.
        assert!(search.place("file:///etc/configs/a.json").is_err());
        assert!(search.place("file:///opt/a.json").is_ok());
    }
}
