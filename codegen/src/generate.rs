//! The three steps from the text of a schema to Rust.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Errors, Problem, Severity};
use crate::schema::{Problems, SchemaSet};
use crate::settings::Options;
use crate::{input, model, rust, schema, stack};

/// The result for an identity schema.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The Rust.
    pub rust: String,
    /// What Kratos accepts although it is surprising.
    pub warnings: Vec<Problem>,
    /// The other files that were read because a `$ref` leads to them.
    pub files: Vec<PathBuf>,
    /// The files that a `$ref` leads to and that could not be read. None of them was needed, but the result may change if one appears.
    pub absent: Vec<PathBuf>,
    /// The names of the types, for several schemas in one file.
    #[cfg_attr(not(feature = "kratos-config"), allow(dead_code))]
    pub(crate) types: Vec<String>,
}

/// Writes Rust for the identity schema `text`.
///
/// `name` gives the types their names (`customer` → `CustomerTraits`). `source` is the name of the file in messages; a `$ref` to another
/// file is relative to it. The generated code names the file without the folders above the working directory.
///
/// # Errors
///
/// All problems of the schema: what Kratos refuses at boot or at the first identity, and what cannot become types.
pub fn generate(
    name: &str,
    source: &str,
    text: &str,
    options: &Options,
) -> Result<Generated, Errors> {
    generate_at(name, Path::new(source), source, text, options)
}

/// As [`generate`], for the text of the file at `path`, which has the name `shown` in messages.
pub(crate) fn generate_at(
    name: &str,
    path: &Path,
    shown: &str,
    text: &str,
    options: &Options,
) -> Result<Generated, Errors> {
    stack::with_room(text, || {
        let mut of_settings = options.problems();
        if let Err(message) = rust::check_name(name) {
            of_settings.push(Problem::of_file(shown, message));
            return Err(Errors::new(of_settings));
        }
        let are_valid = of_settings.is_empty();
        let options = &options.valid();

        let files = schema::read_files(path, shown, text, options);
        let mut problems = Problems::default();
        let parsed = schema::parse_files(&files.read, &mut problems);
        let source = input::emitted(shown);
        let rust = parsed[0].node.is_some().then(|| {
            let context = rust::Context {
                name,
                source: &source,
                settings: options,
                files: &parsed,
                json: parsed[0].source.text,
            };
            steps(
                &SchemaSet::new(&parsed),
                &context,
                &mut problems,
                &mut of_settings,
            )
        });
        of_settings.sort_by_key(|problem| (problem.line, problem.column));
        of_settings.dedup();
        let is_error = |problem: &Problem| problem.severity == Severity::Error;
        let mut of_schema = problems.into_problems(&parsed, |warning| options.severity_of(warning));
        // Warnings may depend on settings that were left out.
        of_schema.retain(|problem| are_valid || is_error(problem));
        let problems: Vec<Problem> = of_settings.into_iter().chain(of_schema).collect();
        let is_refused = problems.iter().any(is_error);
        match rust.flatten() {
            Some((rust, types)) if !is_refused => {
                let others = files.read.into_iter().skip(1);
                Ok(Generated {
                    rust,
                    types,
                    warnings: problems,
                    files: others.filter_map(|file| file.path).collect(),
                    absent: files.absent,
                })
            }
            _ => Err(Errors::new(problems)),
        }
    })
}

/// Runs each step as far as possible, so that all problems of a schema are reported at once.
fn steps(
    set: &SchemaSet<'_>,
    context: &rust::Context<'_>,
    problems: &mut Problems,
    of_settings: &mut Vec<Problem>,
) -> Option<(String, Vec<String>)> {
    let document = schema::document(set, problems)?;
    let traits = model::build(&document, problems);
    let resolved = rust::resolve(context, &traits, problems);
    let traits: Vec<_> = resolved.rows.iter().map(|row| row.path.clone()).collect();
    of_settings.extend(context.settings.unknown_paths(&resolved.paths, &traits));
    if problems.len() > 0 {
        return None;
    }
    let bundle = schema::bundled(set);
    let context = rust::Context {
        json: bundle.as_deref().unwrap_or(context.json),
        ..*context
    };
    let spots: HashSet<_> = resolved.rows.iter().map(|row| row.spot).collect();
    let pointers = schema::pointers(set, &spots);
    let rust = rust::write(&resolved, &context, &pointers);
    Some((rust, resolved.types))
}

/// Reads the file at `path` and writes Rust for it, as [`generate`] does.
///
/// # Errors
///
/// As [`generate`], and if the file cannot be read or is not UTF-8.
pub fn generate_file(
    name: &str,
    path: impl AsRef<Path>,
    options: &Options,
) -> Result<Generated, Errors> {
    let path = path.as_ref();
    let shown = input::shown(path);
    let text = input::read(path, &shown)?;
    generate_at(name, path, &shown, &text, options)
}
