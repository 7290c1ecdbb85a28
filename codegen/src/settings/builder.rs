//! The methods that set the settings.

use std::path::PathBuf;

use super::path::TraitPath;
use super::table::{Setting, Takes};
use super::{Entry, FrontEnd, Options};

impl Options {
    /// The settings of a crate that depends on `kratos-traits` under its own name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The Rust path of the crate `kratos-traits` in the generated code, for a crate that renames or re-exports it.
    /// `::kratos_traits` if not set.
    #[must_use]
    pub fn runtime_path(self, path: impl Into<String>) -> Self {
        self.with(Setting::RuntimePath, "", path)
    }

    /// The visibility of all generated items: `pub` (if not set), `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`.
    #[must_use]
    pub fn visibility(self, visibility: impl Into<String>) -> Self {
        self.with(Setting::Visibility, "", visibility)
    }

    /// Puts all generated items into a module of this name.
    #[must_use]
    pub fn module(self, name: impl Into<String>) -> Self {
        self.with(Setting::Module, "", name)
    }

    /// What `Debug` of the generated types shows: `redacted` (if not set) no values, which are personal data; `values` all, for tests.
    #[must_use]
    pub fn debug(self, output: impl Into<String>) -> Self {
        self.with(Setting::Debug, "", output)
    }

    /// Derives this trait too on every struct and enum.
    #[must_use]
    pub fn derive(self, path: impl Into<String>) -> Self {
        self.with(Setting::Derives, "", path)
    }

    /// The Rust type of strings with this format, such as `::jiff::civil::Date` for `date`. It must implement `Clone`, `PartialEq`,
    /// `Serialize` and `Deserialize`, and serialize as the schema requires.
    #[must_use]
    pub fn format_type(self, format: impl Into<String>, ty: impl Into<String>) -> Self {
        self.with(Setting::Formats, format, ty)
    }

    /// Reads the file at `path` where a `$ref` leads to `url`: nothing is fetched.
    #[must_use]
    pub fn map_ref(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.refs.entry(url.into()).or_insert_with(|| path.into());
        self
    }

    /// Reads the `file://` paths of a Kratos configuration that begin with the folder `from`, which is usually one of a container, in the
    /// folder `to`: `/etc/config`, `deploy/kratos`.
    #[must_use]
    pub fn path_map(mut self, from: impl Into<PathBuf>, to: impl Into<PathBuf>) -> Self {
        self.path_map
            .entry(from.into())
            .or_insert_with(|| to.into());
        self
    }

    /// Does not report the warning with this name, such as `ignored-default`.
    #[must_use]
    pub fn allow_warning(self, name: impl Into<String>) -> Self {
        self.with(Setting::AllowWarnings, "", name)
    }

    /// Turns the warning with this name, such as `nullable-identifier`, into an error.
    #[must_use]
    pub fn deny_warning(self, name: impl Into<String>) -> Self {
        self.with(Setting::DenyWarnings, "", name)
    }

    /// No updater may change the trait at this path, or replace an object that contains it.
    #[must_use]
    pub fn deny(self, path: impl AsRef<str>) -> Self {
        self.with(Setting::Deny, "", path.as_ref())
    }

    /// Updaters may change the trait at this path and what it contains, and otherwise only what other calls allow.
    #[must_use]
    pub fn allow(self, path: impl AsRef<str>) -> Self {
        self.with(Setting::Allow, "", path.as_ref())
    }

    /// The name of the field for the trait at this path.
    #[must_use]
    pub fn rename(self, path: impl AsRef<str>, name: impl Into<String>) -> Self {
        self.with_trait(path, Setting::Rename, "", name)
    }

    /// The name of the struct or enum for the trait at this path; the names of types inside of it start with this name too.
    #[must_use]
    pub fn rename_type(self, path: impl AsRef<str>, name: impl Into<String>) -> Self {
        self.with_trait(path, Setting::RenameType, "", name)
    }

    /// The name of the variant for a value of the trait at this path.
    #[must_use]
    pub fn rename_value(
        self,
        path: impl AsRef<str>,
        value: impl Into<String>,
        name: impl Into<String>,
    ) -> Self {
        self.with_trait(path, Setting::RenameValue, value, name)
    }

    /// The Rust type of the trait at this path, under the same conditions as [`format_type`](Self::format_type).
    #[must_use]
    pub fn trait_type(self, path: impl AsRef<str>, ty: impl Into<String>) -> Self {
        self.with_trait(path, Setting::Type, "", ty)
    }

    /// Derives this too on the struct or enum for the trait at this path.
    #[must_use]
    pub fn derive_on(self, path: impl AsRef<str>, derive: impl Into<String>) -> Self {
        self.with_trait(path, Setting::TypeDerives, "", derive)
    }

    /// Puts an attribute, such as `non_exhaustive`, on the struct or enum for the trait at this path.
    #[must_use]
    pub fn type_attribute(self, path: impl AsRef<str>, attribute: impl Into<String>) -> Self {
        self.with_trait(path, Setting::TypeAttributes, "", attribute)
    }

    /// Puts an attribute, such as `deprecated`, on the field for the trait at this path.
    #[must_use]
    pub fn field_attribute(self, path: impl AsRef<str>, attribute: impl Into<String>) -> Self {
        self.with_trait(path, Setting::FieldAttributes, "", attribute)
    }

    /// Marks the settings as flags of the command `kratos-traits`, so that problems name the flags.
    #[doc(hidden)]
    #[must_use]
    pub fn from_flags(mut self) -> Self {
        self.front_end = FrontEnd::Command;
        self
    }

    fn with(mut self, setting: Setting, name: impl Into<String>, value: impl Into<String>) -> Self {
        set(&mut self.entries, setting, name.into(), value.into());
        self
    }

    fn with_trait(
        mut self,
        path: impl AsRef<str>,
        setting: Setting,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        let path = TraitPath::from(path.as_ref());
        let entries = &mut self.traits.entry(path).or_default().entries;
        set(entries, setting, name.into(), value.into());
        self
    }
}

/// Adds what a method was called with. It replaces an earlier entry, unless the setting is a list.
fn set(entries: &mut Vec<Entry>, setting: Setting, name: String, value: String) {
    if setting.takes() != Takes::List {
        entries.retain(|entry| (entry.setting, &entry.name) != (setting, &name));
    }
    entries.push(Entry {
        setting,
        name,
        value,
        place: None,
    });
}
