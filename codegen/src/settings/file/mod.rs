//! The file `kratos-traits.toml`: the same settings, beside the schemas.

mod options;
mod places;
mod shape;
mod tables;

use std::collections::BTreeMap;
use std::path::Path;

use self::places::Places;
use self::tables::Table;
#[cfg(feature = "cli")]
pub use self::tables::settings_schema;
use super::Options;
use crate::problem::{Errors, Problem};
use crate::schema::Source;

/// A file that has been read.
#[derive(Debug, Default)]
pub(crate) struct File {
    all: Options,
    schemas: BTreeMap<String, SchemaSettings>,
}

/// What the file says of one schema.
#[derive(Debug, Default)]
pub(crate) struct SchemaSettings {
    /// Where it is, from the folder of the file.
    file: Option<String>,
    options: Options,
}

impl File {
    /// Reads the text of the file in `folder`; `shown` is how messages name it.
    pub(crate) fn read(text: &str, folder: &Path, shown: &str) -> Result<Self, Errors> {
        let places = Places {
            source: Source::of_file(0, text),
            shown,
            folder,
        };
        let (table, refused) = shape::read::<Table>(text);
        let mut problems: Vec<Problem> = refused.iter().map(|one| places.refusal(one)).collect();
        let Some(mut table) = table else {
            problems.sort_by_key(|problem| (problem.line, problem.column));
            return Err(Errors::new(problems));
        };
        let schemas = std::mem::take(&mut table.schemas).into_iter();
        let schemas = schemas.map(|(name, mut table)| {
            let file = table.file.take();
            let options = options::of_schema(table, &places);
            (name, SchemaSettings { file, options })
        });
        let file = Self {
            schemas: schemas.collect(),
            all: options::of_all(table, &places),
        };
        let each = file.schemas.values().map(|schema| &schema.options);
        problems.extend(each.chain([&file.all]).flat_map(Options::problems));
        problems.sort_by_key(|problem| (problem.line, problem.column));
        if problems.is_empty() {
            Ok(file)
        } else {
            Err(Errors::new(problems))
        }
    }

    /// `options`, and what this file sets besides for the schema with the first of these names that it has.
    pub(crate) fn complete(&self, names: &[&str], options: Options) -> Options {
        let schema = names.iter().find_map(|name| self.schemas.get(*name));
        let options = match schema {
            Some(schema) => options.or(&schema.options),
            None => options,
        };
        options.or(&self.all)
    }

    /// The names and places of the schemas.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.schemas
            .iter()
            .filter_map(|(name, schema)| Some((name.as_str(), schema.file.as_deref()?)))
    }
}
