//! The identity schemas of a Kratos configuration: one source for the server and the application.

mod entries;
mod locate;
mod wrapped;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use crate::diagnostics::{Errors, Problem, Severity, Warning, hint};
use crate::generate::{Generated, generate_at};
use crate::settings::{File, Options};
use crate::{input, rust};

use self::entries::Entry;
use self::locate::{Located, Place, Search};

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
    let options = request.file.complete(&[name], request.options.clone());
    let search = Search {
        base,
        folder: &base.join(path.parent().unwrap_or(Path::new(""))),
        options: &options,
    };
    let mut problems: Vec<Problem> = request.unknown_ids(&entries).collect();
    let (entries, repeated) = without_repeated(&entries);
    let repeated = repeated.map(|(entry, first)| repeated_id(entry, first, shown, &options));
    let (mut warnings, mut files, mut absent) = (Vec::new(), Vec::new(), Vec::new());
    for problem in repeated.flatten() {
        if problem.severity == Severity::Error {
            problems.push(problem);
        } else {
            warnings.push(problem);
        }
    }
    let places: Vec<_> = entries
        .iter()
        .map(|entry| Some(search.place(entry.url.as_deref()?)))
        .collect();
    let located = entries.iter().zip(&places).filter_map(|(entry, place)| {
        let Some(Ok(Place::File(located))) = place else {
            return None;
        };
        Some((*entry, located))
    });
    problems.extend(locate::shared(located, shown));
    let root = rust::root_type(name, &options);
    let mut taken: BTreeMap<String, Option<&Entry>> = BTreeMap::from([(root, None)]);
    let mut variants = Vec::new();
    let mut out = String::new();
    for (entry, place) in entries.into_iter().zip(places) {
        problems.extend(entry.incomplete(shown));
        let Some(place) = place else { continue };
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
        let read = place.and_then(|place| schema_text(id, place, base, shown));
        let read = read.map_err(|message| entry.problem(shown, message).into());
        let generated = read.and_then(|read| {
            let options = options.for_schema_id(id);
            let generated = generate_at(&own, &read.path, &read.shown, &read.text, &options);
            files.extend(read.is_file.then_some(read.path));
            absent.extend(read.absent);
            generated
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
                absent.extend(generated.absent);
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
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    Ok(Generated {
        rust: rust::in_module(&(out + &any_schema), name, &options),
        warnings,
        files,
        absent,
        types: taken.into_keys().collect(),
    })
}

/// The schemas whose ids are new, and the others, each with the first one of its id.
fn without_repeated(entries: &[Entry]) -> (Vec<&Entry>, impl Iterator<Item = (&Entry, &Entry)>) {
    let mut first: BTreeMap<&str, &Entry> = BTreeMap::new();
    let (mut kept, mut repeated) = (Vec::new(), Vec::new());
    for entry in entries {
        match (entry.id.as_deref(), first.get(entry.id())) {
            (Some(_), Some(first)) => repeated.push((entry, *first)),
            (id, _) => {
                first.extend(id.map(|id| (id, entry)));
                kept.push(entry);
            }
        }
    }
    (kept, repeated.into_iter())
}

/// Kratos looks for the first schema with an id and never gets to the next one.
fn repeated_id(entry: &Entry, first: &Entry, shown: &str, options: &Options) -> Option<Problem> {
    let message = format!(
        "the id {:?} is that of another schema (at {}), and Kratos uses the first one; remove this schema, or give it another id",
        entry.id(),
        first.place(shown)
    );
    let warning = Warning::DuplicateSchemaId;
    let severity = options.severity_of(warning)?;
    Some(entry.problem(shown, message).warning(warning, severity))
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
    is_file: bool,
    /// Its name in messages and in the generated code.
    shown: String,
    text: String,
    /// The files that would be read instead if they were there.
    absent: Vec<PathBuf>,
}

fn schema_text(id: &str, place: Place, base: &Path, shown: &str) -> Result<Read, String> {
    match place {
        Place::Text(text) => {
            let shown = format!("{shown}#{id}");
            Ok(Read {
                path: base.join(&shown),
                is_file: false,
                shown,
                text,
                absent: Vec::new(),
            })
        }
        Place::File(Located { path, absent, .. }) => {
            let shown = input::shown(path.strip_prefix(base).unwrap_or(&path));
            let text = input::read(&path, &shown)
                .map_err(|problem| format!("the schema file {shown:?}: {}", problem.message))?;
            Ok(Read {
                path,
                is_file: true,
                shown,
                text,
                absent,
            })
        }
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
