//! The three steps, from text to text.

use std::path::Path;

use crate::options::Options;
use crate::problem::{Errors, Problem};
use crate::schema::{Problems, Source};
use crate::{input, model, rust, schema};

/// Writes Rust for the identity schema `text`.
///
/// `name` gives the types their names (`customer` → `CustomerTraits`), `source` is the file as messages and the emitted code name it.
///
/// # Errors
///
/// All problems of the schema: what Kratos refuses, what fails on first use, and what this crate cannot write types for.
pub fn generate(name: &str, source: &str, text: &str, options: &Options) -> Result<String, Errors> {
    let runtime = options
        .checked_runtime_path()
        .map_err(|message| Problem::of_file(source, message))?;
    rust::check_name(name).map_err(|message| Problem::of_file(source, message))?;

    let read = Source::new(text);
    let context = rust::Context {
        name,
        source,
        runtime,
        policy: options.policy(),
        read: &read,
    };
    let mut problems = Problems::default();
    steps(&context, &mut problems).ok_or_else(|| problems.into_errors(source, &read))
}

/// Every step runs as far as it can, so that all problems of a schema are reported at once.
fn steps(context: &rust::Context<'_>, problems: &mut Problems) -> Option<String> {
    let node = schema::parse(context.read, problems)?;
    let document = schema::document(&node, problems)?;
    let traits = model::build(&document, problems);
    let plan = rust::plan(context, &traits, problems);
    problems.is_empty().then(|| rust::write(&plan, context))
}

/// Reads the file at `path` and writes Rust for it, as [`generate`] does.
///
/// # Errors
///
/// As [`generate`], and when the file cannot be read or is not UTF-8.
pub fn generate_file(
    name: &str,
    path: impl AsRef<Path>,
    options: &Options,
) -> Result<String, Errors> {
    let path = path.as_ref();
    let shown = input::shown(path);
    let text = input::read(path, &shown)?;
    generate(name, &shown, &text, options)
}
