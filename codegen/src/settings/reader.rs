//! Reads the settings file. Serde stops at the first problem, so the entry that it refuses is removed and the rest is read again.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Error, ValueDeserializer};

use super::Options;
use super::file::{File, Schema};
use super::spanned::SettingsText;
use crate::diagnostics::{Errors, Problem, hint};

/// Reads the text of the file in `folder`; `shown` is its name in messages.
pub(super) fn read(text: &str, folder: &Path, shown: &str) -> Result<File, Errors> {
    let mut reader = Reader {
        text: Arc::new(SettingsText {
            shown: shown.into(),
            text: text.into(),
        }),
        folder,
        problems: Vec::new(),
    };
    let mut file = File::default();
    match DeTable::parse(text) {
        Ok(root) => file = reader.file(root),
        Err(error) => reader.refuse(&error, ""),
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| (problem.line, problem.column));
    if problems.is_empty() {
        Ok(file)
    } else {
        Err(Errors::new(problems))
    }
}

struct Reader<'f> {
    text: Arc<SettingsText>,
    folder: &'f Path,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn file(&mut self, root: Spanned<DeTable<'_>>) -> File {
        let (span, mut root) = (root.span(), root.into_inner());
        let schemas = root.remove("schemas").map(|schemas| self.table(schemas));
        let schemas = schemas.into_iter().flatten().map(|(name, schema)| {
            let span = schema.span();
            let mut schema = self.table(schema);
            let file = schema.remove("file").map(|file| self.value(file, ""));
            let options = self.options(Spanned::new(span, DeValue::Table(schema)), "file");
            (name.into_inner().into_owned(), Schema { file, options })
        });
        File {
            schemas: schemas.collect(),
            options: self.options(Spanned::new(span, DeValue::Table(root)), "schemas"),
        }
    }

    fn table<'t>(&mut self, value: Spanned<DeValue<'t>>) -> DeTable<'t> {
        let start = value.span().start;
        if let DeValue::Table(table) = value.into_inner() {
            return table;
        }
        let message = "expected a table, as in `[schemas.customer]`";
        self.problems.push(self.text.problem(start, message));
        DeTable::new()
    }

    fn options(&mut self, table: Spanned<DeValue<'_>>, also_known: &str) -> Options {
        let mut options: Options = self.value(table, also_known);
        options.sources.file = Some(Arc::clone(&self.text));
        self.problems.extend(options.problems());
        options.refs_relative_to(self.folder)
    }

    /// Deserializes the value without the entries that are refused.
    fn value<T: DeserializeOwned + Default>(
        &mut self,
        mut value: Spanned<DeValue<'_>>,
        also_known: &str,
    ) -> T {
        loop {
            let error = match T::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(read) => return read,
                Err(error) => error,
            };
            self.refuse(&error, also_known);
            let span = error.span();
            if !span.is_some_and(|span| remove(value.get_mut(), &span)) {
                return T::default();
            }
        }
    }

    /// Reports an error of TOML or serde; `also_known` is a key that serde does not know.
    fn refuse(&mut self, error: &Error, also_known: &str) {
        // "unknown field `a`, expected one of `b`, `c`"
        let words: Vec<&str> = error.message().split('`').collect();
        let known = || {
            let known = words.iter().skip(3).step_by(2).copied();
            let known = [also_known].into_iter().chain(known);
            known.filter(|key| !key.is_empty()).collect::<Vec<_>>()
        };
        let message = match *words {
            ["unknown field ", key, ..] => {
                format!("there is no setting `{key}`{}", hint(key, &known()))
            }
            _ => error.message().replace('\n', " "),
        };
        let start = error.span().map_or(0, |span| span.start);
        self.problems.push(self.text.problem(start, &message));
    }
}

/// Removes the entry or element whose key or value has this span; false if there is none.
fn remove(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    let mut found = false;
    let mut keep = |is_it: bool, value: &mut Spanned<DeValue<'_>>| {
        let is_it = is_it || value.span() == *span;
        found |= is_it || remove(value.get_mut(), span);
        !is_it
    };
    match value {
        DeValue::Table(table) => {
            let entries = std::mem::take(table).into_iter();
            *table = entries
                .filter_map(|(key, mut value)| {
                    keep(key.span() == *span, &mut value).then_some((key, value))
                })
                .collect();
        }
        DeValue::Array(array) => {
            let elements = std::mem::replace(array, DeArray::new()).into_iter();
            *array = elements
                .filter_map(|mut value| keep(false, &mut value).then_some(value))
                .collect();
        }
        _ => {}
    }
    found
}
