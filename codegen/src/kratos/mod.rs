//! The identity schemas that a configuration of Kratos names: one source for the server and the application.

mod config;
mod url;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::generate::{Generated, generate_at};
use crate::problem::{Errors, Problem};
use crate::schema::hint;
use crate::settings::Options;
use crate::{input, rust};

use self::config::Entry;
use self::url::Place;

/// Every schema file that the configuration at `path` names; none where it cannot be read.
pub(crate) fn files(base: &Path, path: &Path) -> Vec<PathBuf> {
    let shown = input::shown(path);
    let read = input::read(&base.join(path), &shown);
    let entries = read.ok().and_then(|text| config::read(&text, &shown).ok());
    let places = entries.into_iter().flatten().filter_map(|entry| {
        let folder = base.join(path.parent()?);
        match url::place(entry.url.as_deref()?, &folder) {
            Ok(Place::File(file)) => Some(file),
            _ => None,
        }
    });
    places.collect()
}

/// What is asked for.
pub(crate) struct Asked<'a> {
    pub(crate) name: &'a str,
    /// The folder that paths are relative to.
    pub(crate) base: &'a Path,
    /// The configuration, and how messages name it.
    pub(crate) path: &'a Path,
    pub(crate) shown: &'a str,
    /// What is set for all schemas, and before that for single ones, by their ids.
    pub(crate) options: Options,
    pub(crate) by_id: BTreeMap<&'a str, Options>,
    /// Adds what a file sets for the schema with the first of these names that it has.
    pub(crate) complete: &'a dyn Fn(&[&str], Options) -> Options,
}

impl Asked<'_> {
    /// The settings for the schema with this id, whose types are named by `own`.
    fn options_of(&self, id: &str, own: &str) -> Options {
        let options = match self.by_id.get(id) {
            Some(options) => options.clone().or(&self.options),
            None => self.options.clone(),
        };
        (self.complete)(&[id, own], options)
    }

    /// A problem for each id of which something is set, and that no entry has.
    fn strangers(&self, entries: &[Entry]) -> impl Iterator<Item = Problem> {
        let known: Vec<&str> = entries.iter().map(Entry::id).collect();
        self.by_id.keys().filter_map(move |id| {
            let message = || {
                let hint = hint(id, &known);
                let shown = self.shown;
                format!("there is no schema {id:?} in {shown} to set something for{hint}")
            };
            (!known.contains(id)).then(|| Problem::of_file("build.rs", message()))
        })
    }
}

/// The Rust for all of them, and the enum over them.
pub(crate) fn generate(asked: &Asked<'_>) -> Result<Generated, Errors> {
    let &Asked {
        name,
        base,
        path,
        shown,
        ..
    } = asked;
    let text = input::read(&base.join(path), shown)?;
    let entries = config::read(&text, shown)?;
    let folder = base.join(path.parent().unwrap_or(Path::new("")));
    let mut problems: Vec<Problem> = asked.strangers(&entries).collect();
    let options = (asked.complete)(&[name], asked.options.clone());
    let root = rust::root_type(name, &options);
    let mut taken: BTreeMap<String, Option<&Entry>> = BTreeMap::from([(root, None)]);
    let mut choices = Vec::new();
    let mut out = String::new();
    let (mut warnings, mut files) = (Vec::new(), Vec::new());
    for entry in &entries {
        problems.extend(entry.incomplete(shown));
        let Some(url) = &entry.url else { continue };
        let id = entry.id();
        let own = name_of(id);
        let options = asked.options_of(id, &own);
        let ty = rust::root_type(&own, &options);
        if entry.id.is_some()
            && let Some(other) = taken.insert(ty.clone(), Some(entry))
        {
            problems.push(collision(entry, other, &ty, shown));
            continue;
        }
        let written = schema_text(entry, url, &folder, base, shown).and_then(|read| {
            let options = options.inside(id);
            generate_at(&own, &read.path, &read.shown, &read.text, &options)
        });
        match written {
            Ok(generated) => {
                for one in generated.types.into_iter().filter(|one| *one != ty) {
                    if let Some(other) = taken.insert(one.clone(), Some(entry)) {
                        problems.push(collision(entry, other, &one, shown));
                    }
                }
                choices.push(rust::Choice {
                    id: id.into(),
                    ty,
                    is_deprecated: options.of_trait(&[]).is_deprecated(),
                });
                out.push_str(&generated.rust);
                out.push('\n');
                warnings.extend(generated.warnings);
                files.extend(generated.files);
            }
            Err(errors) => problems.extend(errors),
        }
    }
    problems.extend(options.problems());
    problems.extend(
        rust::check_name(name)
            .err()
            .map(|message| Problem::of_file(shown, message)),
    );
    if !problems.is_empty() {
        return Err(Errors::new(problems));
    }
    let chooser = rust::chooser(name, &choices, &options);
    Ok(Generated {
        rust: rust::in_module(&(out + &chooser), name, &options),
        warnings,
        files,
        types: taken.into_keys().collect(),
    })
}

/// Two things of one name, and how to give one of them another.
fn collision(entry: &Entry, other: Option<&Entry>, ty: &str, shown: &str) -> Problem {
    let other = other.map_or_else(
        || String::from("the enum over all schemas"),
        |other| format!("those of {:?} (at {})", other.id(), other.place(shown)),
    );
    let message = format!(
        "the traits of {:?} and {other} would both be the type `{ty}`; rename one of them, here with `rename_type = \"…\"` under `[schemas.{:?}.traits.\"\"]` in kratos-traits.toml, or with `.options_of_id(…)` in a build script",
        entry.id(),
        entry.id()
    );
    entry.problem(shown, message)
}

/// A schema that was read.
struct Read {
    /// Its file; for a text in the configuration, one that would be beside that.
    path: PathBuf,
    /// How messages and the emitted code name it.
    shown: String,
    text: String,
}

fn schema_text(
    entry: &Entry,
    url: &str,
    folder: &Path,
    base: &Path,
    shown: &str,
) -> Result<Read, Errors> {
    match url::place(url, folder) {
        Ok(Place::Text(text)) => {
            let shown = format!("{shown}#{}", entry.id());
            Ok(Read {
                path: base.join(&shown),
                shown,
                text,
            })
        }
        Ok(Place::File(path)) => {
            let shown = input::shown(path.strip_prefix(base).unwrap_or(&path));
            let text = input::read(&path, &shown)?;
            Ok(Read { path, shown, text })
        }
        Err(message) => Err(entry.problem(shown, message).into()),
    }
}

/// A name for the types of the schema with this id.
fn name_of(id: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name: String = id.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name
    } else {
        format!("schema_{name}")
    }
}
