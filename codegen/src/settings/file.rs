//! The file `kratos-traits.toml`: the same settings, beside the schemas.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::{Door, Options, Origin, Said, TraitSettings};
use super::{policy, shape};
use crate::problem::{Errors, Problem};
use crate::schema::{Source, hint};

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
        let Some(table) = table else {
            problems.sort_by_key(|problem| (problem.line, problem.column));
            return Err(Errors::new(problems));
        };
        let all = Common {
            runtime_path: table.runtime_path,
            visibility: table.visibility,
            module: table.module,
            derives: table.derives,
            formats: table.formats,
            refs: table.refs,
            deny_warnings: table.deny_warnings,
        };
        let schema = |(name, table)| (name, table_of_schema(table, &places));
        let file = Self {
            all: all.options(&places),
            schemas: table.schemas.into_iter().map(schema).collect(),
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

/// The settings of `kratos-traits generate` and of build scripts that use `kratos-traits-codegen`.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", schemars(title = "kratos-traits.toml"))]
struct Table {
    /// Where the emitted code finds the crate `kratos-traits`; `::kratos_traits` if not set.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    runtime_path: Option<Spanned<String>>,
    /// The visibility of everything that is emitted: `pub`, `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    visibility: Option<Spanned<String>>,
    /// The module to put everything into.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    module: Option<Spanned<String>>,
    /// Paths of traits to derive on every struct and enum.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    derives: Vec<Spanned<String>>,
    /// The Rust type of the strings with a format.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, String>"))]
    formats: BTreeMap<String, Spanned<String>>,
    /// The files, from the folder of this one, to read where a `$ref` leads to a URL.
    #[serde(default)]
    refs: BTreeMap<String, String>,
    /// The names of warnings that are errors, such as `nullable-identifier`.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    deny_warnings: Vec<Spanned<String>>,
    /// What is set for one schema, by its name.
    #[serde(default)]
    schemas: BTreeMap<String, SchemaTable>,
}

/// The settings of one schema. They go before those of all schemas.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct SchemaTable {
    /// The schema file, from the folder of this file.
    file: Option<String>,
    /// As for all schemas.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    runtime_path: Option<Spanned<String>>,
    /// As for all schemas.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    visibility: Option<Spanned<String>>,
    /// As for all schemas.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    module: Option<Spanned<String>>,
    /// As for all schemas, and besides those.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    derives: Vec<Spanned<String>>,
    /// As for all schemas.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, String>"))]
    formats: BTreeMap<String, Spanned<String>>,
    /// As for all schemas.
    #[serde(default)]
    refs: BTreeMap<String, String>,
    /// As for all schemas, and besides those.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    deny_warnings: Vec<Spanned<String>>,
    /// Paths of traits that no updater may change.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    deny: Vec<Spanned<String>>,
    /// Paths of the only traits that updaters may change.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    allow: Vec<Spanned<String>>,
    /// What is set for one trait, by its path: `name.first`; a dot inside a name is `\.`; what is in an array or a map is `[]`; the
    /// empty path is the traits object.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, TraitTable>"))]
    traits: BTreeMap<Spanned<String>, TraitTable>,
}

/// The settings of one trait.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct TraitTable {
    /// The name of the field.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    rename: Option<Spanned<String>>,
    /// The name of the struct or enum; the types inside it begin with this name too.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    rename_type: Option<Spanned<String>>,
    /// The names of variants, by their values.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, String>"))]
    rename_value: BTreeMap<String, Spanned<String>>,
    /// The Rust type to use.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    ty: Option<Spanned<String>>,
    /// Paths of traits to derive on the struct or enum.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    derives: Vec<Spanned<String>>,
    /// Attributes to put on the struct or enum, such as `non_exhaustive`.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    type_attributes: Vec<Spanned<String>>,
    /// Attributes to put on the field, such as `deprecated`.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    field_attributes: Vec<Spanned<String>>,
}

