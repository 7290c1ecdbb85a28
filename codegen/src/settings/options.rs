//! The settings for one schema or for all of them: what builder methods fill, what serde reads from the settings file, and what the
//! JSON Schema of that file describes. The settings of single traits are in `traits`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::policy::{Policy, TraitPath};
use super::problems::Problems;
use super::spanned::{FrontEnd, Sources, Spanned};
#[cfg(feature = "cli")]
use super::syntax::DEBUG_OUTPUTS;
use super::syntax::Syntax;
use super::traits::TraitSettings;
use super::{Visibility, both};

/// Settings of the generated code for one schema.
///
/// A trait is named by its path: `name.first`; a dot in a name is `\.`. What an array or a map contains is `[]`: `addresses.[].street`.
/// The empty path is the traits object itself.
///
/// A method that takes a single value replaces the value of an earlier call; those that take a path, a name or a warning add to the
/// earlier calls.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "toml",
    derive(serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Options {
    /// The Rust path of the crate `kratos-traits` in the generated code; `::kratos_traits` if not set.
    runtime_path: Option<Spanned<String>>,
    /// The visibility of all generated items: `pub` (if not set), `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`.
    visibility: Option<Spanned<String>>,
    /// The module that contains all generated items; none if not set.
    module: Option<Spanned<String>>,
    /// What `Debug` of the generated types shows: `redacted` (if not set) no values, which are personal data; `values` all, for tests.
    #[cfg_attr(feature = "cli", schemars(extend("enum" = DEBUG_OUTPUTS)))]
    debug: Option<Spanned<String>>,
    /// Paths of traits to derive on every struct and enum.
    derives: Vec<Spanned<String>>,
    /// The Rust types of strings, by their `format`.
    formats: BTreeMap<String, Spanned<String>>,
    /// The files to read where a `$ref` leads to a URL, by the URL; paths are relative to the folder of the settings file.
    refs: BTreeMap<String, PathBuf>,
    /// The names of warnings that are errors, such as `nullable-identifier`.
    deny_warnings: Vec<Spanned<String>>,
    /// Paths of traits that no updater may change.
    deny: Vec<Spanned<TraitPath>>,
    /// Paths of the only traits that updaters may change.
    allow: Vec<Spanned<TraitPath>>,
    /// Settings of single traits, by path: `name.first`; a dot in a name is `\.`; what an array or a map contains is `[]`; the empty
    /// path is the traits object.
    pub(super) traits: BTreeMap<Spanned<TraitPath>, TraitSettings>,
    /// The id of the schema in a Kratos configuration.
    #[cfg_attr(feature = "toml", serde(skip))]
    schema_id: Option<String>,
    #[cfg_attr(feature = "toml", serde(skip))]
    pub(super) sources: Sources,
}

/// The builder.
impl Options {
    /// The settings of a crate that depends on `kratos-traits` under its own name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The Rust path of the crate `kratos-traits` in the generated code, for a crate that renames or re-exports it.
    /// `::kratos_traits` if not set.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.runtime_path = Some(Spanned::call("runtime_path", path));
        self
    }

    /// The visibility of all generated items: `pub` (if not set), `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`.
    #[must_use]
    pub fn visibility(mut self, visibility: impl Into<String>) -> Self {
        self.visibility = Some(Spanned::call("visibility", visibility));
        self
    }

    /// Puts all generated items into a module of this name.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(Spanned::call("module", name));
        self
    }

    /// What `Debug` of the generated types shows: `redacted` (if not set) no values, which are personal data; `values` all, for tests.
    #[must_use]
    pub fn debug(mut self, output: impl Into<String>) -> Self {
        self.debug = Some(Spanned::call("debug", output));
        self
    }

    /// Derives this trait too on every struct and enum.
    #[must_use]
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.derives.push(Spanned::call("derive", path));
        self
    }

    /// The Rust type of strings with this format, such as `::jiff::civil::Date` for `date`. It must implement `Clone`, `PartialEq`,
    /// `Serialize` and `Deserialize`, and serialize as the schema requires.
    #[must_use]
    pub fn format_type(mut self, format: impl Into<String>, ty: impl Into<String>) -> Self {
        let ty = Spanned::call("format_type", ty);
        self.formats.insert(format.into(), ty);
        self
    }

    /// Reads the file at `path` where a `$ref` leads to `url`: nothing is fetched.
    #[must_use]
    pub fn map_ref(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.refs.entry(url.into()).or_insert_with(|| path.into());
        self
    }

    /// Turns the warning with this name, such as `nullable-identifier`, into an error.
    #[must_use]
    pub fn deny_warning(mut self, name: impl Into<String>) -> Self {
        self.deny_warnings.push(Spanned::call("deny_warning", name));
        self
    }

    /// No updater may change the trait at this path, or replace an object that contains it.
    #[must_use]
    pub fn deny(mut self, path: impl AsRef<str>) -> Self {
        self.deny.push(Spanned::call("deny", path.as_ref()));
        self
    }

    /// Updaters may change the trait at this path and what it contains, and otherwise only what other calls allow.
    #[must_use]
    pub fn allow(mut self, path: impl AsRef<str>) -> Self {
        self.allow.push(Spanned::call("allow", path.as_ref()));
        self
    }

    /// Marks the settings as flags of the command `kratos-traits`, so that problems name the flags.
    #[doc(hidden)]
    #[must_use]
    pub fn from_flags(mut self) -> Self {
        self.sources.front_end = FrontEnd::Command;
        self
    }
}

