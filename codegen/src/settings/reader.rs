//! Reads the settings file.

use std::borrow::Cow;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::{File, Schema};
use super::path::TraitPath;
use super::table::{Scope, Setting, Takes};
use super::{Entry, Options, TraitEntries};
use crate::diagnostics::{Problem, hint};
use crate::schema::Source;

/// Reads the text of the file in `folder`; `shown` is its name in messages.
pub(super) fn read(text: &str, folder: &Path, shown: &str) -> Result<File, Problem> {
    let mut reader = Reader {
        source: Source::of_file(0, text),
        shown,
        folder,
        problems: Vec::new(),
    };
    let mut root = match DeTable::parse(text) {
        Ok(root) => root.into_inner(),
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            return Err(reader.place(start).with_message(error.message()));
        }
    };
    let mut file = File::default();
    let schemas = root.remove("schemas").map(|schemas| reader.table(schemas));
    for (name, schema) in schemas.into_iter().flatten() {
        let mut schema = reader.table(schema);
        let path = schema.remove("file");
        let schema = Schema {
            file: path.and_then(|path| reader.string(path)),
            options: reader.options(schema, "file"),
        };
        file.schemas.insert(name.into_inner().into_owned(), schema);
    }
    file.options = reader.options(root, "schemas");
    let options = file.schemas.values().map(|schema| &schema.options);
    let wrong = options.chain([&file.options]).flat_map(Options::problems);
    reader.problems.extend(wrong);
    file.options.problems = reader.problems;
    Ok(file)
}

struct Reader<'f> {
    source: Source<'f>,
    shown: &'f str,
    folder: &'f Path,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// The settings of one schema, or of all. `also_known` is a key beside them, which is read already.
    fn options(&mut self, table: DeTable<'_>, also_known: &str) -> Options {
        let mut options = Options::default();
        for (key, value) in table {
            if key.get_ref() == "traits" {
                for (path, settings) in self.table(value) {
                    let place = Some(self.place(path.span().start));
                    let mut entries = Vec::new();
                    for (key, value) in self.table(settings) {
                        entries.extend(self.entries(Scope::Trait, &key, value, ""));
                    }
                    let path = TraitPath::from(&**path.get_ref());
                    options.traits.insert(path, TraitEntries { place, entries });
                }
                continue;
            }
            for entry in self.entries(Scope::Schema, &key, value, also_known) {
                match entry.setting {
                    Setting::Refs => {
                        let path = self.folder.join(entry.value);
                        options.refs.insert(entry.name, path);
                    }
                    Setting::PathMap => {
                        let path = self.folder.join(entry.value);
                        options.path_map.insert(entry.name.into(), path);
                    }
                    _ => options.entries.push(entry),
                }
            }
        }
        options
    }

    /// The values of the setting `key`; `also_known` is another key of its table.
    fn entries(
        &mut self,
        scope: Scope,
        key: &Spanned<Cow<'_, str>>,
        value: Spanned<DeValue<'_>>,
        also_known: &str,
    ) -> Vec<Entry> {
        let name = &**key.get_ref();
        let settings = Setting::ALL.iter().filter(|one| one.scope() == scope);
        let Some(setting) = settings.clone().find(|one| one.key() == name) else {
            let mut known: Vec<&str> = settings.map(|one| one.key()).collect();
            if scope == Scope::Schema {
                known.insert(0, also_known);
                known.push("traits");
            }
            let message = format!("there is no setting `{name}`{}", hint(name, &known));
            self.report(key.span().start, message);
            return Vec::new();
        };
        let unnamed = |value| (String::new(), value);
        let values: Vec<_> = match setting.takes() {
            Takes::One => vec![unnamed(value)],
            Takes::List => self.array(value).into_iter().map(unnamed).collect(),
            Takes::Table => {
                let table = self.table(value).into_iter();
                table
                    .map(|(name, value)| (name.into_inner().into_owned(), value))
                    .collect()
            }
        };
        let values = values.into_iter().filter_map(|(name, value)| {
            Some(Entry {
                setting: *setting,
                name,
                place: Some(self.place(value.span().start)),
                value: self.string(value)?,
            })
        });
        values.collect()
    }

    fn table<'t>(&mut self, value: Spanned<DeValue<'t>>) -> DeTable<'t> {
        let start = value.span().start;
        match value.into_inner() {
            DeValue::Table(table) => table,
            other => {
                self.unexpected(start, "a table", &other);
                DeTable::new()
            }
        }
    }

    fn array<'t>(&mut self, value: Spanned<DeValue<'t>>) -> Vec<Spanned<DeValue<'t>>> {
        let start = value.span().start;
        match value.into_inner() {
            DeValue::Array(array) => array.into_iter().collect(),
            other => {
                self.unexpected(start, "an array", &other);
                Vec::new()
            }
        }
    }

    fn string(&mut self, value: Spanned<DeValue<'_>>) -> Option<String> {
        let start = value.span().start;
        match value.into_inner() {
            DeValue::String(text) => Some(text.into_owned()),
            other => {
                self.unexpected(start, "a string", &other);
                None
            }
        }
    }

    fn unexpected(&mut self, start: usize, expected: &str, found: &DeValue<'_>) {
        let found = found.type_str();
        self.report(start, format!("expected {expected}, found {found}"));
    }

    fn report(&mut self, start: usize, message: String) {
        let problem = self.place(start).with_message(message);
        self.problems.push(problem);
    }

    /// The place at a byte offset, as a problem without a message.
    fn place(&self, offset: usize) -> Problem {
        self.source
            .problem(self.source.spot(offset), self.shown, String::new())
    }
}