/// What can be set for all schemas and for one.
struct Common {
    runtime_path: Option<Spanned<String>>,
    visibility: Option<Spanned<String>>,
    module: Option<Spanned<String>>,
    derives: Vec<Spanned<String>>,
    formats: BTreeMap<String, Spanned<String>>,
    refs: BTreeMap<String, String>,
    deny_warnings: Vec<Spanned<String>>,
}

impl Common {
    fn options(self, places: &Places<'_>) -> Options {
        Options {
            runtime_path: self.runtime_path.map(|said| places.said(said)),
            visibility: self.visibility.map(|said| places.said(said)),
            module: self.module.map(|said| places.said(said)),
            derives: places.all(self.derives),
            formats: places.by_name(self.formats),
            denied_warnings: places.all(self.deny_warnings),
            refs: self
                .refs
                .into_iter()
                .map(|(url, path)| (url, places.folder.join(path)))
                .collect(),
            ..Options::new()
        }
    }
}

fn table_of_schema(table: SchemaTable, places: &Places<'_>) -> SchemaSettings {
    let common = Common {
        runtime_path: table.runtime_path,
        visibility: table.visibility,
        module: table.module,
        derives: table.derives,
        formats: table.formats,
        refs: table.refs,
        deny_warnings: table.deny_warnings,
    };
    let mut options = common.options(places);
    for path in table.deny {
        options.policy.deny(&places.said(path));
    }
    for path in table.allow {
        options.policy.allow(&places.said(path));
    }
    for (path, table) in table.traits {
        let Said { text, origin } = places.said(path);
        let settings = TraitSettings {
            origin,
            rename: table.rename.map(|said| places.said(said)),
            rename_type: table.rename_type.map(|said| places.said(said)),
            rename_values: places.by_name(table.rename_value),
            ty: table.ty.map(|said| places.said(said)),
            derives: places.all(table.derives),
            type_attributes: places.all(table.type_attributes),
            field_attributes: places.all(table.field_attributes),
        };
        options.traits.insert(policy::read(&text), settings);
    }
    SchemaSettings {
        file: table.file,
        options,
    }
}

struct Places<'t> {
    source: Source<'t>,
    shown: &'t str,
    folder: &'t Path,
}

impl Places<'_> {
    fn origin(&self, offset: usize) -> Origin {
        let rest = self.source.text.get(offset..).unwrap_or_default();
        let place = if rest.is_empty() {
            self.source.place(self.source.spot_of(self.source.text))
        } else {
            self.source.place(self.source.spot_of(rest))
        };
        let excerpt = self.source.line(place.line);
        Origin::file(self.shown, (place.line, place.column), excerpt)
    }

    fn said(&self, text: Spanned<String>) -> Said {
        Said {
            origin: self.origin(text.span().start),
            text: text.into_inner(),
        }
    }

    fn all(&self, texts: Vec<Spanned<String>>) -> Vec<Said> {
        texts.into_iter().map(|text| self.said(text)).collect()
    }

    fn by_name(&self, texts: BTreeMap<String, Spanned<String>>) -> BTreeMap<String, Said> {
        let said = |(name, text)| (name, self.said(text));
        texts.into_iter().map(said).collect()
    }

    /// What TOML or serde refuses. serde's list of the known keys becomes a suggestion.
    fn refusal(&self, error: &toml::de::Error) -> Problem {
        let origin = self.origin(error.span().map_or(0, |span| span.start));
        let words: Vec<&str> = error.message().split('`').collect();
        let message = match words.as_slice() {
            ["unknown field ", key, rest @ ..] => {
                let known: Vec<&str> = rest.iter().skip(1).step_by(2).copied().collect();
                format!("there is no setting `{key}`{}", hint(key, &known))
            }
            _ => error.message().replace('\n', " "),
        };
        origin.problem(Door::default(), message)
    }
}

/// The JSON Schema of the file, for editors.
#[cfg(feature = "cli")]
pub fn settings_schema() -> String {
    let schema = schemars::schema_for!(Table);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