/// Combining and checking: a new setting has a line in each.
impl Options {
    /// These settings and those of `wider`; where both set one thing, these win.
    pub(crate) fn or(self, wider: Self) -> Self {
        let mut traits = wider.traits;
        for (path, own) in self.traits {
            let own = match traits.remove(&path) {
                Some(wider) => own.or(wider),
                None => own,
            };
            traits.insert(path, own);
        }
        Self {
            runtime_path: self.runtime_path.or(wider.runtime_path),
            visibility: self.visibility.or(wider.visibility),
            module: self.module.or(wider.module),
            debug: self.debug.or(wider.debug),
            derives: both(self.derives, wider.derives),
            formats: both(wider.formats, self.formats),
            refs: both(wider.refs, self.refs),
            deny_warnings: both(self.deny_warnings, wider.deny_warnings),
            deny: both(self.deny, wider.deny),
            allow: both(self.allow, wider.allow),
            traits,
            schema_id: self.schema_id.or(wider.schema_id),
            sources: Sources {
                front_end: self.sources.front_end,
                file: self.sources.file.or(wider.sources.file),
            },
        }
    }

    /// All problems that can be found without the schema.
    pub(crate) fn problems(&self) -> Vec<crate::diagnostics::Problem> {
        let mut problems = Problems::new(&self.sources);
        problems.check(Syntax::RuntimePath, &self.runtime_path);
        problems.check(Syntax::Visibility, &self.visibility);
        problems.check(Syntax::Module, &self.module);
        problems.check(Syntax::Debug, &self.debug);
        problems.check(Syntax::Type, self.formats.values());
        problems.check(Syntax::Derive, &self.derives);
        for settings in self.traits.values() {
            settings.check(&mut problems);
        }
        problems.check_warnings(&self.deny_warnings);
        problems.found
    }

    /// Problems with paths: `settable` are those that settings can name, `traits` those of traits.
    pub(crate) fn unknown_paths(
        &self,
        settable: &[Vec<&str>],
        traits: &[Vec<&str>],
    ) -> Vec<crate::diagnostics::Problem> {
        let mut problems = Problems::new(&self.sources);
        problems.check_paths("to configure", self.traits.keys(), settable);
        problems.check_paths("to deny", &self.deny, traits);
        problems.check_paths("to allow", &self.allow, traits);
        problems.found
    }

    /// These settings of a build script, with the paths of [`map_ref`](Self::map_ref) relative to `folder`.
    pub(crate) fn in_build_script(mut self, folder: &Path) -> Self {
        if self.sources.front_end == FrontEnd::Library {
            self.sources.front_end = FrontEnd::BuildScript;
        }
        self.refs_relative_to(folder)
    }

    pub(super) fn refs_relative_to(mut self, folder: &Path) -> Self {
        for path in self.refs.values_mut() {
            *path = folder.join(&*path);
        }
        self
    }

