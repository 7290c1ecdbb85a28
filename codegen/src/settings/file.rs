//! The settings file `kratos-traits.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use super::Options;
use crate::diagnostics::Errors;

/// The settings of `kratos-traits generate` and of build scripts that use `kratos-traits-codegen`.
#[derive(Debug, Default)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cli",
    schemars(title = "kratos-traits.toml", deny_unknown_fields)
)]
pub(crate) struct File {
    /// The settings of all schemas.
    #[cfg_attr(feature = "cli", schemars(flatten))]
    pub(super) options: Options,
    /// The settings of single schemas, by name. They win over those of all schemas; lists add up.
    #[cfg_attr(feature = "cli", schemars(default))]
    pub(super) schemas: BTreeMap<String, Schema>,
}

/// The settings of one schema.
#[derive(Debug, Default)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(deny_unknown_fields))]
pub(super) struct Schema {
    /// The schema file; its path is relative to the folder of the settings file.
    #[cfg(feature = "toml")]
    pub(super) file: Option<String>,
    #[cfg_attr(feature = "cli", schemars(flatten))]
    pub(super) options: Options,
}

impl File {
    /// `options`, completed with those of the file: first of the schema that has one of these names (the first that the file has),
    /// then of all schemas.
    pub(crate) fn complete(&self, names: &[&str], options: Options) -> Options {
        let schema = names.iter().find_map(|name| self.schemas.get(*name));
        let options = match schema {
            Some(schema) => options.or(schema.options.clone()),
            None => options,
        };
        options.or(self.options.clone())
    }

    /// The names and files of the schemas.
    #[cfg(feature = "toml")]
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.schemas
            .iter()
            .filter_map(|(name, schema)| Some((name.as_str(), schema.file.as_deref()?)))
    }

    /// Refuses the file: ignoring it would generate other code than the user wants.
    #[cfg(not(feature = "toml"))]
    pub(crate) fn read(_text: &str, _folder: &Path, shown: &str) -> Result<Self, Errors> {
        let message = "this file is not read, because `kratos-traits-codegen` was built without its feature `toml`; write `features = [\"toml\"]` in Cargo.toml";
        Err(crate::diagnostics::Problem::of_file(shown, message).into())
    }

    /// Reads the text of the file in `folder`; `shown` is its name in messages.
    #[cfg(feature = "toml")]
    pub(crate) fn read(text: &str, folder: &Path, shown: &str) -> Result<Self, Errors> {
        super::reader::read(text, folder, shown)
    }
}

/// The JSON Schema of the file, for editors.
#[cfg(feature = "cli")]
#[must_use]
pub fn settings_schema() -> String {
    let schema = schemars::schema_for!(File);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
