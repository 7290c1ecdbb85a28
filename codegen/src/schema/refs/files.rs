//! Reads all files of one schema: the identity schema and the files that its `$ref`s name.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::set::{SchemaFile, SchemaSet, Target, references};
use super::url;
use crate::schema::parse::{parse, replace_lone_surrogates};
use crate::schema::{Node, Problems, Source};
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
    let mut tried: Vec<String> = Vec::new();
    loop {
        let wanted = missing(&files);
        let before = files.len();
        for url in wanted {
            if tried.contains(&url) {
                continue;
            }
            tried.push(url.clone());
            if let Some(text) = url::base64(&url) {
                files.push(FileText {
                    shown: format!("{}…", url.chars().take(40).collect::<String>()),
                    url,
                    path: None,
                    text: replaced(text),
                });
                continue;
            }
            let path = match options.mapped_ref(&url) {
                Some(path) => path.to_owned(),
                None if url::has_scheme(&url) => continue,
                None => PathBuf::from(&*url::percent_decoded(&url)),
            };
            let shown = input::shown(&path);
            let shown = shown.strip_prefix(&hidden).unwrap_or(&shown).to_owned();
            if let Ok(text) = input::read(&path, &shown) {
                files.push(FileText {
                    shown,
                    url,
                    path: Some(path),
                    text: replaced(text),
                });
            }
        }
        if files.len() == before {
            return files;
        }
    }
}

fn replaced(text: String) -> Cow<'static, str> {
    Cow::Owned(replace_lone_surrogates(&text).into_owned())
}

/// The URLs of files that these files refer to and that were not read.
fn missing(files: &[FileText<'_>]) -> Vec<String> {
    let sources: Vec<Source<'_>> = sources(files);
    let nodes: Vec<Option<Node<'_>>> = sources
        .iter()
        .map(|source| parse(source, &mut Problems::default()))
        .collect();
    let set = schema_set(files, &sources, &nodes);
    let mut wanted = Vec::new();
    for file in &set.files {
        let mut found = Vec::new();
        references(file.node, &mut found);
        for (spot, written) in found {
            if let Target::Missing(url) = set.resolve(spot, written) {
                wanted.push(url);
            }
        }
    }
    wanted
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
    SchemaSet {
        files: files
            .filter_map(|((file, source), node)| {
                Some(SchemaFile {
                    url: &file.url,
                    source,
                    node: node.as_ref()?,
                })
            })
            .collect(),
    }
}