    /// These settings for the schema with this id, whose code goes into the module of the whole Kratos configuration.
    #[cfg(feature = "kratos-config")]
    pub(crate) fn for_schema_id(&self, schema_id: &str) -> Self {
        Self {
            module: None,
            schema_id: Some(schema_id.to_owned()),
            ..self.clone()
        }
    }
}

/// What the generator reads, after [`problems`](Options::problems).
impl Options {
    pub(crate) fn runtime(&self) -> &str {
        let path = self.runtime_path.as_ref();
        path.map_or("::kratos_traits", |path| &path.value)
    }

    pub(crate) fn visible(&self) -> Visibility {
        let visibility = self.visibility.as_ref();
        let parsed = visibility.and_then(|text| Visibility::parse(&text.value));
        parsed.unwrap_or_default()
    }

    pub(crate) fn module_name(&self) -> Option<&str> {
        self.module.as_ref().map(|name| &*name.value)
    }

    /// The derive for `Debug`.
    pub(crate) fn debug_derive(&self) -> &'static str {
        match &self.debug {
            Some(output) if output.value == "values" => "Debug",
            _ => "Redacted",
        }
    }

    pub(crate) fn schema_id(&self) -> Option<&str> {
        self.schema_id.as_deref()
    }

    pub(crate) fn type_of_format(&self, format: Option<&str>) -> Option<&str> {
        self.formats.get(format?).map(|ty| &*ty.value)
    }

    pub(crate) fn derives(&self) -> impl Iterator<Item = &str> {
        self.derives.iter().map(|path| &*path.value)
    }

    /// The file to read instead of fetching a URL.
    pub(crate) fn mapped_ref(&self, url: &str) -> Option<&Path> {
        self.refs.get(url).map(PathBuf::as_path)
    }

    pub(crate) fn is_denied(&self, warning: &str) -> bool {
        let mut denied = self.deny_warnings.iter();
        denied.any(|name| name.value == warning)
    }

    pub(crate) fn policy(&self) -> Policy<'_> {
        Policy {
            denied: &self.deny,
            allowed: &self.allow,
        }
    }

    /// The settings of the trait at this path.
    pub(crate) fn of_trait(&self, path: &[&str]) -> &TraitSettings {
        if self.traits.is_empty() {
            return TraitSettings::none();
        }
        let settings = self.traits.get(&TraitPath::from(path));
        settings.unwrap_or(TraitSettings::none())
    }

    /// Whether some type or field gets the attribute `deprecated`; then generated code that names it has to allow that.
    pub(crate) fn has_deprecation(&self) -> bool {
        self.traits.values().any(TraitSettings::has_deprecation)
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn the_narrower_setting_wins_and_lists_add_up() {
        let narrow = Options::new()
            .module("narrow")
            .debug("values")
            .derive("Eq")
            .format_type("date", "Narrow")
            .rename("a", "narrow")
            .deny("a");
        let wide = Options::new()
            .module("wide")
            .visibility("pub(crate)")
            .debug("redacted")
            .derive("Hash")
            .format_type("date", "Wide")
            .format_type("uri", "Wide")
            .rename("a", "wide")
            .rename_type("a", "Wide")
            .rename("b", "wide")
            .deny("b");
        let both = narrow.or(wide);
        assert_eq!(both.module_name(), Some("narrow"));
        assert_eq!(both.visible().before(), "pub(crate) ");
        assert_eq!(both.debug_derive(), "Debug");
        assert_eq!(both.derives().collect::<Vec<_>>(), ["Eq", "Hash"]);
        assert_eq!(both.type_of_format(Some("date")), Some("Narrow"));
        assert_eq!(both.type_of_format(Some("uri")), Some("Wide"));
        assert_eq!(both.of_trait(&["a"]).field(), Some("narrow"));
        assert_eq!(both.of_trait(&["a"]).type_name(), Some("Wide"));
        assert_eq!(both.of_trait(&["b"]).field(), Some("wide"));
        assert!(both.policy().denies(&["a"]) && both.policy().denies(&["b"]));
        assert_eq!(Options::new().debug_derive(), "Redacted");
    }
}
