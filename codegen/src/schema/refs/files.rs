//! Reads all files of one schema: the identity schema and the files that its `$ref`s name.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::draft04::modernized;
use super::{SchemaFile, SchemaSet, Target, url};
use crate::schema::json::{Node, Value, parse, replace_lone_surrogates};
use crate::schema::keywords::Keyword;
use crate::schema::source::{Problems, Source, Spot};
use crate::{input, settings::Options};

/// A file that was read.
#[derive(Debug)]
pub(crate) struct FileText<'t> {
    /// Its name in messages.
    pub(crate) shown: String,
    /// The URL that references to it resolve to: its path, or the URL that is mapped to it.
    pub(crate) url: String,
    /// `None` for a text in a `base64://` URL.
    pub(crate) path: Option<PathBuf>,
    pub(crate) text: Cow<'t, str>,
}

/// The identity schema and every file that its `$ref`s lead to.
#[derive(Debug)]
pub(crate) struct SchemaFiles<'t> {
    /// The identity schema first.
    pub(crate) read: Vec<FileText<'t>>,
    /// The files that cannot be read. One that a `$ref` needs is reported when that is resolved.
    pub(crate) absent: Vec<PathBuf>,
}

/// Reads every file that `text` and the files it names refer to.
pub(crate) fn read_files<'t>(
    path: &Path,
    shown: &str,
    text: &'t str,
    options: &Options,
) -> SchemaFiles<'t> {
    let url = input::shown(path);
    // References are relative to the file; messages name them as they name the file.
    let hidden = url.strip_suffix(shown).unwrap_or_default().to_owned();
    let mut files = SchemaFiles {
        read: vec![FileText {
            shown: String::from(shown),
            url,
            path: Some(path.to_owned()),
            text: replace_lone_surrogates(text),
        }],
        absent: Vec::new(),
    };
    // Most schemas have no `$ref` and are not parsed an extra time.
    if !text.contains("$ref") && !text.contains("\\u0024") {
        return files;
    }
    let mut tried = HashSet::new();
    loop {
        let before = files.read.len();
        for url in missing(&files.read) {
            if tried.insert(url.clone()) {
                files.add(url, &hidden, options);
            }
        }
        if files.read.len() == before {
            return files;
        }
    }
}

impl SchemaFiles<'_> {
    /// Reads the file at this URL; `hidden` is the start of its path that messages omit.
    fn add(&mut self, url: String, hidden: &str, options: &Options) {
        let (shown, path, text) = if let Some(text) = url::base64(&url) {
            let start: String = url.chars().take(40).collect();
            (format!("{start}…"), None, text)
        } else {
            let path = match options.mapped_ref(&url) {
                Some(path) => path.to_owned(),
                None if url::has_scheme(&url) => return,
                None => PathBuf::from(&*url::percent_decoded(&url)),
            };
            let shown = input::shown(&path);
            let shown = shown.strip_prefix(hidden).unwrap_or(&shown).to_owned();
            // A device or a pipe may have no end.
            let text = path.is_file().then(|| input::read(&path, &shown).ok());
            match text.flatten() {
                Some(text) => (shown, Some(path), text),
                None => return self.absent.push(path),
            }
        };
        self.read.push(FileText {
            shown,
            url,
            path,
            text: Cow::Owned(replace_lone_surrogates(&text).into_owned()),
        });
    }
}

/// The URLs of files that these files refer to and that were not read.
fn missing(files: &[FileText<'_>]) -> Vec<String> {
    let files = parse_files(files, &mut Problems::default());
    let set = SchemaSet::new(&files);
    let mut found = Vec::new();
    for file in &set.files {
        references(file.node, &mut found);
    }
    let missing = found.into_iter().filter_map(|(spot, written)| {
        let target = set.resolve(spot, written);
        match target {
            Target::Missing(url) => Some(url),
            _ => None,
        }
    });
    missing.collect()
}

/// Every `$ref` in `node` in the order of the file, with the place of its value.
pub(super) fn references<'t>(node: &'t Node<'t>, found: &mut Vec<(Spot, &'t str)>) {
    for member in node.members() {
        match member.node.text() {
            Some(written) if member.key == Keyword::Ref.name() => {
                found.push((member.node.spot, written));
            }
            _ => references(&member.node, found),
        }
    }
    if let Value::Array(items) = &node.value {
        items.iter().for_each(|item| references(item, found));
    }
}

/// A file and its JSON, if that is valid.
#[derive(Debug)]
pub(crate) struct ParsedFile<'t> {
    pub(crate) file: &'t FileText<'t>,
    pub(crate) source: Source<'t>,
    pub(crate) node: Option<Node<'t>>,
}

/// Parses the files, of which the first is the identity schema; the index of each is its number in a [`Spot`].
pub(crate) fn parse_files<'t>(
    files: &'t [FileText<'_>],
    problems: &mut Problems,
) -> Vec<ParsedFile<'t>> {
    let files = files.iter().enumerate().map(|(number, file)| {
        let source = Source::of_file(number, &file.text);
        let node = parse(&source, problems);
        let node = match node {
            Some(node) if number > 0 => Some(modernized(node, problems)),
            node => node,
        };
        ParsedFile { file, source, node }
    });
    files.collect()
}

impl<'t> SchemaSet<'t> {
    /// The files that are JSON.
    pub(crate) fn new(files: &'t [ParsedFile<'t>]) -> Self {
        let files = files.iter().filter_map(|one| {
            Some(SchemaFile {
                url: &one.file.url,
                source: &one.source,
                node: one.node.as_ref()?,
            })
        });
        Self {
            files: files.collect(),
        }
    }
}
