//! The three steps, from text to text.

use std::path::Path;

use crate::problem::{Errors, Problem};
use crate::schema::{Problems, Source};
use crate::settings::Options;
use crate::{input, model, rust, schema};

/// Writes Rust for the identity schema `text`.
///
/// `name` gives the types their names (`customer` → `CustomerTraits`), `source` is the file as messages and the emitted code name it.
///
/// # Errors
///
/// All problems of the schema: what Kratos refuses, what fails on first use, and what this crate cannot write types for.
pub fn generate(name: &str, source: &str, text: &str, options: &Options) -> Result<String, Errors> {
    let mut wrong = options.problems(source);
    let name_problem = rust::check_name(name).err();
    wrong.extend(name_problem.map(|message| Problem::of_file(source, message)));
    if !wrong.is_empty() {
        return Err(Errors::new(wrong));
    }

    let read = Source::new(text);
    let context = rust::Context {
        name,
        source,
        runtime: options.runtime(),
        settings: options,
        read: &read,
    };
    let mut problems = Problems::default();
    let mut strangers = Vec::new();
    let rust = steps(&context, &mut problems, &mut strangers);
    if problems.is_empty() && !strangers.is_empty() {
        return Err(Errors::new(strangers));
    }
    rust.ok_or_else(|| {
        let of_schema = problems.into_errors(source, &read);
        Errors::new(strangers.into_iter().chain(of_schema).collect())
    })
}

/// Every step runs as far as it can, so that all problems of a schema are reported at once.
fn steps(
    context: &rust::Context<'_>,
    problems: &mut Problems,
    strangers: &mut Vec<Problem>,
) -> Option<String> {
    let node = schema::parse(context.read, problems)?;
    let document = schema::document(&node, problems)?;
    let traits = model::build(&document, problems);
    let plan = rust::plan(context, &traits, problems);
    strangers.extend(context.settings.strangers(&plan.paths, context.source));
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
