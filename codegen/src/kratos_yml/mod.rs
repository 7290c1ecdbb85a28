//! The identity schemas of a Kratos configuration: one source for the server and the application.

mod entries;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Errors, Problem, hint};
use crate::generate::{Generated, generate_at};
use crate::settings::{File, Options};
use crate::{input, rust};

use self::entries::{Entry, Place};

/// The schema files that the configuration at `path` names; none if it cannot be read.
pub(crate) fn files(base: &Path, path: &Path) -> Vec<PathBuf> {
    let shown = input::shown(path);
    let read = input::read(&base.join(path), &shown);
    let entries = read.ok().and_then(|text| entries::read(&text, &shown).ok());
    let places = entries.into_iter().flatten().filter_map(|entry| {
        let folder = base.join(path.parent()?);
        match entries::place(entry.url.as_deref()?, &folder) {
            Ok(Place::File(file)) => Some(file),
            _ => None,
        }
    });
    places.collect()
}

/// A Kratos configuration for which code is generated.
pub(crate) struct Request<'a> {
    pub(crate) name: &'a str,
    /// The folder that paths are relative to.
    pub(crate) base: &'a Path,
    pub(crate) path: &'a Path,
    /// The name of the configuration in messages.
    pub(crate) shown: &'a str,
    /// The settings of all its schemas.
    pub(crate) options: Options,
    /// The settings of single schemas, by their ids.
    pub(crate) by_id: BTreeMap<&'a str, Options>,
    pub(crate) file: File,
}

impl Request<'_> {
    /// The settings of the schema with this id, whose types are named after `name`.
    fn options_of(&self, id: &str, name: &str) -> Options {
        let own = self.by_id.get(id).cloned().unwrap_or_default();
        self.file
            .complete(&[id, name], own.or(self.options.clone()))
    }

    /// A problem for each id that has settings and is not in the configuration.
    fn unknown_ids(&self, entries: &[Entry]) -> impl Iterator<Item = Problem> {
        let known: Vec<&str> = entries.iter().map(Entry::id).collect();
        self.by_id.keys().filter_map(move |id| {
            let message = || {
                let hint = hint(id, &known);
                let shown = self.shown;
                format!("there is no schema {id:?} in {shown} to configure{hint}")
            };
            (!known.contains(id)).then(|| Problem::of_file("build.rs", message()))
        })
    }
}

/// Generates the Rust for all schemas, and the enum over them.
pub(crate) fn generate(request: &Request<'_>) -> Result<Generated, Errors> {
    let &Request {
        name,
        base,
        path,
        shown,
        ..
    } = request;
    let text = input::read(&base.join(path), shown)?;
    let entries = entries::read(&text, shown)?;
    let folder = base.join(path.parent().unwrap_or(Path::new("")));
    let mut problems: Vec<Problem> = request.unknown_ids(&entries).collect();
    let options = request.file.complete(&[name], request.options.clone());
    let root = rust::root_type(name, &options);
    let mut taken: BTreeMap<String, Option<&Entry>> = BTreeMap::from([(root, None)]);
    let mut variants = Vec::new();
    let mut out = String::new();
    let (mut warnings, mut files) = (Vec::new(), Vec::new());
    for entry in &entries {
        problems.extend(entry.incomplete(shown));
        let Some(url) = &entry.url else { continue };
        let id = entry.id();
        let own = name_of(id);
        let options = request.options_of(id, &own);
        let ty = rust::root_type(&own, &options);
        if entry.id.is_some()
            && let Some(other) = taken.insert(ty.clone(), Some(entry))
        {
            problems.push(collision(entry, other, &ty, shown));
            continue;
        }
        let generated = schema_text(entry, url, &folder, base, shown).and_then(|read| {
            let options = options.for_schema_id(id);
            generate_at(&own, &read.path, &read.shown, &read.text, &options)
        });
        match generated {
            Ok(generated) => {
                for one in generated.types.into_iter().filter(|one| *one != ty) {
                    if let Some(other) = taken.insert(one.clone(), Some(entry)) {
                        problems.push(collision(entry, other, &one, shown));
                    }
                }
                variants.push(rust::AnySchemaVariant {
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
    let any_schema = rust::any_schema(name, &variants, &options);
    Ok(Generated {
        rust: rust::in_module(&(out + &any_schema), name, &options),
        warnings,
        files,
        types: taken.into_keys().collect(),
    })
}

/// Two types of one name, and how to rename one of them.
fn collision(entry: &Entry, other: Option<&Entry>, ty: &str, shown: &str) -> Problem {
    let id = entry.id();
    let other = other.map_or_else(
        || String::from("the enum over all schemas"),
        |other| format!("those of {:?} (at {})", other.id(), other.place(shown)),
    );
    let message = format!(
        "the traits of {id:?} and {other} would have the same type name `{ty}`; rename one of them: these with `rename_type = \"…\"` under `[schemas.{id:?}.traits.\"\"]` in kratos-traits.toml, or with `.options_of_id(…)` in a build script"
    );
    entry.problem(shown, message)
}

/// The text of a schema.
struct Read {
    /// Its file; of a text in the configuration itself, a path in the same folder.
    path: PathBuf,
    /// Its name in messages and in the generated code.
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
    match entries::place(url, folder) {
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

/// The name of the schema with this id, from which its types are named.
fn name_of(id: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name: String = id.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name
    } else {
        format!("schema_{name}")
    }
}
