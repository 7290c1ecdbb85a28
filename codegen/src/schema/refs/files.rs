//! Reads all files of one schema: the identity schema and the files that its `$ref`s name.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

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

/// Reads every file that `text` and the files it names refer to. One that cannot be read is left out, and reported when the `$ref` is
/// resolved.
pub(crate) fn read_files<'t>(
    path: &Path,
    shown: &str,
    text: &'t str,
    options: &Options,
) -> Vec<FileText<'t>> {
    let url = input::shown(path);
    // References are relative to the file; messages name them as they name the file.
    let hidden = url.strip_suffix(shown).unwrap_or_default().to_owned();
    let mut files = vec![FileText {
        shown: String::from(shown),
        url,
        path: Some(path.to_owned()),
        text: replace_lone_surrogates(text),
    }];
    // Most schemas have no `$ref` and are not parsed an extra time.
    if !text.contains("$ref") && !text.contains("\\u0024") {
        return files;
    }
    let mut tried = HashSet::new();
    loop {
        let before = files.len();
        for url in missing(&files) {
            if tried.insert(url.clone()) {
                files.extend(read_file(url, &hidden, options));
            }
        }
        if files.len() == before {
            return files;
        }
    }
}

/// Reads the file at this URL; `hidden` is the start of its path that messages omit.
fn read_file(url: String, hidden: &str, options: &Options) -> Option<FileText<'static>> {
    let (shown, path, text) = if let Some(text) = url::base64(&url) {
        let start: String = url.chars().take(40).collect();
        (format!("{start}…"), None, text)
    } else {
        let path = match options.mapped_ref(&url) {
            Some(path) => path.to_owned(),
            None if url::has_scheme(&url) => return None,
            None => PathBuf::from(&*url::percent_decoded(&url)),
        };
        let shown = input::shown(&path);
        let shown = shown.strip_prefix(hidden).unwrap_or(&shown).to_owned();
        let text = input::read(&path, &shown).ok()?;
        (shown, Some(path), text)
    };
    Some(FileText {
        shown,
        url,
        path,
        text: Cow::Owned(replace_lone_surrogates(&text).into_owned()),
    })
}

/// The URLs of files that these files refer to and that were not read.
fn missing(files: &[FileText<'_>]) -> Vec<String> {
    let sources: Vec<Source<'_>> = sources(files);
    let nodes = sources.iter();
    let nodes: Vec<_> = nodes
        .map(|source| parse(source, &mut Problems::default()))
        .collect();
    let set = schema_set(files, &sources, &nodes);
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

pub(crate) fn sources<'t>(files: &'t [FileText<'_>]) -> Vec<Source<'t>> {
    let numbered = files.iter().enumerate();
    numbered
        .map(|(number, file)| Source::of_file(number, &file.text))
        .collect()
}

pub(crate) fn schema_set<'t>(
    files: &'t [FileText<'_>],
    sources: &'t [Source<'t>],
    nodes: &'t [Option<Node<'t>>],
) -> SchemaSet<'t> {
    let files = files.iter().zip(sources).zip(nodes);
    let files = files.filter_map(|((file, source), node)| {
        Some(SchemaFile {
            url: &file.url,
            source,
            node: node.as_ref()?,
        })
    });
    SchemaSet {
        files: files.collect(),
    }
}
