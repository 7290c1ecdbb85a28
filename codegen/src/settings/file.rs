//! The settings file `kratos-traits.toml`: reading it, and its JSON Schema.

use std::collections::BTreeMap;
use std::path::Path;

use super::Options;
use crate::diagnostics::Problem;

/// The settings of `kratos-traits generate` and of build scripts that use `kratos-traits-codegen`.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// The settings of all schemas, and the problems of the file.
    pub(super) options: Options,
    /// The settings of single schemas, by name. They win over those of all schemas; lists add up.
    pub(super) schemas: BTreeMap<String, Schema>,
}

/// The settings of one schema.
#[derive(Debug, Default)]
pub(super) struct Schema {
    /// The schema file; its path is relative to the folder of the settings file.
    #[cfg(feature = "toml")]
    pub(super) file: Option<String>,
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

    /// Refuses the file: ignoring it would generate other code than the user wants.
    #[cfg(not(feature = "toml"))]
    pub(crate) fn read(_text: &str, _folder: &Path, shown: &str) -> Result<Self, Problem> {
        let message = "this file is not read, because `kratos-traits-codegen` was built without its feature `toml`; write `features = [\"toml\"]` in Cargo.toml";
        Err(Problem::of_file(shown, message))
    }

    /// Reads the text of the file in `folder`; `shown` is its name in messages. Wrong settings are left out, and reported as problems of the
    /// options; only a text that is not TOML is an error.
    #[cfg(feature = "toml")]
    pub(crate) fn read(text: &str, folder: &Path, shown: &str) -> Result<Self, Problem> {
        super::reader::read(text, folder, shown)
    }

    /// The names and files of the schemas.
    #[cfg(feature = "toml")]
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.schemas
            .iter()
            .filter_map(|(name, schema)| Some((name.as_str(), schema.file.as_deref()?)))
    }

    /// The problems of the file that are known without a schema.
    #[cfg(feature = "toml")]
    pub(crate) fn problems(&self) -> &[Problem] {
        &self.options.problems
    }
}

/// The JSON Schema of the file, for editors.
#[cfg(feature = "cli")]
#[must_use]
pub fn settings_schema() -> String {
    let mut text = serde_json::to_string_pretty(&json_schema()).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(feature = "cli")]
fn json_schema() -> serde_json::Value {
    use serde_json::{Map, Value, json};

    use super::syntax::DEBUG_OUTPUTS;
    use super::table::{Scope, Setting, Takes};

    let settings = |scope| -> Map<String, Value> {
        let settings = Setting::ALL.iter().filter(|one| one.scope() == scope);
        let settings = settings.map(|setting| {
            let mut schema = match setting.takes() {
                Takes::One => json!({ "type": "string" }),
                Takes::List => json!({ "type": "array", "items": { "type": "string" } }),
                Takes::Table => {
                    json!({ "type": "object", "additionalProperties": { "type": "string" } })
                }
            };
            schema["description"] = setting.description().into();
            if *setting == Setting::Debug {
                schema["enum"] = json!(DEBUG_OUTPUTS);
            }
            (setting.key().to_owned(), schema)
        });
        settings.collect()
    };
    let tables = |definition: &str, description: &str| {
        json!({
            "type": "object",
            "additionalProperties": { "$ref": format!("#/$defs/{definition}") },
            "description": description,
        })
    };
    let table = |settings: Map<String, Value>, description: &str| {
        json!({
            "type": "object",
            "properties": settings,
            "additionalProperties": false,
            "description": description,
        })
    };
    let mut all = settings(Scope::Schema);
    let of_traits = "Settings of single traits, by path: `name.first`; a dot in a name is `\\.`; what an array or a map contains is `[]`; the empty path is the traits object.";
    all.insert("traits".into(), tables("TraitSettings", of_traits));
    let mut of_schema = all.clone();
    let file = "The schema file; its path is relative to the folder of the settings file.";
    of_schema.insert(
        "file".into(),
        json!({ "type": "string", "description": file }),
    );
    let of_schemas = "The settings of single schemas, by name. They win over those of all schemas; lists add up.";
    all.insert("schemas".into(), tables("Schema", of_schemas));
    let about = "The settings of `kratos-traits generate` and of build scripts that use `kratos-traits-codegen`.";
    let mut schema = table(all, about);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "kratos-traits.toml".into();
    schema["$defs"] = json!({
        "Schema": table(of_schema, "The settings of one schema."),
        "TraitSettings": table(settings(Scope::Trait), "The settings of one trait."),
    });
    schema
}
