//! The tables of the file, key by key, as serde reads them and as the JSON Schema shows them to editors.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// The settings of `kratos-traits generate` and of build scripts that use `kratos-traits-codegen`.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "cli", schemars(title = "kratos-traits.toml"))]
pub(super) struct Table {
    /// Where the emitted code finds the crate `kratos-traits`; `::kratos_traits` if not set.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) runtime_path: Option<Spanned<String>>,
    /// The visibility of everything that is emitted: `pub`, `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) visibility: Option<Spanned<String>>,
    /// The module to put everything into.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) module: Option<Spanned<String>>,
    /// What `Debug` shows: `redacted`, which is the name of the type only, if not set; or `values`, for tests.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) debug: Option<Spanned<String>>,
    /// Paths of traits to derive on every struct and enum.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) derives: Vec<Spanned<String>>,
    /// The Rust type of the strings with a format.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, String>"))]
    pub(super) formats: BTreeMap<String, Spanned<String>>,
    /// The files, from the folder of this one, to read where a `$ref` leads to a URL.
    #[serde(default)]
    pub(super) refs: BTreeMap<String, String>,
    /// The names of warnings that are errors, such as `nullable-identifier`.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) deny_warnings: Vec<Spanned<String>>,
    /// What is set for one schema, by its name.
    #[serde(default)]
    pub(super) schemas: BTreeMap<String, SchemaTable>,
}

/// The settings of one schema. They go before those of all schemas.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SchemaTable {
    /// The schema file, from the folder of this file.
    pub(super) file: Option<String>,
    /// As for all schemas.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) runtime_path: Option<Spanned<String>>,
    /// As for all schemas.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) visibility: Option<Spanned<String>>,
    /// As for all schemas.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) module: Option<Spanned<String>>,
    /// As for all schemas.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) debug: Option<Spanned<String>>,
    /// As for all schemas, and besides those.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) derives: Vec<Spanned<String>>,
    /// As for all schemas.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, String>"))]
    pub(super) formats: BTreeMap<String, Spanned<String>>,
    /// As for all schemas.
    #[serde(default)]
    pub(super) refs: BTreeMap<String, String>,
    /// As for all schemas, and besides those.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) deny_warnings: Vec<Spanned<String>>,
    /// Paths of traits that no updater may change.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) deny: Vec<Spanned<String>>,
    /// Paths of the only traits that updaters may change.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) allow: Vec<Spanned<String>>,
    /// What is set for one trait, by its path: `name.first`; a dot inside a name is `\.`; what is in an array or a map is `[]`; the
    /// empty path is the traits object.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, TraitTable>"))]
    pub(super) traits: BTreeMap<Spanned<String>, TraitTable>,
}

/// The settings of one trait.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TraitTable {
    /// The name of the field.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) rename: Option<Spanned<String>>,
    /// The name of the struct or enum; the types inside it begin with this name too.
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) rename_type: Option<Spanned<String>>,
    /// The names of variants, by their values.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, String>"))]
    pub(super) rename_value: BTreeMap<String, Spanned<String>>,
    /// The Rust type to use.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "cli", schemars(with = "Option<String>"))]
    pub(super) ty: Option<Spanned<String>>,
    /// Paths of traits to derive on the struct or enum.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) derives: Vec<Spanned<String>>,
    /// Attributes to put on the struct or enum, such as `non_exhaustive`.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) type_attributes: Vec<Spanned<String>>,
    /// Attributes to put on the field, such as `deprecated`.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) field_attributes: Vec<Spanned<String>>,
}

/// The JSON Schema of the file, for editors.
#[cfg(feature = "cli")]
pub fn settings_schema() -> String {
    let schema = schemars::schema_for!(Table);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
