//! What is set for one schema: by a build script, by flags, or by a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::origin::{Door, Origin, Said};
use super::policy::{self, Policy, TraitPath};
use super::traits::TraitSettings;
#[cfg(any(feature = "toml", feature = "kratos-config"))]
use super::wider;

/// Settings of the emitted code for one schema.
///
/// A trait is named by its path: `name.first`; a dot inside a name is `\.`. What is in an array or a map is `[]`: `addresses.[].street`.
/// The empty path is the traits object itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub(super) runtime_path: Option<Said>,
    pub(super) visibility: Option<Said>,
    pub(super) module: Option<Said>,
    pub(super) debug: Option<Said>,
    pub(super) formats: BTreeMap<String, Said>,
    pub(super) derives: Vec<Said>,
    pub(super) traits: BTreeMap<TraitPath, TraitSettings>,
    pub(super) policy: Policy,
    pub(super) denied_warnings: Vec<Said>,
    pub(super) refs: BTreeMap<String, PathBuf>,
    /// How a configuration of Kratos names the schema.
    pub(super) schema_id: Option<String>,
    pub(super) door: Door,
}

impl Options {
    /// The settings that suit a crate that depends on `kratos-traits` under its own name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the emitted code finds the crate `kratos-traits`, for a crate that renames or re-exports it. `::kratos_traits` if not set.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.runtime_path = Some(Said::by("runtime_path", path));
        self
    }

    /// The visibility of everything that is emitted: `pub` (if not set), `pub(crate)`, `pub(super)`, `pub(in PATH)` or `private`.
    #[must_use]
    pub fn visibility(mut self, visibility: impl Into<String>) -> Self {
        self.visibility = Some(Said::by("visibility", visibility));
        self
    }

    /// Puts everything into a module of this name.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(Said::by("module", name));
        self
    }

    /// What `Debug` of the emitted types shows: `redacted` (if not set) only the name of the type, because traits are personal data;
    /// `values` the values too, for tests.
    #[must_use]
    pub fn debug(mut self, shows: impl Into<String>) -> Self {
        self.debug = Some(Said::by("debug", shows));
        self
    }

    /// The Rust type of strings with this format, such as `::jiff::civil::Date` for `date`. It has to be `Clone`, `PartialEq`,
    /// `Serialize` and `Deserialize`, and to be written as the schema wants it.
    #[must_use]
    pub fn format_type(mut self, format: impl Into<String>, ty: impl Into<String>) -> Self {
        self.formats
            .insert(format.into(), Said::by("format_type", ty));
        self
    }

    /// Derives this too on every struct and enum.
    #[must_use]
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.derives.push(Said::by("derive", path));
        self
    }

    /// The name of the field for the trait at this path.
    #[must_use]
    pub fn rename(mut self, path: impl AsRef<str>, name: impl Into<String>) -> Self {
        self.at("rename", path).rename = Some(Said::by("rename", name));
        self
    }

    /// The name of the struct or enum for the trait at this path; the types inside it begin with this name too.
    #[must_use]
    pub fn rename_type(mut self, path: impl AsRef<str>, name: impl Into<String>) -> Self {
        self.at("rename_type", path).rename_type = Some(Said::by("rename_type", name));
        self
    }

    /// The name of the variant for a value of the trait at this path.
    #[must_use]
    pub fn rename_value(
        mut self,
        path: impl AsRef<str>,
        value: impl Into<String>,
        name: impl Into<String>,
    ) -> Self {
        let values = &mut self.at("rename_value", path).rename_values;
        values.insert(value.into(), Said::by("rename_value", name));
        self
    }

    /// The Rust type of the trait at this path, under the same conditions as [`format_type`](Self::format_type).
    #[must_use]
    pub fn trait_type(mut self, path: impl AsRef<str>, ty: impl Into<String>) -> Self {
        self.at("trait_type", path).ty = Some(Said::by("trait_type", ty));
        self
    }

    /// Derives this too on the struct or enum for the trait at this path.
    #[must_use]
    pub fn derive_on(mut self, path: impl AsRef<str>, derive: impl Into<String>) -> Self {
        self.at("derive_on", path)
            .derives
            .push(Said::by("derive_on", derive));
        self
    }

    /// Puts an attribute, such as `non_exhaustive`, on the struct or enum for the trait at this path.
    #[must_use]
    pub fn type_attribute(mut self, path: impl AsRef<str>, attribute: impl Into<String>) -> Self {
        self.at("type_attribute", path)
            .type_attributes
            .push(Said::by("type_attribute", attribute));
        self
    }

    /// Puts an attribute, such as `deprecated`, on the field for the trait at this path.
    #[must_use]
    pub fn field_attribute(mut self, path: impl AsRef<str>, attribute: impl Into<String>) -> Self {
        self.at("field_attribute", path)
            .field_attributes
            .push(Said::by("field_attribute", attribute));
        self
    }

    /// No updater may change the trait at this path, nor an object as a whole that holds it.
    #[must_use]
    pub fn deny(mut self, path: impl AsRef<str>) -> Self {
        self.policy.deny(&Said::by("deny", path.as_ref()));
        self
    }

    /// Updaters may change the trait at this path and what it holds, and otherwise only what is allowed the same way.
    #[must_use]
    pub fn allow(mut self, path: impl AsRef<str>) -> Self {
        self.policy.allow(&Said::by("allow", path.as_ref()));
        self
    }

    /// Makes an error of the warning with this name, such as `nullable-identifier`.
    #[must_use]
    pub fn deny_warning(mut self, name: impl Into<String>) -> Self {
        self.denied_warnings.push(Said::by("deny_warning", name));
        self
    }

    /// Reads the file at `path` where a `$ref` leads to `url`: nothing is fetched.
    #[must_use]
    pub fn map_ref(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.refs.entry(url.into()).or_insert_with(|| path.into());
        self
    }

    fn at(&mut self, method: &'static str, path: impl AsRef<str>) -> &mut TraitSettings {
        let settings = self.traits.entry(policy::read(path.as_ref())).or_default();
        if settings.origin == Origin::Unsaid {
            settings.origin = Origin::Method(method);
        }
        settings
    }

    /// Settings that are flags of the command `kratos-traits`: what is wrong with them is said of the flags.
    #[doc(hidden)]
    #[must_use]
    pub fn of_command(mut self) -> Self {
        self.door = Door::Command;
        self
    }

    /// What is set here, and what `wider` sets besides.
    #[cfg(any(feature = "toml", feature = "kratos-config"))]
    pub(crate) fn or(mut self, wider: &Self) -> Self {
        wider::one(&mut self.runtime_path, &wider.runtime_path);
        wider::one(&mut self.visibility, &wider.visibility);
        wider::one(&mut self.module, &wider.module);
        wider::one(&mut self.debug, &wider.debug);
        wider::each(&mut self.formats, &wider.formats);
        wider::all(&mut self.derives, &wider.derives);
        for (path, theirs) in &wider.traits {
            let mine = self.traits.remove(path).unwrap_or_default();
            self.traits.insert(path.clone(), mine.or(theirs));
        }
        self.policy.extend(&wider.policy);
        wider::all(&mut self.denied_warnings, &wider.denied_warnings);
        wider::each(&mut self.refs, &wider.refs);
        self
    }

    /// These settings of a build script, with the files of [`map_ref`](Self::map_ref) seen from `folder`.
    pub(crate) fn seen_from(mut self, folder: &Path) -> Self {
        if self.door == Door::Library {
            self.door = Door::BuildScript;
        }
        for path in self.refs.values_mut() {
            *path = folder.join(&*path);
        }
        self
    }

    /// These settings for the schema with this id, which is already in the module that they ask for.
    #[cfg(feature = "kratos-config")]
    pub(crate) fn inside(&self, schema_id: &str) -> Self {
        Self {
            module: None,
            schema_id: Some(schema_id.to_owned()),
            ..self.clone()
        }
    }
}
